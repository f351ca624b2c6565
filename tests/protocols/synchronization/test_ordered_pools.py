"""Several pools, input in and step out, and the shortest way to a wait with something in hand."""

from __future__ import annotations

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, step
from concordant.refimpl.synchronization.ordered_pools import BACK, DISK, POOLS, PRINTER, THERE, Job, Pools, Working, system
from concordant.refimpl.synchronization.resource_pool import Lending
from concordant.spec.synchronization.ordered_pools import (
    Done,
    GoesOn,
    Holdings,
    PoolsView,
    Took,
    Use,
    somebody_waits_with_something,
    who_is_done_had_all,
)
from concordant.spec.vocabulary import Announce, Map, Reply, addresses

A, B = addresses("agent", 2)
LENDS = Pools()
ONE = Working(Map.of({DISK: Lending(Map.of({A: 0}))}), Map.of({A: Job((PRINTER,), (DISK,))}))
WAITS = Working(Map.of({DISK: Lending(Map.of({A: 0}), (B,))}), Map.of({A: Job((PRINTER,), (DISK,)), B: Job((DISK, PRINTER), waits=True)}))
HAS_ALL = Working(
    Map.of({DISK: Lending(Map.of({A: 0}), (B,)), PRINTER: Lending(Map.of({A: 0}))}),
    Map.of({A: Job((), (DISK, PRINTER)), B: Job((DISK, PRINTER), waits=True)}),
)


def test_an_agent_is_given_what_it_needs_in_the_order_of_names_whatever_order_it_names() -> None:
    assert LENDS.start() == step(Working())
    assert LENDS.request(Working(), A, BACK) == LENDS.request(Working(), A, THERE) == step(ONE, Announce(Took(A, DISK)))
    assert LENDS.request(ONE, B, BACK) == step(WAITS)
    assert LENDS.armed(WAITS) == (GoesOn(A),)
    assert LENDS.fire(WAITS, GoesOn(A)) == step(HAS_ALL, Announce(Took(A, PRINTER)))


def test_who_is_done_gives_all_back_and_who_waits_longest_is_given_it() -> None:
    after = Working(Map.of({DISK: Lending(Map.of({B: 0})), PRINTER: Lending()}), Map.of({B: Job((PRINTER,), (DISK,))}))

    assert LENDS.fire(HAS_ALL, GoesOn(A)) == step(after, Reply(A, Done()), Announce(Took(B, DISK)))


def test_an_outsider_sees_who_has_what() -> None:
    assert LENDS.view(HAS_ALL) == PoolsView(Map.of({DISK: A, PRINTER: A}))


def test_somebody_waits_with_something_that_needs_what_comes_later_too() -> None:
    report = explore(system((THERE,), (Use((PRINTER,)),)))
    trace = report.verdict(somebody_waits_with_something).trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [Ask(POOLS, A, THERE), Ask(POOLS, B, Use((PRINTER,)))]


def test_what_is_told_to_somebody_who_waits_for_nothing_is_no_case_of_having_had_all() -> None:
    assert list(who_is_done_had_all.cases(Holdings(), POOLS, Reply(A, Done()))) == []
