"""What a pipeline promises: of order and room, of each answer, and of how it ends."""

from __future__ import annotations

from concordant.spec.common import calls as common
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
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
from concordant.spec.workflows.pipeline_execution import (
    CLOSED,
    WITHDRAWN,
    Accepted,
    Began,
    Close,
    Ended,
    Lines,
    Over,
    PipelineView,
    Put,
    Stop,
    Take,
    Taken,
)

ALL = Fault.CANCELLATION


@on_event(Reply, under=ALL)
def order_is_kept(before: Lines, by: Address, event: Reply) -> Cases:  # noqa: ARG001  # the signature of the kind
    """What is taken out later was put in later, or is a later part of the same."""
    if isinstance(event.answer, Taken) and before.last is not None:
        yield case(before.last < event.answer.item, last=before.last, next=event.answer.item)


@on_event(Reply, under=ALL)
def what_is_taken_was_made(before: Lines, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """What is taken out is the first that the last stage made of what was not taken yet: nothing is lost, repeated or made up."""
    if isinstance(event.answer, Taken):
        yield case(before.lines[-1][:1] == (event.answer.item,), made=before.lines[-1], taken=event.answer.item)


@on_event(Began, under=ALL)
def every_stage_works_in_turn(before: Lines, by: Address, event: Began) -> Cases:  # noqa: ARG001
    """A stage begins the first item that the stage before it made of those that it has not begun, or the first that was put in."""
    yield case(before.lines[event.stage][:1] == (event.item,), made=before.lines[event.stage], begins=event.item)


@on_event(Began, under=ALL)
def one_item_at_a_time(before: Lines, by: Address, event: Began) -> Cases:  # noqa: ARG001
    """A stage begins an item only when it has ended the one before."""
    yield case(before.working[event.stage] is None, stage=event.stage, works_on=before.working[event.stage], begins=event.item)


@always_each(PipelineView, under=ALL)
def buffers_are_bounded(view: PipelineView, pipeline: Address, history: Lines) -> Cases:  # noqa: ARG001
    """No buffer holds more than its capacity."""
    for place, (buffer, capacity) in enumerate(zip(view.buffers, history.capacities, strict=True)):
        yield case(len(buffer) <= capacity, place=place, buffer=buffer, capacity=capacity)


@always_each(PipelineView, under=ALL)
def the_view_is_true(view: PipelineView, pipeline: Address, history: Lines) -> Cases:  # noqa: ARG001
    """An outsider sees all that is under way, where it is and in which order, and whether it takes in more."""
    held = ((), *(() if item is None else (item,) for item in view.held))
    lines = tuple((*buffer, *waits) for buffer, waits in zip(view.buffers, held, strict=True))
    working = tuple(None if work is None else work.item for work in history.working)
    shown = (lines, view.working, view.is_open) == (history.lines, working, history.closer is None)
    yield case(shown, shows=view, lines=history.lines, working=working, closed_by=history.closer)


@always_each(PipelineView, under=ALL)
def nothing_waits_without_need(view: PipelineView, pipeline: Address, history: Lines) -> Cases:  # noqa: ARG001
    """Nothing waits for a stage that is free, for room that there is, or to be taken out by whoever waits for it: stages work at the same time."""
    for stage, (works_on, held) in enumerate(zip(view.working, view.held, strict=True)):
        is_free, has_room = works_on is None, len(view.buffers[stage + 1]) < history.capacities[stage + 1]
        yield case(not (is_free and view.buffers[stage]) and not (held is not None and has_room), stage=stage, view=view)
    may_put, may_take = bool(history.puts) and len(view.buffers[0]) < history.capacities[0], bool(history.takes and view.buffers[-1])
    yield case(not may_put and not may_take, puts=history.puts, takes=history.takes, view=view)


@on_event(Reply, under=ALL)
def who_came_first_is_served_first(before: Lines, by: Address, event: Reply) -> Cases:
    """Of those that wait to put in, or to take out, the one that asked first is let in, or gets what there is."""
    served = {Accepted: before.puts, Taken: before.takes}.get(type(event.answer), ())
    if served:
        yield case(served[0] == Call(event.to, by), serves=event.to, waits=served)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: Lines, by: Address, event: Reply) -> Cases:
    """A client is told that its item is in, under its number; that nothing comes out any more; or why it is rejected; and it is so."""
    call = Call(event.to, by)
    nothing_left = before.outcome is not None
    asked = before.calls.open.get(call)
    match asked, event.answer:
        case Take(), Taken():
            return
        case Close() | Stop(), Ended():
            return
        case Put(), Accepted() as answer:
            yield case(before.closer is None and answer.number == before.accepted, told=answer, closed_by=before.closer)
        case Put(), Rejected() as answer if answer == CLOSED:
            yield case(before.closer is not None, told=answer)
        case Take(), Over() as answer:
            yield case(nothing_left, told=answer, under_way=before.under_way)
        case Close(), Rejected() as answer if answer == CLOSED:
            yield case(before.closer != call, told=answer, closed_by=before.closer)
        case Stop(), Rejected() as answer if answer == CLOSED:
            yield case(nothing_left, told=answer, under_way=before.under_way)
        case _:
            yield case(event.answer == WITHDRAWN and call in before.leaving, asked=asked, told=event.answer)


