"""An organiser fills the roles of a hierarchy with agents, and fills them anew when one fails or has too much to do; who may act is told by epochs.

Source: Corkill and Lander, "Diversity in Agent Organizations" (1998), and Horling and Lesser, "A survey of multi-agent organizational
paradigms" (2004), of organisations that change; fencing by numbers as in Burrows, "The Chubby lock service" (2006).
Kept when it reorganises: every role is filled, nobody has two, what is done stays done, and every appointment begins a new epoch, in which
the one who is appointed alone is responsible for the role. Hysteresis: an organisation stays until a better one saves at least the margin;
so between two reorganisations that nobody's failure calls for, loads change, by one each time, at least as often as the margin says.
Chosen: work goes from the bottom up: a role is taken up once those below it are done; who is replaced is not told: its result is turned down.
Assumes: the organiser does not crash; whoever crashed stays down. One task at a time.
Does not promise: an end, where an agent is down and nobody says so; that nobody does again what another, who was replaced, has done.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Completion, Map, Rejected, Reply, Send, Suspected

# ---- roles


@frozen
class Role:
    """A role of a hierarchy, and that above it; the top role has none above."""

    name: str
    above: str | None = None


Able: TypeAlias = Map[Address, frozenset[str]]
"""Which roles each agent can have."""

# ---- messages


@frozen
class Appoint:
    """The organiser gives an agent a role, in a new epoch; whatever it had before, it has no more."""

    epoch: int
    role: str


@frozen
class Result:
    """An agent has done what its role, which it was given in this epoch, asks of it."""

    epoch: int
    role: str


# ---- requests and answers


@frozen
class Perform:
    """A user asks for a task. Answered by `Performed` or `Abandoned`, or `Rejected` where its roles cannot be filled, or while another is under way."""

    roles: tuple[Role, ...]


@frozen
class Reweigh:
    """Somebody tells the organiser that an agent has one thing more to do besides, or one less."""

    answered = False

    agent: Address
    more: bool


@frozen
class Performed:
    """Who has done what each role asks."""

    credits: Map[str, Address]


@frozen
class Abandoned:
    """The roles cannot all be filled any more. Who has done what until then."""

    credits: Map[str, Address]


BUSY = Rejected("another task is under way")

# ---- triggers


@frozen
class Finishes(Completion):
    """An agent comes to an end with what its role asks."""

    epoch: int
    role: str


# ---- events


@frozen
class Accepted:
    """The organiser has taken a client's task."""

    client: Address
    roles: tuple[Role, ...]


@frozen
class Organised:
    """The organiser has filled the roles, at first or anew."""

    holders: Map[str, Address]


@frozen
class Recorded:
    """The organiser has taken a result."""

    epoch: int
    role: str
    agent: Address


# ---- views


@frozen
class OrganiserView:
    """Who has which role, and which are done."""

    holders: Map[str, Address]
    done: frozenset[str]


@frozen
class AgentView:
    """In which epoch an agent was given the role that it acts in; None where it acts in none."""

    acts: Appoint | None


# ---- history


@frozen
class Appointed:
    """Who was given which role."""

    role: str
    agent: Address


@frozen
class Log:
    """What happened to the task that is under way, and in all epochs. `able` and `margin` are fixed.

    `loads`: what agents have to do besides; `changes`: how often that changed since roles were filled, up to the margin; `suspected`: whom the
    organiser knows to be down. `holders`: who has which role; `done`: who was credited with it. `epochs`: who was given which role in each;
    `acted`: in which somebody came to an end.
    """

    able: Able
    margin: int
    calls: Calls = Calls()
    loads: Map[Address, int] = Map()
    changes: int = 0
    suspected: frozenset[Address] = frozenset()
    client: Address | None = None
    roles: tuple[Role, ...] = ()
    holders: Map[str, Address] = Map()
    done: Map[str, Address] = Map()
    epochs: Map[int, Appointed] = Map()
    acted: frozenset[int] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Log:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Accepted(client, roles):
                return evolve(after, client=client, roles=roles, holders=Map(), done=Map())
            case Organised(holders):
                return evolve(after, holders=holders, changes=0)
            case Reweigh(agent, more):
                load = self.load(agent) + (1 if more else -1)
                return evolve(after, loads=self.loads.put(agent, load), changes=min(self.margin, self.changes + 1))
            case Suspected(peer):
                return evolve(after, suspected=self.suspected | {peer})
            case Send(to, Appoint(epoch, role)):
                return evolve(after, epochs=self.epochs.put(epoch, Appointed(role, to)))
            case Finishes(epoch):
                return evolve(after, acted=self.acted | {epoch})
            case Recorded(_, role, agent):
                return evolve(after, done=self.done.put(role, agent))
            case Reply(client) if client == self.client:
                return evolve(after, client=None, roles=(), holders=Map(), done=Map())
            case _:
                return after

    def load(self, agent: Address) -> int:
        """Return what an agent has to do besides."""
        return self.loads.get(agent, 0)

    def responsible(self, role: str) -> int | None:
        """Return the epoch in which a role was given away last; None if it was not."""
        return max((epoch for epoch, appointed in self.epochs.items() if appointed.role == role), default=None)

    def open(self) -> tuple[str, ...]:
        """Return the roles that are not done."""
        return tuple(role.name for role in self.roles if role.name not in self.done)

    def lost(self) -> tuple[str, ...]:
        """Return the roles that are not done, and whose holder is down."""
        return tuple(name for name in self.open() if self.holders.get(name) in self.suspected)

    def cost(self, holders: Map[str, Address]) -> int:
        """Return what those who have the roles that are not done have to do besides."""
        return sum(self.load(holders[name]) for name in self.open() if name in holders)

    def ways(self) -> tuple[Map[str, Address], ...]:
        """Return the ways to fill the roles that are not done, with agents who are not known to be down, and have none that is."""
        free = [agent for agent in self.able if agent not in self.suspected and agent not in self.done.values()]
        all_ways = (tuple(zip(self.open(), agents, strict=True)) for agents in permutations(free, len(self.open())))
        return tuple(Map.of(way) for way in all_ways if all(name in self.able[agent] for name, agent in way))

    def cheapest(self) -> tuple[Map[str, Address], ...]:
        """Return those of the ways that cost least."""
        least = min(map(self.cost, self.ways()), default=0)
        return tuple(way for way in self.ways() if self.cost(way) == least)

    def changed(self, holders: Map[str, Address]) -> int:
        """Count the roles that are not done of which another is the holder."""
        return len([name for name in self.open() if holders.get(name) != self.holders.get(name)])


def complaints(roles: tuple[Role, ...], able: Able) -> Iterator[Rejected]:
    """Yield everything that is wrong with roles, for agents with these abilities."""
    names = [role.name for role in roles]
    if not roles:
        yield Rejected("there are no roles")
    for role in roles:
        if names.count(role.name) > 1:
            yield Rejected(f"two roles are named {role.name}")
        if not _leads_up(role, roles):
            yield Rejected(f"nothing leads from {role.name} to the top")
    if len([role for role in roles if role.above is None]) > 1:
        yield Rejected("there are two top roles")
    if not Log(able, 1, roles=roles).ways():
        yield Rejected("the roles cannot be filled")


def _leads_up(role: Role, roles: tuple[Role, ...]) -> bool:
    above = {each.name: each.above for each in roles}
    name: str | None = role.name
    for _ in roles:
        name = above.get(name) if name in above else name
    return name is None
