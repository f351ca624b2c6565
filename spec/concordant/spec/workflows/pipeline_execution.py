"""Pipeline execution: stages in a line, each at work on an item of its own, with a bounded buffer before each and one behind the last.

Source: Kahn, "The Semantics of a Simple Language for Parallel Programming" (1974): what each stage takes in, and in which order, does
not depend on which is quicker; Dijkstra, "Cooperating Sequential Processes" (1965), section 4.3: the bounded buffer; Hohpe and Woolf,
"Enterprise Integration Patterns" (2003), Pipes and Filters.
Assumes: stages fail item by item; the pipeline itself does not.
Chosen: a stage makes any number of items of one, one by one: none where it filters, several where it divides. An item is known by its
number, and what is made of it by one more place: 2, then (2, 0) and (2, 1). Who finds no room waits: a stage with what it has made, a
client with its request. A failure costs what the stage had not made yet, and is told at the end. To close is to drain: all that was
accepted comes out. To stop is to give up all that is under way, which is told, too.
Does not promise: that stages are quick, or that anybody takes out what there is.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Completion,
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

Item: TypeAlias = tuple[int, ...]
"""An item's number, from 0, then for each stage that it has left which it was of all that this stage made of one."""

# ---- requests and answers


@frozen
class Put:
    """Put in an item. Answered by `Accepted` once there is room, or by a `Rejected`: `CLOSED`, `WITHDRAWN`."""


@frozen
class Take:
    """Take out the next item. Answered by `Taken` once there is one, by `Over`, or by the `Rejected` `WITHDRAWN`."""


@frozen
class Close:
    """Put in nothing more. Answered by `Ended` once all has come out, or by the `Rejected` `CLOSED`."""


@frozen
class Stop:
    """Give up what is under way. Answered by `Ended` at once, or by the `Rejected` `CLOSED` where it has ended already."""


@frozen
class Accepted:
    """The item is in the first buffer, under this number."""

    number: int


@frozen
class Taken:
    """An item that has come out."""

    item: Item


@frozen
class Over:
    """Nothing comes out any more."""


@frozen
class Failure:
    """A stage has failed on an item."""

    stage: int
    item: Item


@frozen
class Ended:
    """What did not come out: because stages failed, or since it was given up."""

    failed: frozenset[Failure]
    given_up: frozenset[Item]


CLOSED = Rejected("the pipeline is closed")
WITHDRAWN = Rejected("the request was cancelled")

# ---- triggers


@frozen
class Yields(Completion):
    """A stage has made one more item of the one that it works on."""

    stage: int


@frozen
class Finishes(Completion):
    """A stage makes no more items of the one that it works on."""

    stage: int


@frozen
class Fails(Completion):
    """A stage cannot go on with the item that it works on."""

    stage: int


# ---- events


@frozen
class Began:
    """A stage works on this item now."""

    stage: int
    item: Item


# ---- views


@frozen
class PipelineView:
    """What is in each buffer, the next first; and of each stage what it works on, and what it has made and cannot pass on."""

    buffers: tuple[tuple[Item, ...], ...]
    working: tuple[Item | None, ...]
    held: tuple[Item | None, ...]
    is_open: bool


# ---- history


@frozen
class Work:
    """An item, and how many were made of it by now."""

    item: Item
    made: int = 0


