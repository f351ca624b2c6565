"""What goes wrong with executors of stage graphs, each on a smallest graph that shows it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.stage_executor import Executing, Executor, fault, system
from concordant.spec.vocabulary import Map
from concordant.spec.workflows import stage_executor as spec
from concordant.spec.workflows.stage_executor import Fails, IsCancelled, Stage, Status, Succeeds, doomed, graph, may_run

A, B = Stage("a"), Stage("b")
B_AFTER_A, C_AFTER_A, C_AFTER_B = Stage("b", ("a",)), Stage("c", ("a",)), Stage("c", ("b",))
CIRCLE = (Stage("a", ("b",)), B_AFTER_A)


@frozen
class Unvalidated(Executor):
    """Accepts every graph, those with a circle too."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class GivesUpAtOnce(Executor):
    """Ends the workflow with the first failure, and leaves the others running."""

    def is_over(self, state: Executing) -> bool:
        return Status.FAILED in state.statuses.values() or super().is_over(state)


@frozen
class SharesWithAnybody(Executor):
    """Does not look whether a stage is exclusive."""

    def may_share(self, stage: Stage, running: list[Stage]) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class Waves(Executor):
    """Starts all that can start, and waits until all of them have ended."""

    def go_on(self, state: Executing) -> Step[Executing]:
        if not state.workers:
            return super().go_on(state)
        after = self.skip(state)
        return after.then(self.end) if self.is_over(after.state) else after


@frozen
class SkipsNothing(Executor):
    """Leaves the dependents of a failed stage waiting for it."""

    def skip(self, state: Executing) -> Step[Executing]:
        return step(state)


@frozen
class SkipsOnlyChildren(Executor):
    """Skips what depends on a failed stage, but not what depends on a skipped one."""

    def skip(self, state: Executing) -> Step[Executing]:
        known = graph(state.stages)
        failed: Map[str, Status] = Map.of(
            {name: Status.DONE if status is Status.SKIPPED else status for name, status in state.statuses.items()}
        )
        for name, stage in known.items():
            if state.statuses[name] is Status.WAITING and doomed(stage, known, failed):
                return self.ended(state, name, Status.SKIPPED).then(self.skip)
        return step(state)


@frozen
class DropsResults(Executor):
    """Runs stages for their effects, and keeps nothing of what they return."""

    def recorded(self, state: Executing, name: str) -> Executing:  # noqa: ARG002  # that is the mistake
        return state


@frozen
class StartsOver(Executor):
    """A retry runs everything again."""

    def keeps(self, status: Status) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class SomethingSucceeded(Executor):
    """Calls a workflow completed when anything was."""

    def is_complete(self, state: Executing) -> bool:
        return Status.DONE in state.statuses.values()


@frozen
class DocumentsLoop(Waves):
    """The documents' loop: while something is ready run a wave of it; then completed, if anything was."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # it validates nothing
        return None

    def is_over(self, state: Executing) -> bool:
        return not state.workers

    def is_complete(self, state: Executing) -> bool:
        return Status.DONE in state.statuses.values()


@frozen
class FailsTheEmpty(Executor):
    """Calls a workflow completed when something was, and takes care that nothing failed."""

    def is_complete(self, state: Executing) -> bool:
        return bool(state.stages) and super().is_complete(state)


@frozen
class TakesTheImpossible(Executor):
    """Checks the graph, and not whether any worker can do its stages."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        return fault(stages)


@frozen
class RunsAgain(Executor):
    """Takes a stage that was stopped from outside for one that never ran."""

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsCancelled) -> Step[Executing]:
        if not isinstance(trigger, IsCancelled):
            return super().fire(state, trigger)
        waiting = evolve(state, statuses=state.statuses.put(trigger.stage, Status.WAITING), workers=state.workers.drop(trigger.stage))
        return step(waiting).then(self.go_on)


@frozen
class OverloadsItsWorkers(Executor):
    """Gives every stage to the first worker that can do it, busy or not."""

    def worker_for(self, state: Executing, stage: Stage) -> int | None:  # noqa: ARG002  # that is the mistake
        return next((number for number, able in enumerate(self.workers) if stage.needs in able), None)


@frozen
class AnyWorkerWill(Executor):
    """Gives a stage to the first worker that is free, whatever it can do."""

    def worker_for(self, state: Executing, stage: Stage) -> int | None:
        return super().worker_for(state, evolve(stage, needs=next(iter(self.workers[0]))))


@frozen
class OneShort(Executor):
    """Starts a stage when all that it depends on but one has ended."""

    def is_ready(self, stage: Stage, known: dict[str, Stage], state: Executing) -> bool:
        fewer = [evolve(stage, after=tuple(other for other in stage.after if other != name)) for name in stage.after]
        return any(may_run(each, known, state.statuses) for each in fewer or [stage])


