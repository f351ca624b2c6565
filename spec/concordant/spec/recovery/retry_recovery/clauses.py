"""What is promised of retries, clause by clause."""

from __future__ import annotations

from attrs import evolve

from concordant.spec.common import calls
from concordant.spec.recovery.retry_recovery import (
    BUSY,
    CANCELLED,
    Acted,
    AgentView,
    Attempt,
    Done,
    Drawing,
    Dropped,
    Execute,
    Execution,
    ExecutorView,
    Failed,
    GaveUp,
    History,
    Missed,
    Perform,
    Performed,
    Phase,
    Policy,
    Running,
    Sent,
    Stop,
    Waiting,
    Waits,
    work,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Reply,
    Seen,
    Send,
    Ticks,
    Unknown,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

NONE = Attempt(0, 0)
"""Before any that there is."""
ALL = Fault.LOSS | Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION | Fault.CANCELLATION

# ---- effects


@always(under=ALL)
def is_done_once(seen: Seen[History]) -> Cases:
    """What a stage is for is done at most once, however often it is tried, and in however many executions with its key.

    What has a key is on the disk of its agent when it was done. What has none is tried again only once the agent has said that it
    has failed, which is then for good.
    """
    if seen.history.done:
        yield case(not seen.history.again, again=seen.history.again)


@on_event(Acted, under=ALL)
def nothing_unasked(before: History, who: Address, event: Acted) -> Cases:
    """An agent does only what it was sent, and has not dropped since it came up, on what the user gave: nothing of failed attempts is left in it."""
    asked = before.sent.get(Sent(who, event.attempt))
    right = asked is not None and (event.key, event.result) == (asked.key, asked.given + 1)
    yield case(right and Sent(who, event.attempt) not in before.dropped, acted=event, asked=asked, dropped=before.dropped)


@on_event(Dropped, under=ALL)
def only_what_is_stopped_is_dropped(before: History, who: Address, event: Dropped) -> Cases:
    """An agent drops only an attempt in which it was told to stop, though what it hears first may be the next one."""
    yield case(Sent(who, event.attempt) in before.stopped, attempt=event.attempt, stopped=before.stopped)


@on_event(Send, under=ALL)
def what_agents_say_is_true(before: History, who: Address, event: Send) -> Cases:
    """An agent says of an attempt that was sent it what came of that, by its key perhaps in an earlier one; or that it has failed."""
    match event.message:
        case Performed(attempt, result):
            asked = before.sent.get(Sent(who, attempt))
            so = None if asked is None else before.done.get(work(who, attempt.job, asked.key))
            yield case(so == result, attempt=attempt, result=result, so=so)
        case Failed(attempt):
            yield case(Sent(who, attempt) in before.sent, attempt=attempt)


@always_each(AgentView, under=ALL)
def what_became_of_it_is_said(view: AgentView, who: Address, history: History) -> Cases:
    """An agent that works on nothing has said what became of the last attempt that it has heard of: done, failed or dropped."""
    if view.work is None and view.heard != NONE:
        yield case(Sent(who, view.heard) in history.ended, who=who, heard=view.heard, ended=history.ended)


# ---- attempts


@on_event(Send, under=ALL)
def is_tried_as_it_may_be(before: History, who: Address, event: Send) -> Cases:  # noqa: ARG001  # there is one executor
    """An attempt begins for whoever waits, as the user asked for it, as often as it may, after the one before was missed and the wait is over.

    After an attempt of which nothing is known the next begins only for what has a key.
    """
    if isinstance(event.message, Perform):
        execution = before.executions.get(event.to)
        told = event.message
        next = None if execution is None else following(execution, before.jobs[event.to])
        yield case(
            execution is not None
            and Perform(next or told.attempt, execution.asked.given, execution.asked.key) == told
            and told.attempt.number <= before.policy.attempts
            and (execution.attempt is None or execution.wait == 0)
            and not (execution.doubt and told.key is None),
            told=told,
            execution=execution,
        )


def following(execution: Execution, job: int) -> Attempt:
    """Return the attempt that is next."""
    return Attempt(job, 1 if execution.attempt is None else execution.attempt.number + 1)


@on_event(Send, under=ALL)
def only_who_was_left_is_stopped(before: History, who: Address, event: Send) -> Cases:  # noqa: ARG001
    """An agent is stopped only in an attempt for which its own execution waits no more: those of others go on."""
    if isinstance(event.message, Stop):
        yield case(before.owed.get(event.to) == event.message.attempt, to=event.to, stop=event.message, owed=before.owed)


@always(under=ALL)
def who_is_left_is_stopped(seen: Seen[History]) -> Cases:
    """An agent is told to stop as soon as nobody waits for its attempt, which it may still be at."""
    if seen.history.sent:
        yield case(not seen.history.owed, owed=seen.history.owed)


@always(under=ALL)
def who_is_not_waited_for_is_left_at_once(seen: Seen[History]) -> Cases:
    """An execution ends at once when its user cancels it, and waits no more for an agent that is suspected."""
    if seen.history.jobs:
        waits = {agent: each for agent, each in seen.history.executions.items() if each.leaving or each.suspected}
        yield case(not waits, waits=waits)


@on_event(Missed, under=ALL)
def what_is_missed_is_true(before: History, who: Address, event: Missed) -> Cases:  # noqa: ARG001
    """An attempt is missed for which the executor waits, and has failed only if its agent says so."""
    execution = before.executions.get(event.agent)
    awaited = execution is not None and execution.out and execution.attempt == event.attempt
    said = Sent(event.agent, event.attempt) in before.failed
    yield case(awaited and (said or not event.has_failed), missed=event, awaited=awaited, said=said)


@every_step(AgentView, under=ALL)
def begins_only_what_is_later(before: AgentView, after: AgentView) -> Cases:
    """An agent begins, and drops for that what it worked on, only an attempt later than all it has heard of since it came up, to perform or to stop."""
    if after.work not in (None, before.work):
        yield case(before.heard < after.work == after.heard, before=before, after=after)


@always_each(AgentView, under=ALL)
def the_record_is_true(view: AgentView, who: Address, history: History) -> Cases:
    """An agent has on its disk what it has done with a key, and what came of it."""
    keyed = {what.key: result for what, result in history.done.items() if what.agent == who and what.key}
    if keyed or view.record:
        yield case(dict(view.record.items()) == keyed, who=who, record=view.record, done=keyed)


# ---- waits


@on_event(Waits, under=ALL)
def the_wait_is_in_its_bounds(before: History, who: Address, event: Waits) -> Cases:  # noqa: ARG001
    """After an attempt that was missed the executor waits for as long as was drawn: half the bound or more, and no more than that."""
    execution = before.executions.get(event.agent)
    drawing = None if execution is None else phase(before.policy, execution)
    yield case(isinstance(drawing, Drawing) and drawing.low <= event.ticks <= drawing.high, waits=event, drawing=drawing)


def bound_after(policy: Policy, number: int) -> Ticks:
    """Return for how long the executor may wait after so many attempts."""
    bound = policy.first
    for _ in range(1, number):
        bound += bound
    return min(bound, policy.most)


@always_each(ExecutorView, under=ALL)
def the_view_is_true(view: ExecutorView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """Of each execution the executor shows whether it waits for an agent, draws a wait, or waits, and how long still.

    A wait is drawn from the upper half of its bound, so that executions that failed together need not try again together.
    """
    so = {agent: phase(history.policy, execution) for agent, execution in history.executions.items()}
    yield case(dict(view.phases.items()) == so, view=view, so=so)


def phase(policy: Policy, execution: Execution) -> Phase:
    """Return how far an execution is."""
    if execution.out or execution.attempt is None or execution.wait == 0:
        return Running()
    if execution.wait is not None:
        return Waiting(execution.wait)
    bound = bound_after(policy, execution.attempt.number)
    return Drawing(bound - bound // 2, bound)


# ---- answers


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what came of it, if it was done; that it was given up, if every attempt has failed; and otherwise why not, or that nothing is known.

    Nothing is known if nothing is known of one attempt, whatever became of the others: it may reach its agent later.
    """
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(asked, Execute):
        execution = before.executions[asked.agent]
        yield case(
            event.answer == BUSY if execution.user != event.to else event.answer in truths(before, execution),
            asked=asked,
            told=event.answer,
            execution=execution,
        )


def truths(before: History, execution: Execution) -> tuple[object, ...]:
    """List what the user of an execution may be told."""
    asked, attempt = execution.asked, execution.attempt
    result = before.done.get(work(asked.agent, before.jobs[asked.agent], asked.key))
    last = attempt is not None and attempt.number == before.policy.attempts and not execution.out
    open = execution.doubt or execution.out
    return (
        *(() if attempt is None or result is None else (Done(attempt, result),)),
        *((GaveUp(attempt),) if attempt is not None and last and not open else ()),
        *((Unknown(),) if open and (last or execution.leaving or (execution.doubt and asked.key is None)) else ()),
        *((CANCELLED,) if execution.leaving and not open else ()),
    )


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """An execution is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@eventually(Fair.DELIVERY, under=Fault.SUSPICION | Fault.CANCELLATION)
def who_is_told_to_stop_stops(seen: Seen[History]) -> Cases:
    """An agent that was told to stop works on that no more, though it would never end by itself."""
    for agent, view in seen.views(AgentView).items():
        if view.work is not None:
            yield case(Sent(agent, view.work) not in seen.history.stopped, agent=agent, works_on=view.work)


@eventually(Fair.DELIVERY | Fair.TRIGGERS | Fair.TIME, under=ALL)
def every_execution_ends(seen: Seen[History]) -> Cases:
    """Every execution is answered, since its agent is heard of or time runs out, and there are only so many attempts."""
    return calls.nobody_waits(seen)


# ---- what is possible


@sometimes
def succeeds_after_a_failure(seen: Seen[History]) -> Cases:
    """What failed at first is done in a later attempt, and the user is told."""
    later = any(isinstance(each, Done) and each.attempt.number > 1 for each in seen.history.told)
    yield case(later and bool(seen.history.failed))


@sometimes
def is_given_up(seen: Seen[History]) -> Cases:
    """Every attempt has failed, and the user is told."""
    yield case(any(isinstance(each, GaveUp) for each in seen.history.told))


@sometimes
def is_dropped(seen: Seen[History]) -> Cases:
    """An agent that was told to stop drops what it has heard of last."""
    sent = seen.history.sent
    yield case(any(not any(other.agent == each.agent and other.attempt > each.attempt for other in sent) for each in seen.history.dropped))


@sometimes
def waits_as_long_as_it_may(seen: Seen[History]) -> Cases:
    """The longest wait is drawn of several."""
    yield case(any(each.drawn == high > low for each, low, high in bounds(seen.history)))


@sometimes
def waits_less_than_it_may(seen: Seen[History]) -> Cases:
    """The shortest wait is drawn of several: who failed together need not try again together."""
    yield case(any(each.drawn == low < high for each, low, high in bounds(seen.history)))


def bounds(history: History) -> tuple[tuple[Execution, Ticks, Ticks], ...]:
    """List the executions that wait, with the least and the most that they may."""
    return tuple(
        (each, drawing.low, drawing.high)
        for each in history.executions.values()
        if each.wait is not None
        for drawing in (phase(history.policy, evolve(each, wait=None)),)
        if isinstance(drawing, Drawing)
    )


@sometimes
def is_done_and_not_heard_of(seen: Seen[History]) -> Cases:
    """Something was done, and the executor, which has not heard of it, tries it again."""
    yield case(
        any(
            each.doubt and each.out and work(agent, seen.history.jobs[agent], each.asked.key) in seen.history.done
            for agent, each in seen.history.executions.items()
        )
    )
