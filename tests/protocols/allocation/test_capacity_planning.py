"""The width of a plan, stages in and workers out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordant.pitfalls.allocation.capacity_planning import as_written
from concordant.refimpl.allocation.capacity_planning import on_malformed, width
from concordant.spec.allocation.capacity_planning import (
    CIRCLE,
    DUPLICATE_STAGE,
    NO_STAGES,
    UNKNOWN_STAGE,
    Capacity,
    Plan,
    all_can_be_busy,
    chains_hold_all,
    nobody_ever_waits_for_a_worker,
    one_more_stage_takes_at_most_one_more,
    order_of_stages_is_irrelevant,
    plans_at_large,
    waiting_takes_no_more,
)
from concordant.spec.vocabulary import Recorded, Rejected


def plan(stages: str, *before: str) -> Plan:
    """Return a plan of stages with names of one letter, and pairs such as `ab` of which the first must end before the second begins."""
    return Plan(tuple(stages), frozenset((pair[0], pair[1]) for pair in before))


@pytest.mark.parametrize(
    ("stages", "capacity"),
    [
        (plan("a"), Capacity(1, ("a",), (("a",),))),
        (plan("abcd", "ab", "bc", "cd"), Capacity(1, ("d",), (("a", "b", "c", "d"),))),
        (plan("abc"), Capacity(3, ("a", "b", "c"), (("a",), ("b",), ("c",)))),
        (plan("dcba", "ab", "bc", "cd"), Capacity(1, ("d",), (("a", "b", "c", "d"),))),
        (plan("abcd", "ab", "ac", "bd", "cd"), Capacity(2, ("b", "c"), (("a", "b", "d"), ("c",)))),
        (plan("acde", "ad", "ae"), Capacity(3, ("c", "d", "e"), (("a", "d"), ("c",), ("e",)))),
        (plan("abcd", "ac", "ad", "bc"), Capacity(2, ("c", "d"), (("a", "d"), ("b", "c")))),
        (plan("abmcd", "am", "bm", "mc", "md"), Capacity(2, ("c", "d"), (("a", "m", "d"), ("b", "c")))),
    ],
)
def test_as_many_workers_suffice_as_stages_may_run_at_once_and_as_chains_hold_all(stages: Plan, capacity: Capacity) -> None:
    assert width(stages) == capacity


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        (plan(""), NO_STAGES),
        (plan("aba"), DUPLICATE_STAGE),
        (plan("ab", "ac"), UNKNOWN_STAGE),
        (plan("ab", "ca"), UNKNOWN_STAGE),
        (plan("ab", "aa"), CIRCLE),
        (plan("abc", "ab", "bc", "ca"), CIRCLE),
    ],
)
def test_each_rule_of_a_plan_has_its_reason(stages: Plan, reason: Rejected) -> None:
    assert width(stages) == reason


@given(
    st.integers(1, 7).flatmap(
        lambda count: st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))).map(lambda p: (count, p))
    )
)
def test_of_up_to_seven_stages_the_answer_is_shown_from_both_sides(drawn: tuple[int, set[tuple[int, int]]]) -> None:
    count, pairs = drawn
    stages = Plan(tuple(map(str, range(count))), frozenset((str(min(pair)), str(max(pair))) for pair in pairs if len(set(pair)) == 2))
    outcome = width(stages)

    for clause in (nobody_ever_waits_for_a_worker, all_can_be_busy, chains_hold_all):
        assert [each.facts for each in clause.cases(stages, outcome) if not each.holds] == []


def test_a_plan_without_stages_has_no_order_and_a_single_stage_waits_for_nothing() -> None:
    assert list(order_of_stages_is_irrelevant.cases(width, plan(""), Recorded({}))) == []
    assert list(waiting_takes_no_more.cases(width, plan("a"), Recorded({}))) == []


def test_stages_at_large_are_listed_in_another_order_than_they_wait_in() -> None:
    draws = {"stages": 2, "stage 0": "b", "stage 1": "A", "A waits for b": True, "turned by": 1, "read": 1}

    assert plans_at_large(Recorded(draws)) == Plan(("A", "b"), frozenset({("b", "A")}))


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ("nothing", NO_STAGES),
        ("one twice", DUPLICATE_STAGE),
        ("after an unknown one", UNKNOWN_STAGE),
        ("an unknown one after it", UNKNOWN_STAGE),
        ("itself", CIRCLE),
        ("the last itself", CIRCLE),
        ("two", CIRCLE),
        ("three", CIRCLE),
    ],
)
def test_malformed_plans_have_one_flaw(flaw: str, reason: Rejected) -> None:
    assert width(on_malformed().profiles(Recorded({"flaw": flaw}))) == reason


def test_the_documents_give_four_stages_in_sequence_no_worker_and_four_beside_each_other_sixteen() -> None:
    sequence, beside = as_written(Fraction(1))(plan("abcd", "ab", "bc", "cd")), as_written(Fraction(1))(plan("abcd"))

    assert isinstance(sequence, Capacity)
    assert isinstance(beside, Capacity)
    assert (sequence.workers, beside.workers) == (0, 16)


def test_of_what_is_rejected_clauses_about_two_plans_say_nothing() -> None:
    stages, rejects = plan("ab"), lambda _: CIRCLE

    assert list(order_of_stages_is_irrelevant.cases(rejects, stages, Recorded({"moved to the front": 1}))) == []
    assert list(one_more_stage_takes_at_most_one_more.cases(rejects, stages, Recorded({"the new stage waits for": ()}))) == []
