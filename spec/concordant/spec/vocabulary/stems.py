"""To which stem a module belongs: of ours by the folders, of a user's by its name."""

from __future__ import annotations

SHARED = "shared"
"""The sub-package of a group that holds what several of its stems share: each of its modules is a stem of its own."""


PARTS = frozenset(
    [
        "spec",
        "specification",
        "clauses",
        "messages",
        "events",
        "views",
        "history",
        "machine",
        "process",
        "processes",
        "refimpl",
        "rule",
        "rules",
        "profiles",
        "system",
        "systems",
        "scopes",
        "pitfalls",
    ]
)
"""Modules that are parts of a protocol: in a user's package, one of these belongs to the stem of the package."""


def stem_of(module: str) -> str:
    """Return the stem of a module by its full name: of ours what stands after the group, of a user's the last part that is no mere part.

    >>> stem_of("concordant.spec.consensus.paxos_synod"), stem_of("concordant.proofs.consensus.paxos_synod.claim")
    ('paxos_synod', 'paxos_synod')
    >>> stem_of("concordant.checks.scopes.voting.ballot_box"), stem_of("concordant.spec.voting.shared.voting")
    ('ballot_box', 'voting')
    >>> stem_of("mypackage.lock"), stem_of("mypackage.lock.spec"), stem_of("lock")
    ('lock', 'lock', 'lock')
    """
    parts = module.split(".")
    if parts[:3] == ["concordant", "checks", "scopes"]:
        parts = parts[1:]
    if parts[0] == "concordant" and len(parts) > 4 and parts[3] != SHARED:
        return parts[3]
    while len(parts) > 1 and parts[-1] in PARTS:
        parts.pop()
    return parts[-1]
