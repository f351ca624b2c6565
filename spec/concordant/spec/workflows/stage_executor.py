"""An executor of stage graphs: each stage runs once all that it depends on has ended, on a free worker that can do it.

Source: Kahn, "Topological sorting of large networks" (1962); van der Aalst, "The Application of Petri Nets to Workflow
Management" (1998), sections 3 and 4. Stages are started at once when they can be, not in waves.
Assumes: the executor does not crash; what a stage does is the environment's: it succeeds, fails or is cancelled.
Does not promise: that a stage ever ends; nothing of a graph with a cycle, which is rejected before anything starts.
"""

from __future__ import annotations

from enum import Enum

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fair,
    Map,
    Outcome,
    Seen,
    always,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)


@frozen
class Stage:
    """A stage and the names of those that it depends on.

    `needs`: the capability that its worker must have. The failure of an `optional` stage fails nobody else. While an
    `exclusive` stage runs, no other does.
    """

    name: str
    after: tuple[str, ...] = ()
    needs: str = "any"
    optional: bool = False
    exclusive: bool = False

    @property
    def note(self) -> str:
        """What is special about it, in brackets; nothing if nothing is."""
        marks = [mark for mark, there in (("optional", self.optional), ("exclusive", self.exclusive)) if there]
        needs = [] if self.needs == "any" else [f"needs {self.needs}"]
        return f" ({', '.join((*marks, *needs))})" if marks or needs else ""

    def __str__(self) -> str:
        after = f" after {', '.join(self.after)}" if self.after else ""
        return f"{self.name}{after}{self.note}"


