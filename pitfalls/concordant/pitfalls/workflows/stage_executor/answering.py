"""What goes wrong with requests and answers: what is accepted, what begins, and what its client is told."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.stage_executor.as_written import B_AFTER_A, A, B
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.stage_executor import Executing, Executor, flaw, system
from concordant.spec.vocabulary import Address, Announce, Map, Reply
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.stage_executor import BUSY, Ended, ExecutorView, Retry, Started, Submit
from concordant.spec.workflows.stage_executor import clauses as spec

# ---- what begins


@frozen
class TakesTheImpossible(Executor):
    """Checks the graph, and not whether any worker can do its stages."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        return flaw(stages)


@frozen
class Overwrites(Executor):
    """Puts a workflow in the place of the one that runs."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        return super().request(evolve(state, client=None), client, request)


@frozen
class DoesNotMarkIt(Executor):
    """Whoever asks drives the workflow: it runs all that has not ended, and does not see that another has started it."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        if state.client is None:
            return super().request(state, client, request)
        return step(state, *(Announce(Started(name, Map())) for name in state.workers))


@frozen
class RunsOnce(Executor):
    """Does not run what it has run before, and says how that ended."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        if state.client is None and state.stages and request == Submit(state.stages):
            return step(state, Reply(client, Ended(self.is_complete(state), state.statuses)))
        return super().request(state, client, request)


@frozen
class RunsTheLastOne(Executor):
    """Keeps the first workflow that it is given, and runs it whatever it is asked for."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        return super().request(state, client, Submit(state.stages) if state.stages else request)


@frozen
class AddsWhatIsMissing(Executor):
    """Takes the name of what is no stage for a stage, and runs that too."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        taken = super().request(state, client, request)
        names = {stage.name for stage in request.stages} if isinstance(request, Submit) else set()
        missing = sorted({before for stage in taken.state.stages for before in stage.after} - names)
        return taken.then(lambda after: step(after, *(Announce(Started(name, Map())) for name in missing)))

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None

    def is_ready(self, stage: Stage, known: dict[str, Stage], state: Executing) -> bool:
        return all(name in known for name in stage.after) and super().is_ready(stage, known, state)

    def skip(self, state: Executing) -> Step[Executing]:
        return step(state)


@frozen
class StartsOver(Executor):
    """A retry runs everything again."""

    def keeps(self, status: StageStatus) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class RetriesTheRest(Executor):
    """Takes what did not succeed for a workflow of its own."""

    def begin(self, client: Address, state: Executing) -> Step[Executing]:
        return super().begin(
            client, evolve(state, stages=tuple(stage for stage in state.stages if state.statuses[stage.name] is not StageStatus.DONE))
        )


@frozen
class RetriesAnything(Executor):
    """Tries again also where nothing failed."""

    def may_retry(self, state: Executing) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class NeverRetries(Executor):
    """Says that nothing failed, though something did."""

    def may_retry(self, state: Executing) -> bool:  # noqa: ARG002  # that is the mistake
        return False


# ---- what is told


@frozen
class KeepsTheRejected(Executor):
    """Stores a workflow, and then finds out what is wrong with it."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        taken = super().request(state, client, request)
        if not isinstance(request, Submit) or taken.state != state:
            return taken
        return Step(evolve(state, stages=request.stages), taken.effects)


@frozen
class NamesNothing(Executor):
    """Rejects a workflow without a word why."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        return "invalid workflow" if super().refuses(stages) else None


@frozen
class IsNeverFreeAgain(Executor):
    """Takes a workflow that has ended for one that runs."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        return step(state, Reply(client, BUSY)) if state.stages else super().request(state, client, request)


@frozen
class ShowsWhatItHopes(Executor):
    """Shows a stage as done from when it has started."""

    def view(self, state: Executing) -> ExecutorView:
        hoped = {name: StageStatus.DONE if status is StageStatus.RUNNING else status for name, status in state.statuses.items()}
        return evolve(super().view(state), statuses=Map.of(hoped))


