"""What may happen inside a process, and when: triggers at any moment, and deadlines that wait for quiet."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Faults, Network, NoHistory, Send
from tests.checks.toys import ANN, A, B, Do, Ends, Goes, Kept, Later, Listener, Note, Silent, Teller, Toy
from tests.checks.walks import counts, kept, moves

SYNCHRONOUS = Faults(synchronous=True)


@frozen
class Armed(Toy):
    """Has these triggers armed until each has fired."""

    triggers: tuple[Later | Ends | Goes, ...]

    def armed(self, state: Kept) -> tuple[Later | Ends | Goes, ...]:
        return tuple(trigger for trigger in self.triggers if trigger.number not in state.notes)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(Kept(tuple(sorted((*state.notes, trigger.number)))))


@frozen
class Nudged(Armed):
    """Forgets each note when it is told, and sends one at each deadline."""

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(state.plus(trigger.number), Send(B, Note(trigger.number)))


# ---- any moment


def test_whatever_is_armed_may_happen_at_any_moment_while_messages_are_in_flight() -> None:
    system = System({A: Teller(B, (5,)), B: Armed((Later(1), Ends(2), Goes(3)))}, NoHistory(), ())

    assert moves(system) == ["b0 receives Note(5) from a0", "b0: Later(1)", "b0: Ends(2)", "b0: Goes(3)"]
    # each of three triggers has fired or not, and the message is there or not
    assert counts(system) == (2**3 * 2, 3 * 2**2 * 2 + 2**3, 5)


def test_triggers_come_by_process_and_then_as_they_are_armed() -> None:
    system = System({B: Armed((Goes(2), Goes(1))), A: Armed((Later(3),))}, NoHistory(), ())

    assert moves(system) == ["b0: Goes(2)", "b0: Goes(1)", "a0: Later(3)"]
    assert moves(system, "b0: Goes(2)", "a0: Later(3)") == ["b0: Goes(1)"]


# ---- quiet


def test_a_deadline_waits_until_no_message_is_in_flight() -> None:
    system = System({A: Armed((Later(1),)), B: Listener(), ANN: Teller(B, (7, 8))}, NoHistory(), (), faults=SYNCHRONOUS)

    assert moves(system) == ["b0 receives Note(7) from ann0", "b0 receives Note(8) from ann0"]
    assert moves(system, "b0 receives Note(7) from ann0") == ["b0 receives Note(8) from ann0"]
    assert moves(system, "b0 receives Note(7) from ann0", "b0 receives Note(8) from ann0") == ["a0: Later(1)"]
    # heard: -, 7, 8, 78, 87; then the deadline after each of the last two
    assert counts(system) == (5 + 2, 2 + 2 + 2, 4)


def test_a_message_that_will_be_ignored_also_delays_a_deadline() -> None:
    system = System({A: Armed((Later(1),)), B: Toy(), ANN: Teller(B, (7,))}, NoHistory(), (), faults=SYNCHRONOUS)

    assert moves(system) == ["b0 receives Note(7) from ann0"]


def test_a_deadline_waits_for_outcomes_and_internal_steps_of_any_process() -> None:
    system = System({A: Armed((Later(1), Goes(2))), B: Armed((Ends(3), Later(4)))}, NoHistory(), (), faults=SYNCHRONOUS)

    assert moves(system) == ["a0: Goes(2)", "b0: Ends(3)"]
    assert moves(system, "a0: Goes(2)") == ["b0: Ends(3)"]
    assert moves(system, "a0: Goes(2)", "b0: Ends(3)") == ["a0: Later(1)", "b0: Later(4)"]
    # four orders of two pairs, the work before the deadlines
    assert counts(system) == (4 + 3, 4 + 4, 5)


def test_a_deadline_does_not_wait_for_messages_to_a_process_that_is_down() -> None:
    system = System(
        {A: Armed((Later(1),)), B: Listener(), ANN: Teller(B, (7,))}, NoHistory(), (), faults=Faults(crashes=1, who=(B,), synchronous=True)
    )

    assert moves(system) == ["b0 receives Note(7) from ann0", "b0 crashes; Kept(()) survives"]
    assert moves(system, "b0 crashes; Kept(()) survives") == ["b0 receives Note(7) from ann0", "a0: Later(1)"]


def test_a_deadline_does_not_wait_for_the_work_of_a_process_that_is_down() -> None:
    system = System({A: Armed((Later(1),)), B: Armed((Ends(2),))}, NoHistory(), (), faults=Faults(crashes=1, who=(B,), synchronous=True))

    assert moves(system) == ["b0: Ends(2)", "b0 crashes; Kept(()) survives"]
    assert moves(system, "b0 crashes; Kept(()) survives") == ["a0: Later(1)"]


def test_a_deadline_does_not_wait_for_users_who_could_still_ask_or_still_wait() -> None:
    system = System({A: Armed((Later(1),)), B: Silent()}, NoHistory(), (), Network(), SYNCHRONOUS, (User(ANN, (B,), ((Do(1),),)),))

    assert moves(system) == ["ann0 asks b0: Do(1)", "a0: Later(1)"]
    assert moves(system, "ann0 asks b0: Do(1)") == ["a0: Later(1)"]


def test_a_deadline_that_sends_holds_back_the_next_one_until_its_message_has_arrived() -> None:
    system = System({A: Nudged((Later(1), Later(2))), B: Listener()}, NoHistory(), (), faults=SYNCHRONOUS)

    assert moves(system, "a0: Later(1)") == ["b0 receives Note(1) from a0"]
    assert moves(system, "a0: Later(1)", "b0 receives Note(1) from a0") == ["a0: Later(2)"]
    # two orders of the deadlines, each one of four moves in a line
    assert counts(system) == (1 + 2 * 4, 2 * 4, 5)
    assert kept(system, "a0: Later(2)", "b0 receives Note(2) from a0", "a0: Later(1)", "b0 receives Note(1) from a0") == {
        A: (2, 1),
        B: (2, 1),
    }
