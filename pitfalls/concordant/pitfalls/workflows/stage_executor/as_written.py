"""The documents' two loops as they are written. What they leave undefined is read in the way that harms least.

The first, of threads, is told which agents there are and takes the first that can do a task. The second, of coroutines, has
neither agents nor results, raises where it cannot go on, and where a stage raises.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.stage_executor import Executing, Executor, system
from concordant.spec.vocabulary import Address, Rejected, Reply
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.stage_executor import Fails, IsStopped, Succeeds
from concordant.spec.workflows.stage_executor import clauses as spec

# ---- threads


@frozen
class Threads(Executor):
    """While the workflow is pending: gather what is ready, run all of it, wait for all of it.

    Nothing is validated. A task is ready when all that it depends on is completed; when nothing is, the workflow is completed
    if anything was, and failed otherwise.
    """

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # that is the mistake, as in what follows
        return None

    def go_on(self, state: Executing) -> Step[Executing]:
        if state.workers:
            return step(state)
        after = self.assign(state)
        return after if after.state.workers or self.ready(state) else after.then(self.end)

    def ready(self, state: Executing) -> list[str]:
        waiting = [stage for stage in state.stages if state.statuses[stage.name] is StageStatus.WAITING]
        return [stage.name for stage in waiting if self.is_ready(stage, {}, state)]

    def is_ready(self, stage: Stage, known: dict[str, Stage], state: Executing) -> bool:  # noqa: ARG002
        return all(state.statuses.get(name) is StageStatus.DONE for name in stage.after)

    def worker_for(self, state: Executing, stage: Stage) -> int | None:  # noqa: ARG002
        return next((number for number, able in enumerate(self.workers) if stage.needs in able), None)

    def is_complete(self, state: Executing) -> bool:
        return StageStatus.DONE in state.statuses.values()


# ---- coroutines


@frozen
class Coroutines(Threads):
    """While a stage is pending: gather those that can be executed, or raise; run them, and when all are back count them as completed.

    The error that it raises is defined nowhere, so that another is raised in its stead. What the stages return is dropped.
    """

    def recorded(self, state: Executing, success: Succeeds) -> Executing:  # noqa: ARG002
        return state

    def go_on(self, state: Executing) -> Step[Executing]:
        if state.workers:
            return step(state)
        after = self.assign(state)
        if after.state.workers:
            return after
        if all(status is StageStatus.DONE for status in state.statuses.values()):
            return self.end(state)
        return self.raises(state, "NameError: name 'DeadlockError' is not defined")

    def raises(self, state: Executing, error: str) -> Step[Executing]:
        reply = () if state.client is None else (Reply(state.client, Rejected(error)),)
        return step(evolve(state, client=None), *reply)

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        if state.client is None:  # whoever awaited the stages has gone
            return self.ended(state, trigger.stage, StageStatus.DONE if isinstance(trigger, Succeeds) else StageStatus.FAILED)
        if isinstance(trigger, Fails):
            return self.ended(state, trigger.stage, StageStatus.FAILED).then(self.end)
        return super().fire(state, trigger)


@frozen
class Unhashable(Coroutines):
    """Puts the stages into a set, which their class does not allow."""

    def begin(self, client: Address, state: Executing) -> Step[Executing]:
        if not state.stages:
            return super().begin(client, state)
        return step(Executing(), Reply(client, Rejected("TypeError: unhashable type: 'Stage'")))


# ---- the pitfalls

A, B = Stage("a"), Stage("b")
B_AFTER_A, C_AFTER_B = Stage("b", ("a",)), Stage("c", ("b",))
CIRCLE = (Stage("a", ("b",)), B_AFTER_A)

NEVER_RUN = Pitfall(
    "WFE-1",
    "A workflow of which something was completed is called completed, although a task failed and so another was never run.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((A, B, C_AFTER_B), executor=Threads),
    length=3,
)
CIRCLE_COMPLETED = Pitfall(
    "WFE-2",
    "Two tasks in a circle are never run, and the workflow is called completed because a third was.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((*CIRCLE, Stage("c")), executor=Threads),
    length=2,
)
EMPTY_FAILS = Pitfall(
    "WFE-3",
    "A workflow without tasks is called failed, because nothing of it was completed.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((), executor=Threads),
    length=1,
)
NOBODY_ABLE = Pitfall(
    "WFE-4",
    "A task that no agent can do is ready for ever, and the loop never ends.",
    breaks=spec.no_deadlock,
    subject=system((Stage("a", needs="drawing"),), executor=Threads),
    length=1,
)
UNKNOWN_COMPLETED = Pitfall(
    "WFE-5",
    "A task that depends on something that is no task is never run, and the workflow is called completed because another was.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((A, Stage("b", ("c",))), executor=Threads),
    length=2,
)
OVERLOADS = Pitfall(
    "WFE-10",
    "One agent runs two tasks at the same time, since nobody asks what it is doing.",
    breaks=spec.a_worker_runs_one_stage,
    subject=system((A, B), executor=Threads),
    length=1,
)
UNRELATED_VERDICT = Pitfall(
    "WFE-13",
    "The failure of a task that nobody needs fails the workflow, unless something that has nothing to do with it was completed.",
    breaks=spec.completed_means_all_mandatory_stages_succeeded,
    subject=system((Stage("a", optional=True),), executor=Threads),
    length=2,
)
ONE_NAME_FOR_TWO = Pitfall(
    "WFE-14",
    "Of two tasks with one name the second depends on the first, hence on itself: neither runs, and the workflow has failed.",
    breaks=spec.only_what_keeps_the_rules_begins,
    subject=system((A, Stage("a", ("a",))), executor=Threads),
    length=1,
)
UNHASHABLE = Pitfall(
    "WFX-1",
    "Whatever the workflow, unless it is empty, it ends with an error that says nothing about it.",
    breaks=spec.an_answer_is_true,
    subject=system((A,), executor=Unhashable),
    length=1,
)
UNDEFINED = Pitfall(
    "WFX-2",
    "Two stages in a circle: the error that should say so is not defined, and the user is told of that instead.",
    breaks=spec.an_answer_is_true,
    subject=system(CIRCLE, executor=Coroutines),
    length=1,
)
REJECTED_TOO_LATE = Pitfall(
    "WFX-3",
    "A circle of two stages is found only after a third has run: the workflow is rejected, and its effects are there.",
    breaks=spec.nothing_starts_before_a_rejection,
    subject=system((A, Stage("b", ("c",)), C_AFTER_B), executor=Coroutines),
    length=2,
)
ORPHANS = Pitfall(
    "WFX-4",
    "The failure of an optional stage ends the workflow, and the others run on without it.",
    breaks=spec.nothing_runs_after_the_end,
    subject=system((Stage("a", optional=True), B), executor=Coroutines),
    length=2,
)
BRANCH_NOT_TAKEN = Pitfall(
    "WFX-8",
    "A join waits for both branches of a choice: since one is not taken, the executor finds itself in a deadlock.",
    breaks=spec.an_answer_is_true,
    subject=system(
        (Stage("1"), Stage("2a", ("1",), optional=True), Stage("2b", ("1",), optional=True), Stage("3", ("2a", "2b"))),
        stopped=("2b",),
        executor=Coroutines,
    ),
    length=4,
)
LEFT_OUT = Pitfall(
    "WFX-9",
    "What depends on an optional stage that is left out can never be executed: the executor finds itself in a deadlock.",
    breaks=spec.an_answer_is_true,
    subject=system((Stage("a", optional=True), B_AFTER_A), stopped=("a",), executor=Coroutines),
    length=2,
)
