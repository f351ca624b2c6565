"""Under which faults a clause was judged: by kind of clause and of fault, and along which paths."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.under import unjudged
from concordant.refimpl.machine import Byzantine, Lose, Move, Receive, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clause,
    Draw,
    Eventually,
    Fair,
    Fault,
    Faults,
    Malformed,
    Need,
    Network,
    NoHistory,
    Reply,
    Seen,
    Send,
    addresses,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    infinitely_often,
    on_event,
    sometimes,
)
from tests.checks.toys import (
    ANN,
    A,
    B,
    Clerk,
    Collector,
    Counter,
    Do,
    Done,
    Ends,
    Goes,
    Kept,
    Later,
    Log,
    Note,
    Noticed,
    Resender,
    Silent,
    Teller,
    Toy,
)

ALL = ~Fault.NONE
EVE = Address("eve")


@always(under=ALL)
def says_so(seen: Seen[NoHistory]) -> Cases:
    """True of every state."""
    yield case(bool(seen.views(Kept)))


@always_each(Kept, under=ALL)
def each_says_so(view: Kept, at: Address, history: NoHistory) -> Cases:  # noqa: ARG001
    """True of every process."""
    yield case(bool(view))


@every_step(Kept, under=ALL)
def each_step_does(before: Kept, after: Kept) -> Cases:
    """True of every step."""
    yield case(bool(before) and bool(after))


@on_event(Noticed, under=ALL)
def each_event_does(before: NoHistory, by: Address, event: Noticed) -> Cases:
    """True of every event."""
    yield case(bool(before) and bool(by) and bool(event))


@at_rest(under=ALL)
def says_so_at_rest(seen: Seen[NoHistory]) -> Cases:
    """True of every state at rest."""
    yield case(bool(seen.views(Kept)))


@sometimes
def comes_about(seen: Seen[NoHistory]) -> Cases:
    """Something is."""
    yield case(bool(seen.views(Kept)))


def under(clause: Clause, system: System[Any], **options: Any) -> Fault:
    return explore(system, (clause,), **options).verdict(clause).judged_under


class Back(Counter):
    """Comes back and counts on."""

    def recover(self, state: Kept) -> Step[Kept]:
        return step(state)


class Wary(Toy):
    """Keeps the number of each peer that it suspects, once."""

    def suspect(self, state: Kept, peer: Address) -> Step[Kept] | None:
        return None if peer.number in state.notes else step(state.plus(peer.number))


class Obliging(Silent):
    """Answers a call that is cancelled."""

    def cancel(self, state: Kept, client: Address) -> Step[Kept]:
        return step(state, Reply(client, Done(0)))


@frozen
class Announcer(Collector):
    """Announces each note that it has not heard before."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:
        taken = super().receive(state, source, message)
        return None if taken is None else step(taken.state, Announce(Noticed(message.number)))


# ---- by kind of fault


@pytest.mark.parametrize(
    ("system", "faults"),
    [
        (System({A: Teller(B, (1,)), B: Collector()}, NoHistory(), (), Network(losses=1)), Fault.LOSS),
        (System({A: Teller(B, (1,)), B: Collector()}, NoHistory(), (), Network(duplicating=True)), Fault.DUPLICATION),
        (System({A: Counter()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,))), Fault.CRASH),
        (System({A: Back()}, NoHistory(), (), faults=Faults(crashes=1, recoveries=1, who=(A,))), Fault.CRASH | Fault.RECOVERY),
        (System({A: Wary(), B: Toy()}, NoHistory(), (), faults=Faults(detector=True, mistakes=1)), Fault.SUSPICION),
        (
            System({A: Obliging()}, NoHistory(), (), faults=Faults(cancellations=1), users=(User(ANN, (A,), ((Do(1),),)),)),
            Fault.CANCELLATION,
        ),
        (
            System({A: Collector()}, NoHistory(), (), byzantine=(Byzantine(EVE, lambda _: (Send(A, Note(1)),)),)),
            Fault.BYZANTINE,
        ),
        (System({A: Clerk()}, NoHistory(), (), users=(User(ANN, (A,), ((Malformed(Do(1)),),)),)), Fault.MALFORMED),
    ],
    ids=lambda each: str(each) if isinstance(each, Fault) else "",
)
def test_a_clause_about_states_is_judged_under_a_fault_when_a_move_is_that_fault(system: System[NoHistory], faults: Fault) -> None:
    assert under(says_so, system) == faults
    assert under(each_says_so, system) == faults
    assert under(says_so_at_rest, system) == faults


