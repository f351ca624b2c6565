"""Attacks on models that are no systems of processes: a state that is judged by what another holds, and what is swallowed, kept or left out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from attrs import frozen

from concordant.checks.answers import exit_code
from concordant.checks.exit_codes import UNDECIDED
from concordant.checks.exploration.report import Status
from concordant.checks.models.explore import explore_model
from concordant.checks.models.reading import BrokenModel
from concordant.checks.own import own
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.question import Means
from concordant.checks.reports.words import unjudged_lines
from concordant.checks.running import decided
from concordant.refimpl.machine import Action, Model, action
from concordant.spec.vocabulary import Cases, Clause, Now, Then, Variable, always, case
from tests.attacks.test_files_of_users import folder, written
from tests.models import die_hard

__all__ = ["folder"]

row, turn, elsewhere = Variable("row", 0), Variable("turn", 0), Variable("elsewhere", 0)


@action(seat=range(10))
def moves_on(now: Now, then: Then, seat: int) -> None:
    """Lead to ten rows each turn, each time in another order."""
    if now[turn] < 160:
        then[row] = (3 * seat + now[turn]) % 10
        then[turn] = now[turn] + 1


@always()
def never_there(now: Now) -> Cases:
    """Nobody ever is in the first row at turn 150."""
    if now[row] == 0:
        yield case(now[turn] != 150)


@always()
def never_then(now: Now) -> Cases:
    """At turn 150 nobody is in the second row, which is read only then."""
    if now[turn] == 150:
        yield case(now[row] != 1)


@pytest.mark.parametrize("clause", [never_there, never_then])
def test_a_state_is_judged_by_what_it_holds_itself_whatever_is_new_in_others(clause: Clause) -> None:
    verdict = explore_model(Model((row, turn), (moves_on,), (clause,)), tabulated=True).verdict(clause)

    assert (verdict.status, verdict.length) == (Status.VIOLATED, 150)


@frozen
class Box:
    """Something to choose, which can be changed in place."""

    number: int = 0


@action(names=(frozenset({"a", "b", "c", "d"}),))
def goes_by_the_order_of_a_set(then: Then, names: frozenset[str]) -> None:
    then[row] = "abcd".index(next(iter(names)))


def changes_what_it_was_given() -> Action:
    @action(box=(Box(),))
    def changes(now: Now, then: Then, box: Box) -> None:
        if now[row] < 3:
            then[row] = now[row] + 1
            object.__setattr__(box, "number", 1)

    return changes


@action()
def swallows_that_it_writes_twice(then: Then) -> None:
    then[row] = 0
    with suppress(Exception):
        then[row] = 1


@action()
def counts(now: Now, then: Then) -> None:
    then[row] = min(now[row] + 1, 3)


def swallows(now: Now) -> Cases:
    """It looks at what is not there, and is content."""
    try:
        yield case(now[elsewhere] == 1)
    except Exception:  # noqa: BLE001  # that is the attack
        yield case(True)


def swallows_in_a_bound(now: Now) -> bool:
    try:
        return now[elsewhere] == 1
    except Exception:  # noqa: BLE001  # that is the attack
        return True


@always()
def in_range(now: Now) -> Cases:
    """It is a small number."""
    yield case(now[row] < 5)


HIDING: dict[str, tuple[Callable[[], Model], str]] = {
    "the order of a set": (lambda: Model((row,), (goes_by_the_order_of_a_set,), (in_range,)), "the order of a set shows"),
    "a choice that is changed": (lambda: Model((row,), (changes_what_it_was_given(),), (in_range,)), "a choice of action changes holds"),
    "an error in an action": (lambda: Model((row,), (swallows_that_it_writes_twice,), (in_range,)), "it writes row twice"),
    "an error in a clause": (lambda: Model((row,), (counts,), (always()(swallows),)), "swallows: it reads elsewhere"),
    "an error in a bound": (lambda: Model((row,), (counts,), (in_range,), within=swallows_in_a_bound), "within of the model: it reads"),
}


@pytest.mark.parametrize("tabulated", [False, True])
@pytest.mark.parametrize(("model", "told"), HIDING.values(), ids=HIDING)
def test_no_model_holds_that_hides(model: Callable[[], Model], told: str, *, tabulated: bool) -> None:
    with pytest.raises(BrokenModel, match=told):
        explore_model(model(), tabulated=tabulated)


def test_an_action_is_not_passed_over_because_no_model_takes_it(folder: Path) -> None:
    text = Path(die_hard.__file__).read_text(encoding="utf-8").replace("now[big] != 4", "now[big] != 6")
    theirs = own(written(folder / "jugs.py", text.replace(", small_to_big, big_to_small)", ", small_to_big)")))

    answers = [decided(question, Means()) for question in to_check([theirs])]

    assert exit_code(answers, whole=True) == UNDECIDED
    assert [*unjudged_lines(answers)] == ["jugs: action big_to_small is in no model, so that it is never taken; list it in actions=(…)"]


@pytest.mark.parametrize("tabulated", [False, True])
def test_of_two_clauses_with_one_id_neither_hides_the_other(*, tabulated: bool) -> None:
    def says(most: int) -> Clause:
        @always()
        def it_is_low(now: Now) -> Cases:
            """It is low."""
            yield case(now[turn] <= most)

        return it_is_low

    with pytest.raises(ValueError, match=r"^two clauses are called test_models\.it_is_low; give one of them a function of its own"):
        explore_model(Model((row, turn), (moves_on,)), (says(1), says(1_000)), tabulated=tabulated)
