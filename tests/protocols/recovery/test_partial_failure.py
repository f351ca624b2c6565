"""Partial failure, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.recovery.partial_failure import GATHERER, PAIR, THREE, Gatherer, Gathering, State, Undoing, system
from concordant.spec.recovery.partial_failure import (
    BUSY,
    NO_STAGES,
    TWICE,
    Aborted,
    Began,
    Cancelled,
    Continued,
    Ended,
    Failed,
    GathererView,
    History,
    Left,
    Policy,
    Result,
    RunAll,
    Succeeded,
    TimeOut,
    Undoes,
    Undone,
    Value,
    is_rejected_for_a_reason,
)
from concordant.spec.vocabulary import Address, Announce, Map, Reply

USER, OTHER = Address("user"), Address("user", 1)
ALL, ANY, UNDO = Gatherer(Policy()), Gatherer(Policy(1)), Gatherer(Policy(undoes=True))
TEXT = Succeeded("text")
FRESH = Gathering(USER, PAIR.stages, Map.of({"draft": 0, "figures": 0}))
DRAFTED = evolve(FRESH, results=Map.of({"draft": TEXT}), succeeded=("draft",))


def results(draft: Result, figures: Result) -> Map[str, Result]:
    return Map.of({"draft": draft, "figures": figures})


def context(value: Value) -> Map[str, Value]:
    return Map.of({"draft": value})


def test_begins_all_stages_at_once() -> None:
    assert ALL.start() == step(State())
    assert ALL.request(State(), USER, PAIR) == step(State(FRESH), Announce(Began("draft")), Announce(Began("figures")))


@pytest.mark.parametrize(
    ("state", "stages", "why"),
    [
        (State(), (), NO_STAGES),
        (State(), ("draft", "index", "draft"), TWICE),
        (State(FRESH), ("index",), BUSY),
        (State(FRESH), (), NO_STAGES),
    ],
)
def test_turns_down_what_it_cannot_run(state: State, stages: tuple[str, ...], why: object) -> None:
    assert ALL.request(state, OTHER, RunAll(stages)) == step(state, Reply(OTHER, why))


def test_a_stage_that_runs_may_end_in_any_way_and_time_may_run_out() -> None:
    ways = (Succeeded("value of figures"), Succeeded(Failed()), Failed(), Cancelled())

    assert ALL.armed(State()) == ()
    assert ALL.armed(State(DRAFTED)) == (*(Ended("figures", way) for way in ways), TimeOut())


def test_waits_for_all_also_when_one_has_failed_or_enough_have_succeeded() -> None:
    failed = evolve(FRESH, results=Map.of({"figures": Failed()}))

    assert ALL.fire(State(FRESH), Ended("figures", Failed())) == step(State(failed))
    assert ANY.fire(State(FRESH), Ended("draft", TEXT)) == step(State(DRAFTED))


def test_goes_on_with_the_values_of_what_succeeded_under_their_names() -> None:
    told = Reply(USER, Continued(results(TEXT, Failed())))

    assert ANY.fire(State(DRAFTED, context("old")), Ended("figures", Failed())) == step(State(None, context("text")), told)


@pytest.mark.parametrize("result", [Failed(), Cancelled()])
def test_aborts_where_too_few_succeed_and_keeps_nothing(result: Result) -> None:
    told = Reply(USER, Aborted(results(TEXT, result), ()))

    assert ALL.fire(State(DRAFTED, context("old")), Ended("figures", result)) == step(State(None, context("old")), told)


def test_takes_an_error_that_is_returned_for_a_value() -> None:
    both = results(TEXT, Succeeded(Failed()))
    values = context("text").put("figures", Failed())

    assert ALL.fire(State(DRAFTED), Ended("figures", Succeeded(Failed()))) == step(State(None, values), Reply(USER, Continued(both)))


def test_runs_again_what_has_failed_as_often_as_it_may_and_nothing_else() -> None:
    twice = evolve(FRESH, left=Map.of({"draft": 1, "figures": 0}))

    assert Gatherer(Policy(again=1)).request(State(), USER, RunAll(("draft",))).state == State(
        Gathering(USER, ("draft",), Map.of({"draft": 1}))
    )
    assert ALL.fire(State(twice), Ended("draft", Failed())) == step(State(FRESH), Announce(Began("draft")))
    assert ALL.fire(State(twice), Ended("draft", Cancelled())) == step(State(evolve(twice, results=Map.of({"draft": Cancelled()}))))


def test_cancels_what_runs_when_time_runs_out_or_its_user_says_so_and_decides_by_the_rest() -> None:
    left = Announce(Left(("figures",)))
    ended = results(TEXT, Cancelled())

    assert ANY.fire(State(DRAFTED), TimeOut()) == step(State(None, context("text")), left, Reply(USER, Continued(ended)))
    assert ALL.cancel(State(DRAFTED), USER) == step(State(), left, Reply(USER, Aborted(ended, ())))
    assert ALL.cancel(State(Undoing(USER, ended, ("draft",))), USER) is None


def test_undoes_what_succeeded_last_first_and_says_so_in_the_end() -> None:
    three = Gathering(
        USER, THREE.stages, Map.of({"draft": 0, "figures": 0, "index": 0}), Map.of({"draft": TEXT, "figures": TEXT}), ("figures", "draft")
    )
    ended = results(TEXT, TEXT).put("index", Failed())
    first, second = Undoing(USER, ended, ("draft", "figures")), Undoing(USER, ended, ("figures",), ("draft",))

    assert UNDO.fire(State(three), Ended("index", Failed())) == step(State(first), Announce(Undoes("draft")))
    assert UNDO.armed(State(first)) == (Undone("draft"),)
    assert UNDO.fire(State(first), Undone("draft")) == step(State(second), Announce(Undoes("figures")))
    assert UNDO.fire(State(second), Undone("figures")) == step(State(), Reply(USER, Aborted(ended, ("draft", "figures"))))


def test_ends_nothing_that_is_not_under_way() -> None:
    with pytest.raises(ValueError, match="nothing is armed but what is under way"):
        ALL.fire(State(), TimeOut())


def test_shows_the_context_and_what_runs() -> None:
    assert ALL.view(State(DRAFTED, context("old"))) == GathererView(context("old"), ("figures",))
    assert ALL.view(State(Undoing(USER, Map(), ("draft",)))) == GathererView(Map(), ())


@pytest.mark.parametrize("wrong", [{"needed": 0}, {"again": -1}])
def test_a_policy_that_needs_nothing_or_runs_less_than_once_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be >="):
        Policy(**wrong)  # type: ignore[arg-type]  # one number by its name


def test_what_succeeded_is_undone_after_one_success_and_one_failure() -> None:
    trace = explore(system(policy=Policy(undoes=True))).verdict("partial_failure.what_succeeded_is_undone").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(GATHERER, USER, PAIR),
        Fire(GATHERER, Ended("draft", Succeeded("value of draft"))),
        Fire(GATHERER, Ended("figures", Failed())),
    ]


def test_an_answer_to_nobody_is_not_judged() -> None:
    assert list(is_rejected_for_a_reason.cases(History(Policy()), GATHERER, Reply(USER, BUSY))) == []
