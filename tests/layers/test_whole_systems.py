"""Whole systems over links: what holds alone holds of the whole, and what a link makes good is judged, not believed."""

from __future__ import annotations

import pickle
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
    Pitfall,
    Process,
    Step,
    System,
    above,
    below,
    no_deadline,
    over,
    plain,
    step,
)
from concordant.refimpl.machine.layers import is_of_link
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Below,
    Cases,
    Clause,
    Completion,
    CompletionBelow,
    Crashed,
    Deliver,
    Fair,
    Fault,
    Faults,
    HandUp,
    Histories,
    Layers,
    Need,
    Seen,
    Send,
    Transmit,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    for_all,
    heard,
    infinitely_often,
    on_event,
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
    delivered_was_carried,
    heard_once,
    link,
    nothing_is_unheard,
    said_before_heard,
    talk,
    whoever_waits_carries,
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
        (evolve(talk(), assume=(no_deadline,)), (STUBBORN,), "assume=… speaks of messages that no longer are on the network"),
        (
            evolve(talk(), byzantine=(Byzantine(Address("liar"), lambda _: ()),)),
            (STUBBORN,),
            "byzantine=… speaks of messages that no longer are on the network",
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


# ---- clauses


def test_clauses_keep_their_ids_and_survive_what_the_link_makes_good() -> None:
    lifted = above(heard_once, makes_good=Fault.LOSS, gives=Need.FIFO)

    assert (lifted.id, lifted.sentence, lifted.under, lifted.needs) == (heard_once.id, heard_once.sentence, Fault.LOSS, Need.NONE)
    assert below(whoever_waits_carries).under == whoever_waits_carries.under
    assert above(evolve(heard_once, needs=Need.FIFO | Need.TIMELY), gives=Need.FIFO).needs is Need.TIMELY
    assert plain(above(below(heard_once))) is heard_once
    assert plain(heard_once) is heard_once
    assert [is_of_link(each) for each in (heard_once, above(heard_once), below(heard_once), below(above(heard_once)))] == [
        False,
        False,
        True,
        True,
    ]


def test_a_clause_about_a_rule_has_no_layers() -> None:
    @for_all
    def fair(profile: object, outcome: object) -> Cases:  # noqa: ARG001
        """All is fair."""
        yield case(True)

    with pytest.raises(TypeError, match=r"^clause test_whole_systems\.fair is about a rule, which has no layers$"):
        above(fair)


def test_lifted_clauses_of_one_id_travel_to_other_processes_each_as_itself() -> None:
    clauses: list[Clause] = [
        heard_once,
        above(heard_once),
        above(heard_once, makes_good=Fault.LOSS),
        below(heard_once),
        below(above(heard_once)),
        below(below(heard_once)),
    ]

    assert [pickle.loads(pickle.dumps(each)) for each in clauses] == clauses  # noqa: S301  # our own
    assert len(set(map(repr, clauses))) == len(clauses)


SEEN_BELOW = Histories(Talk(), Delivered(1, frozenset({A})))


def cases(clause: object, *given: object) -> list[bool]:
    return [each.holds for each in clause.cases(*given)]  # type: ignore[attr-defined]  # whichever kind


def test_a_clause_about_each_view_is_asked_of_its_own_layer_only() -> None:
    both = Layers(Ear(), Open(1))

    assert cases(below(whoever_waits_carries), both, A, SEEN_BELOW) == [True]
    assert cases(below(whoever_waits_carries), both, B, SEEN_BELOW) == [False]
    assert cases(above(whoever_waits_carries), both, A, SEEN_BELOW) == []


def test_a_clause_about_steps_is_asked_of_its_own_layer_only() -> None:
    both = Layers(Ear((1,)), Open(1)), Layers(Ear(), Open(1))

    assert cases(above(nothing_is_unheard), *both) == [False]
    assert cases(below(nothing_is_unheard), *both) == []


def test_a_clause_about_events_hears_those_of_its_own_layer_and_what_befalls_the_process() -> None:
    @on_event(Crashed)
    def none_crashes(before: object, who: Address, event: Crashed) -> Cases:  # noqa: ARG001
        """Nobody crashes."""
        yield case(False)

    @on_event(object)
    def silent(before: object, who: Address, event: object) -> Cases:  # noqa: ARG001
        """Nothing happens."""
        yield case(False)

    delivered = Deliver(A, Said(1))
    assert cases(below(delivered_was_carried), SEEN_BELOW, B, Below(delivered)) == [True]
    assert cases(below(delivered_was_carried), SEEN_BELOW, B, delivered) == []
    assert cases(below(below(delivered_was_carried)), Histories(Talk(), SEEN_BELOW), B, Below(Below(delivered))) == [True]
    assert cases(above(said_before_heard), SEEN_BELOW, B, Below(delivered)) == []
    assert cases(below(none_crashes), SEEN_BELOW, B, Crashed()) == cases(above(none_crashes), SEEN_BELOW, B, Crashed()) == [False]
    assert cases(above(silent), SEEN_BELOW, B, Below(delivered)) == cases(above(silent), SEEN_BELOW, B, Send(B, Said(1))) == []


def test_what_befalls_a_process_befalls_the_histories_of_both_layers() -> None:
    @frozen
    class Noted:
        what: tuple[object, ...] = ()

        def after(self, at: Address, by: Address, happening: object) -> Noted:  # noqa: ARG002
            return Noted((*self.what, happening))

    history = Histories(Noted(), Histories(Noted(), Noted()))
    for happening in (Crashed(), Said(1), Below(Said(2)), Below(Below(Said(3))), CompletionBelow(Completion())):
        history = history.after(A, A, happening)

    assert history == Histories(
        Noted((Crashed(), Said(1))), Histories(Noted((Crashed(), Said(2), Completion())), Noted((Crashed(), Said(3))))
    )


def test_each_layer_has_sent_what_the_one_below_is_asked_to_carry_and_the_lowest_what_goes_out() -> None:
    asked = Transmit(B, Said(1))

    assert (heard("above", Below(asked)), heard("below", Below(asked))) == ((Send(B, Said(1)),), (asked,))
    assert (heard("above", Send(B, Said(1))), heard("below", Send(B, Said(1)))) == ((), (Send(B, Said(1)),))


def test_clauses_of_every_kind_are_judged_of_both_layers() -> None:
    @at_rest(under=Fault.LOSS)
    def nothing_is_open(seen: Seen[Delivered]) -> Cases:
        """In the end no link has anything open, and nobody waits for it."""
        yield case(all(view.count == 0 for view in seen.views(Open).values()) and not seen.waiting() and seen.up(A))

    @eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS)
    def closed_for_good(seen: Seen[Delivered]) -> Cases:
        """In the end nothing is open."""
        yield case(all(view.count == 0 for view in seen.views(Open).values()))

    @infinitely_often(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS)
    def closed_again(seen: Seen[Delivered]) -> Cases:
        """Again and again nothing is open."""
        yield case(all(view.count == 0 for view in seen.views(Open).values()))

    @every_step(Open, under=Fault.LOSS)
    def one_at_a_time(before: Open, after: Open) -> Cases:
        """What is open changes by one at most."""
        yield case(abs(after.count - before.count) < 2)

    more = (nothing_is_open, closed_for_good, closed_again, one_at_a_time)
    report = explore(over(talk((1, 2)), evolve(STUBBORN, promises=more), network=LOSSY))

    assert [report.verdict(clause).status for clause in more] == [Status.HOLDS] * 4


def test_a_pitfall_of_a_stack_names_the_clause_of_a_layer_as_its_spec_has_it() -> None:
    @frozen
    class Deaf(OverQueue):
        """Never turns to what waits."""

        def armed(self, state: Layers) -> tuple[object, ...]:
            return tuple(trigger for trigger in OverQueue.armed(self, state) if trigger != HandUp())

    deaf = over(talk(), STUBBORN, network=LOSSY, combine=Deaf)
    pitfall = Pitfall("toys.Deaf", "What is delivered is never received.", all_is_heard, deaf, 5)

    assert pitfall.breaks == above(all_is_heard, makes_good=Fault.LOSS)
    assert explore(deaf).verdict(all_is_heard).status is Status.VIOLATED
    with pytest.raises(ValueError, match="which its subject does not promise"):
        Pitfall("toys.Other", "?", delivered_was_carried, deaf, 1)
