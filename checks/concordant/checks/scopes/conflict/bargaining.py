"""The scopes of bargaining."""

from __future__ import annotations

from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.bargaining import bargaining, concede, nash, on_malformed, talking
from concordant.spec.conflict.bargaining import of_some_worth, problems, problems_at_large

SCOPES = (
    Grid(
        "product",
        "two agents and up to two agreements, worth 0 to 2; at random up to four agents and five agreements",
        bargaining(partial(problems, most=2)),
        (0, 1, 2),
        at_random=problems_at_large,
        expected=Profiles(819, 5_013, 11_797),
    ),
    Grid(
        "talks",
        "two agents and up to three agreements, worth 1 to 3; at random up to seven",
        talking(partial(of_some_worth, most=3)),
        (0, 1, 2),
        at_random=partial(of_some_worth, most=7),
        expected=Profiles(819, 819, 10_554),
    ),
    Grid("malformed", "two agents, two agreements and one flaw", on_malformed(nash), (0, 1), expected=Profiles(36, 36, 72)),
    Grid("malformed_talks", "the same, of talks", on_malformed(concede), (0, 1), expected=Profiles(36, 36, 72)),
)