class Status(Enum):
    """How far a stage is. A cancelled stage has failed."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def ended(self) -> bool:
        """Whether nothing more will become of it in this attempt."""
        return self not in (Status.WAITING, Status.RUNNING)


# ---- requests and answers


@frozen
class Submit:
    """A user asks for a workflow. Answered by `Ended`, or `Rejected` for a graph that breaks the rules."""

    stages: tuple[Stage, ...]

    def picture(self) -> tuple[str, ...]:
        """Draw the graph: a line per stage, with those that depend on it.

        >>> Submit((Stage("a"), Stage("b", ("a",), optional=True))).picture()
        ('a ─▶ b', 'b (optional)')
        """
        lines = []
        for stage in self.stages:
            following = ", ".join(other.name for other in self.stages if stage.name in other.after)
            lines.append(f"{stage.name}{stage.note}{f' ─▶ {following}' if following else ''}")
        return tuple(lines)


@frozen
class Retry:
    """A user asks that what did not succeed be tried again. Answered as `Submit`, or `Rejected` where nothing failed."""


# ---- triggers: what becomes of a stage that runs, which nobody here controls


@frozen
class Succeeds(Outcome):
    """A stage ends well."""

    stage: str


@frozen
class Fails(Outcome):
    """A stage ends badly."""

    stage: str


@frozen
class IsCancelled(Outcome):
    """A stage is stopped from outside."""

    stage: str


# ---- events


@frozen
class Submitted:
    """A workflow was accepted, or is tried again from what had succeeded."""

    stages: tuple[Stage, ...]


@frozen
class Started:
    """A stage runs, and has read what those before it left; None of one that is optional and failed."""

    stage: str
    read: Map[str, str | None]


@frozen
class StageEnded:
    """A stage ended, or was skipped."""

    stage: str
    status: Status


@frozen
class Ended:
    """The workflow ended: completed if all its mandatory stages succeeded. Also the answer to the user."""

    completed: bool
    statuses: Map[str, Status]


# ---- views


@frozen
class ExecutorView:
    """The workflow and the status of each stage; what each worker can do, and which worker, by number, has which stage.

    `ended`: no workflow is under way.
    """

    stages: tuple[Stage, ...]
    statuses: Map[str, Status]
    workers: tuple[frozenset[str], ...]
    busy: Map[str, int]
    ended: bool

    @property
    def free(self) -> tuple[frozenset[str], ...]:
        """What each free worker can do."""
        return tuple(able for number, able in enumerate(self.workers) if number not in self.busy.values())


def graph(stages: tuple[Stage, ...]) -> dict[str, Stage]:
    """Return stages by name."""
    return {stage.name: stage for stage in stages}


def may_run(stage: Stage, stages: dict[str, Stage], statuses: Map[str, Status]) -> bool:
    """Tell whether all that a stage depends on has succeeded, or is optional and failed."""
    return all(statuses[name] is Status.DONE or (statuses[name] is Status.FAILED and stages[name].optional) for name in stage.after)


def doomed(stage: Stage, stages: dict[str, Stage], statuses: Map[str, Status]) -> bool:
    """Tell whether something that a stage depends on is skipped, or is mandatory and failed."""
    return any(statuses[name] is Status.SKIPPED or (statuses[name] is Status.FAILED and not stages[name].optional) for name in stage.after)


def verdicts(stages: tuple[Stage, ...], failed: frozenset[str]) -> Map[str, Status]:
    """Return how every stage of an acyclic workflow must end, when those in `failed` fail if they run.

    It does not mention any order: this is why the order cannot matter.
    """
    known = graph(stages)
    found: Map[str, Status] = Map()
    while len(found) < len(stages):
        for name, stage in known.items():
            if name not in found and all(before in found for before in stage.after):
                bad = Status.FAILED if name in failed else Status.DONE
                found = found.put(name, Status.SKIPPED if doomed(stage, known, found) else bad)
    return found


# ---- history


@frozen
class Log:
    """What happened in this attempt, and what had succeeded before. `started` is how often each stage was, at most twice."""

    stages: tuple[Stage, ...] = ()
    started: Map[str, int] = Map()
    ended: Map[str, Status] = Map()
    kept: frozenset[str] = frozenset()
    over: bool = False
    failures: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Log:  # noqa: ARG002  # there is one executor
        """Fold one happening."""
        match happening:
            case Submitted(stages):
                done = frozenset(name for name, status in self.ended.items() if status is Status.DONE)
                return Log(stages, ended=Map.of(dict.fromkeys(done, Status.DONE)), kept=done, failures=self.failures)
            case Started(stage):
                return evolve(self, started=self.started.put(stage, min(2, self.started.get(stage, 0) + 1)))
            case StageEnded(stage, status):
                return evolve(self, ended=self.ended.put(stage, status), failures=self.failures + (status is Status.FAILED))
            case Ended():
                return evolve(self, over=True)
            case _:
                return self


# ---- clauses


@on_event(Started)
def precedence(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A stage starts only when all that it depends on has ended well, or is optional and has failed."""
    stages = graph(before.stages)
    statuses = Map.of({name: before.ended.get(name, Status.WAITING) for name in stages})
    yield case(may_run(stages[event.stage], stages, statuses), stage=event.stage, after=stages[event.stage].after, ended=before.ended)


