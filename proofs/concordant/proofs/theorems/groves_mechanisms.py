"""Groves mechanisms, for all spaces of outcomes: an agent that is paid what the others gain wants what all want together.

Claim: a rule that chooses what maximises the sum of reported values, and charges each agent an amount that its report does not
move less what the others value the choice at, is truthful. With Clarke's amount, what the others could have had without it, nobody
is paid, who changes nothing pays nothing, and who values nothing below zero never loses.
Why for any number of agents: only the sum of the others' values enters, and that is one function of outcomes.
Source: Groves, "Incentives in Teams", 1973; Clarke, "Multipart pricing of public goods", 1971.
Assumes: a best outcome exists, as it does where there are finitely many; payments in the unit of value, and no limits of budgets.
Not covered: that a shipped rule chooses so and charges so; that is for running it to show.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term, forall
from concordant.proofs.kernel.theorems import EXAMPLE

OUTCOME = z3.DeclareSort("Outcome")
VALUE, REPORT, OTHERS = (z3.Function(name, OUTCOME, z3.RealSort()) for name in ("value", "report", "others"))
HONEST, LYING, WITHOUT = (z3.Const(name, OUTCOME) for name in ("chosen when honest", "chosen when lying", "chosen without the agent"))
FIXED = z3.Real("fixed by the others")
ANY = "all spaces of outcomes, any number of agents, all real values"


def _best(value: Callable[[Term], Term], chosen: Term) -> Term:
    """State that a choice maximises something."""
    return forall(OUTCOME, lambda other: value(other) <= value(chosen))


def _with(own: Callable[[Term], Term]) -> Callable[[Term], Term]:
    return lambda outcome: own(outcome) + OTHERS(outcome)


def _gain(chosen: Term, fixed: Term) -> Term:
    """Return what the agent gains: its value, less its payment."""
    return VALUE(chosen) - (fixed - OTHERS(chosen))


def _groves(*, best: bool = True) -> tuple[list[Term], Term]:
    truth = _best(_with(VALUE), HONEST) if best else VALUE(HONEST) >= 0
    return [truth, _best(_with(REPORT), LYING)], _gain(HONEST, FIXED) >= _gain(LYING, FIXED)


CHOSEN = [_best(_with(VALUE), HONEST), _best(OTHERS, WITHOUT)]
NOT_NEGATIVE = forall(OUTCOME, lambda outcome: VALUE(outcome) >= 0)
PAYMENT = OTHERS(WITHOUT) - OTHERS(HONEST)

GROVES = theorem(
    "clarke_mechanism.every_groves_mechanism_is_truthful",
    "Who is charged an amount that its report does not move, less what the others gain, gains nothing by a lie.",
    ANY,
    _groves,
    why="what it gains is the sum of all values less a constant, and honesty makes the rule maximise just that.",
)
NOT_BEST = theorem(
    "clarke_mechanism.another_choice_is_not_truthful",
    "With the same payments, a rule that does not choose the best outcome is not truthful.",
    EXAMPLE,
    lambda: _groves(best=False),
    holds=False,
)
CLARKE = (
    theorem(
        "clarke_mechanism.nobody_is_paid",
        "By Clarke's amount nobody is paid, so there is no deficit.",
        ANY,
        lambda: (CHOSEN, PAYMENT >= 0),
        why="the others could not have had more than the best for them.",
    ),
    theorem(
        "clarke_mechanism.only_pivots_pay",
        "By Clarke's amount who changes nothing for the others pays nothing.",
        ANY,
        lambda: ([*CHOSEN, _best(OTHERS, HONEST)], PAYMENT == 0),
        why="then the choice is also the best for the others, and the two amounts are the same.",
    ),
    theorem(
        "clarke_mechanism.rational_of_values_not_negative",
        "By Clarke's amount who values no outcome below zero never loses.",
        f"{ANY} that are not negative",
        lambda: ([*CHOSEN, NOT_NEGATIVE], _gain(HONEST, OTHERS(WITHOUT)) >= 0),
        why="all together gain no less by the choice than by the one that is best for the others.",
    ),
    theorem(
        "clarke_mechanism.losing_by_values_below_zero",
        "By Clarke's amount who values outcomes below zero may lose.",
        EXAMPLE,
        lambda: (CHOSEN, _gain(HONEST, OTHERS(WITHOUT)) >= 0),
        holds=False,
    ),
)
