"""What goes wrong with stages and workers: who runs, when, with what, and what becomes of it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.stage_executor.as_written import B_AFTER_A, C_AFTER_B, CIRCLE, A, B
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.stage_executor import Executing, Executor, doomed, may_run, system
from concordant.spec.vocabulary import Map
from concordant.spec.workflows.shared.stages import Stage, StageStatus, graph
from concordant.spec.workflows.stage_executor import Fails, IsStopped, Succeeds
from concordant.spec.workflows.stage_executor import clauses as spec

C_AFTER_A, C_AFTER_BOTH = Stage("c", ("a",)), Stage("c", ("a", "b"))


@frozen
class Unvalidated(Executor):
    """Accepts every graph, those with a circle too."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


# ---- who may run


@frozen
class Waves(Executor):
    """Starts all that can start, and waits until all of them have ended."""

    def go_on(self, state: Executing) -> Step[Executing]:
        if not state.workers:
            return super().go_on(state)
        after = self.skip(state)
        return after.then(self.end) if self.is_over(after.state) else after


@frozen
class SharesWithAnybody(Executor):
    """Does not look whether a stage is exclusive."""

    def may_share(self, stage: Stage, running: list[Stage]) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class KeepsOnlyExclusiveOnesApart(Executor):
    """Starts an exclusive stage beside one that is not."""

    def may_share(self, stage: Stage, running: list[Stage]) -> bool:
        return not (stage.exclusive and any(other.exclusive for other in running))


@frozen
class NeverRunsExclusiveOnes(Executor):
    """Takes nobody for somebody: an exclusive stage waits although nothing runs."""

    def worker_for(self, state: Executing, stage: Stage) -> int | None:
        return None if stage.exclusive else super().worker_for(state, stage)


@frozen
class OneShort(Executor):
    """Starts a stage when all that it depends on but one has ended."""

    def is_ready(self, stage: Stage, known: dict[str, Stage], state: Executing) -> bool:
        fewer = [evolve(stage, after=tuple(other for other in stage.after if other != name)) for name in stage.after]
        return any(may_run(each, known, state.statuses) for each in fewer or [stage])


@frozen
class RunsAfterFailures(Executor):
    """Starts a stage when all that it depends on has ended, however."""

    def skip(self, state: Executing) -> Step[Executing]:
        return step(state)

    def is_ready(self, stage: Stage, known: dict[str, Stage], state: Executing) -> bool:  # noqa: ARG002
        return all(state.statuses[name].ended for name in stage.after)


@frozen
class RunsAgain(Executor):
    """Takes a stage that was stopped from outside for one that never ran."""

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        if not isinstance(trigger, IsStopped):
            return super().fire(state, trigger)
        waiting = evolve(state, statuses=state.statuses.put(trigger.stage, StageStatus.WAITING), workers=state.workers.drop(trigger.stage))
        return step(waiting).then(self.go_on)


@frozen
class AnyWorkerWill(Executor):
    """Gives a stage to the first worker that is free, whatever it can do."""

    def worker_for(self, state: Executing, stage: Stage) -> int | None:
        return super().worker_for(state, evolve(stage, needs=next(iter(self.workers[0]))))


@frozen
class TakesNobodyForBusy(Executor):
    """Gives a stage to a worker, and does not note that it has one."""

    def assign(self, state: Executing) -> Step[Executing]:
        assigned = super().assign(state)
        return Step(evolve(assigned.state, workers=Map()), assigned.effects)


@frozen
class KeepsItsWorkers(Executor):
    """Does not take a worker back whose stage did not succeed."""

    def ended(self, state: Executing, name: str, status: StageStatus) -> Step[Executing]:
        after = super().ended(state, name, status)
        return Step(evolve(after.state, workers=state.workers), after.effects) if status is StageStatus.FAILED else after


# ---- what can no longer run


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
        failed: Map[str, StageStatus] = Map.of(
            {name: StageStatus.DONE if status is StageStatus.SKIPPED else status for name, status in state.statuses.items()}
        )
        for name, stage in known.items():
            if state.statuses[name] is StageStatus.WAITING and doomed(stage, known, failed):
                return self.ended(state, name, StageStatus.SKIPPED).then(self.skip)
        return step(state)


