"""What a supervisor and its agents promise: of what is accepted and answered, of what agents do, and of the end."""

from __future__ import annotations

from concordant.spec.common import calls as common
from concordant.spec.hierarchies.shared.runs import Accepted, Done, Failed, Run, Stopped
from concordant.spec.hierarchies.shared.subtasks import complaints
from concordant.spec.hierarchies.supervisor import BUSY, AgentView, Began, Coordinate, Gathered, Given, Log, SupervisorView
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Need,
    Rejected,
    Reply,
    Seen,
    Send,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- clauses: what is accepted, and what is answered

TAME = Fault.DUPLICATION | Fault.CANCELLATION
ALL = TAME | Fault.LOSS | Fault.CRASH


@on_event(Accepted, under=ALL)
def what_is_accepted_was_asked_for_and_can_be_done(before: Log, by: Address, event: Accepted) -> Cases:
    """A task begins for a client that waits for it, while no other is under way, and only if some agent can do each subtask."""
    wrong = tuple(complaints(event.subtasks, before.able))
    asked = before.calls.open.get(Call(event.client, by))
    right = before.client is None and asked == Coordinate(event.subtasks) and not wrong
    yield case(right, accepted=event, under_way=before.client, asked=asked, wrong=wrong)


@on_event(Reply, under=ALL)
def a_rejection_has_a_reason(before: Log, by: Address, event: Reply) -> Cases:
    """Whoever is told no outcome is rejected, and told why: another task is under way, or what is wrong with theirs."""
    if not isinstance(event.answer, Gathered):
        asked = before.calls.open.get(Call(event.to, by))
        up = Map.of({agent: can for agent, can in before.able.items() if agent not in before.suspected})
        wrong = map(Rejected, complaints(asked.subtasks, up)) if isinstance(asked, Coordinate) else ()
        reasons = (*wrong, *((BUSY,) if before.client is not None else ()))
        own = event.to == before.client
        yield case(event.answer in reasons and not own, told=event.answer, reasons=reasons, accepted=before.client)


@on_event(Reply, under=ALL)
def every_subtask_is_accounted_for(before: Log, by: Address, event: Reply) -> Cases:
    """The answer tells of each subtask that the client asked for, and of no other, what became of it."""
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(event.answer, Gathered) and isinstance(asked, Coordinate):
        names = tuple(sorted(subtask.name for subtask in asked.subtasks))
        yield case(event.answer.outcomes.keys() == names, told=event.answer.outcomes, asked=names)


@on_event(Reply, under=ALL)
def an_outcome_is_true(before: Log, by: Address, event: Reply) -> Cases:  # noqa: ARG001  # the signature of the kind
    """What the answer tells of a subtask is what became of it, and its result is its own; failed may mean that its agent is down."""
    if isinstance(event.answer, Gathered):
        untrue = tuple((name, told) for name, told in event.answer.outcomes.items() if not before.true_of(name, told))
        yield case(not untrue, untrue=untrue, true=before.outcomes)


