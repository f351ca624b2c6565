"""What goes wrong with answers: of what is created, of how a workflow ended, and who is told."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.workflow_engine.as_written import B_AFTER_A, C_AFTER_B, CIRCLE, A, B
from concordant.refimpl.machine import Pitfall, Step
from concordant.refimpl.workflows.workflow_engine import Ending, Engaged, Engine, Workflow, system
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.workflow_engine import Cancel, Create, Created, Ended, Execute, Fails, Request, Verdict
from concordant.spec.workflows.workflow_engine import clauses as spec


@frozen
class Unvalidated(Engine):
    """Creates every workflow, those with a circle too."""

    def refuses(self, tasks: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class StartsWhatIsCreated(Engine):
    """Executes a workflow as soon as it is created."""

    def created(self, state: Engaged, client: Address, name: str, tasks: tuple[Stage, ...]) -> Step[Engaged]:
        return super().created(state, client, name, tasks).then(lambda after: self.assign(after, name))


@frozen
class TellsEverybody(Engine):
    """Tells everybody who has ever waited for a workflow how it ended."""

    def end(self, state: Engaged, name: str) -> Step[Engaged]:
        over = super().end(state, name)
        return Step(evolve(over.state, waiting=state.waiting), over.effects)

    def request(self, state: Engaged, client: Address, request: Request) -> Step[Engaged]:
        taken = super().request(state, client, request)
        others = tuple(each for each in state.waiting if each != client) if isinstance(request, Execute) else ()
        told = next((each.answer for each in taken.effects if isinstance(each, Reply) and isinstance(each.answer, Ended)), None)
        return taken if told is None else Step(taken.state, (*taken.effects, *(Reply(other, told) for other in others)))


@frozen
class TellsTheFirst(Engine):
    """Tells one of those who wait how the workflow ended."""

    def end(self, state: Engaged, name: str) -> Step[Engaged]:
        over = super().end(state, name)
        return Step(over.state, over.effects[:2])


@frozen
class NoErrorIsSuccess(Engine):
    """Tells its clients that a workflow is completed, since it came to its end."""

    def end(self, state: Engaged, name: str) -> Step[Engaged]:
        over = super().end(state, name)
        outcome = Ended(name, Verdict.COMPLETED, state.workflows[name].ended)
        told = (Reply(each.to, outcome) if isinstance(each, Reply) else each for each in over.effects)
        return Step(over.state, tuple(told))


@frozen
class TakenByItself(Engine):
    """Rejects a workflow that is created again by who has heard nothing of it, as though another had its id."""

    def again(self, known: Workflow, tasks: tuple[Stage, ...]) -> Rejected:  # noqa: ARG002
        return Rejected("another workflow has this id")


@frozen
class AnyIsTheSame(Engine):
    """Tells whoever creates a workflow whose id is taken that it is created."""

    def again(self, known: Workflow, tasks: tuple[Stage, ...]) -> Created:  # noqa: ARG002
        return Created()


@frozen
class TakesItBack(Engine):
    """Says that a task ended before its workflow did, and takes it back when another fails."""

    def fire(self, state: Engaged, trigger: Ending) -> Step[Engaged]:
        if not isinstance(trigger, Fails):
            return super().fire(state, trigger)
        name = trigger.job.workflow
        workflow = state.workflows[name]
        undone = evolve(workflow, ended=Map(), results=Map())
        return super().fire(self.put(state, name, undone), trigger)


@frozen
class SaysItTwice(Engine):
    """Says for each who waits that a workflow has ended."""

    def end(self, state: Engaged, name: str) -> Step[Engaged]:
        over = super().end(state, name)
        again = tuple(Announce(each.answer) for each in over.effects if isinstance(each, Reply) and isinstance(each.answer, Ended))
        return Step(over.state, (*over.effects, *again))


@frozen
class SomethingWasDone(Engine):
    """Calls a workflow completed of which something was."""

    def verdict(self, workflow: Workflow) -> Verdict:
        return Verdict.COMPLETED if StageStatus.DONE in workflow.ended.values() else super().verdict(workflow)


@frozen
class CancelledIsFailed(Engine):
    """Calls a workflow failed that was cancelled."""

    def verdict(self, workflow: Workflow) -> Verdict:
        return super().verdict(evolve(workflow, cancelled=False))


@frozen
class CreatesWhatItCan(Engine):
    """Creates a workflow of the first task of those that were asked for."""

    def created(self, state: Engaged, client: Address, name: str, tasks: tuple[Stage, ...]) -> Step[Engaged]:
        return super().created(state, client, name, tasks[:1])


@frozen
class FailedIsCancelled(Engine):
    """Calls a workflow cancelled of which something was skipped."""

    def verdict(self, workflow: Workflow) -> Verdict:
        return Verdict.CANCELLED if StageStatus.SKIPPED in workflow.ended.values() else super().verdict(workflow)


@frozen
class TellsWhatRan(Engine):
    """Tells how those tasks ended that ran."""

    def outcome(self, name: str, workflow: Workflow) -> Ended:
        whole = super().outcome(name, workflow)
        return evolve(whole, statuses=Map.of((task, status) for task, status in whole.statuses.items() if task in workflow.tries))


CANCELLED = (Cancel("w"),)

UNVALIDATED = Pitfall(
    "workflow_engine.Unvalidated",
    "The graph is not validated: tasks in a circle wait for each other for ever.",
    breaks=spec.no_deadlock,
    subject=system(*CIRCLE, engine=Unvalidated),
    length=2,
)
STARTS_WHAT_IS_CREATED = Pitfall(
    "workflow_engine.StartsWhatIsCreated",
    "A workflow starts when it is created, and nobody has asked for that.",
    breaks=spec.nothing_starts_that_nobody_wants,
    subject=system(A, engine=StartsWhatIsCreated),
    length=1,
)
TELLS_EVERYBODY = Pitfall(
    "workflow_engine.TellsEverybody",
    "Whoever has ever waited for a workflow is told again how it ended, when somebody else asks.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(A, rival=(Execute("w"),), engine=TellsEverybody),
    length=4,
)
TELLS_THE_FIRST = Pitfall(
    "workflow_engine.TellsTheFirst",
    "Two wait for a workflow, and one is told how it ended.",
    breaks=spec.no_deadlock,
    subject=system(A, rival=(Execute("w"),), engine=TellsTheFirst),
    length=4,
)
NO_ERROR_IS_SUCCESS = Pitfall(
    "workflow_engine.NoErrorIsSuccess",
    "Clients are told that a workflow is completed, while it is announced that it failed.",
    breaks=spec.an_answer_is_true,
    subject=system(A, engine=NoErrorIsSuccess),
    length=3,
)
TAKEN_BY_ITSELF = Pitfall(
    "workflow_engine.TakenByItself",
    "Who creates a workflow again, having heard nothing of it, is told that another has its id.",
    breaks=spec.an_answer_is_true,
    subject=system(A, rival=(Create("w", (A,)),), engine=TakenByItself),
    length=2,
)
ANY_IS_THE_SAME = Pitfall(
    "workflow_engine.AnyIsTheSame",
    "Who creates a workflow with the id of another is told that it is created.",
    breaks=spec.an_answer_is_true,
    subject=system(A, rival=(Create("w", (B,)),), engine=AnyIsTheSame),
    length=2,
)
TAKES_IT_BACK = Pitfall(
    "workflow_engine.TakesItBack",
    "When a task fails, those that were done are no longer shown as done.",
    breaks=spec.the_log_only_grows,
    subject=system(A, B, C_AFTER_B, engine=TakesItBack),
    length=4,
)
SAYS_IT_TWICE = Pitfall(
    "workflow_engine.SaysItTwice",
    "A workflow ends as often as somebody waits for it.",
    breaks=spec.the_end_tells_how_each_task_ended,
    subject=system(A, engine=SaysItTwice),
    length=3,
)
SOMETHING_WAS_DONE = Pitfall(
    "workflow_engine.SomethingWasDone",
    "A workflow of which something was done is called completed, though it was cancelled before the rest was.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=system(A, B_AFTER_A, failures=0, rival=CANCELLED, engine=SomethingWasDone),
    length=4,
)
CANCELLED_IS_FAILED = Pitfall(
    "workflow_engine.CancelledIsFailed",
    "A workflow that was cancelled is said to have failed.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=system(A, failures=0, rival=CANCELLED, engine=CancelledIsFailed),
    length=2,
)
CREATES_WHAT_IT_CAN = Pitfall(
    "workflow_engine.CreatesWhatItCan",
    "A workflow is created that is not the one that was asked for.",
    breaks=spec.only_what_keeps_the_rules_is_created,
    subject=system(A, B, engine=CreatesWhatItCan),
    length=1,
)
FAILED_IS_CANCELLED = Pitfall(
    "workflow_engine.FailedIsCancelled",
    "A workflow that failed is said to have been cancelled, since something was skipped.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=system(A, B_AFTER_A, engine=FailedIsCancelled),
    length=3,
)
TELLS_WHAT_RAN = Pitfall(
    "workflow_engine.TellsWhatRan",
    "Nothing is said of what was skipped.",
    breaks=spec.the_end_tells_how_each_task_ended,
    subject=system(A, B_AFTER_A, engine=TellsWhatRan),
    length=3,
)
