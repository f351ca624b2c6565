"""What goes wrong with centralized coordinators: the documents' one as it is written, mistake by mistake, and others."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.hierarchies.supervisor.agents import DoesAnother, TakesCopies
from concordant.refimpl.hierarchies.centralized_coordinator import Common, Coordinating, Coordinator, Performing, system
from concordant.refimpl.hierarchies.supervisor import ANYTHING
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies import centralized_coordinator as spec
from concordant.spec.hierarchies.centralized_coordinator import Aborted, Perform, Performed
from concordant.spec.hierarchies.shared.runs import Accepted, Done, Over, Run
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Rejected, Reply, Send

# ---- as it is written


@frozen
class AsWritten(Coordinator):
    """Validates nothing; the first agent that can do a subtask gets it, or else the first of all; each result becomes common at once."""

    def flaw(self, state: Common, subtasks: tuple[Subtask, ...]) -> str | None:  # noqa: ARG002  # nothing is validated
        return None if self.agents else "IndexError: list index out of range"

    def chosen(self, state: Performing, subtask: Subtask) -> Address | None:
        return next(iter(self.able(state.common, subtask)), next(iter(self.agents)))

    def ended(self, state: Performing, message: Over) -> Step[Coordinating]:
        if not isinstance(message.outcome, Done):
            return super().ended(state, message)
        world = state.common.world.put(state.left[0].name, message.outcome.result)
        return super().ended(evolve(state, common=evolve(state.common, world=world)), message)


@frozen
class Undefined(Coordinator):
    """Updates the common state by a function that is defined nowhere."""

    def ended(self, state: Performing, message: Over) -> Step[Coordinating]:  # noqa: ARG002
        error = Rejected("NameError: name 'update_global_state' is not defined")
        return step(state.common, Reply(state.client, error))


@frozen
class PlansAhead(Coordinator):
    """Chooses, before anything is done, who does what."""

    def chosen(self, state: Performing, subtask: Subtask) -> Address | None:
        everybody = [agent for agent, can in self.agents.items() if subtask.needs in can]
        return min(everybody, key=lambda agent: state.had.get(agent, 0), default=None)


# ---- of our own


@frozen
class LastFirst(Coordinator):
    """Gives out the last subtask first."""

    def request(self, state: Coordinating, client: Address, request: Perform) -> Step[Coordinating]:
        begun = super().request(state, client, Perform(request.subtasks[::-1]))
        return Step(begun.state, (Announce(Accepted(client, request.subtasks)), *begun.effects[1:]))


@frozen
class AllAtOnce(Coordinator):
    """Gives out the second subtask beside the first."""

    def give(self, state: Performing, agent: Address) -> Step[Coordinating]:
        given = super().give(state, agent)
        more = (Send(agent, Run(state.common.given + 2, each.name)) for each in state.left[1:2])
        return Step(given.state, (*given.effects, *more))


@frozen
class AsksTwo(Coordinator):
    """Gives a subtask to another agent, too, under another number: the first result will do."""

    def give(self, state: Performing, agent: Address) -> Step[Coordinating]:
        one = super().give(state, agent)
        return one.then(
            lambda _: super(AsksTwo, self).give(evolve(state, common=evolve(state.common, given=state.common.given + 1)), agent)
        )


@frozen
class TellsWhoAskedLast(Coordinator):
    """Remembers who has asked last, and tells it the outcome."""

    def request(self, state: Coordinating, client: Address, request: Perform) -> Step[Coordinating]:
        return step(evolve(state, client=client)) if isinstance(state, Performing) else super().request(state, client, request)


@frozen
class OneNumber(Coordinator):
    """Gives every subtask the same number."""

    def give(self, state: Performing, agent: Address) -> Step[Coordinating]:
        return super().give(evolve(state, common=evolve(state.common, given=0)), agent)


@frozen
class TakesAnother(Coordinator):
    """Takes a task while another is under way."""

    def request(self, state: Coordinating, client: Address, request: Perform) -> Step[Coordinating]:
        return super().request(state.common if isinstance(state, Performing) else state, client, request)


@frozen
class TakesTheFirst(Coordinator):
    """Takes as many subtasks as there are agents."""

    def request(self, state: Coordinating, client: Address, request: Perform) -> Step[Coordinating]:
        return super().request(state, client, Perform(request.subtasks[: len(self.agents)]))


@frozen
class GoodEnough(Coordinator):
    """Calls a task performed of which something was done."""

    def abort(self, state: Performing) -> Step[Coordinating]:
        return self.perform(state) if state.results else super().abort(state)


@frozen
class NamesTheLast(Coordinator):
    """Tells the client that the last subtask was not done, whichever it was."""

    def abort(self, state: Performing) -> Step[Coordinating]:
        return step(state.common, Reply(state.client, Aborted(state.left[-1].name)))


@frozen
class RejectsWhatFails(Coordinator):
    """Tells a client whose task has failed that nobody could do it."""

    def abort(self, state: Performing) -> Step[Coordinating]:
        return step(state.common, Reply(state.client, Rejected(f"no agent can do {state.left[0].name}")))


@frozen
class WantsOneForAll(Coordinator):
    """Rejects a task that no single agent can do."""

    def flaw(self, state: Common, subtasks: tuple[Subtask, ...]) -> str | None:
        alone = any(all(subtask.needs in can for subtask in subtasks) for can in self.agents.values())
        return super().flaw(state, subtasks) if alone else "nobody can do it alone"


@frozen
class MixesResults(Coordinator):
    """Keeps the results, and loses which is whose."""

    def perform(self, state: Performing) -> Step[Coordinating]:
        names, results = state.results.keys(), state.results.values()
        return super().perform(evolve(state, results=Map.of(zip(names, reversed(results), strict=True))))


@frozen
class AnswersFirst(Coordinator):
    """Answers when the last subtask is given out, and when it is done."""

    def give(self, state: Performing, agent: Address) -> Step[Coordinating]:
        given = super().give(state, agent)
        early = (Reply(state.client, Performed(state.results)),) if len(state.left) == 1 else ()
        return Step(given.state, (*given.effects, *early))


@frozen
class DeafToSuspicion(Coordinator):
    """Waits for an agent that is down."""

    def suspect(self, state: Coordinating, peer: Address) -> Step[Coordinating] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class DeafToFailure(Coordinator):
    """Waits for a success."""

    def abort(self, state: Performing) -> Step[Coordinating]:
        return step(state)


@frozen
class TriesAgain(Coordinator):
    """Gives what has failed to its agent again, under the same number."""

    def abort(self, state: Performing) -> Step[Coordinating]:
        return step(state, Send(state.agent, Run(state.common.given, state.left[0].name)))


# ---- the pitfalls

A, B, C = Subtask("a"), Subtask("b"), Subtask("c")
DRAWING = Subtask("a", needs="drawing")
DRAWS = frozenset({"drawing"})
ONE = (ANYTHING,)

CANNOT = Pitfall(
    "CEN-1",
    "Nobody can do a subtask, and the first agent gets it.",
    breaks=spec.it_is_given_to_who_can_do_it,
    subject=system((DRAWING,), able=ONE, coordinator=AsWritten),
    length=1,
)
NOBODY_THERE = Pitfall(
    "CEN-2",
    "There are no agents, and the client is told of the error that this leads to.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), able=(), coordinator=AsWritten),
    length=1,
)
FIRST_OF_ALL = Pitfall(
    "CEN-3",
    "The best agent is the first that can do it: one gets everything, and another nothing.",
    breaks=spec.the_work_is_shared,
    subject=system((A, B), coordinator=AsWritten),
    length=4,
)
HALF_A_TASK = Pitfall(
    "CEN-4",
    "What is done becomes common before the rest is, and stays so when that fails.",
    breaks=spec.the_common_state_holds_whole_tasks,
    subject=system((A, B), able=ONE, coordinator=AsWritten),
    length=4,
)
UNDEFINED = Pitfall(
    "CEN-5",
    "The function that is to update the common state is written nowhere, and the client is told of that.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), able=ONE, coordinator=Undefined),
    length=4,
)
PLANNED_AHEAD = Pitfall(
    "CEN-6",
    "An agent that is known to be down gets the subtask that it was chosen for before.",
    breaks=spec.it_is_given_to_who_can_do_it,
    subject=system((A, B), faults=Faults(detector=True, crashes=1, who=(Address("agent", 1),)), coordinator=PlansAhead),
    length=6,
)
NOTHING_TO_DO = Pitfall(
    "CEN-7",
    "A task without subtasks is performed.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_done,
    subject=system((), able=ONE, coordinator=AsWritten),
    length=1,
)
BACKWARDS = Pitfall(
    "centralized_coordinator.LastFirst",
    "A subtask is given out before the one that comes first.",
    breaks=spec.one_after_the_other,
    subject=system((A, B), coordinator=LastFirst),
    length=1,
)
TOGETHER = Pitfall(
    "centralized_coordinator.AllAtOnce",
    "A subtask is given out before the one before it is done.",
    breaks=spec.one_after_the_other,
    subject=system((A, B), coordinator=AllAtOnce),
    length=1,
)
TWO_ASKED = Pitfall(
    "centralized_coordinator.AsksTwo",
    "A subtask is given out twice.",
    breaks=spec.one_after_the_other,
    subject=system((A,), coordinator=AsksTwo),
    length=1,
)
ANOTHER_TOLD = Pitfall(
    "centralized_coordinator.TellsWhoAskedLast",
    "A client that has asked for the same is told what became of another's task.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), rival=((A,),), able=ONE, coordinator=TellsWhoAskedLast),
    length=5,
)
SAME_NUMBER = Pitfall(
    "centralized_coordinator.OneNumber",
    "Two subtasks have one number.",
    breaks=spec.one_after_the_other,
    subject=system((A, B), coordinator=OneNumber),
    length=4,
)
OVERWRITES = Pitfall(
    "centralized_coordinator.TakesAnother",
    "A second task takes the place of the first, whose client is forgotten.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_done,
    subject=system((A,), rival=((B,),), able=ONE, coordinator=TakesAnother),
    length=2,
)
CUT = Pitfall(
    "centralized_coordinator.TakesTheFirst",
    "Subtasks beyond the number of agents are cut off.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_done,
    subject=system((A, B), able=ONE, coordinator=TakesTheFirst),
    length=1,
)
HALF_IS_ENOUGH = Pitfall(
    "centralized_coordinator.GoodEnough",
    "A task of which a subtask failed is called performed.",
    breaks=spec.an_answer_is_true,
    subject=system((A, B), able=ONE, coordinator=GoodEnough),
    length=7,
)
ANOTHER_FAILED = Pitfall(
    "centralized_coordinator.NamesTheLast",
    "The client is told that a subtask was not to be done that was never tried.",
    breaks=spec.an_answer_is_true,
    subject=system((A, B), able=ONE, coordinator=NamesTheLast),
    length=4,
)
REJECTED_LATE = Pitfall(
    "centralized_coordinator.RejectsWhatFails",
    "A task that has failed is rejected, as if it had not begun.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), able=ONE, faults=Faults(detector=True, crashes=1, who=(Address("agent"),)), coordinator=RejectsWhatFails),
    length=3,
)
NOT_ALONE = Pitfall(
    "centralized_coordinator.WantsOneForAll",
    "A task is rejected because no agent can do all of it.",
    breaks=spec.an_answer_is_true,
    subject=system((DRAWING, B), able=(ANYTHING, DRAWS), coordinator=WantsOneForAll),
    length=1,
)
MIXED = Pitfall(
    "centralized_coordinator.MixesResults",
    "The results of two subtasks change places.",
    breaks=spec.an_answer_is_true,
    subject=system((A, B), able=ONE, coordinator=MixesResults),
    length=7,
)
TOO_EARLY = Pitfall(
    "centralized_coordinator.AnswersFirst",
    "A client is answered before the last subtask is done, and again after it.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((A,), able=ONE, coordinator=AnswersFirst),
    length=4,
)
WAITS_FOR_THE_DEAD = Pitfall(
    "centralized_coordinator.DeafToSuspicion",
    "An agent crashes, and its coordinator waits for it.",
    breaks=spec.nobody_waits,
    subject=system((A,), able=ONE, faults=Faults(detector=True, crashes=1, who=(Address("agent"),)), coordinator=DeafToSuspicion),
    length=3,
)
STUCK = Pitfall(
    "centralized_coordinator.DeafToFailure",
    "A subtask fails, and its coordinator waits for it.",
    breaks=spec.every_task_ends,
    subject=system((A,), able=ONE, coordinator=DeafToFailure),
    length=4,
)
FOR_EVER = Pitfall(
    "centralized_coordinator.TriesAgain",
    "What fails is tried again, and where it always fails that goes on for ever.",
    breaks=spec.every_task_ends,
    subject=system((A,), able=ONE, coordinator=TriesAgain, agent=TakesCopies),
    length=6,
)
BEGUN_AGAIN = Pitfall(
    "centralized_coordinator.TakesCopies",
    "A copy of what an agent was given arrives when the task is over, and it is begun again.",
    breaks=spec.an_agent_works_on_what_it_was_given,
    subject=system((A,), able=ONE, network=Network(duplicating=True), agent=TakesCopies),
    length=5,
)
ANOTHER = Pitfall(
    "centralized_coordinator.DoesAnother",
    "An agent begins another subtask than the one that it was given.",
    breaks=spec.an_agent_works_on_what_it_was_given,
    subject=system((A,), able=ONE, agent=DoesAnother),
    length=2,
)


@frozen
class KeepsTheOlder(Coordinator):
    """Leaves in the common state what is there."""

    def perform(self, state: Performing) -> Step[Coordinating]:
        after = super().perform(state)
        world = Map.of({**dict(state.results.items()), **dict(state.common.world.items())})
        return step(evolve(state.common, world=world), *after.effects)


KEEPS_THE_OLDER = Pitfall(
    "centralized_coordinator.KeepsTheOlder",
    "A subtask is done again, and its older result stays.",
    breaks=spec.the_common_state_holds_whole_tasks,
    subject=system((Subtask("a"),), (Subtask("a"),), able=(ANYTHING,), coordinator=KeepsTheOlder),
    length=8,
)
