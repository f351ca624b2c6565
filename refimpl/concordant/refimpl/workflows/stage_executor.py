"""The stage executor: one machine; its workers are the environment."""

from __future__ import annotations

from typing import Never, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Fire, Move, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Map, Rejected, Reply, Seen
from concordant.spec.workflows.shared.stages import Able, Stage, StageStatus, graph
from concordant.spec.workflows.stage_executor import (
    BUSY,
    NOTHING_FAILED,
    Ended,
    ExecutorView,
    Fails,
    IsStopped,
    Log,
    Retry,
    StageEnded,
    Started,
    Submit,
    Submitted,
    Succeeds,
)
from concordant.spec.workflows.stage_executor import clauses as spec

EXECUTOR, USER, RIVAL = Address("executor"), Address("user"), Address("user", 1)


@frozen
class Executing:
    """The workflow, how far each stage is, which worker each running one has, and what those that are done have left."""

    stages: tuple[Stage, ...] = ()
    statuses: Map[str, StageStatus] = Map()
    workers: Map[str, int] = Map()
    results: Map[str, str] = Map()
    client: Address | None = None


def flaw(stages: tuple[Stage, ...]) -> str | None:
    """Say what is wrong with a graph of stages, and name where; None if nothing is.

    >>> flaw((Stage("a", ("b",)), Stage("b", ("a",))))
    'stages depend on each other in a circle: a → b → a'
    """
    names = [stage.name for stage in stages]
    for stage in stages:
        if not stage.name:
            return "a stage has no name"
        if names.count(stage.name) > 1:
            return f"two stages are named {stage.name}"
        for before in stage.after:
            if before not in names:
                return f"{stage.name} depends on {before}, which is no stage"
    circle = _circle(graph(stages))
    return f"stages depend on each other in a circle: {' → '.join(circle)}" if circle else None


def may_run(stage: Stage, stages: dict[str, Stage], statuses: Map[str, StageStatus]) -> bool:
    """Tell whether all that a stage depends on has succeeded, or is optional and failed."""
    return all(
        statuses[name] is StageStatus.DONE or (statuses[name] is StageStatus.FAILED and stages[name].optional) for name in stage.after
    )


def doomed(stage: Stage, stages: dict[str, Stage], statuses: Map[str, StageStatus]) -> bool:
    """Tell whether something that a stage depends on is skipped, or is mandatory and failed."""
    return any(
        statuses[name] is StageStatus.SKIPPED or (statuses[name] is StageStatus.FAILED and not stages[name].optional)
        for name in stage.after
    )


def _circle(stages: dict[str, Stage]) -> tuple[str, ...]:
    left = dict(stages)
    while ready := [name for name, stage in left.items() if not any(before in left for before in stage.after)]:
        for name in ready:
            del left[name]
    if not left:
        return ()
    path = [next(iter(left))]
    while (following := next(before for before in left[path[-1]].after if before in left)) not in path:
        path.append(following)
    return (*path[path.index(following) :], following)


