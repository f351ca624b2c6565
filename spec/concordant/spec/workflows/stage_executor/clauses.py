"""What an executor of stage graphs promises: of what it accepts and answers, of each stage, and of how a workflow ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concordant.spec.common import calls as common
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    always_possible,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)
from concordant.spec.workflows.shared.stages import Stage, StageStatus, complaints, endings, graph, served
from concordant.spec.workflows.stage_executor import (
    BUSY,
    NOTHING_FAILED,
    Ended,
    ExecutorView,
    Log,
    Retry,
    StageEnded,
    Started,
    Submit,
    Submitted,
    Succeeds,
)

# ---- clauses: what is accepted, and what is answered


@on_event(Submitted)
def what_begins_was_asked_for(before: Log, by: Address, event: Submitted) -> Cases:
    """A workflow begins for a client that waits for it; a retry is of the last one, of which something failed."""
    asked = before.calls.open.get(Call(event.client, by))
    again = StageStatus.FAILED in before.ended.values() and event.stages == before.stages
    yield case(again if asked == Retry() else asked == Submit(event.stages), asked=asked, begins=event.stages, ended=before.ended)


@on_event(Submitted)
def only_what_keeps_the_rules_begins(before: Log, by: Address, event: Submitted) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A workflow begins only if its graph is complete and acyclic, and some worker can do each of its stages."""
    wrong = tuple(complaints(event.stages, before.able))
    yield case(not wrong, stages=event.stages, wrong=wrong)


@on_event(Submitted)
def one_workflow_at_a_time(before: Log, by: Address, event: Submitted) -> Cases:  # noqa: ARG001
    """No workflow begins while another is under way."""
    yield case(not before.under_way, under_way=before.stages, begins=event.stages)


@on_event(Reply)
def an_answer_is_true(before: Log, by: Address, event: Reply) -> Cases:
    """A client is told what became of its own workflow, or is rejected because something is wrong with its request."""
    asked = before.calls.open.get(Call(event.to, by))
    own = (before.outcome,) if event.to == before.owner else ()
    true = (*own, *reasons(before, asked))
    yield case(event.answer in true, to=event.to, asked=asked, told=event.answer, true=true)


def reasons(before: Log, asked: object) -> Iterator[Rejected]:
    """Yield every reason for which a request may be rejected."""
    if before.under_way:
        yield BUSY
    match asked:
        case Submit(stages):
            yield from map(Rejected, complaints(stages, before.able))
        case Retry() if StageStatus.FAILED not in before.ended.values():
            yield NOTHING_FAILED


