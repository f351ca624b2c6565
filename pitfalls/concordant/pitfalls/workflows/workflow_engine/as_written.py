"""The documents' engine as it is written: a loop for each caller, a thread for each task, and a dictionary that all of them change.

What they leave undefined is read in the way that harms least: the first agent that can do a task is selected, and a call returns
how the workflow ended.
"""

from __future__ import annotations

from typing import Never, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Process, Step, System, step
from concordant.refimpl.workflows.workflow_engine import ENGINE, system
from concordant.spec.vocabulary import Address, Announce, Internal, Map, Rejected, Reply
from concordant.spec.workflows.shared.stages import Able, Stage, StageStatus
from concordant.spec.workflows.workflow_engine import (
    Accepted,
    Cancel,
    Create,
    Created,
    Ended,
    EngineView,
    Execute,
    Fails,
    Job,
    Log,
    Request,
    Started,
    Succeeds,
    TaskEnded,
    Vanishes,
    Verdict,
)
from concordant.spec.workflows.workflow_engine import clauses as spec


@frozen
class Look(Internal):
    """The loop of a caller goes round, though it has started no thread."""

    client: Address


@frozen
class Store(Internal):
    """A thread whose task is completed sets the result."""

    thread: Thread


@frozen(order=True)
class Thread:
    """A thread, and the caller that waits for it. `seen`: what it has found completed; `done`: whether its agent is."""

    client: Address
    job: Job
    agent: int
    done: bool = False
    seen: tuple[str, ...] = ()


@frozen
class Shared:
    """The dictionary of a workflow."""

    tasks: tuple[Stage, ...]
    status: Verdict | None = None
    completed: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()

    @property
    def statuses(self) -> Map[str, StageStatus]:
        """How each task stands; of one that is in both sets, as it was completed."""
        failed, done = (
            dict.fromkeys(sorted(names), end) for names, end in ((self.failed, StageStatus.FAILED), (self.completed, StageStatus.DONE))
        )
        return Map.of({**{task.name: StageStatus.WAITING for task in self.tasks}, **failed, **done})


@frozen
class Threading:
    """The workflows, which of them each caller drives, and the threads."""

    workflows: Map[str, Shared] = Map()
    drivers: Map[Address, str] = Map()
    threads: frozenset[Thread] = frozenset()


Trigger = Succeeds | Fails | Vanishes | Look | Store


