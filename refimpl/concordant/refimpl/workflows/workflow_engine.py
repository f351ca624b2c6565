"""The durable engine as one machine: its log, and the threads of its agents, which are the environment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Fire, Move, Process, Step, System, User, step
from concordant.refimpl.workflows.stage_executor import doomed, flaw, may_run
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Malformed, Map, Rejected, Reply, Seen
from concordant.spec.workflows.shared.stages import Able, Stage, StageStatus, graph
from concordant.spec.workflows.workflow_engine import (
    NO_SUCH,
    TAKEN,
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

# ---- the log


@frozen
class Workflow:
    """What the log says of a workflow. `tries`: how often each task was started; a task that has not ended has no status."""

    tasks: tuple[Stage, ...]
    wanted: bool = False
    cancelled: bool = False
    tries: Map[str, int] = Map()
    ended: Map[str, StageStatus] = Map()
    results: Map[str, str] = Map()
    verdict: Verdict | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is to go on: what is cancelled before it is wanted ends at once."""
        return self.wanted and self.verdict is None

    @property
    def statuses(self) -> Map[str, StageStatus]:
        """How far each task is, as far as the log knows."""
        return Map.of({task.name: self.ended.get(task.name, StageStatus.WAITING) for task in self.tasks})


@frozen
class Engaged:
    """The log: the workflows, and the agents that are lost. Beside it, which agent is at what, and who waits for which workflow."""

    workflows: Map[str, Workflow] = Map()
    lost: frozenset[int] = frozenset()
    busy: Map[Job, int] = Map()
    waiting: Map[Address, str] = Map()


Ending: TypeAlias = Succeeds | Fails | Vanishes


