"""The scopes of the weighted rule."""

from __future__ import annotations

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.voting.weighted_vote import WEIGHTED_RULE
from concordant.spec.voting.weighted_vote import (
    a_dictator_decides,
    a_dummy_changes_nothing,
    at_most_one_is_elected,
    careless_polls,
    elected_by_enough_of_the_weight,
    polls_at_large,
)

SCOPES = (
    Grid(
        "small",
        "two options, up to two electors of weight 0 to 2 who vote, abstain or are absent; at random up to four options and six electors",
        WEIGHTED_RULE.on(2, 2),
        (0, 1, 2),
        Profiles(624, 804, 6_978),
        at_random=polls_at_large,
    ),
    Grid(
        "malformed",
        "polls that break the rules, each in one way; at random in several",
        WEIGHTED_RULE.on_malformed(),
        expected=Profiles(34, 34, 68),
        at_random=careless_polls,
    ),
    Grid(
        "three_electors",
        "two options, up to three electors of weight 0 to 3: what is elected, and who decides it",
        WEIGHTED_RULE.promising(elected_by_enough_of_the_weight, at_most_one_is_elected, a_dictator_decides, a_dummy_changes_nothing).on(
            2, 3
        ),
        (0, 1, 2, 3),
        Profiles(17_472, 17_472, 66_214),
        size=Size.MEDIUM,
    ),
)
