"""A barrier, input in and step out."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, step
from concordant.refimpl.synchronization.barrier import BARRIER, Barrier, Broken, Filling, OnWithdrawal, State, system
from concordant.spec.synchronization.barrier import (
    BROKEN,
    NO_PARTY,
    WAITS_ALREADY,
    WITHDRAWN,
    Arrive,
    BarrierView,
    Broke,
    History,
    Passed,
    Ready,
    Reset,
    TimeOut,
)
from concordant.spec.vocabulary import Address, Announce, Map, Reply, addresses

A, B = addresses("party", 2)
OTHER, CHAIR = Address("other"), Address("chair")
BREAKS, REMOVES = (Barrier(frozenset({A, B}), on_withdrawal) for on_withdrawal in (OnWithdrawal.BREAK, OnWithdrawal.REMOVE))
ONE_WAITS = Filling(3, Map.of({A: A}))


def test_the_last_to_come_lets_all_pass_and_begins_the_next_round() -> None:
    assert BREAKS.start() == step(Filling())
    assert BREAKS.request(Filling(3), A, Arrive(A)) == step(ONE_WAITS)
    assert BREAKS.request(ONE_WAITS, B, Arrive(B)) == step(Filling(4), Reply(A, Passed(3)), Reply(B, Passed(3)))


@pytest.mark.parametrize(
    ("state", "party", "answer"),
    [(ONE_WAITS, A, WAITS_ALREADY), (ONE_WAITS, OTHER, NO_PARTY), (Broken(3), OTHER, NO_PARTY), (Broken(3), A, BROKEN)],
)
def test_who_cannot_wait_is_told_why_and_nothing_changes(state: State, party: Address, answer: object) -> None:
    assert BREAKS.request(state, OTHER, Arrive(party)) == step(state, Reply(OTHER, answer))


def test_a_reset_tells_who_waits_and_begins_anew() -> None:
    assert BREAKS.request(ONE_WAITS, CHAIR, Reset()) == step(Filling(3), Reply(A, BROKEN), Reply(CHAIR, Ready()))
    assert BREAKS.request(Broken(3), CHAIR, Reset()) == step(Filling(3), Reply(CHAIR, Ready()))


def test_a_wait_that_is_cancelled_breaks_the_barrier_or_leaves_the_others_waiting() -> None:
    both = Filling(3, Map.of({A: OTHER, B: B}))

    assert BREAKS.cancel(both, OTHER) == step(Broken(3), Announce(Broke()), Reply(B, BROKEN), Reply(OTHER, WITHDRAWN))
    assert REMOVES.cancel(both, OTHER) == step(Filling(3, Map.of({B: B})), Reply(OTHER, WITHDRAWN))


def test_time_runs_out_only_while_somebody_waits_and_then_all_are_told() -> None:
    assert [BREAKS.armed(state) for state in (Filling(), ONE_WAITS, Broken(1))] == [(), (TimeOut(),), ()]
    assert BREAKS.fire(ONE_WAITS, TimeOut()) == step(Broken(3), Announce(Broke()), Reply(A, BROKEN))


def test_an_outsider_sees_the_round_and_who_waits() -> None:
    assert BREAKS.view(ONE_WAITS) == BarrierView(3, frozenset({A}), broken=False)
    assert BREAKS.view(Broken(3)) == BarrierView(3, frozenset(), broken=True)


def test_a_barrier_for_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="Length of 'parties' must be >= 1: 0"):
        Barrier(frozenset())


def test_answers_without_a_call_tell_a_history_nothing() -> None:
    history = History(frozenset({A, B}))

    assert history.after(BARRIER, BARRIER, Reply(A, Passed(1))).passed == 0


def test_all_pass_twice_in_as_many_moves_as_they_come() -> None:
    trace = explore(system()).verdict("barrier.passes_again").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [Ask(BARRIER, each, Arrive(each)) for each in (A, B, A, B)]
