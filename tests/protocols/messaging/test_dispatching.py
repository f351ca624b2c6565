"""A dispatcher: what arrives waits for the handler, and what a handler that awaits a response does to it."""

from __future__ import annotations

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.messaging.request_response.compositions import AWAITS_IN_THE_HANDLER, AwaitsInTheHandler
from concordant.refimpl.machine import over, step
from concordant.refimpl.messaging.request_response import Caller, system
from concordant.refimpl.messaging.shared import dispatching
from concordant.refimpl.messaging.shared.dispatching import Dispatching, Plain, Wire
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import Address, Deliver, Layers, Map, Send, Transmit

A, B = Address("a"), Address("b")


def test_a_wire_adds_nothing() -> None:
    wire = Wire()

    assert wire.start() == wire.recover(Plain()) == step(Plain())
    assert wire.request(Plain(), A, Transmit(B, "x")) == step(Plain(), Send(B, "x"))
    assert wire.receive(Plain(), A, "x") == step(Plain(), Deliver(A, "x"))
    assert wire.view(Plain()) == Plain()


def test_what_waits_in_the_queue_is_not_queued_again() -> None:
    queue = Dispatching(B, Caller(None), Wire())
    once = Layers(Map(), Plain(), waiting=(Deliver(A, "x"),))

    assert queue.hand_up(Layers(Map(), Plain()), Deliver(A, "x")) == step(once)
    assert queue.hand_up(once, Deliver(A, "x")) == step(once)
    assert queue.hand_up(once, Deliver(A, "y")) == step(Layers(Map(), Plain(), waiting=(Deliver(A, "x"), Deliver(A, "y"))))


def test_a_dispatcher_that_goes_on_while_a_handler_awaits_a_response_is_never_stuck() -> None:
    def judged(combine: type[Dispatching]) -> Status:
        network = AWAITS_IN_THE_HANDLER.system.network
        whole = over(system(attempts=None, promises=(spec.every_call_is_answered,)), dispatching.layer(), network=network, combine=combine)
        return explore(whole).verdicts[0].status

    assert judged(Dispatching) is Status.HOLDS
    assert judged(AwaitsInTheHandler) is Status.VIOLATED
