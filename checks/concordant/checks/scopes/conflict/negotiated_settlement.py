"""The scopes of negotiated settlements."""

from __future__ import annotations

from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.negotiated_settlement import first_price_alone, on_malformed, second_price_alone, settling
from concordant.spec.conflict.negotiated_settlement import VALUES, Auction, Claim, Dispute, disputes, disputes_at_large
from concordant.spec.vocabulary import Draw


def three_agents(draw: Draw) -> Dispute:
    """Draw a dispute of three agents, each of which bids all that it has, and a clock that shows every price up to 3."""
    bids = {name: draw.amount(name) for name in ("agent0", "agent1", "agent2")}
    claims = (Claim(name, value, bid, bid) for (name, bid), value in zip(bids.items(), VALUES, strict=False))
    return Dispute(tuple(claims), draw.one_of("auction", tuple(Auction)), (0, 1, 2, 3))


SCOPES = (
    Grid(
        "small",
        "two agents, three auctions, amounts 0 and 1; at random up to five agents",
        settling(partial(disputes, most=2)),
        (0, 1),
        at_random=disputes_at_large,
        expected=Profiles(288, 576, 2_640),
    ),
    Grid(
        "three_agents",
        "three agents, three auctions, bids 0 to 3, each of them all that the agent has; a clock of four prices",
        settling(three_agents),
        (0, 1, 2, 3),
        expected=Profiles(192, 576, 2_072),
        size=Size.MEDIUM,
    ),
    Grid("honest", "two agents that bid for the second price", second_price_alone(), (0, 1), expected=Profiles(96, 432, 1_344)),
    Grid("first_price", "two agents that bid for the first price", first_price_alone(), (0, 1), expected=Profiles(96, 384, 1_200)),
    Grid("malformed", "two agents and one flaw", on_malformed(), (0, 1), expected=Profiles(258, 258, 516)),
)