def test_a_message_that_a_bound_drops_is_lost() -> None:
    def none_is_lost(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
        return not isinstance(move, Lose)

    network = Network(losses=None, copies=1)

    assert under(says_so, System({A: Resender(B), B: Toy()}, NoHistory(), (), network, assume=(none_is_lost,))) == Fault.LOSS


def test_a_true_suspicion_is_no_fault() -> None:
    system = System({A: Wary(), B: Toy()}, NoHistory(), (), faults=Faults(crashes=1, who=(B,), detector=True))

    assert under(says_so, system) == Fault.CRASH


def test_a_sometimes_claims_nothing() -> None:
    assert under(comes_about, System({A: Counter()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)))) == Fault.NONE


# ---- steps and events


def test_a_clause_about_steps_or_events_is_judged_under_the_faults_of_the_step_and_of_the_paths_to_it() -> None:
    lossy = System({A: Teller(B, (1, 2)), B: Announcer()}, NoHistory(), (), Network(losses=1))
    alone = System({A: Teller(B, (1,)), B: Announcer()}, NoHistory(), (), Network(losses=1))
    crashing = System({A: Counter()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)))

    assert [under(clause, lossy) for clause in (each_step_does, each_event_does)] == [Fault.LOSS, Fault.LOSS]
    assert [under(clause, alone) for clause in (each_step_does, each_event_does)] == [Fault.NONE, Fault.NONE]
    assert [under(clause, crashing) for clause in (each_step_does, each_event_does)] == [Fault.CRASH, Fault.NONE]


def test_a_second_message_is_received_after_a_copy_of_the_first() -> None:
    system = System({A: Teller(B, (1, 2)), B: Announcer()}, NoHistory(), (), Network(duplicating=True))

    assert [under(clause, system) for clause in (each_step_does, each_event_does)] == [Fault.DUPLICATION, Fault.DUPLICATION]


def test_an_event_is_judged_by_what_came_before_it_in_the_same_step() -> None:
    @on_event(Noticed, under=ALL)
    def is_the_second(before: Log, by: Address, event: Noticed) -> Cases:
        """True of a note that follows another of its step."""
        if (by, by, Noticed(1)) in before.lines:
            yield case(event.number == 2)

    class Both(Back):
        """Announces two at once when it comes back."""

        def recover(self, state: Kept) -> Step[Kept]:
            return step(state, Announce(Noticed(1)), Announce(Noticed(2)))

        def armed(self, state: Kept) -> tuple[Goes, ...]:  # noqa: ARG002
            return ()

    both = System({A: Both()}, Log(), (), faults=Faults(crashes=1, recoveries=1, who=(A,)))

    assert under(is_the_second, both) == Fault.CRASH | Fault.RECOVERY


# ---- liveness


class Asker(Toy):
    """Sends a note until one comes back, and is content."""

    def armed(self, state: Kept) -> tuple[Later, ...]:
        return () if state.notes else (Later(),)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(state, Send(A, Note(1)))

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        return step(Kept((message.number,)))


def content(*, last: bool) -> Eventually[NoHistory]:
    @eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS)
    def is_content(seen: Seen[NoHistory]) -> Cases:
        """True of whoever is content, or true before."""
        if bool(seen.views(Kept)[A].notes) is last:
            yield case(True)

    return is_content


def test_a_clause_of_liveness_is_judged_under_a_fault_that_leads_where_a_fair_path_stays() -> None:
    lossy = System({A: Asker()}, NoHistory(), (), Network(losses=None, copies=1))

    assert under(content(last=True), lossy) == Fault.LOSS
    assert under(content(last=False), lossy) == Fault.NONE, "no fair path stays where nothing has come back"
    assert under(always_content, lossy) == Fault.LOSS


@infinitely_often(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS)
def always_content(seen: Seen[NoHistory]) -> Cases:
    """True of whoever is content."""
    yield case(bool(seen.views(Kept)[A].notes))


# ---- along which paths


def test_a_fault_on_a_longer_path_counts_in_a_state_that_a_shorter_one_without_it_reaches() -> None:
    @always(under=Fault.LOSS)
    def has_heard_nothing(seen: Seen[NoHistory]) -> Cases:
        """True before anything is heard."""
        if not seen.views(Kept)[B].notes:
            yield case(True)

    resending = System({A: Resender(B), B: Collector()}, NoHistory(), (), Network(losses=None, copies=1))

    assert under(has_heard_nothing, resending) == Fault.LOSS, "lost, the message leads back to the first state"


class Fickle(Toy):
    """Goes to 9 at once, or first suspects somebody and thinks better of it."""

    def suspect(self, state: Kept, peer: Address) -> Step[Kept] | None:  # noqa: ARG002
        return None if state.notes else step(Kept((0,)))

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes == (9,) else (Goes(0 if state.notes else 9),)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(Kept((9,) if trigger.number else ()))


