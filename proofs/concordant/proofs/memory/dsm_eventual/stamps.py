"""Stamps are totally ordered: what the induction over replicated memory assumes of them.

Model: a stamp is a count, and the place of its node in the order of nodes. It is before another if its count is less, or the counts are
equal and its node comes first. That the shipped stamps are compared so a test asks.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

COUNTS, NODES = z3.Ints("count other_count third_count"), z3.Ints("node other_node third_node")
ONE, OTHER, THIRD = zip(COUNTS, NODES, strict=True)


def is_before(one: tuple[Term, Term], other: tuple[Term, Term]) -> Term:
    """Return that a stamp is before another."""
    return z3.Or(one[0] < other[0], z3.And(one[0] == other[0], one[1] < other[1]))


def _ordered() -> tuple[list[Term], Term]:
    same = z3.And(ONE[0] == OTHER[0], ONE[1] == OTHER[1])
    one_of_three = z3.PbEq([(is_before(ONE, OTHER), 1), (is_before(OTHER, ONE), 1), (same, 1)], 1)
    follows = z3.Implies(z3.And(is_before(ONE, OTHER), is_before(OTHER, THIRD)), is_before(ONE, THIRD))
    return [], z3.And(one_of_three, follows)


TOTALLY_ORDERED = theorem(
    "dsm_eventual.stamps_are_totally_ordered",
    "Of two stamps one is before the other, or they are the same; and what is before a second, that is before a third, is before the third.",
    "for all counts, and any number of nodes in an order",
    _ordered,
)
NOT_BY_COUNTS = theorem(
    "dsm_eventual.counts_alone_do_not_order",
    "Of two different stamps one has the lower count.",
    EXAMPLE,
    lambda: ([z3.Or(COUNTS[0] != COUNTS[1], NODES[0] != NODES[1])], COUNTS[0] != COUNTS[1]),
    holds=False,
)
