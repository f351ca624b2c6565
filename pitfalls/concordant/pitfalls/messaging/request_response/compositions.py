"""What goes wrong with requests over other parts: a handler that waits in the one task that could wake it."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from concordant.refimpl.machine import Pitfall, over
from concordant.refimpl.messaging.request_response import Caller, system
from concordant.refimpl.messaging.shared import dispatching
from concordant.refimpl.messaging.shared.dispatching import Dispatching
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import HandUp, Layers, Network


@frozen
class AwaitsInTheHandler(Dispatching):
    """Gives a caller no message while a call of it is open: its handler has not returned, as it awaits the response."""

    def armed(self, state: Layers) -> tuple[Any, ...]:
        ahead = Dispatching.armed(self, state)
        busy = isinstance(self.above, Caller) and len(state.above) > 0
        return tuple(each for each in ahead if not (busy and isinstance(each, HandUp)))


AWAITS_IN_THE_HANDLER = Pitfall(
    "X-2",
    "A handler awaits the response inside of the dispatcher, which has one task: the response waits in the queue behind it, however often it is sent.",
    breaks=spec.every_call_is_answered,
    subject=over(system(attempts=None), dispatching.layer(), network=Network(duplicating=True, losses=None), combine=AwaitsInTheHandler),
    length=10,
)