@on_event(Reply)
def nothing_starts_before_a_rejection(before: Log, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """A client whose workflow is rejected is told so before any of it has begun."""
    if isinstance(event.answer, Rejected):
        yield case(event.to != before.owner, to=event.to, reason=event.answer, started=before.started)


@always()
def nobody_is_answered_twice(seen: Seen[Log]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: the stages


@on_event(Started)
def precedence(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage starts only when all that it depends on has ended well, or is optional and has failed."""
    known = graph(before.stages)
    right = event.stage in known and served(known[event.stage], known, before.ended)
    yield case(right, stage=known.get(event.stage, event.stage), ended=before.ended)


@on_event(Started)
def at_most_once(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage starts at most once in an attempt."""
    yield case(event.stage not in before.started, stage=event.stage)


@on_event(Started)
def a_retry_keeps_what_succeeded(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """What has succeeded is not run again by a retry."""
    if before.kept:
        yield case(event.stage not in before.kept, stage=event.stage, kept=before.kept)


@on_event(Started)
def results_are_readable(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage reads the result of each stage that it depends on, and nothing from one that failed."""
    stage = graph(before.stages).get(event.stage, Stage(event.stage))
    left = {name: Succeeds(name).result if before.ended.get(name) is StageStatus.DONE else None for name in stage.after}
    yield case(event.read == Map.of(left), stage=event.stage, reads=event.read, left=left)


@on_event(StageEnded)
def a_stage_ends_once(before: Log, by: Address, event: StageEnded) -> Cases:  # noqa: ARG001
    """A stage ends once in an attempt: one that is done has not failed as well."""
    yield case(event.stage not in before.ended, stage=event.stage, before=before.ended.get(event.stage), again=event.status)


@on_event(StageEnded)
def a_stage_ends_as_it_did(before: Log, by: Address, event: StageEnded) -> Cases:  # noqa: ARG001
    """A stage that ran is done if it succeeded, and failed if it did not; what was never started is skipped."""
    ran = {True: StageStatus.DONE, False: StageStatus.FAILED, None: None}[before.well.get(event.stage)]
    yield case(
        event.status == (ran if event.stage in before.started else StageStatus.SKIPPED), stage=event.stage, told=event.status, ended=ran
    )


@always_each(ExecutorView)
def what_is_shown_is_what_happened(view: ExecutorView, executor: Address, history: Log) -> Cases:  # noqa: ARG001
    """The executor's books are true: they show the workflow that was accepted, and of each stage what was announced."""
    statuses = Map.of({stage.name: history.status(stage.name) for stage in history.stages})
    shown = view.stages == history.stages and view.statuses == statuses and view.ended != history.under_way
    yield case(shown, stages=view.stages, statuses=view.statuses, announced=statuses)


@always_each(ExecutorView)
def exclusive_runs_alone(view: ExecutorView, executor: Address, history: Log) -> Cases:  # noqa: ARG001
    """While an exclusive stage runs, no other does."""
    exclusive = tuple(stage.name for stage in view.stages if stage.exclusive and stage.name in view.running)
    if exclusive:
        yield case(len(view.running) <= 1, exclusive=exclusive, running=view.running)


@always_each(ExecutorView)
def a_worker_runs_one_stage(view: ExecutorView, executor: Address, history: Log) -> Cases:  # noqa: ARG001
    """Every stage that runs has a worker, and no worker has two."""
    if view.running or view.busy:
        workers = view.busy.values()
        yield case(tuple(view.busy) == view.running and len(set(workers)) >= len(workers), running=view.running, busy=view.busy)


@always_each(ExecutorView)
def a_worker_can_do_its_stage(view: ExecutorView, executor: Address, history: Log) -> Cases:  # noqa: ARG001
    """Every stage that runs has a worker with the capability that it needs."""
    known = graph(view.stages)
    unable = tuple((name, known[name].needs) for name, worker in view.busy.items() if known[name].needs not in history.able[worker])
    if view.busy:
        yield case(not unable, unable=unable, busy=view.busy, able=history.able)


@always_each(ExecutorView)
def nothing_ready_waits_beside_a_free_worker(view: ExecutorView, executor: Address, history: Log) -> Cases:  # noqa: ARG001
    """A stage that could start does not wait: not for a worker that is free, and not for stages that do not concern it."""
    known = graph(view.stages)
    waiting = [stage for stage in view.stages if view.statuses[stage.name] is StageStatus.WAITING and served(stage, known, view.statuses)]
    idle = tuple(stage.name for stage in waiting if fits(stage, known, view))
    if waiting:
        yield case(not idle, waits=idle, running=view.running, free=view.free)


def fits(stage: Stage, known: Mapping[str, Stage], view: ExecutorView) -> bool:
    """Tell whether a stage may run beside those that do, and some free worker can do it."""
    alone = not view.running or not any(known[name].exclusive for name in (stage.name, *view.running))
    return alone and any(stage.needs in worker for worker in view.free)


# ---- clauses: the end


@always_each(ExecutorView)
def nothing_runs_after_the_end(view: ExecutorView, executor: Address, history: Log) -> Cases:  # noqa: ARG001
    """When the workflow has ended, none of its stages still runs."""
    if not history.under_way:
        yield case(not view.running, running=view.running)


@at_rest()
def no_deadlock(seen: Seen[Log]) -> Cases:
    """At rest every workflow that was accepted has ended, and nobody waits for it."""
    yield from common.nobody_waits(seen)


@on_event(Ended)
def completed_means_all_mandatory_stages_succeeded(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """A workflow is completed if and only if all its mandatory stages succeeded."""
    mandatory = [stage.name for stage in before.stages if not stage.optional]
    succeeded = all(before.ended.get(name) is StageStatus.DONE for name in mandatory)
    yield case(event.completed == succeeded, completed=event.completed, ended=before.ended)


@on_event(Ended)
def the_end_tells_how_each_stage_ended(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """A workflow ends once, while it is under way, and how each of its stages ended is told as it was announced."""
    statuses = Map.of({stage.name: before.ended.get(stage.name) for stage in before.stages})
    yield case(before.under_way and event.statuses == statuses, told=event.statuses, announced=statuses, before=before.outcome)


@on_event(Ended)
def the_outcome_does_not_depend_on_the_order(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """How every stage ends is a function of the graph and of which stages fail: skipped if and only if a mandatory ancestor did."""
    failed = frozenset(name for name, well in before.well.items() if not well)
    yield case(event.statuses == endings(before.stages, failed), statuses=event.statuses, failed=failed)


@eventually(Fair.TRIGGERS)
def every_workflow_ends(seen: Seen[Log]) -> Cases:
    """Every workflow ends, if every stage does."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@always_possible()
def a_workflow_can_always_end(seen: Seen[Log]) -> Cases:
    """Whatever has happened, every workflow that has begun can still end: the option to complete."""
    yield case(not seen.waiting(), waiting=seen.waiting())


# ---- what can happen


@sometimes
def two_run_at_once(seen: Seen[Log]) -> Cases:
    """Two stages run at the same time."""
    for view in seen.views(ExecutorView).values():
        yield case(len(view.running) > 1, running=view.running)


@sometimes
def a_stage_is_skipped(seen: Seen[Log]) -> Cases:
    """A stage is skipped, because one that it depends on failed."""
    yield case(StageStatus.SKIPPED in seen.history.ended.values(), ended=seen.history.ended)


@sometimes
def a_failure_is_tolerated(seen: Seen[Log]) -> Cases:
    """A workflow with an optional stage that failed is completed."""
    bad = tuple(name for name, well in seen.history.well.items() if not well)
    yield case(seen.history.outcome is not None and seen.history.outcome.completed and bool(bad), failed=bad)
