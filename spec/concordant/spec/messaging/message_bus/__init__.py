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

from enum import Enum
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, CancelAsked, Completion, Deadline, Map, Rejected

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
