"""A cache of results, input in and step out."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.memory.result_cache import CACHE, AgingCache, Cache, Caching, Flight, Kept, system
from concordant.spec.memory.result_cache import (
    CANCELLED,
    FAILED,
    HAS_EFFECTS,
    CacheView,
    Called,
    Evicted,
    Fails,
    Get,
    Invalidate,
    Invalidated,
    Key,
    Returns,
    Value,
)
from concordant.spec.vocabulary import Announce, Map, Reply, addresses

ANN, BOB = addresses("reader", 2)
DRAFT, EDIT = Key("draft"), Key("edit")
ONE, AGING = Cache(1), AgingCache(1, 2)
COMPUTING = Caching(1, Map.of({1: Flight(DRAFT, 0, (ANN, BOB))}))
OVERTAKEN = Caching(1, Map.of({1: Flight(DRAFT, 0, (ANN,), has_lease=False)}))
KEPT = Kept(Value(DRAFT, 1), 0)
FULL = Caching(1, kept=(KEPT,))


def test_who_asks_first_makes_a_call_for_which_others_wait_too() -> None:
    first = Caching(1, Map.of({1: Flight(DRAFT, 0, (ANN,))}))

    assert ONE.start() == step(Caching())
    assert ONE.request(Caching(), ANN, Get(DRAFT)) == step(first, Announce(Called(1, DRAFT)))
    assert ONE.request(first, BOB, Get(DRAFT)) == step(COMPUTING)


def test_all_who_wait_are_told_the_result_which_is_kept_and_told_to_who_asks_later() -> None:
    assert (ONE.armed(Caching()), ONE.armed(COMPUTING)) == ((), (Returns(1), Fails(1)))
    assert ONE.fire(COMPUTING, Returns(1)) == step(FULL, Reply(ANN, KEPT.value), Reply(BOB, KEPT.value))
    assert ONE.request(FULL, ANN, Get(DRAFT)) == step(FULL, Reply(ANN, KEPT.value))


def test_all_who_wait_are_told_a_failure_which_is_not_kept() -> None:
    assert ONE.fire(COMPUTING, Fails(1)) == step(Caching(1), Reply(ANN, FAILED), Reply(BOB, FAILED))


def test_an_invalidation_takes_what_is_kept_and_the_lease_of_what_runs() -> None:
    both = Caching(2, Map.of({1: Flight(DRAFT, 0, (ANN,)), 2: Flight(EDIT, 0, (ANN,))}))

    assert ONE.request(FULL, BOB, Invalidate(DRAFT)) == step(Caching(1), Reply(BOB, Invalidated(1)))
    assert ONE.request(FULL, BOB, Invalidate(EDIT)) == step(FULL, Reply(BOB, Invalidated(1)))
    assert ONE.request(both, BOB, Invalidate(DRAFT)) == step(
        Caching(2, Map.of({1: OVERTAKEN.running[1], 2: both.running[2]})), Reply(BOB, Invalidated(2))
    )


def test_nobody_joins_a_call_without_a_lease_and_its_result_is_told_and_not_kept() -> None:
    assert ONE.request(OVERTAKEN, BOB, Get(DRAFT)) == step(
        Caching(2, OVERTAKEN.running.put(2, Flight(DRAFT, 0, (BOB,)))), Announce(Called(2, DRAFT))
    )
    assert ONE.fire(OVERTAKEN, Returns(1)) == step(Caching(1), Reply(ANN, KEPT.value))


def test_a_call_goes_on_when_who_asked_first_leaves() -> None:
    assert ONE.cancel(COMPUTING, ANN) == step(Caching(1, Map.of({1: Flight(DRAFT, 0, (BOB,))})), Reply(ANN, CANCELLED))


def test_what_was_not_used_for_longest_makes_room() -> None:
    edit = Kept(Value(EDIT, 2), 0)
    computing = Caching(2, Map.of({2: Flight(EDIT, 0)}), (KEPT,))
    two = Caching(2, kept=(KEPT, edit))

    assert ONE.fire(computing, Returns(2)) == step(Caching(2, kept=(edit,)), Announce(Evicted(1)))
    assert Cache(2).fire(computing, Returns(2)) == step(two)
    assert Cache(2).request(two, ANN, Get(DRAFT)) == step(Caching(2, kept=(edit, KEPT)), Reply(ANN, KEPT.value))


def test_a_stage_with_effects_is_turned_down() -> None:
    assert ONE.request(FULL, ANN, Get(DRAFT, has_effects=True)) == step(FULL, Reply(ANN, HAS_EFFECTS))


def test_what_is_a_lifetime_old_goes_and_so_does_the_lease_of_a_call_that_has_run_for_that_long() -> None:
    slow = Caching(2, Map.of({2: Flight(DRAFT, 0, (ANN,))}), (KEPT,), 1)

    assert AGING.tick(Caching(2, slow.running, (KEPT,)), 1) == step(slow)
    assert AGING.tick(slow, 2) == step(Caching(2, OVERTAKEN.running.drop(1).put(2, OVERTAKEN.running[1]), (), 2))


def test_once_the_clock_is_set_back_nobody_knows_how_old_anything_is() -> None:
    assert AGING.tick(Caching(1, COMPUTING.running, (KEPT,), 1), 0) == step(
        Caching(1, Map.of({1: Flight(DRAFT, 0, (ANN, BOB), has_lease=False)}))
    )


def test_an_outsider_sees_which_results_are_kept_and_which_calls_run() -> None:
    assert ONE.view(Caching(2, Map.of({2: Flight(EDIT, 0)}), (KEPT,))) == CacheView((1,), frozenset({2}))


def test_a_cache_without_room_or_whose_results_have_no_life_is_refused() -> None:
    with pytest.raises(ValueError, match="'capacity' must be >= 1: 0"):
        Cache(0)
    with pytest.raises(ValueError, match="'lifetime' must be >= 1: 0"):
        AgingCache(1, 0)


def test_a_reader_is_told_what_is_kept_after_three_moves() -> None:
    trace = explore(system((Get(DRAFT),), (Get(DRAFT),))).verdict("result_cache.somebody_is_told_what_was_kept").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(CACHE, ANN, Get(DRAFT)),
        Fire(CACHE, Returns(1)),
        Ask(CACHE, BOB, Get(DRAFT)),
    ]
