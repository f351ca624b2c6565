"""The scopes of the first-price auction."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.first_price_sealed_bid import FIRST_PRICE_AUCTION
from concordant.spec.auctions.shared.auctions import careless, profiles_at_large, profiles_in_any_order

SCOPES = (
    Grid(
        "small",
        "up to three bidders, values 0 to 2, either direction; at random up to eight",
        FIRST_PRICE_AUCTION.on(3),
        (0, 1, 2),
        Profiles(504, 1_368, 6_160),
        at_random=profiles_at_large,
    ),
    Grid(
        "fractions",
        "up to two bidders, values 0, 1/3 and 1, either direction",
        FIRST_PRICE_AUCTION.on(2),
        (0, Fraction(1, 3), 1),
        Profiles(120, 216, 1_144),
        examples=20,
    ),
    Grid(
        "any_order",
        "up to three bidders whose bids came in any order, values 0 and 1, either direction",
        FIRST_PRICE_AUCTION.over(partial(profiles_in_any_order, most=3)),
        (0, 1),
        expected=Profiles(732, 732, 9_164),
        examples=20,
    ),
    Grid(
        "malformed",
        "two bidders and one flaw; at random several",
        FIRST_PRICE_AUCTION.on_malformed(),
        (0, 1),
        Profiles(464, 220, 928),
        at_random=careless,
    ),
)
