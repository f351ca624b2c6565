"""What never ends: ends of stages that are missed, and stages that are run again and again."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.stage_executor.running import Unvalidated
from concordant.refimpl.machine import Pitfall, Step
from concordant.refimpl.workflows.stage_executor import Executing, Executor, system
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.stage_executor import Fails, IsStopped, Succeeds
from concordant.spec.workflows.stage_executor import clauses as spec


@frozen
class MissesAnEnd(Executor):
    """Records that a stage has ended, and looks no further while another runs; of two that end, only the first is followed up."""

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        if len(state.workers) == len(state.stages):
            return super().fire(state, trigger)
        status = StageStatus.DONE if isinstance(trigger, Succeeds) else StageStatus.FAILED
        return self.ended(state, trigger.stage, status)


@frozen
class KeepsFresh(Executor):
    """Runs a stage again when it has ended before another, so that all results are of the same time."""

    def go_on(self, state: Executing) -> Step[Executing]:
        if not state.workers:
            return super().go_on(state)
        statuses = {name: StageStatus.WAITING if status.ended else status for name, status in state.statuses.items()}
        return super().go_on(evolve(state, statuses=state.statuses.of(statuses)))


TWO = (Stage("a"), Stage("b"))

WAIT_FOR_EACH_OTHER = (Stage("a"), Stage("b", ("a", "c")), Stage("c", ("b",)))

MISSED = Pitfall(
    "stage_executor.MissesAnEnd",
    "The end of a stage is recorded and not acted on: the message that it has ended is lost, and the workflow never ends.",
    breaks=spec.every_workflow_ends,
    subject=system(TWO, failures=0, executor=MissesAnEnd),
    length=3,
)
FRESH = Pitfall(
    "stage_executor.KeepsFresh",
    "A stage that ends before another is run again, so that no result is old: two stages run for ever, by turns.",
    breaks=spec.every_workflow_ends,
    subject=system(TWO, failures=0, executor=KeepsFresh),
    length=5,
)
NO_WAY_OUT = Pitfall(
    "stage_executor.Unvalidated/ends",
    "Stages that depend on each other in a circle are accepted: from the first moment on the workflow cannot end any more.",
    breaks=spec.a_workflow_can_always_end,
    subject=system(WAIT_FOR_EACH_OTHER, failures=0, executor=Unvalidated),
    length=1,
)