@frozen
class Executor(Process[Executing, Never, Submit | Retry, Succeeds | Fails | IsStopped]):
    """Runs one workflow at a time. `workers`: the capabilities of each."""

    workers: Able

    def start(self) -> Step[Executing]:
        return step(Executing())

    def request(self, state: Executing, client: Address, request: Submit | Retry) -> Step[Executing]:
        if state.client is not None:
            return step(state, Reply(client, BUSY))
        match request:
            case Submit(stages):
                wrong = self.refuses(stages)
                if wrong is not None:
                    return step(state, Reply(client, Rejected(wrong)))
                return self.begin(client, Executing(stages, Map.of({stage.name: StageStatus.WAITING for stage in stages})))
            case Retry():
                if not self.may_retry(state):
                    return step(state, Reply(client, NOTHING_FAILED))
                statuses = {
                    name: StageStatus.DONE if self.keeps(status) else StageStatus.WAITING for name, status in state.statuses.items()
                }
                return self.begin(client, evolve(state, statuses=Map.of(statuses)))
            case _:
                assert_never(request)

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        wrong = flaw(stages)
        unable = [stage.name for stage in stages if not any(stage.needs in worker for worker in self.workers)]
        return wrong or (f"no worker can do {unable[0]}" if unable else None)

    def may_retry(self, state: Executing) -> bool:
        return StageStatus.FAILED in state.statuses.values()

    def keeps(self, status: StageStatus) -> bool:
        return status is StageStatus.DONE

    def begin(self, client: Address, state: Executing) -> Step[Executing]:
        return Step(evolve(state, client=client), (Announce(Submitted(client, state.stages)),)).then(self.go_on)

    def armed(self, state: Executing) -> tuple[Succeeds | Fails | IsStopped, ...]:
        running = [name for name, status in state.statuses.items() if status is StageStatus.RUNNING]
        return tuple(ending(name) for name in running for ending in (Succeeds, Fails, IsStopped))

    def fire(self, state: Executing, trigger: Succeeds | Fails | IsStopped) -> Step[Executing]:
        match trigger:
            case Succeeds(name):
                return self.ended(self.recorded(state, trigger), name, StageStatus.DONE).then(self.go_on)
            case Fails(name) | IsStopped(name):
                return self.ended(state, name, StageStatus.FAILED).then(self.go_on)
            case _:
                assert_never(trigger)

    def recorded(self, state: Executing, success: Succeeds) -> Executing:
        return evolve(state, results=state.results.put(success.stage, success.result))

    def ended(self, state: Executing, name: str, status: StageStatus) -> Step[Executing]:
        after = evolve(state, statuses=state.statuses.put(name, status), workers=state.workers.drop(name))
        return step(after, Announce(StageEnded(name, status)))

    def go_on(self, state: Executing) -> Step[Executing]:
        """Skip what cannot run any more, start what can, and end when nothing is left."""
        # The hard step. What is skipped dooms what depends on it, so that this is done first, and until no more is doomed. Every
        # stage that is then left waits for one that runs, or can start: so it comes to an end, and nothing waits for what never
        # comes.
        after = self.skip(state).then(self.assign)
        return after.then(self.end) if self.is_over(after.state) else after

    def skip(self, state: Executing) -> Step[Executing]:
        known = graph(state.stages)
        for name, stage in known.items():
            if state.statuses[name] is StageStatus.WAITING and doomed(stage, known, state.statuses):
                return self.ended(state, name, StageStatus.SKIPPED).then(self.skip)
        return step(state)

    def assign(self, state: Executing) -> Step[Executing]:
        known = graph(state.stages)
        for name, stage in known.items():
            worker = self.worker_for(state, stage)
            if worker is not None and state.statuses[name] is StageStatus.WAITING and self.is_ready(stage, known, state):
                read = Map.of({before: state.results.get(before) for before in stage.after})
                after = evolve(state, statuses=state.statuses.put(name, StageStatus.RUNNING), workers=state.workers.put(name, worker))
                return Step(after, (Announce(Started(name, read)),)).then(self.assign)
        return step(state)

    def is_ready(self, stage: Stage, known: dict[str, Stage], state: Executing) -> bool:
        return may_run(stage, known, state.statuses)

    def worker_for(self, state: Executing, stage: Stage) -> int | None:
        running = [each for each in state.stages if each.name in state.workers]
        if running and not self.may_share(stage, running):
            return None
        free = (number for number, able in enumerate(self.workers) if number not in state.workers.values() and stage.needs in able)
        return next(free, None)

    def may_share(self, stage: Stage, running: list[Stage]) -> bool:
        return not (stage.exclusive or any(other.exclusive for other in running))

    def is_over(self, state: Executing) -> bool:
        return all(status.ended for status in state.statuses.values())

    def end(self, state: Executing) -> Step[Executing]:
        outcome = Ended(self.is_complete(state), state.statuses)
        reply: tuple[Effect, ...] = () if state.client is None else (Reply(state.client, outcome),)
        return step(evolve(state, client=None), Announce(outcome), *reply)

    def is_complete(self, state: Executing) -> bool:
        return all(state.statuses[stage.name] is StageStatus.DONE for stage in state.stages if not stage.optional)

    def view(self, state: Executing) -> ExecutorView:
        return ExecutorView(state.stages, state.statuses, self.workers, state.workers, state.client is None)


