"""Ints that are counted from 0, as elements of a sort with an order: of each the next is known, and that before it, if there is one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import z3

from concordant.proofs.kernel.models import Sort, Term, forall
from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.symbols import SymbolicClass

Precedes = Callable[[Term, Term], Term]


def is_less(order: Precedes, low: Term, high: Term) -> Term:
    """Return that one is below another."""
    return z3.And(order(low, high), low != high)


def follows(order: Precedes, number: Term, following: Term) -> Term:
    """Return that one is the next after another: it is greater, and there is none in between."""
    between = forall(number.sort(), lambda other: z3.Or(order(other, number), order(following, other)))
    return z3.And(is_less(order, number, following), between)


def counted(plural: str, sort: Sort, order: Precedes, next: Precedes | None = None) -> SymbolicClass:  # Python's own is not used here
    """Return ints that are counted from 0, as elements of a sort with this order. `next`: a relation that says which comes next, if there is one."""

    def comes_next(number: Term, following: Term) -> Term:
        return follows(order, number, following) if next is None else next(number, following)

    def made(value: int, term: Term) -> Term:
        if value < 0:
            raise Refuted(f"{value} is none of the {plural}, which are counted from 0")
        numbers = [*(z3.Const(f"the {each}", sort) for each in range(value)), term]
        steps = [comes_next(*pair) for pair in pairwise(numbers)]
        return z3.And(forall(sort, lambda other: order(numbers[0], other)), *steps)

    return SymbolicClass(int, plural, sort, order, made=made, next=comes_next)


def line(sort: Sort) -> tuple[Precedes, Precedes, Term]:
    """Return an order of a sort, which is next to which in it, and that they are so: for a sort of which the model itself knows no order."""
    order, next_to = (z3.Function(f"{name} {sort}", sort, sort, z3.BoolSort()) for name in ("le", "next"))
    total = forall(sort, sort, lambda x, y: z3.And(z3.Or(order(x, y), order(y, x)), z3.Implies(z3.And(order(x, y), order(y, x)), x == y)))
    goes_on = forall(sort, sort, sort, lambda x, y, z: z3.Implies(z3.And(order(x, y), order(y, z)), order(x, z)))
    between = forall(
        sort, sort, sort, lambda x, y, z: z3.Implies(next_to(x, y), z3.And(is_less(order, x, y), z3.Or(order(z, x), order(y, z))))
    )
    return order, next_to, z3.And(total, goes_on, between)
