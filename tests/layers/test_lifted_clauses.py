"""Clauses of one layer as clauses of the whole: each is asked of its own layer, under its own id."""

from __future__ import annotations

import pickle

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import (
    OverQueue,
    Pitfall,
    above,
    below,
    over,
    plain,
)
from concordant.refimpl.machine.layers import is_of_link
from concordant.spec.vocabulary import (
    Address,
    AlwaysPossible,
    AtRest,
    Below,
    Cases,
    Clause,
    Completion,
    CompletionBelow,
    Crashed,
    Deliver,
    Fair,
    Fault,
    ForAll,
    HandUp,
    Histories,
    InfinitelyOften,
    Layers,
    Need,
    Relates,
    Seen,
    Send,
    Transmit,
    always_possible,
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
    LINK,
    LOSSY,
    STUBBORN,
    A,
    B,
    Delivered,
    Ear,
    Open,
    Said,
    Talk,
    all_is_heard,
    delivered_was_carried,
    heard_once,
    nothing_is_unheard,
    said_before_heard,
    talk,
    whoever_waits_carries,
)


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

    with pytest.raises(TypeError, match=r"^clause test_lifted_clauses\.fair is about a rule, which has no layers$"):
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

    @always_possible(under=Fault.LOSS)
    def may_be_closed(seen: Seen[Delivered]) -> Cases:
        """Whatever is open may still be closed."""
        yield case(all(view.count == 0 for view in seen.views(Open).values()))

    @every_step(Open, under=Fault.LOSS)
    def one_at_a_time(before: Open, after: Open) -> Cases:
        """What is open changes by one at most."""
        yield case(abs(after.count - before.count) < 2)

    more = (nothing_is_open, closed_for_good, closed_again, may_be_closed, one_at_a_time)
    report = explore(over(talk((1, 2)), evolve(STUBBORN, promises=more), network=LOSSY))

    assert [report.verdict(clause).status for clause in more] == [Status.HOLDS] * 5


def test_every_kind_of_clause_about_systems_is_lifted() -> None:
    kinds = {
        kind.__name__ for kind in Clause.__subclasses__() if kind not in (ForAll, Relates)
    }  # attrs makes each twice, and one lives for a while
    tried = {type(each).__name__ for each in (*talk().promises, *LINK)} | {
        AtRest.__name__,
        InfinitelyOften.__name__,
        AlwaysPossible.__name__,
    }

    assert kinds == tried, "add the kind to `above` and `below`, and a clause of it to the test above"


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