@frozen
class AsWritten(Process[Threading, Never, Request, Trigger]):
    """While the workflow is pending: gather what is ready, start a thread for each, wait for all. When nothing is ready, it is over."""

    agents: Able

    def start(self) -> Step[Threading]:
        return step(Threading())

    def request(self, state: Threading, client: Address, request: Request) -> Step[Threading] | None:
        match request:
            case Create(name, tasks):
                after = evolve(state, workflows=state.workflows.put(name, Shared(tasks)))
                return step(after, Announce(Accepted(client, name, tasks)), Reply(client, Created()))
            case Execute(name):
                if name not in state.workflows:
                    return step(state, Reply(client, Rejected(f"KeyError: {name!r}")))
                return self.look(evolve(state, drivers=state.drivers.put(client, name)), client, name)
            case Cancel():
                return None
            case _:
                assert_never(request)

    def armed(self, state: Threading) -> tuple[Trigger, ...]:
        joined = {thread.client for thread in state.threads}
        looks = tuple(Look(client) for client in state.drivers if client not in joined)
        threads = sorted(state.threads)
        running = tuple(ending(thread.job) for thread in threads if not thread.done for ending in (Succeeds, Fails, Vanishes))
        return (*looks, *running, *(Store(thread) for thread in threads if thread.done))

    def fire(self, state: Threading, trigger: Trigger) -> Step[Threading]:
        match trigger:
            case Look(client):
                return self.look(state, client, state.drivers[client])
            case Store(thread):
                return self.store(self.without(state, thread), thread).then(lambda after: self.joined(after, thread.client))
            case _:
                thread = next(each for each in sorted(state.threads) if each.job == trigger.job and not each.done)
                return self.ends(self.without(state, thread), thread, trigger).then(lambda after: self.joined(after, thread.client))

    def joined(self, state: Threading, client: Address) -> Step[Threading]:
        """Go on with the loop of a caller when all threads that it has started have ended."""
        waits = any(thread.client == client for thread in state.threads)
        return step(state) if waits else self.look(state, client, state.drivers[client])

    def without(self, state: Threading, thread: Thread) -> Threading:
        return evolve(state, threads=state.threads - {thread})

    def changed(self, state: Threading, name: str, shared: Shared) -> Threading:
        return evolve(state, workflows=state.workflows.put(name, shared))

    # ---- the loop

    def look(self, state: Threading, client: Address, name: str) -> Step[Threading]:
        shared, left = state.workflows[name], evolve(state, drivers=state.drivers.drop(client))
        if shared.status is not None:
            return step(left, Reply(client, Rejected("returned None")))
        ready = [task for task in shared.tasks if self.is_ready(shared, task)]
        if ready:
            return self.start_all(state, client, name, ready)
        status = Verdict.COMPLETED if shared.completed else Verdict.FAILED
        outcome = Ended(name, status, shared.statuses)
        return step(self.changed(left, name, evolve(shared, status=status)), Announce(outcome), Reply(client, outcome))

    def is_ready(self, shared: Shared, task: Stage) -> bool:
        over = shared.completed | shared.failed
        return task.name not in over and all(name in shared.completed for name in self.dependencies(shared, task))

    def dependencies(self, shared: Shared, task: Stage) -> tuple[str, ...]:
        """Look a task up by its id, under which the last one stands."""
        return {each.name: each.after for each in shared.tasks}[task.name]

    def start_all(self, state: Threading, client: Address, name: str, ready: list[Stage]) -> Step[Threading]:
        after = step(state)
        for task in ready:
            agent = next((number for number, able in enumerate(self.agents) if task.needs in able), None)
            if agent is not None:
                thread = Thread(client, Job(name, task.name), agent)
                read: Map[str, str | None] = Map.of({before: Succeeds(Job(name, before)).result for before in task.after})
                started = evolve(after.state, threads=after.state.threads | {thread})
                after = Step(started, (*after.effects, Announce(Started(thread.job, agent, read))))
        return after

    # ---- the threads

    def ends(self, state: Threading, thread: Thread, ending: Succeeds | Fails | Vanishes) -> Step[Threading]:
        shared, task = state.workflows[thread.job.workflow], thread.job.task
        match ending:
            case Succeeds():
                added = evolve(shared, completed=shared.completed | {task})
                after = self.changed(state, thread.job.workflow, added)
                storing = evolve(after, threads=after.threads | {evolve(thread, done=True)})
                return step(storing, Announce(TaskEnded(thread.job, StageStatus.DONE)))
            case Fails():
                return self.fails(state, thread)
            case Vanishes():
                return step(state)
            case _:
                assert_never(ending)

    def fails(self, state: Threading, thread: Thread) -> Step[Threading]:
        shared = state.workflows[thread.job.workflow]
        added = evolve(shared, failed=shared.failed | {thread.job.task})
        return step(self.changed(state, thread.job.workflow, added), Announce(TaskEnded(thread.job, StageStatus.FAILED)))

    def store(self, state: Threading, thread: Thread) -> Step[Threading]:
        shared = state.workflows[thread.job.workflow]
        return step(self.changed(state, thread.job.workflow, evolve(shared, results=shared.results | {thread.job.task})))

    def view(self, state: Threading) -> EngineView:
        known = tuple(state.workflows.items())
        over = {Job(name, task): status for name, shared in known for task, status in shared.statuses.items() if status.ended}
        return EngineView(
            Map(),
            Map.of(over),
            frozenset(Job(name, task) for name, shared in known for task in shared.results),
            Map.of((name, shared.status) for name, shared in known if shared.status is not None),
            Map.of({thread.job: thread.agent for thread in state.threads if not thread.done}),
        )


@frozen
class CannotStore(AsWritten):
    """The tasks have no place for a result: to set it is an error, which counts as one of the agent's."""

    def store(self, state: Threading, thread: Thread) -> Step[Threading]:
        return self.fails(state, thread)


@frozen
class WritesBack(AsWritten):
    """A thread reads what is completed, and writes that back with its own task: two threads may have read the same."""

    def ends(self, state: Threading, thread: Thread, ending: Succeeds | Fails | Vanishes) -> Step[Threading]:
        if not isinstance(ending, Succeeds):
            return super().ends(state, thread, ending)
        seen = tuple(sorted(state.workflows[thread.job.workflow].completed))
        return step(evolve(state, threads=state.threads | {evolve(thread, done=True, seen=seen)}))

    def store(self, state: Threading, thread: Thread) -> Step[Threading]:
        shared, task = state.workflows[thread.job.workflow], thread.job.task
        written = evolve(shared, completed=frozenset((*thread.seen, task)), results=shared.results | {task})
        return step(self.changed(state, thread.job.workflow, written), Announce(TaskEnded(thread.job, StageStatus.DONE)))


def as_written(
    *tasks: Stage, then: tuple[Request, ...] = (), rival: tuple[Request, ...] = (), failures: int = 1, engine: type[AsWritten] = AsWritten
) -> System[Log]:
    """Put the documents' engine, with two agents, between its users."""
    right = system(*tasks, then=then, rival=rival, failures=failures)
    return evolve(right, processes={ENGINE: engine(right.history.able)})


