"""What decorators make of a function: id, sentence, argument, faults survived and environment needed."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from concordant.spec.vocabulary import (
    Address,
    Always,
    AlwaysEach,
    AlwaysPossible,
    AtRest,
    Case,
    Cases,
    Clause,
    Eventually,
    EveryStep,
    Fair,
    Fault,
    InfinitelyOften,
    Need,
    NoHistory,
    OnEvent,
    Sometimes,
    always,
    always_each,
    always_possible,
    at_rest,
    case,
    eventually,
    every_step,
    infinitely_often,
    on_event,
    sometimes,
)


def rule(*_: object) -> Cases:
    """All is well.

    Because nothing
    goes wrong.
    """
    yield case(True)


ID = ("test_clause_decorators.rule", "All is well.", "Because nothing\ngoes wrong.")


@pytest.mark.parametrize(
    ("decorate", "clause"),
    [
        (always(under=Fault.LOSS, needs=Need.FIFO), Always(*ID, Fault.LOSS, Need.FIFO, rule)),
        (always_each(Address), AlwaysEach(*ID, Fault.NONE, Need.NONE, Address, rule)),
        (every_step(Address, under=Fault.CRASH), EveryStep(*ID, Fault.CRASH, Need.NONE, Address, rule)),
        (on_event(Address, needs=Need.TIMELY), OnEvent(*ID, Fault.NONE, Need.TIMELY, Address, rule)),
        (at_rest(under=Fault.LOSS | Fault.CRASH), AtRest(*ID, Fault.LOSS | Fault.CRASH, Need.NONE, rule)),
        (sometimes, Sometimes(*ID, ~Fault.NONE, Need.NONE, rule)),
        (always_possible(under=Fault.CRASH), AlwaysPossible(*ID, Fault.CRASH, Need.NONE, rule)),
        (eventually(Fair.DELIVERY, under=Fault.LOSS), Eventually(*ID, Fault.LOSS, Need.NONE, Fair.DELIVERY, rule)),
        (infinitely_often(Fair.CHOICES), InfinitelyOften(*ID, Fault.NONE, Need.NONE, Fair.CHOICES, rule)),
    ],
)
def test_a_decorator_reads_the_clause_from_its_function(decorate: Callable[[Any], Clause], clause: Clause) -> None:
    assert decorate(rule) == clause
    assert (clause.stem, clause.name) == ("test_clause_decorators", "rule")


def test_a_clause_without_a_sentence_is_refused() -> None:
    def silent(*_: object) -> Cases:
        yield case(True)

    with pytest.raises(ValueError, match=r"^clause silent says nothing: give it a docstring whose first line is its sentence$"):
        always()(silent)


def test_a_docstring_that_a_terminal_would_obey_is_refused() -> None:
    def loud(*_: object) -> Cases:
        yield case(True)

    loud.__doc__ = "All is well.\x1b[2J"
    with pytest.raises(ValueError, match=r"^clause loud has signs in its docstring that do not print"):
        always()(loud)


def test_a_case_keeps_its_facts_and_whether_it_holds() -> None:
    assert case(True) == Case(True, {})
    assert case(False, first=1, second=2) == Case(False, {"first": 1, "second": 2})


def test_no_history_remembers_nothing() -> None:
    assert NoHistory().after(Address("a"), Address("a"), "anything") == NoHistory()


# ---- clauses that travel to another process


def made(*held: object) -> Clause:
    """Make a clause by a function that holds something."""

    def cases(_seen: object) -> Cases:
        yield case(bool(held), itself=cases)

    return Always("travels.made", "It is made.", "", Fault.NONE, Need.NONE, cases)


def test_a_clause_comes_back_as_itself_whatever_its_function_holds() -> None:
    clause, other = made((1, Address("a")), None), made((2, Address("a")), None)

    assert pickle.loads(pickle.dumps(clause)) is clause  # noqa: S301  # our own
    assert pickle.loads(pickle.dumps(other)) is other  # noqa: S301
    assert clause.is_known


def test_a_clause_of_another_process_is_known_by_its_words_and_cannot_be_judged() -> None:
    travels = pickle.dumps(made("elsewhere"))
    found = pickle.loads(travels)  # noqa: S301

    assert (found.id, found.sentence, found.is_known) == ("travels.made", "It is made.", False)
    with pytest.raises(TypeError, match="this clause was judged in another process, which alone has its function"):
        found.cases(None)
