"""The scopes of the descending clock."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.dutch_auction import DUTCH_AUCTION
from concordant.spec.auctions.shared.clocks import careless, clocks_at_large, clocks_in_any_order

SCOPES = (
    Grid(
        "small",
        "up to two bidders, values 0 to 2, and two prices; at random up to eight and six",
        DUTCH_AUCTION.on(2, 2),
        (0, 1, 2),
        Profiles(240, 432, 2_402),
        at_random=clocks_at_large,
    ),
    Grid(
        "fractions",
        "up to two bidders, values 0, 1/3 and 2, and two prices",
        DUTCH_AUCTION.on(2, 2),
        (0, Fraction(1, 3), 2),
        Profiles(240, 432, 2_400),
    ),
    Grid(
        "three_prices", "up to two bidders, values 0 to 2, and three prices", DUTCH_AUCTION.on(2, 3), (0, 1, 2), Profiles(780, 1_404, 8_676)
    ),
    Grid(
        "any_order",
        "up to three bidders, in any order, values 0 and 1, and two prices",
        DUTCH_AUCTION.over(partial(clocks_in_any_order, bidders=3, prices=2)),
        (0, 1),
        Profiles(1_098, 1_098, 13_098),
    ),
    Grid(
        "malformed",
        "two bidders, two prices and one flaw; at random several",
        DUTCH_AUCTION.on_malformed(),
        (0, 1),
        Profiles(1_116, 388, 2_232),
        at_random=careless,
    ),
)
