"""What a model may not do, and what it is told: nothing outside of states decides, and what is read and written is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count as counter
from typing import Any

import pytest

from concordant.checks import Budget, explore
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.misuse import Misuse
from concordant.checks.models.reading import BrokenModel
from concordant.refimpl.machine import Model, action
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fair,
    Fault,
    Now,
    Then,
    Variable,
    Variables,
    always,
    always_each,
    case,
    eventually,
    every_step,
)
from tests.models.toys import count, doing, explored, goes_up, group, judged

many = Variables("many", (1, 2), 0)
elsewhere = Variable("elsewhere", 0)
outside = {"now": 0}


def sees_a_set(now: Now, then: Then) -> None:
    then[count] = len(next(iter(now[group]))) + sum(place * ord(each) for place, each in enumerate(now[group]))


def changes_from_outside(now: Now, then: Then) -> None:
    outside["now"] += 1
    then[count] = min(now[count] + outside["now"] % 2, 3)


def reads_what_is_no_variable(now: Now, then: Then) -> None:
    then[count] = now[elsewhere]


def reads_many(now: Now, then: Then) -> None:
    then[count] = now[many]  # type: ignore[index]


def writes_twice(then: Then) -> None:
    then[count] = 1
    then[count] = 2


def writes_what_is_no_variable(then: Then) -> None:
    then[elsewhere] = 1


def writes_by_name(then: Then) -> None:
    then["count"] = 1  # type: ignore[index]


def writes_a_list(then: Then) -> None:
    then[count] = [1]  # type: ignore[misc]


def says_whether_it_may(then: Then) -> None:
    then[count] = 1
    return True  # type: ignore[return-value]


def divides_by_nothing(now: Now, then: Then) -> None:
    then[count] = 1 // now[count]


WRONG = [
    (sees_a_set, "action sees_a_set: the order of a set shows: it writes count = .*, or it writes count = .*; sort a set"),
    (changes_from_outside, "action changes_from_outside: it does otherwise when it is asked again: .*; keep nothing outside of states"),
    (reads_what_is_no_variable, r"it reads elsewhere, which is no variable of this model: list it in variables=\(…\)"),
    (reads_many, r"it reads many, which are many: give the key of one, such as now\[many\[1\]\]"),
    (writes_twice, "it writes count twice; decide first"),
    (writes_what_is_no_variable, "it writes elsewhere, which is no variable of this model"),
    (writes_by_name, r"it writes 'count', which is no variable: write then\[variable\]"),
    (writes_a_list, r"action writes_a_list writes count: .*list"),
    (says_whether_it_may, "returned True; let it return nothing: where it is not possible, it writes nothing"),
    (divides_by_nothing, "action divides_by_nothing raised ZeroDivisionError: .*\n  state: count: 0, group: {'a', 'b', 'c'}"),
]


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_a_wrong_action_is_refused_by_name(wrong: Callable[..., None], told: str) -> None:
    with pytest.raises(BrokenModel, match=told):
        explore(doing(wrong))


def test_a_state_cannot_be_read_later() -> None:
    kept: list[Any] = []

    def keeps(now: Now, then: Then) -> None:
        kept.append((now, then))
        then[count] = kept[0][0][count] + 1

    with pytest.raises(Misuse, match=r"a function of the model holds .*list"):
        explore(doing(keeps))
    kept_by_module.clear()
    with pytest.raises(BrokenModel, match="count is read from a state that was kept: now is there for one call"):
        explore(doing(keeps_in_a_module))


kept_by_module: list[Now] = []


def keeps_in_a_module(now: Now, then: Then) -> None:
    kept_by_module.append(now)
    then[count] = kept_by_module[0][count]


then_by_module: list[Then] = []


def writes_later(then: Then) -> None:
    if then_by_module:
        then_by_module[0][count] = 1
    then_by_module.append(then)


def test_nothing_is_written_later() -> None:
    then_by_module.clear()
    with pytest.raises(BrokenModel, match="count is written after the action has returned"):
        explore(doing(writes_later))


def test_what_is_kept_until_all_is_known_shows_when_it_is_asked_again() -> None:
    calls = counter()

    def learns(now: Now, then: Then) -> None:
        if now[count] < 3:
            then[count] = now[count] + 1
        elif next(calls) > 1:
            then[count] = 0

    with pytest.raises(Misuse, match="a function of the model holds"):
        explore(doing(learns))
    outside["seen"] = 0

    def learns_outside(now: Now, then: Then) -> None:
        outside["seen"] = max(outside["seen"], now[count])
        if now[count] < 3:
            then[count] = now[count] + 1 if outside["seen"] < 3 else 0

    with pytest.raises(BrokenModel, match="it does otherwise when it is asked again: it writes count = 3, then it writes count = 0"):
        explore(doing(learns_outside))


def test_a_clause_reads_its_state_and_nothing_else() -> None:
    @always()
    def reads_elsewhere(now: Now) -> Cases:
        """It reads what is no variable."""
        yield case(now[elsewhere] == 0)

    @always()
    def sees_order(now: Now) -> Cases:
        """It sees the order of a set."""
        seen = tuple(now[group])
        yield case(seen < seen[::-1])

    @always()
    def counts(now: Now) -> Cases:
        """It counts how often it is asked."""
        outside["clause"] += 1
        yield case(outside["clause"] + now[count] < 2)

    outside["clause"] = 0
    with pytest.raises(BrokenModel, match=r"clause test_refused\.reads_elsewhere: it reads elsewhere"):
        judged(reads_elsewhere)
    with pytest.raises(BrokenClause, match="the order of a set shows"):
        judged(sees_order)
    with pytest.raises(BrokenClause, match="answers otherwise when it is asked again"):
        judged(counts)


def test_a_clause_that_no_model_could_show_is_refused() -> None:
    @always_each(Address)
    def of_processes(view: Address, at: Address, history: object) -> Cases:
        """It is about processes."""
        yield case(view == at and history is None)

    @every_step(Address)
    def of_one_process(before: Address, after: Address) -> Cases:
        """It is about the steps of a process."""
        yield case(before == after)

    @eventually(Fair.DELIVERY)
    def of_messages(now: Now) -> Cases:
        """It relies on messages."""
        yield case(now[count] == 3)

    @always(under=Fault.LOSS)
    def survives(now: Now) -> Cases:
        """It survives a loss."""
        yield case(now[count] < 4)

    for clause, told in (
        (of_processes, "a model has neither"),
        (of_one_process, "a step of a model is one of all its variables"),
        (of_messages, "a model has actions alone"),
        (survives, "leave under and needs out"),
    ):
        with pytest.raises(ValueError, match=told):
            explored(clause)


def test_a_bound_says_yes_or_no() -> None:
    def is_one(now: Now) -> bool:
        return now[count]  # type: ignore[return-value]

    for what in ("begins", "within"):
        others: Any = {what: is_one}
        with pytest.raises(BrokenModel, match=f"{what} of the model returned 0; let it return a bool"):
            explored(**others)


def test_a_model_begins_somewhere() -> None:
    def never(now: Now) -> bool:
        return now[count] > 9

    with pytest.raises(BrokenModel, match="so that there is no initial state"):
        explored(begins=never)


def test_an_action_that_does_not_end_is_stopped_by_name() -> None:
    def goes_on(then: Then) -> None:
        while True:
            then  # noqa: B018

    report = explore(doing(goes_on), budget=Budget(seconds=0.3))

    assert report.stopped is not None
    assert re.fullmatch(r"budget of 0.3 s spent, and .*goes_on, in .*test_refused.py, line \d+ had not returned", report.stopped)


def test_what_is_declared_wrongly_is_told_at_once() -> None:
    for wrong, told in (
        (lambda: Variable("x"), "has no value to begin with"),
        (lambda: Variable("x", 1, 1), "listed twice"),
        (lambda: Variable("x", [1]), "list"),
        (lambda: Variables("x", (), 1), "no keys"),
        (lambda: Variables("x", (1, True), 1), "listed twice"),
        (lambda: many[3], "its keys are 1, 2"),
        (lambda: Variable(" ", 1), "a name that a trace can show"),
        (lambda: action(r=())(goes_up.function), "nothing to choose for r"),
        (lambda: action(r=(1, 1))(goes_up.function), "lists a choice for r twice"),
        (lambda: action(r=(1,))(goes_up.function), r"let it take \(now, then, r\)"),
        (lambda: Model((count, Variable("count", 1)), (goes_up,)), "two that are called count"),
        (lambda: Model((count,), (goes_up.function,)), r"goes_up, which is no Action; @action\(\) above it makes one"),  # type: ignore[arg-type]
        (lambda: Model((), (goes_up,)), "give a tuple with one at least"),
    ):
        with pytest.raises((ValueError, TypeError, KeyError), match=told):
            wrong()
