"""The documents' bus: one queue, and one task that goes through the list of handlers of a kind, as it is then, and awaits each."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.message_bus import A, B, Bus, C, Carrying, Running, Trigger, system
from concordant.spec.messaging.message_bus import (
    Act,
    Ask,
    DeadLetter,
    Done,
    Handled,
    Message,
    Mishap,
    Post,
    Posted,
    Request,
    Respond,
    Stop,
    Subscribe,
    TimeOut,
    Unsubscribe,
    Why,
)
from concordant.spec.messaging.message_bus import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Reply


@frozen
class Dispatching(Carrying):
    """The queue, of which the first is with the handler at this place of the list; whether the task has died."""

    queue: tuple[Message, ...] = ()
    place: int = 0
    died: bool = False


@frozen
class AsWritten(Bus):
    """Has no time for a handler. Whom a message names makes no difference."""

    def start(self) -> Step[Carrying]:
        return step(Dispatching())

    def request(self, state: Carrying, client: Address, request: Request) -> Step[Carrying]:
        if isinstance(request, Subscribe):
            return step(self.subscribe(state, client, request.kind), Reply(client, Done()))
        return Bus.request(self, state, client, request)

    def post(self, state: Dispatching, sender: Address, post: Post, answers: int | None = None) -> Step[Carrying]:  # type: ignore[override]  # its own state
        message = Message(state.posted, post.kind, post.content, sender, post.to, answers)
        queued = evolve(state, posted=state.posted + 1, queue=(*state.queue, message))
        begun = step(queued) if state.queue else self.dispatch(queued)
        dead = () if Bus.recipients(self, state, message) else (Announce(DeadLetter(None, message, Why.NOBODY)),)
        return step(begun.state, Announce(Posted(message)), *dead, *begun.effects)

    def dispatch(self, state: Dispatching) -> Step[Carrying]:
        """Give what is first to the handler at this place of the list, or go on to what is next."""
        if not state.queue or state.died:
            return step(state)
        message = state.queue[0]
        handlers = state.subscribed.get(message.kind, ())
        if state.place < len(handlers):
            return self.begin(state, handlers[state.place], message)
        return self.dispatch(evolve(state, queue=state.queue[1:], place=0))

    def ahead(self, agent: Address, running: Running) -> tuple[Trigger, ...]:
        return tuple(each for each in Bus.ahead(self, agent, running) if not isinstance(each, TimeOut))

    def subscribe(self, state: Carrying, agent: Address, kind: str) -> Carrying:
        return evolve(state, subscribed=state.subscribed.put(kind, (*state.subscribed.get(kind, ()), agent)))

    def do(self, state: Dispatching, agent: Address, message: Message, act: Act) -> Step[Carrying]:  # type: ignore[override]
        match act:
            case Mishap.IS_CANCELLED:
                dead = DeadLetter(agent, message, Why.FAILED)
                return step(evolve(state, running=state.running.drop(agent), died=True), Announce(dead))
            case _:
                return Bus.do(self, state, agent, message, act)

    def end(self, state: Dispatching, agent: Address, how: DeadLetter | Handled) -> Step[Carrying]:  # type: ignore[override]
        ended = evolve(state, running=state.running.drop(agent), place=state.place + 1)
        going_on = self.dispatch(ended)
        return step(going_on.state, Announce(how), *going_on.effects)


@frozen
class WaitsForRoom(AsWritten):
    """Lets who posts wait until there is room in the queue."""

    def armed(self, state: Dispatching) -> tuple[Trigger, ...]:  # type: ignore[override]
        full = len(state.queue) - 1 >= self.room
        posting = {agent for agent, running in state.running.items() if isinstance(next(iter(running.rest), None), Post)}
        return tuple(each for each in AsWritten.armed(self, state) if not (full and each.agent in posting))


@frozen
class WaitsForOneMore(Bus):
    """Looks whether it was stopped when it has taken the next message, and there is none."""

    def request(self, state: Carrying, client: Address, request: Request) -> Step[Carrying]:
        stops = isinstance(request, Stop) and not state.running
        return step(evolve(state, stopping=True, clients=(*state.clients, client))) if stops else Bus.request(self, state, client, request)


@frozen
class LosesWhatWaits(Bus):
    """Leaves the queue as soon as it is stopped, with all that is in it."""

    def discard(self, state: Carrying) -> Step[Carrying]:
        return step(Bus.discard(self, state).state)


@frozen
class SwallowsFailures(Bus):
    """Logs that a handler has failed, and goes on as if it had not."""

    def failed(self, agent: Address, message: Message) -> DeadLetter | Handled:
        return Handled(agent, message)


@frozen
class HasNoNumbers(Bus):
    """Cannot say in a response what it answers."""

    def post(self, state: Carrying, sender: Address, post: Post, answers: int | None = None) -> Step[Carrying]:  # noqa: ARG002
        return Bus.post(self, state, sender, post)


NEWS = "news"
HERE = Subscribe(NEWS)
HELLO = Post(NEWS, "hello")
ALL_SUBSCRIBED: dict[Address, tuple[Request, ...]] = {A: (HELLO,), B: (HERE,), C: (HERE,)}
ENDS = (spec.everything_ends,)

GOES_BY_KIND = Pitfall(
    "MBU-1",
    "A message names who is to have it, and is given to all that have subscribed to its kind.",
    breaks=spec.only_whom_it_concerns,
    subject=system({A: (Post(NEWS, "hello", B),), B: (), C: (HERE,)}, bus=AsWritten),
    length=2,
)
WAITS_FOR_ITSELF = Pitfall(
    "MBU-2",
    "A handler posts a question and awaits the response: the one task that could give the question to anybody is in that handler.",
    breaks=spec.everything_ends,
    subject=system({A: (HELLO,), B: (HERE,)}, {"hello": (Ask(Post("question", "well?", A)),)}, bus=AsWritten, promises=ENDS),
    length=3,
)
WAITS_FOR_ROOM = Pitfall(
    "MBU-3",
    "A handler posts twice into a queue that has room for one: it waits until somebody takes the first, which it keeps everybody from.",
    breaks=spec.everything_ends,
    subject=system({A: (HELLO,), B: (HERE,)}, {"hello": (Post("log", "one"), Post("log", "two"))}, room=1, bus=WaitsForRoom, promises=ENDS),
    length=3,
)
WAITS_FOR_ONE_MORE = Pitfall(
    "MBU-4",
    "The bus is stopped while it waits for a message: it looks whether it was when one comes, which is never.",
    breaks=spec.every_call_ends,
    subject=system({A: (Stop(),)}, bus=WaitsForOneMore),
    length=1,
)
LOSES_WHAT_WAITS = Pitfall(
    "MBU-4/lost",
    "The bus is stopped while messages wait: nobody hears of them again.",
    breaks=spec.the_view_is_true,
    subject=system({A: (Post(NEWS, "hello", B), Post(NEWS, "hello", B)), B: (Stop(drain=False),)}, bus=LosesWhatWaits),
    length=3,
)
SKIPS_THE_NEXT = Pitfall(
    "MBU-5",
    "A handler unsubscribes while the bus goes through the list of handlers: the next one moves up, and is passed over.",
    breaks=spec.everything_ends,
    subject=system(ALL_SUBSCRIBED, {"hello": (Unsubscribe(NEWS),)}, bus=AsWritten, promises=ENDS),
    length=5,
)
CALLS_AGAIN = Pitfall(
    "MBU-6",
    "A handler subscribes once more while the bus goes through the list of handlers, at the end of which it comes again, and again.",
    breaks=spec.no_duplication,
    subject=system({A: (HELLO,), B: (HERE,)}, {"hello": (HERE,)}, bus=AsWritten),
    length=4,
)
SWALLOWS_FAILURES = Pitfall(
    "MBU-7",
    "That a handler fails is written to a log: the message is gone, and nobody is told.",
    breaks=spec.only_what_ended_well_is_handled,
    subject=system({A: (HELLO,), B: (HERE,)}, {"hello": (Mishap.FAILS,)}, bus=SwallowsFailures),
    length=3,
)
HANGS = Pitfall(
    "MBU-8",
    "One handler hangs, and with it the bus: whatever is posted, on whatever, waits.",
    breaks=spec.everything_ends,
    subject=system(ALL_SUBSCRIBED, {"hello": (Mishap.HANGS,)}, bus=AsWritten, promises=ENDS),
    length=2,
)
SUBSCRIBES_TWICE = Pitfall(
    "MBU-9",
    "An agent that subscribes twice is given every message twice.",
    breaks=spec.no_duplication,
    subject=system({A: (HELLO,), B: (HERE, HERE)}, bus=AsWritten),
    length=4,
)
DIES_OF_A_CANCELLATION = Pitfall(
    "MBU-10",
    "A handler is cancelled, which is no error to who catches errors: the task that calls handlers ends, and the bus takes messages all the same.",
    breaks=spec.everything_ends,
    subject=system(ALL_SUBSCRIBED, {"hello": (Mishap.IS_CANCELLED,)}, bus=AsWritten, promises=ENDS),
    length=4,
)
PASSES_OVER = Pitfall(
    "MBU-11",
    "A message names somebody who has not subscribed to its kind, and does not reach it.",
    breaks=spec.everything_ends,
    subject=system({A: (Post(NEWS, "hello", B),), B: ()}, bus=AsWritten, promises=ENDS),
    length=1,
)
HAS_NO_NUMBERS = Pitfall(
    "MBU-12",
    "A response does not say what it answers, and is a message like any other.",
    breaks=spec.what_is_posted_was_said,
    subject=system({A: (Post(NEWS, "hello", B),), B: ()}, {"hello": (Respond("yes"),)}, bus=HasNoNumbers),
    length=2,
)
