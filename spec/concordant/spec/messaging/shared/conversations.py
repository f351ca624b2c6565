"""What links are asked to carry: who sent what to whom, in which epoch of the sender, and as which of its messages."""

from __future__ import annotations

from typing import Self

from attrs import evolve, frozen

from concordant.spec.vocabulary import Address, Crashed, Map, Transmit


@frozen(order=True)
class Channel:
    """From whom to whom."""

    source: Address
    to: Address


@frozen
class Sent:
    """A message, and the epoch in which it was sent."""

    epoch: int
    message: object


@frozen
class Conversations:
    """What was sent on each channel, in order, and how often each process has crashed: a sender begins an epoch after each crash."""

    sent: Map[Channel, tuple[Sent, ...]] = Map()
    crashes: Map[Address, int] = Map()

    def heard(self, at: Address, happening: object) -> Self:
        """Return the conversations after one more happening."""
        match happening:
            case Transmit(to, message):
                channel = Channel(at, to)
                one = Sent(self.epoch(at), message)
                return evolve(self, sent=self.sent.put(channel, (*self.sent.get(channel, ()), one)))
            case Crashed():
                return evolve(self, crashes=self.crashes.put(at, self.crashes.get(at, 0) + 1))
            case _:
                return self

    def epoch(self, sender: Address) -> int:
        """Return in which epoch a sender is."""
        return self.crashes.get(sender, 0)

    def sent_in(self, channel: Channel, epoch: int) -> tuple[object, ...]:
        """Return what was sent in one epoch, in order: a number is a place in it."""
        return tuple(one.message for one in self.sent.get(channel, ()) if one.epoch == epoch)
