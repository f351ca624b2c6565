"""Traces of stacks are read layer by layer, go to JSON and back, and say what no layer ever heard."""

from __future__ import annotations

import re

import pytest
from attrs import evolve, frozen

from concordant.checks.codec.codec import codec_of
from concordant.checks.exploration.explore import alphabet, explore
from concordant.checks.exploration.scope import Scope
from concordant.checks.exploration.tampering import unbound
from concordant.checks.registry import Protocol
from concordant.checks.reports.counterexamples import pictured
from concordant.checks.semantics.canonical import changes, text
from concordant.checks.semantics.rows import BrokenSystem
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.machine import OverQueue, over
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Address, Below, DeadlineBelow, Deliver, Layers, Seen, Transmit
from tests.layers import toys
from tests.layers.toys import (
    COUNTING,
    LOSSY,
    STUBBORN,
    A,
    Ack,
    Counted,
    Data,
    Ear,
    Outbox,
    Repeat,
    Said,
    Say,
    Stubborn,
    link,
    something_is_delivered,
    something_is_heard,
    talk,
    whole,
)

HEARD = """\
       user0  node0  node1
   1     ├──────▶      │     Say(1)
   2     │      ├──────▶     Data(0, Counted(0, Said(1)))
      in flight at the end:
        node1 → node0  Ack(0)  from 2
      from 2: sent in move 2
      fields: Say(number), Said(number), Counted(number, message), Data(id, message), Ack(id), Heard(number)

   1  user0 asks node0: Say(1)
       below: is asked to carry Said(1) to node1
       further below: is asked to carry Counted(0, Said(1)) to node1
       sends Data(0, Counted(0, Said(1))) to node1
       node0.below.above.sent: 0 → 1
       node0.below.below.sent: {} → {0: Send(node1, Data(0, Counted(0, Said(1))))}
   2  node1 receives Data(0, Counted(0, Said(1))) from node0
       sends Ack(0) to node0
       further below: delivers Counted(0, Said(1)) from node0
       below: delivers Said(1) from node0
       announces Heard(1)
       node1.above.heard: () → (1,)
       node1.below.below.received: {} → {(node0, 0)}

toys.something_is_heard: Something is heard."""


def test_a_trace_of_a_stack_shows_what_is_on_the_network_and_what_goes_from_layer_to_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    report = explore(whole((1,), COUNTING, STUBBORN))

    assert "\n".join(pictured(report.verdict(something_is_heard))) == HEARD


def test_a_link_on_its_own_delivers_to_the_outside() -> None:
    report = explore(link())

    assert [line.strip() for line in pictured(report.verdict(something_is_delivered))][-5:-2] == [
        "sends Ack(0) to node0",
        "delivers Said(1) from node0",
        "node1.received: {} → {(node0, 0)}",
    ]


def test_what_happens_below_is_said_to_be_below() -> None:
    assert text(Below(Below(Deliver(A, Said(1))))) == "below: below: Deliver(node0, Said(1))"
    assert text(DeadlineBelow(Repeat(0))) == "below: Repeat(0)"


def test_what_waits_between_two_layers_is_a_change_of_its_own() -> None:
    waiting = (Deliver(A, Said(1)),)

    assert changes(Layers(Ear(), 1), Layers(Ear((1,)), 2, waiting=waiting)) == (
        ("above.heard", (), (1,)),
        ("below", 1, 2),
        ("waiting", (), waiting),
    )


# ---- JSON


def test_whatever_is_in_a_stack_goes_to_json_and_back() -> None:
    codec = codec_of(Protocol.of_modules("toys", toys))
    for combine, layers in ((OverQueue, (STUBBORN,)), (OverQueue, (COUNTING, STUBBORN))):
        semantics = Semantics(over(talk(), *layers, network=LOSSY, combine=combine))
        Search(semantics).run()
        parts = semantics.parts
        values = [
            *(local.state for table in parts.steps.locals for local in table.values),
            *parts.observations.histories.values,
            *(message for _, message in parts.environment.flight.messages.values),
            *(happening.what for happenings in parts.steps.happened.values for happening in happenings),
            *(move for _, move in parts.steps.taken()),
        ]
        assert len(values) > 20
        assert [codec.decode(codec.encode(value)) for value in values] == values


# ---- what never came about


def test_the_alphabet_of_a_stack_is_that_of_its_layers() -> None:
    process = whole((1,), COUNTING, STUBBORN).processes[A]

    assert alphabet(process) == {"receives": (Said, Counted, Data, Ack), "is asked": (Say, Transmit), "fires": (Repeat,)}


@frozen
class Swallows(Stubborn):
    """Hands nothing up."""

    def receive(self, state: Outbox, source: Address, message: Data | Ack) -> None: ...


def test_what_no_layer_ever_heard_is_reported() -> None:
    report = explore(whole((), STUBBORN))
    swallowed = explore(whole((1,), evolve(STUBBORN, make=lambda _: Swallows())))

    assert report.never == (
        *(
            ("node", what)
            for what in ("receives Said", "receives Data", "receives Ack", "is asked Say", "is asked Transmit", "fires Repeat")
        ),
    )
    assert swallowed.never == (*(("node", what) for what in ("receives Said", "receives Data", "receives Ack")),)


# ---- tampering, bounds


def test_a_delivery_that_is_tampered_with_is_noticed_by_who_promises_what_is_delivered() -> None:
    assert "delivery Said: left out" in unbound([Scope("x", "?", evolve(link(), promises=()))])


def test_a_bound_of_a_layer_that_fails_is_named() -> None:
    def hopeless(seen: Seen[object]) -> bool:
        raise KeyError(seen)

    with pytest.raises(BrokenSystem, match=re.escape("the bound hopeless of the system raised KeyError")):
        explore(over(evolve(talk(), within=(hopeless,)), STUBBORN, network=LOSSY))