@frozen
class Lines:
    """Kahn's network: between stages are lines without bounds, and it shows what is in them, by what stages made and began.

    `capacities`, of each buffer, is fixed. `lines`: what waits for each stage, then what is to be taken out. `last`: what was taken out
    last. `closer`: who closed it, or else stopped it. `outcome`: how it ended. `leaving`: the calls that are to be cancelled.
    """

    capacities: tuple[int, ...]
    lines: tuple[tuple[Item, ...], ...]
    working: tuple[Work | None, ...]
    calls: Calls = Calls()
    accepted: int = 0
    last: Item | None = None
    failed: frozenset[Failure] = frozenset()
    closer: Call | None = None
    stopped: bool = False
    outcome: Ended | None = None
    leaving: frozenset[Call] = frozenset()

    @classmethod
    def of(cls, capacities: tuple[int, ...]) -> Lines:
        """Return the network in which nothing has happened: a stage less than there are buffers."""
        return cls(capacities, ((),) * len(capacities), (None,) * (len(capacities) - 1))

    def after(self, at: Address, by: Address, happening: object) -> Lines:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Close() if self.closer is None:
                return evolve(seen, closer=Call(by, at))
            case Stop() if self.outcome is None:
                return evolve(seen, closer=self.closer or Call(by, at), stopped=True)
            case CancelAsked():
                return evolve(seen, leaving=self.leaving | {Call(by, at)})
            case Reply(to, answer):
                return evolve(seen, leaving=self.leaving - {Call(to, at)}).told(answer)
            case Began(stage, item):
                return seen.without(stage, item).busy(stage, Work(item))
            case Yields(stage):
                work = self.work(stage)
                return seen.joined(stage + 1, (*work.item, work.made)).busy(stage, Work(work.item, work.made + 1))
            case Finishes(stage):
                return seen.busy(stage, None)
            case Fails(stage):
                return evolve(seen.busy(stage, None), failed=self.failed | {Failure(stage, self.work(stage).item)})
            case _:
                return seen

    def told(self, answer: object) -> Lines:
        """Fold an answer."""
        match answer:
            case Accepted():
                return evolve(self.joined(0, (self.accepted,)), accepted=self.accepted + 1)
            case Taken(item):
                return evolve(self.without(-1, item), last=item)
            case Ended() if self.outcome is None:
                return evolve(self.emptied, outcome=self.due)
            case _:
                return self

    def work(self, stage: int) -> Work:
        """Return what a stage works on; an item that is none where it works on nothing."""
        return self.working[stage] or Work(())

    def joined(self, place: int, item: Item) -> Lines:
        """Return the network with one more item at the end of a line."""
        return evolve(self, lines=(*self.lines[:place], (*self.lines[place], item), *self.lines[place + 1 :]))

    def without(self, place: int, item: Item) -> Lines:
        """Return the network with one item less in a line, wherever it stands there."""
        place %= len(self.lines)
        left = tuple(other for other in self.lines[place] if other != item)
        return evolve(self, lines=(*self.lines[:place], left, *self.lines[place + 1 :]))

    def busy(self, stage: int, work: Work | None) -> Lines:
        """Return the network with a stage that works on something else, or on nothing."""
        return evolve(self, working=(*self.working[:stage], work, *self.working[stage + 1 :]))

    @property
    def emptied(self) -> Lines:
        """The network with nothing in it, in which all that was told is known."""
        nothing = Lines.of(self.capacities)
        return evolve(self, lines=nothing.lines, working=nothing.working, accepted=0, last=None, failed=frozenset())

    @property
    def under_way(self) -> frozenset[Item]:
        """What is in the lines or worked on."""
        worked_on = (work.item for work in self.working if work is not None)
        return frozenset((*worked_on, *(item for line in self.lines for item in line)))

    @property
    def due(self) -> Ended:
        """How it has ended, or would if it ended now."""
        return self.outcome or Ended(self.failed, self.under_way)

    def asking(self, request: type) -> tuple[Call, ...]:
        """The open calls with such a request."""
        return tuple(call for call, asked in self.calls.open.items() if isinstance(asked, request))


# ---- clauses

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
    """No buffer holds more than its capacity, and no stage is ahead of the next by more than that and the one item that it holds."""
    for place, (buffer, line, capacity) in enumerate(zip(view.buffers, history.lines, history.capacities, strict=True)):
        within = len(buffer) <= capacity and len(line) <= capacity + (place > 0)
        yield case(within, place=place, buffer=buffer, made=line, capacity=capacity)


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
    """No item waits for a stage that is free, or for room that there is: stages work at the same time."""
    for stage, (works_on, held) in enumerate(zip(view.working, view.held, strict=True)):
        is_free, has_room = works_on is None, len(view.buffers[stage + 1]) < history.capacities[stage + 1]
        yield case(not (is_free and view.buffers[stage]) and not (held is not None and has_room), stage=stage, view=view)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: Lines, by: Address, event: Reply) -> Cases:
    """A client is told that its item is in, under its number; that nothing comes out any more; or why it is rejected; and it is so."""
    call = Call(event.to, by)
    nothing_left = before.outcome is not None
    match before.calls.open.get(call), event.answer:
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
        case asked, answer:
            yield case(answer == WITHDRAWN and call in before.leaving, asked=asked, told=answer)


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
    """A request is answered once, and nobody is answered who does not wait."""
    return common.answered_once(seen.history.calls)


@at_rest(under=ALL)
def no_deadlock(seen: Seen[Lines]) -> Cases:
    """In the end somebody waits to take out only where there is nothing, and to put in, or to close, only where nobody takes out what there is."""
    lines = seen.history
    taking, made, capacity = lines.asking(Take), lines.lines[-1], lines.capacities[-1]
    for call in taking:
        yield case(not lines.under_way, waits=call, under_way=lines.under_way)
    for call in lines.asking(Put):
        yield case(not taking and len(made) >= capacity, waits=call, takes=taking, to_be_taken=made, capacity=capacity)
    for call in (*lines.asking(Close), *lines.asking(Stop)):
        yield case(not taking and bool(made), waits=call, takes=taking, to_be_taken=made)


@eventually(Fair.TRIGGERS, under=ALL)
def who_takes_is_served(seen: Seen[Lines]) -> Cases:
    """Who waits to take out gets something, if stages end what they begin, or nothing is under way any more."""
    taking = seen.history.asking(Take)
    yield case(not (taking and seen.history.under_way), takes=taking, under_way=seen.history.under_way)


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
