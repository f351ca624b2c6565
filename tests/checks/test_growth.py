"""A search that is stopped says which part of the states grew."""

from __future__ import annotations

import pytest
from attrs import frozen

from concordant.checks.exploration import growth
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.vocabulary import Address, Deadline, NoHistory
from tests.checks.toys import A, B


@frozen
class Shown:
    number: int


@frozen
class Ticker(Process[int, None, None, Deadline]):
    """Counts the deadlines that pass, up to some number."""

    most: int | None = None

    def start(self) -> Step[int]:
        return step(0)

    def armed(self, state: int) -> tuple[Deadline, ...]:
        return () if state == self.most else (Deadline(),)

    def fire(self, state: int, trigger: Deadline) -> Step[int]:  # noqa: ARG002  # there is one
        return step(state + 1)

    def view(self, state: int) -> Shown:
        return Shown(state)


def tickers(**most: int | None) -> System[NoHistory]:
    return System({Address(name): Ticker(bound) for name, bound in most.items()}, NoHistory(), ())


def test_the_part_without_a_bound_is_named_with_its_last_values() -> None:
    report = explore(tickers(a=1, b=None), budget=Budget(states=100))

    assert report.stopped is not None
    assert report.grew == (
        f"the local state of {B} grew most: 50 values, 25 of them in the later half of the states",
        "its last values: 47; 48; 49",
    )


def test_others_that_grew_are_named_too_and_a_search_that_ends_names_none() -> None:
    grew, _ = explore(tickers(a=None, b=None, c=None), budget=Budget(states=100)).grew

    assert grew.startswith(f"the local state of {A} grew most: ")
    assert grew.endswith("; also grew: the local state of b0, the local state of c0")
    assert explore(tickers(a=3)).grew == ()


def test_of_large_states_only_some_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "MOST", 10)

    assert explore(tickers(a=None), budget=Budget(states=100)).grew == (
        f"the local state of {A} grew most: 3 values, 2 of them in the later half of the first 3 states",
        "its last values: 0; 1; 2",
    )


def test_of_a_search_that_is_stopped_before_its_first_state_nothing_grew() -> None:
    assert growth.told(Semantics(tickers(a=None)), ()) == ()
