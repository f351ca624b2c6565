"""The scopes of negotiated settlements."""

from __future__ import annotations

from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.negotiated_settlement import first_price_alone, on_malformed, second_price_alone, settling
from concordant.spec.conflict.negotiated_settlement import disputes, disputes_at_large

SCOPES = (
    Grid(
        "small",
        "two agents, three auctions, amounts 0 and 1; at random up to five agents",
        settling(partial(disputes, most=2)),
        (0, 1),
        at_random=disputes_at_large,
        expected=Profiles(288, 576, 2_640),
    ),
    Grid("honest", "two agents that bid for the second price", second_price_alone(), (0, 1), expected=Profiles(96, 432, 1_344)),
    Grid("first_price", "two agents that bid for the first price", first_price_alone(), (0, 1), expected=Profiles(96, 384, 1_200)),
    Grid("malformed", "two agents and one flaw", on_malformed(), (0, 1), expected=Profiles(258, 258, 516)),
)
