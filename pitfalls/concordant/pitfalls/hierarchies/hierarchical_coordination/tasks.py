"""What goes wrong with the task: it is not handed on as planned, or waited for without end."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.hierarchical_coordination import Engaged, Node, State, asked, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.hierarchical_coordination import Down, GaveUp, GiveUp, Plan, Star, Tree
from concordant.spec.hierarchies.hierarchical_coordination import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Faults, Network, Send, broadcast

# ---- the task


@frozen
class HandsOnToAll(Node):
    """Hands the task on to everybody in the plan, not only to its children."""

    def engage(self, plan: Plan, above: Address) -> Step[State]:
        begun = super().engage(plan, above)
        return Step(begun.state, (*begun.effects, *broadcast(plan, Down(plan))))


@frozen
class HandsOnToOne(Node):
    """Hands the task on to its first child, and waits for all."""

    def told(self, children: tuple[Address, ...]) -> tuple[Address, ...]:
        return children[:1]


@frozen
class LosesTheLast(Node):
    """Hands on the plan without the last agent in it."""

    def engage(self, plan: Plan, above: Address) -> Step[State]:
        begun = super().engage(plan, above)
        shorter = Down(plan.drop(max(plan)))
        return Step(begun.state, tuple(evolve(each, message=shorter) if isinstance(each, Send) else each for each in begun.effects))


@frozen
class HandsItToItself(Node):
    """Hands the task on to itself, too."""

    def told(self, children: tuple[Address, ...]) -> tuple[Address, ...]:
        return (self.me, *children)


@frozen
class AwaitsOne(Node):
    """Hands the task on to its first child, waits for that, and forgets the others."""

    def engage(self, plan: Plan, above: Address) -> Step[State]:
        children = [child for child, of in plan.items() if of == self.me]
        begun = super().engage(plan, above)
        if not isinstance(begun.state, Engaged) or not children:
            return begun
        told = tuple(each for each in begun.effects if not isinstance(each, Send) or each.to == children[0])
        return Step(evolve(begun.state, pending=frozenset(children[:1])), told)


@frozen
class DoesItAgain(Node):
    """Does the task whenever it is handed on."""

    def has_task(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return False


# ---- the waits


@frozen
class WaitsForEver(Node):
    """Waits for its children however long that takes."""

    def armed(self, state: State) -> tuple[GiveUp, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class OnlyTheTopGivesUp(Node):
    """Waits for its children however long that takes, unless it coordinates."""

    def armed(self, state: State) -> tuple[GiveUp, ...]:
        return super().armed(state) if isinstance(state, Engaged) and self.me not in state.plan else ()


@frozen
class HearsNobody(Node):
    """Does not listen to reports."""

    def is_awaited(self, state: Engaged, child: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class AsksForEver(Node):
    """Hands the task on again where it has waited long enough."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        return step(state, *broadcast(sorted(children), Down(state.plan)))


@frozen
class GivesUpInSilence(Node):
    """Gives its children up, and reports nothing any more."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        return step(evolve(state, pending=frozenset()), Announce(GaveUp(children)))


# ---- the pitfalls

CHAIN, STAR = asked(Tree(1), 1, 2), asked(Star(), 1, 2)
ONE = asked(Star(), 1)
CRASH = Faults(crashes=1, who=(Address("node", 1),))
COPIES = Network(duplicating=True)

PAST_THE_PARENT = Pitfall(
    "hierarchical_coordination.HandsOnToAll",
    "The coordinator hands the task to everybody, past their parents.",
    breaks=spec.the_task_is_handed_to_children,
    subject=system(CHAIN, node=HandsOnToAll),
    length=1,
)

SHORTER = Pitfall(
    "hierarchical_coordination.LosesTheLast",
    "A child is told a plan in which the last agent has no place.",
    breaks=spec.the_task_is_handed_to_children,
    subject=system(CHAIN, node=LosesTheLast),
    length=1,
)

AGAIN = Pitfall(
    "hierarchical_coordination.DoesItAgain",
    "An agent that is handed the task again does it again.",
    breaks=spec.everybody_does_the_task_once,
    subject=system(ONE, nodes=2, network=COPIES, node=DoesItAgain),
    length=3,
)

UNASKED = Pitfall(
    "hierarchical_coordination.HandsOnToAll/early",
    "An agent does the task before its parent has it.",
    breaks=spec.everybody_does_the_task_once,
    subject=system(CHAIN, node=HandsOnToAll),
    length=2,
)

NOT_HANDED_ON = Pitfall(
    "hierarchical_coordination.HandsOnToOne",
    "The task comes to one of two children, and the other is waited for.",
    breaks=spec.everybody_does_the_task,
    subject=system(STAR, node=HandsOnToOne),
    length=3,
)

SLOW_IN_TIME = Pitfall(
    "hierarchical_coordination.HandsOnToOne/in_time",
    "The task comes to one of two children, and the other is given up.",
    breaks=spec.in_time_nobody_is_missing,
    subject=system(STAR, faults=Faults(synchronous=True), node=HandsOnToOne),
    length=4,
)

DEAD_LEAF = Pitfall(
    "HIE-6",
    "An agent has crashed, and its parent waits for it for ever.",
    breaks=spec.nobody_waits,
    subject=system(ONE, nodes=2, faults=CRASH, node=WaitsForEver),
    length=3,
)

LOST = Pitfall(
    "hierarchical_coordination.WaitsForEver",
    "A message is lost, and the task never ends.",
    breaks=spec.every_task_ends,
    subject=system(ONE, nodes=2, network=Network(losses=1), node=WaitsForEver),
    length=2,
)

INSISTS = Pitfall(
    "hierarchical_coordination.AsksForEver",
    "Who has crashed is asked again and again.",
    breaks=spec.every_task_ends,
    subject=system(ONE, nodes=2, network=COPIES, faults=CRASH, node=AsksForEver),
    length=3,
)

SILENT = Pitfall(
    "hierarchical_coordination.GivesUpInSilence",
    "An agent gives its children up and does not report; its parent gives it up, too, and nobody waits; the client does.",
    breaks=spec.nobody_waits,
    subject=system(ONE, nodes=2, node=GivesUpInSilence),
    length=4,
)

TO_ITSELF = Pitfall(
    "hierarchical_coordination.HandsItToItself",
    "The coordinator hands the task to itself, who has no place below anybody.",
    breaks=spec.the_task_is_handed_to_children,
    subject=system(CHAIN, node=HandsItToItself),
    length=1,
)

ONE_OF_TWO = Pitfall(
    "hierarchical_coordination.AwaitsOne",
    "The task comes to one of two children, and the other is forgotten.",
    breaks=spec.in_time_nobody_is_missing,
    subject=system(STAR, faults=Faults(synchronous=True), node=AwaitsOne),
    length=3,
)

UNHEARD = Pitfall(
    "hierarchical_coordination.HearsNobody",
    "All do the task, report it in time, and are given up.",
    breaks=spec.in_time_nobody_is_missing,
    subject=system(ONE, nodes=2, faults=Faults(synchronous=True), node=HearsNobody),
    length=4,
)

TOP_ONLY = Pitfall(
    "hierarchical_coordination.OnlyTheTopGivesUp",
    "The client has its answer, and an agent still waits for a child that has crashed.",
    breaks=spec.nobody_waits,
    subject=system(CHAIN, faults=Faults(crashes=1, who=(Address("node", 2),)), node=OnlyTheTopGivesUp),
    length=5,
)
