"""What goes wrong with what begins, with how stages and workflows end, with what is kept of that, and with who is told."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.pitfalls.workflows.orchestrator.assigning import B_AFTER_A, B
from concordant.pitfalls.workflows.orchestrator.omitted import CRASH, A
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.orchestrator import Orchestrating, Orchestrator, system
from concordant.spec.vocabulary import Address, Announce, Map, Network, Reply
from concordant.spec.workflows.orchestrator import BUSY, TAKEN, Ended, Submit
from concordant.spec.workflows.orchestrator import clauses as spec
from concordant.spec.workflows.shared.stages import Stage, StageStatus


@frozen
class Unvalidated(Orchestrator):
    """Takes every workflow."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class TakesTheNext(Orchestrator):
    """Drops the workflow that is under way for the next that is asked for."""

    def request(self, state: Orchestrating, client: Address, request: Submit) -> Step[Orchestrating]:
        other = request.workflow != state.workflow
        return super().request(Orchestrating(token=state.token) if other else state, client, request)


@frozen
class DoesWhatItCan(Orchestrator):
    """Takes the first stage of those that were asked for."""

    def request(self, state: Orchestrating, client: Address, request: Submit) -> Step[Orchestrating]:
        return super().request(state, client, evolve(request, stages=request.stages[:1]))


