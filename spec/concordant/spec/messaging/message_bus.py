"""A message bus: agents post messages to one agent, or to all that have subscribed to a kind, and their handlers run one by one.

Source: Hohpe and Woolf, "Enterprise Integration Patterns" (2003): Message Bus, Point-to-Point and Publish-Subscribe Channel, Dead
Letter Channel, Correlation Identifier; the actors of Hewitt, Bishop and Steiger (1973), each of which takes one message at a time.
Each agent has a mailbox of its own, and a task that gives its handler what is in it: so no agent waits for another's handler. A
message to one agent comes to it whatever it has subscribed to; one to all of a kind, to those who have when it is posted, but its sender.
A handler may post something and await the response: that goes past its mailbox. A message that nobody can be given, or of which a
handler fails, becomes a dead letter, so that each that is accepted ends in one of two ways.
Assumes: nothing of handlers: they may fail, be cancelled, or hang, and then their time runs out.
Does not promise: that a message is given again to a handler that failed; that a bus which crashes remembers anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Completion,
    Deadline,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- requests and answers


@frozen
class Post:
    """Send a message of a kind to an agent, or to all that have subscribed to the kind. Answered by `Accepted`, or by `STOPPED`."""

    kind: str
    content: str
    to: Address | None = None


@frozen
class Subscribe:
    """Have the messages of a kind. Answered by `Done`, or by `IS_SUBSCRIBED`."""

    kind: str


@frozen
class Unsubscribe:
    """Have no more messages of a kind than were posted so far. Answered by `Done`, or by `NOT_SUBSCRIBED`."""

    kind: str


@frozen
class Stop:
    """Take no more messages. Answered by `Stopped` once all handlers have ended; by `CANCELLED` to who no longer waits for that.

    `drain`: give to handlers what waits in mailboxes; otherwise it becomes dead letters at once.
    """

    drain: bool = True


Request: TypeAlias = Post | Subscribe | Unsubscribe | Stop


@frozen
class Accepted:
    """The message will be given to all whom it concerns, or become a dead letter. `number`: how many were accepted before it."""

    number: int


@frozen
class Done:
    """It is so from now on."""


@frozen
class Stopped:
    """All handlers have ended, and none will begin."""


STOPPED = Rejected("the bus takes no more messages")
CANCELLED = Rejected("the wait for the end was cancelled; the bus takes no more messages")
IS_SUBSCRIBED = Rejected("the agent is subscribed to the kind")
NOT_SUBSCRIBED = Rejected("the agent is not subscribed to the kind")

# ---- what handlers do


@frozen
class Ask:
    """Post something, and await the response."""

    post: Post


@frozen
class Respond:
    """Send the one whose message is handled a response to it."""

    content: str


class Mishap(Enum):
    """How a handler ends badly."""

    FAILS = "raises an error"
    IS_CANCELLED = "is cancelled, which is no error to those who catch errors"
    HANGS = "never comes back"


Act: TypeAlias = Post | Subscribe | Unsubscribe | Ask | Respond | Mishap

# ---- triggers


@frozen
class GoesOn(Completion):
    """The handler of an agent does what is next, or ends."""

    agent: Address


@frozen
class TimeOut(Deadline):
    """The handler of an agent has taken too long."""

    agent: Address


# ---- events


@frozen
class Message:
    """What was posted, by whom. `number`: how many were before it; `answers`: of a response, the number of what it answers."""

    number: int
    kind: str
    content: str
    sender: Address
    to: Address | None = None
    answers: int | None = None


class Why(Enum):
    """Why a message is a dead letter."""

    NOBODY = "there is nobody whom it concerns"
    FULL = "there is no room in the mailbox"
    FAILED = "the handler failed, or was cancelled"
    TIMED_OUT = "the handler took too long"
    DISCARDED = "the bus was stopped at once"


@frozen
class Does:
    """The handler of an agent does this."""

    agent: Address
    act: Act


@frozen
class Posted:
    """The bus takes a message."""

    message: Message


@frozen
class Given:
    """The handler of an agent is given a message; or, if it awaits that, a response."""

    agent: Address
    message: Message


@frozen
class Handled:
    """The handler of an agent has ended well with a message."""

    agent: Address
    message: Message


@frozen
class DeadLetter:
    """A message will not be handled by an agent, or by anybody."""

    agent: Address | None
    message: Message
    why: Why


# ---- views


@frozen
class BusView:
    """By agent, the numbers of the messages in its mailbox, in order, and of the one that its handler has; by kind, who is subscribed.

    `awaits`: by agent, the number of the message to which its handler awaits a response.
    """

    waiting: Map[Address, tuple[int, ...]]
    handling: Map[Address, int]
    awaits: Map[Address, int]
    subscribed: Map[str, frozenset[Address]]


# ---- history


@frozen(order=True)
class Subscription:
    """Of an agent, to a kind of messages."""

    agent: Address
    kind: str


@frozen
class Letter:
    """A message, and for whom it was when it was posted."""

    message: Message
    to: frozenset[Address]


@frozen
class Copy:
    """A message for an agent, by its number; for nobody, where nobody is concerned."""

    agent: Address | None
    number: int


@frozen
class Said:
    """What an agent wants posted."""

    sender: Address
    act: Post | Ask | Respond


@frozen
class History:
    """Who is subscribed; what was posted, for whom, and given to or ended with whom; what agents want posted, or await.

    `room`, `agents` and `plans` are fixed: how many messages a mailbox holds, who has one, and what handlers do, by content. `done`: by
    agent, how many acts its handler has done. `already`: agents that asked for a subscription, or for its end, which were subscribed
    then. `leaving`: who no longer waits for an end. `void`: what waited when the bus was stopped at once.
    """

    room: int
    agents: frozenset[Address]
    plans: Map[str, tuple[Act, ...]] = Map()
    calls: Calls = Calls()
    subscribed: frozenset[Subscription] = frozenset()
    posted: tuple[Letter, ...] = ()
    given: frozenset[Copy] = frozenset()
    ended: frozenset[Copy] = frozenset()
    said: Said | None = None
    done: Map[Address, int] = Map()
    awaits: Map[Address, int] = Map()
    already: frozenset[Address] = frozenset()
    leaving: frozenset[Address] = frozenset()
    stopping: bool = False
    void: frozenset[Copy] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Post():
                return after.says(by, happening)
            case Subscribe(kind) | Unsubscribe(kind):
                was = Subscription(by, kind) in self.subscribed
                return evolve(after.wants(by, happening), already=self.already | {by} if was else self.already - {by})
            case Stop(drain):
                void = frozenset() if drain else self.copies() - self.given - self.ended
                return evolve(after, stopping=True, leaving=self.leaving - {by}, void=self.void | void)
            case CancelAsked():
                return evolve(after, leaving=self.leaving | {by})
            case Does(agent, act):
                return after.does(agent, act)
            case Posted(message):
                return after.takes(message)
            case Given(agent, message):
                return after.gives(agent, message)
            case Handled(agent, message) | DeadLetter(agent, message):
                return after.ends(Copy(agent, message.number))
            case _:
                return after

    def wants(self, agent: Address, act: Subscribe | Unsubscribe) -> History:
        """Fold that an agent subscribes, or unsubscribes."""
        one = frozenset({Subscription(agent, act.kind)})
        return evolve(self, subscribed=self.subscribed | one if isinstance(act, Subscribe) else self.subscribed - one)

    def does(self, agent: Address, act: Act) -> History:
        """Fold what a handler does."""
        after = evolve(self, done=self.done.put(agent, self.done.get(agent, 0) + 1))
        match act:
            case Subscribe() | Unsubscribe():
                return after.wants(agent, act)
            case Post() | Ask() | Respond():
                return after.says(agent, act)
            case _:  # a mishap
                return after

    def says(self, agent: Address, act: Post | Ask | Respond) -> History:
        """Fold that an agent wants something posted. A bus that is stopping takes responses only."""
        return self if self.stopping and not isinstance(act, Respond) else evolve(self, said=Said(agent, act))

    def takes(self, message: Message) -> History:
        """Fold that the bus takes a message: it is for whom it names, or for those who are subscribed now."""
        asks = self.said is not None and isinstance(self.said.act, Ask)
        awaits = self.awaits.put(message.sender, message.number) if asks else self.awaits
        return evolve(self, posted=(*self.posted, Letter(message, self.concerned(message))), said=None, awaits=awaits)

    def concerned(self, message: Message) -> frozenset[Address]:
        """Return whom a message concerns."""
        if message.to is not None:
            return self.agents & {message.to}
        return frozenset(each.agent for each in self.subscribed if each.kind == message.kind) - {message.sender}

    def gives(self, agent: Address, message: Message) -> History:
        """Fold that a handler is given a message. A response that it awaits ends with that."""
        copy = frozenset({Copy(agent, message.number)})
        if self.is_awaited(agent, message):
            return evolve(self, given=self.given | copy, ended=self.ended | copy, awaits=self.awaits.drop(agent))
        return evolve(self, given=self.given | copy, done=self.done.drop(agent))

    def is_awaited(self, agent: Address, message: Message) -> bool:
        """Tell whether a message is the response that a handler awaits."""
        return message.answers is not None and self.awaits.get(agent) == message.answers

    def ends(self, copy: Copy) -> History:
        """Fold that a handler has ended with a message, or will not have it. In the latter case it goes on with what it has."""
        after = evolve(self, ended=self.ended | {copy})
        if copy.agent is None or copy not in self.given:
            return after
        return evolve(after, done=self.done.drop(copy.agent), awaits=self.awaits.drop(copy.agent))

    def to(self, message: Message) -> frozenset[Address]:
        """Return for whom a message was posted; for nobody if it was not."""
        return frozenset().union(*(letter.to for letter in self.posted if letter.message == message))

    def owed(self, agent: Address) -> tuple[Message, ...]:
        """Return what an agent's handler is still to be given, in order."""
        out = self.given | self.ended
        return tuple(each.message for each in self.posted if agent in each.to if Copy(agent, each.message.number) not in out)

    def handling(self, agent: Address) -> tuple[Message, ...]:
        """Return what an agent's handler has been given, and not ended with."""
        open = self.given - self.ended
        return tuple(each.message for each in self.posted if Copy(agent, each.message.number) in open)

    def plan(self, agent: Address) -> tuple[Act, ...]:
        """Return what an agent's handler does with what it has."""
        return tuple(act for each in self.handling(agent) for act in self.plans.get(each.content, ()))

    def acts(self, agent: Address) -> tuple[Does, ...]:
        """Return what an agent's handler does next: nothing while it awaits a response or hangs, or if nothing is left."""
        rest = () if agent in self.awaits else self.plan(agent)[self.done.get(agent, 0) :]
        return tuple(Does(agent, act) for act in rest[:1] if act is not Mishap.HANGS)

    def ends_well(self, agent: Address) -> tuple[Handled, ...]:
        """Return how an agent's handler ends now, if it has done all that there is to do, awaits nothing and has not failed."""
        left = self.plan(agent)[self.done.get(agent, 0) :]
        well = not left and agent not in self.awaits and not self.failed(agent)
        return tuple(Handled(agent, message) for message in self.handling(agent) if well)

    def failed(self, agent: Address) -> bool:
        """Tell whether the last that an agent's handler has done is to fail."""
        return isinstance(next(iter(self.plan(agent)[: self.done.get(agent, 0)][-1:]), None), Mishap)

    def copies(self) -> frozenset[Copy]:
        """Return all that was posted, for each whom it concerns, or for nobody."""
        return frozenset(Copy(agent, each.message.number) for each in self.posted for agent in each.to or (None,))


