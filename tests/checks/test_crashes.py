"""Crashes between steps: what survives, what ends, who comes back."""

from __future__ import annotations

from collections.abc import Iterable

from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Announce, Call, Crashed, Faults, Network, NoHistory, Recovered, Reply, Send, Unheard
from tests.checks.toys import ANN, A, B, C, Clerk, Do, Done, Kept, Late, Listener, Log, Note, Noticed, Silent, Teller
from tests.checks.walks import counts, kept, log, moves, seen

STOP = Faults(crashes=1, who=(B,))
RETURN = Faults(crashes=1, recoveries=1, who=(B,))


class Keeper(Listener):
    """Everything it has heard survives."""

    def survives(self, state: Kept) -> Iterable[Kept]:
        return (state,)

    def recover(self, state: Kept) -> Step[Kept]:
        return step(state)


class Cached(Keeper):
    """A crash may take the last note, or leave it."""

    def survives(self, state: Kept) -> Iterable[Kept]:
        return (state, Kept(state.notes[:-1]))


def told(*numbers: int, to: Listener, faults: Faults, network: Network = Network()) -> System[NoHistory]:
    return System({A: Teller(B, numbers), B: to}, NoHistory(), (), network, faults)


# ---- crash-stop


def test_a_crash_leaves_the_start_state_unless_something_survives() -> None:
    path = "b0 receives Note(1) from a0", "b0 crashes; Kept(()) survives"
    system = told(1, to=Listener(), faults=STOP)

    assert kept(system, *path)[B] == ()
    assert (seen(system, *path).up(A), seen(system, *path).up(B)) == (True, False)
    assert moves(system, *path) == []


def test_only_those_named_crash_and_no_more_often_than_allowed() -> None:
    system = System({A: Listener(), B: Listener(), C: Listener()}, NoHistory(), (), faults=Faults(crashes=2, who=(A, B, C)))

    assert moves(told(to=Listener(), faults=STOP)) == ["b0 crashes; Kept(()) survives"]
    assert moves(system, "b0 crashes; Kept(()) survives") == ["a0 crashes; Kept(()) survives", "c0 crashes; Kept(()) survives"]
    # down: nobody, one of three, two of three
    assert counts(system) == (1 + 3 + 3, 3 + 3 * 2, 3)


def test_a_message_to_a_process_that_is_down_vanishes_when_it_is_received() -> None:
    system = told(1, to=Listener(), faults=STOP)

    assert moves(system) == ["b0 receives Note(1) from a0", "b0 crashes; Kept(()) survives"]
    assert kept(system, "b0 crashes; Kept(()) survives", "b0 receives Note(1) from a0")[B] == ()
    # in flight, up; heard, up; in flight, down; nothing, down: two ways
    assert counts(system) == (4, 2 + 1 + 1, 3)


def test_a_duplicating_network_keeps_a_message_to_a_process_that_is_down() -> None:
    system = told(1, to=Keeper(), faults=RETURN, network=Network(duplicating=True))

    assert moves(system, "b0 crashes; Kept(()) survives") == ["b0 recovers"]
    assert moves(system, "b0 crashes; Kept(()) survives", "b0 recovers") == ["b0 receives Note(1) from a0"]


def test_what_a_process_sent_outlives_its_crash() -> None:
    system = System({A: Teller(B, (1,)), B: Listener()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)))

    assert moves(system, "a0 crashes; Kept(()) survives") == ["b0 receives Note(1) from a0"]


# ---- recovery


def test_a_message_may_also_wait_until_the_process_is_up_again() -> None:
    system = told(1, to=Keeper(), faults=RETURN)

    assert moves(system, "b0 crashes; Kept(()) survives") == ["b0 receives Note(1) from a0", "b0 recovers"]
    assert kept(system, "b0 crashes; Kept(()) survives", "b0 recovers", "b0 receives Note(1) from a0")[B] == (1,)
    # never crashed: waiting, heard; down: waiting, heard before, vanished; up again: the same three
    # moves: 1 receive + 2 crashes; 1 vanishes + 3 recoveries; 1 receive after recovery
    assert counts(system) == (2 + 3 + 3, 3 + 4 + 1, 4)


def test_a_crash_leaves_any_one_of_several_survivors() -> None:
    system = told(1, to=Cached(), faults=RETURN)
    crash = ["b0 crashes; Kept(()) survives", "b0 crashes; Kept((1,)) survives"]

    assert moves(system) == ["b0 receives Note(1) from a0", crash[0]]
    assert moves(system, "b0 receives Note(1) from a0") == crash
    assert kept(system, "b0 receives Note(1) from a0", crash[0], "b0 recovers")[B] == ()
    assert kept(system, "b0 receives Note(1) from a0", crash[1], "b0 recovers")[B] == (1,)
    # as above, but a crash after hearing may also forget, which is then as if the message had vanished
    assert counts(system) == (8, 8 + 1, 4)


