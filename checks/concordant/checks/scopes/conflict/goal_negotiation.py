"""The scopes of goal negotiation."""

from __future__ import annotations

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.goal_negotiation import choosing, on_malformed
from concordant.spec.conflict.goal_negotiation import (
    PROPOSALS,
    Negotiation,
    Party,
    negotiations,
    negotiations_at_large,
    two_content_parties,
)
from concordant.spec.vocabulary import Amount, Draw, Map


def three_parties(draw: Draw) -> Negotiation:
    """Draw a negotiation of three parties and three proposals; the last party may find some of them worth too little."""
    proposed = {name: draw.one_of(f"{name} proposes", (None, *PROPOSALS)) for name in ("ann", "bob", "cid")}
    anything: Map[str, Amount] = Map.of(dict.fromkeys(PROPOSALS, 1))
    something = Map.of({each: draw.amount(f"{each} to cid") for each in PROPOSALS})
    parties = (Party(name, proposal, something if name == "cid" else anything, 1) for name, proposal in proposed.items())
    return Negotiation(tuple(parties), Map.of({each: draw.amount(f"{each} scores") for each in PROPOSALS}))


SCOPES = (
    Grid(
        "small",
        "two parties, each of which may propose something of its own; at random up to five parties and three proposals",
        choosing(negotiations),
        (0, 1),
        at_random=negotiations_at_large,
        expected=Profiles(256, 704, 2_032),
    ),
    Grid(
        "content",
        "two parties that are content with anything, and propose one of two things or nothing",
        choosing(two_content_parties),
        (0, 1),
        expected=Profiles(72, 144, 760),
    ),
    Grid(
        "three_parties",
        "three parties, of which two are content with anything, and each may propose one of three things",
        choosing(three_parties),
        (0, 1),
        expected=Profiles(4_096, 12_288, 54_640),
        size=Size.MEDIUM,
    ),
    Grid("malformed", "two parties and one flaw", on_malformed(), (0, 1), expected=Profiles(44, 44, 88)),
)
