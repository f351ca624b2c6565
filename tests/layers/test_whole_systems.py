"""Whole systems over links: what holds alone holds of the whole, and what a link makes good is judged, not believed."""

from __future__ import annotations

import re

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.refimpl.machine import (
    AnySystem,
    Byzantine,
    Layer,
    OverQueue,
    Process,
    Specification,
    Step,
    System,
    no_deadline,
    over,
    step,
)
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Deliver,
    Fault,
    Faults,
    Need,
    Seen,
    Send,
    always,
    case,
)
from tests.layers.toys import (
    COUNTING,
    LOSSY,
    STUBBORN,
    A,
    Ack,
    B,
    Data,
    Delivered,
    Ear,
    Open,
    Outbox,
    Said,
    Stubborn,
    Talk,
    Talker,
    all_is_heard,
    heard_once,
    link,
    talk,
    whole,
)


def found(report: Report) -> dict[str, Status]:
    return {verdict.clause.name: verdict.status for verdict in report.verdicts}


def counts(system: AnySystem) -> tuple[int, int, int]:
    report = explore(system, ())
    return report.states, report.transitions, report.depth


# ---- systems


def test_a_system_over_a_link_promises_what_both_do_and_all_of_it_holds() -> None:
    report = explore(whole((1, 2)))

    assert found(report) == dict.fromkeys(
        [
            *("heard_was_said", "heard_once", "nothing_is_unheard", "said_before_heard", "all_is_heard", "something_is_heard"),
            *("whoever_waits_carries", "acknowledged_is_delivered", "something_is_delivered"),
        ],
        Status.HOLDS,
    )
    assert report.never == ()


def test_a_layer_without_choices_of_its_own_adds_only_what_it_remembers() -> None:
    assert counts(whole((1,), COUNTING, STUBBORN)) == counts(whole()) == counts(link()) == (10, 21, 6)
    assert counts(link((1, 2))) == (91, 390, 11)
    assert counts(whole((1, 2))) == (140, 614, 11), "who hears remembers the order"


def test_a_queue_between_the_layers_adds_the_states_in_which_something_waits() -> None:
    queued = over(talk(), STUBBORN, network=LOSSY, combine=OverQueue)

    assert counts(queued) == (3 + 2 * 7, 44, 7), "in 7 of the 10 states the message has come, and then waits or not"
    assert found(explore(queued))["all_is_heard"] is Status.HOLDS


def test_without_the_link_the_lossy_network_breaks_what_the_link_makes_good() -> None:
    naked = evolve(talk(), network=LOSSY)

    assert found(explore(naked))["all_is_heard"] is Status.NOT_PROMISED
    claims_too_much = evolve(all_is_heard, under=Fault.LOSS)
    assert found(explore(naked, (claims_too_much,))) == {"all_is_heard": Status.VIOLATED}


def test_clauses_above_are_judged_under_what_the_link_makes_good() -> None:
    verdict = explore(whole()).verdict(heard_once)

    assert (verdict.clause.under, verdict.judged_under) == (Fault.LOSS, Fault.LOSS)


@frozen
class Idle(Stubborn):
    """Repeats nothing."""

    def armed(self, state: Outbox) -> tuple[()]:  # noqa: ARG002
        return ()


@frozen
class Twice(Stubborn):
    """Hands up whatever comes."""

    def receive(self, state: Outbox, source: Address, message: Data | Ack) -> Step[Outbox] | None:
        match message:
            case Data(id, payload):
                return step(state, Send(source, Ack(id)), Deliver(source, payload))
            case Ack():
                return Stubborn.receive(self, state, source, message)


def test_what_a_link_claims_to_make_good_and_does_not_is_found() -> None:
    assert found(explore(whole((1,), evolve(STUBBORN, make=lambda _: Idle()))))["all_is_heard"] is Status.VIOLATED
    assert found(explore(whole((1,), evolve(STUBBORN, make=lambda _: Twice()))))["heard_once"] is Status.VIOLATED


def test_a_need_that_the_link_gives_is_met_and_judged() -> None:
    @always(needs=Need.FIFO)
    def in_order(seen: Seen[Talk]) -> Cases:
        """What is heard is heard in order."""
        for ear in seen.views(Ear).values():
            yield case(ear.heard == tuple(sorted(ear.heard)), heard=ear.heard)

    ordered = evolve(talk((1, 2)), promises=(in_order,))

    assert explore(over(ordered, STUBBORN, network=LOSSY)).verdict(in_order).status is Status.NOT_PROMISED
    assert explore(over(ordered, evolve(STUBBORN, gives=Need.FIFO), network=LOSSY)).verdict(in_order).status is Status.VIOLATED


