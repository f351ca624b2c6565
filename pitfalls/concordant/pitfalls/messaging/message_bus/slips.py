"""Mistakes with mailboxes, handlers and responses that are not in the documents."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.messaging.message_bus.as_written import ALL_SUBSCRIBED, ENDS, NEWS
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.message_bus import OF_RESPONSES, A, B, Bus, Carrying, Running, Trigger, system
from concordant.spec.messaging import message_bus as spec
from concordant.spec.messaging.message_bus import (
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
    Why,
)
from concordant.spec.vocabulary import Address, Announce, Reply


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
    """Says of every handler that comes to nothing that its time ran out."""

    def arrive(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        came = Bus.arrive(self, state, agent, message)
        full = DeadLetter(agent, message, Why.FULL)
        blamed = (Announce(evolve(full, why=Why.TIMED_OUT)) if each == Announce(full) else each for each in came.effects)
        return step(came.state, *blamed)


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
        {"hello": (Ask(Post("question", "well?", A)),), "well?": (Respond("yes"),)},
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
SAYS_IT_HAS_STOPPED = Pitfall(
    "message_bus.SaysItHasStopped",
    "Who stops the bus is told that it has stopped while a handler runs.",
    breaks=spec.an_answer_is_true,
    subject=system({A: (TO_B,), B: (Stop(),)}, bus=SaysItHasStopped),
    length=2,
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
    length=3,
)
NEVER_STOPS = Pitfall(
    "message_bus.TriesForEver/stop",
    "The bus waits for a handler that fails for ever of one message, and never stops.",
    breaks=spec.every_call_ends,
    subject=system({A: (TO_B,), B: (Stop(),)}, FAILS, bus=TriesForEver, promises=(spec.every_call_ends,)),
    length=4,
)
GIVES_TO_THE_FIRST = Pitfall(
    "message_bus.GivesToTheFirst",
    "Of all that have subscribed to a kind one is given a message of it.",
    breaks=spec.everything_ends,
    subject=system(ALL_SUBSCRIBED, bus=GivesToTheFirst, promises=ENDS),
    length=4,
)
