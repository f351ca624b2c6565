"""An organiser and its agents as machines: the organiser fills roles, and turns down what comes from an epoch that is over."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.hierarchies.adaptive_hierarchy import (
    BUSY,
    Abandoned,
    Able,
    Accepted,
    AgentView,
    Appoint,
    Finishes,
    Log,
    Organised,
    OrganiserView,
    Perform,
    Performed,
    Recorded,
    Result,
    Reweigh,
    Role,
)
from concordant.spec.hierarchies.adaptive_hierarchy import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Map, Network, Rejected, Reply, Send, addresses

# ---- organiser


@frozen
class Idle:
    """No task is under way. `epoch`: the latest, in all tasks; `loads`: what agents have to do besides; `down`: which are suspected."""

    epoch: int = 0
    loads: Map[Address, int] = Map()
    down: frozenset[Address] = frozenset()


@frozen
class Organising:
    """A client's task is under way: who has which role, in which epoch it was given away, and which are done."""

    lasting: Idle
    client: Address
    roles: tuple[Role, ...]
    holders: Map[str, Address] = Map()
    epochs: Map[str, int] = Map()
    done: frozenset[str] = frozenset()


State: TypeAlias = Idle | Organising


@frozen
class Organiser(Process[State, Result, Perform | Reweigh, Never]):
    """Runs one task at a time. `able`: which roles each agent can have; `margin`: what a better organisation must save, at least 1."""

    able: Able
    margin: int

    def start(self) -> Step[State]:
        return step(Idle())

    def request(self, state: State, client: Address, request: Perform | Reweigh) -> Step[State]:
        match request:
            case Perform(roles):
                return self.asked(state, client, roles)
            case Reweigh(agent, more):
                return self.reweighed(state, agent, 1 if more else -1)
            case _:
                assert_never(request)

    def asked(self, state: State, client: Address, roles: tuple[Role, ...]) -> Step[State]:
        if isinstance(state, Organising):
            return step(state, Reply(client, BUSY))
        wrong = self.flaw(roles)
        return self.begin(Organising(state, client, roles)) if wrong is None else step(state, Reply(client, Rejected(wrong)))

    def begin(self, new: Organising) -> Step[State]:
        best = self.best(new)
        if best is None:
            return step(new.lasting, Reply(new.client, Rejected("the roles cannot be filled")))
        return self.organise(new, best, Announce(Accepted(new.client, new.roles)))

    def flaw(self, roles: tuple[Role, ...]) -> str | None:
        """Say why roles are no tree; None if they are."""
        names = [role.name for role in roles]
        reached: set[str | None] = {None}
        while more := {role.name for role in roles if role.above in reached} - reached:
            reached |= more
        if not names:
            return "there are no roles"
        if len([role for role in roles if role.above is None]) > 1:
            return "there are two top roles"
        for name in names:
            if names.count(name) > 1:
                return f"two roles are named {name}"
            if name not in reached:
                return f"nothing leads from {name} to the top"
        return None

    def reweighed(self, state: State, agent: Address, by: int) -> Step[State]:
        lasting = state if isinstance(state, Idle) else state.lasting
        changed = evolve(lasting, loads=lasting.loads.put(agent, lasting.loads.get(agent, 0) + by))
        return step(changed) if isinstance(state, Idle) else self.reconsider(evolve(state, lasting=changed))

    def reconsider(self, state: Organising) -> Step[State]:
        """Fill roles anew if that saves enough."""
        # The hard step: what is saved was nothing when the roles were filled. It grows by one, at most, when a load changes by one, and
        # not when a role is done or somebody without one is lost: it comes to the margin after as many changes at the earliest.
        best = self.best(state)
        return step(state) if best is None or self.saved(state, best) < self.margin else self.organise(state, best)

    def saved(self, state: Organising, best: Map[str, Address]) -> int:
        return self.cost(state, state.holders) - self.cost(state, best)

    def cost(self, state: Organising, holders: Map[str, Address]) -> int:
        return sum(state.lasting.loads.get(agent, 0) for agent in holders.values())

    def best(self, state: Organising) -> Map[str, Address] | None:
        """Return the cheapest way to fill the roles that are not done, and of these one that changes least; None if there is none."""
        left = [role.name for role in state.roles if role.name not in state.done]
        kept = {name: agent for name, agent in state.holders.items() if name in state.done}
        free = [agent for agent in self.able if agent not in state.lasting.down and agent not in kept.values()]
        ways = [Map.of({**kept, **way}) for way in self.ways(left, free)]
        return min(ways, key=lambda way: (self.cost(state, way), self.changed(state, way)), default=None)

    def ways(self, roles: list[str], free: list[Address]) -> list[dict[str, Address]]:
        """List the ways to fill roles."""
        if not roles:
            return [{}]
        able = [agent for agent in free if roles[0] in self.able[agent]]
        return [{roles[0]: agent, **way} for agent in able for way in self.ways(roles[1:], [each for each in free if each != agent])]

    def changed(self, state: Organising, holders: Map[str, Address]) -> int:
        return len([name for name, agent in holders.items() if state.holders.get(name) != agent])

    def organise(self, state: Organising, holders: Map[str, Address], *effects: Effect) -> Step[State]:
        epochs = Map.of({name: epoch for name, epoch in state.epochs.items() if holders[name] == state.holders[name]})
        return self.appoint(evolve(state, holders=holders, epochs=epochs), *effects, Announce(Organised(holders)))

    def appoint(self, state: Organising, *effects: Effect) -> Step[State]:
        """Give away each role that waits for nothing below it, if its holder does not have it yet: each in an epoch of its own."""
        for role in state.roles:
            if role.name not in state.epochs and self.is_ready(state, role):
                epoch = state.lasting.epoch + 1
                state = evolve(state, lasting=evolve(state.lasting, epoch=epoch), epochs=state.epochs.put(role.name, epoch))
                effects = (*effects, Send(state.holders[role.name], Appoint(epoch, role.name)))
        return step(state, *effects)

    def is_ready(self, state: Organising, role: Role) -> bool:
        return all(each.name in state.done for each in state.roles if each.above == role.name)

    def receive(self, state: State, source: Address, message: Result) -> Step[State] | None:
        if isinstance(state, Idle) or not self.is_responsible(state, message) or message.role in state.done:
            return None  # a copy, or from who was replaced
        return self.go_on(evolve(state, done=state.done | {message.role}), Announce(self.recorded(message, source)))

    def recorded(self, result: Result, source: Address) -> Recorded:
        return Recorded(result.epoch, result.role, source)

    def go_on(self, state: Organising, *effects: Effect) -> Step[State]:
        """Give away what is ready; answer where all is done."""
        if len(state.done) < len(state.roles):
            return self.appoint(state, *effects)
        return step(state.lasting, *effects, Reply(state.client, Performed(state.holders)))

    def is_responsible(self, state: Organising, result: Result) -> bool:
        """Tell whether the role was given away last in the epoch of a result: nobody else was given anything in it."""
        return state.epochs.get(result.role) == result.epoch

    def suspect(self, state: State, peer: Address) -> Step[State] | None:
        lasting = state if isinstance(state, Idle) else state.lasting
        if peer in lasting.down:
            return None
        warned = evolve(lasting, down=lasting.down | {peer})
        if isinstance(state, Idle):
            return step(warned)
        after = evolve(state, lasting=warned)
        return self.replace(after) if self.has_open_role(state, peer) else step(after)

    def has_open_role(self, state: Organising, agent: Address) -> bool:
        return any(holder == agent and name not in state.done for name, holder in state.holders.items())

    def replace(self, state: Organising) -> Step[State]:
        best = self.best(state)
        return self.abandon(state) if best is None else self.organise(state, best)

    def abandon(self, state: Organising) -> Step[State]:
        done = Map.of({name: agent for name, agent in state.holders.items() if name in state.done})
        return step(state.lasting, Reply(state.client, Abandoned(done)))

    def view(self, state: State) -> OrganiserView:
        match state:
            case Idle():
                return OrganiserView(Map(), frozenset())
            case Organising():
                return OrganiserView(state.holders, state.done)
            case _:
                assert_never(state)


