"""The scopes of the first-price auction."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.first_price_sealed_bid import malformed_mechanism, mechanism

SCOPES = (
    Grid("small", "up to three bidders, values 0 to 2, either direction", mechanism(3), (0, 1, 2), Profiles(504, 1_368, 4_628)),
    Grid(
        "fractions",
        "up to two bidders, values 0, 1/3 and 1, either direction",
        mechanism(2),
        (0, Fraction(1, 3), 1),
        Profiles(120, 216, 884),
    ),
    Grid("malformed", "two bidders and one flaw", malformed_mechanism(), (0, 1), Profiles(272, 148, 544)),
)
