"""The scopes of combinatorial auctions."""

from __future__ import annotations

from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.combinatorial_auction import BY_BID, BY_LOSS, GREEDILY
from concordant.spec.auctions.combinatorial_auction.sales import (
    careless,
    sales_at_large,
    sales_in_any_order,
    single_goods,
    single_goods_at_large,
    three_in_a_ring,
)

SCOPES = (
    Grid(
        "two_goods",
        "up to two bidders for two goods, of one package each, values 0 to 2",
        BY_LOSS.on(2, 1),
        (0, 1, 2),
        Profiles(90, 171, 1_575),
    ),
    Grid(
        "two_packages",
        "up to two bidders for two goods, of one or two packages each, values 0 and 1; at random up to four, for three goods",
        BY_LOSS.on(2, 2),
        (0, 1),
        Profiles(342, 1_110, 6_732),
        at_random=sales_at_large,
    ),
    Grid(
        "two_units", "up to two bidders for two units, values 0 and 1", BY_LOSS.on(2, 2, "two units"), (0, 1), Profiles(342, 1_110, 6_732)
    ),
    Grid(
        "pay_as_bid",
        "up to two bidders for two goods, who pay what they bid, values 0 to 2; at random up to four, for three goods",
        BY_BID.on(2, 1),
        (0, 1, 2),
        Profiles(90, 171, 1_143),
        at_random=sales_at_large,
    ),
    Grid(
        "greedy",
        "up to two bidders for two goods, of one or two packages each, values 0 and 1, greedily",
        GREEDILY.on(2, 2),
        (0, 1),
        Profiles(342, 1_110, 4_824),
    ),
    Grid(
        "greedy_close",
        "up to two bidders for two goods, values 3 and 4, greedily: 16/2 is less than 9",
        GREEDILY.on(2, 1),
        (3, 4),
        Profiles(42, 78, 514),
    ),
    Grid(
        "greedy_three",
        "up to three bidders for two goods, values 0 and 1, greedily; at random up to six, for four goods",
        GREEDILY.over(partial(single_goods, most=3, names=("A", "B"))),
        (0, 1),
        Profiles(258, 726, 4_098),
        at_random=single_goods_at_large,
    ),
    Grid(
        "any_order",
        "up to three bidders for two goods, whose bids came in any order, all of 1",
        BY_LOSS.over(partial(sales_in_any_order, most=3)),
        (1,),
        Profiles(183, 183, 3_039),
    ),
    Grid("malformed_as_bid", "two bidders, who pay what they bid, and one flaw", BY_BID.on_malformed(), (1,), Profiles(315, 223, 630)),
    Grid("malformed_greedy", "two bidders and one flaw, greedily", GREEDILY.on_malformed(), (1,), Profiles(315, 223, 630)),
    Grid(
        "malformed",
        "two bidders and one flaw; at random several",
        BY_LOSS.on_malformed(),
        (1,),
        Profiles(315, 223, 630),
        at_random=careless,
    ),
    Grid(
        "three_goods",
        "three bidders for three goods, each for one of them, or for it and the next, values 0 to 3",
        BY_LOSS.over(three_in_a_ring),
        (0, 1, 2, 3),
        Profiles(4_096, 24_576, 266_240),
        size=Size.LARGE,
    ),
)