@frozen
class NamesNothing(Orchestrator):
    """Turns a workflow down, and does not say why."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        return None if super().refuses(stages) is None else "it cannot be done"


@frozen
class TellsOfAnother(Orchestrator):
    """Tells whoever asks for a workflow of this name how it ended, though it has other stages."""

    def asked_again(self, state: Orchestrating, client: Address, request: Submit) -> Step[Orchestrating]:
        return super().asked_again(state, client, evolve(request, stages=state.stages))


@frozen
class IsNeverOver(Orchestrator):
    """Says that a workflow is under way that has ended."""

    def asked_again(self, state: Orchestrating, client: Address, request: Submit) -> Step[Orchestrating]:
        taken = super().asked_again(state, client, request)
        return taken if taken.effects in ((), (Reply(client, TAKEN),)) else step(state, Reply(client, BUSY))


@frozen
class NoErrorIsSuccess(Orchestrator):
    """Tells its client that a workflow is completed, since it came to its end."""

    def end(self, state: Orchestrating) -> Step[Orchestrating]:
        over = super().end(state)
        outcome = Ended(state.workflow or "", completed=True, statuses=state.ended)
        return Step(over.state, tuple(Reply(each.to, outcome) if isinstance(each, Reply) else each for each in over.effects))


@frozen
class AnswersTheLatest(Orchestrator):
    """Remembers who has asked last, though it was turned away."""

    def request(self, state: Orchestrating, client: Address, request: Submit) -> Step[Orchestrating]:
        taken = super().request(state, client, request)
        return Step(evolve(state, client=client), taken.effects) if taken.effects == (Reply(client, BUSY),) else taken


@frozen
class TellsNobody(Orchestrator):
    """Announces how a workflow has ended, and answers nobody."""

    def end(self, state: Orchestrating) -> Step[Orchestrating]:
        return super().end(evolve(state, client=None))


@frozen
class GivesUpAtOnce(Orchestrator):
    """Calls a stage failed when one attempt has."""

    def hopeless(self, state: Orchestrating, stage: Stage) -> StageStatus | None:
        return StageStatus.FAILED if stage.name in state.gone else super().hopeless(state, stage)


@frozen
class FailsTheUntried(Orchestrator):
    """Says of stages that cannot be done any more that they have failed."""

    def ended(self, state: Orchestrating, stage: str, status: StageStatus, token: int | None) -> Step[Orchestrating]:
        return super().ended(state, stage, StageStatus.FAILED if status is StageStatus.SKIPPED else status, token)


@frozen
class SkipsTheFailed(Orchestrator):
    """Says of stages that have failed that they were skipped."""

    def ended(self, state: Orchestrating, stage: str, status: StageStatus, token: int | None) -> Step[Orchestrating]:
        return super().ended(state, stage, StageStatus.SKIPPED if status is StageStatus.FAILED else status, token)


@frozen
class FailsFast(Orchestrator):
    """Skips everything that was not assigned when a stage has failed."""

    def hopeless(self, state: Orchestrating, stage: Stage) -> StageStatus | None:
        failed = StageStatus.FAILED in state.ended.values()
        return StageStatus.SKIPPED if failed and stage.name not in state.gone else super().hopeless(state, stage)


@frozen
class KeepsResultsInMemory(Orchestrator):
    """Keeps on its disk how stages have ended, and what they left in memory."""

    def survives(self, state: Orchestrating) -> Iterable[Orchestrating]:
        return (evolve(state, client=None, results=Map()),)


@frozen
class KeepsEndsInMemory(Orchestrator):
    """Keeps on its disk what the workflow is, and who is held."""

    def survives(self, state: Orchestrating) -> Iterable[Orchestrating]:
        return (evolve(state, client=None, ended=Map() if state.outcome is None else state.ended),)


@frozen
class SomethingWasDone(Orchestrator):
    """Calls a workflow completed of which something was done."""

    def is_complete(self, state: Orchestrating) -> bool:
        return StageStatus.DONE in state.ended.values()


@frozen
class EndsAtAFailure(Orchestrator):
    """Ends a workflow when a stage has failed, and lets who is held go on."""

    def is_done(self, state: Orchestrating) -> bool:
        return super().is_done(state) or StageStatus.FAILED in state.ended.values()

    def is_complete(self, state: Orchestrating) -> bool:  # if it were, nothing would have failed
        return all(state.ended.get(stage.name) is StageStatus.DONE for stage in state.stages)


@frozen
class TellsWhatWasDone(Orchestrator):
    """Tells how those stages ended that were done."""

    def end(self, state: Orchestrating) -> Step[Orchestrating]:
        done: Map[str, StageStatus] = Map.of((name, status) for name, status in state.ended.items() if status == StageStatus.DONE)
        over = super().end(state)
        outcome = Ended(state.workflow or "", self.is_complete(state), done)
        told = tuple(Reply(each.to, outcome) if isinstance(each, Reply) else Announce(outcome) for each in over.effects)
        return step(evolve(over.state, outcome=outcome), *told)


UNVALIDATED = Pitfall(
    "orchestrator.Unvalidated",
    "A workflow is taken whose stages wait for each other in a circle.",
    breaks=spec.what_begins_was_asked_for,
    subject=system(Stage("a", ("b",)), B_AFTER_A, orchestrator=Unvalidated),
    length=1,
)
ALONE = Pitfall(
    "orchestrator.Unvalidated/alone",
    "A stage is taken that must run alone, beside which one may be that was given up.",
    breaks=spec.what_begins_was_asked_for,
    subject=system(Stage("a", exclusive=True), orchestrator=Unvalidated),
    length=1,
)
TAKES_THE_NEXT = Pitfall(
    "orchestrator.TakesTheNext",
    "A workflow that is under way is dropped for the next.",
    breaks=spec.what_begins_was_asked_for,
    subject=system(A, rival=(Submit("v", (A,)),), orchestrator=TakesTheNext),
    length=2,
)
DOES_WHAT_IT_CAN = Pitfall(
    "orchestrator.DoesWhatItCan",
    "Another workflow begins than was asked for.",
    breaks=spec.what_begins_was_asked_for,
    subject=system(A, B, orchestrator=DoesWhatItCan),
    length=1,
)
NAMES_NOTHING = Pitfall(
    "orchestrator.NamesNothing",
    "A workflow is turned down, and nobody is told what is wrong with it.",
    breaks=spec.an_answer_is_true,
    subject=system(Stage("a", needs="drawing"), orchestrator=NamesNothing),
    length=1,
)
TELLS_OF_ANOTHER = Pitfall(
    "orchestrator.TellsOfAnother",
    "Who asks for a workflow is told how another of the same name ended.",
    breaks=spec.an_answer_is_true,
    subject=system(A, rival=(Submit("w", (B,)),), orchestrator=TellsOfAnother),
    length=2,
)
IS_NEVER_OVER = Pitfall(
    "orchestrator.IsNeverOver",
    "Who asks again how a workflow ended is told that it is under way.",
    breaks=spec.an_answer_is_true,
    subject=system(A, then=(Submit("w", (A,)),), attempts=1, orchestrator=IsNeverOver),
    length=3,
)
NO_ERROR_IS_SUCCESS = Pitfall(
    "orchestrator.NoErrorIsSuccess",
    "The client is told that its workflow is completed, while it is announced that it failed.",
    breaks=spec.an_answer_is_true,
    subject=system(A, attempts=1, orchestrator=NoErrorIsSuccess),
    length=2,
)
ANSWERS_THE_LATEST = Pitfall(
    "orchestrator.AnswersTheLatest",
    "A client that was turned away is told how the workflow of another ended.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(A, rival=(Submit("v", (B,)),), attempts=1, orchestrator=AnswersTheLatest),
    length=3,
)
TELLS_NOBODY = Pitfall(
    "orchestrator.TellsNobody",
    "A workflow ends, and its client is not told.",
    breaks=spec.nobody_waits,
    subject=system(A, attempts=1, orchestrator=TellsNobody),
    length=3,
)
GIVES_UP_AT_ONCE = Pitfall(
    "orchestrator.GivesUpAtOnce",
    "A stage is called failed though it was to be tried once more.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, orchestrator=GivesUpAtOnce),
    length=2,
)
FAILS_THE_UNTRIED = Pitfall(
    "orchestrator.FailsTheUntried",
    "A stage that nobody had is said to have failed.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, B_AFTER_A, attempts=1, orchestrator=FailsTheUntried),
    length=2,
)
SKIPS_THE_FAILED = Pitfall(
    "orchestrator.SkipsTheFailed",
    "A stage that has failed is said to have been skipped.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, attempts=1, orchestrator=SkipsTheFailed),
    length=2,
)
FAILS_FAST = Pitfall(
    "orchestrator.FailsFast",
    "The first failure skips all that was not assigned: how a stage ends depends on which was quicker.",
    breaks=spec.the_outcome_does_not_depend_on_the_order,
    subject=system(A, B, able=(frozenset({"any"}),), attempts=1, orchestrator=FailsFast),
    length=2,
)
SKIPS_THE_INDEPENDENT = Pitfall(
    "orchestrator.FailsFast/skips",
    "A stage that could have been done is skipped, since another has failed.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, B, able=(frozenset({"any"}),), attempts=1, orchestrator=FailsFast),
    length=2,
)
RESULTS_IN_MEMORY = Pitfall(
    "orchestrator.KeepsResultsInMemory",
    "How a stage ended is on the disk, and what it left is not: a crash takes it.",
    breaks=spec.what_is_known_stays,
    subject=system(A, B_AFTER_A, network=Network(), faults=CRASH, orchestrator=KeepsResultsInMemory),
    length=5,
)
ENDS_IN_MEMORY = Pitfall(
    "orchestrator.KeepsEndsInMemory",
    "That a stage is done is not on the disk: after a crash it is as though it had not been.",
    breaks=spec.what_is_known_stays,
    subject=system(A, B_AFTER_A, network=Network(), faults=CRASH, orchestrator=KeepsEndsInMemory),
    length=5,
)
BOOKS_IN_MEMORY = Pitfall(
    "orchestrator.KeepsEndsInMemory/books",
    "After a crash the orchestrator does not know of a stage that it is done.",
    breaks=spec.the_books_are_true,
    subject=system(A, B_AFTER_A, network=Network(), faults=CRASH, orchestrator=KeepsEndsInMemory),
    length=5,
)
SOMETHING_WAS_DONE = Pitfall(
    "orchestrator.SomethingWasDone",
    "A workflow of which something was done is called completed.",
    breaks=spec.the_end_tells_how_each_stage_ended,
    subject=system(A, B_AFTER_A, attempts=1, orchestrator=SomethingWasDone),
    length=5,
)
ENDS_AT_A_FAILURE = Pitfall(
    "orchestrator.EndsAtAFailure",
    "A workflow ends when a stage has failed, and an agent is held for another.",
    breaks=spec.the_end_tells_how_each_stage_ended,
    subject=system(A, B, attempts=1, orchestrator=EndsAtAFailure),
    length=2,
)
TELLS_WHAT_WAS_DONE = Pitfall(
    "orchestrator.TellsWhatWasDone",
    "Nothing is said of what was not done.",
    breaks=spec.the_end_tells_how_each_stage_ended,
    subject=system(A, attempts=1, orchestrator=TellsWhatWasDone),
    length=2,
)
