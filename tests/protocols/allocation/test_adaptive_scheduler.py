"""The adaptive scheduler, workload in and plan out; and what the documents' one makes of the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.pitfalls.allocation.adaptive_scheduler.rules import as_written, with_a_default
from concordant.refimpl.allocation.adaptive_scheduler import by_priority, with_aging
from concordant.spec.allocation import adaptive_scheduler as spec
from concordant.spec.allocation.adaptive_scheduler import (
    CIRCLE,
    DUPLICATE,
    NEGATIVE,
    NOT_EXACT,
    UNKNOWN,
    WITH_AGING,
    Plan,
    Run,
    Start,
    Task,
    Workload,
)
from concordant.spec.vocabulary import ForAll, Recorded, Rejected


def task(name: str, priority: Any = 0, arrives: Any = 0, *after: str, kind: str = "build") -> Task:
    return Task(name, kind, priority, arrives, frozenset(after))


def load(*tasks: Task, runs: tuple[Run, ...] = (), default: Any = 2) -> Workload:
    return Workload(tasks, runs, default)


def starts(*starts: tuple[str, int]) -> Plan:
    return Plan(tuple(Start(name, at, 2) for name, at in starts))


@pytest.mark.parametrize(
    ("given", "aging", "alone"),
    [
        (load(task("a", 1), task("b", 9)), starts(("b", 0), ("a", 2)), None),
        (load(task("b"), task("a")), starts(("a", 0), ("b", 2)), None),
        (load(task("a", 0, 1), task("b")), starts(("b", 0), ("a", 2)), None),
        (load(task("a", 0, 5), task("b", 0, 4, "a")), starts(("a", 5), ("b", 7)), None),
        (load(task("a", 9, 0, "b"), task("b"), task("c", 1)), starts(("c", 0), ("b", 2), ("a", 4)), None),
        (load(task("a"), task("b", 1), task("c", 1, 1)), starts(("b", 0), ("a", 2), ("c", 4)), starts(("b", 0), ("c", 2), ("a", 4))),
        (load(task("a"), task("b", 1), task("c", 2, 1)), starts(("b", 0), ("c", 2), ("a", 4)), None),
        (load(task("a", -1, -3), task("b", 1)), starts(("a", 0), ("b", 2)), starts(("b", 0), ("a", 2))),
        (load(), starts(), None),
    ],
)
def test_the_most_important_that_is_ready_is_started_and_with_aging_what_has_waited_as_long_as_it_is_less_important(
    given: Workload, aging: Plan, alone: Plan | None
) -> None:
    assert with_aging(given) == aging
    assert by_priority(given) == (aging if alone is None else alone)


@pytest.mark.parametrize(
    ("took", "estimate"),
    [((), 2), ((None,), 2), ((7,), 7), ((1, 9), 1), ((9, 1, 3), 3), ((None, 4, 1, 900, 3), 3), ((Fraction(1, 2),), Fraction(1, 2))],
)
def test_a_task_is_estimated_to_take_the_lower_median_of_its_kind_or_the_default(took: tuple[Any, ...], estimate: Any) -> None:
    runs = (*(Run("build", each) for each in took), Run("test", 5))

    assert with_aging(load(task("a"), runs=runs)) == Plan((Start("a", 0, estimate),))


def test_of_equals_the_shorter_is_first_so_that_they_end_sooner_on_average() -> None:
    runs = (Run("build", 10), Run("test", 1))

    assert with_aging(load(task("a"), task("b", kind="test"), runs=runs)) == Plan((Start("b", 0, 1), Start("a", 1, 10)))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (load(task("a"), task("a")), DUPLICATE),
        (load(task("a", 0, 0, "b")), UNKNOWN),
        (load(task("a", 0, 0, "a")), CIRCLE),
        (load(task("a", 0, 0, "b"), task("b", 0, 0, "c"), task("c", 0, 0, "a"), task("d")), CIRCLE),
        (load(task("a", 0.5)), NOT_EXACT),
        (load(task("a", 0, None)), NOT_EXACT),
        (load(task("a"), default=True), NOT_EXACT),
        (load(task("a"), runs=(Run("test", True),)), NOT_EXACT),
        (load(task("a"), default=-1), NEGATIVE),
        (load(task("a"), runs=(Run("test", -1),)), NEGATIVE),
    ],
)
def test_a_malformed_workload_is_rejected_with_the_reason_of_its_rule(wrong: Workload, reason: Rejected) -> None:
    assert (with_aging(wrong), by_priority(wrong)) == (reason, reason)


def test_only_one_promise_is_about_a_rejection_and_none_about_the_order_of_nothing() -> None:
    clauses = [clause for clause in WITH_AGING if isinstance(clause, ForAll)]

    assert [clause.name for clause in clauses if list(clause.cases(load(task("a")), CIRCLE))] == ["malformed_workloads_are_rejected"]
    assert list(spec.order_of_tasks_is_irrelevant.cases(with_aging, load(), Recorded({}))) == []


def test_as_the_documents_are_written_the_least_important_comes_first_and_what_is_not_known_is_an_error() -> None:
    known = (Run("build", 10), Run("test", 1))

    assert as_written(load(task("a", 9), task("b", 1), runs=known)) == Plan((Start("b", 0, 10), Start("a", 10, 10)))
    assert as_written(load(task("a", kind="test"), task("b"), runs=known)) == Plan((Start("b", 0, 10), Start("a", 10, 1)))
    assert as_written(load(task("a", 0, 0, "b"), task("b", 1), runs=known)) == Plan((Start("a", 0, 10), Start("b", 10, 10)))
    with pytest.raises(KeyError, match="DEFAULT_DURATION"):
        as_written(load(task("a")))
    with pytest.raises(TypeError):
        with_a_default(load(task("a"), runs=(Run("build", None),)))
    assert with_a_default(load(task("a"))) == starts(("a", 0))


@pytest.mark.parametrize("rounds", [1, 5, 30])
def test_a_task_is_passed_over_only_until_it_has_waited_as_long_as_others_are_more_important(rounds: int) -> None:
    low = task("low", 0, 0)
    stream = tuple(task(f"high{number:02}", 3, 2 * number) for number in range(rounds))
    given = load(low, *stream)

    aged, alone = with_aging(given), by_priority(given)
    assert isinstance(aged, Plan)
    assert isinstance(alone, Plan)
    assert next(start.at for start in aged.starts if start.task == "low") == 2 * min(rounds, 2)
    assert alone == starts(*((each.name, 2 * number) for number, each in enumerate(stream)), ("low", 2 * rounds))
    assert with_aging(evolve(given, tasks=given.tasks[::-1])) == aged