@frozen
class FailsFast(Executor):
    """Skips everything that has not started when something fails."""

    def skip(self, state: Executing) -> Step[Executing]:
        waiting = [name for name, status in state.statuses.items() if status is StageStatus.WAITING]
        if StageStatus.FAILED not in state.statuses.values() or not waiting:
            return super().skip(state)
        return self.ended(state, waiting[0], StageStatus.SKIPPED).then(self.skip)


# ---- what it leaves


@frozen
class DropsResults(Executor):
    """Runs stages for their effects, and keeps nothing of what they return."""

    def recorded(self, state: Executing, success: Succeeds) -> Executing:  # noqa: ARG002  # that is the mistake
        return state


@frozen
class OnePlaceForAll(Executor):
    """Keeps results in one place, where each takes that of the one before."""

    def recorded(self, state: Executing, success: Succeeds) -> Executing:
        return evolve(state, results=Map.of(dict.fromkeys((*state.results, success.stage), success.result)))


@frozen
class LeavesScraps(Executor):
    """Keeps what a stage has written until it failed."""

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        scraps = self.recorded(state, Succeeds(trigger.stage)) if isinstance(trigger, Fails) else state
        return super().fire(scraps, trigger)


@frozen
class PublishesFirst(Executor):
    """Says that a stage is done, and then stores its result."""

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        if not isinstance(trigger, Succeeds):
            return super().fire(state, trigger)
        published = self.ended(state, trigger.stage, StageStatus.DONE).then(self.go_on)
        return published.then(lambda after: step(self.recorded(after, trigger)))


@frozen
class CompletesFirst(Executor):
    """Counts a stage as done, and then stores its result, which may fail."""

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        if not isinstance(trigger, Fails):
            return super().fire(state, trigger)
        done = self.ended(state, trigger.stage, StageStatus.DONE)
        return done.then(lambda after: super(CompletesFirst, self).fire(after, trigger))


@frozen
class SwallowsFailures(Executor):
    """Catches whatever a stage raises, and goes on."""

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        return super().fire(state, Succeeds(trigger.stage))


@frozen
class SkipsTheStopped(Executor):
    """Takes a stage that was stopped for one that was never started."""

    def ended(self, state: Executing, name: str, status: StageStatus) -> Step[Executing]:
        return super().ended(state, name, StageStatus.SKIPPED if status is StageStatus.FAILED else status)


# ---- the pitfalls

