"""What goes wrong with tasks: what starts, when, beside what and by whom, and when a workflow ends."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.workflow_engine.as_written import B_AFTER_A, C_AFTER_A, C_AFTER_B, A, B
from concordant.refimpl.machine import Pitfall, Step
from concordant.refimpl.workflows.workflow_engine import Ending, Engaged, Engine, Workflow, system
from concordant.spec.vocabulary import Announce, Map
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.workflow_engine import Cancel, Create, Execute, Job, Started, Succeeds, Verdict
from concordant.spec.workflows.workflow_engine import clauses as spec


@frozen
class GoesOnAfterACancellation(Engine):
    """Ends a cancelled workflow when what is left of it has failed or is done."""

    def hopeless(self, state: Engaged, workflow: Workflow, task: Stage) -> StageStatus | None:
        return super().hopeless(state, evolve(workflow, cancelled=False), task)


@frozen
class OneIsEnough(Engine):
    """Starts a task when one that it depends on has succeeded."""

    def is_ready(self, workflow: Workflow, task: Stage) -> bool:
        return not task.after or any(workflow.ended.get(name) is StageStatus.DONE for name in task.after)


@frozen
class TriesForEver(Engine):
    """Tries a task until it succeeds."""

    def hopeless(self, state: Engaged, workflow: Workflow, task: Stage) -> StageStatus | None:
        return super().hopeless(state, evolve(workflow, tries=workflow.tries.drop(task.name)), task)


@frozen
class TakesTheFirst(Engine):
    """Gives a task to the first agent that can do it, whether that is free or not."""

    def agent_for(self, state: Engaged, task: Stage) -> int | None:
        return super().agent_for(evolve(state, busy=Map()), task)


@frozen
class TakesAnybody(Engine):
    """Gives a task to the first agent that is free, whatever it can do."""

    def agent_for(self, state: Engaged, task: Stage) -> int | None:
        return super().agent_for(state, evolve(task, needs=min(self.agents[0])))


@frozen
class TrustsTheLost(Engine):
    """Gives a task to an agent that is lost."""

    def agent_for(self, state: Engaged, task: Stage) -> int | None:
        return super().agent_for(evolve(state, lost=frozenset()), task)


@frozen
class Shares(Engine):
    """Does not look whether a task is exclusive that runs."""

    def may_join(self, state: Engaged, name: str, task: Stage) -> bool:
        return super().may_join(evolve(state, busy=Map()), name, task) if not task.exclusive else super().may_join(state, name, task)


@frozen
class Joins(Engine):
    """Does not look whether the task is exclusive that it starts."""

    def may_join(self, state: Engaged, name: str, task: Stage) -> bool:
        return super().may_join(state, name, evolve(task, exclusive=False))


@frozen
class OneWorkflowAtATime(Engine):
    """Lets a workflow wait while a task of another runs."""

    def may_start(self, state: Engaged, name: str, task: Stage) -> bool:
        return all(job.workflow == name for job in state.busy) and super().may_start(state, name, task)


@frozen
class MissesAJoin(Engine):
    """A thread that ends while another runs leaves it to that to go on, which has looked before."""

    def fire(self, state: Engaged, trigger: Ending) -> Step[Engaged]:
        if len(state.busy) == 1 or not isinstance(trigger, Succeeds):
            return super().fire(state, trigger)
        return self.succeeded(evolve(state, busy=state.busy.drop(trigger.job)), trigger)


@frozen
class HopesForAnAgent(Engine):
    """Lets a task wait though nobody is left who could do it."""

    def hopeless(self, state: Engaged, workflow: Workflow, task: Stage) -> StageStatus | None:
        return super().hopeless(evolve(state, lost=frozenset()), workflow, task)


@frozen
class FailsTheUntried(Engine):
    """Says of tasks that cannot run any more that they have failed."""

    def ended(self, state: Engaged, job: Job, status: StageStatus) -> Step[Engaged]:
        return super().ended(state, job, StageStatus.FAILED if status is StageStatus.SKIPPED else status)


@frozen
class FailsFast(Engine):
    """Skips everything that has not started when a task has failed."""

    def hopeless(self, state: Engaged, workflow: Workflow, task: Stage) -> StageStatus | None:
        untried = task.name not in workflow.tries
        return StageStatus.SKIPPED if untried and StageStatus.FAILED in workflow.ended.values() else super().hopeless(state, workflow, task)


@frozen
class EndsAtAFailure(Engine):
    """Ends a workflow as soon as a task has failed."""

    def is_over(self, state: Engaged, name: str) -> bool:
        failed = StageStatus.FAILED in state.workflows[name].ended.values() and state.workflows[name].verdict is None
        return failed or super().is_over(state, name)

    def verdict(self, workflow: Workflow) -> Verdict:  # noqa: ARG002  # there is one
        return Verdict.FAILED


@frozen
class LeavesItsThreads(Engine):
    """Ends a cancelled workflow at once, and leaves its threads to themselves."""

    def is_over(self, state: Engaged, name: str) -> bool:
        workflow = state.workflows[name]
        return super().is_over(state, name) or (workflow.cancelled and workflow.verdict is None)

    def verdict(self, workflow: Workflow) -> Verdict:
        return Verdict.CANCELLED if workflow.cancelled else super().verdict(workflow)


@frozen
class RenamesIt(Engine):
    """Starts a task under a name of its own."""

    def started(self, state: Engaged, name: str, task: Stage, agent: int) -> Step[Engaged]:
        taken = super().started(state, name, task, agent)
        return Step(taken.state, (Announce(Started(Job(name, "thread"), agent, Map())),))


THREE = Stage("c", ("a", "b"))
ALONE = Stage("b", exclusive=True)
DRAWN = Stage("a", needs="drawing")
ONE_DRAWS = (frozenset({"any"}), frozenset({"drawing"}))
CANCELLED = (Cancel("w"),)

GOES_ON = Pitfall(
    "workflow_engine.GoesOnAfterACancellation",
    "A workflow that was cancelled is executed all the same.",
    breaks=spec.nothing_starts_that_nobody_wants,
    subject=system(A, B_AFTER_A, rival=CANCELLED, engine=GoesOnAfterACancellation),
    length=2,
)
ONE_IS_ENOUGH = Pitfall(
    "workflow_engine.OneIsEnough",
    "A task that joins two branches starts when the first of them has ended.",
    breaks=spec.precedence,
    subject=system(A, B, THREE, engine=OneIsEnough),
    length=3,
)
TRIES_FOR_EVER = Pitfall(
    "workflow_engine.TriesForEver",
    "A task is tried until it succeeds, however often that is.",
    breaks=spec.a_task_is_tried_only_so_often,
    subject=system(A, engine=TriesForEver),
    length=3,
)
TAKES_THE_FIRST = Pitfall(
    "workflow_engine.TakesTheFirst",
    "Two workflows give a task to the same agent, each of which takes it for free.",
    breaks=spec.an_agent_runs_one_task,
    subject=system(A, rival=(Create("v", (A,)), Execute("v")), engine=TakesTheFirst),
    length=4,
)
TAKES_ANYBODY = Pitfall(
    "workflow_engine.TakesAnybody",
    "A task is given to an agent that cannot do it.",
    breaks=spec.an_agent_can_do_its_task,
    subject=system(DRAWN, agents=ONE_DRAWS, engine=TakesAnybody),
    length=2,
)
TRUSTS_THE_LOST = Pitfall(
    "workflow_engine.TrustsTheLost",
    "A task whose agent is lost is given to it again.",
    breaks=spec.an_agent_can_do_its_task,
    subject=system(A, attempts=2, engine=TrustsTheLost),
    length=3,
)
SHARES = Pitfall(
    "workflow_engine.Shares",
    "A task starts beside an exclusive one that runs.",
    breaks=spec.exclusive_runs_alone,
    subject=system(ALONE, A, engine=Shares),
    length=2,
)
JOINS = Pitfall(
    "workflow_engine.Joins",
    "An exclusive task starts beside one that runs.",
    breaks=spec.exclusive_runs_alone,
    subject=system(A, ALONE, engine=Joins),
    length=2,
)
ONE_WORKFLOW = Pitfall(
    "workflow_engine.OneWorkflowAtATime",
    "A workflow waits while another runs, beside an agent that is free.",
    breaks=spec.nothing_ready_waits_beside_a_free_agent,
    subject=system(A, rival=(Create("v", (A,)), Execute("v")), engine=OneWorkflowAtATime),
    length=4,
)
MISSES_A_JOIN = Pitfall(
    "workflow_engine.MissesAJoin",
    "Of two threads that end, the first leaves it to the second to start what waits for it alone.",
    breaks=spec.nothing_ready_waits_beside_a_free_agent,
    subject=system(A, B, C_AFTER_A, engine=MissesAJoin),
    length=3,
)
HOPES_FOR_AN_AGENT = Pitfall(
    "workflow_engine.HopesForAnAgent",
    "The only agent that could do a task is lost, and the workflow waits for it.",
    breaks=spec.no_deadlock,
    subject=system(A, B_AFTER_A, agents=1, attempts=2, engine=HopesForAnAgent),
    length=3,
)
FAILS_THE_UNTRIED = Pitfall(
    "workflow_engine.FailsTheUntried",
    "A task that never ran, since another had failed, is said to have failed itself.",
    breaks=spec.a_task_ends_as_it_did,
    subject=system(A, B_AFTER_A, engine=FailsTheUntried),
    length=3,
)
FAILS_FAST = Pitfall(
    "workflow_engine.FailsFast",
    "The first failure skips all that has not started: how a task ends depends on which was quicker.",
    breaks=spec.the_outcome_does_not_depend_on_the_order,
    subject=system(A, B, C_AFTER_A, engine=FailsFast),
    length=4,
)
ENDS_AT_A_FAILURE = Pitfall(
    "workflow_engine.EndsAtAFailure",
    "A workflow ends as soon as a task has failed, and of those that wait nothing is said.",
    breaks=spec.the_end_tells_how_each_task_ended,
    subject=system(A, B, C_AFTER_B, engine=EndsAtAFailure),
    length=3,
)
LEAVES_ITS_THREADS = Pitfall(
    "workflow_engine.LeavesItsThreads",
    "A workflow that is cancelled ends at once, and its threads run on.",
    breaks=spec.nothing_runs_after_the_end,
    subject=system(A, rival=CANCELLED, engine=LeavesItsThreads),
    length=3,
)
ONE_WORKFLOW_BESIDE = Pitfall(
    "workflow_engine.OneWorkflowAtATime/beside",
    "A workflow waits while another runs, of which a task waits for an agent rightly.",
    breaks=spec.nothing_ready_waits_beside_a_free_agent,
    subject=system(
        DRAWN, Stage("b", needs="drawing"), agents=ONE_DRAWS, rival=(Create("v", (A,)), Execute("v")), engine=OneWorkflowAtATime
    ),
    length=4,
)
RENAMES_IT = Pitfall(
    "workflow_engine.RenamesIt",
    "Something starts that is no task of the workflow.",
    breaks=spec.precedence,
    subject=system(A, engine=RenamesIt),
    length=2,
)
SKIPS_THE_INDEPENDENT = Pitfall(
    "workflow_engine.FailsFast/skips",
    "A task that could have been done is skipped, since another has failed.",
    breaks=spec.a_task_ends_as_it_did,
    subject=system(A, B, agents=1, engine=FailsFast),
    length=3,
)
