"""Attacks by what stands beside scopes, which are explored instead: it is judged by nothing, and must not seem to be."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.answers import exit_code
from concordant.checks.exit_codes import OK, UNDECIDED
from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope
from concordant.checks.exploration.situations import Situation
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocols_loaded
from concordant.checks.reports.words import unjudged_lines
from concordant.checks.running import decided
from concordant.refimpl.machine import Pitfall, Specification, System
from concordant.spec.consensus.two_phase_commit import agreement
from concordant.spec.vocabulary import Cases, Faults, Need, Network, NoHistory, Seen, always, case
from tests.command import lock


@always()
def nobody_holds_it(seen: Seen[NoHistory]) -> Cases:
    """Nobody holds the lock, which is false."""
    yield case(not any(view.holders for view in seen.views(lock.View).values()))


@always()
def at_most_two_hold_it(seen: Seen[NoHistory]) -> Cases:
    """At most two hold the lock."""
    yield case(all(len(view.holders) <= 2 for view in seen.views(lock.View).values()))


@frozen
class Hasty(lock.Careless):
    """Another machine with the mistake."""


SCOPES = (Scope("two", "two clients", lock.system()),)
WRONG = evolve(lock.system(), promises=(*lock.system().promises, nobody_holds_it))


def judged(monkeypatch: pytest.MonkeyPatch, **values: object) -> tuple[int, list[str]]:
    """Return the exit code of a module with these values, and what is said to be judged nowhere."""
    module = ModuleType(lock.__name__)  # whose source there is
    vars(module).update(values)
    theirs = Protocol.of_modules("lock", module)
    monkeypatch.setitem(protocols_loaded(), "lock", theirs)
    answers = [decided(question, Means()) for question in to_check([theirs])]
    return exit_code(answers, whole=True), [*unjudged_lines(answers)]


def test_a_clause_is_not_passed_over_because_only_a_system_promises_it_that_is_in_no_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(monkeypatch, SCOPES=SCOPES, WRONG=WRONG) == (
        UNDECIDED,
        ["lock: WRONG is in no scope, so that nothing judges nobody_holds_it in it; make a Scope of it, too, or let a function make it"],
    )


def test_a_machine_is_not_passed_over_because_its_system_is_in_no_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(monkeypatch, SCOPES=SCOPES, FASTER=lock.system(Hasty())) == (
        UNDECIDED,
        ["lock: FASTER is in no scope, so that nothing judges Hasty in it; make a Scope of it, too, or let a function make it"],
    )


def test_a_clause_of_another_file_is_not_passed_over_because_it_is_imported_and_promised_by_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert judged(monkeypatch, SCOPES=SCOPES, nobody_holds_it=nobody_holds_it) == (
        UNDECIDED,
        ["lock: nobody_holds_it is promised by no system, so that nothing judges it; list it in promises=(…)"],
    )


@pytest.mark.parametrize("apart", [False, True])
def test_a_clause_is_not_passed_over_because_a_mistake_breaks_it(monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    wrong = evolve(lock.system(lock.Careless()), promises=(nobody_holds_it,))
    pitfall = Pitfall("lock.Slow", "Grants whatever is asked.", nobody_holds_it, wrong, 1, quick=False)  # which a check does not refute
    values: dict[str, object] = {"WRONG": wrong} if apart else {}

    assert judged(monkeypatch, SCOPES=SCOPES, SLOW=pitfall, nobody_holds_it=nobody_holds_it, **values) == (
        UNDECIDED,
        ["lock: nobody_holds_it is promised by no system, so that nothing judges it; list it in promises=(…)"],
    )


def test_a_clause_of_another_file_may_be_promised_under_other_faults_than_there(monkeypatch: pytest.MonkeyPatch) -> None:
    tame = evolve(lock.system(), promises=(evolve(at_most_two_hold_it, needs=Need.FIFO),), network=Network(fifo=True))

    assert judged(monkeypatch, FIFO=Scope("fifo", "two clients", tame), at_most_two_hold_it=at_most_two_hold_it, agreement=agreement) == (
        OK,
        [],
    )


@pytest.mark.parametrize(
    "values",
    [
        {"MORE": lock.system(), "TAMER": evolve(lock.system(), faults=Faults(cancellations=1))},
        {"HASTY": (other := lock.system(Hasty())), "FAMILY": Family("all", "one", lambda _: lock.system(Hasty()))},
        {"HASTY": other, "POINT": Situation("point", "the start", other, ())},
        {"HASTY": other, "MORE": Scope("more", "another", evolve(lock.system(), refines=Specification(other, lambda *_: None)))},
    ],
    ids=["nothing of its own", "drawn from", "walked to", "followed"],
)
def test_what_has_nothing_of_its_own_or_is_of_use_may_stand_beside_scopes(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, System[Any]]
) -> None:
    assert judged(monkeypatch, SCOPES=SCOPES, **values)[1] == []


def test_what_is_all_right_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(monkeypatch, SCOPES=SCOPES, MORE=lock.system()) == (OK, [])
