"""The median is truthful for any number of agents, whatever is single-peaked; the shipped functions keep their clauses among few.

Claim: `median` keeps each of its clauses for all real requests of up to three, the mean keeps its own
among as many, and so does the weighted mean. For any number of agents, a value that
fewer than half are below, and at least half are not above, cannot be moved nearer to an agent's own by its lie: one proof about two
profiles that differ in one request. That is what `lower_median` says of the function, by running it among up to five.
Assumes: preferences that are single-peaked, and requests that do not depend on those of others.
Not covered: that the function meets its specification among six agents and more, which random conflicts show of up to seven.
"""

from __future__ import annotations

from functools import partial

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.conflict.compromise_value import MEAN, MEDIAN, WEIGHTED_MEAN
from concordant.spec.conflict.compromise_value import MEANS, MEDIANS, WEIGHTED_MEANS, lower_median, truthful_requests

And, Or, Implies, If = z3.And, z3.Or, z3.Implies, z3.If
REALS = "all real values that are not negative"

# ---- the shipped functions

OF_THREE = tuple(
    by_running(
        f"compromise_value.{rule.name.replace(' ', '_')}_{clause.name}",
        clause,
        rule.on(3, weighted=False),
        f"{REALS}; one to three agents who weigh the same; the unit is worth 1/10 or 2",
    )
    for rule, clauses in ((MEDIAN, MEDIANS), (MEAN, MEANS))
    for clause in clauses
)
OF_THREE_WITH_WEIGHTS = tuple(
    by_running(
        f"compromise_value.weighted_mean_{clause.name}",
        clause,
        WEIGHTED_MEAN.on(3),
        f"{REALS}, and weights; one to three agents; the unit is worth 1/10 or 2",
    )
    for clause in WEIGHTED_MEANS
)
MEETS_ITS_SPECIFICATION = by_running(
    "compromise_value.median_meets_its_specification_up_to_five",
    lower_median,
    MEDIAN.on(5, weighted=False),
    f"{REALS}; one to five agents who weigh the same",
)
EXAGGERATION = by_running(
    "compromise_value.exaggeration_pays",
    truthful_requests,
    MEAN.on(2, weighted=False),
    claim="Whoever asks for more than it wants gets more of it from the mean (CMP-7).",
    holds=False,
)

# ---- whatever is in the middle, any number of agents

AGENTS, PEAK, LIE, HONEST, LYING = z3.Int("agents"), z3.Real("peak"), z3.Real("lie"), z3.Real("honest value"), z3.Real("lying value")
BELOW = z3.Function("others below", z3.RealSort(), z3.IntSort())
UP_TO = z3.Function("others up to", z3.RealSort(), z3.IntSort())


def _counts(one: Term, other: Term) -> list[Term]:
    """State what is true of how many others ask for less than a value, and how many for no more, whoever they are."""
    return [
        *(And(BELOW(value) >= 0, BELOW(value) <= UP_TO(value), UP_TO(value) < AGENTS) for value in (one, other)),
        *(Implies(low < high, UP_TO(low) <= BELOW(high)) for low, high in ((one, other), (other, one))),
        Implies(one == other, And(BELOW(one) == BELOW(other), UP_TO(one) == UP_TO(other))),
    ]


def _in_the_middle(value: Term, request: Term, *, counted_below: bool) -> list[Term]:
    """State that a value is in the middle of what the others and one agent ask for; or only that at least half ask for no more."""
    fewer_below = 2 * (BELOW(value) + If(request < value, 1, 0)) < AGENTS
    return [2 * (UP_TO(value) + If(request <= value, 1, 0)) >= AGENTS, *([fewer_below] if counted_below else ())]


def _farther(*, counted_below: bool = True) -> tuple[list[Term], Term]:
    runs = [fact for run in ((HONEST, PEAK), (LYING, LIE)) for fact in _in_the_middle(*run, counted_below=counted_below)]
    farther = Or(And(PEAK <= HONEST, HONEST <= LYING), And(PEAK >= HONEST, HONEST >= LYING))
    return [*_counts(HONEST, LYING), *runs], farther


WHATEVER_IS_IN_THE_MIDDLE = theorem(
    "compromise_value.specification_is_truthful",
    "Of a value in the middle, no lie of one agent makes one that is nearer to its own, nor one beyond it.",
    "any number of agents; all real requests; every single-peaked preference",
    _farther,
    why="to move the value up, an agent that is not above it must go above it, away from what it wants; and so down.",
)
HALF_IS_NOT_ENOUGH = theorem(
    "compromise_value.half_of_the_specification_is_not_truthful",
    "That at least half ask for no more does not make a value that honesty serves best.",
    EXAMPLE,
    partial(_farther, counted_below=False),
    holds=False,
)
