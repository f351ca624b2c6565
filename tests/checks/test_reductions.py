"""Leaving ignored messages in flight: fewer states, the same verdicts on clauses of safety."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.consensus.paxos_synod import SAFETY, system
from concordant.refimpl.machine import Step, System, step
from concordant.spec.vocabulary import Address, Cases, Faults, Network, NoHistory, Seen, at_rest, case
from tests.checks.toys import A, B, Collector, Kept, Note, Teller, Toy
from tests.checks.walks import counts

LEAVE = Reductions(leave_ignored=True)


def test_an_ignored_message_stays_in_flight_and_is_no_move() -> None:
    system = System({A: Teller(B, (1, 2)), B: Toy()}, NoHistory(), ())

    # without the reduction: in flight 12, 1, 2, nothing
    assert counts(system) == (4, 4, 3)
    assert counts(system, leave_ignored=True) == (1, 0, 1)


def test_a_message_that_was_ignored_may_be_taken_later() -> None:
    class Ordered(Toy):
        """Takes only the note that comes next, and ignores one that is early."""

        def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002
            return step(state.plus(message.number)) if message.number == len(state.notes) + 1 else None

    system = System({A: Teller(B, (1, 2)), B: Ordered()}, NoHistory(), ())

    # kept and in flight: nothing and 12, 1 and 2, 12 and nothing; without the reduction also nothing and 1, 1 and nothing
    assert counts(system) == (5, 2 + 1 + 1, 3)
    assert counts(system, leave_ignored=True) == (3, 2, 3)


def test_copies_that_are_ignored_are_not_counted_any_more() -> None:
    system = System({A: Teller(B, (1, 2, 1, 2)), B: Collector()}, NoHistory(), ())

    # two, one or none left of 1 and of 2; each is received while there is one
    assert counts(system) == (9, 6 + 6, 5)
    # kept: -, 1, 2, 12
    assert counts(system, leave_ignored=True) == (4, 4, 3)


def test_messages_to_a_process_that_is_down_stay_in_flight_too() -> None:
    system = System({A: Teller(B, (1,)), B: Collector()}, NoHistory(), (), faults=Faults(crashes=1, who=(B,)))

    # in flight, up; kept, up; in flight, down; gone, down
    assert counts(system) == (4, 2 + 1 + 1, 3)
    # the last by a crash after receipt only
    assert counts(system, leave_ignored=True) == (4, 2 + 1 + 0, 3)


@pytest.mark.parametrize(
    ("network", "faults"),
    [
        (Network(fifo=True), Faults()),
        (Network(losses=None, capacity=2), Faults()),
        (Network(), Faults(synchronous=True)),
    ],
)
def test_the_reduction_is_refused_where_it_would_be_unsound(network: Network, faults: Faults) -> None:
    system = System({A: Toy()}, NoHistory(), (), network, faults)

    with pytest.raises(
        ValueError, match=r"^leave_ignored is sound only on an unordered network without capacity whose deadlines do not wait"
    ):
        explore(system, reductions=LEAVE)


@at_rest()
def ends(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
    """Everything ends."""
    yield case(True)


@at_rest()
def ends_without_faults(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
    """Not promised under loss."""
    yield case(True)


def test_the_reduction_is_refused_with_a_clause_about_rest_that_would_be_judged() -> None:
    with pytest.raises(ValueError, match=r"^leave_ignored with test_reductions\.ends: what is ignored would never come to rest; leave the"):
        explore(System({A: Toy()}, NoHistory(), (ends,)), reductions=LEAVE)

    lossy = explore(System({A: Toy()}, NoHistory(), (ends_without_faults,), Network(losses=None)), reductions=LEAVE)

    assert lossy.verdict(ends_without_faults).status is Status.NOT_PROMISED


def test_a_reduced_run_names_its_reduction() -> None:
    system = System({A: Toy()}, NoHistory(), ())

    assert explore(system, reductions=LEAVE).reductions == ("leave_ignored",)
    assert explore(system).reductions == ()


def test_the_reduction_changes_no_verdict_of_safety_and_no_shortest_length() -> None:
    duel = system((("x",),), learners=1, network=Network(losses=1), promises=SAFETY, patient=True)

    whole, reduced = explore(duel), explore(duel, reductions=LEAVE)

    assert reduced.states < whole.states
    assert [(found.clause.id, found.status, found.length) for found in reduced.verdicts] == [
        (found.clause.id, found.status, found.length) for found in whole.verdicts
    ]
