"""Coordination metrics, logs in and measures out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concordant.refimpl.workflows.coordination_metrics import measure
from concordant.spec.vocabulary import Map, Rejected
from concordant.spec.workflows.coordination_metrics import (
    BACKWARDS,
    CONFLICT,
    NOT_EXACT,
    OUTSIDE,
    REJECTED,
    TOO_EARLY,
    UNSENT,
    Acquired,
    Attempted,
    Began,
    Counters,
    Entry,
    Event,
    Finished,
    Log,
    Metrics,
    Received,
    Sent,
    Skipped,
    Times,
)


def log(*events: Event) -> Log:
    return Log(tuple(Entry(number, event) for number, event in enumerate(events)))


DRAFT, FIGURES = Attempted("paper", "draft", 0, 10), Attempted("paper", "figures", 0, 10)


def test_two_stages_at_once_leave_no_overhead_where_their_sum_would_leave_less_than_none() -> None:
    assert measure(log(Began("paper", 0), DRAFT, FIGURES, Finished("paper", 10))) == Metrics(
        Counters(runs=1, attempts=2), Map.of({"paper": Times(10, 10, 20, 0, Fraction(1))})
    )


def test_the_critical_path_goes_through_what_had_to_wait_and_through_every_attempt_at_a_stage() -> None:
    failed = Attempted("paper", "index", 10, 12, ("draft",), failed=True)
    again = Attempted("paper", "index", 13, 16, ("draft",))
    whole = log(Began("paper", 0), DRAFT, Attempted("paper", "figures", 0, 11), failed, again, Finished("paper", 20))

    assert measure(whole) == Metrics(Counters(1, 4, 1), Map.of({"paper": Times(20, 15, 26, 5, Fraction(3, 4))}))


def test_of_a_run_that_took_no_time_there_is_no_efficiency() -> None:
    assert measure(log(Began("paper", 3), Finished("paper", 3))) == Metrics(Counters(1), Map.of({"paper": Times(0, 0, 0, 0, None)}))


def test_whatever_happens_has_its_counter_and_what_goes_on_is_not_measured() -> None:
    messages = (Sent("mail", 0), Sent("mail", 1), Received("mail", 0), Received("mail", 0))
    events = (Began("paper", 0), *messages, Acquired(), Skipped("paper", "index"), DRAFT)

    assert measure(log(*events)) == Metrics(Counters(attempts=1, skipped=1, sent=2, received=2, copies=1, acquired=1), Map())
    assert measure(Log(())) == Metrics(Counters(), Map())


def test_what_is_recorded_again_counts_once() -> None:
    once = log(Began("paper", 0), Sent("mail", 0), DRAFT, Finished("paper", 10))

    assert measure(Log((*once.entries, *once.entries))) == measure(once)


@pytest.mark.parametrize(
    ("why", "events"),
    [
        (NOT_EXACT, (Began("paper", 0.5),)),  # type: ignore[arg-type]  # that is the flaw
        (NOT_EXACT, (Began("paper", 0), Attempted("paper", "draft", 0, True))),
        (OUTSIDE, (DRAFT,)),
        (OUTSIDE, (Began("paper", 0), Began("paper", 0))),
        (OUTSIDE, (Began("paper", 0), Finished("paper", 9), Skipped("paper", "draft"))),
        (BACKWARDS, (Began("paper", 1), DRAFT)),
        (BACKWARDS, (Began("paper", 0), Attempted("paper", "draft", 3, 2))),
        (BACKWARDS, (Began("paper", 0), DRAFT, Finished("paper", 9))),
        (BACKWARDS, (Began("paper", 2), Finished("paper", 1))),
        (TOO_EARLY, (Began("paper", 0), DRAFT, Attempted("paper", "index", 9, 11, ("draft",)))),
        (TOO_EARLY, (Began("paper", 0), DRAFT, DRAFT)),
        (UNSENT, (Sent("mail", 0), Received("post", 0))),
        (UNSENT, (Sent("mail", 0), Received("mail", 1))),
        (UNSENT, (Received("mail", 0), Sent("mail", 0))),
    ],
)
def test_a_log_that_breaks_a_rule_is_rejected_as_a_whole_and_says_which(why: Rejected, events: tuple[Event, ...]) -> None:
    assert measure(log(*events)) == why
    assert next(reason for reason, breaks in REJECTED if breaks(log(*events))) == why


def test_one_number_for_two_events_is_a_conflict() -> None:
    assert measure(Log((Entry(0, Sent("mail", 0)), Entry(0, Received("mail", 0))))) == CONFLICT


def test_two_runs_are_measured_apart() -> None:
    both = log(Began("b", 0), Began("a", 2), Attempted("a", "draft", 3, 4), Finished("a", 4), Finished("b", 9))

    assert measure(both) == Metrics(Counters(2, 1), Map.of({"a": Times(2, 1, 1, 1, Fraction(1, 2)), "b": Times(9, 0, 0, 9, Fraction(0))}))