PROMISES: tuple[Clause, ...] = (
    spec.what_begins_was_asked_for,
    spec.only_what_keeps_the_rules_begins,
    spec.one_workflow_at_a_time,
    spec.an_answer_is_true,
    spec.nothing_starts_before_a_rejection,
    spec.nobody_is_answered_twice,
    spec.precedence,
    spec.at_most_once,
    spec.a_retry_keeps_what_succeeded,
    spec.results_are_readable,
    spec.a_stage_ends_once,
    spec.a_stage_ends_as_it_did,
    spec.what_is_shown_is_what_happened,
    spec.exclusive_runs_alone,
    spec.a_worker_runs_one_stage,
    spec.a_worker_can_do_its_stage,
    spec.nothing_ready_waits_beside_a_free_worker,
    spec.nothing_runs_after_the_end,
    spec.no_deadlock,
    spec.completed_means_all_mandatory_stages_succeeded,
    spec.the_end_tells_how_each_stage_ended,
    spec.the_outcome_does_not_depend_on_the_order,
    spec.every_workflow_ends,
    spec.a_workflow_can_always_end,
)


def system(
    stages: tuple[Stage, ...],
    *,
    then: tuple[Submit | Retry, ...] = (),
    rival: tuple[Submit | Retry, ...] = (),
    workers: int | Able = 2,
    failures: int = 1,
    stopped: tuple[str, ...] = (),
    executor: type[Executor] = Executor,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Log]:
    """Put an executor and its users together: one asks for the workflow, and `then` for more; a `rival` asks whenever it likes.

    `failures`: how many stages at most end without success; `stopped`: those that also may because they are stopped.
    """
    able = tuple(frozenset({"any"}) for _ in range(workers)) if isinstance(workers, int) else workers

    def bad_luck_is_bounded(move: Move, seen: Seen[Log]) -> bool:
        match move:
            case Fire(_, IsStopped(name)):
                return name in stopped and seen.history.failures < failures
            case Fire(_, Fails()):
                return seen.history.failures < failures
            case _:
                return True

    scripts = {USER: (Submit(stages), *then), RIVAL: rival}
    users = tuple(User(name, (EXECUTOR,), tuple((request,) for request in script)) for name, script in scripts.items() if script)
    return System({EXECUTOR: executor(able)}, Log(able), promises, users=users, assume=(bad_luck_is_bounded,))


@frozen
class Builder:
    """Builds a workflow stage by stage. It is immutable: each call returns another builder, so that none can be aliased.

    >>> [str(stage) for stage in Builder().stage("research").stage("write", "research", optional=True).stages]
    ['research', 'write after research (optional)']
    """

    stages: tuple[Stage, ...] = ()

    def stage(self, name: str, *after: str, needs: str = "any", optional: bool = False, exclusive: bool = False) -> Builder:
        """Return a builder with one more stage."""
        return Builder((*self.stages, Stage(name, after, needs, optional, exclusive)))

    def build(self) -> tuple[Stage, ...] | Rejected:
        """Return the workflow, or what is wrong with it."""
        wrong = flaw(self.stages)
        return self.stages if wrong is None else Rejected(wrong)


def article() -> tuple[Stage, ...]:
    """Return the documents' workflow for an article: a chain of four stages, each with a capability of its own."""
    return (
        Stage("research", needs="research"),
        Stage("writing", ("research",), needs="writing"),
        Stage("editing", ("writing",), needs="editing"),
        Stage("verification", ("editing",), needs="verification"),
    )


def illustrated() -> tuple[Stage, ...]:
    """Return a workflow for an article with pictures that it can do without."""
    return (
        Stage("outline"),
        Stage("write", ("outline",)),
        Stage("illustrate", ("outline",), optional=True),
        Stage("edit", ("write", "illustrate")),
    )


def paper() -> tuple[Stage, ...]:
    """Return the documents' workflow for a paper: a chain of five stages, each with a capability of its own."""
    return (
        Stage("literature_review", needs="research"),
        Stage("methodology", ("literature_review",), needs="writing"),
        Stage("results", ("methodology",), needs="writing"),
        Stage("editing", ("results",), needs="editing"),
        Stage("peer_review", ("editing",), needs="verification"),
    )
