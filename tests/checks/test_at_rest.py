"""Rest: states in which nothing more happens by itself; and clauses that are broken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import Byzantine, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    Fault,
    Faults,
    Need,
    Network,
    NoHistory,
    Seen,
    Send,
    always,
    always_each,
    at_rest,
    case,
)
from tests.checks.toys import ANN, A, B, Do, Ends, Goes, Kept, Later, Listener, Note, Silent, Teller, Toy

ALL = ~Fault.NONE


@at_rest(under=ALL)
def nobody_waits(seen: Seen[NoHistory]) -> Cases:
    """When nothing more happens, no call is open."""
    yield case(not seen.waiting(), waiting=seen.waiting())


def resting(system: System[Any]) -> int:
    report = explore(system, ())
    assert report.complete
    return report.at_rest


# ---- what is at rest


def test_a_state_in_which_nothing_is_possible_is_at_rest() -> None:
    assert resting(System({A: Teller(B, (1,)), B: Listener()}, NoHistory(), ())) == 1


def test_a_state_that_every_move_leaves_as_it_is_is_at_rest() -> None:
    class Humming(Toy):
        def armed(self, state: Kept) -> tuple[Later, ...]:  # noqa: ARG002
            return (Later(),)

        def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
            return step(state)

    report = explore(System({A: Humming()}, NoHistory(), ()), ())

    assert (report.states, report.transitions, report.at_rest) == (1, 1, 1)


def test_a_message_that_will_be_ignored_is_still_to_be_consumed() -> None:
    # in flight, and at rest only once it is gone
    assert resting(System({A: Teller(B, (1,)), B: Toy()}, NoHistory(), ())) == 1


def test_a_crash_or_a_loss_that_is_still_possible_does_not_disturb_the_rest() -> None:
    # up, at rest; down, at rest
    assert resting(System({A: Toy()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)))) == 2
    # in flight on a duplicating network, and ignored: at rest; lost: at rest
    assert resting(System({A: Teller(B, (1,)), B: Toy()}, NoHistory(), (), Network(duplicating=True, losses=None))) == 2


def test_a_recovery_that_is_still_possible_is_owed() -> None:
    class Back(Toy):
        def recover(self, state: Kept) -> Step[Kept]:
            return step(state)

    # up: at rest; down: not; up again: at rest
    assert resting(System({A: Back()}, NoHistory(), (), faults=Faults(crashes=1, recoveries=1, who=(A,)))) == 2


class Wary(Toy):
    def suspect(self, state: Kept, peer: Address) -> Step[Kept] | None:  # noqa: ARG002
        return None if state.notes else step(state.plus(1))


def test_a_true_suspicion_is_owed_and_a_false_one_is_not() -> None:
    crash = Faults(crashes=1, who=(B,), detector=True)

    # b up: at rest; b down: not; suspected: at rest
    assert resting(System({A: Wary(), B: Toy()}, NoHistory(), (), faults=crash)) == 2
    # unsuspected: at rest, though a mistake is possible; suspected: at rest
    assert resting(System({A: Wary(), B: Toy()}, NoHistory(), (), faults=Faults(detector=True, mistakes=1))) == 2


def test_a_request_that_can_still_be_made_is_not_rest() -> None:
    # not asked: no; asked: at rest
    assert resting(System({A: Silent()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1),),)),))) == 1
    # a request that is not taken is no move
    assert resting(System({A: Toy()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1),),)),))) == 1


def test_a_cancellation_and_a_forgery_are_owed_to_nobody() -> None:
    class Patient(Silent):
        def cancel(self, state: Kept, client: Address) -> Step[Kept] | None:  # noqa: ARG002
            return step(state.plus(9))

    # asked: at rest, though it can be cancelled; cancelled: at rest
    user = User(ANN, (A,), ((Do(1),),))
    assert resting(System({A: Patient()}, NoHistory(), (), faults=Faults(cancellations=1), users=(user,))) == 2

    class Heard(Listener):
        def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:
            return None if state.notes else super().receive(state, source, message)

    liar = Byzantine[NoHistory](Address("eve"), lambda _: (Send(A, Note(1)),))
    # nothing forged yet: at rest; forged: at rest
    assert resting(System({A: Heard()}, NoHistory(), (), byzantine=(liar,))) == 2


# ---- clauses about rest


def waiting(clerk: Silent) -> System[NoHistory]:
    return System({A: clerk}, NoHistory(), (nobody_waits,), users=(User(ANN, (A,), ((Do(1),), (Do(2),))),))


def test_a_clause_about_rest_is_violated_where_things_end_badly() -> None:
    verdict = explore(waiting(Silent())).verdict(nobody_waits)

    assert (verdict.status, verdict.length, verdict.cases) == (Status.VIOLATED, 1, 1)
    assert str(verdict.facts["waiting"]) == "(Call(user=ann0, at=a0),)"


def test_a_clause_about_rest_says_nothing_of_states_that_go_on() -> None:
    class Restless(Silent):
        def armed(self, state: Kept) -> tuple[Later, ...]:
            return (Later(len(state.notes) % 2),)

        def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
            return step(Kept(state.notes[:-1]) if trigger.number else state.plus(0))

    verdict = explore(waiting(Restless())).verdict(nobody_waits)

    assert (verdict.status, verdict.cases) == (Status.VACUOUS, 0)


# ---- broken clauses


@always()
def raises(seen: Seen[NoHistory]) -> Cases:
    """Fails."""
    yield case(seen.up(Address("nobody")))


@always()
def yields_bools(seen: Seen[NoHistory]) -> Iterable[Any]:
    """Yields something else than cases."""
    yield bool(seen.history)


@always_each(Note)
def about_messages(view: Note, who: Address, history: NoHistory) -> Cases:  # noqa: ARG001
    """About the view of no process."""
    yield case(True)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (raises, "clause test_at_rest.raises raised KeyError: nobody0"),
        (yields_bools, "clause test_at_rest.yields_bools yielded True; yield case(holds, **facts)"),
        (about_messages, "clause test_at_rest.about_messages is about Note, which is the view of no process of the system"),
        (
            Clause("test_at_rest.other", "Of no kind.", "", ALL, Need.NONE),
            "clause test_at_rest.other of kind Clause is not about systems of processes",
        ),
    ],
)
def test_a_broken_clause_is_reported_by_its_id(clause: Clause, said: str) -> None:
    with pytest.raises(BrokenClause) as broken:
        explore(System({A: Toy()}, NoHistory(), (clause,)))

    assert str(broken.value) == said
