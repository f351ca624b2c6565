"""Several pools of one unit each, of which an agent takes one after the other: all in one order, so that no two wait for each other.

Source: Coffman, Elphick and Shoshani, "System Deadlocks" (1971), the four conditions; Havender, "Avoiding deadlock in multitasking systems"
(1968), who orders what can be taken. Each pool is a `resource_pool`, unchanged.
Assumes: an agent works for a while with what it has before it needs more, ends its work in the end, and then gives all back.
Chosen: agents say what they need in any order, and are given it in the order of the pools' names. Nobody's time runs out.
Does not promise: that anything is free; which of two that wait for different pools is served first.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Completion,
    Fair,
    Map,
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
class Use:
    """An agent needs a unit of each of these pools. Answered by `Done` once it has had all, and given them back."""

    pools: tuple[str, ...]


@frozen
class Done:
    """The work is done."""


# ---- triggers


@frozen
class GoesOn(Completion):
    """An agent has worked with what it has, and needs the next unit; or has all, and its work is done."""

    agent: Address


# ---- events


@frozen
class Took:
    """An agent has a unit of a pool."""

    agent: Address
    pool: str


# ---- views


@frozen
class PoolsView:
    """By pool, who has its unit."""

    holders: Map[str, Address]


# ---- history


@frozen
class Holdings:
    """What agents have asked for, and have taken of it, in order; and which of them wait for more."""

    calls: Calls = Calls()
    has: Map[Address, tuple[str, ...]] = Map()
    waiting: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Holdings:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Use():
                return evolve(seen, waiting=self.waiting | {by})
            case GoesOn(agent) if len(self.has.get(agent, ())) < len(self.wants(agent)):
                return evolve(seen, waiting=self.waiting | {agent})
            case Took(agent, pool):
                has = (*self.has.get(agent, ()), pool)[:3]
                return evolve(seen, has=self.has.put(agent, has), waiting=self.waiting - {agent})
            case Reply(agent):
                return evolve(seen, has=self.has.drop(agent))
            case _:
                return seen

    def wants(self, agent: Address) -> tuple[str, ...]:
        """Return what an agent has asked for, in the order in which it is to be given."""
        asked = [request.pools for call, request in self.calls.open.items() if call.user == agent and isinstance(request, Use)]
        return tuple(sorted(pool for pools in asked for pool in pools))

    def holders(self) -> Map[str, Address]:
        """Return who has the unit of each pool."""
        return Map.of((pool, agent) for agent, pools in self.has.items() for pool in pools)


# ---- clauses


@on_event(Took)
def one_at_a_time(before: Holdings, by: Address, event: Took) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No agent takes what another has."""
    yield case(event.pool not in before.holders(), takes=event, holders=before.holders())


@on_event(Took)
def in_one_order(before: Holdings, by: Address, event: Took) -> Cases:  # noqa: ARG001
    """An agent takes what it needs in the order of the pools' names, and nothing else, whatever order it names."""
    has = before.has.get(event.agent, ())
    yield case((*has, event.pool) == before.wants(event.agent)[: len(has) + 1], takes=event, has=has, wants=before.wants(event.agent))


@on_event(GoesOn)
def who_waits_does_not_go_on(before: Holdings, by: Address, event: GoesOn) -> Cases:  # noqa: ARG001
    """An agent that waits for a unit does nothing else."""
    yield case(event.agent not in before.waiting, goes_on=event.agent, waiting=before.waiting)


@on_event(Reply)
def who_is_done_had_all(before: Holdings, by: Address, event: Reply) -> Cases:
    """Whoever is told that its work is done had all that it asked for."""
    if Call(event.to, by) in before.calls.open:
        has = before.has.get(event.to, ())
        yield case(event.answer == Done() and has == before.wants(event.to), told=event.answer, has=has, wants=before.wants(event.to))


@always()
def nobody_is_answered_twice(seen: Seen[Holdings]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return common.answered_once(seen.history.calls)


@always_each(PoolsView)
def the_view_is_true(view: PoolsView, who: Address, history: Holdings) -> Cases:  # noqa: ARG001
    """An outsider sees who has what: who is done has nothing."""
    yield case(view.holders == history.holders(), holders=view.holders, so=history.holders())


@at_rest()
def nobody_waits(seen: Seen[Holdings]) -> Cases:
    """At rest nobody waits: there is no circle of agents, each of which waits for what the next one has.

    Of the pools of which the unit is taken the last has a holder that waits for nothing.
    """
    return common.nobody_waits(seen)


@eventually(Fair.TRIGGERS)
def everybody_is_done(seen: Seen[Holdings]) -> Cases:
    """In the end everybody's work is done, if all who have a unit give it back: nobody starves, since each pool serves in the order of asking."""
    return common.nobody_waits(seen)


@sometimes
def somebody_waits_with_something(seen: Seen[Holdings]) -> Cases:
    """An agent has a unit, and needs the next one, which another has."""
    history = seen.history
    needed = {pool for agent, has in history.has.items() for pool in history.wants(agent)[len(has) : len(has) + 1]}
    yield case(any(pool in history.holders() for pool in needed))
