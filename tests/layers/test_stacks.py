"""A stack of two layers is one process: every input goes through both, and what happens below is marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from concordant.refimpl.machine import BrokenLayer, Layer, Over, OverQueue, Step, has_clock, layers_of, over, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Below,
    Clocks,
    Completion,
    CompletionBelow,
    DeadlineBelow,
    Deliver,
    HandUp,
    Internal,
    InternalBelow,
    Layers,
    Map,
    Network,
    NoHistory,
    Reply,
    Send,
    Ticked,
    Transmit,
    Trusted,
    heard,
    lowered,
)
from tests.layers.toys import (
    ANN,
    A,
    Ack,
    Acknowledged,
    B,
    Count,
    Counted,
    Counting,
    Data,
    Ear,
    Heard,
    Open,
    Outbox,
    Repeat,
    Said,
    Say,
    Stubborn,
    Talker,
    talk,
)

STACK = Over(A, Talker(B), Stubborn())
FRESH = Layers(Ear(), Outbox())
SENT = Send(B, Data(0, Said(1)))
OPEN = Layers(Ear(), Outbox(Map.of({0: SENT})))


# ---- inputs


def test_both_layers_begin_and_each_shows_its_view() -> None:
    assert STACK.start() == step(FRESH)
    assert STACK.view(FRESH) == Layers(Ear(), Open(0))
    assert layers_of(STACK) == (Talker(B), Stubborn())


def test_what_the_upper_layer_sends_the_lower_one_is_asked_to_carry() -> None:
    assert STACK.request(FRESH, ANN, Say(1)) == step(OPEN, Announce(Below(Transmit(B, Said(1)))), SENT)


def test_what_the_lower_layer_delivers_the_upper_one_receives_in_the_same_step() -> None:
    heard = Layers(Ear((1,)), Outbox(received=frozenset({(B, 0)})))

    assert STACK.receive(FRESH, B, Data(0, Said(1))) == step(
        heard, Send(B, Ack(0)), Announce(Below(Deliver(B, Said(1)))), Announce(Heard(1))
    )
    assert STACK.receive(heard, B, Data(0, Said(1))) == step(heard, Send(B, Ack(0))), "the link knows it"


def test_what_the_upper_layer_takes_no_notice_of_is_delivered_all_the_same() -> None:
    deaf = Layers(Ear((1, 1)), Outbox())

    assert STACK.receive(deaf, B, Data(0, Said(1))) == step(
        Layers(Ear((1, 1)), Outbox(received=frozenset({(B, 0)}))), Send(B, Ack(0)), Announce(Below(Deliver(B, Said(1))))
    )


def test_what_the_lower_layer_takes_no_notice_of_changes_nothing() -> None:
    done = Layers(Ear(), Outbox(Map.of({0: SENT}), frozenset({0})))

    assert STACK.receive(OPEN, B, Ack(0)) == step(done, Announce(Below(Acknowledged(0))))
    assert STACK.receive(done, B, Ack(0)) is None


def test_triggers_of_the_lower_layer_are_marked_and_fire_below() -> None:
    assert STACK.armed(OPEN) == (DeadlineBelow(Repeat(0)),)
    assert STACK.fire(OPEN, DeadlineBelow(Repeat(0))) == step(OPEN, SENT)


def test_a_trigger_below_is_of_the_kind_that_it_is_below() -> None:
    assert [lowered(trigger) for trigger in (Repeat(1), Completion(), Internal())] == [
        DeadlineBelow(Repeat(1)),
        CompletionBelow(Completion()),
        InternalBelow(Internal()),
    ]


@frozen
class Restless(Talker):
    """Says 7 when it wakes, begins, recovers, hears that its peer is down, or that its call is cancelled."""

    def start(self) -> Step[Ear]:
        return step(Ear(), Send(self.peer, Said(7)))

    def cancel(self, state: Ear, client: Address) -> Step[Ear] | None:  # noqa: ARG002
        return step(state, Send(self.peer, Said(7)))

    def armed(self, state: Ear) -> tuple[Any, ...]:  # noqa: ARG002
        return (Internal(),)

    def fire(self, state: Ear, trigger: Any) -> Step[Ear]:  # noqa: ARG002
        return step(state, Send(self.peer, Said(7)))

    def suspect(self, state: Ear, peer: Address) -> Step[Ear] | None:  # noqa: ARG002
        return step(state, Send(self.peer, Said(7)))

    def recover(self, state: Ear) -> Step[Ear]:
        return step(state, Send(self.peer, Said(7)))

    def survives(self, state: Ear) -> tuple[Ear, ...]:
        return Ear(), state


SAYS_7 = step(
    Layers(Ear(), Outbox(Map.of({0: Send(B, Data(0, Said(7)))}))), Announce(Below(Transmit(B, Said(7)))), Send(B, Data(0, Said(7)))
)


@pytest.mark.parametrize(
    "act",
    [
        lambda stack: stack.start(),
        lambda stack: stack.cancel(FRESH, ANN),
        lambda stack: stack.fire(FRESH, Internal()),
        lambda stack: stack.suspect(FRESH, B),
        lambda stack: stack.recover(FRESH),
    ],
)
def test_whatever_makes_the_upper_layer_send_asks_the_lower_one_to_carry(act: Callable[[Over], object]) -> None:
    assert act(Over(A, Restless(B), Stubborn())) == SAYS_7


def test_the_triggers_of_both_layers_are_armed_those_above_first() -> None:
    assert Over(A, Restless(B), Stubborn()).armed(OPEN) == (Internal(), DeadlineBelow(Repeat(0)))


def test_a_suspicion_that_neither_layer_notices_changes_nothing() -> None:
    assert STACK.suspect(FRESH, B) is None
    assert STACK.cancel(FRESH, ANN) is None


@frozen
class Watchful(Stubborn):
    """Announces whom it suspects."""

    def suspect(self, state: Outbox, peer: Address) -> Step[Outbox] | None:  # noqa: ARG002
        return step(state, Announce(Acknowledged(9)))


def test_a_suspicion_is_heard_by_both_layers_the_lower_one_first() -> None:
    assert Over(A, Talker(B), Watchful()).suspect(FRESH, B) == step(FRESH, Announce(Below(Acknowledged(9))))
    assert Over(A, Restless(B), Watchful()).suspect(FRESH, B) == step(SAYS_7.state, Announce(Below(Acknowledged(9))), *SAYS_7.effects)


def test_a_crash_leaves_each_layer_what_it_keeps_whatever_the_other_lost() -> None:
    hearing = Layers(Ear((1,)), OPEN.below)

    assert STACK.survives(hearing) == (FRESH,)
    assert Over(A, Restless(B), Stubborn()).survives(hearing) == (FRESH, Layers(Ear((1,)), Outbox()))


def test_three_layers_are_stacked_from_the_bottom() -> None:
    stack = Over(A, Talker(B), Over(A, Counting(), Stubborn()))
    carried = Counted(0, Said(1))
    state = Layers(Ear(), Layers(Count(1), Outbox(Map.of({0: Send(B, Data(0, carried))}))))

    assert stack.request(stack.start().state, ANN, Say(1)) == step(
        state, Announce(Below(Transmit(B, Said(1)))), Announce(Below(Below(Transmit(B, carried)))), Send(B, Data(0, carried))
    )
    assert stack.armed(state) == (DeadlineBelow(DeadlineBelow(Repeat(0))),)
    assert layers_of(stack) == (Talker(B), Counting(), Stubborn())
    with pytest.raises(TypeError, match=re.escape("node0: a stack stands above another layer; stack from the bottom")):
        Over(A, Over(A, Talker(B), Counting()), Stubborn())


# ---- handing up as a step of its own


def test_in_a_queue_what_is_delivered_waits_until_the_upper_layer_turns_to_it() -> None:
    stack = OverQueue(A, Talker(B), Stubborn())
    link = Outbox(received=frozenset({(B, 0)}))
    waiting = Layers(Ear(), link, waiting=(Deliver(B, Said(1)),))

    assert stack.receive(FRESH, B, Data(0, Said(1))) == step(waiting, Send(B, Ack(0)), Announce(Below(Deliver(B, Said(1)))))
    assert stack.armed(FRESH) == ()
    assert stack.armed(waiting) == (HandUp(),)
    assert stack.fire(waiting, HandUp()) == step(Layers(Ear((1,)), link), Announce(Heard(1)))
    assert stack.fire(OPEN, DeadlineBelow(Repeat(0))) == step(OPEN, SENT)
    assert stack.survives(waiting) == (FRESH,)


# ---- what a layer must not do: the text names the layer


@frozen
class Wrong(Stubborn):
    """Does what it is told to, whatever it is asked."""

    answer: object

    def request(self, state: Outbox, client: Address, request: Transmit) -> Any:  # noqa: ARG002
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def start(self) -> Any:
        return step(Outbox()) if not isinstance(self.answer, tuple) else self.answer[0]

    def armed(self, state: Outbox) -> Any:  # noqa: ARG002
        return self.answer

    def fire(self, state: Outbox, trigger: Repeat) -> Any:  # noqa: ARG002
        return self.answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (KeyError("x"), "the layer below, Wrong, raised KeyError: 'x'"),
        (None, "the layer below, Wrong, does not take Transmit(to=node1, message=Said(number=1)); a link takes every message"),
        (7, "the layer below, Wrong, returned 7 of request; return step(state, *effects), or None for no effect"),
        (Step(Outbox(), [SENT]), "the layer below, Wrong, returned the effects [Send"),  # type: ignore[arg-type]  # the mistake
        (
            step(Outbox(), Announce(Send(B, 1))),
            "the layer below, Wrong, announces Send(to=node1, message=1); an event is a class of the spec",
        ),
        (step(Outbox(), Reply(ANN, 1)), "the layer below, Wrong, answers user0; nobody waits for a link: announce it"),
    ],
)
def test_what_the_lower_layer_does_wrong_has_its_name(answer: object, said: str) -> None:
    with pytest.raises(BrokenLayer, match=f"^{re.escape(said)}"):
        Over(A, Talker(B), Wrong(answer)).request(FRESH, ANN, Say(1))


def test_a_layer_of_a_stack_below_is_named_by_its_place() -> None:
    with pytest.raises(BrokenLayer, match=r"^the layer below\.below, Wrong, raised KeyError: 'x'$"):
        Over(A, Talker(B), Over(A, Counting(), Wrong(KeyError("x")))).request(Layers(Ear(), Layers(Count(), Outbox())), ANN, Say(1))


def test_what_is_armed_and_shown_are_tuples_of_triggers() -> None:
    with pytest.raises(BrokenLayer, match=re.escape("the layer below, Wrong, returned 7 of armed(state); return a tuple")):
        Over(A, Talker(B), Wrong(7)).armed(FRESH)
    with pytest.raises(BrokenLayer, match=re.escape("the layer below, Wrong, raised TypeError: trigger 7 must derive from Deadline")):
        Over(A, Talker(B), Wrong((7,))).armed(FRESH)


def test_what_is_armed_can_happen_in_either_layer() -> None:
    with pytest.raises(BrokenLayer, match=re.escape("the layer below, Wrong, returned None of fire(state, Repeat(id=0))")):
        Over(A, Talker(B), Wrong(None)).fire(FRESH, DeadlineBelow(Repeat(0)))
    with pytest.raises(BrokenLayer, match="the layer above, Talker, raised NotImplementedError: Talker arms"):
        STACK.fire(FRESH, Repeat(0))


@frozen
class Vague(Talker):
    """Fires to nothing."""

    def fire(self, state: Ear, trigger: Any) -> Any: ...


def test_a_trigger_above_that_comes_to_nothing_is_named_too() -> None:
    with pytest.raises(BrokenLayer, match=re.escape("the layer above, Vague, returned None of fire(state, Repeat(id=0))")):
        Over(A, Vague(B), Stubborn()).fire(FRESH, Repeat(0))


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (None, "the layer below, Wrong, returned None; return step(state, *effects)"),
        (
            step(Outbox(), Deliver(B, Said(1))),
            "the layer below, Wrong, delivers before the layer above has begun; arm an Internal that delivers",
        ),
    ],
)
def test_a_lower_layer_begins_and_delivers_nothing_yet(first: object, said: str) -> None:
    with pytest.raises(BrokenLayer, match=f"^{re.escape(said)}$"):
        Over(A, Talker(B), Wrong((first,))).start()


@frozen
class Absent(Talker):
    """Does not recover to anything."""

    def recover(self, state: Ear) -> Any: ...


def test_an_upper_layer_recovers_to_something() -> None:
    with pytest.raises(BrokenLayer, match=re.escape("the layer above, Absent, returned None; return step(state, *effects)")):
        Over(A, Absent(B), Stubborn()).recover(FRESH)


@frozen
class Liar(Talker):
    """Says for the layer below what that has not done."""

    def request(self, state: Ear, client: Address, request: Say) -> Step[Ear] | None:  # noqa: ARG002
        return step(state, Announce(Below(Deliver(B, Said(1)))))

    def armed(self, state: Ear) -> Any:  # noqa: ARG002
        return (DeadlineBelow(Repeat(0)),)


def test_no_layer_and_no_user_says_what_happens_below() -> None:
    with pytest.raises(BrokenLayer, match=r"the layer above, Liar, announces Below\(.*; what happens below, the stack alone says"):
        Over(A, Liar(B), Stubborn()).request(FRESH, ANN, Say(1))
    with pytest.raises(BrokenLayer, match="the layer above, Liar, arms a trigger of the layer below; only a stack does"):
        Over(A, Liar(B), Stubborn()).armed(FRESH)
    with pytest.raises(BrokenLayer, match=r"the layer below, Stubborn, is asked Below\(.* by user0; what happens below"):
        STACK.request(FRESH, ANN, Below(Transmit(B, Said(1))))


# ---- clocks and trust


@frozen
class Counts(Stubborn):
    """Announces what its clock shows, and whom it trusts again."""

    def tick(self, state: Outbox, now: int) -> Step[Outbox]:
        return step(state, Announce(Acknowledged(now)))

    def trust(self, state: Outbox, peer: Address) -> Step[Outbox]:  # noqa: ARG002
        return step(state, Announce(Acknowledged(8)))


@frozen
class Wakes(Talker):
    """Says the hour."""

    def tick(self, state: Ear, now: int) -> Step[Ear]:
        return step(state, Send(self.peer, Said(now)))


def test_both_layers_read_the_clock_the_lower_one_first() -> None:
    asked = Over(A, Wakes(B), Stubborn()).tick(FRESH, 1)

    assert asked == step(OPEN, Announce(Below(Transmit(B, Said(1)))), SENT)
    assert Over(A, Wakes(B), Counts()).tick(FRESH, 1) == step(OPEN, Announce(Below(Acknowledged(1))), *asked.effects)
    assert STACK.tick(FRESH, 1) is None


def test_both_layers_hear_whom_to_trust() -> None:
    assert Over(A, Talker(B), Counts()).trust(FRESH, B) == step(FRESH, Announce(Below(Acknowledged(8))))
    assert STACK.trust(FRESH, B) is None


def test_a_stack_has_a_clock_if_one_of_its_layers_has() -> None:
    assert [has_clock(Over(A, above, below)) for above in (Talker(B), Wakes(B)) for below in (Stubborn(), Counts())] == [
        False,
        True,
        True,
        True,
    ]


def test_what_a_clock_shows_and_whom_to_trust_is_heard_in_both_histories() -> None:
    for happening in (Ticked(1), Trusted(B)):
        assert heard("above", happening) == heard("below", happening) == (happening,)


def test_a_link_with_a_clock_brings_clocks_into_the_system_that_it_carries() -> None:
    counting = Layer(lambda me: Counts(), NoHistory())  # noqa: ARG005

    with pytest.raises(ValueError, match=r"^node0 defines tick\(state, now\) in a system without clocks"):
        over(talk(), counting, network=Network())
    assert over(talk(), counting, network=Network(), clocks=Clocks(2)).clocks == Clocks(2)