@on_event(Reply, under=ALL)
def what_is_left_undone_has_a_reason(before: Log, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Nothing is stopped or left out but where a subtask failed, an agent is down, or the client cancelled."""
    if isinstance(event.answer, Gathered):
        left = tuple(name for name, told in event.answer.outcomes.items() if not isinstance(told, Done))
        yield case(before.spoilt or not left, left=left)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Log]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: the agents


@on_event(Began, under=ALL)
def an_agent_begins_what_it_was_given(before: Log, by: Address, event: Began) -> Cases:
    """An agent begins only what was given to it in the task that is under way; and each subtask is begun once."""
    given = before.given.get(event.run.number)
    once = all(run.subtask != event.run.subtask for run in before.begun)
    yield case(given == Given(event.run.subtask, by) and once, given=given, begins=event.run, once=once)


@on_event(Began, under=ALL)
def an_agent_can_do_what_it_begins(before: Log, by: Address, event: Began) -> Cases:
    """Whoever begins a subtask has the capability that it needs."""
    needs = {subtask.name: subtask.needs for subtask in before.subtasks}.get(event.run.subtask)
    yield case(needs is None or needs in before.able[by], agent=by, can=before.able[by], needs=needs)


@on_event(Send, under=ALL)
def nothing_is_given_to_who_is_down(before: Log, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """Nobody of whom the supervisor has heard that it is down is given anything."""
    if isinstance(event.message, Run):
        yield case(event.to not in before.suspected, gives=event.message, to=event.to, suspected=before.suspected)


@on_event(Send, under=ALL)
def nothing_more_is_given_out(before: Log, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """Once the client has cancelled, or an agent is down with what it was given, nothing more of the task is given out."""
    if isinstance(event.message, Run):
        yield case(not before.halted, gives=event.message, to=event.to, suspected=before.suspected)


@always(under=ALL)
def no_orphans(seen: Seen[Log]) -> Cases:
    """Whatever an agent works on it has begun in the task that is under way: when a client is answered nothing of its task runs any more."""
    yield from _orphans(seen)


@always(under=ALL | Fault.SUSPICION)
def no_orphans_whatever_the_detector_says(seen: Seen[Log]) -> Cases:
    """The same, where a detector may err. Not kept: an agent that is given up may be at work."""
    yield from _orphans(seen)


def _orphans(seen: Seen[Log]) -> Cases:
    working = {agent: view.run for agent, view in seen.views(AgentView).items() if view.run is not None}
    if working:
        orphans = tuple(agent for agent, run in working.items() if run not in seen.history.begun)
        yield case(not orphans, orphans=orphans, working=tuple(working.items()))


@always_each(SupervisorView, under=ALL)
def nothing_waits_beside_a_free_agent(view: SupervisorView, supervisor: Address, history: Log) -> Cases:  # noqa: ARG001
    """While all goes well no subtask waits that an agent could do that is free."""
    if view.queue and not history.spoilt:
        idle = tuple((agent, each.name) for each in view.queue for agent in sorted(view.free) if each.needs in history.able[agent])
        yield case(not idle, idle=idle)


# ---- clauses: the end


@at_rest(under=Fault.DUPLICATION | Fault.CANCELLATION | Fault.CRASH, needs=Need.PERFECT_DETECTOR)
def nobody_waits(seen: Seen[Log]) -> Cases:
    """At rest no client waits for an answer, whoever has crashed."""
    return common.nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=TAME | Fault.CRASH, needs=Need.PERFECT_DETECTOR)
def every_task_ends(seen: Seen[Log]) -> Cases:
    """Every task ends, if every subtask does that is not stopped and whose agent is up, and the supervisor hears of each agent that is not."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@eventually(Fair.DELIVERY, under=TAME)
def a_failure_stops_the_rest(seen: Seen[Log]) -> Cases:
    """Once a subtask has failed, or the client has cancelled, the task ends, though no subtask does so by itself."""
    if seen.history.spoilt:
        yield case(not seen.waiting(), waiting=seen.waiting(), outcomes=seen.history.outcomes)


# ---- what can happen


@sometimes
def all_is_done(seen: Seen[Log]) -> Cases:
    """All subtasks succeed, though there are more of them than agents."""
    history = seen.history
    done = [outcome for outcome in history.outcomes.values() if isinstance(outcome, Done)]
    yield case(len(history.able) < len(history.subtasks) == len(done), outcomes=history.outcomes)


@sometimes
def the_client_has_it_stopped(seen: Seen[Log]) -> Cases:
    """A subtask is stopped though none has failed: the client has cancelled."""
    outcomes = seen.history.outcomes.values()
    yield case(Stopped() in outcomes and Failed() not in outcomes, outcomes=seen.history.outcomes)


@sometimes
def a_sibling_is_stopped(seen: Seen[Log]) -> Cases:
    """A subtask is stopped, since another has failed."""
    yield case({Failed(), Stopped()} <= set(seen.history.outcomes.values()), outcomes=seen.history.outcomes)
