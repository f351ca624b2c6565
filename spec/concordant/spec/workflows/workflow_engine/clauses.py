"""What a durable engine of workflows promises: of ids and answers, of each task, of its log, and of how a workflow ends."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.spec.common import calls as common
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)
from concordant.spec.workflows.shared.stages import Stage, StageStatus, complaints, endings, graph, served
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
    Job,
    Log,
    Started,
    Succeeds,
    TaskEnded,
    Verdict,
)

ALL = Fault.CRASH | Fault.RECOVERY

# ---- clauses: ids and answers


@on_event(Accepted, under=ALL | Fault.MALFORMED)
def only_what_keeps_the_rules_is_created(before: Log, by: Address, event: Accepted) -> Cases:
    """A workflow is created for a client that waits for it, and only if its graph is complete and acyclic, and some agent can do each task."""
    asked = before.calls.open.get(Call(event.client, by))
    wrong = tuple(complaints(event.tasks, before.able))
    yield case(asked == Create(event.workflow, event.tasks) and not wrong, asked=asked, created=event, wrong=wrong)


@on_event(Accepted, under=ALL | Fault.MALFORMED)
def an_id_names_one_workflow(before: Log, by: Address, event: Accepted) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No workflow takes the id of another, whether that runs, has ended, or waits to be executed."""
    yield case(event.workflow not in before.workflows, created=event, known=before.workflows.get(event.workflow))


@on_event(Reply, under=ALL | Fault.MALFORMED)
def an_answer_is_true(before: Log, by: Address, event: Reply) -> Cases:
    """A client is told that its workflow is in the log, or how it ended, or what is wrong with its request, and it is so."""
    asked = before.calls.open.get(Call(event.to, by))
    true = tuple(truths(before, asked))
    yield case(event.answer in true, to=event.to, asked=asked, told=event.answer, true=true)


def truths(before: Log, asked: object) -> Iterator[object]:
    """Yield all that may be answered to a request."""
    match asked:
        case Create(workflow, tasks):
            known = before.workflows.get(workflow)
            if known is not None:
                yield Created() if known == tasks else TAKEN
            yield from map(Rejected, complaints(tasks, before.able))
        case Execute(workflow) | Cancel(workflow):
            yield before.outcomes.get(workflow, NO_SUCH) if workflow in before.workflows else NO_SUCH


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Log]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: what starts