@frozen
class WaitsForARetry(Executor):
    """Shows a workflow that failed as one that has not ended, since it may be tried again."""

    def view(self, state: Executing) -> ExecutorView:
        shown = super().view(state)
        return evolve(shown, ended=shown.ended and not self.may_retry(state))


@frozen
class AnswersTheLatest(Executor):
    """Remembers who has asked last, though it was turned away."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        taken = super().request(state, client, request)
        return Step(evolve(state, client=client), taken.effects) if taken.effects == (Reply(client, BUSY),) else taken


@frozen
class SomethingSucceeded(Executor):
    """Calls a workflow completed when anything was."""

    def is_complete(self, state: Executing) -> bool:
        return StageStatus.DONE in state.statuses.values()


@frozen
class NoErrorIsSuccess(Executor):
    """Tells its client that the workflow is completed, since it came to its end."""

    def end(self, state: Executing) -> Step[Executing]:
        over = super().end(state)
        told = tuple(
            Reply(each.to, Ended(completed=True, statuses=state.statuses)) if isinstance(each, Reply) else each for each in over.effects
        )
        return Step(over.state, told)


@frozen
class TellsWhatRan(Executor):
    """Tells how those stages ended that ran."""

    def end(self, state: Executing) -> Step[Executing]:
        ran: Map[str, StageStatus] = Map.of({name: status for name, status in state.statuses.items() if status is not StageStatus.SKIPPED})
        over = super().end(evolve(state, statuses=ran))
        return Step(evolve(over.state, statuses=state.statuses), over.effects)

    def is_complete(self, state: Executing) -> bool:
        return all(state.statuses.get(stage.name) is StageStatus.DONE for stage in state.stages if not stage.optional)


@frozen
class EndsOnEveryRequest(Executor):
    """Announces once more how the workflow ended when somebody asks for what it rejects."""

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        taken = super().request(state, client, request)
        if taken.state != state or not state.stages or state.client is not None:
            return taken
        return Step(state, (Announce(Ended(self.is_complete(state), state.statuses)), *taken.effects))


# ---- the pitfalls

TAKES_THE_IMPOSSIBLE = Pitfall(
    "stage_executor.TakesTheImpossible",
    "A stage that no worker can do is accepted.",
    breaks=spec.only_what_keeps_the_rules_begins,
    subject=system((Stage("a", needs="drawing"),), executor=TakesTheImpossible),
    length=1,
)
OVERWRITES = Pitfall(
    "WFE-12",
    "A workflow takes the place of one that is running, which nobody knows about any more.",
    breaks=spec.one_workflow_at_a_time,
    subject=system((A,), rival=(Submit((B,)),), executor=Overwrites),
    length=2,
)
TWO_DRIVERS = Pitfall(
    "WFE-9",
    "Two users drive one workflow: what has started is not marked, so that each task is run twice.",
    breaks=spec.at_most_once,
    subject=system((A,), rival=(Submit((A,)),), executor=DoesNotMarkIt),
    length=2,
)
RUNS_ONCE = Pitfall(
    "WFE-8",
    "A workflow that has run is not run again: nothing happens, and nobody is told that nothing did.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), then=(Submit((A,)),), executor=RunsOnce),
    length=3,
)
RUNS_THE_LAST_ONE = Pitfall(
    "stage_executor.RunsTheLastOne",
    "Whatever is asked for, the first workflow runs.",
    breaks=spec.what_begins_was_asked_for,
    subject=system((A,), then=(Submit((B,)),), executor=RunsTheLastOne),
    length=3,
)
ADDS_WHAT_IS_MISSING = Pitfall(
    "stage_executor.AddsWhatIsMissing",
    "What a stage depends on is not a stage, and is run all the same.",
    breaks=spec.precedence,
    subject=system((Stage("a", ("b",)),), executor=AddsWhatIsMissing),
    length=1,
)
STARTS_OVER = Pitfall(
    "WFX-10",
    "A retry runs again what had succeeded.",
    breaks=spec.a_retry_keeps_what_succeeded,
    subject=system((A, B), executor=StartsOver, then=(Retry(),)),
    length=4,
)
RETRIES_THE_REST = Pitfall(
    "stage_executor.RetriesTheRest",
    "What is tried again is not the workflow, but what is left of it.",
    breaks=spec.what_begins_was_asked_for,
    subject=system((A, B), executor=RetriesTheRest, then=(Retry(),)),
    length=4,
)
RETRIES_ANYTHING = Pitfall(
    "stage_executor.RetriesAnything",
    "A retry is accepted though nothing failed.",
    breaks=spec.what_begins_was_asked_for,
    subject=system((A,), executor=RetriesAnything, then=(Retry(),)),
    length=3,
)
NEVER_RETRIES = Pitfall(
    "stage_executor.NeverRetries",
    "A retry is rejected, as though nothing had failed.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), executor=NeverRetries, then=(Retry(),)),
    length=3,
)
KEEPS_THE_REJECTED = Pitfall(
    "stage_executor.KeepsTheRejected",
    "A workflow that is rejected is stored all the same.",
    breaks=spec.what_is_shown_is_what_happened,
    subject=system((Stage("a", needs="drawing"),), executor=KeepsTheRejected),
    length=1,
)
NAMES_NOTHING = Pitfall(
    "stage_executor.NamesNothing",
    "A workflow is rejected, and its client is not told what is wrong with it.",
    breaks=spec.an_answer_is_true,
    subject=system((Stage("a", needs="drawing"),), executor=NamesNothing),
    length=1,
)
IS_NEVER_FREE_AGAIN = Pitfall(
    "stage_executor.IsNeverFreeAgain",
    "A workflow is rejected because another is running, which has in fact ended.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), then=(Submit((B,)),), executor=IsNeverFreeAgain),
    length=3,
)
SHOWS_WHAT_IT_HOPES = Pitfall(
    "stage_executor.ShowsWhatItHopes",
    "A stage that is running is shown as done.",
    breaks=spec.what_is_shown_is_what_happened,
    subject=system((A,), executor=ShowsWhatItHopes),
    length=1,
)
WAITS_FOR_A_RETRY = Pitfall(
    "stage_executor.WaitsForARetry",
    "A workflow that has failed is shown as under way.",
    breaks=spec.what_is_shown_is_what_happened,
    subject=system((A,), executor=WaitsForARetry),
    length=2,
)
ANSWERS_THE_LATEST = Pitfall(
    "stage_executor.AnswersTheLatest",
    "A client who was turned away is told later how another's workflow ended, and that other client waits.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((A,), rival=(Submit((B,)),), executor=AnswersTheLatest),
    length=3,
)
FALSE_COMPLETED = Pitfall(
    "stage_executor.SomethingSucceeded",
    "A workflow of which something succeeded is called completed, though a mandatory stage failed.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((A, B), executor=SomethingSucceeded),
    length=3,
)
NO_ERROR_IS_SUCCESS = Pitfall(
    "stage_executor.NoErrorIsSuccess",
    "The client is told that the workflow is completed, while it is announced that it failed.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), executor=NoErrorIsSuccess),
    length=2,
)
TELLS_WHAT_RAN = Pitfall(
    "stage_executor.TellsWhatRan",
    "Nothing is said of what was skipped.",
    breaks=spec.the_end_tells_how_each_stage_ended,
    subject=system((A, B_AFTER_A), executor=TellsWhatRan),
    length=2,
)
ENDS_ON_EVERY_REQUEST = Pitfall(
    "stage_executor.EndsOnEveryRequest",
    "A workflow that has ended ends again.",
    breaks=spec.the_end_tells_how_each_stage_ended,
    subject=system((A,), executor=EndsOnEveryRequest, then=(Retry(),)),
    length=3,
)
