"""Ints that are counted from 0, as elements of a sort with an order: of each the next is known, and that before it, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def counted(
    plural: str, sort: Sort, order: Precedes, next: Precedes | None = None, *, first: int = 0, zero: Term = None
) -> SymbolicClass:  # Python's own `next` is not used here
    """Return ints that are counted from 0, as elements of a sort with this order. `next`: a relation that says which comes next, if there is one.

    `first`: of so many numbers it is known of each which it is; `are_first` says what the proof must then be given. `zero`: the model's own 0.
    """
    known = tuple(z3.Const(f"the {number}", sort) if number or zero is None else zero for number in range(first))

    def comes_next(number: Term, following: Term) -> Term:
        after = follows(order, number, following) if next is None else next(number, following)
        return z3.And(after, placed(number), placed(following), *(followed(number, following))) if known else after

    def followed(number: Term, following: Term) -> list[Term]:
        return [following != known[0], *((number == low) == (following == high) for low, high in pairwise(known))]

    def placed(number: Term) -> Term:
        """Say of a number where it is among the first: what follows of all numbers, without asking for all."""
        return z3.And([law(number) for place in range(first) for law in _laws(order, known, place)])

    def made(value: int, term: Term) -> Term:
        if value < 0:
            raise Refuted(f"{value} is none of the {plural}, which are counted from 0")
        numbers = [*(z3.Const(f"the {each}", sort) for each in range(value)), term]
        steps = [comes_next(*pair) for pair in pairwise(numbers)]
        return z3.And(forall(sort, lambda other: order(numbers[0], other)), *steps)

    return SymbolicClass(int, plural, sort, order, placed if known else None, made, comes_next, first=known)


def are_first(numbers: SymbolicClass) -> Term:
    """Return that the first numbers follow each other, and that no other is as low."""
    order, known = numbers.order, numbers.first
    if order is None:
        raise ValueError(f"{numbers.plural} have no order")
    laws = [law for place in range(len(known)) for law in _laws(order, known, place)]
    return z3.And(z3.Distinct(*known), *(forall(numbers.sort, law) for law in laws))


def _laws(order: Precedes, known: tuple[Term, ...], place: int) -> Iterator[Callable[[Term], Term]]:
    """Yield what is known of any number and one of the first: as low are that and those before it, and no others."""
    yield lambda other: order(other, known[place]) == z3.Or([other == low for low in known[: place + 1]])
    yield lambda other: order(known[place], other) == z3.Not(z3.Or([other == low for low in known[:place]]))


def line(sort: Sort) -> tuple[Precedes, Precedes, Term]:
    """Return an order of a sort, which is next to which in it, and that they are so: for a sort of which the model itself knows no order."""
    order, next_to = (z3.Function(f"{name} {sort}", sort, sort, z3.BoolSort()) for name in ("le", "next"))
    total = forall(sort, sort, lambda x, y: z3.And(z3.Or(order(x, y), order(y, x)), z3.Implies(z3.And(order(x, y), order(y, x)), x == y)))
    goes_on = forall(sort, sort, sort, lambda x, y, z: z3.Implies(z3.And(order(x, y), order(y, z)), order(x, z)))
    between = forall(
        sort, sort, sort, lambda x, y, z: z3.Implies(next_to(x, y), z3.And(is_less(order, x, y), z3.Or(order(z, x), order(y, z))))
    )
    return order, next_to, z3.And(total, goes_on, between)
