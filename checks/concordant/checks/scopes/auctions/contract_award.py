"""The scopes of one award: what comes to a manager of two contractors."""

from __future__ import annotations

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.contract_award import award_by_award
from concordant.spec.auctions.contract_award import happenings_at_large

SCOPES = (
    Grid(
        "one_happening",
        "what comes to a manager of two contractors, whose task is new, called, awarded or over, costs 0 and 1; at random up to six",
        award_by_award(2),
        (0, 1),
        Profiles(372, 372, 1_464),
        at_random=happenings_at_large,
        examples=20,
    ),
)
