"""The scopes of one asking in a task market, and of all until it ends."""

from __future__ import annotations

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.markets.task_market_asking import asking_by_asking, askings_counted
from concordant.spec.markets.ascending_price_task_market.markets import markets_at_large
from concordant.spec.markets.task_market_asking import askings_at_large

SCOPES = (
    Grid(
        "one_asking",
        "two agents and up to two tasks, of which one may be held, prices and values 0 and 1; at random up to five and four",
        asking_by_asking(2, 2),
        (0, 1),
        Profiles(448, 448, 4_124),
        at_random=askings_at_large,
        examples=20,
    ),
    Grid(
        "askings",
        "how often up to two agents ask for up to two tasks, values and budgets 0 and 3; at random up to four and three",
        askings_counted(2, 2),
        (0, 3),
        Profiles(92, 92, 200),
        at_random=markets_at_large,
        examples=20,
    ),
)