@frozen
class Engine(Process[Engaged, Never, Request, Ending]):
    """Executes workflows. `agents`: the capabilities of each; `attempts`: how often a task is tried, below one a ValueError."""

    agents: Able
    attempts: int = field(default=1, validator=ge(1))

    def start(self) -> Step[Engaged]:
        return step(Engaged())

    # ---- requests

    def request(self, state: Engaged, client: Address, request: Request) -> Step[Engaged]:
        known = state.workflows.get(request.workflow)
        match request:
            case Create(name, tasks):
                if known is not None:
                    return step(state, Reply(client, self.again(known, tasks)))
                wrong = self.refuses(tasks)
                return step(state, Reply(client, Rejected(wrong))) if wrong else self.created(state, client, name, tasks)
            case Execute() | Cancel() if known is None:
                return step(state, Reply(client, NO_SUCH))
            case Execute(name) | Cancel(name) if known.verdict is not None:
                return step(state, Reply(client, self.outcome(name, known)))
            case Execute(name):
                return self.go_on(self.put(self.joined(state, client, name), name, evolve(known, wanted=True)), name)
            case Cancel(name):
                return self.go_on(self.put(self.joined(state, client, name), name, evolve(known, cancelled=True)), name)
            case _:
                assert_never(request)

    def again(self, known: Workflow, tasks: tuple[Stage, ...]) -> Created | Rejected:
        return Created() if known.tasks == tasks else TAKEN

    def refuses(self, tasks: tuple[Stage, ...]) -> str | None:
        unable = [task.name for task in tasks if not any(task.needs in able for able in self.agents)]
        return flaw(tasks) or (f"no worker can do {unable[0]}" if unable else None)

    def created(self, state: Engaged, client: Address, name: str, tasks: tuple[Stage, ...]) -> Step[Engaged]:
        return step(self.put(state, name, Workflow(tasks)), Announce(Accepted(client, name, tasks)), Reply(client, Created()))

    def joined(self, state: Engaged, client: Address, name: str) -> Engaged:
        return evolve(state, waiting=state.waiting.put(client, name))

    def put(self, state: Engaged, name: str, workflow: Workflow) -> Engaged:
        return evolve(state, workflows=state.workflows.put(name, workflow))

    # ---- threads

    def armed(self, state: Engaged) -> tuple[Ending, ...]:
        return tuple(ending(job) for job in state.busy for ending in (Succeeds, Fails, Vanishes))

    def fire(self, state: Engaged, trigger: Ending) -> Step[Engaged]:
        agent, free = state.busy[trigger.job], evolve(state, busy=state.busy.drop(trigger.job))
        match trigger:
            case Succeeds():
                return self.succeeded(free, trigger).then(self.go_on_all)
            case Fails():
                return self.go_on_all(free)
            case Vanishes():
                return self.go_on_all(evolve(free, lost=free.lost | {agent}))
            case _:
                assert_never(trigger)

    def succeeded(self, state: Engaged, success: Succeeds) -> Step[Engaged]:
        name, task = success.job.workflow, success.job.task
        workflow = state.workflows[name]
        stored = self.put(state, name, evolve(workflow, results=workflow.results.put(task, success.result)))
        return self.ended(stored, success.job, StageStatus.DONE)

    def ended(self, state: Engaged, job: Job, status: StageStatus) -> Step[Engaged]:
        workflow = state.workflows[job.workflow]
        after = self.put(state, job.workflow, evolve(workflow, ended=workflow.ended.put(job.task, status)))
        return step(after, Announce(TaskEnded(job, status)))

    # ---- what can go on

    def go_on_all(self, state: Engaged) -> Step[Engaged]:
        """Go on with every workflow that is open: an agent that is free again may be what any of them waits for."""
        after = step(state)
        for name, workflow in state.workflows.items():
            if workflow.is_open:
                after = after.then(partial(self.go_on, name=name))
        return after

    def go_on(self, state: Engaged, name: str) -> Step[Engaged]:
        """End what can no longer be done, start what can, and end the workflow when nothing is left."""
        after = self.settle(state, name).then(lambda state: self.assign(state, name))
        return after.then(lambda state: self.end(state, name)) if self.is_over(after.state, name) else after

    def settle(self, state: Engaged, name: str) -> Step[Engaged]:
        workflow = state.workflows[name]
        for task in workflow.tasks:
            waits = task.name not in workflow.ended and Job(name, task.name) not in state.busy
            status = self.hopeless(state, workflow, task) if waits else None
            if status is not None:
                return self.ended(state, Job(name, task.name), status).then(lambda state: self.settle(state, name))
        return step(state)

    def hopeless(self, state: Engaged, workflow: Workflow, task: Stage) -> StageStatus | None:
        """Tell how a task ends that neither runs nor will. None if it may yet be started."""
        # The hard step: whatever cut an attempt short, an error, the loss of its agent or a crash of the engine, it was logged
        # before it began. So a task that kills whoever runs it is not tried for ever, and recovery has nothing else to do.
        known, tries = graph(workflow.tasks), workflow.tries.get(task.name, 0)
        if tries and (tries >= self.attempts or workflow.cancelled):
            return StageStatus.FAILED
        if workflow.cancelled or doomed(task, known, workflow.statuses):
            return StageStatus.SKIPPED
        left = [number for number, able in enumerate(self.agents) if task.needs in able and number not in state.lost]
        return None if left or not self.is_ready(workflow, task) else StageStatus.FAILED

    def is_ready(self, workflow: Workflow, task: Stage) -> bool:
        return may_run(task, graph(workflow.tasks), workflow.statuses)

    def assign(self, state: Engaged, name: str) -> Step[Engaged]:
        workflow = state.workflows[name]
        for task in workflow.tasks:
            agent = self.agent_for(state, task) if self.may_start(state, name, task) else None
            if agent is not None:
                return self.started(state, name, task, agent).then(lambda state: self.assign(state, name))
        return step(state)

    def may_start(self, state: Engaged, name: str, task: Stage) -> bool:
        workflow = state.workflows[name]
        waits = task.name not in workflow.ended and Job(name, task.name) not in state.busy
        return waits and self.is_ready(workflow, task) and self.may_join(state, name, task)

    def may_join(self, state: Engaged, name: str, task: Stage) -> bool:
        running = [each for each in state.workflows[name].tasks if Job(name, each.name) in state.busy]
        return not running or not (task.exclusive or any(each.exclusive for each in running))

    def agent_for(self, state: Engaged, task: Stage) -> int | None:
        taken = state.lost.union(state.busy.values())
        return next((number for number, able in enumerate(self.agents) if number not in taken and task.needs in able), None)

    def started(self, state: Engaged, name: str, task: Stage, agent: int) -> Step[Engaged]:
        workflow, job = state.workflows[name], Job(name, task.name)
        logged = evolve(workflow, tries=workflow.tries.put(task.name, workflow.tries.get(task.name, 0) + 1))
        read = Map.of({before: workflow.results.get(before) for before in task.after})
        after = evolve(self.put(state, name, logged), busy=state.busy.put(job, agent))
        return step(after, Announce(Started(job, agent, read)))

    def is_over(self, state: Engaged, name: str) -> bool:
        workflow = state.workflows[name]
        return len(workflow.ended) == len(workflow.tasks)

    def end(self, state: Engaged, name: str) -> Step[Engaged]:
        workflow = state.workflows[name]
        outcome = self.outcome(name, workflow)
        told = tuple(client for client, awaited in state.waiting.items() if awaited == name)
        left = Map.of((client, awaited) for client, awaited in state.waiting.items() if awaited != name)
        over = evolve(self.put(state, name, evolve(workflow, verdict=outcome.verdict)), waiting=left)
        return step(over, Announce(outcome), *(Reply(client, outcome) for client in told))

    def verdict(self, workflow: Workflow) -> Verdict:
        if all(workflow.ended[task.name] is StageStatus.DONE for task in workflow.tasks if not task.optional):
            return Verdict.COMPLETED
        return Verdict.CANCELLED if workflow.cancelled else Verdict.FAILED

    def outcome(self, name: str, workflow: Workflow) -> Ended:
        return Ended(name, self.verdict(workflow), workflow.ended)

    # ---- crashes

    def survives(self, state: Engaged) -> Iterable[Engaged]:
        return (Engaged(state.workflows, state.lost),)

    def recover(self, state: Engaged) -> Step[Engaged]:
        return self.go_on_all(state)

    def view(self, state: Engaged) -> EngineView:
        log = tuple((name, workflow) for name, workflow in state.workflows.items())
        return EngineView(
            Map.of((Job(name, task), tries) for name, workflow in log for task, tries in workflow.tries.items()),
            Map.of((Job(name, task), status) for name, workflow in log for task, status in workflow.ended.items()),
            frozenset(Job(name, task) for name, workflow in log for task in workflow.results),
            Map.of((name, workflow.verdict) for name, workflow in log if workflow.verdict is not None),
            state.busy,
        )


