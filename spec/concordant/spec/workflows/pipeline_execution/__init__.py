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

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Call, CancelAsked, Completion, Rejected, Reply

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

    `capacities`, of each buffer, is fixed. `lines`: what waits for each stage, then what is to be taken out. `puts`, `takes`: who waits to
    put in and to take out, in the order of asking. `last`: what was taken out last. `closer`: who closed it, or else stopped it. `outcome`: how it ended. `leaving`: the calls that are to be cancelled. `withdrew`: what was.
    """

    capacities: tuple[int, ...]
    lines: tuple[tuple[Item, ...], ...]
    working: tuple[Work | None, ...]
    calls: Calls = Calls()
    puts: tuple[Call, ...] = ()
    takes: tuple[Call, ...] = ()
    accepted: int = 0
    last: Item | None = None
    failed: frozenset[Failure] = frozenset()
    closer: Call | None = None
    stopped: bool = False
    outcome: Ended | None = None
    leaving: frozenset[Call] = frozenset()
    withdrew: frozenset[Put | Take] = frozenset()

    @classmethod
    def of(cls, capacities: tuple[int, ...]) -> Lines:
        """Return the network in which nothing has happened: a stage less than there are buffers."""
        return cls(capacities, ((),) * len(capacities), (None,) * (len(capacities) - 1))

    def after(self, at: Address, by: Address, happening: object) -> Lines:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Put():
                return evolve(seen, puts=(*self.puts, Call(by, at)))
            case Take():
                return evolve(seen, takes=(*self.takes, Call(by, at)))
            case Close() if self.closer is None:
                return evolve(seen, closer=Call(by, at))
            case Stop() if self.outcome is None:
                return evolve(seen, closer=self.closer or Call(by, at), stopped=True)
            case CancelAsked():
                return evolve(seen, leaving=self.leaving | {Call(by, at)})
            case Reply(to, answer):
                call = Call(to, at)
                puts, takes = (tuple(other for other in waiting if other != call) for waiting in (self.puts, self.takes))
                left = evolve(seen, puts=puts, takes=takes, leaving=self.leaving - {call})
                return left.told(answer, self.calls.open.get(call))
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

    def told(self, answer: object, asked: object) -> Lines:
        """Fold an answer to what was asked."""
        match answer:
            case Rejected() if answer == WITHDRAWN and isinstance(asked, Put | Take):
                return evolve(self, withdrew=self.withdrew | {asked})
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
