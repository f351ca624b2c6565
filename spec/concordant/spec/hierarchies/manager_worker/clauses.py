"""What managers and workers promise: of what is accepted, of who is given what, of reports and answers, and of the end."""

from __future__ import annotations

from concordant.spec.common import calls as common
from concordant.spec.hierarchies.manager_worker import (
    BUSY,
    Accepted,
    Assign,
    Credit,
    Divided,
    Ended,
    Log,
    Perform,
    Report,
    Succeeds,
    Task,
    WorkerView,
    complaints,
    flaws,
    heads,
    names,
    path,
    whole,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Need,
    Reply,
    Seen,
    Send,
    always,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

CRASHES = Fault.DUPLICATION | Fault.CRASH
ALL = CRASHES | Fault.SUSPICION

# ---- clauses: what is accepted


@on_event(Accepted, under=ALL)
def what_is_accepted_was_asked_for(before: Log, by: Address, event: Accepted) -> Cases:
    """A task begins for a client that waits for it, while no other is under way, and if no two of its parts have one name."""
    asked, wrong = before.calls.open.get(Call(event.client, by)), tuple(complaints(event.task))
    right = before.client is None and asked == Perform(event.task) and not wrong
    yield case(right, accepted=event, under_way=before.client, asked=asked, wrong=wrong)


@on_event(Accepted, under=ALL)
def the_organisation_is_a_forest(before: Log, by: Address, event: Accepted) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A task begins only where everybody has one place, and manager by manager a path leads from it to a head."""
    agents = tuple(place.agent for place in before.staff)
    astray = tuple(agent for agent in agents if path(before.staff, agent)[-1] not in heads(before.staff))
    yield case(len(set(agents)) == len(agents) and not astray, agents=agents, astray=astray)


@on_event(Reply, under=ALL)
def a_rejection_has_a_reason(before: Log, by: Address, event: Reply) -> Cases:
    """Whoever is told no outcome is rejected, and told why: another task is under way, or what is wrong with theirs, or with the organisation."""
    if not isinstance(event.answer, Ended):
        asked = before.calls.open.get(Call(event.to, by))
        wrong = (*flaws(before.staff), *complaints(asked.task)) if isinstance(asked, Perform) else ()
        reasons = (*wrong, *((BUSY,) if before.client is not None else ()))
        yield case(event.answer in reasons and event.to != before.client, told=event.answer, reasons=reasons, accepted=before.client)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Log]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: who is given what


@on_event(Send, under=ALL)
def a_task_is_given_to_who_can_do_it(before: Log, by: Address, event: Send) -> Cases:
    """A manager gives a task to one directly below it, whom it does not know to be down, and who can do it or has below it who can do each part."""
    if isinstance(event.message, Assign):
        can = event.to in before.below(by) and before.can(event.to, event.message.task, before.known_down(by))
        yield case(can, to=event.to, task=event.message.task, failed=before.failed, down=before.known_down(by))


@on_event(Send, under=ALL)
def the_work_is_shared(before: Log, by: Address, event: Send) -> Cases:
    """Who is given a task was given no more before, in all tasks, than any other below the manager who could do it."""
    if isinstance(event.message, Assign):
        had = tuple((each, before.had.get(each, 0)) for each in before.below(by) if before.can(each, event.message.task, before.down))
        yield case(all(before.had.get(event.to, 0) <= count for _, count in had), to=event.to, had=had)


@on_event(Divided, under=ALL)
def a_task_is_divided_into_its_parts(before: Log, by: Address, event: Divided) -> Cases:
    """A manager divides a task only if nobody directly below it can see to the whole, into its parts, of which there are some."""
    able = tuple(each for each in before.below(by) if before.can(each, event.task, before.down))
    yield case(event.parts == event.task.parts != () and not able, divided=event.task, into=event.parts, able=able)


@on_event(Send, under=ALL)
def a_part_is_given_once_its_whole_is_divided(before: Log, by: Address, event: Send) -> Cases:
    """A part is given away by itself only once a manager has divided what it is a part of."""
    if isinstance(event.message, Assign) and before.task is not None and not before.given_up(by):
        name = event.message.task.name
        wholes = tuple(each.name for each in whole(before.task) if name in names(each)[1:])
        yield case(before.divided.issuperset(wholes), given=name, part_of=wholes, divided=before.divided)


@on_event(Succeeds, under=ALL)
def nothing_is_done_again(before: Log, by: Address, event: Succeeds) -> Cases:
    """Of workers whom nobody has given up, with one above them or alone, each does what it was given last, and nobody does what another has done."""
    if not before.given_up(by):
        others = tuple(each.agent for each in sorted(before.done, key=repr) if each.task == event.task and not before.given_up(each.agent))
        yield case(before.has(by, event.task) and not others, task=event.task, by=by, given=before.given, done_by=others)


@on_event(Succeeds, under=Fault.DUPLICATION | Fault.CRASH)
def everything_is_done_once(before: Log, by: Address, event: Succeeds) -> Cases:  # noqa: ARG001
    """No two workers do one task. Not kept: who had it may crash when it has done it, and before its report arrives."""
    others = tuple(each.agent for each in sorted(before.done, key=repr) if each.task == event.task)
    yield case(not others, task=event.task, done_by=others)


@always(under=ALL)
def one_after_the_other(seen: Seen[Log]) -> Cases:
    """At any moment at most one worker is at work who has not been given up, with one above it or alone."""
    working = tuple(agent for agent, view in seen.views(WorkerView).items() if view.task is not None and not seen.history.given_up(agent))
    if working:
        yield case(len(working) == 1, working=working)


# ---- clauses: reports and answers


@on_event(Send, under=ALL)
def a_report_is_true_and_whole(before: Log, by: Address, event: Send) -> Cases:
    """Whoever was given a task reports to its manager; of that task everything is credited once, to whoever had it last and did it, or left, or all its parts are."""
    if isinstance(event.message, Report) and not before.given_up(by):
        manager, assigned = path(before.staff, by)[1], before.assigned.get(by, NOTHING)
        yield case(event.to == manager and event.message.number == assigned.number, to=event.to, says=event.message, was_given=assigned)
        yield from _accounted(before, by, assigned.task, event.message)


@on_event(Reply, under=ALL)
def the_answer_is_true_and_whole(before: Log, by: Address, event: Reply) -> Cases:
    """Of the client's task everything is credited once, to whoever had it last and did it, or left, or all its parts are; it is done only if all its parts are."""
    if isinstance(event.answer, Ended) and before.task is not None:
        yield case(event.to == before.client, to=event.to, accepted=before.client)
        yield from _accounted(before, by, before.task, event.answer)


NOTHING = Assign(0, Task(""))
"""What somebody was given who was given nothing."""


def _accounted(before: Log, by: Address, task: Task, told: Report | Ended) -> Cases:
    named = (*(credit.task for credit in told.credits), *(each.name for each in told.left))
    yield case(sorted(named) == sorted(_named_first(task, named)), task=task, credits=told.credits, left=told.left)
    yield case(set(told.left) <= set(whole(task)), task=task, left=told.left)
    untrue = tuple(credit for credit in told.credits if credit not in before.done or not _had_it(before, by, credit))
    yield case(not untrue, untrue=untrue, done=before.done, given=before.given)


def _named_first(task: Task, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return what must be named once: a task, if it is named, or has no parts, and else what must be named of each part."""
    if task.name in named or not task.parts:
        return (task.name,)
    return tuple(name for part in task.parts for name in _named_first(part, named))


def _had_it(before: Log, by: Address, credit: Credit) -> bool:
    return by == credit.agent or before.given_by(by, credit.task) in path(before.staff, credit.agent)


@on_event(Send, under=ALL)
def what_is_reported_left_nobody_could_do(before: Log, by: Address, event: Send) -> Cases:
    """Whoever reports something as left cannot see to the first of it: neither it nor anybody below it, who is not down, and has not failed at it."""
    if isinstance(event.message, Report) and not before.given_up(by):
        yield from _undoable(before, by, event.message.left)


@on_event(Reply, under=ALL)
def what_is_left_nobody_could_do(before: Log, by: Address, event: Reply) -> Cases:
    """Nobody could do the first of what the client is told is left: whoever can is down, or below one who is, or has failed at it."""
    if isinstance(event.answer, Ended):
        yield from _undoable(before, by, event.answer.left)


def _undoable(before: Log, by: Address, left: tuple[Task, ...]) -> Cases:
    if left:
        yield case(not before.can(by, left[0], before.down), left=left[0], failed=before.failed, down=before.down)


# ---- clauses: the end


@at_rest(under=CRASHES, needs=Need.PERFECT_DETECTOR)
def nobody_waits(seen: Seen[Log]) -> Cases:
    """At rest no client waits for an answer, whoever below the head has crashed."""
    return common.nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=CRASHES, needs=Need.PERFECT_DETECTOR)
def every_task_ends(seen: Seen[Log]) -> Cases:
    """Every task ends, if every worker that is up comes to an end with what it has, and its manager hears of each that is not."""
    yield case(not seen.waiting(), waiting=seen.waiting())


# ---- what can happen


@sometimes
def a_part_is_done_below_another_manager(seen: Seen[Log]) -> Cases:
    """A task is done by one who is not directly below the head, and another by one who is."""
    depths = {len(path(seen.history.staff, credit.agent)) for credit in seen.history.done}
    yield case({2, 3} <= depths, done=seen.history.done)


@sometimes
def another_does_what_one_has_failed_at(seen: Seen[Log]) -> Cases:
    """A task is done at which somebody else has failed."""
    failed = {credit.task for credit in seen.history.failed}
    yield case(any(credit.task in failed for credit in seen.history.done), done=seen.history.done, failed=seen.history.failed)


@sometimes
def another_takes_over_from_who_is_down(seen: Seen[Log]) -> Cases:
    """The client's whole task is done, though somebody is down who was given something of it."""
    history = seen.history
    lost = tuple(agent for given in history.given.values() for agent in given.values() if agent in history.down)
    yield case(bool(lost) and history.client is None and not history.failed and bool(history.done), lost=lost, done=history.done)
