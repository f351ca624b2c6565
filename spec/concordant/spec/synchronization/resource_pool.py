"""A pool of units, such as connections, of which each is held by one agent at a time; who finds none free waits its turn.

Source: the counting semaphore (Dijkstra, "Cooperating sequential processes", 1965), with a queue; who may release, and that nobody
holds twice, as in `CapacityLimiter` of anyio.
Assumes: the pool itself does not fail; an agent that is said to have failed uses its unit no more.
Chosen: units are handed on at once, to who waits longest, so that nobody barges in between; an agent that holds a unit and asks for
one more is rejected, since agents that wait for each other's second unit would wait for ever.
Does not promise: that who waits is served: holders may keep their units, and then its time runs out.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Deadline,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- requests and answers


@frozen
class Acquire:
    """An agent wants a unit. Answered by `Granted`, or by a `Rejected`: `TIMED_OUT`, `CANCELLED`, `HOLDS_ONE`, `FAILED`."""


@frozen
class Release:
    """An agent gives its unit back. Answered by `Released`, or by `HOLDS_NONE`."""


@frozen
class Failed:
    """An agent has failed, says who watches over it: it holds nothing, and waits for nothing. Nobody waits for an answer."""

    agent: Address

    answered = False


@frozen
class Granted:
    """The agent holds this unit."""

    unit: int


@frozen
class Released:
    """The agent holds its unit no more."""


TIMED_OUT = Rejected("no unit became free in time")
CANCELLED = Rejected("the wait was cancelled")
HOLDS_ONE = Rejected("the agent holds a unit already")
HOLDS_NONE = Rejected("the agent holds no unit")
FAILED = Rejected("the agent is said to have failed")

# ---- triggers


@frozen
class TimeOut(Deadline):
    """An agent has waited long enough."""

    agent: Address


# ---- views


@frozen
class PoolView:
    """The units that nobody holds, and who waits, the longest first."""

    free: frozenset[int]
    waiting: tuple[Address, ...]


# ---- history


@frozen
class History:
    """Who holds which unit, who waits, the longest first, and whose wait is to end since it is cancelled, or has failed.

    `units` is fixed. `cancelled`: whether a wait was.
    """

    units: frozenset[int]
    calls: Calls = Calls()
    holders: Map[Address, int] = Map()
    waiting: tuple[Address, ...] = ()
    leaving: frozenset[Address] = frozenset()
    failed: frozenset[Address] = frozenset()
    cancelled: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Acquire():
                return evolve(after, waiting=(*self.waiting, by))
            case Failed(agent):
                failed = self.failed | (frozenset({agent}) & frozenset(self.waiting))
                return evolve(after, holders=self.holders.drop(agent), failed=failed)
            case CancelAsked():
                return evolve(after, leaving=self.leaving | {by})
            case Reply(agent, answer):
                return after.told(agent, answer)
            case _:
                return after

    def told(self, agent: Address, answer: object) -> History:
        """Fold an answer."""
        if answer == Released():
            return evolve(self, holders=self.holders.drop(agent))
        left = tuple(other for other in self.waiting if other != agent)
        holders = self.holders.put(agent, answer.unit) if isinstance(answer, Granted) else self.holders
        return evolve(
            self,
            holders=holders,
            waiting=left,
            leaving=self.leaving - {agent},
            failed=self.failed - {agent},
            cancelled=self.cancelled or answer == CANCELLED,
        )


# ---- clauses

ALL = Fault.CANCELLATION


@on_event(Reply, under=ALL)
def no_unit_is_held_twice(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A unit of the pool is granted only while nobody holds it, and only to an agent that holds none: never more are held than there are."""
    if isinstance(event.answer, Granted):
        unit, holders = event.answer.unit, before.holders
        yield case(
            unit in before.units and unit not in holders.values() and event.to not in holders, unit=unit, to=event.to, holders=holders
        )


@on_event(Reply, under=ALL)
def first_come_first_served(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """A unit is granted to whoever has waited longest."""
    if isinstance(event.answer, Granted):
        yield case(before.waiting[:1] == (event.to,), to=event.to, waiting=before.waiting)


@on_event(Reply, under=ALL)
def the_lowest_unit_is_lent(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Of the units that are free the one with the lowest number is granted: which one it is depends on nothing else."""
    if isinstance(event.answer, Granted):
        lower = frozenset(range(event.answer.unit)) - frozenset(before.holders.values())
        yield case(not lower, unit=event.answer.unit, free=lower)


@always(under=ALL)
def nobody_waits_while_a_unit_is_free(seen: Seen[History]) -> Cases:
    """While a unit is free nobody waits: none is lost, neither with a wait that is cancelled nor with a holder that has failed."""
    if seen.history.waiting:
        free = seen.history.units - frozenset(seen.history.holders.values())
        yield case(not free, free=free, waiting=seen.history.waiting)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Whoever gets no unit, or gives one back, is told the true reason."""
    agent, asked = event.to, before.calls.open.get(Call(event.to, by))
    holds, waits = agent in before.holders, agent in before.waiting
    match event.answer, asked:
        case Granted(), Acquire():
            return
        case answer, Acquire():
            so: dict[object, bool] = {
                TIMED_OUT: waits and len(before.holders) == len(before.units) and agent not in before.leaving | before.failed,
                CANCELLED: agent in before.leaving,
                HOLDS_ONE: holds,
                FAILED: agent in before.failed,
            }
            yield case(so.get(answer, False), told=answer, holds=holds, holders=before.holders)
        case _:  # a release
            yield case(event.answer == (Released() if holds else HOLDS_NONE), told=event.answer, holds=holds)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@always(under=ALL)
def who_cancels_leaves_at_once(seen: Seen[History]) -> Cases:
    """An agent whose wait is cancelled waits no more, wherever in the queue it is."""
    yield case(not seen.history.leaving, leaving=seen.history.leaving)


@always_each(PoolView, under=ALL)
def the_view_is_true(view: PoolView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one pool
    """What is free and what is held are all units there are; and who waits is seen in the order in which it came."""
    so = PoolView(history.units - frozenset(history.holders.values()), history.waiting)
    yield case(view == so, view=view, so=so)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits, whoever keeps its unit."""
    return calls.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_wait_ends(seen: Seen[History]) -> Cases:
    """Every wait ends, since time runs out."""
    return calls.nobody_waits(seen)


@sometimes
def somebody_waits_for_another(seen: Seen[History]) -> Cases:
    """All units are held, and somebody waits for one."""
    yield case(len(seen.history.holders) == len(seen.history.units) and bool(seen.history.waiting))


@sometimes
def a_wait_is_cancelled(seen: Seen[History]) -> Cases:
    """A wait is cancelled."""
    yield case(seen.history.cancelled)
