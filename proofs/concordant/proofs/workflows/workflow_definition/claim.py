"""Stages can be ranked, each above all that it depends on, if and only if taking away what can run leaves none: of up to five stages.

Claim: for each way in which five stages may depend on each other and on themselves: where there are ranks none depends on itself, by way of
others or without; where none does, the number of all that a stage depends on is such a rank; and stages that have all they depend on are
taken away, again and again, until nothing is left, if and only if none depends on itself. That is how `define` looks for circles.
Not covered: that `define` does so, and what it tells of each stage, which its scopes ask of every draft of three stages.
"""

from __future__ import annotations

from itertools import product

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies

STAGES = range(5)
DEPENDS = {(late, early): z3.Bool(f"stage {late} depends on stage {early}") for late, early in product(STAGES, STAGES)}
RANKS = [z3.Int(f"rank of stage {stage}") for stage in STAGES]


def _all_dependences() -> dict[tuple[int, int], Term]:
    """State on what each stage depends by way of any of the first stages, then of one more, and so on (Warshall)."""
    found: dict[tuple[int, int], Term] = dict(DEPENDS)
    for through in STAGES:
        found = {(late, early): Or(each, And(found[late, through], found[through, early])) for (late, early), each in found.items()}
    return found


DEPENDENCES = _all_dependences()
NO_CIRCLE = And([Not(DEPENDENCES[stage, stage]) for stage in STAGES])


def _ranked(ranks: list[Term]) -> Term:
    return And([Implies(depends, ranks[late] > ranks[early]) for (late, early), depends in DEPENDS.items()])


def _numbers() -> list[Term]:
    """Return of how many stages each depends."""
    return [z3.Sum([z3.If(DEPENDENCES[late, early], 1, 0) for early in STAGES]) for late in STAGES]


def _left(rounds: int) -> list[Term]:
    """State which stages are left when so many times all have been taken away that depend on none that is left."""
    left: list[Term] = [z3.BoolVal(True) for _ in STAGES]
    for _ in range(rounds):
        left = [And(left[late], Or([And(DEPENDS[late, early], left[early]) for early in STAGES])) for late in STAGES]
    return left


def _taken_away(rounds: int) -> tuple[list[Term], Term]:
    return [], Not(Or(_left(rounds))) == NO_CIRCLE


EVERY_ORDER = "five stages; every way in which they depend on each other and on themselves, by way of others or without"
UP_TO_FIVE = (
    theorem(
        "workflow_definition.ranks_leave_no_circle",
        "If each stage has a higher rank than all that it depends on, none depends on itself.",
        EVERY_ORDER,
        lambda: ([_ranked(RANKS)], NO_CIRCLE),
        why="along a circle ranks would go up for ever.",
    ),
    theorem(
        "workflow_definition.without_a_circle_there_are_ranks",
        "If no stage depends on itself, each depends on more than any that it depends on.",
        EVERY_ORDER,
        lambda: ([NO_CIRCLE], _ranked(_numbers())),
        why="it depends on all that this one does, and on this one, which does not depend on itself.",
    ),
    theorem(
        "workflow_definition.all_are_taken_away_where_there_is_no_circle",
        "Those that depend on none that is left are taken away, again and again, until none is left, if and only if none depends on itself.",
        EVERY_ORDER,
        lambda: _taken_away(len(STAGES)),
        why="of stages that are left and depend on none of themselves there is a lowest one, which can be taken away.",
    ),
)
TOO_FEW_ROUNDS = theorem(
    "workflow_definition.fewer_rounds_do_not_do",
    "With a round less stages may be left that depend on each other in a row.",
    EXAMPLE,
    lambda: _taken_away(len(STAGES) - 1),
    holds=False,
)
