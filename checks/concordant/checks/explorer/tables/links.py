"""Links to a profile: the rule, and what is typed into its table, in one line that can be mailed.

`vickrey_auction?scope=small&m=1f0c9a2b&r=[[["ann","3"],["bob","2"]],"0","forward"]`, with what a link may not have escaped. `m` seals
what the rule made of it where the link was made; a rule that makes something else of it today is another.
"""

from __future__ import annotations

import json
from hashlib import sha256
from urllib.parse import quote

from concordant.checks.explorer.links import SEAL
from concordant.checks.explorer.tables.judged import TriedOn
from concordant.checks.explorer.tables.rules import Ruled
from concordant.checks.explorer.tables.sheets import texts, typed
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.canonical import text


def link_to(found: TriedOn) -> str:
    """Return the link to a profile that was tried."""
    return _link(found.about, found.profile, f"m={seal(found)}&")


def link_of(about: Ruled, profile: object) -> str:
    """Return a link to a profile that was not tried: no seal is in it."""
    return _link(about, profile, "")


def _link(about: Ruled, profile: object, sealed: str) -> str:
    scope = f"scope={quote(about.scope)}&" if about.scope else ""
    return f"{quote(about.name, safe='/:.')}?{scope}{sealed}r={written(texts(profile))}"


def written(found: object) -> str:
    """Write what was typed, for a link."""
    return quote(json.dumps(found, ensure_ascii=False, separators=(",", ":")), safe="[],:")


def profile_in(about: Ruled, found: str | None) -> object:
    """Return the profile that a link has, or the first of the rule where it has none; what cannot be read is a Misuse."""
    if found is None:
        return about.start
    try:
        given = json.loads(found)
    except (ValueError, RecursionError) as error:
        raise Misuse(f"r={found[:40]} is no profile: {error}") from error
    return typed(about.start, given)


def seal(found: TriedOn) -> str:
    """Return a digest of what a rule made of a profile."""
    lines = (
        found.about.protocol.stem,
        found.about.mechanism.name,
        text(found.profile),
        text(found.outcome.value),
        str(found.outcome.raised),
    )
    return sha256("\n".join(lines).encode()).hexdigest()[:SEAL]
