"""The scopes of Clarke's pivot rule."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.clarke_mechanism import malformed_mechanism, mechanism

SCOPES = (
    Grid("three_agents", "up to three agents and two options, values 0 and 1", mechanism(3, 2), (0, 1), Profiles(98, 354, 2_634)),
    Grid("three_options", "up to two agents and three options, values 0 and 1", mechanism(2, 3), (0, 1), Profiles(98, 354, 2_746)),
    Grid(
        "fractions",
        "up to two agents and two options, values 0, 1/3 and 1",
        mechanism(2, 2),
        (0, Fraction(1, 3), 1),
        Profiles(102, 363, 3_084),
    ),
    Grid(
        "three_of_each",
        "up to three agents and three options, values 0 and 1",
        mechanism(3, 3),
        (0, 1),
        Profiles(682, 2_674, 26_866),
        size=Size.MEDIUM,
    ),
    Grid("malformed", "two agents, two options and one flaw", malformed_mechanism(), (0, 1), Profiles(224, 130, 448)),
)