def test_a_fault_on_a_way_back_to_an_earlier_state_counts_in_all_that_follow() -> None:
    @always(under=Fault.SUSPICION)
    def has_gone(seen: Seen[NoHistory]) -> Cases:
        """True of whoever has gone to 9."""
        if seen.views(Kept)[A].notes == (9,):
            yield case(True)

    assert under(has_gone, System({A: Fickle(), B: Toy()}, NoHistory(), (), faults=Faults(detector=True, mistakes=None))) == Fault.SUSPICION


def test_a_fault_that_comes_too_late_for_a_state_is_none_of_it() -> None:
    @always(under=Fault.CRASH)
    def has_counted(seen: Seen[NoHistory]) -> Cases:
        """True of a counter that is up."""
        if seen.up(A):
            yield case(True)

    assert under(has_counted, System({A: Counter(), B: Toy()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)))) == Fault.NONE
    assert under(has_counted, System({A: Counter(), B: Toy()}, NoHistory(), (), faults=Faults(crashes=1, who=(B,)))) == Fault.CRASH


def test_renaming_leaves_the_faults_as_they_are() -> None:
    everybody = addresses("counter", 3)
    system = System(
        {name: Counter() for name in everybody},
        NoHistory(),
        (),
        faults=Faults(crashes=1, who=everybody),
        symmetric=(tuple((name,) for name in everybody),),
    )

    for clause in (each_says_so, each_step_does, says_so_at_rest):
        assert under(clause, system, reductions=Reductions(symmetry=True)) == under(clause, system) == Fault.CRASH


def test_a_state_on_the_bound_of_the_scope_is_not_at_rest() -> None:
    @at_rest(under=Fault.CRASH)
    def has_counted(seen: Seen[NoHistory]) -> Cases:
        """True of a counter that has counted to three."""
        if len(seen.views(Kept)[A].notes) == 3:
            yield case(True)

    def counting(most: int) -> System[NoHistory]:
        def few(seen: Seen[NoHistory]) -> bool:
            return len(seen.views(Kept)[A].notes) < most

        return System({A: Counter(), B: Toy()}, NoHistory(), (), faults=Faults(crashes=1, who=(B,)), within=(few,))

    assert (under(has_counted, counting(3)), under(has_counted, counting(4))) == (Fault.NONE, Fault.CRASH)


def test_a_copy_that_an_assumption_forbids_is_none() -> None:
    def once(move: Move, seen: Seen[NoHistory]) -> bool:
        return not isinstance(move, Receive) or not seen.views(Kept)[B].notes

    def twice(number: int) -> System[NoHistory]:
        assume = (once,) if number == 1 else ()
        return System({A: Teller(B, (1,)), B: Repeater()}, NoHistory(), (), Network(duplicating=True), assume=assume)

    assert (under(says_so, twice(1)), under(says_so, twice(2))) == (Fault.NONE, Fault.DUPLICATION)


class Repeater(Toy):
    """Takes every note as if it were the first, and answers it."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        return step(Kept((message.number,)), Send(source, message))


# ---- of a run


def test_a_search_that_did_not_finish_or_that_looked_for_one_case_tells_nothing() -> None:
    system = System({A: Counter()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)))

    assert under(says_so, system, budget=Budget(states=2)) == Fault.NONE
    assert under(comes_about, system, until=comes_about) == Fault.NONE


def test_what_is_judged_in_one_scope_or_member_need_not_be_in_another() -> None:
    def systems(draw: Draw) -> System[NoHistory]:
        fault = draw.one_of("fault", (Fault.LOSS, Fault.CRASH))
        faults = Faults(crashes=1, who=(A,)) if fault is Fault.CRASH else Faults()
        return System({A: Teller(B, (1,)), B: Collector()}, NoHistory(), (says_so,), Network(losses=int(fault is Fault.LOSS)), faults)

    family = explore_family(Family("either", "a loss or a crash", systems))
    other = explore(System({A: Counter()}, NoHistory(), (says_so, comes_about), faults=Faults(cancellations=1)))

    assert family.verdict(says_so).judged_under == Fault.LOSS | Fault.CRASH
    assert unjudged((*family.verdicts, *other.verdicts)) == ((says_so, ALL & ~(Fault.LOSS | Fault.CRASH)),)


def test_a_clause_that_is_not_promised_claims_nothing() -> None:
    @always(under=Fault.LOSS, needs=Need.FIFO)
    def needs_order(seen: Seen[NoHistory]) -> Cases:
        """True of every state."""
        yield case(bool(seen.views(Kept)))

    assert unjudged(explore(System({A: Counter()}, NoHistory(), (needs_order,))).verdicts) == ()
