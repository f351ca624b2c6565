"""A dispatcher: what arrives at a process waits in a queue, from which its handler is given one message after the other."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Layer, OverQueue, Process, Step, step
from concordant.spec.vocabulary import Address, Deliver, Layers, NoHistory, Send, Transmit


@frozen
class Plain:
    """The state of a link that remembers nothing, and what is seen of it."""


@frozen
class Wire(Process[Plain, object, Transmit]):
    """A link that adds nothing to the network."""

    def start(self) -> Step[Plain]:
        return step(Plain())

    def request(self, state: Plain, client: Address, request: Transmit) -> Step[Plain]:  # noqa: ARG002  # whoever asks
        return step(state, Send(request.to, request.message))

    def receive(self, state: Plain, source: Address, message: object) -> Step[Plain]:
        return step(state, Deliver(source, message))

    def recover(self, state: Plain) -> Step[Plain]:
        return step(state)

    def view(self, state: Plain) -> Plain:
        return state


@frozen
class Dispatching(OverQueue):
    """A queue of what was delivered, and not yet given to the layer above. A copy of what waits in it is dropped."""

    def hand_up(self, state: Layers, delivered: Deliver) -> Step[Layers]:
        """Let it wait, once."""
        return step(state) if delivered in state.waiting else OverQueue.hand_up(self, state, delivered)


def layer() -> Layer:
    """Return the wire as a layer, which makes nothing good and promises nothing; for `over(…, combine=Dispatching)`."""
    return Layer(lambda _: Wire(), NoHistory())