A, B = Stage("a"), Stage("b")
B_AFTER_A, C_AFTER_A, C_AFTER_B = Stage("b", ("a",)), Stage("c", ("a",)), Stage("c", ("b",))
CIRCLE = (Stage("a", ("b",)), B_AFTER_A)

NEVER_RUN = Pitfall(
    "WFE-1/threads",
    "A workflow of which something was completed is called completed, although a task failed and so another was never run.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=as_written(A, B, C_AFTER_B),
    length=5,
)
CIRCLE_COMPLETED = Pitfall(
    "WFE-2/threads",
    "Two tasks in a circle are never run, and the workflow is called completed because a third was.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=as_written(*CIRCLE, Stage("c")),
    length=4,
)
EMPTY_FAILS = Pitfall(
    "WFE-3/threads",
    "A workflow without tasks is called failed, because nothing of it was completed.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=as_written(),
    length=2,
)
NOBODY_ABLE = Pitfall(
    "WFE-4/threads",
    "No agent can do a task: no thread is started for it, it stays ready, and the loop goes round for ever.",
    breaks=spec.every_workflow_ends,
    subject=as_written(Stage("a", needs="drawing")),
    length=3,
)
UNKNOWN_COMPLETED = Pitfall(
    "WFE-5/threads",
    "A task that depends on something that is no task is never run, and the workflow is called completed because another was.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=as_written(A, Stage("b", ("c",))),
    length=4,
)
COMPLETED_AND_FAILED = Pitfall(
    "WFE-6/threads",
    "A task is added to the completed ones before its result is set; since that fails, it is added to the failed ones, too.",
    breaks=spec.a_task_ends_once,
    subject=as_written(A, engine=CannotStore),
    length=4,
)
RUNS_FOR_EVER = Pitfall(
    "WFE-7/threads",
    "A thread ends without a word: its task is neither completed nor failed, and is started again and again.",
    breaks=spec.a_task_is_tried_only_so_often,
    subject=as_written(A),
    length=3,
)
SILENT = Pitfall(
    "WFE-8/threads",
    "A workflow that has ended is executed again: nothing happens, and nobody is told that, or how it had ended.",
    breaks=spec.an_answer_is_true,
    subject=as_written(A, then=(Execute("w"),), failures=0),
    length=5,
)
TWO_DRIVERS = Pitfall(
    "WFE-9/threads",
    "Two callers drive one workflow, in which nothing says that a task runs: both start it.",
    breaks=spec.a_task_runs_once_at_a_time,
    subject=as_written(A, rival=(Execute("w"),)),
    length=3,
)
TWO_TASKS = Pitfall(
    "WFE-10/threads",
    "One agent runs two tasks at the same time, since nobody asks what it is doing.",
    breaks=spec.an_agent_runs_one_task,
    subject=as_written(A, B),
    length=2,
)
WAVES = Pitfall(
    "WFE-11/threads",
    "A task that is ready waits for one that does not concern it, since the loop joins all threads that it has started.",
    breaks=spec.nothing_ready_waits_beside_a_free_agent,
    subject=as_written(A, B, C_AFTER_A),
    length=3,
)
OVERWRITES = Pitfall(
    "WFE-12/threads",
    "A workflow is created with the id of one that runs, and takes its place.",
    breaks=spec.an_id_names_one_workflow,
    subject=as_written(A, rival=(Create("w", (B,)),)),
    length=2,
)
UNRELATED_VERDICT = Pitfall(
    "WFE-13/threads",
    "The failure of a task that nobody needs fails the workflow, unless something that has nothing to do with it was completed.",
    breaks=spec.completed_means_all_mandatory_tasks_succeeded,
    subject=as_written(Stage("a", optional=True)),
    length=3,
)
ONE_ID_FOR_TWO = Pitfall(
    "WFE-14/threads",
    "Of two tasks with one id the second's dependencies are kept: each depends on itself, nothing runs, and the workflow has failed.",
    breaks=spec.only_what_keeps_the_rules_is_created,
    subject=as_written(A, Stage("a", ("a",))),
    length=1,
)
PUBLISHED_BEFORE_STORED = Pitfall(
    "WFE-15/threads",
    "A task is among the completed ones before its result is set: whoever looks in between has nothing to read.",
    breaks=spec.what_is_done_can_be_read,
    subject=as_written(A),
    length=3,
)
LOST_COMPLETION = Pitfall(
    "workflow_engine.WritesBack",
    "Two threads read the same set of completed tasks, and each writes it back with its own: one completion is lost, and its task is run again.",
    breaks=spec.a_task_is_tried_only_so_often,
    subject=as_written(A, B, failures=0, engine=WritesBack),
    length=6,
)
