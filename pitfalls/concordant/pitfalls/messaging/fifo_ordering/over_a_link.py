"""What goes wrong with FIFO order over a link."""

from __future__ import annotations

from attrs import frozen

from concordant.pitfalls.messaging.fifo_ordering.ordering import HandsUpAtOnce, to_b
from concordant.refimpl.machine import Over, Pitfall, Reason, Step, Unmodelled, over
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.fifo_ordering import (
    system,
)
from concordant.spec.messaging import fifo_ordering as spec
from concordant.spec.messaging import guaranteed_delivery as link
from concordant.spec.vocabulary import Address, Announce, Below, Deliver, Layers


@frozen
class AcknowledgesWhatIsWanted(Over):
    """Lets the link acknowledge a message only where the layer above takes it; a copy it does not want is refused, without a word."""

    def receive(self, state: Layers, source: Address, message: object) -> Step[Layers] | None:
        taken = Over.receive(self, state, source, message)
        if taken is None or taken.state.above != state.above:
            return taken
        refused = any(
            isinstance(effect, Announce) and isinstance(effect.event, Below) and _is_delivery(effect.event) for effect in taken.effects
        )
        return None if refused else taken


def _is_delivery(below: Below) -> bool:
    return isinstance(below.what, Deliver)


BENIGN_COPIES = Unmodelled("FIF-10", Reason.SAME, "what it does alone is right, a copy is dropped; over a link it is this", same="X-1")
NEVER_CALLED = Pitfall(
    "GDL-4",
    "The ordering manager is constructed and never called: what is sent again comes after what was sent later.",
    breaks=spec.nothing_is_skipped,
    subject=over(system(to_b("a", "b"), ordering=HandsUpAtOnce), delivery.layer(), network=delivery.LOSSY),
    length=3,
)
# Three moves to where nothing helps any more, and two that are repeated for ever: the message is sent again, and refused. The catalogue
# counts the first time that it is sent again among those that lead to the cycle.
NO_ACKNOWLEDGEMENT_OF_WHAT_IS_UNWANTED = Pitfall(
    "X-1",
    "An acknowledgement is lost, the message is sent again, and as it was handed up before it is refused, not acknowledged: the sender goes on for ever.",
    breaks=link.every_sender_is_told,
    subject=over(
        system(to_b("a")),
        delivery.layer(delivery.AtLeastOnce, delivery.ONCE_OR_MORE),
        network=delivery.LOSSY,
        combine=AcknowledgesWhatIsWanted,
    ),
    length=5,
)
