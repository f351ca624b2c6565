"""A message bus as one machine: a mailbox for each agent, and the handlers that run now, each at a place of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.messaging.message_bus import (
    CANCELLED,
    IS_SUBSCRIBED,
    NOT_SUBSCRIBED,
    STOPPED,
    Accepted,
    Act,
    Ask,
    BusView,
    DeadLetter,
    Does,
    Done,
    Given,
    GoesOn,
    Handled,
    History,
    Message,
    Mishap,
    Post,
    Posted,
    Request,
    Respond,
    Stop,
    Stopped,
    Subscribe,
    TimeOut,
    Unsubscribe,
    Why,
)
from concordant.spec.messaging.message_bus import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Reply, addresses

Trigger: TypeAlias = GoesOn | TimeOut


@frozen
class Running:
    """A handler, the message that it has, what it will do yet, and the number of the message to which it awaits a response."""

    message: Message
    rest: tuple[Act, ...]
    awaits: int | None = None


@frozen
class Carrying:
    """How much was posted, who is subscribed to which kind, what is in the mailboxes, and which handlers run.

    `stopping`: whether the bus takes no more; `clients`: who waits until it has stopped.
    """

    posted: int = 0
    subscribed: Map[str, tuple[Address, ...]] = Map()
    waiting: Map[Address, tuple[Message, ...]] = Map()
    running: Map[Address, Running] = Map()
    stopping: bool = False
    clients: tuple[Address, ...] = ()


@frozen
class Bus(Process[Carrying, Never, Request, Trigger]):
    """The bus of these agents. `plans`: by content, what a handler does with a message; `room`: how many messages a mailbox holds."""

    agents: tuple[Address, ...]
    plans: Map[str, tuple[Act, ...]] = Map()
    room: int = 2

    def start(self) -> Step[Carrying]:
        return step(Carrying())

    # ---- what agents ask

    def request(self, state: Carrying, client: Address, request: Request) -> Step[Carrying]:
        match request:
            case Post():
                if state.stopping:
                    return step(state, Reply(client, STOPPED))
                return self.post(state, client, request).then(lambda now: step(now, Reply(client, Accepted(state.posted))))
            case Subscribe(kind):
                if client in state.subscribed.get(kind, ()):
                    return step(state, Reply(client, IS_SUBSCRIBED))
                return step(self.subscribe(state, client, kind), Reply(client, Done()))
            case Unsubscribe(kind):
                if client not in state.subscribed.get(kind, ()):
                    return step(state, Reply(client, NOT_SUBSCRIBED))
                return step(self.unsubscribe(state, client, kind), Reply(client, Done()))
            case Stop(drain):
                stopping = evolve(state, stopping=True, clients=(*state.clients, client))
                return (step(stopping) if drain else self.discard(stopping)).then(self.settle)
            case _:
                assert_never(request)

    def cancel(self, state: Carrying, client: Address) -> Step[Carrying]:
        """Let somebody no longer wait until the bus has stopped, which it does all the same."""
        return step(evolve(state, clients=tuple(each for each in state.clients if each != client)), Reply(client, CANCELLED))

    def subscribe(self, state: Carrying, agent: Address, kind: str) -> Carrying:
        known = state.subscribed.get(kind, ())
        return state if agent in known else evolve(state, subscribed=state.subscribed.put(kind, (*known, agent)))

    def unsubscribe(self, state: Carrying, agent: Address, kind: str) -> Carrying:
        rest = tuple(each for each in state.subscribed.get(kind, ()) if each != agent)
        return evolve(state, subscribed=state.subscribed.put(kind, rest) if rest else state.subscribed.drop(kind))

    def discard(self, state: Carrying) -> Step[Carrying]:
        dead = [DeadLetter(agent, message, Why.DISCARDED) for agent, messages in state.waiting.items() for message in messages]
        return step(evolve(state, waiting=Map()), *map(Announce, dead))

    def settle(self, state: Carrying) -> Step[Carrying]:
        """Tell who waits for it that the bus has stopped, once no handler runs: then nothing waits either."""
        if state.running or not state.clients:
            return step(state)
        return step(evolve(state, clients=()), *(Reply(client, Stopped()) for client in state.clients))

    # ---- from one agent to others

    def post(self, state: Carrying, sender: Address, post: Post, answers: int | None = None) -> Step[Carrying]:
        message = Message(state.posted, post.kind, post.content, sender, post.to, answers)
        recipients = self.recipients(state, message)
        after = step(evolve(state, posted=state.posted + 1), Announce(Posted(message)))
        if not recipients:
            return step(after.state, *after.effects, Announce(DeadLetter(None, message, Why.NOBODY)))
        for agent in recipients:
            after = after.then(lambda now, agent=agent: self.arrive(now, agent, message))  # type: ignore[misc]  # bound now
        return after

    def recipients(self, state: Carrying, message: Message) -> tuple[Address, ...]:
        """Return whom a message concerns, now: whom it names, whatever that has subscribed to, or else who is subscribed."""
        if message.to is not None:
            return tuple(agent for agent in self.agents if agent == message.to)
        return tuple(agent for agent in state.subscribed.get(message.kind, ()) if agent != message.sender)

    def arrive(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        """Give a message to a handler that runs not, or awaits just this; or let it wait."""
        running = state.running.get(agent)
        if running is None:
            return self.begin(state, agent, message)
        # The hard step. A response to what a handler awaits must not wait for the handler, which waits for it.
        if self.is_awaited(running, message):
            return step(evolve(state, running=state.running.put(agent, evolve(running, awaits=None))), Announce(Given(agent, message)))
        waiting = state.waiting.get(agent, ())
        if len(waiting) >= self.room:
            return step(state, Announce(DeadLetter(agent, message, Why.FULL)))
        return step(evolve(state, waiting=state.waiting.put(agent, (*waiting, message))))

    def is_awaited(self, running: Running, message: Message) -> bool:
        """Tell whether a message is the response that a handler awaits."""
        return running.awaits is not None and message.answers == running.awaits

    # ---- handlers

    def begin(self, state: Carrying, agent: Address, message: Message) -> Step[Carrying]:
        running = Running(message, self.plans.get(message.content, ()))
        return step(evolve(state, running=state.running.put(agent, running)), Announce(Given(agent, message)))

    def armed(self, state: Carrying) -> tuple[Trigger, ...]:
        return tuple(trigger for agent, running in state.running.items() for trigger in self.ahead(agent, running))

    def ahead(self, agent: Address, running: Running) -> tuple[Trigger, ...]:
        """List what may happen to a handler."""
        stuck = running.awaits is not None or running.rest[:1] == (Mishap.HANGS,)
        return (TimeOut(agent),) if stuck else (GoesOn(agent), TimeOut(agent))

    def fire(self, state: Carrying, trigger: Trigger) -> Step[Carrying]:
        agent, running = trigger.agent, state.running[trigger.agent]
        match trigger:
            case TimeOut():
                return self.end(state, agent, DeadLetter(agent, running.message, Why.TIMED_OUT))
            case GoesOn():
                return self.go_on(state, agent, running)
            case _:
                assert_never(trigger)

    def go_on(self, state: Carrying, agent: Address, running: Running) -> Step[Carrying]:
        if not running.rest:
            return self.end(state, agent, Handled(agent, running.message))
        act, *rest = running.rest
        on = evolve(state, running=state.running.put(agent, evolve(running, rest=tuple(rest))))
        done = self.do(on, agent, running.message, act)
        return step(done.state, Announce(Does(agent, act)), *done.effects)

    def do(self, state: Carrying, agent: Address, message: Message, act: Act) -> Step[Carrying]:
        """Do what a handler does. A bus that is stopping takes nothing more but responses, which somebody may await."""
        match act:
            case Post():
                return step(state) if state.stopping else self.post(state, agent, act)
            case Ask(post):
                awaiting = evolve(state.running[agent], awaits=state.posted)
                asking = evolve(state, running=state.running.put(agent, awaiting))
                return step(state) if state.stopping else self.post(asking, agent, post)
            case Respond(content):
                return self.post(state, agent, Post(message.kind, content, message.sender), message.number)
            case Subscribe(kind):
                return step(self.subscribe(state, agent, kind))
            case Unsubscribe(kind):
                return step(self.unsubscribe(state, agent, kind))
            case Mishap():
                return self.end(state, agent, self.failed(agent, message))
            case _:
                assert_never(act)

    def failed(self, agent: Address, message: Message) -> DeadLetter | Handled:
        """Say what becomes of a message of which a handler fails, or in which it is cancelled."""
        return DeadLetter(agent, message, Why.FAILED)

    def end(self, state: Carrying, agent: Address, how: DeadLetter | Handled) -> Step[Carrying]:
        """End a handler, and give it what waits longest for it."""
        waiting = state.waiting.get(agent, ())
        ended = evolve(state, running=state.running.drop(agent), waiting=state.waiting.drop(agent))
        if not waiting:
            return step(ended, Announce(how)).then(self.settle)
        message, *rest = waiting
        left = evolve(ended, waiting=ended.waiting.put(agent, tuple(rest))) if rest else ended
        return step(left, Announce(how)).then(lambda now: self.begin(now, agent, message))

    def view(self, state: Carrying) -> BusView:
        return BusView(
            Map.of((agent, tuple(each.number for each in messages)) for agent, messages in state.waiting.items()),
            Map.of((agent, each.message.number) for agent, each in state.running.items()),
            Map.of((agent, each.awaits) for agent, each in state.running.items() if each.awaits is not None),
            Map.of((kind, frozenset(agents)) for kind, agents in state.subscribed.items()),
        )


SAFE: tuple[Clause, ...] = (
    spec.what_is_posted_was_said,
    spec.what_is_said_is_posted,
    spec.handlers_do_what_is_next,
    spec.nothing_is_begun_once_stopped_at_once,
    spec.only_whom_it_concerns,
    spec.no_duplication,
    spec.senders_order,
    spec.one_at_a_time,
    spec.only_what_ended_well_is_handled,
    spec.a_dead_letter_is_true,
    spec.the_view_is_true,
    spec.mailboxes_have_room,
    spec.nobody_waits_for_another,
    spec.an_answer_is_true,
    spec.who_cancels_leaves_at_once,
    spec.nobody_is_answered_twice,
)
PROMISES: tuple[Clause, ...] = (*SAFE, spec.everything_ends, spec.every_call_ends)
OF_RESPONSES: tuple[Clause, ...] = (*PROMISES, spec.a_response_does_not_wait_for_who_awaits_it)
BUS = Address("bus")
A, B, C = addresses("agent", 3)


def system(
    scripts: Mapping[Address, tuple[Request, ...]],
    plans: Mapping[str, tuple[Act, ...]] | None = None,
    *,
    room: int = 2,
    bus: type[Bus] = Bus,
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a bus and its agents together, each of which asks for what its script says. `plans`: by content, what handlers do."""
    agents = tuple(scripts)
    users = tuple(User(name, (BUS,), tuple((each,) for each in script)) for name, script in scripts.items())
    machine = bus(agents, Map.of(plans or {}), room)
    return System({BUS: machine}, History(room, frozenset(agents), machine.plans), promises, faults=faults, users=users)
