"""Plans that are none: the documents' set-up, which validates nothing and defines no builder, read in the way that harms least; and others."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.hierarchical_coordination import Engaged, Idle, Node, State, asked, system
from concordant.refimpl.machine import Pitfall, Step
from concordant.refimpl.machine.pitfalls import Reason, Unmodelled
from concordant.spec.hierarchies.hierarchical_coordination import Coordinate, Layers, Plan, Shape, Star, Tree
from concordant.spec.hierarchies.hierarchical_coordination import clauses as spec
from concordant.spec.vocabulary import Address, Effect, Map, Rejected

# ---- as it is written


@frozen
class AsWritten(Node):
    """Validates nothing. Where no child can be placed nobody is; the uppermost layer has no coordinator above it; and whoever is handed the task does it."""

    def flaw(self, request: Coordinate) -> Rejected | None:  # noqa: ARG002  # nothing is validated
        return None

    def arranged(self, shape: Shape, agents: tuple[Address, ...]) -> Plan:
        if shape == Tree(0):
            return Map()
        plan = super().arranged(shape, agents)
        if isinstance(shape, Layers):
            return Map.of({agent: of for agent, of in plan.items() if of != self.me})
        return plan

    def has_task(self, state: State) -> bool:  # noqa: ARG002
        return False

    def report(self, state: Engaged, *effects: Effect) -> Step[State]:
        asked_by_a_user = state.above not in state.plan.values()
        return super().report(evolve(state, plan=state.plan.drop(self.me)) if asked_by_a_user else state, *effects)


# ---- of our own


@frozen
class StartsAtOne(Node):
    """Counts agents from one and divides as if it counted from zero."""

    def parent(self, shape: Shape, place: int) -> int:
        return place // shape.degree if isinstance(shape, Tree) else super().parent(shape, place)


@frozen
class OneLeader(Node):
    """Puts all of a layer below the first agent, whatever the layers."""

    def parent(self, shape: Shape, place: int) -> int:
        return min(place - 1, 1) if isinstance(shape, Layers) else super().parent(shape, place)


@frozen
class Crossed(Node):
    """Makes each of the last two agents the other's parent."""

    def arranged(self, shape: Shape, agents: tuple[Address, ...]) -> Plan:
        one, other = agents[-2:]
        return super().arranged(shape, agents).put(one, other).put(other, one)


@frozen
class LeavesOneOut(Node):
    """Arranges all agents but the last."""

    def arranged(self, shape: Shape, agents: tuple[Address, ...]) -> Plan:
        return super().arranged(shape, agents[:-1])


@frozen
class StartsAnew(Node):
    """Takes a second task when it has one."""

    def request(self, state: State, client: Address, request: Coordinate) -> Step[State]:  # noqa: ARG002  # that is the mistake
        return super().request(Idle(), client, request)


@frozen
class WantsABranching(Node):
    """Rejects a tree in which nobody may have two children."""

    def flaw(self, request: Coordinate) -> Rejected | None:
        return Rejected("nobody may have a child") if request.shape == Tree(1) else super().flaw(request)


# ---- the pitfalls

CHAIN = asked(Tree(1), 1, 2)

UNDEFINED = Unmodelled(
    "HIE-1", Reason.NO_CODE, "The set-up calls builders and coordinators that are written nowhere; what they must do the clauses say."
)
NOBODY_COORDINATES = Pitfall(
    "HIE-2",
    "A hierarchy without a coordinator is set up.",
    breaks=spec.what_is_planned_was_asked_for,
    subject=system(Coordinate(None, (Address("node", 1),), Tree(3)), nodes=2, node=AsWritten),
    length=1,
)
TWICE_IN_THE_TREE = Pitfall(
    "HIE-3",
    "The coordinator is one of the agents as well, stands in the tree twice, and does the task twice.",
    breaks=spec.everybody_does_the_task_once,
    subject=system(asked(Tree(3), 0, 1), nodes=2, node=AsWritten),
    length=2,
)
NO_CHILDREN = Pitfall(
    "HIE-4",
    "Where nobody may have a child no agent has a place, and all are lost.",
    breaks=spec.what_is_planned_was_asked_for,
    subject=system(asked(Tree(0), 1), nodes=2, node=AsWritten),
    length=1,
)
NO_COORDINATOR_ABOVE = Pitfall(
    "HIE-5",
    "Layers have no coordinator: no path leads to it.",
    breaks=spec.the_plan_is_a_tree,
    subject=system(asked(Layers((1, 1)), 1, 2), node=AsWritten),
    length=1,
)
NO_AGENTS = Pitfall(
    "HIE-7",
    "A hierarchy without agents is set up, and its coordinator reports that all went well.",
    breaks=spec.what_is_planned_was_asked_for,
    subject=system(asked(Tree(3)), nodes=1, node=AsWritten),
    length=1,
)
ONE_CHILD_SHORT = Pitfall(
    "hierarchical_coordination.StartsAtOne",
    "The coordinator of a tree has a child less than it may have, and the tree is deeper than it need be.",
    breaks=spec.the_plan_has_its_shape,
    subject=system(asked(Tree(2), 1, 2), node=StartsAtOne),
    length=1,
)
LAYERS_SLIP = Pitfall(
    "hierarchical_coordination.OneLeader",
    "The second agent of a layer is put below the first.",
    breaks=spec.the_plan_has_its_shape,
    subject=system(asked(Layers((2,)), 1, 2), node=OneLeader),
    length=1,
)
STAR_SLIPS = Pitfall(
    "hierarchical_coordination.Crossed/star",
    "Two agents of a star are each other's children.",
    breaks=spec.the_plan_has_its_shape,
    subject=system(asked(Star(), 1, 2), node=Crossed),
    length=1,
)
CROSSED = Pitfall(
    "hierarchical_coordination.Crossed",
    "Two agents are each other's parents, and the task never comes to them.",
    breaks=spec.the_plan_is_a_tree,
    subject=system(CHAIN, node=Crossed),
    length=1,
)
LEFT_OUT = Pitfall(
    "hierarchical_coordination.LeavesOneOut",
    "The last agent gets no place.",
    breaks=spec.what_is_planned_was_asked_for,
    subject=system(CHAIN, node=LeavesOneOut),
    length=1,
)
ANEW = Pitfall(
    "hierarchical_coordination.StartsAnew",
    "A coordinator is given a second task, and begins anew.",
    breaks=spec.what_is_planned_was_asked_for,
    subject=system(CHAIN, CHAIN, node=StartsAnew),
    length=3,
)
NO_CHAINS = Pitfall(
    "hierarchical_coordination.WantsABranching",
    "A chain is rejected, which is a tree.",
    breaks=spec.a_rejection_has_a_reason,
    subject=system(CHAIN, node=WantsABranching),
    length=1,
)
