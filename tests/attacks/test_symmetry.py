"""Attacks on the reduction by symmetry: nothing is said of representatives that is false of the states they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.replay import replay
from concordant.checks.exploration.report import Report, Status
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Move, Process, Step, System, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clause,
    Fault,
    Faults,
    NoHistory,
    Seen,
    Send,
    addresses,
    always,
    always_each,
    at_rest,
    case,
    every_step,
    on_event,
    sometimes,
)
from tests.checks.toys import Note, Toy
from tests.tabulated.equality import differing_up_to_symmetry

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated], ids=["reference", "tabulated"])
SYMMETRY = Reductions(symmetry=True)
C0, C1, C2 = CALLERS = addresses("caller", 3)
HUB = Address("hub")
SYMMETRIC = (tuple((name,) for name in CALLERS),)
LAST = (C1, C2, C0)
"""An order of the callers that no exchange of two makes of the order C0, C1, C2."""


@frozen
class Order:
    """Who called, in order: a state, a view, an event and a history."""

    callers: tuple[Address, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> Order:  # noqa: ARG002
        return happening if isinstance(happening, Order) else self


class Caller(Toy):
    """Calls the hub."""

    def start(self) -> Step[Any]:
        return step(super().start().state, Send(HUB, Note(1)))


class Hub(Process[Order, Note]):
    """Keeps the order in which it was called, and announces it."""

    def start(self) -> Step[Order]:
        return step(Order())

    def receive(self, state: Order, source: Address, message: Note) -> Step[Order]:  # noqa: ARG002
        heard = Order((*state.callers, source))
        return step(heard, Announce(heard))

    def view(self, state: Order) -> Order:
        return state


def calls(clause: Clause) -> System[Order]:
    return System({**{name: Caller() for name in CALLERS}, HUB: Hub()}, Order(), (clause,), symmetric=SYMMETRIC)


@always()
def no_last_order_in_the_history(seen: Seen[Order]) -> Cases:
    """The history never shows the last order."""
    yield case(seen.history.callers != LAST, order=seen.history.callers)


@always()
def no_last_order_in_the_view(seen: Seen[Order]) -> Cases:
    """The hub never shows the last order."""
    yield case(seen.views(Order)[HUB].callers != LAST, order=seen.views(Order)[HUB].callers)


@sometimes
def the_last_order(seen: Seen[Order]) -> Cases:
    """The last order is reached."""
    yield case(seen.history.callers == LAST, order=seen.history.callers)


@at_rest()
def no_end_with_the_last_order(seen: Seen[Order]) -> Cases:
    """It never ends with the last order."""
    yield case(seen.history.callers != LAST, order=seen.history.callers)


@always_each(Order)
def no_last_order_in_any_view(view: Order, who: Address, history: Order) -> Cases:  # noqa: ARG001
    """No process shows the last order."""
    yield case(view.callers != LAST, order=view.callers)


@every_step(Order)
def no_step_to_the_last_order(before: Order, after: Order) -> Cases:  # noqa: ARG001
    """No step leads to the last order."""
    yield case(after.callers != LAST, order=after.callers)


@on_event(Order)
def the_last_order_is_never_announced(history: Order, who: Address, event: Order) -> Cases:  # noqa: ARG001
    """The last order is never announced."""
    yield case(event.callers != LAST, order=event.callers)


@ENGINES
@pytest.mark.parametrize(
    ("clause", "status"),
    [
        (no_last_order_in_the_history, Status.VIOLATED),
        (no_last_order_in_the_view, Status.VIOLATED),
        (the_last_order, Status.HOLDS),
        (no_end_with_the_last_order, Status.VIOLATED),
        (no_last_order_in_any_view, Status.VIOLATED),
        (no_step_to_the_last_order, Status.VIOLATED),
        (the_last_order_is_never_announced, Status.VIOLATED),
    ],
    ids=lambda each: getattr(each, "name", ""),
)
def test_a_clause_that_tells_in_one_image_alone_is_judged_there_and_shown_by_a_real_run(
    engine: Callable[..., Report], clause: Clause, status: Status
) -> None:
    system = calls(clause)

    verdict = engine(system, reductions=SYMMETRY).verdicts[0]

    assert (verdict.status, verdict.length, verdict.facts) == (status, 3, {"order": LAST})
    moves: Any = tuple(frame.move for frame in verdict.trace or ())
    assert tuple(move.source for move in moves) == LAST
    assert replay(system, moves) == verdict.trace


@ENGINES
@pytest.mark.parametrize("name", CALLERS, ids=str)
def test_a_clause_about_one_process_is_violated_whichever_process_represents_it(engine: Callable[..., Report], name: Address) -> None:
    @always(under=Fault.CRASH)
    def one_stays_up(seen: Seen[NoHistory]) -> Cases:
        """One of the processes does not crash."""
        yield case(seen.up(name))

    system = System(
        {each: Toy() for each in CALLERS},
        NoHistory(),
        (one_stays_up,),
        faults=Faults(crashes=2, who=CALLERS),
        symmetric=SYMMETRIC,
    )

    verdict = engine(system, reductions=SYMMETRY).verdict(one_stays_up)

    assert (verdict.status, [frame.move.at for frame in verdict.trace or ()]) == (Status.VIOLATED, [name])  # type: ignore[union-attr]


@frozen
class Invitation:
    """What the hub sends."""


class Telling(Hub):
    """Tells every caller, in the order of their names, when the first of them calls."""

    def receive(self, state: Order, source: Address, message: Note) -> Step[Order]:  # noqa: ARG002
        if state.callers:
            return step(state)
        return step(Order((source,)), *(Send(name, Invitation()) for name in CALLERS))


@frozen
class Told:
    """Who was told, whatever the order."""

    told: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Told:  # noqa: ARG002
        return Told(self.told | {happening.to}) if isinstance(happening, Send) and at == HUB else self


@on_event(Send)
def the_second_is_never_told_before_the_first(history: Told, who: Address, event: Send) -> Cases:
    """Who is told follows the names, and no renaming."""
    if who == HUB:
        yield case(event.to != C1 or C0 in history.told, told=history.told)


@on_event(Send)
def the_first_is_told_last(history: Told, who: Address, event: Send) -> Cases:
    """The first is told when both others are, which is never so."""
    if who == HUB and event.to == C0:
        yield case(len(history.told) == 2, told=history.told)


@ENGINES
@pytest.mark.parametrize("clause", [the_second_is_never_told_before_the_first, the_first_is_told_last], ids=lambda clause: clause.name)
def test_a_clause_about_events_hears_them_in_the_order_in_which_they_come_and_not_in_an_order_renamed(
    engine: Callable[..., Report], clause: Clause
) -> None:
    processes: dict[Address, Any] = {**{name: Caller() for name in CALLERS}, HUB: Telling()}
    system = System(processes, Told(), (clause,), symmetric=SYMMETRIC)

    whole, reduced = (engine(system, reductions=reductions).verdicts[0] for reductions in (Reductions(), SYMMETRY))

    assert (reduced.status, reduced.length, reduced.facts) == (whole.status, whole.length, whole.facts)


# ---- assumptions, bounds, and the first state


def while_up(name: Address) -> Callable[[Seen[Any]], bool]:
    """Bound a scope by one of its processes."""
    return lambda seen: seen.up(name)


def calm_while_down(name: Address) -> Callable[[Move, Seen[Any]], bool]:
    """Assume that nothing happens any more once one process is down."""
    return lambda move, seen: seen.up(name)  # noqa: ARG005


@ENGINES
@pytest.mark.parametrize("name", CALLERS, ids=str)
@pytest.mark.parametrize("what", ["within", "assume"])
def test_a_bound_or_assumption_about_one_process_is_refused_whichever_process_represents_it(
    engine: Callable[..., Report], what: str, name: Address
) -> None:
    system = System({each: Toy() for each in CALLERS}, NoHistory(), (), faults=Faults(crashes=2, who=CALLERS), symmetric=SYMMETRIC)
    limits: dict[str, Any] = {"within": (while_up(name),), "assume": (calm_while_down(name),)}

    with pytest.raises(UntrueSymmetry, match="an assumption or bound of the system: tells them apart"):
        engine(evolve(system, **{what: limits[what]}), reductions=SYMMETRY)


@frozen
class Favouring(Hub):
    """Begins as if the first had called, and forgets it."""

    def start(self) -> Step[Order]:
        return step(Order((C0,)))

    def receive(self, state: Order, source: Address, message: Note) -> Step[Order]:  # noqa: ARG002
        return step(Order())


@ENGINES
@pytest.mark.parametrize("name", CALLERS, ids=str)
def test_a_first_state_whose_images_are_out_of_reach_is_refused(engine: Callable[..., Report], name: Address) -> None:
    @always()
    def never_prefers_one(seen: Seen[Order]) -> Cases:
        """The hub never prefers this caller; of two of them, that is true."""
        yield case(name not in seen.views(Order)[HUB].callers)

    system = evolve(calls(never_prefers_one), processes={**{name: Caller() for name in CALLERS}, HUB: Favouring()})

    with pytest.raises(UntrueSymmetry, match="the first state: tells them apart, by its processes"):
        engine(system, reductions=SYMMETRY)


@ENGINES
def test_a_group_of_one_block_leaves_no_state_unjudged(engine: Callable[..., Report]) -> None:
    @always()
    def nobody_calls(seen: Seen[Order]) -> Cases:
        """The hub hears nobody."""
        yield case(not seen.history.callers)

    system = System({C0: Caller(), HUB: Hub()}, Order(), (nobody_calls,), symmetric=(((C0,),),))

    assert engine(system, reductions=SYMMETRY).verdict(nobody_calls).status is Status.VIOLATED


def test_a_fault_is_not_said_to_have_been_judged_since_a_message_leads_from_one_image_of_a_state_to_another() -> None:
    compared, differences = differing_up_to_symmetry(20_154, 1_200)

    assert (compared, differences) == (2, [])
