"""Symbols of which it is known whether they are among the first numbers: as indices, as truths, and in maps whose keys are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import z3
from attrs import frozen

from concordant.proofs.kernel.fragment import against, form_of
from concordant.proofs.kernel.models import exists, forall
from concordant.proofs.kernel.numbers import are_first, counted
from concordant.proofs.kernel.paths import Paths, Refuted, every_path, running
from concordant.proofs.kernel.shapes import Shapes
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.proofs.kernel.trespassing import Trespass
from concordant.spec.vocabulary import Map

PLACE = z3.DeclareSort("Place")
UPTO = z3.Function("up to", PLACE, PLACE, z3.BoolSort())
ZERO = z3.Const("nowhere", PLACE)
PLACES = counted("places", PLACE, UPTO, first=4, zero=ZERO)
SOME = PLACES.symbol("some")
ORDER = z3.And(
    forall(PLACE, PLACE, lambda x, y: z3.And(z3.Or(UPTO(x, y), UPTO(y, x)), z3.Implies(z3.And(UPTO(x, y), UPTO(y, x)), x == y))),
    forall(PLACE, PLACE, PLACE, lambda x, y, z: z3.Implies(z3.And(UPTO(x, y), UPTO(y, z)), UPTO(x, z))),
)
KNOWN = [ORDER, are_first(PLACES), *PLACES.facts(PLACES.term(SOME))]
UP_TO_TWO = UPTO(PLACES.term(SOME), PLACES.first[2])
LETTERS = ("a", "b", "c")


def answers(ask: Callable[[], object], *given: Any) -> list[object]:
    """Return what is answered, one for each path."""
    found: list[object] = []
    every_path(lambda _: found.append(ask()), [*KNOWN, *given])
    return sorted(found, key=str)


def test_a_number_that_is_bounded_is_counted_out_where_it_is_an_index() -> None:
    assert answers(lambda: LETTERS[SOME], UP_TO_TWO) == ["a", "b", "c"]
    assert answers(lambda: LETTERS[:SOME], UP_TO_TWO) == [("a", "b"), ("a",), ()]
    assert answers(lambda: LETTERS[SOME - 1], UP_TO_TWO, PLACES.term(SOME) != ZERO) == ["a", "b"]
    assert answers(lambda: len(range(SOME + 1)), UP_TO_TWO) == [1, 2, 3]


def test_one_that_may_be_any_is_none() -> None:
    with pytest.raises(Trespass, match="makes a number of a int"):
        answers(lambda: LETTERS[:SOME])


def test_a_bound_that_only_a_law_tells_is_one_too() -> None:
    low = z3.Function("is low", PLACE, z3.BoolSort())
    law = forall(PLACE, lambda x: z3.Implies(low(x), UPTO(x, PLACES.first[1])))

    assert len(answers(lambda: LETTERS[:SOME], law, low(PLACES.term(SOME)))) == 4, "of which two are taken in vain"


def test_zero_is_false_and_the_others_are_true() -> None:
    assert answers(lambda: bool(SOME)) == [False, True]
    assert answers(lambda: bool(SOME + 1)) == [True]
    assert answers(lambda: SOME + False == SOME) == [True]
    assert answers(lambda: SOME + True == SOME + 1) == [True]


def test_what_is_said_of_one_number_follows_of_all() -> None:
    other = z3.Const("other", PLACE)
    search = Paths([ORDER, are_first(PLACES)])
    with running(search):
        search.prove(z3.And(*PLACES.facts(other)), "where it is")
        search.prove(PLACES.term(0) == ZERO, "0 is the model's own")
        with pytest.raises(Refuted, match="the third"):
            search.prove(z3.Implies(UPTO(other, PLACES.first[3]), UPTO(other, PLACES.first[2])), "the third")


# ---- maps whose keys are known, and tuples of records


@frozen
class Entry:
    """What stands in a log."""

    place: int
    letter: str


@frozen
class Book:
    """A state with a log, and pages by number."""

    log: tuple[Entry, ...] = ()
    pages: Map[int, bool] = Map()


LETTER = SymbolicClass(str, "letters", z3.DeclareSort("Letter"))


def shapes(*growing: str) -> Shapes:
    """Return the shapes of books with one entry and one page, or none."""
    return Shapes((LETTER,), None, {"Book.log": 1}, by_field={"Entry.place": (PLACES,)}, growing=growing, keys={"Book.pages": [(), (1,)]})


def test_a_map_has_the_keys_that_are_known_and_a_tuple_of_records_need_not_be_of_different_ones() -> None:
    assert [shape.text for shape in shapes().of(Book, "state")] == [
        "Book((), {})",
        "Book((), {1: False})",
        "Book((), {1: True})",
        "Book((Entry(any int, any str)), {})",
        "Book((Entry(any int, any str)), {1: False})",
        "Book((Entry(any int, any str)), {1: True})",
    ]


def test_other_keys_are_refused_but_where_a_map_grows() -> None:
    two = Book(pages=Map(((1, True), (2, True))))

    assert list(shapes("Book.pages").fits(two, Book)) == []
    with pytest.raises(Refuted, match=r"Book\.pages is .* which is none of the shapes that were run"):
        list(shapes().fits(two, Book))


# ---- negations, and formulas by another name

P, Q = (z3.Function(name, PLACE, z3.BoolSort()) for name in "PQ")
GOALS = (
    P(ZERO),
    z3.Not(P(ZERO)),
    z3.Implies(P(ZERO), exists(PLACE, lambda x: z3.Or(Q(x), x != ZERO))),
    z3.And(P(ZERO), z3.Or(Q(ZERO), exists(PLACE, PLACE, lambda x, y: z3.And(P(x), Q(y))))),
    forall(PLACE, lambda x: z3.Or(P(x), exists(PLACE, lambda y: z3.And(Q(y), x != y)))),
)


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_the_negation_of_a_goal_says_that_it_is_false(goal: Any) -> None:
    solver = z3.Solver()
    solver.add(against(goal) == goal)

    assert str(solver.check()) == "unsat"


def test_a_formula_has_one_form_whatever_its_variables_are_called() -> None:
    def says(relation: Any, *, both: bool = False) -> Any:
        return forall(PLACE, lambda x: z3.And(relation(x), exists(PLACE, lambda y: z3.And(P(y), x == y)), both))

    one, other = says(P), says(Q)
    same = forall(PLACE, lambda at: z3.And(P(at), exists(PLACE, lambda too: z3.And(P(too), at == too)), False))

    assert not one.eq(same)  # its variables are called otherwise
    assert form_of(one) == form_of(same)
    assert len({form_of(one), form_of(other), form_of(says(P, both=True)), form_of(exists(PLACE, lambda x: P(x)))}) == 4
    assert form_of(forall(PLACE, lambda _: P(ZERO))) != form_of(forall(LETTER.sort, lambda _: P(ZERO)))