# ---- clauses


@on_event(Posted, under=Fault.CANCELLATION)
def what_is_posted_was_said(before: History, who: Address, event: Posted) -> Cases:  # noqa: ARG001  # there is one bus
    """The bus takes what its agents and their handlers say, in their names, and numbers it one by one; a response names what it answers."""
    due = list(_due(before))
    yield case(event.message in due, posted=event.message, due=due)


def _due(before: History) -> Iterator[Message]:
    """Yield what is to be posted now, if anything is."""
    number = len(before.posted)
    match before.said:
        case Said(sender, Post(kind, content, to) | Ask(Post(kind, content, to))):
            yield Message(number, kind, content, sender, to)
        case Said(sender, Respond(content)):
            for asked in before.handling(sender):
                yield Message(number, asked.kind, content, sender, asked.sender, asked.number)


@always(under=Fault.CANCELLATION)
def what_is_said_is_posted(seen: Seen[History]) -> Cases:
    """What agents and handlers want posted is posted at once, unless the bus is stopped; then it takes responses only."""
    if seen.history.posted:
        yield case(seen.history.said is None, said=seen.history.said)


@on_event(Does, under=Fault.CANCELLATION)
def handlers_do_what_is_next(before: History, who: Address, event: Does) -> Cases:  # noqa: ARG001
    """A handler does what is to be done, in order, and nothing while it hangs or awaits a response."""
    due = before.acts(event.agent)
    yield case(event in due, does=event, due=due)


