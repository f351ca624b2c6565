"""What follows by order and signs alone: all of it follows for the solver too, and what is forgotten decides nothing more."""

from __future__ import annotations

import random
from collections.abc import Callable
from operator import add, eq, le, mul, sub, truediv
from typing import Any

import pytest
import z3

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.order import Order

NAMES = x, y, z = z3.Reals("x y z")
NUMBERS = tuple(map(z3.RealVal, (0, 1, 2, 3, "1/2", -1)))


class Noted:
    """Builds terms that an order knows."""

    def __init__(self) -> None:
        self.order = Order()
        self.kept: list[Term] = []

    def __call__(self, operation: Callable[[Any, Any], Any], one: Term, other: Term) -> Term:
        """Build a term of two others."""
        term = operation(one, other)
        self.kept += term, one, other
        self.order.built(operation, term, one, other)
        return term

    def decides(self, condition: Term, *known: tuple[Term, bool]) -> bool | None:
        """Learn, look, and forget."""
        before = self.order.learned
        for each, holds in known:
            self.order.learn(each, holds=holds)
        found = self.order.decided(condition)
        self.order.forget(before)
        return found


def test_at_most_is_transitive_and_what_differs_besides_is_less() -> None:
    build = Noted()
    xy, yz, xz, zx, equal, differ = build(le, x, y), build(le, y, z), build(le, x, z), build(le, z, x), build(eq, x, z), build(eq, x, y)

    assert build.decides(xz, (xy, True), (yz, True)) is True
    assert build.decides(zx, (xy, True), (yz, True)) is None
    assert build.decides(zx, (xy, True), (yz, True), (differ, False)) is False
    assert build.decides(zx, (differ, False), (xy, True), (yz, True)) is False
    assert build.decides(equal, (xy, True), (yz, True), (zx, True)) is True
    assert build.decides(differ, (xz, True), (build(le, y, z), False)) is False
    assert build.decides(differ, (differ, False)) is False
    assert build.decides(differ) is None, "all is forgotten"


def test_numbers_stand_in_their_order() -> None:
    build = Noted()
    nothing, one, two, *_ = NUMBERS
    assert build.decides(build(le, one, two)) is True
    assert build.decides(build(le, two, one)) is False
    assert build.decides(build(eq, one, one)) is True
    assert build.decides(build(le, x, two), (build(le, x, one), True)) is True
    assert build.decides(build(le, two, x), (build(le, x, one), True)) is False
    assert build.decides(build(eq, nothing, x), (build(le, one, x), True)) is False


def test_the_same_in_other_words_is_the_same() -> None:
    build = Noted()
    nothing, _, two, *_ = NUMBERS
    known = (build(le, x, y), True)
    assert build.decides(build(le, nothing, build(sub, y, x)), known) is True
    assert build.decides(build(le, build(mul, two, x), build(mul, y, two)), known) is True
    assert build.decides(build(le, build(add, x, z), build(add, z, y)), known) is True
    assert build.decides(build(le, build(mul, x, z), build(mul, z, y)), known) is None, "z may be negative"


def test_a_sum_of_what_is_not_negative_is_not_negative() -> None:
    build = Noted()
    nothing, one, *_ = NUMBERS
    known = ((build(le, nothing, x), True), (build(le, nothing, y), True))
    both = build(add, x, y)
    assert build.decides(build(le, nothing, both), *known) is True
    assert build.decides(build(le, nothing, both), known[0]) is None
    assert build.decides(build(eq, nothing, both), *known) is None
    assert build.decides(build(eq, nothing, both), *known, (build(eq, x, nothing), False)) is False
    assert build.decides(build(le, build(add, both, one), nothing), *known) is False


@pytest.mark.parametrize("seed", range(4))
def test_whatever_it_decides_follows_for_the_solver(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # nobody attacks it
    decided = [_decided_on_a_path(chance) for _ in range(60)]

    assert min(sum(each is holds for path in decided for each in path) for holds in (True, False, None)) > 50


def _decided_on_a_path(chance: random.Random) -> list[bool | None]:
    """Follow a path of random comparisons as a run does; return what the order alone decided of each."""
    build, solver = Noted(), z3.SimpleSolver()
    found: list[bool | None] = []
    for _ in range(12):
        condition = build(chance.choice((le, le, eq)), _sum(build, chance), _sum(build, chance))
        known = build.order.decided(condition)
        possible = [holds for holds in (True, False) if solver.check(condition if holds else z3.Not(condition)) == z3.sat]
        assert known is None or possible == [known], (solver, condition)
        holds = chance.choice(possible)
        solver.add(condition if holds else z3.Not(condition))
        before = build.order.learned
        build.order.learn(condition, holds=not holds)
        build.order.forget(before)  # what would be on the other path
        build.order.learn(condition, holds=holds)
        found.append(known)
    return found


def _sum(build: Noted, chance: random.Random) -> Term:
    term = chance.choice((*NAMES, *NUMBERS))
    for _ in range(chance.choice((0, 0, 1, 2))):
        operation = chance.choice((add, sub, mul))
        term = build(operation, term, chance.choice(NUMBERS if operation is mul else (*NAMES, *NUMBERS)))
    return term


def test_what_compares_two_terms_that_may_be_any_number_is_told_whole_and_nothing_else() -> None:
    build = Noted()
    _, one, two, *_ = NUMBERS
    for said in (build(le, x, y), build(eq, x, one), build(le, build(mul, two, x), one), build(le, build(add, x, z), build(add, z, y))):
        assert build.order.tells_all_of(said)
    for more in (build(add, x, y), build(mul, two, x), build(mul, x, y), build(truediv, x, y)):
        assert not any(build.order.tells_all_of(said) for said in (build(le, more, z), build(le, z, more)))
    assert not build.order.tells_all_of(z3.Bool("said"))


@pytest.mark.parametrize("seed", range(100))
def test_what_is_told_whole_and_is_not_decided_may_hold_and_may_not(seed: int) -> None:
    build, drawn, solver = Noted(), random.Random(seed), z3.SimpleSolver()  # noqa: S311  # not for secrets
    for _ in range(12):
        one, other = drawn.sample((*NAMES, z3.Real("w"), *NUMBERS[:3]), 2)
        condition = build(drawn.choice((le, eq)), one, other)
        holds = build.order.decided(condition)
        may_be = [solver.check(each) == z3.sat for each in (condition, z3.Not(condition))]
        assert may_be == [holds is not False, holds is not True]
        taken = drawn.choice([side for side, possible in zip((True, False), may_be, strict=True) if possible])
        build.order.learn(condition, holds=taken)
        solver.add(condition if taken else z3.Not(condition))
