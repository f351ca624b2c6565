"""FIFO order: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

What is run is `Impatient`: it is `Ordering`, unchanged, and gives up waiting besides.
Assumes: nobody sends to itself, or forges messages; a crash leaves the epoch and the conversations; one more is the next.
Not covered: more than two nodes, or room for more than one message: with room for two the solver had not answered one question after a
minute; that messages are handed up in the end.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.messaging.fifo_ordering.meaning import Conversing
from concordant.refimpl.machine import Step, step
from concordant.refimpl.messaging.fifo_ordering import Conversation, Impatient, Numbering
from concordant.spec.messaging.fifo_ordering import Gap, Numbered
from concordant.spec.vocabulary import Address, Announce, Deliver, Map, Send, Transmit

CONVERSING = Conversing()


@frozen
class HandsUpAsItComes(Impatient):
    """Hands up whatever comes, and waits for nothing."""

    def handed_up(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        messages = tuple(Deliver(source, message) for message in known.held.values())
        return step(self.put(state, source, evolve(known, expected=known.expected + 1, held=Map())), *messages)


@frozen
class KnowsNoCopies(Impatient):
    """Takes every number for the one that it expects."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        known = state.conversations.get(source, Conversation())
        if message.epoch == known.epoch and message.number < known.expected:
            return step(state, Deliver(source, message.message))
        return super().receive(state, source, message)


@frozen
class LeavesOneOut(Impatient):
    """Counts from 1."""

    def request(self, state: Numbering, client: Address, request: Transmit) -> Step[Numbering] | None:  # noqa: ARG002
        number = state.next.get(request.to, 1)
        numbered = evolve(state, next=state.next.put(request.to, number + 1))
        return step(numbered, Send(request.to, Numbered(state.epoch, number, request.message)))


@frozen
class NamesTheNext(Impatient):
    """Reports as missing what comes after that."""

    def gap(self, source: Address, known: Conversation) -> Announce:
        return Announce(Gap(source, known.epoch, known.expected + 1))


@frozen
class StaysOpen(Impatient):
    """Reports a gap, and goes on with what comes then."""

    def closed(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        return step(self.put(state, source, evolve(known, held=Map())), self.gap(source, known))


@frozen
class GoesOnInItsEpoch(Impatient):
    """Comes up again in the epoch in which it crashed, and counts from 0."""

    def recover(self, state: Numbering) -> Step[Numbering]:
        return step(state)


@frozen
class KnowsNoEpochs(Impatient):
    """Takes a message of a later epoch for one of this."""

    def begun_anew(self, state: Numbering, source: Address, known: Conversation, epoch: int) -> Step[Numbering]:
        return step(self.put(state, source, evolve(known, epoch=epoch)))


WRONG = (
    WrongHandler(CONVERSING, HandsUpAsItComes, "guard hand_up.was_sent", "Numbered"),
    WrongHandler(CONVERSING, KnowsNoCopies, "Deliver: it was handed up", "Numbered"),
    WrongHandler(CONVERSING, LeavesOneOut, "guard send.is_next", "Transmit", mutant="fifo_ordering.leaves_numbers_out"),
    WrongHandler(CONVERSING, NamesTheNext, "guard report.is_next", "Numbered", mutant="fifo_ordering.names_what_came"),
    WrongHandler(CONVERSING, StaysOpen, "Numbering: it is closed by a gap, or there is none of sender 1", "Numbered"),
    WrongHandler(
        CONVERSING,
        GoesOnInItsEpoch,
        "Numbering: it has given those numbers in its epoch, and no others",
        "crash and recovery",
        mutant="fifo_ordering.numbers_twice",
    ),
    WrongHandler(CONVERSING, KnowsNoEpochs, "Numbering: what is below was handed up of sender 1", "Numbered"),
)
HANDLERS = tuple(theorem for role in CONVERSING.roles for theorem in role_theorems(CONVERSING, role, WRONG))
STABLE = stability_theorem(CONVERSING)