# ---- agent


@frozen
class Free:
    """Acts in no role. `last`: the epoch in which it was given one last."""

    last: int = 0


@frozen
class Acting:
    """Acts in a role."""

    appointed: Appoint


@frozen
class Agent(Process[Free | Acting, Appoint, Never, Finishes]):
    """Acts in the role that it was given in the latest epoch that it knows of."""

    organiser: Address

    def start(self) -> Step[Free | Acting]:
        return step(Free())

    def receive(self, state: Free | Acting, source: Address, message: Appoint) -> Step[Free | Acting] | None:  # noqa: ARG002  # there is one organiser
        return None if self.is_old(state, message) else step(Acting(message))

    def is_old(self, state: Free | Acting, message: Appoint) -> bool:
        return message.epoch <= (state.last if isinstance(state, Free) else state.appointed.epoch)

    def armed(self, state: Free | Acting) -> tuple[Finishes, ...]:
        return (Finishes(state.appointed.epoch, state.appointed.role),) if isinstance(state, Acting) else ()

    def fire(self, state: Free | Acting, trigger: Finishes) -> Step[Free | Acting]:  # noqa: ARG002  # what ends says what it was
        return step(Free(trigger.epoch), Send(self.organiser, Result(trigger.epoch, trigger.role)))

    def view(self, state: Free | Acting) -> AgentView:
        return AgentView(state.appointed if isinstance(state, Acting) else None)


