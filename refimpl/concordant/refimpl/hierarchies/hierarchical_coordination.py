"""A coordinator and its agents as one machine: whoever is asked arranges the others, and each hands the task on to its children."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.hierarchies.hierarchical_coordination import (
    ONE_TASK,
    Coordinate,
    Down,
    Executed,
    Gathered,
    GaveUp,
    GiveUp,
    History,
    Layers,
    NodeView,
    Plan,
    Planned,
    Shape,
    Star,
    Tree,
    Up,
)
from concordant.spec.hierarchies.hierarchical_coordination import clauses as spec
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Bag,
    Clause,
    Effect,
    Faults,
    Map,
    Network,
    Rejected,
    Reply,
    Send,
    addresses,
    broadcast,
)

# ---- whose parent is whose: the coordinator has the place 0, its agents those from 1 on


def parent(shape: Shape, place: int) -> int:
    """Return the place of the parent of whoever has a place from 1 on.

    >>> [parent(Tree(2), place) for place in range(1, 7)]
    [0, 0, 1, 1, 2, 2]
    """
    match shape:
        case Tree(degree):
            return (place - 1) // degree
        case Star():
            return 0
        case Layers(sizes):
            return above(sizes, place)
        case _:
            assert_never(shape)


def above(sizes: tuple[int, ...], place: int) -> int:
    """Return the place of the parent where there are layers of so many: those of a layer are shared out in turn among those above.

    >>> [above((2, 3), place) for place in range(1, 6)]
    [0, 0, 1, 2, 1]
    """
    starts = tuple(accumulate((1, *sizes), initial=0))
    layer = max(number for number, start in enumerate(starts) if start <= place)
    return starts[layer - 1] + (place - starts[layer]) % (starts[layer] - starts[layer - 1])


# ---- the machine


@frozen
class Idle:
    """Has no task."""


@frozen
class Engaged:
    """Has done the task, and waits for these children; who has done it, and who is missing, of those below that were heard of or given up.

    `above`: the parent, or the coordinator's client. Who waits for nobody has reported.
    """

    plan: Plan
    above: Address
    pending: frozenset[Address]
    credits: Bag[Address]
    missing: frozenset[Address] = frozenset()


State: TypeAlias = Idle | Engaged


@frozen
class Node(Process[State, Down | Up, Coordinate, GiveUp]):
    """A coordinator where it is asked, and elsewhere an agent."""

    me: Address

    def start(self) -> Step[State]:
        return step(Idle())

    def request(self, state: State, client: Address, request: Coordinate) -> Step[State]:
        wrong = ONE_TASK if isinstance(state, Engaged) else self.flaw(request)
        if wrong is not None:
            return step(state, Reply(client, wrong))
        plan = self.arranged(request.shape, request.agents)
        begun = self.engage(plan, client)
        return Step(begun.state, (Announce(Planned(client, plan)), *begun.effects))

    def flaw(self, request: Coordinate) -> Rejected | None:
        """Say what is wrong with a request; None if nothing is."""
        agents, shape = request.agents, request.shape
        if request.coordinator is None:
            return Rejected("there is no coordinator")
        if request.coordinator != self.me:
            return Rejected("the coordinator is another")
        if self.me in agents:
            return Rejected("the coordinator is among its agents")
        if not agents:
            return Rejected("there are no agents")
        if any(agents.count(agent) > 1 for agent in agents):
            return Rejected("an agent is named twice")
        if isinstance(shape, Tree) and shape.degree <= 0:
            return Rejected("nobody may have a child")
        if isinstance(shape, Layers) and (min(shape.sizes, default=0) <= 0 or sum(shape.sizes) != len(agents)):
            return Rejected("the layers are not those of so many agents")
        return None

    def arranged(self, shape: Shape, agents: tuple[Address, ...]) -> Plan:
        everybody = (self.me, *agents)
        return Map.of({agent: everybody[self.parent(shape, place)] for place, agent in enumerate(agents, 1)})

    def parent(self, shape: Shape, place: int) -> int:
        return parent(shape, place)

    def receive(self, state: State, source: Address, message: Down | Up) -> Step[State] | None:
        match message:
            case Down(plan):
                return None if self.has_task(state) else self.engage(plan, source)
            case Up():
                return self.heard(state, source, message) if isinstance(state, Engaged) and self.is_awaited(state, source) else None
            case _:
                assert_never(message)

    def has_task(self, state: State) -> bool:
        return isinstance(state, Engaged)

    def engage(self, plan: Plan, above: Address) -> Step[State]:
        children = tuple(child for child, of in plan.items() if of == self.me)
        begun = Engaged(plan, above, frozenset(children), Bag.of((self.me,)))
        return self.report(begun, Announce(Executed()), *broadcast(self.told(children), Down(plan)))

    def told(self, children: tuple[Address, ...]) -> tuple[Address, ...]:
        return children

    def is_awaited(self, state: Engaged, child: Address) -> bool:
        return child in state.pending

    def heard(self, state: Engaged, child: Address, told: Up) -> Step[State]:
        # The hard step: whoever was heard of, or given up, is not awaited any more, so that nobody below it is counted again.
        credits = Bag.of((*state.credits, *told.credits))
        return self.report(evolve(state, pending=state.pending - {child}, credits=credits, missing=state.missing | told.missing))

    def report(self, state: Engaged, *effects: Effect) -> Step[State]:
        """Tell the parent, or the client, once nobody is awaited."""
        if state.pending:
            return step(state, *effects)
        if self.me in state.plan:
            return step(state, *effects, Send(state.above, Up(state.credits, state.missing)))
        return step(state, *effects, Reply(state.above, Gathered(state.credits, state.missing)))

    def armed(self, state: State) -> tuple[GiveUp, ...]:
        return (GiveUp(),) if isinstance(state, Engaged) and state.pending else ()

    def fire(self, state: State, trigger: GiveUp) -> Step[State]:  # noqa: ARG002  # there is one trigger
        return self.give_up(state, state.pending) if isinstance(state, Engaged) else step(state)

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        missing = state.missing | self.below(state.plan, children)
        return self.report(evolve(state, pending=frozenset(), missing=missing), Announce(GaveUp(children)))

    def below(self, plan: Plan, children: frozenset[Address]) -> frozenset[Address]:
        """Return these and all below them."""
        found = children
        while more := {child for child, of in plan.items() if of in found} - found:
            found |= more
        return found

    def survives(self, state: State) -> Iterable[State]:
        return (state,)

    def view(self, state: State) -> NodeView:
        return NodeView(state.pending if isinstance(state, Engaged) else frozenset())


PROMISES: tuple[Clause, ...] = (
    spec.what_is_planned_was_asked_for,
    spec.the_plan_is_a_tree,
    spec.the_plan_has_its_shape,
    spec.the_task_is_handed_to_children,
    spec.everybody_does_the_task_once,
    spec.nobody_gives_up_but_its_children,
    spec.a_report_is_true_and_whole,
    spec.the_outcome_is_true_and_whole,
    spec.a_rejection_has_a_reason,
    spec.nobody_is_answered_twice,
    spec.nobody_waits,
    spec.in_time_nobody_is_missing,
    spec.every_task_ends,
    spec.everybody_does_the_task,
)

ROOT, USER, RIVAL = Address("node"), Address("user"), Address("user", 1)


def asked(shape: Shape, *agents: int) -> Coordinate:
    """Make a request of node0, with the nodes of these numbers as its agents."""
    return Coordinate(ROOT, tuple(Address("node", number) for number in agents), shape)


def system(
    *requests: Coordinate,
    nodes: int = 3,
    rival: Address | None = None,
    network: Network = Network(),
    faults: Faults = Faults(),
    node: type[Node] = Node,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put nodes and users together: one asks node0 for all of this, one after the other; a rival, if there is one, asks another the same."""
    names = addresses("node", nodes)
    script = tuple((request,) for request in requests)
    users = (User(USER, (ROOT,), script), *((User(RIVAL, (rival,), script),) if rival is not None else ()))
    return System({name: node(name) for name in names}, History(), promises, network, faults, users)
