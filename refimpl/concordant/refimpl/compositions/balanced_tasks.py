"""A workflow whose tasks are given to workers by a load balancer: `workflow_engine` over `load_balancer`."""

from __future__ import annotations

from typing import Never, TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.allocation.load_balancer import Balancer, Balancing
from concordant.refimpl.compositions.shared.effects import taken
from concordant.refimpl.machine import Ask, Move, Process, Step, System, User, step
from concordant.refimpl.workflows.workflow_engine import ENGINE, USER, Engaged, Engine
from concordant.spec.allocation.load_balancer import Complete, Finished, Join, Submit, Task
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Reply, Seen
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.workflow_engine import Create, EngineView, Execute, Job, Log, Started, Succeeds
from concordant.spec.workflows.workflow_engine import clauses as spec

Request: TypeAlias = Create | Execute | Join | Complete


@frozen
class Balanced:
    """The state of the engine, and that of the balancer."""

    engaged: Engaged
    balancing: Balancing


@frozen
class BalancedTasks(Process[Balanced, Never, Request]):
    """Submits each task that is begun, and when it is done, so it is in the workflow. `me`: its own address."""

    me: Address
    engine: Engine
    balancer: Balancer

    def start(self) -> Step[Balanced]:
        return step(Balanced(self.engine.start().state, self.balancer.start().state))

    def request(self, state: Balanced, client: Address, request: Request) -> Step[Balanced]:
        if isinstance(request, Create | Execute):
            return self.engaged(state, self.engine.request(state.engaged, client, request))
        return self.balanced(state, self.balancer.request(state.balancing, client, request))

    def engaged(self, state: Balanced, done: Step[Engaged]) -> Step[Balanced]:
        """Make a step of the engine, and have done what it has begun."""
        return taken(evolve(state, engaged=done.state), done.effects, self.give)

    def give(self, effect: Effect, state: Balanced) -> Step[Balanced]:
        match effect:
            case Announce(Started(job)):
                given = self.balancer.request(state.balancing, self.me, Submit(self.submitted(state, job)))
                return step(state, effect).then(lambda now: self.balanced(now, given))
            case _:
                return step(state, effect)

    def submitted(self, state: Balanced, job: Job) -> Task:
        task = next(each for each in state.engaged.workflows[job.workflow].tasks if each.name == job.task)
        return Task(name_of(job), task.needs, 1)

    def balanced(self, state: Balanced, done: Step[Balancing]) -> Step[Balanced]:
        """Make a step of the balancer, and let tasks end in the workflow that are done."""
        return taken(evolve(state, balancing=done.state), done.effects, self.hear)

    def hear(self, effect: Effect, state: Balanced) -> Step[Balanced]:
        match effect:
            case Announce(Finished(name)):
                ended = Succeeds(next(job for job in state.engaged.busy if name_of(job) == name))
                heard = step(state, effect, Announce(ended))
                return heard.then(lambda now: self.engaged(now, self.engine.fire(now.engaged, ended)))
            case Reply(client) if client == self.me:
                return step(state)
            case _:
                return step(state, effect)

    def view(self, state: Balanced) -> EngineView:
        return self.engine.view(state.engaged)


def name_of(job: Job) -> str:
    """Return the name under which a task of a workflow is submitted."""
    return f"{job.workflow}/{job.task}"


PROMISES: tuple[Clause, ...] = (
    spec.nobody_is_answered_twice,
    spec.nothing_starts_that_nobody_wants,
    spec.precedence,
    spec.a_task_runs_once_at_a_time,
    spec.a_task_is_tried_only_so_often,
    spec.results_are_readable,
    spec.a_task_ends_once,
    spec.a_task_ends_as_it_did,
    spec.the_log_is_true,
    spec.what_is_done_can_be_read,
    spec.the_log_only_grows,
    spec.the_end_tells_how_each_task_ended,
    spec.completed_means_all_mandatory_tasks_succeeded,
    spec.nothing_runs_after_the_end,
    spec.no_deadlock,
)


def only_what_has_begun_is_done(move: Move, seen: Seen[Log]) -> bool:
    """Assume that a worker says that it has done a task only once that has begun."""
    if not (isinstance(move, Ask) and isinstance(move.request, Complete)):
        return True
    return move.request.task in map(name_of, seen.history.tries)


def system(*tasks: Stage, balancer: Balancer = Balancer()) -> System[Log]:
    """Put a workflow and a worker for each of its tasks together, who comes when it likes, and does that task."""
    able = tuple(frozenset({task.needs}) for task in tasks)
    workers = (
        User(Address("worker", number), (ENGINE,), ((Join(skills),), (Complete(name_of(Job("w", task.name))),)))
        for number, (task, skills) in enumerate(zip(tasks, able, strict=True))
    )
    return System(
        {ENGINE: BalancedTasks(ENGINE, Engine(able), balancer)},
        Log(able, 1),
        PROMISES,
        users=(User(USER, (ENGINE,), ((Create("w", tasks),), (Execute("w"),))), *workers),
        assume=(only_what_has_begun_is_done,),
    )
