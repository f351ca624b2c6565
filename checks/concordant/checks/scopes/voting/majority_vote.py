"""The scopes of the majority rule."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.voting.majority_vote import any_electorate, malformed, mechanism, weighted
from concordant.spec.voting.majority_vote import at_most_one_is_elected, elected_by_enough_of_the_electorate

SCOPES = (
    Grid("small", "two options, up to three electors who vote, abstain or are absent", mechanism(), expected=Profiles(336, 336, 3_184)),
    Grid("three_options", "three options, up to three electors", mechanism(3), expected=Profiles(956, 956, 11_933)),
    Grid("weighted", "two options, two electors of weight 0, 1/2 or 2", weighted(2), (0, Fraction(1, 2), 2), Profiles(576, 564, 5_236)),
    Grid(
        "blocks",
        "two options, one voter, and none or one other for each option, abstaining or absent",
        any_electorate(),
        (0, 1),
        Profiles(192, 966, 2_220),
    ),
    Grid("malformed", "polls that break the rules, each in one way", malformed(), expected=Profiles(30, 30, 60)),
    Grid(
        "five_electors",
        "four options, up to five electors: whether one is elected, and which",
        mechanism(4, 5, promises=(at_most_one_is_elected, elected_by_enough_of_the_electorate)),
        expected=Profiles(58_396, 58_396, 216_278),
        size=Size.MEDIUM,
    ),
)