@on_event(Started, under=ALL)
def nothing_starts_that_nobody_wants(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A task starts only in a workflow that is to be executed, and was not cancelled."""
    workflow = event.job.workflow
    yield case(workflow in before.wanted - before.cancelled, job=event.job, wanted=before.wanted, cancelled=before.cancelled)


@on_event(Started, under=ALL)
def precedence(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A task starts only when all that it depends on has succeeded, or is optional and has failed."""
    known = graph(before.workflows.get(event.job.workflow, ()))
    ended = before.of(event.job.workflow)
    right = event.job.task in known and served(known[event.job.task], known, ended)
    yield case(right, job=event.job, ended=ended)


@on_event(Started, under=ALL)
def a_task_runs_once_at_a_time(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """No task is started while it runs, however many clients want its workflow executed."""
    yield case(event.job not in before.busy, job=event.job, busy=before.busy)


@on_event(Started, under=ALL)
def a_task_is_tried_only_so_often(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A task is started at most so often, crashes and lost agents included, and never again once it has succeeded."""
    tries = before.tries.get(event.job, 0)
    yield case(tries < before.attempts and event.job not in before.well, job=event.job, tries=tries, succeeded=before.well)


@on_event(Started, under=ALL)
def results_are_readable(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A task reads the result of each that it depends on, also of what succeeded before a crash; and nothing of one that failed."""
    task = before.task(event.job) or Stage(event.job.task)
    ended = before.of(event.job.workflow)
    left = {name: Succeeds(Job(event.job.workflow, name)).result if ended.get(name) is StageStatus.DONE else None for name in task.after}
    yield case(event.read == Map.of(left), job=event.job, reads=event.read, left=left)


@on_event(Started, under=ALL)
def an_agent_runs_one_task(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """Whoever is given a task has no other, of no workflow."""
    yield case(event.agent not in before.busy.values(), job=event.job, agent=event.agent, busy=before.busy)


@on_event(Started, under=ALL)
def an_agent_can_do_its_task(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """Whoever is given a task has the capability that it needs, and is not lost."""
    task = before.task(event.job) or Stage(event.job.task)
    yield case(event.agent in before.can_do(task), job=event.job, agent=event.agent, able=before.able, lost=before.lost)


@on_event(Started, under=ALL)
def exclusive_runs_alone(before: Log, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """While an exclusive task runs, no other of its workflow does."""
    known = graph(before.workflows.get(event.job.workflow, ()))
    running = before.running(event.job.workflow)
    exclusive = [name for name in (event.job.task, *running) if name in known and known[name].exclusive]
    yield case(not running or not exclusive, starts=event.job, running=running, exclusive=exclusive)


@always_each(EngineView, under=ALL)
def nothing_ready_waits_beside_a_free_agent(view: EngineView, engine: Address, history: Log) -> Cases:  # noqa: ARG001
    """A task that could start does not wait: not for an agent that is free, and not for tasks that do not concern it."""
    for workflow in sorted(history.unfinished - history.cancelled) if history.up else ():
        waiting = tuple(task for task in history.workflows[workflow] if is_ready(task, workflow, history))
        free = frozenset(range(len(history.able))) - frozenset(view.busy.values())
        idle = tuple(task.name for task in waiting if may_join(task, workflow, history) and history.can_do(task) & free)
        if waiting:
            yield case(not idle, waits=idle, busy=view.busy, free=free)


def is_ready(task: Stage, workflow: str, history: Log) -> bool:
    """Tell whether a task neither runs nor has ended, and all that it depends on has."""
    job, known = Job(workflow, task.name), graph(history.workflows[workflow])
    return job not in history.ended and job not in history.busy and served(task, known, history.of(workflow))


def may_join(task: Stage, workflow: str, history: Log) -> bool:
    """Tell whether a task may run beside those of its workflow that do."""
    known, running = graph(history.workflows[workflow]), history.running(workflow)
    return not running or not any(known[name].exclusive for name in (task.name, *running))


# ---- clauses: how tasks end, and what the log says


@on_event(TaskEnded, under=ALL)
def a_task_ends_once(before: Log, by: Address, event: TaskEnded) -> Cases:  # noqa: ARG001
    """A task ends once: what is completed is not failed as well, and not completed again after a crash."""
    yield case(event.job not in before.ended, job=event.job, before=before.ended.get(event.job), again=event.status)


@on_event(TaskEnded, under=ALL)
def a_task_ends_as_it_did(before: Log, by: Address, event: TaskEnded) -> Cases:  # noqa: ARG001
    """A task is done if it succeeded; failed if no attempt is left, or nobody who could make one; skipped if none was made, nor will be."""
    yield case(event.status in ways(before, event.job), job=event.job, told=event.status, might=tuple(ways(before, event.job)))


def ways(before: Log, job: Job) -> Iterator[StageStatus]:
    """Yield the ways in which a task may end now."""
    task, known, ended = before.task(job), graph(before.workflows.get(job.workflow, ())), before.of(job.workflow)
    tries, cancelled = before.tries.get(job, 0), job.workflow in before.cancelled
    if job in before.well:
        yield StageStatus.DONE
    elif task is not None and job not in before.busy:
        ready = served(task, known, ended)
        if tries == before.attempts or (tries and cancelled) or (ready and not cancelled and not before.can_do(task)):
            yield StageStatus.FAILED
        if not tries and (cancelled or any(name in ended for name in task.after if not served(Stage("", (name,)), known, ended))):
            yield StageStatus.SKIPPED


@always_each(EngineView, under=ALL)
def the_log_is_true(view: EngineView, engine: Address, history: Log) -> Cases:  # noqa: ARG001
    """The log tells what happened, and who is at what is known: also after a crash, when nobody is."""
    verdicts = Map.of({workflow: outcome.verdict for workflow, outcome in history.outcomes.items()})
    right = (view.tries, view.ended, view.verdicts, view.busy) == (history.tries, history.ended, verdicts, history.busy)
    yield case(right, shown=view, tries=history.tries, ended=history.ended, verdicts=verdicts, busy=history.busy)


@always_each(EngineView, under=ALL)
def what_is_done_can_be_read(view: EngineView, engine: Address, history: Log) -> Cases:  # noqa: ARG001
    """Whoever sees that a task is done can read its result, at that moment and after every crash."""
    done = frozenset(job for job, status in view.ended.items() if status is StageStatus.DONE)
    if done or view.readable:
        yield case(view.readable == done, done=done, readable=view.readable)


@every_step(EngineView, under=ALL)
def the_log_only_grows(before: EngineView, after: EngineView) -> Cases:
    """Nothing that is in the log is ever changed or lost, whatever crashes."""
    for kept, then in ((before.ended, after.ended), (before.verdicts, after.verdicts)):
        yield case(set(kept.items()) <= set(then.items()), before=kept, after=then)
    fewer = tuple(job for job, tries in before.tries.items() if after.tries.get(job, 0) < tries)
    yield case(not fewer, before=before.tries, after=after.tries)


# ---- clauses: the end


@on_event(Ended, under=ALL)
def the_end_tells_how_each_task_ended(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """A workflow ends once, when all its tasks have, and how each ended is told as it was announced."""
    tasks = {task.name for task in before.workflows.get(event.workflow, ())}
    ended = before.of(event.workflow)
    right = event.statuses == ended and set(ended) == tasks and event.workflow in before.unfinished
    yield case(right, told=event, announced=ended, tasks=tasks, before=before.outcomes.get(event.workflow))


@on_event(Ended, under=ALL)
def completed_means_all_mandatory_tasks_succeeded(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """A workflow is completed if and only if all its mandatory tasks succeeded; otherwise it has failed, unless it was cancelled."""
    ended = before.of(event.workflow)
    missing = [
        task.name for task in before.workflows.get(event.workflow, ()) if not task.optional and ended.get(task.name) is not StageStatus.DONE
    ]
    due = (Verdict.CANCELLED if event.workflow in before.cancelled else Verdict.FAILED) if missing else Verdict.COMPLETED
    yield case(event.verdict == due, told=event.verdict, due=due, missing=missing)


@on_event(Ended, under=ALL)
def the_outcome_does_not_depend_on_the_order(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """How the tasks of a workflow that nobody cancels end is a function of the graph and of which fail, whatever is quicker."""
    if event.workflow not in before.cancelled:
        failed = frozenset(name for name, status in before.of(event.workflow).items() if status is StageStatus.FAILED)
        due = endings(before.workflows.get(event.workflow, ()), failed)
        yield case(event.statuses == due, told=event.statuses, failed=failed, due=due)


@on_event(Ended, under=ALL)
def nothing_runs_after_the_end(before: Log, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """When a workflow ends none of its tasks runs any more: threads are waited for, also where it was cancelled."""
    yield case(not before.running(event.workflow), running=before.running(event.workflow))


@at_rest(under=ALL)
def no_deadlock(seen: Seen[Log]) -> Cases:
    """At rest every workflow that was to be executed or cancelled has ended, unless the engine is down; and nobody waits."""
    yield case(not seen.history.up or not seen.history.unfinished, unfinished=seen.history.unfinished)
    yield from common.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_workflow_ends(seen: Seen[Log]) -> Cases:
    """Every workflow that is to be executed ends, if every task does, and whoever waits is told; unless the engine is down for good."""
    yield case(not seen.history.up or not seen.history.unfinished, unfinished=seen.history.unfinished)
    yield from common.nobody_waits(seen)


# ---- what can happen


@sometimes
def two_run_at_once(seen: Seen[Log]) -> Cases:
    """Two tasks run at the same time."""
    yield case(len(seen.history.busy) > 1, busy=seen.history.busy)


@sometimes
def a_task_succeeds_when_tried_again(seen: Seen[Log]) -> Cases:
    """A task that has not succeeded at first succeeds in a later attempt."""
    yield case(any(seen.history.tries.get(job, 0) > 1 for job in seen.history.well), tries=seen.history.tries)


@sometimes
def what_a_crash_cut_short_goes_on(seen: Seen[Log]) -> Cases:
    """A workflow of which a task ran when the engine crashed is completed."""
    completed = [workflow for workflow, outcome in seen.history.outcomes.items() if outcome.verdict is Verdict.COMPLETED]
    yield case(any(job.workflow in completed for job in seen.history.cut), cut=seen.history.cut, completed=completed)


@sometimes
def an_agent_is_lost(seen: Seen[Log]) -> Cases:
    """An agent is lost with its task, and another carries that out."""
    yield case(bool(seen.history.lost) and Verdict.COMPLETED in (each.verdict for each in seen.history.outcomes.values()))
