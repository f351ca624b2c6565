"""The scopes of alternating offers."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.alternating_offers import ALTERNATING_OFFERS, OF_SEVERAL
from concordant.spec.conflict.alternating_offers import talks_at_large

SCOPES = (
    Grid(
        "small",
        "two agents and up to five rounds, discounts 0 and 1; at random up to five agents and eight rounds",
        ALTERNATING_OFFERS.on(2, 5),
        (0, 1),
        at_random=talks_at_large,
        expected=Profiles(20, 40, 396),
    ),
    Grid(
        "fractions",
        "two agents and up to three rounds, discounts 0, 1/2 and 1",
        ALTERNATING_OFFERS.on(2, 3),
        (0, Fraction(1, 2), 1),
        expected=Profiles(27, 90, 477),
    ),
    Grid(
        "three",
        "three agents and up to four rounds, discounts 0, 1/2 and 1",
        OF_SEVERAL.on(3, 4),
        (0, Fraction(1, 2), 1),
        expected=Profiles(108, 513, 1_917),
    ),
    Grid("malformed", "two agents, two rounds and one flaw", ALTERNATING_OFFERS.on_malformed(), (0, 1), expected=Profiles(48, 40, 96)),
)
