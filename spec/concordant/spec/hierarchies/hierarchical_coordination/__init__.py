"""A coordinator has agents, arranged as a tree, do a task once each, and gathers who has done it: propagation with feedback.

Source: Chang, "Echo Algorithms" (1982), and Segall, "Distributed Network Protocols" (1983), on a tree that is known; Horling and
Lesser, "A survey of multi-agent organizational paradigms" (2004). Tree, star and layers are one machine with three functions that
say whose parent is whose. Whoever waits for too long reports without those it waits for, and names them.
Assumes: whoever crashes stays down. One task.
Does not promise: that who is named as missing has not done the task; it may be late.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Bag, Deadline, Map, Rejected, Reply, Send

# ---- shapes


@frozen
class Tree:
    """A coordinator and agents of whom nobody has more children than this, filled level by level."""

    degree: int


@frozen
class Star:
    """All agents are the coordinator's children."""


@frozen
class Layers:
    """Layers of so many agents each, from the coordinator down; each has its parent in the layer above."""

    sizes: tuple[int, ...]


Shape: TypeAlias = Tree | Star | Layers
Plan: TypeAlias = Map[Address, Address]
"""The parent of every agent."""


def path(plan: Plan, agent: Address) -> tuple[Address, ...]:
    """Return an agent, its parent and so on, up to one who has none, or is on the path already.

    >>> path(Map.of({"c": "b", "b": "a"}), "c")
    ('c', 'b', 'a')
    """
    found = [agent]
    while (parent := plan.get(found[-1])) is not None and parent not in found:
        found.append(parent)
    return tuple(found)


def below(plan: Plan, agent: Address) -> frozenset[Address]:
    """Return an agent and all whose path leads through it."""
    return frozenset({agent, *(other for other in plan if agent in path(plan, other))})


# ---- messages


@frozen
class Down:
    """A parent hands the task on to its child, with the plan."""

    plan: Plan


@frozen
class Up:
    """A child tells its parent who has done the task, as often as it was told so, and whom it has not heard of, of all below it."""

    credits: Bag[Address]
    missing: frozenset[Address]


# ---- requests and answers


@frozen
class Coordinate:
    """A user asks a coordinator to have agents do the task. Answered by `Gathered`, or `Rejected` for a plan that cannot be, or a second task."""

    coordinator: Address | None
    agents: tuple[Address, ...]
    shape: Shape


@frozen
class Gathered:
    """Who has done the task, as often as the coordinator was told so, and of whom it has not heard."""

    credits: Bag[Address]
    missing: frozenset[Address]


ONE_TASK = Rejected("a task was given already")


def complaints(asked: Coordinate, at: Address) -> Iterator[Rejected]:
    """Yield everything that is wrong with what is asked of somebody."""
    if asked.coordinator is None:
        yield Rejected("there is no coordinator")
    elif asked.coordinator != at:
        yield Rejected("the coordinator is another")
    if asked.coordinator in asked.agents:
        yield Rejected("the coordinator is among its agents")
    if not asked.agents:
        yield Rejected("there are no agents")
    if len(frozenset(asked.agents)) < len(asked.agents):
        yield Rejected("an agent is named twice")
    match asked.shape:
        case Tree(degree) if degree < 1:
            yield Rejected("nobody may have a child")
        case Layers(sizes) if any(size < 1 for size in sizes) or sum(sizes) != len(asked.agents):
            yield Rejected("the layers are not those of so many agents")


# ---- triggers


@frozen
class GiveUp(Deadline):
    """An agent has waited long enough for its children."""


# ---- events


@frozen
class Planned:
    """A coordinator has arranged its agents, for a client."""

    client: Address
    plan: Plan


@frozen
class Executed:
    """An agent, or the coordinator, has done the task."""


@frozen
class GaveUp:
    """An agent waits no more for these children."""

    children: frozenset[Address]


# ---- views


@frozen
class NodeView:
    """For which children an agent waits."""

    pending: frozenset[Address]


# ---- history


@frozen
class History:
    """What was planned; who was handed the task by its parent, and did it, once or more often; who reported, and who was given up."""

    calls: Calls = Calls()
    root: Address | None = None
    plan: Plan = Map()
    handed: frozenset[Address] = frozenset()
    executed: frozenset[Address] = frozenset()
    reported: frozenset[Address] = frozenset()
    given_up: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Planned(_, plan):
                return evolve(after, root=at, plan=plan, handed=self.handed | {at})
            case Send(to, Down()) if self.plan.get(to) == at:
                return evolve(after, handed=self.handed | {to})
            case Executed():
                return evolve(after, executed=self.executed | {at})
            case Send(_, Up()) | Reply(_, Gathered()):
                return evolve(after, reported=self.reported | {at})
            case GaveUp(children):
                return evolve(after, given_up=self.given_up | children)
            case _:
                return after

    def may_miss(self, agent: Address) -> bool:
        """Tell whether somebody on an agent's path, itself included, was given up."""
        return any(each in self.given_up for each in path(self.plan, agent))
