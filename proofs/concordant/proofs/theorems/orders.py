"""Orders, for all finite sets: a set whose members are strictly and totally ordered has one greatest member, who may lead.

Claim: what each theorem says. That every finite set is reached by adding one member after another is not asked of a solver.
Assumes: of any two members one is less than the other, and never both, such as by their names; what is less than a lesser one is less.
Not covered: who is up, and who is told; `bully_election` explores that.
"""

from __future__ import annotations

from typing import TypeAlias

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term, exists, forall
from concordant.proofs.kernel.theorems import EXAMPLE

And, Implies, Not, Or = z3.And, z3.Implies, z3.Not, z3.Or
Claim: TypeAlias = tuple[list[Term], Term]
"""Hypotheses, and a goal."""


def _one_more(*, total: bool) -> Claim:
    """Say that a set with a greatest member has just one when another member is added, by an order that is total or not."""
    member = z3.DeclareSort("Member")
    less, old = z3.Function("less", member, member, z3.BoolSort()), z3.Function("old", member, z3.BoolSort())
    first, new = z3.Consts("first new", member)

    def greatest(one: Term, *added: Term) -> Term:
        def among(each: Term) -> Term:
            return Or(old(each), *(each == another for another in added))

        return And(among(one), forall(member, lambda each: Implies(among(each), Or(each == one, less(each, one)))))

    strict = forall(member, lambda a: Not(less(a, a)))
    transitive = forall(member, member, member, lambda a, b, c: Implies(And(less(a, b), less(b, c)), less(a, c)))
    compared = [forall(member, member, lambda a, b: Or(a == b, less(a, b), less(b, a)))] if total else []
    there_is = exists(member, lambda one: greatest(one, new))
    only_one = forall(member, member, lambda one, other: Implies(And(greatest(one, new), greatest(other, new)), one == other))
    return [strict, transitive, *compared, greatest(first)], And(there_is, only_one)


ONE_GREATEST = theorem(
    "orders.one_greatest",
    "If a set has a greatest member, it has just one when another member is added.",
    "for all sets, in any strict and total order",
    lambda: _one_more(total=True),
    why="the greater of the new member and of the greatest so far. A set of one member has one, so every finite set has.",
)
NONE_IN_A_PARTIAL_ORDER = theorem(
    "orders.none_in_a_partial_order",
    "An order in which two members cannot be compared may have no greatest.",
    EXAMPLE,
    lambda: _one_more(total=False),
    holds=False,
)
