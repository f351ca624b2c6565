"""By importance no role is passed over, for any number of roles; the shipped functions, among few, keep all their clauses.

Claim: `by_importance` and `fullest` keep each of their clauses for all real suitability, among up to two roles and two agents; by
importance no role is passed over among three, either. For any number of both: whoever takes, of what is left to it, what suits it
best is not passed over for what is less critical, which is all that stability means where only roles have wishes. Neither rule
keeps what the other promises: the numbers are shown. Where agents have wishes, too, `roth` says what cannot be.
Not covered: the fullest assignment among three roles and more, which grids, random staffings and `scipy` show.
"""

from __future__ import annotations

from functools import partial

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term, exists, forall
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.allocation.role_assignment import filling, importance, importance_in_squares
from concordant.spec.allocation.role_assignment import (
    BY_IMPORTANCE,
    FULLEST,
    as_many_roles_as_can_be_are_filled,
    no_full_assignment_suits_better,
    no_role_is_passed_over,
)

And, Implies = z3.And, z3.Implies

# ---- the shipped functions

AMOUNTS = "all real criticality and suitability that is not negative"

OF_TWO = tuple(
    by_running(f"role_assignment.{clause.name}", clause, importance(2, 2), f"{AMOUNTS}; zero to two roles, zero to two agents")
    for clause in BY_IMPORTANCE
)
FULLEST_OF_TWO = tuple(
    by_running(f"role_assignment.fullest_{clause.name}", clause, filling(2, 2), f"{AMOUNTS}; zero to two roles, zero to two agents")
    for clause in FULLEST
)
OF_THREE = by_running(
    "role_assignment.no_role_is_passed_over_of_three",
    no_role_is_passed_over,
    importance_in_squares(3),
    "all real suitability that is not negative; three roles, each less critical than the one before, and three agents",
)
LARGER = (
    by_running(
        "role_assignment.no_role_is_passed_over_up_to_three",
        no_role_is_passed_over,
        importance(3, 3),
        f"{AMOUNTS}; zero to three roles, zero to three agents",
        large=True,
    ),
    *(
        by_running(
            f"role_assignment.fullest_{clause.name}_of_three",
            clause,
            filling(2, 3),
            f"{AMOUNTS}; zero to two roles, zero to three agents",
            large=True,
        )
        for clause in (as_many_roles_as_can_be_are_filled, no_full_assignment_suits_better)
    ),
)
FAILING = (
    by_running(
        "role_assignment.a_role_is_left_empty",
        as_many_roles_as_can_be_are_filled,
        importance(2, 2),
        claim="By importance a role may be left empty that could be filled (ROL-2).",
        holds=False,
    ),
    by_running(
        "role_assignment.a_critical_role_is_passed_over",
        no_role_is_passed_over,
        filling(2, 2),
        claim="Where the most roles are filled a critical one may be passed over.",
        holds=False,
    ),
)

# ---- any number of roles and agents

ROLE, AGENT = z3.DeclareSort("Role"), z3.DeclareSort("Agent")
SOME_ROLE, SOMEBODY = z3.Const("a role", ROLE), z3.Const("somebody", AGENT)
BEFORE = z3.Function("chooses before", ROLE, ROLE, z3.BoolSort())
CRITICAL = z3.Function("criticality", ROLE, z3.RealSort())
SUITS = z3.Function("suits", ROLE, AGENT, z3.RealSort())
SERVES = z3.Function("serves", AGENT, ROLE, z3.BoolSort())
SUITED = z3.Function("suitability of whoever serves it, or 0", ROLE, z3.RealSort())


def _stable(*, by_criticality: bool = True) -> tuple[list[Term], Term]:
    takes_the_best = forall(
        ROLE,
        AGENT,
        lambda role, agent: Implies(
            SUITS(role, agent) > SUITED(role), exists(ROLE, lambda other: And(BEFORE(other, role), SERVES(agent, other)))
        ),
    )
    order = forall(ROLE, ROLE, lambda first, second: Implies(BEFORE(first, second), CRITICAL(first) >= CRITICAL(second)))
    fair = exists(ROLE, lambda other: And(SERVES(SOMEBODY, other), CRITICAL(other) >= CRITICAL(SOME_ROLE)))
    hypotheses = [takes_the_best, *([order] if by_criticality else ())]
    return hypotheses, Implies(SUITS(SOME_ROLE, SOMEBODY) > SUITED(SOME_ROLE), fair)


SPECIFICATION = theorem(
    "role_assignment.specification_is_stable",
    "Where each role in turn takes who suits it best of those left, whoever would suit it better serves a role that is as critical or more.",
    "any number of roles and agents; all real criticality and suitability",
    _stable,
    why="who would suit it better had been taken before its turn, and only what is as critical or more has its turn before.",
)
ANY_TURN_WILL_NOT_DO = theorem(
    "role_assignment.in_any_order_roles_are_passed_over",
    "If roles took their turns in any order, a critical one might be passed over.",
    EXAMPLE,
    partial(_stable, by_criticality=False),
    holds=False,
)
