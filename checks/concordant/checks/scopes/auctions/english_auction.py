"""The scopes of the ascending clock."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.english_auction import ENGLISH_AUCTION
from concordant.spec.auctions.shared.clocks import careless, clocks_at_large, clocks_in_any_order, steady_clocks

SCOPES = (
    Grid(
        "small",
        "up to two bidders, values 0 to 2, and two prices; at random up to eight and six",
        ENGLISH_AUCTION.on(2, 2),
        (0, 1, 2),
        Profiles(240, 432, 3_792),
        at_random=clocks_at_large,
    ),
    Grid("three", "up to three bidders, values 0 and 1, and three prices", ENGLISH_AUCTION.on(3, 3), (0, 1), Profiles(546, 1_428, 10_284)),
    Grid(
        "fractions",
        "up to two bidders, values 0, 1/3 and 2, and two prices",
        ENGLISH_AUCTION.on(2, 2),
        (0, Fraction(1, 3), 2),
        Profiles(240, 432, 3_810),
    ),
    Grid(
        "any_order",
        "up to three bidders, in any order, values 0 and 1, and two prices",
        ENGLISH_AUCTION.over(partial(clocks_in_any_order, bidders=3, prices=2)),
        (0, 1),
        Profiles(1_098, 1_098, 19_336),
    ),
    Grid(
        "malformed",
        "two bidders, two prices and one flaw; at random several",
        ENGLISH_AUCTION.on_malformed(),
        (0, 1),
        Profiles(1_116, 388, 2_232),
        at_random=careless,
    ),
    Grid(
        "three_at_a_steady_pace",
        "three bidders, values 0 to 4, and a clock from 0 or 1 to 4, in steps of 1 or 2",
        ENGLISH_AUCTION.over(partial(steady_clocks, bidders=3)),
        (0, 1, 2, 3, 4),
        Profiles(500, 1_800, 17_957),
        size=Size.MEDIUM,
    ),
)
