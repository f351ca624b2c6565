"""The search decides as the definitions say, on all histories of up to three operations, and at length on all of four."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from concordant.spec.common.consistency.causality import causal_orders, own_writes
from concordant.spec.common.consistency.judging import linearization, sequential_order
from concordant.spec.common.consistency.objects import (
    EMPTY,
    NOT_HELD,
    Acquire,
    Add,
    Contains,
    Counter,
    Dequeue,
    Done,
    Enqueue,
    Insert,
    Lock,
    Model,
    Present,
    Queue,
    Read,
    Register,
    Release,
    Remove,
    Set,
    Swap,
    Swapped,
    Value,
    Write,
)
from concordant.spec.common.consistency.operations import Operation, split
from concordant.spec.common.consistency.ordering import InTime, Judgement, Ordered, order
from concordant.spec.vocabulary import addresses
from tests.consistency.brute_force import Asked, histories, in_program, in_time, is_causal, is_ordered, keeps, reads_own

DONE = (Done(),)
EITHER = (Present(present=False), Present(present=True))
REGISTER: tuple[Asked, ...] = ((Read(), (Value(0), Value(1), Value(2))), (Write(1), DONE), (Write(2), DONE))
SWAPS: tuple[Asked, ...] = ((Read(), (Value(0), Value(1))), (Swap(0, 1), (Swapped(swapped=False), Swapped(swapped=True))))
SETS: tuple[Asked, ...] = ((Insert("a"), EITHER), (Remove("a"), EITHER))
LOOKING: tuple[Asked, ...] = (*SETS, (Contains("a"), EITHER))
QUEUES: tuple[Asked, ...] = ((Enqueue("a"), DONE), (Enqueue("b"), DONE), (Dequeue(), (Value("a"), Value("b"), EMPTY)))
COUNTERS: tuple[Asked, ...] = ((Add(1), DONE), (Read(), (Value(0), Value(1), Value(2))))
LOCKS: tuple[Asked, ...] = ((Acquire(), DONE), (Release(), (Done(), NOT_HELD)))
TWO_KEYS: tuple[Asked, ...] = (
    (Write(1, "x"), DONE),
    (Read("x"), (Value(0), Value(1))),
    (Write(1, "y"), DONE),
    (Read("y"), (Value(0), Value(1))),
)
CAUSES: tuple[Asked, ...] = (
    (Write(1, "x"), DONE),
    (Write(2, "x"), DONE),
    (Read("x"), (Value(0), Value(1), Value(2))),
    (Write(1, "y"), DONE),
    (Read("y"), (Value(1),)),
)
CLIENTS = addresses("client", 2)


def linearizes(model: Model[Any, Any], history: tuple[Operation, ...]) -> bool:
    return all(map(explained, linearization(model, history).values()))


def explained(judgement: Judgement) -> bool:
    return isinstance(judgement, Ordered)


def sequential(count: int, asked: tuple[Asked, ...]) -> Iterator[tuple[Operation, ...]]:
    """Yield the histories of two clients with one operation at a time, up to when they happen; the last one of each may have no answer."""
    for chosen in product([(request, answer) for request, answers in asked for answer in answers], repeat=count):
        for first in range(count // 2, count + 1):
            own = chosen[:first], chosen[first:]
            for leaves in product(*([True, False] if some else [False] for some in own)):
                yield tuple(
                    Operation(client, request, moment, *(() if leave and moment == len(some) - 1 else (moment, answer)))
                    for client, some, leave in zip(CLIENTS, own, leaves, strict=True)
                    for moment, (request, answer) in enumerate(some)
                )


def up_to_four(*cases: tuple[Any, ...]) -> list[Any]:
    """Mark those of four operations as thorough."""
    return [pytest.param(*case, marks=pytest.mark.thorough if 4 in case else ()) for case in cases]


@pytest.mark.parametrize(
    ("model", "asked", "count", "linear", "total"),
    up_to_four(
        (Register(0), REGISTER, 1, 6, 8),
        (Register(0), REGISTER, 2, 43, 76),
        (Register(0), REGISTER, 3, 416, 940),
        (Register(0), REGISTER, 4, 5_159, 14_490),
        (Register(0), SWAPS, 1, 4, 6),
        (Register(0), SWAPS, 2, 21, 45),
        (Register(0), SWAPS, 3, 148, 440),
        (Register(0), SWAPS, 4, 1_279, 5_360),
        (Set(), SETS, 3, 156, 440),
        (Set(), SETS, 4, 1_543, 5_360),
        (Set(), LOOKING, 1, 6, 9),
        (Set(), LOOKING, 2, 44, 99),
        (Set(), LOOKING, 3, 457, 1_434),
        (Set(), LOOKING, 4, 6_378, 26_019),
        (Queue(), QUEUES, 1, 6, 8),
        (Queue(), QUEUES, 2, 43, 76),
        (Queue(), QUEUES, 3, 408, 940),
        (Queue(), QUEUES, 4, 4_986, 14_490),
        (Counter(), COUNTERS, 1, 4, 6),
        (Counter(), COUNTERS, 2, 20, 45),
        (Counter(), COUNTERS, 3, 140, 440),
        (Counter(), COUNTERS, 4, 1_277, 5_360),
    ),
)
def test_what_is_linearizable_is_so_by_definition(
    model: Model[Any, Any], asked: tuple[Asked, ...], count: int, linear: int, total: int
) -> None:
    found = [(linearizes(model, history), is_ordered(model, history, in_time)) for history in histories(count, asked)]

    assert [searched for searched, _ in found] == [defined for _, defined in found]
    assert (sum(searched for searched, _ in found), len(found)) == (linear, total)


@pytest.mark.parametrize(("count", "linear", "total"), up_to_four((1, 8, 10), (2, 68, 120), (3, 730, 1_840), (4, 9_886, 34_800)))
def test_what_is_linearizable_of_a_lock_is_so_by_definition(count: int, linear: int, total: int) -> None:
    found = [(linearizes(Lock(), history), is_ordered(Lock(), history, in_time)) for history in histories(count, LOCKS, CLIENTS)]

    assert [searched for searched, _ in found] == [defined for _, defined in found]
    assert (sum(searched for searched, _ in found), len(found)) == (linear, total)


def test_an_order_that_is_found_keeps_time_and_holds_every_operation_that_was_answered() -> None:
    for history in histories(3, REGISTER):
        for judgement in linearization(Register(0), history).values():
            if isinstance(judgement, Ordered):
                assert keeps(judgement.order, in_time)
                assert {each for each in history if each.ends is not None} <= set(judgement.order) <= set(history)


@pytest.mark.parametrize("count", up_to_four((3,), (4,)))
def test_registers_in_which_each_value_is_written_once_are_judged_as_by_the_search(count: int) -> None:
    for history in histories(count, REGISTER):
        required, optional = split(history)
        searched = order(Register(0), required, optional, InTime.of(required, optional)) if required else Ordered(())

        assert linearizes(Register(0), history) == explained(searched)


@pytest.mark.parametrize(("count", "sequential_ones", "total"), up_to_four((3, 1_128, 2_160), (4, 5_180, 12_960)))
def test_what_is_sequentially_consistent_is_so_by_definition(count: int, sequential_ones: int, total: int) -> None:
    found = [
        (explained(sequential_order(Register(0), history)), is_ordered(Register(0), history, in_program))
        for history in sequential(count, TWO_KEYS)
    ]

    assert [searched for searched, _ in found] == [defined for _, defined in found]
    assert (sum(searched for searched, _ in found), len(found)) == (sequential_ones, total)


def writes_each_once(history: tuple[Operation, ...]) -> bool:
    writes = [each.request for each in history if isinstance(each.request, Write)]
    return len(set(writes)) == len(writes)


@pytest.mark.parametrize(("count", "causal_ones", "own_ones", "total"), up_to_four((3, 1_037, 2_692, 2_860), (4, 3_785, 14_808, 16_960)))
def test_what_is_causal_or_reads_its_own_writes_is_so_by_definition(count: int, causal_ones: int, own_ones: int, total: int) -> None:
    found = [
        (
            all(map(explained, causal_orders(Register(0), history).values())),
            is_causal(Register(0), history),
            all(map(explained, own_writes(Register(0), history).values())),
            reads_own(history),
        )
        for history in sequential(count, CAUSES)
        if writes_each_once(history)
    ]

    assert [(causal, own) for causal, _, own, _ in found] == [(causal, own) for _, causal, _, own in found]
    assert (sum(each[0] for each in found), sum(each[2] for each in found), len(found)) == (causal_ones, own_ones, total)