@on_event(Given, under=Fault.CANCELLATION)
def nothing_is_begun_once_stopped_at_once(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """What waits when the bus is stopped at once is given to nobody."""
    yield case(Copy(event.agent, event.message.number) not in before.void, given=event)


@on_event(Given, under=Fault.CANCELLATION)
def only_whom_it_concerns(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """A message to one agent is given to that one only, and any other to those who had subscribed to its kind when it was posted."""
    to = before.to(event.message)
    yield case(event.agent in to, given=event, to=to)


@on_event(Given, under=Fault.CANCELLATION)
def no_duplication(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """A message is given to an agent once."""
    yield case(Copy(event.agent, event.message.number) not in before.given, given=event)


@on_event(Given, under=Fault.CANCELLATION)
def senders_order(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """What one agent has sent another first is given to it first, but for a response that it awaits."""
    if not before.is_awaited(event.agent, event.message):
        earlier = [each for each in before.owed(event.agent) if each.sender == event.message.sender and each.number < event.message.number]
        yield case(not earlier, given=event, earlier=earlier)


@on_event(Given, under=Fault.CANCELLATION)
def one_at_a_time(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """A handler is given the next message when it has ended with the one before, but for a response that it awaits."""
    if not before.is_awaited(event.agent, event.message):
        yield case(not before.handling(event.agent), given=event, handling=before.handling(event.agent))


@on_event(Handled, under=Fault.CANCELLATION)
def only_what_ended_well_is_handled(before: History, who: Address, event: Handled) -> Cases:  # noqa: ARG001
    """A message is handled when its handler has done all that there is to do: of none that failed, or was cancelled, is it said."""
    due = before.ends_well(event.agent)
    yield case(event in due, handled=event, due=due)


@on_event(DeadLetter, under=Fault.CANCELLATION)
def a_dead_letter_is_true(before: History, who: Address, event: DeadLetter) -> Cases:  # noqa: ARG001
    """A message is a dead letter for the reason that there is."""
    if event.agent is None:
        so = {Why.NOBODY} if not before.to(event.message) else set()
    elif event.message in before.handling(event.agent):
        so = {Why.FAILED if before.failed(event.agent) else Why.TIMED_OUT}
    elif Copy(event.agent, event.message.number) in before.void:
        so = {Why.DISCARDED}
    else:
        so = {Why.FULL} if len(before.owed(event.agent)) > before.room else set()
    yield case(event.why in so, dead=event, so=so)


@always_each(BusView, under=Fault.CANCELLATION)
def the_view_is_true(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """What is in the mailboxes, and what handlers have, is all that was posted and has not ended: nothing is lost."""
    agents = sorted(history.agents)
    waiting = Map.of((agent, tuple(each.number for each in owed)) for agent in agents if (owed := history.owed(agent)))
    handling = Map.of((agent, each.number) for agent in agents for each in history.handling(agent))
    kinds = sorted({each.kind for each in history.subscribed})
    subscribed = Map.of((kind, frozenset(each.agent for each in history.subscribed if each.kind == kind)) for kind in kinds)
    so = BusView(waiting, handling, history.awaits, subscribed)
    yield case(view == so, view=view, so=so)


@always_each(BusView, under=Fault.CANCELLATION)
def mailboxes_have_room(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """No mailbox holds more than it has room for."""
    if view.waiting:
        full = [agent for agent, numbers in view.waiting.items() if len(numbers) > history.room]
        yield case(not full, full=full)


@always_each(BusView, under=Fault.CANCELLATION)
def nobody_waits_for_another(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """Where something waits in a mailbox the handler of that agent has something, whatever others do."""
    if view.waiting:
        idle = [agent for agent in view.waiting if agent not in view.handling]
        yield case(not idle, idle=idle)


@always_each(BusView, under=Fault.CANCELLATION)
def a_response_does_not_wait_for_who_awaits_it(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """No response waits in the mailbox of an agent whose handler awaits it."""
    if view.awaits:
        behind = [message for agent in view.awaits for message in history.owed(agent) if history.is_awaited(agent, message)]
        yield case(not behind, behind=behind)


@on_event(Reply, under=Fault.CANCELLATION)
def an_answer_is_true(before: History, who: Address, event: Reply) -> Cases:
    """Who is told that its message is accepted, that it is subscribed, or not, or that the bus has stopped, is told the truth."""
    match before.calls.open.get(Call(event.to, who)):
        case Post():
            so: set[object] = {STOPPED if before.stopping else Accepted(len(before.posted) - 1)}
        case Subscribe():
            so = {IS_SUBSCRIBED if event.to in before.already else Done()}
        case Unsubscribe():
            so = {Done() if event.to in before.already else NOT_SUBSCRIBED}
        case _:  # a stop
            so = {CANCELLED} if event.to in before.leaving else {Stopped()} if before.copies() <= before.ended else set()
    yield case(event.answer in so, told=event.answer, so=so)


@always(under=Fault.CANCELLATION)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody is answered who does not wait."""
    return calls.answered_once(seen.history.calls)


@eventually(Fair.TRIGGERS, under=Fault.CANCELLATION)
def everything_ends(seen: Seen[History]) -> Cases:
    """In the end each message is handled by all whom it concerns, or is a dead letter, whatever handlers do.

    Of a handler that does not come back the time runs out, and one that awaits a response has it, or its time runs out too.
    """
    if seen.history.posted:
        missing = seen.history.copies() - seen.history.ended
        yield case(not missing, missing=missing)


@eventually(Fair.TRIGGERS, under=Fault.CANCELLATION)
def every_call_ends(seen: Seen[History]) -> Cases:
    """Every call ends, also that to stop the bus."""
    return calls.nobody_waits(seen)


@sometimes
def two_handlers_run(seen: Seen[History]) -> Cases:
    """Two handlers have a message at the same time."""
    yield case(any(len(view.handling) > 1 for view in seen.views(BusView).values()))


@sometimes
def something_waits_while_a_response_is_awaited(seen: Seen[History]) -> Cases:
    """A handler awaits a response while another message waits in its mailbox."""
    yield case(any(agent in view.waiting for view in seen.views(BusView).values() for agent in view.awaits))
