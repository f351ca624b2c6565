"""Layers: a link carries messages for whatever stands above it. What the two say to each other, and how the whole is seen.

Source: Cachin, Guerraoui, Rodrigues, "Introduction to Reliable and Secure Distributed Programming" (2011), section 1.4.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias

from attrs import evolve, field, frozen

from concordant.spec.vocabulary.happenings import (
    Announce,
    CancelAsked,
    Completion,
    Crashed,
    Deadline,
    Deliver,
    Internal,
    Recovered,
    Reply,
    Send,
    Suspected,
    Ticked,
    Trigger,
    Trusted,
    Unheard,
)
from concordant.spec.vocabulary.values import Address


@frozen
class Transmit:
    """Ask a link to carry a message to a process. It opens no call: what becomes of the message, the link announces."""

    answered: ClassVar[bool] = False
    to: Address
    message: object


NO_EVENTS = (Send, Reply, Announce, Deliver, Transmit, Crashed, Recovered, Suspected, Trusted, Ticked, CancelAsked, Unheard)
"""What histories hear besides events: it happens by an effect, a request or the environment, and nobody announces it."""


@frozen
class Below:
    """What happens in the layer below: what it is asked to carry, what it announces, what it delivers."""

    what: object


@frozen
class DeadlineBelow(Deadline):
    """A deadline that the layer below has armed."""

    trigger: Deadline


@frozen
class CompletionBelow(Completion):
    """A completion that the layer below has armed."""

    trigger: Completion


@frozen
class InternalBelow(Internal):
    """An own step that the layer below has armed."""

    trigger: Internal


@frozen
class HandUp(Internal):
    """What the layer below delivered first, of all that waits, is received above; where handing up is a step of its own."""


TriggerBelow: TypeAlias = DeadlineBelow | CompletionBelow | InternalBelow


def lowered(trigger: Trigger) -> TriggerBelow:
    """Mark a trigger as armed by the layer below. What is no trigger is a TypeError."""
    match trigger:
        case Deadline():
            return DeadlineBelow(trigger)
        case Completion():
            return CompletionBelow(trigger)
        case Internal():
            return InternalBelow(trigger)
        case _:
            raise TypeError(f"trigger {trigger!r} must derive from Deadline, Completion or Internal")


@frozen
class Layers:
    """A state, or a view, of two layers. `below` is itself one of two where more are stacked; `waiting`: what is delivered and not yet received above."""

    above: Any
    below: Any
    waiting: tuple[Deliver, ...] = field(default=(), kw_only=True)


Side: TypeAlias = str
"""`above` or `below`: the names of the fields of `Layers` and `Histories`."""


def heard(side: Side, happening: object) -> tuple[object, ...]:
    """Return what a layer hears of what happens: one thing, or nothing. What befalls the process befalls both of its layers.

    What the layer below is asked to carry, the one above has sent; what goes out on the network is sent by the lowest.
    """
    match happening:
        case Below(Transmit(to, message)) if side == "above":
            return (Send(to, message),)
        case Below(what) | CompletionBelow(what):
            return (what,) if side == "below" else ()
        case Send():
            return (happening,) if side == "below" else ()
        case Crashed() | Recovered() | Suspected() | Trusted() | Ticked():
            return (happening,)
        case _:
            return (happening,) if side == "above" else ()


@frozen
class Histories:
    """The histories of two layers, each as its own clauses know it."""

    above: Any
    below: Any

    def after(self, at: Address, by: Address, happening: object) -> Histories:
        """Return the histories after one more happening."""
        after = self
        for what in heard("above", happening):
            after = evolve(after, above=self.above.after(at, by, what))
        for what in heard("below", happening):
            after = evolve(after, below=self.below.after(at, by, what))
        return after
