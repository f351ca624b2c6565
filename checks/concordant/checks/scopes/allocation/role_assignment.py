"""The scopes of roles by importance, and of the fullest assignment."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.role_assignment import (
    filling,
    filling_in_squares,
    fullest,
    importance,
    importance_in_squares,
    on_malformed,
)
from concordant.spec.allocation.role_assignment import careless, staffings_at_large

SCOPES = (
    Grid(
        "small",
        "up to two roles and two agents, amounts 0 and 1; at random up to four of each, of any names",
        importance(2, 2),
        (0, 1),
        at_random=staffings_at_large,
        expected=Profiles(101, 101, 665),
    ),
    Grid(
        "one_role",
        "a role and up to two agents, amounts 0, 1/2 and 2",
        importance(1, 2),
        (0, Fraction(1, 2), 2),
        expected=Profiles(42, 42, 240),
    ),
    Grid(
        "square",
        "three roles, each less critical than the one before, and three agents, suitability 0 and 1",
        importance_in_squares(3),
        (0, 1),
        expected=Profiles(512, 512, 4_191),
    ),
    Grid(
        "fullest",
        "as many roles as can be, of up to two, by up to two agents, amounts 0 and 1; at random up to four of each, of any names",
        filling(2, 2),
        (0, 1),
        at_random=staffings_at_large,
        expected=Profiles(101, 101, 835),
    ),
    Grid(
        "fullest_of_two",
        "two roles and two agents, suitability 0, 1/2 and 2",
        filling_in_squares(2),
        (0, Fraction(1, 2), 2),
        expected=Profiles(81, 81, 711),
    ),
    Grid(
        "fullest_square",
        "three roles and three agents, suitability 0 and 1",
        filling_in_squares(3),
        (0, 1),
        expected=Profiles(512, 512, 4_949),
    ),
    Grid(
        "medium",
        "the same, suitability 0, 1 and 2",
        importance_in_squares(3),
        (0, 1, 2),
        size=Size.MEDIUM,
        expected=Profiles(19_683, 19_683, 173_035),
    ),
    Grid(
        "fullest_medium",
        "the same where as many are filled as can be",
        filling_in_squares(3),
        (0, 1, 2),
        size=Size.MEDIUM,
        expected=Profiles(19_683, 19_683, 195_189),
    ),
    Grid(
        "malformed",
        "two roles, two agents and one flaw; at random several",
        on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(104, 70, 208),
    ),
    Grid(
        "fullest_malformed",
        "the same where as many roles are filled as can be",
        on_malformed(fullest),
        (0, 1),
        at_random=careless,
        expected=Profiles(104, 70, 208),
    ),
)
