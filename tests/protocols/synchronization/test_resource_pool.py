"""A pool, input in and step out."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, step
from concordant.refimpl.synchronization.resource_pool import POOL, Lending, Pool, Request, system
from concordant.spec.synchronization.resource_pool import (
    CANCELLED,
    FAILED,
    HOLDS_NONE,
    HOLDS_ONE,
    TIMED_OUT,
    Acquire,
    Failed,
    Granted,
    PoolView,
    Release,
    Released,
    TimeOut,
)
from concordant.spec.vocabulary import Address, Map, Reply, addresses

A, B, C = addresses("agent", 3)
TWO = Pool(2)
FULL = Lending(Map.of({A: 0, B: 1}), (C,))


def test_who_comes_gets_the_first_free_unit_and_who_finds_none_waits() -> None:
    assert TWO.start() == step(Lending())
    assert TWO.request(Lending(), A, Acquire()) == step(Lending(Map.of({A: 0})), Reply(A, Granted(0)))
    assert TWO.request(Lending(Map.of({B: 0})), A, Acquire()) == step(Lending(Map.of({A: 1, B: 0})), Reply(A, Granted(1)))
    assert TWO.request(Lending(FULL.held), C, Acquire()) == step(FULL)


def test_a_unit_that_is_given_back_goes_on_in_the_same_step() -> None:
    assert TWO.request(FULL, B, Release()) == step(Lending(Map.of({A: 0, C: 1})), Reply(B, Released()), Reply(C, Granted(1)))
    assert TWO.request(Lending(Map.of({A: 0})), A, Release()) == step(Lending(), Reply(A, Released()))


def test_the_unit_of_who_has_failed_goes_on_too_and_one_that_waits_is_told() -> None:
    assert TWO.request(FULL, C, Failed(A)) == step(Lending(Map.of({B: 1, C: 0})), Reply(C, Granted(0)))
    assert TWO.request(FULL, A, Failed(C)) == step(Lending(FULL.held), Reply(C, FAILED))
    assert TWO.request(Lending(), A, Failed(C)) == step(Lending())


@pytest.mark.parametrize(("client", "request_", "answer"), [(A, Acquire(), HOLDS_ONE), (C, Release(), HOLDS_NONE)])
def test_who_holds_one_gets_no_second_and_who_holds_none_gives_none_back(client: Address, request_: Request, answer: object) -> None:
    assert TWO.request(FULL, client, request_) == step(FULL, Reply(client, answer))


def test_a_wait_ends_when_it_is_cancelled_or_time_runs_out() -> None:
    assert TWO.cancel(FULL, C) == step(Lending(FULL.held), Reply(C, CANCELLED))
    assert (TWO.armed(Lending()), TWO.armed(FULL)) == ((), (TimeOut(C),))
    assert TWO.fire(FULL, TimeOut(C)) == step(Lending(FULL.held), Reply(C, TIMED_OUT))


def test_an_outsider_sees_what_is_free_and_who_waits() -> None:
    assert TWO.view(FULL) == PoolView(frozenset(), (C,))
    assert TWO.view(Lending(Map.of({B: 1}))) == PoolView(frozenset({0}), ())


def test_a_pool_without_units_is_refused() -> None:
    with pytest.raises(ValueError, match="'capacity' must be >= 1: 0"):
        Pool(0)


def test_one_waits_for_another_after_two_requests() -> None:
    trace = explore(system()).verdict("resource_pool.somebody_waits_for_another").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [Ask(POOL, each, Acquire()) for each in (A, B)]
