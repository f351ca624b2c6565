"""Published examples that tell weak fairness from strong, with their known verdicts."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.semantics.texts import move_text
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deadline,
    Fair,
    Fault,
    InfinitelyOften,
    Internal,
    Network,
    NoHistory,
    Seen,
    Send,
    case,
    infinitely_often,
)

# ---- Manna and Pnueli (1992), mutual exclusion by a semaphore: waiting for it is just, but only compassion lets everybody in


@frozen
class Enter(Internal):
    """A process takes the semaphore."""

    who: int


@frozen
class Leave(Internal):
    """The process inside gives it back."""


@frozen
class Inside:
    """Who is inside, None for nobody."""

    who: int | None = None


@frozen
class Semaphore(Process[Inside, None, None, Enter | Leave]):
    """Two processes that want to be inside again and again."""

    def start(self) -> Step[Inside]:
        return step(Inside())

    def armed(self, state: Inside) -> tuple[Enter | Leave, ...]:
        return (Enter(1), Enter(2)) if state.who is None else (Leave(),)

    def fire(self, state: Inside, trigger: Enter | Leave) -> Step[Inside]:  # noqa: ARG002
        return step(Inside(trigger.who if isinstance(trigger, Enter) else None))

    def view(self, state: Inside) -> Inside:
        return state


@infinitely_often(Fair.TRIGGERS)
def the_second_comes_in(seen: Seen[NoHistory]) -> Cases:
    """Again and again the second process is inside."""
    for view in seen.views(Inside).values():
        yield case(view.who == 2)


SEMAPHORE = System({Address("semaphore"): Semaphore()}, NoHistory(), ())


# ---- Lamport, Specifying Systems (2002), AlternatingBit: what is sent again and again must be received, or nothing comes through

SENDER, RECEIVER = Address("sender"), Address("receiver")


@frozen
class Packet:
    """A bit."""

    bit: int


@frozen
class Acknowledgement:
    """The bit received last."""

    bit: int


@frozen
class Resend(Deadline):
    """Packet or acknowledgement are sent once more."""


@frozen
class Bit:
    """The bit that is sent, or was received last."""

    bit: int


@frozen
class Sender(Process[Bit, Acknowledgement, None, Resend]):
    """Sends its bit until it is acknowledged, and then the other."""

    def start(self) -> Step[Bit]:
        return step(Bit(1))

    def armed(self, state: Bit) -> tuple[Resend, ...]:  # noqa: ARG002
        return (Resend(),)

    def fire(self, state: Bit, trigger: Resend) -> Step[Bit]:  # noqa: ARG002
        return step(state, Send(RECEIVER, Packet(state.bit)))

    def receive(self, state: Bit, source: Address, message: Acknowledgement) -> Step[Bit] | None:  # noqa: ARG002
        return step(Bit(1 - state.bit)) if message.bit == state.bit else None

    def view(self, state: Bit) -> Bit:
        return state


@frozen
class Receiver(Process[Bit, Packet, None, Resend]):
    """Acknowledges the bit received last, again and again."""

    def start(self) -> Step[Bit]:
        return step(Bit(0))

    def armed(self, state: Bit) -> tuple[Resend, ...]:  # noqa: ARG002
        return (Resend(),)

    def fire(self, state: Bit, trigger: Resend) -> Step[Bit]:  # noqa: ARG002
        return step(state, Send(SENDER, Acknowledgement(state.bit)))

    def receive(self, state: Bit, source: Address, message: Packet) -> Step[Bit]:  # noqa: ARG002
        return step(Bit(message.bit))

    def view(self, state: Bit) -> Bit:
        return state


@infinitely_often(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS)
def something_comes_through(seen: Seen[NoHistory]) -> Cases:
    """Again and again what was received last is a one."""
    yield case(seen.views(Bit)[RECEIVER].bit == 1)


@infinitely_often(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS)
def something_else_comes_through(seen: Seen[NoHistory]) -> Cases:
    """Again and again what was received last is a zero."""
    yield case(seen.views(Bit)[RECEIVER].bit == 0)


ALTERNATING_BIT = System({SENDER: Sender(), RECEIVER: Receiver()}, NoHistory(), (), Network(fifo=True, losses=None, capacity=1))


def verdict(system: System[NoHistory], clause: InfinitelyOften[NoHistory], given: Fair) -> Verdict:
    """Return the verdict of both engines on a clause under some fairness."""
    wanted = evolve(clause, given=given)
    found, other = (each(system, (wanted,)).verdict(wanted) for each in (explore, explore_tabulated))
    assert (found.status, found.trace, found.cycle) == (other.status, other.trace, other.cycle)
    return found


def cycle(found: Verdict) -> list[str]:
    """Return the moves of the cycle."""
    return [move_text(frame.move) for frame in (found.trace or ())[len(found.trace or ()) - (found.cycle or 0) :]]


def test_weak_fairness_lets_a_process_starve_at_a_semaphore() -> None:
    found = verdict(SEMAPHORE, the_second_comes_in, Fair.TRIGGERS)

    assert found.status is Status.VIOLATED
    assert cycle(found) == ["semaphore0: Enter(1)", "semaphore0: Leave()"]


def test_strong_fairness_lets_everybody_in() -> None:
    assert verdict(SEMAPHORE, the_second_comes_in, Fair.CHOICES).status is Status.HOLDS


@pytest.mark.parametrize("clause", [something_comes_through, something_else_comes_through])
def test_the_alternating_bit_protocol_needs_strong_fairness_of_receiving_and_weak_fairness_of_sending(
    clause: InfinitelyOften[NoHistory],
) -> None:
    assert verdict(ALTERNATING_BIT, clause, Fair.DELIVERY | Fair.TRIGGERS).status is Status.HOLDS
    assert verdict(ALTERNATING_BIT, clause, Fair.DELIVERY).status is Status.VIOLATED
    assert verdict(ALTERNATING_BIT, clause, Fair.TRIGGERS).status is Status.VIOLATED


def test_without_fairness_of_receiving_all_that_is_sent_is_lost_for_ever() -> None:
    found = verdict(ALTERNATING_BIT, something_comes_through, Fair.TRIGGERS)

    assert "the network loses Packet(1) from sender0 to receiver0" in cycle(found)