@frozen
class FailsFast(Executor):
    """Skips everything that has not started when something fails."""

    def skip(self, state: Executing) -> Step[Executing]:
        waiting = [name for name, status in state.statuses.items() if status is Status.WAITING]
        if Status.FAILED not in state.statuses.values() or not waiting:
            return super().skip(state)
        return self.ended(state, waiting[0], Status.SKIPPED).then(self.skip)


CIRCLE_UNSEEN = Pitfall(
    "WFX-3",
    "The graph is not validated: stages in a circle wait for each other for ever.",
    breaks=spec.no_deadlock,
    subject=system(CIRCLE, executor=Unvalidated),
    length=1,
)
ORPHANS = Pitfall(
    "WFX-4",
    "The failure of an optional stage ends the workflow, and the others run on without it.",
    breaks=spec.nothing_runs_after_the_end,
    subject=system((Stage("a", optional=True), B), executor=GivesUpAtOnce),
    length=2,
)
NOT_ALONE = Pitfall(
    "WFX-5",
    "Two exclusive stages run at the same time.",
    breaks=spec.exclusive_runs_alone,
    subject=system((Stage("a", exclusive=True), Stage("b", exclusive=True)), executor=SharesWithAnybody),
    length=1,
)
NO_RESULTS = Pitfall(
    "WFX-6",
    "What a stage returns is dropped: those after it have nothing to read.",
    breaks=spec.results_are_readable,
    subject=system((A, B_AFTER_A), executor=DropsResults),
    length=2,
)
WAVES = Pitfall(
    "WFX-7",
    "A stage that is ready waits for one that does not concern it, since both belong to different waves.",
    breaks=spec.nothing_ready_waits_beside_a_free_worker,
    subject=system((A, B, C_AFTER_A), executor=Waves),
    length=2,
)
NOT_SKIPPED = Pitfall(
    "WFX-8",
    "What can no longer run is not skipped, and the workflow waits for it.",
    breaks=spec.no_deadlock,
    subject=system((A, B_AFTER_A), executor=SkipsNothing),
    length=2,
)
SKIPPED_ONCE = Pitfall(
    "WFX-9",
    "What depends on a skipped stage is not skipped, and the workflow waits for it.",
    breaks=spec.no_deadlock,
    subject=system((A, B_AFTER_A, C_AFTER_B), executor=SkipsOnlyChildren),
    length=2,
)
STARTS_OVER = Pitfall(
    "WFX-10",
    "A retry runs again what had succeeded.",
    breaks=spec.a_retry_keeps_what_succeeded,
    subject=system((A, B), executor=StartsOver, retries=1),
    length=4,
)
FALSE_COMPLETED = Pitfall(
    "WFE-1",
    "A workflow of which something succeeded is called completed, though a mandatory stage failed.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((A, B), executor=SomethingSucceeded),
    length=3,
)
DOCUMENTS_LOOP = Pitfall(
    "WFE-2",
    "The documents' loop as written: two stages in a circle are never run, and the workflow is called completed.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((*CIRCLE, Stage("c")), executor=DocumentsLoop),
    length=2,
)
EMPTY_FAILS = Pitfall(
    "WFE-3",
    "A workflow without stages is called failed, since nothing of it was completed.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((), executor=FailsTheEmpty),
    length=1,
)
NOBODY_ABLE = Pitfall(
    "WFE-4",
    "A stage that no worker can do is accepted, and is waited for without end.",
    breaks=spec.no_deadlock,
    subject=system((Stage("a", needs="drawing"),), executor=TakesTheImpossible),
    length=1,
)
RUNS_AGAIN = Pitfall(
    "WFE-7",
    "A stage that was stopped from outside is neither done nor failed, and is run again and again.",
    breaks=spec.at_most_once,
    subject=system((A,), executor=RunsAgain, cancelled=True),
    length=2,
)
OVERLOADS = Pitfall(
    "WFE-10",
    "One worker runs two stages at the same time.",
    breaks=spec.a_worker_runs_one_stage,
    subject=system((A, B), executor=OverloadsItsWorkers),
    length=1,
)
ANY_WORKER_WILL = Pitfall(
    "stage_executor.AnyWorkerWill",
    "A stage is given to a worker that cannot do it.",
    breaks=spec.a_worker_can_do_its_stage,
    subject=system((Stage("a", needs="drawing"),), workers=(frozenset({"any"}), frozenset({"drawing"})), executor=AnyWorkerWill),
    length=1,
)
ONE_SHORT = Pitfall(
    "stage_executor.OneShort",
    "A stage starts when all that it depends on but one has ended.",
    breaks=spec.precedence,
    subject=system((A, B, Stage("c", ("a", "b"))), executor=OneShort),
    length=2,
)
FAILS_FAST = Pitfall(
    "stage_executor.FailsFast",
    "The first failure skips all that has not started: what ends how depends on what was quicker.",
    breaks=spec.the_outcome_does_not_depend_on_the_order,
    subject=system((A, B, C_AFTER_A), executor=FailsFast),
    length=3,
)
