"""A workflow whose stages are given to workers by a load balancer: `stage_executor` over `load_balancer`."""

from __future__ import annotations

from typing import Never, TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.allocation.load_balancer import Balancer, Balancing
from concordant.refimpl.compositions.shared.effects import taken
from concordant.refimpl.machine import Ask, Move, Process, Step, System, User, step
from concordant.refimpl.workflows.stage_executor import EXECUTOR, USER, Executing, Executor
from concordant.spec.allocation import load_balancer as balancing
from concordant.spec.allocation.load_balancer import Complete, Finished, Join, Task
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Reply, Seen
from concordant.spec.workflows.shared.stages import Stage, graph
from concordant.spec.workflows.stage_executor import ExecutorView, Log, Started, Submit, Succeeds
from concordant.spec.workflows.stage_executor import clauses as spec

Request: TypeAlias = Submit | Join | Complete


@frozen
class Balanced:
    """The state of the executor, and that of the balancer."""

    executing: Executing
    balancing: Balancing


@frozen
class BalancedStages(Process[Balanced, Never, Request]):
    """Submits each stage that is begun as a task; once that is done, the stage has succeeded. `me`: its own address."""

    me: Address
    executor: Executor
    balancer: Balancer

    def start(self) -> Step[Balanced]:
        return step(Balanced(self.executor.start().state, self.balancer.start().state))

    def request(self, state: Balanced, client: Address, request: Request) -> Step[Balanced]:
        if isinstance(request, Submit):
            return self.executed(state, self.executor.request(state.executing, client, request))
        return self.balanced(state, self.balancer.request(state.balancing, client, request))

    def executed(self, state: Balanced, done: Step[Executing]) -> Step[Balanced]:
        """Make a step of the executor, and have done what it has begun."""
        return taken(evolve(state, executing=done.state), done.effects, self.give)

    def give(self, effect: Effect, state: Balanced) -> Step[Balanced]:
        match effect:
            case Announce(Started(name)):
                task = Task(name, graph(state.executing.stages)[name].needs, 1)
                given = self.balancer.request(state.balancing, self.me, balancing.Submit(task))
                return step(state, effect).then(lambda now: self.balanced(now, given))
            case _:
                return step(state, effect)

    def balanced(self, state: Balanced, done: Step[Balancing]) -> Step[Balanced]:
        """Make a step of the balancer, and let stages end whose tasks are done."""
        return taken(evolve(state, balancing=done.state), done.effects, self.hear)

    def hear(self, effect: Effect, state: Balanced) -> Step[Balanced]:
        match effect:
            case Announce(Finished(name)):
                ended = Succeeds(name)
                heard = step(state, effect, Announce(ended))
                return heard.then(lambda now: self.executed(now, self.executor.fire(now.executing, ended)))
            case Reply(client) if client == self.me:
                return step(state)
            case _:
                return step(state, effect)

    def view(self, state: Balanced) -> ExecutorView:
        return self.executor.view(state.executing)


PROMISES: tuple[Clause, ...] = (
    spec.precedence,
    spec.at_most_once,
    spec.results_are_readable,
    spec.a_stage_ends_once,
    spec.a_stage_ends_as_it_did,
    spec.what_is_shown_is_what_happened,
    spec.nothing_runs_after_the_end,
    spec.nobody_is_answered_twice,
    spec.no_deadlock,
    spec.completed_means_all_mandatory_stages_succeeded,
    spec.the_end_tells_how_each_stage_ended,
    spec.a_workflow_can_always_end,
)


def only_what_has_begun_is_done(move: Move, seen: Seen[Log]) -> bool:
    """Assume that a worker says that it has done a stage only once that has begun."""
    return not (isinstance(move, Ask) and isinstance(move.request, Complete)) or move.request.task in seen.history.started


def system(*stages: Stage, balancer: Balancer = Balancer()) -> System[Log]:
    """Put a workflow and a worker for each of its stages together, who comes when it likes, and does that stage."""
    able = tuple(frozenset({stage.needs}) for stage in stages)
    workers = (
        User(Address("worker", number), (EXECUTOR,), ((Join(skills),), (Complete(stage.name),)))
        for number, (stage, skills) in enumerate(zip(stages, able, strict=True))
    )
    return System(
        {EXECUTOR: BalancedStages(EXECUTOR, Executor(able), balancer)},
        Log(able),
        PROMISES,
        users=(User(USER, (EXECUTOR,), ((Submit(stages),),)), *workers),
        assume=(only_what_has_begun_is_done,),
    )
