"""Mistakes with mailboxes, handlers and responses that are not in the documents."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.messaging.message_bus.as_written import ALL_SUBSCRIBED, ENDS, HERE, NEWS
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.message_bus import OF_RESPONSES, A, B, Bus, Carrying, Running, Trigger, system
from concordant.spec.messaging.message_bus import (
    Act,
    Ask,
    DeadLetter,
    Handled,
    Message,
    Mishap,
    Post,
    Request,
    Respond,
    Stop,
    Stopped,
    TimeOut,
    Unsubscribe,
    Why,
)
from concordant.spec.messaging.message_bus import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Faults, Reply


@frozen
class LastFirst(Bus):
    """Has a stack for a mailbox."""

    def end(self, state: Carrying, agent: Address, how: DeadLetter | Handled) -> Step[Carrying]:
        waiting = state.waiting.get(agent, ())
        turned = evolve(state, waiting=state.waiting.put(agent, waiting[::-1])) if waiting else state
        return Bus.end(self, turned, agent, how)


@frozen
class BeginsAtOnce(Bus):
    """Calls a handler as soon as a message comes, also one that has not come back."""

    def arrive(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        return self.begin(state, agent, message)


@frozen
class HasOneTask(Bus):
    """Calls a handler when no other runs."""

    def arrive(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        if not state.running or agent in state.running:
            return Bus.arrive(self, state, agent, message)
        return step(evolve(state, waiting=state.waiting.put(agent, (*state.waiting.get(agent, ()), message))))


@frozen
class KnowsNoResponses(Bus):
    """Puts a response into the mailbox, as any message."""

    def is_awaited(self, running: Running, message: Message) -> bool:  # noqa: ARG002
        return False


@frozen
class BlamesTheTime(Bus):
    """Says of a message for which there is no room that its handler took too long."""

    def arrive(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        came = Bus.arrive(self, state, agent, message)
        full = Announce(DeadLetter(agent, message, Why.FULL))
        return step(came.state, *(Announce(DeadLetter(agent, message, self.why())) if each == full else each for each in came.effects))

    def why(self) -> Why:
        return Why.TIMED_OUT


@frozen
class BlamesTheEnd(BlamesTheTime):
    """Says of it that the bus was stopped."""

    def why(self) -> Why:
        return Why.DISCARDED


@frozen
class LeavesAPlaceFree(Bus):
    """Takes a mailbox for full in which there is one more place."""

    def arrive(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        return Bus.arrive(evolve(self, room=self.room - 1), state, agent, message)


@frozen
class HasRoomForAll(Bus):
    """Never takes a mailbox for full."""

    def arrive(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        return Bus.arrive(evolve(self, room=100), state, agent, message)


@frozen
class BlamesTheHandler(Bus):
    """Says of a handler whose time ran out that it failed."""

    def fire(self, state: Carrying, trigger: Trigger) -> Step[Carrying]:
        agent = trigger.agent
        if isinstance(trigger, TimeOut):
            return self.end(state, agent, DeadLetter(agent, state.running[agent].message, Why.FAILED))
        return Bus.fire(self, state, trigger)


@frozen
class LooksForSubscribers(Bus):
    """Looks for whom a message names among those that have subscribed to its kind."""

    def recipients(self, state: Carrying, message: Message) -> tuple[Address, ...]:
        found = Bus.recipients(self, state, message)
        return tuple(agent for agent in found if agent in state.subscribed.get(message.kind, ()))


@frozen
class DropsPosts(Bus):
    """Does not hear what handlers post."""

    def do(self, state: Carrying, agent: Address, message: Message, act: Act) -> Step[Carrying]:
        return step(state) if isinstance(act, Post) else Bus.do(self, state, agent, message, act)


@frozen
class DoesNotAwait(Bus):
    """Lets a handler go on that awaits a response."""

    def do(self, state: Carrying, agent: Address, message: Message, act: Act) -> Step[Carrying]:
        return Bus.do(self, state, agent, message, act.post if isinstance(act, Ask) else act)


@frozen
class SkipsAnAct(Bus):
    """Does only every other thing that a handler is to do."""

    def go_on(self, state: Carrying, agent: Address, running: Running) -> Step[Carrying]:
        return Bus.go_on(self, state, agent, evolve(running, rest=running.rest[1:]))


@frozen
class LeavesOff(Bus):
    """Takes a handler for ended that has done one thing."""

    def begin(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        begun = Bus.begin(self, state, agent, message)
        short = begun.state.running.change(agent, lambda running: evolve(running, rest=running.rest[:1]))
        return Step(evolve(begun.state, running=short), begun.effects)


@frozen
class DrainsAllTheSame(Bus):
    """Gives handlers what waits, though the bus is stopped at once."""

    def discard(self, state: Carrying) -> Step[Carrying]:
        return step(state)


@frozen
class LetsItRun(Bus):
    """Makes a dead letter of what a handler has whose time ran out, and lets it run."""

    def fire(self, state: Carrying, trigger: Trigger) -> Step[Carrying]:
        agent = trigger.agent
        dead = DeadLetter(agent, state.running[agent].message, Why.TIMED_OUT)
        return step(state, Announce(dead)) if isinstance(trigger, TimeOut) else Bus.fire(self, state, trigger)


@frozen
class ForgetsTheKind(Bus):
    """Forgets all that have subscribed to a kind when one no longer wants it."""

    def unsubscribe(self, state: Carrying, agent: Address, kind: str) -> Carrying:  # noqa: ARG002
        return evolve(state, subscribed=state.subscribed.drop(kind))


@frozen
class MakesThemWait(Bus):
    """Takes no notice of a cancellation while a handler runs."""

    def cancel(self, state: Carrying, client: Address) -> Step[Carrying]:
        return step(state) if state.running else super().cancel(state, client)


@frozen
class SaysItHasStopped(Bus):
    """Tells who stops it that it has, while handlers run; and then, that it has."""

    def request(self, state: Carrying, client: Address, request: Request) -> Step[Carrying]:
        asked = Bus.request(self, state, client, request)
        running = isinstance(request, Stop) and bool(state.running)
        return step(asked.state, *asked.effects, Reply(client, Stopped())) if running else asked


@frozen
class TriesForEver(Bus):
    """Calls a handler that failed again, with the same message, and lets no time run out."""

    def ahead(self, agent: Address, running: Running) -> tuple[Trigger, ...]:
        return tuple(each for each in Bus.ahead(self, agent, running) if not isinstance(each, TimeOut))

    def end(self, state: Carrying, agent: Address, how: DeadLetter | Handled) -> Step[Carrying]:
        failed = isinstance(how, DeadLetter) and how.why is Why.FAILED
        return self.begin(state, agent, how.message) if failed else Bus.end(self, state, agent, how)


@frozen
class GivesToTheFirst(Bus):
    """Gives a message to the first that has subscribed to its kind, as a queue of work does."""

    def recipients(self, state: Carrying, message: Message) -> tuple[Address, ...]:
        return Bus.recipients(self, state, message)[:1]


TO_B = Post(NEWS, "hello", B)
TWICE = {A: (TO_B, Post(NEWS, "again", B), Post(NEWS, "and again", B)), B: ()}
QUESTION = Ask(Post("question", "well?", A))
FAILS = {"hello": (Mishap.FAILS,)}

LAST_FIRST = Pitfall(
    "message_bus.LastFirst",
    "What waits in a mailbox is given to the handler from the end.",
    breaks=spec.senders_order,
    subject=system(TWICE, bus=LastFirst),
    length=4,
)
BEGINS_AT_ONCE = Pitfall(
    "message_bus.BeginsAtOnce",
    "A handler is called anew while it awaits something.",
    breaks=spec.one_at_a_time,
    subject=system(TWICE, bus=BeginsAtOnce),
    length=2,
)
HAS_ONE_TASK = Pitfall(
    "message_bus.HasOneTask",
    "One task calls all handlers: a message waits for the handler of another agent.",
    breaks=spec.nobody_waits_for_another,
    subject=system({A: (TO_B,), B: (Post(NEWS, "hello", A),)}, bus=HasOneTask),
    length=2,
)
KNOWS_NO_RESPONSES = Pitfall(
    "message_bus.KnowsNoResponses",
    "A response waits in the mailbox of an agent whose handler awaits it.",
    breaks=spec.a_response_does_not_wait_for_who_awaits_it,
    subject=system(
        {A: (TO_B,), B: ()},
        {"hello": (QUESTION,), "well?": (Respond("yes"),)},
        bus=KnowsNoResponses,
        promises=OF_RESPONSES,
    ),
    length=3,
)
BLAMES_THE_TIME = Pitfall(
    "message_bus.BlamesTheTime",
    "Of a message for which there is no room it is said that its handler took too long.",
    breaks=spec.a_dead_letter_is_true,
    subject=system(TWICE, room=1, bus=BlamesTheTime),
    length=3,
)
BLAMES_THE_END = Pitfall(
    "message_bus.BlamesTheEnd",
    "Of a message for which there is no room it is said that the bus was stopped.",
    breaks=spec.a_dead_letter_is_true,
    subject=system(TWICE, room=1, bus=BlamesTheEnd),
    length=3,
)
LEAVES_A_PLACE_FREE = Pitfall(
    "message_bus.LeavesAPlaceFree",
    "A mailbox is taken for full one message too early.",
    breaks=spec.a_dead_letter_is_true,
    subject=system(TWICE, bus=LeavesAPlaceFree),
    length=3,
)
HAS_ROOM_FOR_ALL = Pitfall(
    "message_bus.HasRoomForAll",
    "A mailbox is never full: one slow handler fills the memory.",
    breaks=spec.mailboxes_have_room,
    subject=system(TWICE, room=1, bus=HasRoomForAll),
    length=3,
)
BLAMES_THE_HANDLER = Pitfall(
    "message_bus.BlamesTheHandler",
    "Of a handler whose time ran out it is said that it failed.",
    breaks=spec.a_dead_letter_is_true,
    subject=system({A: (TO_B,), B: ()}, bus=BlamesTheHandler),
    length=2,
)
LOOKS_FOR_SUBSCRIBERS = Pitfall(
    "message_bus.LooksForSubscribers",
    "Of a message to somebody who has not subscribed to its kind it is said that it concerns nobody.",
    breaks=spec.a_dead_letter_is_true,
    subject=system({A: (TO_B,), B: ()}, bus=LooksForSubscribers),
    length=1,
)
DROPS_POSTS = Pitfall(
    "message_bus.DropsPosts",
    "What a handler posts does not go to anybody.",
    breaks=spec.what_is_said_is_posted,
    subject=system({A: (TO_B,), B: ()}, {"hello": (Post(NEWS, "world", A),)}, bus=DropsPosts),
    length=2,
)
DOES_NOT_AWAIT = Pitfall(
    "message_bus.DoesNotAwait",
    "A handler asks for something, and goes on without the response.",
    breaks=spec.handlers_do_what_is_next,
    subject=system(
        {A: (TO_B,), B: ()}, {"hello": (QUESTION, Post(NEWS, "world", A))}, bus=DoesNotAwait, promises=(spec.handlers_do_what_is_next,)
    ),
    length=3,
)
DOES_NOT_SHOW_WHAT_IT_AWAITS = Pitfall(
    "message_bus.DoesNotAwait/view",
    "A handler asks for something, and it is not remembered what.",
    breaks=spec.the_view_is_true,
    subject=system({A: (TO_B,), B: ()}, {"hello": (QUESTION,)}, bus=DoesNotAwait),
    length=2,
)
SKIPS_AN_ACT = Pitfall(
    "message_bus.SkipsAnAct",
    "A handler passes over what it is to do first.",
    breaks=spec.handlers_do_what_is_next,
    subject=system({A: (TO_B,), B: ()}, {"hello": (HERE, Post(NEWS, "world", A))}, bus=SkipsAnAct),
    length=2,
)
LEAVES_OFF = Pitfall(
    "message_bus.LeavesOff",
    "A handler is taken for ended that has more to do.",
    breaks=spec.only_what_ended_well_is_handled,
    subject=system({A: (TO_B,), B: ()}, {"hello": (HERE, Post(NEWS, "world", A))}, bus=LeavesOff),
    length=3,
)
DRAINS_ALL_THE_SAME = Pitfall(
    "message_bus.DrainsAllTheSame",
    "The bus is stopped at once, and gives handlers what waits.",
    breaks=spec.nothing_is_begun_once_stopped_at_once,
    subject=system(TWICE | {B: (Stop(drain=False),)}, bus=DrainsAllTheSame),
    length=4,
)
LETS_IT_RUN = Pitfall(
    "message_bus.LetsItRun",
    "A handler whose time ran out runs on, and keeps its agent from the next message.",
    breaks=spec.the_view_is_true,
    subject=system({A: (TO_B,), B: ()}, bus=LetsItRun),
    length=2,
)
FORGETS_THE_KIND = Pitfall(
    "message_bus.ForgetsTheKind",
    "One agent unsubscribes, and nobody is given anything more.",
    breaks=spec.the_view_is_true,
    subject=system({A: (HERE,), B: (HERE, Unsubscribe(NEWS))}, bus=ForgetsTheKind),
    length=3,
)
SAYS_IT_HAS_STOPPED = Pitfall(
    "message_bus.SaysItHasStopped",
    "Who stops the bus is told that it has stopped while a handler runs.",
    breaks=spec.an_answer_is_true,
    subject=system({A: (TO_B,), B: (Stop(),)}, bus=SaysItHasStopped),
    length=2,
)
MAKES_THEM_WAIT = Pitfall(
    "message_bus.MakesThemWait",
    "Who no longer wants to wait for the end of the bus waits on, until the last handler has ended.",
    breaks=spec.who_cancels_leaves_at_once,
    subject=system({A: (TO_B,), B: (Stop(),)}, faults=Faults(cancellations=1), bus=MakesThemWait),
    length=3,
)
SAYS_IT_TWICE = Pitfall(
    "message_bus.SaysItHasStopped/twice",
    "Who stops the bus is told so at once, and again when the last handler has ended.",
    breaks=spec.nobody_is_answered_twice,
    subject=system({A: (TO_B,), B: (Stop(),)}, bus=SaysItHasStopped, promises=(spec.nobody_is_answered_twice,)),
    length=3,
)
TRIES_FOR_EVER = Pitfall(
    "message_bus.TriesForEver",
    "A handler fails, and is given the same message again: it fails of it for ever.",
    breaks=spec.everything_ends,
    subject=system({A: (TO_B,), B: ()}, FAILS, bus=TriesForEver, promises=ENDS),
    length=2,
)
NEVER_STOPS = Pitfall(
    "message_bus.TriesForEver/stop",
    "The bus waits for a handler that fails for ever of one message, and never stops.",
    breaks=spec.every_call_ends,
    subject=system({A: (TO_B,), B: (Stop(),)}, FAILS, bus=TriesForEver, promises=(spec.every_call_ends,)),
    length=3,
)
GIVES_TO_THE_FIRST = Pitfall(
    "message_bus.GivesToTheFirst",
    "Of all that have subscribed to a kind one is given a message of it.",
    breaks=spec.everything_ends,
    subject=system(ALL_SUBSCRIBED, bus=GivesToTheFirst, promises=ENDS),
    length=4,
)
