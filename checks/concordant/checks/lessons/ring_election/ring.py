"""Members stand in a ring, and each can speak to the next alone: they are to elect one leader. Two guards compare too little.

Each sends its identity round. A member passes on what comes before its own, and sends its own instead of what does not. Whose identity
comes back to it is the leader, and says so to all.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Block, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Cases, Clause, Map, Reply, Seen, Send, addresses, always, at_rest, case

# ---- what is said


@frozen(order=True)
class Identity:
    """What a member is known by: how much it can carry, and a number, which no other has. One with a greater weight comes before."""

    weight: int
    number: int


@frozen
class Elect:
    """A user asks a member who the leader is, and for an election if there is none."""


@frozen
class Claim:
    """Somebody would be the leader."""

    of: Identity


@frozen
class Leads:
    """Somebody is the leader: the message, and the user's answer."""

    who: Identity


@frozen
class Elected:
    """A member has become the leader: the event."""

    identity: Identity


# ---- what can be seen, what is remembered, and what must hold


@frozen
class Knows:
    """Who a member is, and whom it takes for the leader; None before."""

    identity: Identity
    leader: Identity | None


@frozen
class History:
    """Which members have become the leader, with their identities."""

    elected: Map[Address, Identity] = Map()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        return evolve(self, elected=self.elected.put(at, happening.identity)) if isinstance(happening, Elected) else self


@always()
def at_most_one_is_elected(seen: Seen[History]) -> Cases:
    """At most one member becomes the leader."""
    yield case(len(seen.history.elected) <= 1, elected=tuple(seen.history.elected))


@always()
def nobody_heavier_is_passed_over(seen: Seen[History]) -> Cases:
    """No member has a greater weight than one that has become the leader."""
    for identity in seen.history.elected.values():
        yield case(all(knows.identity.weight <= identity.weight for knows in seen.views(Knows).values()), elected=identity)


@at_rest()
def everybody_knows_a_leader(seen: Seen[History]) -> Cases:
    """At rest each member knows a leader, and no user waits."""
    yield case(all(knows.leader is not None for knows in seen.views(Knows).values()) and not seen.waiting(), waiting=seen.waiting())


# ---- the machine


@frozen
class Standing:
    """For whom a member works, whether it has sent its identity round, and whom it takes for the leader."""

    user: Address | None = None
    stands: bool = False
    leader: Identity | None = None


@frozen
class Member(Process[Standing, Claim | Leads, Elect, None]):
    """Sends its identity round, and hears those of others."""

    identity: Identity
    next: Address

    def start(self) -> Step[Standing]:
        """Begin without a leader."""
        return step(Standing())

    def comes_before(self, other: Identity) -> bool:
        """Tell whether somebody else may rather be the leader, so that its claim is passed on."""
        return other.weight >= self.identity.weight

    def is_own(self, identity: Identity) -> bool:
        """Tell whether a claim is this member's, which has come round."""
        return identity.weight == self.identity.weight

    def request(self, state: Standing, client: Address, request: Elect) -> Step[Standing]:
        """Answer, or stand."""
        if state.leader is not None:
            return step(state, Reply(client, Leads(state.leader)))
        return self.stand(evolve(state, user=client))

    def stand(self, state: Standing) -> Step[Standing]:
        """Send the own identity round, once."""
        return step(state) if state.stands else step(evolve(state, stands=True), Send(self.next, Claim(self.identity)))

    def receive(self, state: Standing, source: Address, message: Claim | Leads) -> Step[Standing]:
        """Become the leader, pass a claim on, or send one's own instead; hear who leads, and pass that on."""
        match message:
            case Claim(of) if self.is_own(of):
                after = self.led(state, self.identity)
                return Step(after.state, (Announce(Elected(self.identity)), Send(self.next, Leads(self.identity)), *after.effects))
            case Claim(of) if self.comes_before(of):
                return step(state, Send(self.next, message))
            case Claim():
                return self.stand(state)
            case Leads(who) if who == self.identity:
                return step(state)
            case Leads(who):
                after = self.led(state, who)
                return Step(after.state, (Send(self.next, message), *after.effects))

    def led(self, state: Standing, leader: Identity) -> Step[Standing]:
        """Note who leads, and answer a user that waits."""
        waits = () if state.user is None else (state.user,)
        return step(evolve(state, user=None, leader=leader), *(Reply(user, Leads(leader)) for user in waits))

    def view(self, state: Standing) -> Knows:
        """Show who it is, and whom it takes for the leader."""
        return Knows(self.identity, state.leader)


# ---- what is checked

THREE = (Identity(2, 0), Identity(1, 1), Identity(2, 2))
"""Two of them can carry the same."""
FOUR = (Identity(1, 0), Identity(2, 1), Identity(1, 3), Identity(2, 2))
"""The same, and neither the first number nor the last is of one that can carry most."""
TWINS = (Identity(1, 0), Identity(1, 0))
"""Nothing tells them apart."""
PAIR = (Identity(1, 0), Identity(1, 1))
"""A number does."""


def system(member: type[Member] = Member, *more: Clause, identities: tuple[Identity, ...] = THREE, alike: bool = False) -> System[History]:
    """Put members in a ring, each with a user. `alike`: they are declared to be interchangeable, each with its user."""
    names, users = addresses("member", len(identities)), addresses("user", len(identities))
    blocks: tuple[Block, ...] = tuple(zip(names, users, strict=True))
    return System(
        {name: member(identities[place], names[(place + 1) % len(names)]) for place, name in enumerate(names)},
        History(),
        (at_most_one_is_elected, nobody_heavier_is_passed_over, everybody_knows_a_leader, *more),
        users=tuple(User(user, (name,), ((Elect(),),)) for name, user in blocks),
        symmetric=(blocks,) if alike else (),
    )


SYSTEM = system()
