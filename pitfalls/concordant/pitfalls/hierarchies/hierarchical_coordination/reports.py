"""What goes wrong with the reports: they come too early, twice or to the wrong ones, and tell what is not so."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.hierarchical_coordination import Engaged, Node, State, asked, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.hierarchical_coordination import Gathered, GaveUp, Layers, Star, Tree, Up
from concordant.spec.hierarchies.hierarchical_coordination import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Bag, Effect, Network, Reply, broadcast


@frozen
class ReportsAtOnce(Node):
    """Reports once it has heard from a child, and of what it has heard."""

    def heard(self, state: Engaged, child: Address, told: Up) -> Step[State]:
        return super().heard(evolve(state, pending=frozenset({child})), child, told)


@frozen
class CountsAgain(Node):
    """Counts a report again when it comes again."""

    def is_awaited(self, state: Engaged, child: Address) -> bool:
        return bool(state.pending) and child != state.above


@frozen
class CreditsTheSilent(Node):
    """Takes silence for a report."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        credits = Bag.of((*state.credits, *self.below(state.plan, children)))
        return self.report(evolve(state, pending=frozenset(), credits=credits), Announce(GaveUp(children)))


@frozen
class CountsChildren(Node):
    """Counts those that report to it, and names as missing all below them."""

    def heard(self, state: Engaged, child: Address, told: Up) -> Step[State]:  # noqa: ARG002  # that is the mistake
        missing = self.below(state.plan, frozenset({child})) - {child}
        return super().heard(state, child, Up(Bag.of((child,)), missing))


@frozen
class ForgetsTheMissing(Node):
    """Tells who has done the task, and not who is missing."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        return self.report(evolve(state, pending=frozenset()), Announce(GaveUp(children)))


@frozen
class NamesEverybodyBelow(Node):
    """Announces that it gives up all below its children, too."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        everybody = self.below(state.plan, children)
        return self.report(evolve(state, pending=frozenset(), missing=state.missing | everybody), Announce(GaveUp(everybody)))


@frozen
class GivesItselfUp(Node):
    """Announces that it gives up itself, too."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        gone = super().give_up(state, children)
        return Step(gone.state, (Announce(GaveUp(children | {self.me})), *gone.effects[1:]))


@frozen
class GivesAllUp(Node):
    """Gives up all its children, also those that have reported."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:  # noqa: ARG002  # that is the mistake
        return super().give_up(state, frozenset(child for child, of in state.plan.items() if of == self.me))


@frozen
class CreditsItsParent(Node):
    """Reports that its parent has done the task, as it has."""

    def report(self, state: Engaged, *effects: Effect) -> Step[State]:
        credits = state.credits.add(state.above) if self.me in state.plan else state.credits
        return super().report(evolve(state, credits=credits), *effects)


@frozen
class TellsTheChildren(Node):
    """Tells its children what it tells its client."""

    def report(self, state: Engaged, *effects: Effect) -> Step[State]:
        over = super().report(state, *effects)
        if state.pending or self.me in state.plan:
            return over
        children = (child for child, of in state.plan.items() if of == self.me)
        return Step(over.state, (*over.effects, *broadcast(children, Up(state.credits, state.missing))))


@frozen
class ReportsToTheTop(Node):
    """Reports to the coordinator, past its parent."""

    def report(self, state: Engaged, *effects: Effect) -> Step[State]:
        return super().report(evolve(state, above=Address("node")) if self.me in state.plan else state, *effects)


@frozen
class AnswersTwice(Node):
    """Answers when it gives up, and again."""

    def give_up(self, state: Engaged, children: frozenset[Address]) -> Step[State]:
        told = Reply(state.above, Gathered(state.credits, state.missing | self.below(state.plan, children)))
        return step(state, told, Announce(GaveUp(children)))


# ---- the pitfalls

