"""What goes wrong with requests over other parts: a handler that waits in the one task that could wake it, a queue that ends nowhere."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, over, step
from concordant.refimpl.messaging.request_response import Caller, Server, Serving, system
from concordant.refimpl.messaging.shared import dispatching
from concordant.refimpl.messaging.shared.dispatching import Dispatching
from concordant.spec.messaging.request_response import Request
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import Address, HandUp, Layers, Network, Send


@frozen
class AwaitsInTheHandler(Dispatching):
    """Gives a caller no message while a call of it is open: its handler has not returned, as it awaits the response."""

    def armed(self, state: Layers) -> tuple[Any, ...]:
        ahead = Dispatching.armed(self, state)
        busy = isinstance(self.above, Caller) and len(state.above) > 0
        return tuple(each for each in ahead if not (busy and isinstance(each, HandUp)))


@frozen
class PutsItBack(Server):
    """Puts a request behind whatever else waits, to look at it later; and when that is, again."""

    def receive(self, state: Serving, source: Address, message: Request) -> Step[Serving] | None:  # noqa: ARG002
        return step(state, Send(self.me, message))


AWAITS_IN_THE_HANDLER = Pitfall(
    "X-2",
    "A handler awaits the response inside of the dispatcher, which has one task: the response waits in the queue behind it, however often it is sent.",
    breaks=spec.every_call_is_answered,
    subject=over(system(attempts=None), dispatching.layer(), network=Network(duplicating=True, losses=None), combine=AwaitsInTheHandler),
    length=10,
)
PUTS_IT_BACK = Pitfall(
    "request_response.PutsItBack",
    "A server that is busy puts a request back into the queue from which it was given it, for ever.",
    breaks=spec.what_is_sent_ends,
    subject=system(server=PutsItBack, network=Network()),
    length=6,
)
OTHER_UNITS = Unmodelled(
    "X-10",
    Reason.IMPOSSIBLE,
    "No request says how long, in any unit: a timeout may fire at any moment. Waits that are numbers count ticks of one clock, whole ones.",
)
