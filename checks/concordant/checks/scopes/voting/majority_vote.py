"""The scopes of the majority rule."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.voting.majority_vote import MAJORITY_RULE
from concordant.spec.voting.majority_vote import (
    any_polls,
    at_most_one_is_elected,
    careless_polls,
    elected_by_enough_of_the_electorate,
    polls_at_large,
    weighted_polls,
)

SCOPES = (
    Grid(
        "small",
        "two options, up to three electors who vote, abstain or are absent; at random up to four options and six blocks",
        MAJORITY_RULE.on(2, 3),
        expected=Profiles(336, 336, 5_140),
        at_random=polls_at_large,
    ),
    Grid("three_options", "three options, up to three electors", MAJORITY_RULE.on(3, 3), expected=Profiles(956, 956, 19_102)),
    Grid(
        "weighted",
        "two options, two electors of weight 0, 1/2 or 2",
        MAJORITY_RULE.over(partial(weighted_polls, electors=2)),
        (0, Fraction(1, 2), 2),
        Profiles(576, 564, 7_924),
        examples=20,
    ),
    Grid(
        "blocks",
        "two options, one voter, and none or one other for each option, abstaining or absent",
        MAJORITY_RULE.over(partial(any_polls, options=("a", "b"))),
        (0, 1),
        Profiles(192, 1_984, 4_092),
        examples=20,
    ),
    Grid(
        "malformed",
        "polls that break the rules, each in one way; at random in several",
        MAJORITY_RULE.on_malformed(),
        expected=Profiles(57, 57, 114),
        at_random=careless_polls,
    ),
    Grid(
        "five_electors",
        "four options, up to five electors: whether one is elected, and which",
        MAJORITY_RULE.promising(at_most_one_is_elected, elected_by_enough_of_the_electorate).on(4, 5),
        expected=Profiles(58_396, 58_396, 216_278),
        size=Size.MEDIUM,
    ),
)
