"""To which stem a module belongs: of ours by the folders, of a user's by its name."""

from __future__ import annotations

SHARED = "shared"
"""The sub-package of a group that holds what several of its stems share: each of its modules is a stem of its own."""


def stem_of(module: str) -> str:
    """Return the stem of a module by its full name: what stands after the group, or else the last part.

    >>> stem_of("concordant.spec.consensus.paxos_synod"), stem_of("concordant.proofs.consensus.paxos_synod.claim")
    ('paxos_synod', 'paxos_synod')
    >>> stem_of("concordant.checks.scopes.voting.ballot_box"), stem_of("concordant.spec.voting.shared.voting")
    ('ballot_box', 'voting')
    >>> stem_of("mypackage.lock")
    'lock'
    """
    parts = module.split(".")
    if parts[:3] == ["concordant", "checks", "scopes"]:
        parts = parts[1:]
    if parts[0] == "concordant" and len(parts) > 4 and parts[3] != SHARED:
        return parts[3]
    return parts[-1]
