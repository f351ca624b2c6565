"""The scopes of scoring auctions."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.multi_attribute_auction import FIRST_SCORE_AUCTION, SECOND_SCORE_AUCTION
from concordant.spec.auctions.multi_attribute_auction.tenders import careless, tenders_at_large, tenders_in_any_order

SCOPES = (
    Grid(
        "second_score",
        "up to two sellers, costs and qualities 0, 1 and 3, four ways to score; at random up to six",
        SECOND_SCORE_AUCTION.on(2),
        (0, 1, 3),
        Profiles(282, 907, 6_716),
        at_random=tenders_at_large,
    ),
    Grid(
        "first_score",
        "up to two sellers, costs and qualities 0 and 1, four ways to score; at random up to six",
        FIRST_SCORE_AUCTION.on(2),
        (0, 1),
        Profiles(66, 153, 906),
        at_random=tenders_at_large,
    ),
    Grid(
        "fractions",
        "up to two sellers, costs and qualities 1/2 and 5/3, four ways to score",
        SECOND_SCORE_AUCTION.on(2),
        (Fraction(1, 2), Fraction(5, 3)),
        Profiles(66, 240, 1_088),
    ),
    Grid(
        "any_order",
        "up to three sellers, in any order, costs 0 and 1",
        SECOND_SCORE_AUCTION.over(partial(tenders_in_any_order, sellers=3)),
        (0, 1),
        Profiles(58, 73, 1_167),
    ),
    Grid(
        "malformed",
        "two sellers and one flaw; at random several",
        SECOND_SCORE_AUCTION.on_malformed(),
        (0, 1),
        Profiles(720, 585, 1_440),
        at_random=careless,
    ),
    Grid(
        "three_sellers",
        "up to three sellers, costs and qualities 0 to 2, four ways to score",
        SECOND_SCORE_AUCTION.on(3),
        (0, 1, 2),
        Profiles(2_496, 11_266, 88_843),
        size=Size.MEDIUM,
    ),
)