PROMISES: tuple[Clause, ...] = (
    spec.what_is_accepted_was_asked_for_and_can_be_filled,
    spec.a_rejection_has_a_reason,
    spec.nobody_is_answered_twice,
    spec.the_hierarchy_is_well_formed,
    spec.nothing_is_reorganised_without_a_reason,
    spec.as_few_roles_pass_on_as_can,
    spec.no_organisation_is_much_better,
    spec.what_is_done_stays_done,
    spec.every_appointment_begins_an_epoch,
    spec.nobody_is_replaced_without_need,
    spec.nobody_else_acts_in_an_epoch,
    spec.a_result_is_of_who_is_responsible,
    spec.an_answer_is_true,
    spec.nobody_waits,
    spec.every_task_ends,
)

ORGANISER, USER, RIVAL, OBSERVER = Address("organiser"), Address("user"), Address("user", 1), Address("observer")


def system(
    *tasks: tuple[Role, ...],
    able: tuple[str, ...],
    rival: tuple[tuple[Role, ...], ...] = (),
    weighs: tuple[Reweigh, ...] = (),
    margin: int = 2,
    network: Network = Network(),
    faults: Faults = Faults(detector=True),
    organiser: type[Organiser] = Organiser,
    agent: type[Agent] = Agent,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Log]:
    """Put an organiser, agents and users together. `able`: which roles each agent can have, words apart.

    A user asks for tasks, one after the other; a rival asks for others, and an observer tells of loads, whenever they like.
    """
    agents = Map.of({name: frozenset(roles.split()) for name, roles in zip(addresses("agent", len(able)), able, strict=True)})
    scripts: dict[Address, tuple[Perform | Reweigh, ...]] = {
        USER: tuple(map(Perform, tasks)),
        RIVAL: tuple(map(Perform, rival)),
        OBSERVER: weighs,
    }
    return System(
        {ORGANISER: organiser(agents, margin), **{name: agent(ORGANISER) for name in agents}},
        Log(agents, margin),
        promises,
        network,
        faults,
        tuple(User(name, (ORGANISER,), tuple((asked,) for asked in script)) for name, script in scripts.items() if script),
    )
