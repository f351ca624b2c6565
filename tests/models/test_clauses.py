"""What each kind of clause promises of a model, and what fairness owes there."""

from __future__ import annotations

from concordant.checks import explore
from concordant.checks.exploration.report import Status, Verdict
from concordant.refimpl.machine import Model, action, fault, request
from concordant.spec.vocabulary import (
    Cases,
    Fair,
    Now,
    Then,
    Variable,
    always,
    always_possible,
    at_rest,
    case,
    eventually,
    every_step,
    infinitely_often,
    sometimes,
)
from tests.models import bounded_queue
from tests.models.toys import count, explored, goes_round, goes_up, judged


@action()
def waits(now: Now, then: Then) -> None:
    then[count] = now[count]


@fault()
def falls_back(now: Now, then: Then) -> None:
    if now[count] == 3:
        then[count] = 0


@request()
def is_raised(now: Now, then: Then) -> None:
    if now[count] < 3:
        then[count] = now[count] + 1


@always()
def stays_small(now: Now) -> Cases:
    """It stays below two."""
    yield case(now[count] < 2, count=now[count])


@sometimes
def is_four(now: Now) -> Cases:
    """It is four."""
    yield case(now[count] == 4)


@every_step(Now)
def never_falls(before: Now, after: Now) -> Cases:
    """It never becomes less."""
    yield case(before[count] <= after[count], before=before[count], after=after[count])


@at_rest()
def ends_at_three(now: Now) -> Cases:
    """It ends at three."""
    yield case(now[count] == 3, count=now[count])


@eventually(Fair.TRIGGERS)
def comes_to_three(now: Now) -> Cases:
    """It comes to three for good."""
    yield case(now[count] == 3, count=now[count])


@infinitely_often(Fair.TRIGGERS)
def is_three_again(now: Now) -> Cases:
    """It is three again and again."""
    yield case(now[count] == 3, count=now[count])


@infinitely_often(Fair.NONE)
def goes_on_of_itself(now: Now) -> Cases:
    """It is three again and again, even where nothing is owed."""
    yield case(now[count] == 3, count=now[count])


@infinitely_often(Fair.CHOICES)
def is_chosen(now: Now) -> Cases:
    """What is possible again and again is done."""
    yield case(now[count] == 3, count=now[count])


@always_possible()
def can_be_three(now: Now) -> Cases:
    """It can still come to three."""
    yield case(now[count] == 3, count=now[count])


def said(verdict: Verdict) -> tuple[str, list[str], int | None]:
    return verdict.status.value, [str(getattr(frame.move, "trigger", "")) for frame in verdict.trace or ()], verdict.cycle


def test_all_that_a_bounded_queue_promises_holds() -> None:
    report = explore(bounded_queue.MODEL)

    assert (report.states, report.transitions, report.depth, report.at_rest) == (9, 10, 7, 1)
    assert {verdict.status for verdict in report.verdicts} == {Status.HOLDS}


def test_clauses_of_safety_are_violated_by_shortest_runs() -> None:
    by = (goes_round,)

    assert said(judged(stays_small, by)) == ("violated", ["goes_round"] * 2, None)
    assert said(judged(is_four, by)) == ("violated", [], None)
    assert said(judged(never_falls, by)) == ("violated", ["goes_round"] * 4, None)


def test_what_changes_nothing_leaves_a_state_at_rest_and_what_is_asked_for_does_not() -> None:
    assert judged(ends_at_three, (goes_up, waits)).status is Status.HOLDS
    assert judged(ends_at_three, (goes_up, falls_back)).status is Status.HOLDS
    assert judged(ends_at_three, (is_raised,)).status is Status.HOLDS
    assert judged(ends_at_three, (waits,)).status is Status.VIOLATED
    assert judged(ends_at_three, (goes_round,)).status is Status.VACUOUS


def test_what_stays_possible_is_owed_and_a_request_is_not() -> None:
    assert judged(comes_to_three).status is Status.HOLDS
    assert said(judged(comes_to_three, (is_raised,))) == ("violated", [], 0)
    assert said(judged(comes_to_three, (goes_round,))) == ("violated", ["goes_round"] * 4, 4)


def test_again_and_again_needs_the_fairness_that_it_states() -> None:
    assert judged(is_three_again, (goes_round,)).status is Status.HOLDS
    assert said(judged(goes_on_of_itself, (goes_round,))) == ("violated", [], 0)


def test_what_is_possible_again_and_again_is_owed_where_that_is_assumed() -> None:
    @action()
    def to_three(now: Now, then: Then) -> None:
        if now[count] == 0:
            then[count] = 3

    @action()
    def to_one(now: Now, then: Then) -> None:
        if now[count] != 1:
            then[count] = 1

    @action()
    def back(now: Now, then: Then) -> None:
        if now[count]:
            then[count] = 0

    by = (to_three, to_one, back)
    assert judged(is_chosen, by).status is Status.HOLDS
    assert said(judged(is_three_again, by)) == ("violated", ["to_one", "back"], 2)


def test_no_fault_is_relied_upon() -> None:
    @fault()
    def breaks(then: Then) -> None:
        then[count] = 4

    @fault()
    def is_mended(now: Now, then: Then) -> None:
        if now[count] == 4:
            then[count] = 0

    assert judged(can_be_three, (goes_up,)).status is Status.HOLDS
    assert said(judged(can_be_three, (goes_up, breaks, is_mended))) == ("violated", ["breaks"], None)


def test_beyond_its_bound_a_state_is_judged_and_not_left() -> None:
    def is_below_two(now: Now) -> bool:
        return now[count] < 2

    report = explored(stays_small, comes_to_three, can_be_three, within=is_below_two)

    assert (report.states, report.beyond) == (3, 1)
    assert [verdict.status.value for verdict in report.verdicts] == ["violated", "inconclusive", "inconclusive"]


def test_several_initial_states_are_told_apart() -> None:
    start = Variable("start", 1, 2, 3)

    @always()
    def is_not_two(now: Now) -> Cases:
        """It does not begin with two."""
        yield case(now[start] != 2)

    def is_no_one(now: Now) -> bool:
        return now[start] != 1

    @action()
    def rests(now: Now, then: Then) -> None:
        then[start] = now[start]

    report = explore(Model((start,), (rests,), (is_not_two,), begins=is_no_one))

    assert (report.states, report.transitions, report.depth) == (2, 2, 1)
    assert report.verdict(is_not_two).given == {"start": 2}


def test_an_action_that_is_never_possible_is_named() -> None:
    @action()
    def never(now: Now, then: Then) -> None:
        if now[count] > 9:
            then[count] = 0

    assert explored(by=(goes_up, never)).never == (("action", "never"),)


def test_a_search_ends_where_it_is_told_to() -> None:
    report = explore(Model((count,), (goes_round,), (stays_small, never_falls)), until=stays_small)

    assert (report.stopped, report.states) == ("found", 3)
    assert [verdict.status.value for verdict in report.verdicts] == ["violated", "inconclusive"]
