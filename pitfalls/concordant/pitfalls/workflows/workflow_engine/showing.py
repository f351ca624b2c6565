"""What goes wrong with what is said of tasks, and with what the log shows to whoever looks at it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.workflow_engine.as_written import A
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.workflow_engine import Ending, Engaged, Engine, system
from concordant.spec.vocabulary import Announce, Map
from concordant.spec.workflows.shared.stages import StageStatus
from concordant.spec.workflows.workflow_engine import EngineView, Fails, Job, Succeeds, TaskEnded, Verdict
from concordant.spec.workflows.workflow_engine import clauses as spec

# ---- what is said


@frozen
class Announcer(Engine):
    """Announces of a task that ends another status than it has."""

    def ended(self, state: Engaged, job: Job, status: StageStatus) -> Step[Engaged]:
        return step(super().ended(state, job, status).state, Announce(TaskEnded(job, self.told(status))))

    def told(self, status: StageStatus) -> StageStatus:
        return status


@frozen
class FearsTheWorst(Announcer):
    """Says that a task has failed, which has succeeded."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.FAILED if status is StageStatus.DONE else status


@frozen
class HopesForTheBest(Announcer):
    """Says that a task is done, which has failed."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.DONE if status is StageStatus.FAILED else status


@frozen
class ReportsProgress(Announcer):
    """Says that a task runs, when it has succeeded."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.RUNNING if status is StageStatus.DONE else status


@frozen
class PutsBack(Announcer):
    """Says that a task waits for another try, when it has failed."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.WAITING if status is StageStatus.FAILED else status


@frozen
class SkipsTheFailed(Announcer):
    """Takes a task that has failed for one that was never started."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.SKIPPED if status is StageStatus.FAILED else status


# ---- what is shown


@frozen
class ShowsWhatItHopes(Engine):
    """Shows a task as done that is running."""

    def view(self, state: Engaged) -> EngineView:
        shown = super().view(state)
        return evolve(shown, ended=Map.of({**dict(shown.ended.items()), **dict.fromkeys(state.busy, StageStatus.DONE)}))


@frozen
class CountsFailures(Engine):
    """Shows how often a task has been started before."""

    def view(self, state: Engaged) -> EngineView:
        shown = super().view(state)
        return evolve(shown, tries=Map.of((job, tries - (job in state.busy)) for job, tries in shown.tries.items()))


@frozen
class ForetellsTheEnd(Engine):
    """Shows a workflow as failed from the moment in which something of it has."""

    def view(self, state: Engaged) -> EngineView:
        shown = super().view(state)
        failed = {job.workflow: Verdict.FAILED for job, status in shown.ended.items() if status is StageStatus.FAILED}
        return evolve(shown, verdicts=Map.of({**failed, **dict(shown.verdicts.items())}))


@frozen
class LeavesScraps(Engine):
    """Keeps what a task has written until it failed."""

    def fire(self, state: Engaged, trigger: Ending) -> Step[Engaged]:
        job = trigger.job
        if not isinstance(trigger, Fails):
            return super().fire(state, trigger)
        workflow = state.workflows[job.workflow]
        scraps = evolve(workflow, results=workflow.results.put(job.task, Succeeds(job).result))
        return super().fire(self.put(state, job.workflow, scraps), trigger)


# ---- the pitfalls


def _announces_wrongly(engine: type[Announcer], mistake: str) -> Pitfall:
    subject = system(A, engine=engine)
    return Pitfall(f"workflow_engine.{engine.__name__}", mistake, breaks=spec.a_task_ends_as_it_did, subject=subject, length=3)


FEARS_THE_WORST = _announces_wrongly(FearsTheWorst, "A task that has succeeded is said to have failed.")
HOPES_FOR_THE_BEST = _announces_wrongly(HopesForTheBest, "A task that has failed is said to be done.")
REPORTS_PROGRESS = _announces_wrongly(ReportsProgress, "A task that has succeeded is said to be running.")
PUTS_BACK = _announces_wrongly(PutsBack, "A task that has failed is said to wait.")
SKIPS_THE_FAILED = _announces_wrongly(SkipsTheFailed, "A task that has failed is said to have been skipped.")

SHOWS_WHAT_IT_HOPES = Pitfall(
    "workflow_engine.ShowsWhatItHopes",
    "A task that is running is shown as done.",
    breaks=spec.the_log_is_true,
    subject=system(A, engine=ShowsWhatItHopes),
    length=2,
)
COUNTS_FAILURES = Pitfall(
    "workflow_engine.CountsFailures",
    "A task that runs is shown as one that was never started.",
    breaks=spec.the_log_is_true,
    subject=system(A, engine=CountsFailures),
    length=2,
)
FORETELLS_THE_END = Pitfall(
    "workflow_engine.ForetellsTheEnd",
    "A workflow of which something has failed is shown as ended, while another task runs.",
    breaks=spec.the_log_is_true,
    subject=system(A, evolve(A, name="b"), engine=ForetellsTheEnd),
    length=3,
)
LEAVES_SCRAPS = Pitfall(
    "workflow_engine.LeavesScraps",
    "What a task had written when it failed can be read as its result.",
    breaks=spec.what_is_done_can_be_read,
    subject=system(A, engine=LeavesScraps),
    length=3,
)