PROMISES: tuple[Clause, ...] = (
    spec.only_what_keeps_the_rules_is_created,
    spec.an_id_names_one_workflow,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.nothing_starts_that_nobody_wants,
    spec.precedence,
    spec.a_task_runs_once_at_a_time,
    spec.a_task_is_tried_only_so_often,
    spec.results_are_readable,
    spec.an_agent_runs_one_task,
    spec.an_agent_can_do_its_task,
    spec.exclusive_runs_alone,
    spec.nothing_ready_waits_beside_a_free_agent,
    spec.a_task_ends_once,
    spec.a_task_ends_as_it_did,
    spec.the_log_is_true,
    spec.what_is_done_can_be_read,
    spec.the_log_only_grows,
    spec.the_end_tells_how_each_task_ended,
    spec.completed_means_all_mandatory_tasks_succeeded,
    spec.the_outcome_does_not_depend_on_the_order,
    spec.nothing_runs_after_the_end,
    spec.no_deadlock,
    spec.every_workflow_ends,
)

ENGINE, USER, RIVAL = Address("engine"), Address("user"), Address("user", 1)
ANYTHING = frozenset({"any"})


def system(
    *tasks: Stage,
    then: tuple[Request | Malformed, ...] = (),
    rival: tuple[Request | Malformed, ...] = (),
    agents: int | Able = 2,
    attempts: int = 1,
    failures: int = 1,
    faults: Faults = Faults(),
    engine: type[Engine] = Engine,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Log]:
    """Put an engine and its users together: one creates the workflow w and has it executed, `then` asks for more; a rival asks whenever it likes.

    `failures`: how many attempts at most fail or take their agents with them.
    """
    able = tuple(ANYTHING for _ in range(agents)) if isinstance(agents, int) else agents

    def bad_luck_is_bounded(move: Move, seen: Seen[Log]) -> bool:
        return not (isinstance(move, Fire) and isinstance(move.trigger, Fails | Vanishes)) or seen.history.failures < failures

    scripts = {USER: (Create("w", tasks), Execute("w"), *then), RIVAL: rival}
    users = tuple(User(name, (ENGINE,), tuple((request,) for request in script)) for name, script in scripts.items() if script)
    return System(
        {ENGINE: engine(able, attempts)}, Log(able, attempts), promises, faults=faults, users=users, assume=(bad_luck_is_bounded,)
    )


CRASH = Faults(crashes=1, recoveries=1, who=(ENGINE,))