CIRCLE_UNSEEN = Pitfall(
    "stage_executor.Unvalidated",
    "The graph is not validated: stages in a circle wait for each other for ever.",
    breaks=spec.no_deadlock,
    subject=system(CIRCLE, executor=Unvalidated),
    length=1,
)
NOT_ALONE = Pitfall(
    "WFX-5",
    "Two exclusive stages run at the same time.",
    breaks=spec.exclusive_runs_alone,
    subject=system((Stage("a", exclusive=True), Stage("b", exclusive=True)), executor=SharesWithAnybody),
    length=1,
)
BESIDE_ANOTHER = Pitfall(
    "WFX-5/beside",
    "An exclusive stage starts beside one that runs.",
    breaks=spec.exclusive_runs_alone,
    subject=system((A, Stage("b", exclusive=True)), executor=KeepsOnlyExclusiveOnesApart),
    length=1,
)
BESIDE_AN_EXCLUSIVE_ONE = Pitfall(
    "WFX-5/joined",
    "A stage starts beside an exclusive one that runs.",
    breaks=spec.exclusive_runs_alone,
    subject=system((Stage("a", exclusive=True), B), executor=KeepsOnlyExclusiveOnesApart),
    length=1,
)
EXCLUSIVE_NEVER = Pitfall(
    "stage_executor.NeverRunsExclusiveOnes",
    "An exclusive stage waits for stages to end that are not running.",
    breaks=spec.nothing_ready_waits_beside_a_free_worker,
    subject=system((Stage("a", exclusive=True),), executor=NeverRunsExclusiveOnes),
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
COMPLETED_AND_FAILED = Pitfall(
    "WFE-6",
    "A task is completed before its result is stored; since that fails, it is among the failed too.",
    breaks=spec.a_stage_ends_once,
    subject=system((A,), executor=CompletesFirst),
    length=2,
)
RUNS_AGAIN = Pitfall(
    "WFE-7",
    "A stage that was stopped from outside is neither done nor failed, and is run again and again.",
    breaks=spec.at_most_once,
    subject=system((A,), executor=RunsAgain, stopped=("a",)),
    length=2,
)
PUBLISHED_BEFORE_STORED = Pitfall(
    "WFE-15",
    "A task is called completed before its result is there: whoever looks in between has nothing to read.",
    breaks=spec.results_are_readable,
    subject=system((A, B_AFTER_A), executor=PublishesFirst),
    length=2,
)
ANY_WORKER_WILL = Pitfall(
    "stage_executor.AnyWorkerWill",
    "A stage is given to a worker that cannot do it.",
    breaks=spec.a_worker_can_do_its_stage,
    subject=system((Stage("a", needs="drawing"),), workers=(frozenset({"any"}), frozenset({"drawing"})), executor=AnyWorkerWill),
    length=1,
)
TAKES_NOBODY_FOR_BUSY = Pitfall(
    "stage_executor.TakesNobodyForBusy",
    "A stage runs, and no worker has it.",
    breaks=spec.a_worker_runs_one_stage,
    subject=system((A,), executor=TakesNobodyForBusy),
    length=1,
)
KEEPS_ITS_WORKERS = Pitfall(
    "stage_executor.KeepsItsWorkers",
    "A worker whose stage failed never becomes free again.",
    breaks=spec.a_worker_runs_one_stage,
    subject=system((A,), executor=KeepsItsWorkers),
    length=2,
)
ONE_SHORT = Pitfall(
    "stage_executor.OneShort",
    "A stage starts when all that it depends on but one has ended.",
    breaks=spec.precedence,
    subject=system((A, B, C_AFTER_BOTH), executor=OneShort),
    length=2,
)
RUNS_AFTER_FAILURES = Pitfall(
    "stage_executor.RunsAfterFailures",
    "A stage starts when all that it depends on has ended, though one of them failed.",
    breaks=spec.precedence,
    subject=system((A, B_AFTER_A), executor=RunsAfterFailures),
    length=2,
)
NOT_SKIPPED = Pitfall(
    "stage_executor.SkipsNothing",
    "What can no longer run is not skipped, and the workflow waits for it.",
    breaks=spec.no_deadlock,
    subject=system((A, B_AFTER_A), executor=SkipsNothing),
    length=2,
)
SKIPPED_ONCE = Pitfall(
    "stage_executor.SkipsOnlyChildren",
    "What depends on a skipped stage is not skipped, and the workflow waits for it.",
    breaks=spec.no_deadlock,
    subject=system((A, B_AFTER_A, C_AFTER_B), executor=SkipsOnlyChildren),
    length=2,
)
FAILS_FAST = Pitfall(
    "stage_executor.FailsFast",
    "The first failure skips all that has not started: how a stage ends depends on which was quicker.",
    breaks=spec.the_outcome_does_not_depend_on_the_order,
    subject=system((A, B, C_AFTER_A), executor=FailsFast),
    length=3,
)
ONE_PLACE_FOR_ALL = Pitfall(
    "stage_executor.OnePlaceForAll",
    "Results are kept in one place: a stage reads that of another.",
    breaks=spec.results_are_readable,
    subject=system((A, B, C_AFTER_BOTH), executor=OnePlaceForAll),
    length=3,
)
LEAVES_SCRAPS = Pitfall(
    "stage_executor.LeavesScraps",
    "What a stage had written when it failed is read as its result.",
    breaks=spec.results_are_readable,
    subject=system((Stage("a", optional=True), B_AFTER_A), executor=LeavesScraps),
    length=2,
)
SWALLOWS_FAILURES = Pitfall(
    "stage_executor.SwallowsFailures",
    "What a stage raises is caught and forgotten: the stage is done.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system((A,), executor=SwallowsFailures),
    length=2,
)
SKIPS_THE_STOPPED = Pitfall(
    "stage_executor.SkipsTheStopped",
    "A stage that ran and was stopped is called skipped.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system((A,), stopped=("a",), executor=SkipsTheStopped),
    length=2,
)