CHAIN, STAR = asked(Tree(1), 1, 2), asked(Star(), 1, 2)
ONE = asked(Star(), 1)
COPIES = Network(duplicating=True)

TOO_EARLY = Pitfall(
    "hierarchical_coordination.ReportsAtOnce",
    "The outcome is told when the first child has reported.",
    breaks=spec.the_outcome_is_true_and_whole,
    subject=system(STAR, node=ReportsAtOnce),
    length=3,
)

CREDITED_TWICE = Pitfall(
    "hierarchical_coordination.CountsAgain",
    "A report comes twice, and an agent is credited twice.",
    breaks=spec.the_outcome_is_true_and_whole,
    subject=system(STAR, network=COPIES, node=CountsAgain),
    length=5,
)

SILENCE_COUNTS = Pitfall(
    "hierarchical_coordination.CreditsTheSilent",
    "Who was given up is credited with what it has not done.",
    breaks=spec.the_outcome_is_true_and_whole,
    subject=system(ONE, nodes=2, node=CreditsTheSilent),
    length=2,
)

NOT_MISSING = Pitfall(
    "hierarchical_coordination.CountsChildren",
    "An agent that has done the task, and whose report came, is named as missing, since its parent is no coordinator's child.",
    breaks=spec.the_outcome_is_true_and_whole,
    subject=system(CHAIN, node=CountsChildren),
    length=5,
)

FORGOTTEN = Pitfall(
    "hierarchical_coordination.ForgetsTheMissing",
    "An agent gives a child up and does not say so in its report: the outcome looks complete.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(CHAIN, node=ForgetsTheMissing),
    length=3,
)

NOT_ITS_OWN = Pitfall(
    "hierarchical_coordination.NamesEverybodyBelow",
    "An agent gives up those that are its children's to give up.",
    breaks=spec.nobody_gives_up_but_its_children,
    subject=system(CHAIN, node=NamesEverybodyBelow),
    length=2,
)

PAST_THE_PARENT_UP = Pitfall(
    "hierarchical_coordination.ReportsToTheTop",
    "An agent reports past its parent, who waits.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(CHAIN, node=ReportsToTheTop),
    length=3,
)

TWO_ANSWERS = Pitfall(
    "hierarchical_coordination.AnswersTwice",
    "A client is told who is missing, and later more.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(ONE, nodes=2, node=AnswersTwice),
    length=3,
)

BELOW_THE_CHILDREN = Pitfall(
    "hierarchical_coordination.CountsChildren/below",
    "An agent names as missing whoever reported to its child.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(asked(Tree(1), 1, 2, 3), nodes=4, node=CountsChildren),
    length=6,
)

TWICE_BELOW = Pitfall(
    "hierarchical_coordination.CountsAgain/below",
    "A report comes twice to an agent, which reports it twice.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(asked(Layers((1, 2)), 1, 2, 3), nodes=4, network=COPIES, node=CountsAgain),
    length=6,
)

ITSELF = Pitfall(
    "hierarchical_coordination.GivesItselfUp",
    "A coordinator gives itself up, who is nobody's child.",
    breaks=spec.nobody_gives_up_but_its_children,
    subject=system(ONE, nodes=2, node=GivesItselfUp),
    length=2,
)

BOTH = Pitfall(
    "hierarchical_coordination.GivesAllUp",
    "An agent that has reported is credited, and named as missing.",
    breaks=spec.the_outcome_is_true_and_whole,
    subject=system(STAR, node=GivesAllUp),
    length=4,
)

ITS_PARENT = Pitfall(
    "hierarchical_coordination.CreditsItsParent",
    "An agent credits its parent, who credits itself.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(ONE, nodes=2, node=CreditsItsParent),
    length=2,
)

DOWN_AGAIN = Pitfall(
    "hierarchical_coordination.TellsTheChildren",
    "The coordinator, who has no parent, sends its report to its children.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(ONE, nodes=2, node=TellsTheChildren),
    length=2,
)