@on_event(Reply, under=ALL)
def the_end_tells_what_did_not_come_out(before: Lines, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Who closes or stops it is told of all that failed and was given up; nothing is given up but where it is stopped."""
    if isinstance(event.answer, Ended):
        right = event.answer == before.due and (before.stopped or not event.answer.given_up)
        yield case(right, told=event.answer, due=before.due, stopped=before.stopped)


@always_each(PipelineView, under=ALL)
def nothing_goes_on_after_the_end(view: PipelineView, pipeline: Address, history: Lines) -> Cases:  # noqa: ARG001
    """When it has ended no stage works on anything, and nothing is under way."""
    if history.outcome is not None:
        left = (*view.buffers, *view.working, *view.held)
        yield case(not any(left), left=left)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Lines]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return common.answered_once(seen.history.calls)


@always(under=ALL)
def who_cancels_leaves_at_once(seen: Seen[Lines]) -> Cases:
    """Who waits to put in, or to take out, and cancels that, waits no more. Who waits for the end is told of the end."""
    for call in (*seen.history.asking(Put), *seen.history.asking(Take)):
        yield case(call not in seen.history.leaving, call=call)


@at_rest(under=ALL)
def no_deadlock(seen: Seen[Lines]) -> Cases:
    """At rest somebody waits to take out only where there is nothing yet, and to put in, or to close, only where nobody takes out what there is; to put in, only where it is open."""
    lines = seen.history
    made, capacity = lines.lines[-1], lines.capacities[-1]
    if lines.asking(Take):
        yield case(lines.outcome is None and not lines.under_way, takes=lines.asking(Take), under_way=lines.under_way)
    if lines.asking(Put):
        right = len(made) >= capacity and lines.closer is None
        yield case(right, puts=lines.asking(Put), to_be_taken=made, capacity=capacity, closed_by=lines.closer)
    if lines.asking(Close):
        yield case(bool(made), closes=lines.asking(Close), to_be_taken=made)


@eventually(Fair.TRIGGERS, under=ALL)
def who_takes_is_served(seen: Seen[Lines]) -> Cases:
    """Who waits to take out gets something, or hears that it is over, if stages end what they begin, or nothing is under way any more."""
    lines = seen.history
    waits_in_vain = bool(lines.asking(Take)) and (bool(lines.under_way) or lines.outcome is not None)
    yield case(not waits_in_vain, takes=lines.asking(Take), under_way=lines.under_way, outcome=lines.outcome)


@always_possible(under=ALL)
def it_can_be_drained(seen: Seen[Lines]) -> Cases:
    """Whatever has happened, all that is under way can still come out. Promised where somebody takes as often as need be."""
    yield case(not seen.history.under_way, under_way=seen.history.under_way)


# ---- what can happen


@sometimes
def stages_work_at_once(seen: Seen[Lines]) -> Cases:
    """All stages are at work at the same time, each on an item of its own."""
    for view in seen.views(PipelineView).values():
        yield case(len(view.working) > 1 and None not in view.working)


@sometimes
def back_pressure_reaches_the_first(seen: Seen[Lines]) -> Cases:
    """Nobody takes anything out, until every stage holds an item and a client waits to put one in."""
    for view in seen.views(PipelineView).values():
        yield case(None not in view.held and bool(seen.history.asking(Put)))


@sometimes
def some_come_out_in_parts(seen: Seen[Lines]) -> Cases:
    """A second part of an item is taken out."""
    yield case(seen.history.last is not None and 1 in seen.history.last[1:])


@sometimes
def a_put_is_withdrawn(seen: Seen[Lines]) -> Cases:
    """A client that waits to put in is let go."""
    yield case(Put() in seen.history.withdrew)


@sometimes
def a_take_is_withdrawn(seen: Seen[Lines]) -> Cases:
    """A client that waits to take out is let go."""
    yield case(Take() in seen.history.withdrew)
