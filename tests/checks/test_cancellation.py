"""Cancelling open calls: too late, at once, or later."""

from __future__ import annotations

from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Address, Call, CancelAsked, Fault, Faults, Network, Reply, Unheard
from tests.checks.toys import ANN, A, B, Do, Done, Ends, Goes, Kept, Later, Log, Silent, Tell
from tests.checks.walks import counts, log, moves, seen


class AtOnce(Silent):
    """A cancelled call is answered in the same step."""

    def cancel(self, state: Kept, client: Address) -> Step[Kept] | None:
        return step(state, Reply(client, Done(0)))


@frozen
class InTime(Silent):
    """Notes the cancellation and answers in a step of its own; once its work has ended it is too late."""

    client: Address = ANN

    def cancel(self, state: Kept, client: Address) -> Step[Kept] | None:  # noqa: ARG002
        return step(state.plus(-1)) if 0 not in state.notes else None

    def armed(self, state: Kept) -> tuple[Ends | Goes, ...]:
        if not state.notes or 0 in state.notes:
            return ()
        return (Ends(0), Goes(0)) if -1 in state.notes else (Ends(0),)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(state.plus(0), Reply(self.client, Done(0))) if isinstance(trigger, Goes) else step(state.plus(0))


def once(clerk: Silent, *, cancellations: int = 1, request: Do | Tell = Do(1)) -> System[Log]:
    return System({A: clerk}, Log(), (), Network(), Faults(cancellations=cancellations), (User(ANN, (A,), ((request,),)),))


def test_only_an_open_call_can_be_cancelled() -> None:
    assert moves(once(AtOnce())) == ["ann0 asks a0: Do(1)"]
    assert moves(once(AtOnce()), "ann0 asks a0: Do(1)") == ["ann0 cancels its call of a0"]
    assert moves(once(AtOnce()), "ann0 asks a0: Do(1)", "ann0 cancels its call of a0") == []
    assert moves(once(AtOnce(), request=Tell(1)), "ann0 asks a0: Tell(1)") == []
    assert counts(once(AtOnce())) == (3, 2, 3)


def test_a_cancellation_may_end_the_call_at_once() -> None:
    path = "ann0 asks a0: Do(1)", "ann0 cancels its call of a0"

    assert seen(once(AtOnce()), *path).waiting() == ()
    assert log(once(AtOnce()), *path) == [(A, ANN, Do(1)), (A, ANN, CancelAsked()), (A, A, Reply(ANN, Done(0)))]


def test_a_cancellation_that_only_asks_leaves_the_call_open_until_it_is_answered() -> None:
    path = "ann0 asks a0: Do(1)", "ann0 cancels its call of a0"

    assert seen(once(InTime()), *path).waiting() == (Call(ANN, A),)
    assert moves(once(InTime()), *path) == ["a0: Ends(0)", "a0: Goes(0)"]
    assert seen(once(InTime()), *path, "a0: Goes(0)").waiting() == ()
    assert log(once(InTime()), *path, "a0: Goes(0)") == [(A, ANN, Do(1)), (A, ANN, CancelAsked()), (A, A, Reply(ANN, Done(0)))]


def test_a_cancellation_that_comes_too_late_changes_nothing_but_the_history() -> None:
    late = "ann0 asks a0: Do(1)", "a0: Ends(0)", "ann0 cancels its call of a0"

    assert moves(once(InTime()), *late[:1]) == ["ann0 cancels its call of a0", "a0: Ends(0)"]
    assert moves(once(InTime()), *late[:2]) == ["ann0 cancels its call of a0"]
    assert (moves(once(InTime()), *late), seen(once(InTime()), *late).waiting()) == ([], (Call(ANN, A),))
    assert log(once(InTime()), *late)[-1] == (A, ANN, CancelAsked())
    # kept: -, 1, 1 cancelled, 1 ended, 1 cancelled and ended, 1 ended and cancelled, 1 cancelled and answered
    assert counts(once(InTime())) == (7, 1 + 2 + 1 + 2, 4)


def test_who_does_not_listen_to_cancellations_is_told_of_none() -> None:
    assert moves(once(Silent()), "ann0 asks a0: Do(1)") == []


def test_cancellations_are_counted_over_the_whole_system() -> None:
    system = System(
        {A: InTime(), B: InTime()}, Log(), (), Network(), Faults(cancellations=1), (User(ANN, (A, B), ((Do(1),), (Do(2),)), outstanding=2),)
    )
    both = "ann0 asks a0: Do(1)", "ann0 asks b0: Do(2)"

    assert moves(system, *both) == ["ann0 cancels its call of a0", "ann0 cancels its call of b0", "a0: Ends(0)", "b0: Ends(0)"]
    assert moves(system, *both, "ann0 cancels its call of a0") == ["a0: Ends(0)", "a0: Goes(0)", "b0: Ends(0)"]


def test_one_call_may_be_cancelled_twice_where_two_cancellations_are_allowed() -> None:
    cancel = "ann0 cancels its call of a0"

    assert moves(once(InTime(), cancellations=2), "ann0 asks a0: Do(1)", cancel) == [cancel, "a0: Ends(0)", "a0: Goes(0)"]
    assert moves(once(InTime(), cancellations=2), "ann0 asks a0: Do(1)", cancel, cancel) == ["a0: Ends(0)", "a0: Goes(0)"]


def test_a_process_that_answers_a_cancelled_call_again_is_not_heard() -> None:
    class Twice(InTime):
        def cancel(self, state: Kept, client: Address) -> Step[Kept] | None:
            return step(state.plus(-1), Reply(client, Done(9)))

    path = "ann0 asks a0: Do(1)", "ann0 cancels its call of a0", "a0: Goes(0)"

    assert log(once(Twice()), *path)[-2:] == [(A, A, Reply(ANN, Done(9))), (A, A, Unheard(ANN, Done(0)))]


def test_the_report_tells_whether_a_call_was_ever_cancelled() -> None:
    assert explore(once(AtOnce())).occurred is Fault.CANCELLATION
    assert explore(once(Silent())).occurred is Fault.NONE
    assert explore(once(Silent())).allowed is Fault.CANCELLATION