@on_event(Started)
def at_most_once(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage starts at most once in an attempt."""
    yield case(event.stage not in before.started, stage=event.stage)


@on_event(Started)
def a_retry_keeps_what_succeeded(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """What has succeeded is not run again by a retry."""
    yield case(event.stage not in before.kept, stage=event.stage, kept=before.kept)


@on_event(Started)
def results_are_readable(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage reads the result of each stage that it depends on, and nothing from one that failed."""
    expected = {name: before.ended.get(name) is Status.DONE for name in graph(before.stages)[event.stage].after}
    found = {name: result is not None for name, result in event.read.items()}
    yield case(found == expected, stage=event.stage, read=event.read)


@always()
def exclusive_runs_alone(seen: Seen[Log]) -> Cases:
    """While an exclusive stage runs, no other does."""
    for view in seen.views(ExecutorView).values():
        running = [name for name, status in view.statuses.items() if status is Status.RUNNING]
        for stage in view.stages:
            if stage.exclusive and stage.name in running:
                yield case(running == [stage.name], exclusive=stage.name, running=tuple(running))


@always()
def a_worker_runs_one_stage(seen: Seen[Log]) -> Cases:
    """No worker runs two stages at a time."""
    for view in seen.views(ExecutorView).values():
        workers = view.busy.values()
        yield case(len(set(workers)) == len(workers), busy=view.busy)


@always()
def a_worker_can_do_its_stage(seen: Seen[Log]) -> Cases:
    """Every stage that runs has a worker with the capability that it needs."""
    for view in seen.views(ExecutorView).values():
        known = graph(view.stages)
        for name, worker in view.busy.items():
            yield case(known[name].needs in view.workers[worker], stage=name, needs=known[name].needs, worker=view.workers[worker])


@always()
def nothing_ready_waits_beside_a_free_worker(seen: Seen[Log]) -> Cases:
    """A stage that could start does not wait: not for a worker that is free, and not for stages that do not concern it."""
    for view in seen.views(ExecutorView).values():
        known = graph(view.stages)
        running = [known[name] for name, status in view.statuses.items() if status is Status.RUNNING]
        for stage in view.stages if not view.ended else ():
            if view.statuses[stage.name] is Status.WAITING and may_run(stage, known, view.statuses):
                alone = not running or not (stage.exclusive or any(other.exclusive for other in running))
                able = any(stage.needs in worker for worker in view.free)
                yield case(not (alone and able), waits=stage.name, running=tuple(other.name for other in running), free=view.free)


@always()
def nothing_runs_after_the_end(seen: Seen[Log]) -> Cases:
    """When the workflow has ended, none of its stages still runs."""
    for view in seen.views(ExecutorView).values():
        if seen.history.over:
            running = [name for name, status in view.statuses.items() if status is Status.RUNNING]
            yield case(not running, running=tuple(running))


@at_rest()
def no_deadlock(seen: Seen[Log]) -> Cases:
    """In the end every workflow that was accepted has ended, and nobody waits for it."""
    yield case(not seen.waiting(), waiting=seen.waiting(), ended=seen.history.ended)


@on_event(Ended)
def completed_means_all_mandatory_stages_succeeded(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """A workflow is completed if and only if all its mandatory stages succeeded."""
    mandatory = [stage.name for stage in before.stages if not stage.optional]
    succeeded = all(before.ended.get(name) is Status.DONE for name in mandatory)
    yield case(event.completed == succeeded, completed=event.completed, ended=before.ended)


@on_event(Ended)
def the_outcome_does_not_depend_on_the_order(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """How every stage ends is a function of the graph and of which stages fail: skipped if and only if a mandatory ancestor did."""
    failed = frozenset(name for name, status in event.statuses.items() if status is Status.FAILED)
    yield case(event.statuses == verdicts(before.stages, failed), statuses=event.statuses, failed=failed)


@eventually(Fair.TRIGGERS)
def every_workflow_ends(seen: Seen[Log]) -> Cases:
    """Every workflow ends, if every stage does."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@sometimes
def two_run_at_once(seen: Seen[Log]) -> Cases:
    """Two stages run at the same time."""
    for view in seen.views(ExecutorView).values():
        running = [name for name, status in view.statuses.items() if status is Status.RUNNING]
        yield case(len(running) > 1, running=tuple(running))


@sometimes
def a_stage_is_skipped(seen: Seen[Log]) -> Cases:
    """A stage is skipped, because one that it depends on failed."""
    yield case(Status.SKIPPED in seen.history.ended.values(), ended=seen.history.ended)


@sometimes
def a_failure_is_tolerated(seen: Seen[Log]) -> Cases:
    """A workflow with an optional stage that failed is completed."""
    optional = {stage.name for stage in seen.history.stages if stage.optional}
    bad = [name for name, status in seen.history.ended.items() if status is Status.FAILED]
    yield case(seen.history.over and bool(bad) and set(bad) <= optional, failed=tuple(bad))
