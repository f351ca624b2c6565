"""Exactly-once delivery: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

A receiver remembers any number of numbers. Assumes: a receiver that crashes keeps what it has received, a sender its epoch.
Not covered: more than one message that is pending at a time, beside the one that is asked for; more than two nodes; a link that keeps all
on its disk, hands up every copy, or acknowledges nothing; that messages are handed up, and senders told, in the end.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.messaging.guaranteed_delivery.meaning import Delivering
from concordant.refimpl.machine import Step, step
from concordant.refimpl.messaging.guaranteed_delivery import Label, Link, Linking, Pending, Received
from concordant.spec.messaging.guaranteed_delivery import Ack, Confirmed, Data
from concordant.spec.vocabulary import Address, Announce, Deliver, Effect, Send, Transmit

DELIVERING = Delivering()


@frozen
class HandsUpCopies(Link):
    """Hands up every copy."""

    def handed_again(self, source: Address, data: Data) -> tuple[Effect, ...]:
        return (Deliver(source, data.message),)


@frozen
class TakesWhatIsOver(Link):
    """Takes a message of an epoch that is over as one of the last that it has heard of."""

    def is_outdated(self, known: Received, data: Data) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class AcknowledgesWhatIsOver(Link):
    """Acknowledges a message of an epoch that is over, and does not hand it up."""

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        return super().arrived(state, source, data) or step(state, *self.acknowledgements(source, data))


@frozen
class RemembersNothing(Link):
    """Hands a message up, and does not remember it."""

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        done = super().arrived(state, source, data)
        return None if done is None else Step(state, done.effects)


@frozen
class NumbersTwice(Link):
    """Gives every message the number of the first."""

    def request(self, state: Linking, client: Address, request: Transmit) -> Step[Linking] | None:  # noqa: ARG002
        return self.sent(state, Label(request.to, 0), Pending(request.message, self.attempts))


@frozen
class BelievesAnyAcknowledgement(Link):
    """Takes an acknowledgement of an earlier epoch for one of this."""

    def receive(self, state: Linking, source: Address, message: Data | Ack) -> Step[Linking] | None:
        return super().receive(state, source, message if isinstance(message, Data) else evolve(message, epoch=state.epoch))


@frozen
class ConfirmsAtOnce(Link):
    """Says that a message was handed up when it sends it again."""

    def sent(self, state: Linking, label: Label, pending: Pending) -> Step[Linking]:
        return super().sent(state, label, pending).then(lambda now: step(now, Announce(Confirmed(label.to, pending.message))))


@frozen
class ComesUpAsItWas(Link):
    """Comes up again in the epoch in which it crashed, and counts from 0."""

    def recover(self, state: Linking) -> Step[Linking]:
        return step(state)


@frozen
class SendsAnotherUnderIt(Link):
    """Sends what came from the other end under the number of what is pending."""

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        mixed = (Send(label.to, Data(state.epoch, label.number, data.message)) for label in state.outbox)
        done = super().arrived(state, source, data)
        return None if done is None else step(done.state, *done.effects, *mixed)


WRONG = tuple(
    WrongHandler(DELIVERING, kind, by, at, mutant)
    for kind, by, at, mutant in (
        (HandsUpCopies, "guard hand_up.is_new", "Data", "guaranteed_delivery.knows_no_copies"),
        (TakesWhatIsOver, "guard hand_up.is_current", "Data", "guaranteed_delivery.takes_what_is_over"),
        (AcknowledgesWhatIsOver, "guard acknowledge.is_remembered", "Data", "guaranteed_delivery.acknowledges_first"),
        (RemembersNothing, "Linking: it has heard nothing of others", "Data", None),
        (NumbersTwice, "Linking: it has given those numbers in its epoch, and no others", "Transmit", "guaranteed_delivery.numbers_twice"),
        (BelievesAnyAcknowledgement, "guard confirm.was_acknowledged", "Ack", "guaranteed_delivery.believes_any_acknowledgement"),
        (ConfirmsAtOnce, "guard confirm.was_acknowledged", "Resend", None),
        (ComesUpAsItWas, "Linking: it has given those numbers in its epoch, and no others", "crash and recovery", None),
        (SendsAnotherUnderIt, "Data: it was sent, under its number", "Data", None),
    )
)
HANDLERS = tuple(theorem for role in DELIVERING.roles for theorem in role_theorems(DELIVERING, role, WRONG))
STABLE = stability_theorem(DELIVERING)