def test_survivors_come_in_the_order_of_their_content_whatever_order_they_are_listed_in() -> None:
    class Torn(Keeper):
        def survives(self, state: Kept) -> Iterable[Kept]:  # noqa: ARG002
            return frozenset({Kept((3,)), Kept((1,)), Kept((2,))})

    assert moves(told(to=Torn(), faults=STOP)) == [
        "b0 crashes; Kept((1,)) survives",
        "b0 crashes; Kept((2,)) survives",
        "b0 crashes; Kept((3,)) survives",
    ]


def test_a_process_comes_back_no_more_often_than_allowed() -> None:
    system = told(to=Keeper(), faults=Faults(crashes=2, recoveries=1, who=(B,)))
    crash, recover = "b0 crashes; Kept(()) survives", "b0 recovers"

    assert moves(system, crash, recover) == [crash]
    assert moves(system, crash, recover, crash) == []
    assert counts(system) == (4, 3, 4)


def test_a_process_may_crash_and_come_back_twice() -> None:
    system = told(to=Keeper(), faults=Faults(crashes=3, recoveries=2, who=(B,)))

    # up and down by turns: up, down, up, down, up, down
    assert counts(system) == (6, 5, 6)


def test_the_history_sees_the_crash_and_then_the_recovery_with_its_effects() -> None:
    class Loud(Keeper):
        def recover(self, state: Kept) -> Step[Kept]:
            return step(state.plus(9), Announce(Noticed(9)), Send(A, Note(9)))

    system = System({A: Listener(), B: Loud()}, Log(), (), faults=RETURN)

    assert log(system, "b0 crashes; Kept(()) survives", "b0 recovers") == [
        (B, B, Crashed()),
        (B, B, Recovered()),
        (B, B, Noticed(9)),
        (B, B, Send(A, Note(9))),
    ]
    assert moves(system, "b0 crashes; Kept(()) survives", "b0 recovers") == ["a0 receives Note(9) from b0"]


# ---- calls


def test_a_crash_ends_the_calls_of_its_users_and_no_others() -> None:
    user = User(ANN, (A, B), ((Do(1),), (Do(2),), (Do(3),)), outstanding=2)
    system = System({A: Silent(), B: Silent()}, NoHistory(), (), faults=STOP, users=(user,))
    path = "ann0 asks a0: Do(1)", "ann0 asks b0: Do(2)", "b0 crashes; Kept(()) survives"

    assert seen(system, *path[:2]).waiting() == (Call(ANN, A), Call(ANN, B))
    assert seen(system, *path).waiting() == (Call(ANN, A),)
    assert moves(system, *path) == []


def test_a_user_whose_call_ended_by_a_crash_asks_the_next_place_elsewhere() -> None:
    user = User(ANN, (A, B), ((Do(1),), (Do(2),)))
    system = System({A: Silent(), B: Silent()}, NoHistory(), (), faults=STOP, users=(user,))

    assert moves(system, "b0 crashes; Kept(()) survives") == ["ann0 asks a0: Do(1)"]
    assert moves(system, "ann0 asks b0: Do(1)", "b0 crashes; Kept(()) survives") == ["ann0 asks a0: Do(2)"]


def test_an_answer_after_a_crash_that_ended_the_call_is_unheard() -> None:
    class Durable(Late):
        def survives(self, state: Kept) -> Iterable[Kept]:
            return (state,)

        def recover(self, state: Kept) -> Step[Kept]:
            return step(state)

    system = System({B: Durable(ANN)}, Log(), (), faults=RETURN, users=(User(ANN, (B,), ((Do(1),),)),))

    assert log(system, "ann0 asks b0: Do(1)", "b0 crashes; Kept((1,)) survives", "b0 recovers", "b0: Goes(0)")[1:] == [
        (B, B, Crashed()),
        (B, B, Recovered()),
        (B, B, Unheard(ANN, Done(1))),
    ]


def test_a_call_may_be_made_again_after_the_recovery_and_is_then_heard() -> None:
    class Back(Clerk):
        def recover(self, state: Kept) -> Step[Kept]:
            return step(state)

    system = System({B: Back()}, Log(), (), faults=RETURN, users=(User(ANN, (B,), ((Do(1),), (Do(2),))),))

    assert log(system, "b0 crashes; Kept(()) survives", "b0 recovers", "ann0 asks b0: Do(1)")[2:] == [
        (B, ANN, Do(1)),
        (B, B, Reply(ANN, Done(1))),
    ]
