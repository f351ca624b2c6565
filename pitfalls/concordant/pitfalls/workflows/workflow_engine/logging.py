"""What goes wrong with the log: what is not written, or too late, and what is made of it after a crash."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.pitfalls.workflows.workflow_engine.as_written import B_AFTER_A, A, B
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.refimpl.workflows.workflow_engine import CRASH, PROMISES, Ending, Engaged, Engine, Workflow, system
from concordant.spec.vocabulary import Announce, Clause, Map
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.workflow_engine import Cancel, Job, Log, TaskEnded
from concordant.spec.workflows.workflow_engine import clauses as spec

DEAD = -1
"""Instead of the agent of a thread that is gone."""


@frozen
class Rewrites(Engine):
    """Loses, of each workflow, something that it does not write."""

    def survives(self, state: Engaged) -> Iterable[Engaged]:
        for kept in super().survives(state):
            yield evolve(kept, workflows=Map.of((name, self.written(workflow)) for name, workflow in kept.workflows.items()))

    def written(self, workflow: Workflow) -> Workflow:
        return workflow


@frozen
class LogsEndsOnly(Rewrites):
    """Writes that a task was started when it has ended: of one that a crash cuts short the log knows nothing."""

    def written(self, workflow: Workflow) -> Workflow:
        over = Map.of((task, tries) for task, tries in workflow.tries.items() if task in workflow.ended)
        return evolve(workflow, tries=over)


@frozen
class LogsStartsOnly(Rewrites):
    """Writes how tasks have ended when the workflow has."""

    def written(self, workflow: Workflow) -> Workflow:
        return workflow if workflow.verdict is not None else evolve(workflow, ended=Map(), results=Map())


@frozen
class KeepsResultsInMemory(Rewrites):
    """Writes that a task is done, and keeps what it left in memory."""

    def written(self, workflow: Workflow) -> Workflow:
        return evolve(workflow, results=Map())


@frozen
class ForgetsWhatWasWanted(Rewrites):
    """Writes what workflows are, and not that somebody wants them executed: who does waits for an answer, after all."""

    def written(self, workflow: Workflow) -> Workflow:
        return evolve(workflow, wanted=workflow.wanted and workflow.verdict is not None)


@frozen
class ForgetsCancellations(Rewrites):
    """Keeps in memory that a workflow was cancelled."""

    def written(self, workflow: Workflow) -> Workflow:
        return evolve(workflow, cancelled=workflow.cancelled and workflow.verdict is not None)


@frozen
class TrustsTheLostAgain(Engine):
    """Keeps in memory which agents are lost."""

    def survives(self, state: Engaged) -> Iterable[Engaged]:
        return (Engaged(state.workflows),)


@frozen
class WaitsForTheDead(Engine):
    """Takes what ran before a crash for what still runs, and waits for threads that are gone."""

    def survives(self, state: Engaged) -> Iterable[Engaged]:
        return (Engaged(state.workflows, state.lost, Map.of(dict.fromkeys(state.busy, DEAD))),)

    def armed(self, state: Engaged) -> tuple[Ending, ...]:
        return tuple(each for each in super().armed(state) if state.busy[each.job] != DEAD)


@frozen
class Restarts(Engine):
    """Goes on with nothing after a crash, until somebody asks."""

    def recover(self, state: Engaged) -> Step[Engaged]:
        return step(state)


@frozen
class TakesItForDone(Engine):
    """Takes what a crash has cut short for done, since it was started."""

    def recover(self, state: Engaged) -> Step[Engaged]:
        after = step(state)
        for name, workflow in state.workflows.items():
            for task in workflow.tries:
                if task not in workflow.ended:
                    job = Job(name, task)
                    after = after.then(lambda now, job=job: self.ended(now, job, StageStatus.DONE))  # type: ignore[misc]  # of this turn
        return after.then(self.go_on_all)


@frozen
class AnnouncesAgain(Engine):
    """Says once more, after a crash, how all tasks of a workflow have ended that is open."""

    def recover(self, state: Engaged) -> Step[Engaged]:
        again = tuple(
            Announce(TaskEnded(Job(name, task), status))
            for name, workflow in state.workflows.items()
            if workflow.is_open
            for task, status in workflow.ended.items()
        )
        return Step(state, again).then(self.go_on_all)


@frozen
class OnePlaceForAll(Engine):
    """Keeps results in one place, where each task takes that of the one before."""

    def started(self, state: Engaged, name: str, task: Stage, agent: int) -> Step[Engaged]:
        workflow = state.workflows[name]
        last = next(iter(workflow.results.values()), "")
        mixed = evolve(workflow, results=Map.of(dict.fromkeys(workflow.results, last)))
        return super().started(self.put(state, name, mixed), name, task, agent)


def crashing(*tasks: Stage, engine: type[Engine], promises: tuple[Clause, ...] = PROMISES, **options: object) -> System[Log]:
    """Put an engine that crashes once between its users."""
    return system(*tasks, engine=engine, faults=CRASH, promises=promises, **options)  # type: ignore[arg-type]  # those of `system`


LOGS_ENDS_ONLY = Pitfall(
    "workflow_engine.LogsEndsOnly",
    "That a task starts is not logged before it does: what crashes the engine is tried again, as though it had never been.",
    breaks=spec.a_task_is_tried_only_so_often,
    subject=crashing(A, engine=LogsEndsOnly),
    length=4,
)
LOGS_STARTS_ONLY = Pitfall(
    "workflow_engine.LogsStartsOnly",
    "How tasks end is logged when the workflow has ended: after a crash what was done is done again.",
    breaks=spec.a_task_is_tried_only_so_often,
    subject=crashing(A, B_AFTER_A, engine=LogsStartsOnly, attempts=2),
    length=5,
)
LOGS_NO_ENDS = Pitfall(
    "workflow_engine.LogsStartsOnly/grows",
    "How tasks end is logged when the workflow has ended: a crash takes what everybody has seen.",
    breaks=spec.the_log_only_grows,
    subject=crashing(A, B_AFTER_A, engine=LogsStartsOnly, attempts=2),
    length=4,
)
RESULTS_IN_MEMORY = Pitfall(
    "workflow_engine.KeepsResultsInMemory",
    "That a task is done is logged, and its result is not: after a crash the tasks after it have nothing to read.",
    breaks=spec.what_is_done_can_be_read,
    subject=crashing(A, B_AFTER_A, engine=KeepsResultsInMemory),
    length=4,
)
NOTHING_TO_READ = Pitfall(
    "workflow_engine.KeepsResultsInMemory/reads",
    "A task starts after a crash, and what those before it left is gone.",
    breaks=spec.results_are_readable,
    subject=crashing(A, B_AFTER_A, engine=KeepsResultsInMemory, attempts=2),
    length=5,
)
NOBODY_WANTS_IT = Pitfall(
    "workflow_engine.ForgetsWhatWasWanted",
    "That a workflow is to be executed is not logged: after a crash nobody goes on with it.",
    breaks=spec.every_workflow_ends,
    subject=crashing(A, engine=ForgetsWhatWasWanted, attempts=2),
    length=4,
)
CANCELLED_IN_MEMORY = Pitfall(
    "workflow_engine.ForgetsCancellations",
    "That a workflow was cancelled is not logged: after a crash it goes on.",
    breaks=spec.nothing_starts_that_nobody_wants,
    subject=crashing(A, B_AFTER_A, engine=ForgetsCancellations, attempts=2, rival=(Cancel("w"),)),
    length=5,
)
TRUSTS_THE_LOST_AGAIN = Pitfall(
    "workflow_engine.TrustsTheLostAgain",
    "After a crash an agent that was lost is given another task.",
    breaks=spec.an_agent_can_do_its_task,
    subject=crashing(A, engine=TrustsTheLostAgain, attempts=3),
    length=5,
)
WAITS_FOR_THE_DEAD = Pitfall(
    "workflow_engine.WaitsForTheDead",
    "After a crash the engine waits for threads that have died with it.",
    breaks=spec.every_workflow_ends,
    subject=crashing(A, engine=WaitsForTheDead, attempts=2),
    length=4,
)
SHOWS_THE_DEAD = Pitfall(
    "workflow_engine.WaitsForTheDead/shown",
    "Threads that have died in a crash are said to be running.",
    breaks=spec.the_log_is_true,
    subject=crashing(A, engine=WaitsForTheDead, attempts=2),
    length=3,
)
IDLE_AFTER_A_CRASH = Pitfall(
    "workflow_engine.Restarts",
    "After a crash nothing goes on until somebody asks for it.",
    breaks=spec.no_deadlock,
    subject=crashing(A, engine=Restarts, attempts=2),
    length=4,
)
TAKES_IT_FOR_DONE = Pitfall(
    "workflow_engine.TakesItForDone",
    "What a crash has cut short is taken for done, since it was started.",
    breaks=spec.a_task_ends_as_it_did,
    subject=crashing(A, engine=TakesItForDone),
    length=4,
)
ANNOUNCES_AGAIN = Pitfall(
    "workflow_engine.AnnouncesAgain",
    "After a crash the log is replayed aloud: what has ended ends again.",
    breaks=spec.a_task_ends_once,
    subject=crashing(A, B_AFTER_A, engine=AnnouncesAgain, attempts=2),
    length=5,
)
ONE_PLACE_FOR_ALL = Pitfall(
    "workflow_engine.OnePlaceForAll",
    "Results are kept in one place: a task reads that of another.",
    breaks=spec.results_are_readable,
    subject=system(A, B, Stage("c", ("a", "b")), engine=OnePlaceForAll),
    length=4,
)
LOGS_NO_STARTS = Pitfall(
    "workflow_engine.LogsEndsOnly/grows",
    "That a task has started is in memory alone: a crash takes what everybody has seen.",
    breaks=spec.the_log_only_grows,
    subject=crashing(A, engine=LogsEndsOnly),
    length=3,
)