@pytest.mark.parametrize(
    ("system", "layers", "said"),
    [
        (talk(), (), "over(system, …) without a layer: name at least one link"),
        (evolve(talk(), assume=(no_deadline,)), (STUBBORN,), "assume=… is about the system on a network of its own"),
        (
            evolve(talk(), byzantine=(Byzantine(Address("liar"), lambda _: ()),)),
            (STUBBORN,),
            "byzantine=… is about the system on a network of its own",
        ),
        (
            evolve(talk(), refines=Specification(talk(), lambda at, by, what: what)),  # noqa: ARG005  # the signature
            (STUBBORN,),
            "refines=… is about the system on a network of its own",
        ),
        (talk(), (COUNTING, COUNTING), "clause toys.delivered_was_carried is promised twice"),
    ],
)
def test_what_cannot_be_lifted_is_refused(system: System[Talk], layers: tuple[Layer, ...], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}"):
        over(system, *layers, network=LOSSY)


@frozen
class Forgetful(Stubborn):
    """Defines no recovery."""

    recover = Process.recover


def test_every_layer_of_a_process_that_recovers_says_how() -> None:
    faults = Faults(crashes=1, recoveries=1, who=(A,))

    with pytest.raises(ValueError, match=r"^node0 may recover but Forgetful defines no recover\(state\)"):
        over(talk(), evolve(STUBBORN, make=lambda _: Forgetful()), network=LOSSY, faults=faults)


def test_bounds_of_a_system_are_bounds_of_the_whole() -> None:
    def little_said(seen: Seen[Talk]) -> bool:
        return len(seen.history.said) < 2

    report = explore(over(evolve(talk((1, 2)), within=(little_said,)), STUBBORN, network=LOSSY))

    assert (report.states, report.beyond) == (10 + 9, 9), "the 10 states of one number, and from 9 of them the second is said"
    assert report.verdict(all_is_heard).status is Status.INCONCLUSIVE


def test_a_layer_that_breaks_a_rule_is_named_with_input_and_state() -> None:
    @frozen
    class Broken(Stubborn):
        def fire(self, state: Outbox, trigger: object) -> Step[Outbox]:  # noqa: ARG002
            raise KeyError(trigger)

    with pytest.raises(
        BrokenProcess,
        match=r"^node0: the layer below, Broken, raised KeyError: Repeat\(id=0\)\n  input: Fire\(node0, below: Repeat\(0\)\)\n  state: Layers\(",
    ):
        explore(whole((1,), evolve(STUBBORN, make=lambda _: Broken())))


def test_a_message_to_nobody_and_from_nobody_is_named_before_the_link_hides_it() -> None:
    @frozen
    class Astray(Stubborn):
        def receive(self, state: Outbox, source: Address, message: Data | Ack) -> Step[Outbox] | None:  # noqa: ARG002
            return step(state, Deliver(Address("nobody"), Said(1)))

    with pytest.raises(BrokenProcess, match=r"delivers Said\(1\) from nobody0, who is no process"):
        explore(link_of(Astray()))
    astray = over(evolve(talk(), processes={A: Talker(Address("nobody")), B: Talker(A)}), STUBBORN, network=LOSSY)
    with pytest.raises(BrokenProcess, match=r"asks the layer below to carry Said\(1\) to nobody0, who is no process"):
        explore(astray)


def link_of(process: Stubborn) -> System[Delivered]:
    return evolve(link(), processes={A: process, B: process})


def test_what_a_layer_shows_is_of_the_class_that_it_declares() -> None:
    @frozen
    class Masked(Stubborn):
        def view(self, state: Outbox) -> Open:
            return state  # type: ignore[return-value]  # the mistake

    with pytest.raises(BrokenProcess, match=r"view\(state\) of the layer Masked returned Outbox\(.*, but is annotated to return Open"):
        explore(whole((1,), evolve(STUBBORN, make=lambda _: Masked())))


def test_what_a_layer_below_announces_is_declared_in_its_spec() -> None:
    @frozen
    class Foreign(Stubborn):
        def request(self, state: Outbox, client: Address, request: object) -> Step[Outbox]:  # noqa: ARG002
            return step(state, Announce(Foreigner()))

    with pytest.raises(BrokenProcess, match=r"Foreigner\(\) is of class somewhere\.else\.entirely\.Foreigner; declare"):
        explore(whole((1,), evolve(STUBBORN, make=lambda _: Foreign())))


@frozen
class Foreigner:
    pass


Foreigner.__module__ = "somewhere.else.entirely"
