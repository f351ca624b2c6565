"""Gossip: one node, which pushes what is new to it, exchanges what it knows, or both."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias, assert_never

from attrs import evolve, field, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.messaging import gossip as spec
from concordant.spec.messaging.gossip import Abandon, Digest, Exchange, History, Learned, Name, News, NodeView, Push, Rumour, Spread
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Send, addresses


class Exchanges(Enum):
    """Which way rumours go in an exchange, seen from who begins it."""

    NONE = "none"
    PUSH = "push"
    PULL = "pull"
    BOTH = "both"

    @property
    def pushes(self) -> bool:
        return self in (Exchanges.PUSH, Exchanges.BOTH)

    @property
    def pulls(self) -> bool:
        return self in (Exchanges.PULL, Exchanges.BOTH)


@frozen
class Hot:
    """A new rumour: how many peers it may still be pushed to, and which have neither got it from here nor sent it here."""

    left: int
    untold: frozenset[Address]


@frozen
class Gossiping:
    """The state of a node. `partner`: of whom an answer is awaited in an exchange. On the disk: what is known."""

    known: Map[Name, object] = Map()
    hot: Map[Name, Hot] = Map()
    partner: Address | None = None

    def rumours(self, names: Iterable[Name]) -> frozenset[Rumour]:
        """Return those of these rumours that are known."""
        return frozenset(Rumour(name, self.known[name]) for name in names if name in self.known)


Trigger: TypeAlias = Push | Exchange | Abandon


@frozen
class Node(Process[Gossiping, Digest | News, Spread, Trigger]):
    """A node. `fanout`: how many peers it pushes a new rumour to. Without pushes and exchanges nobody would hear of it: a ValueError."""

    me: Address
    peers: tuple[Address, ...]
    fanout: int = field()
    exchanges: Exchanges = Exchanges.BOTH

    def __attrs_post_init__(self) -> None:
        self.require_fanout()

    def require_fanout(self) -> None:
        if self.fanout < 0 or (self.fanout, self.exchanges) == (0, Exchanges.NONE):
            raise ValueError(f"fanout={self.fanout}, {self.exchanges}: push to one peer or more, or have exchanges")

    def start(self) -> Step[Gossiping]:
        return step(Gossiping())

    # ---- what is new

    def request(self, state: Gossiping, client: Address, request: Spread) -> Step[Gossiping]:  # noqa: ARG002  # whoever asks
        # What it knows is never dropped, so that the number is not taken.
        number = sum(name.origin == self.me for name in state.known)
        return self.learn(state, self.me, frozenset({Rumour(Name(self.me, number), request.content)}))

    def learn(self, state: Gossiping, source: Address, rumours: frozenset[Rumour]) -> Step[Gossiping]:
        """Take what is new of these rumours, and push it later to others than its source."""
        # A message has one rumour of a name, as the node that sent it knows one: there are no ties.
        ordered = sorted(rumours, key=lambda rumour: rumour.name)  # on purpose
        new = [rumour for rumour in ordered if self.is_new(state, rumour)]
        known, hot = state.known, state.hot
        untold = frozenset(self.peers) - {source}
        for rumour in new:
            known = known.put(rumour.name, rumour.content)
            if self.fanout and untold:
                hot = hot.put(rumour.name, Hot(self.fanout, untold))
        return step(evolve(state, known=known, hot=hot), *(Announce(Learned(rumour)) for rumour in new))

    def is_new(self, state: Gossiping, rumour: Rumour) -> bool:
        return rumour.name not in state.known

    # ---- triggers

    def armed(self, state: Gossiping) -> tuple[Trigger, ...]:
        pushes = tuple(Push(name, peer) for name, hot in state.hot.items() for peer in self.peers if peer in hot.untold)
        return (*pushes, *self.armed_exchanges(state))

    def armed_exchanges(self, state: Gossiping) -> tuple[Trigger, ...]:
        if self.exchanges is Exchanges.NONE:
            return ()
        if state.partner is not None:
            return (Abandon(state.partner),)
        return tuple(Exchange(peer) for peer in self.peers)

    def fire(self, state: Gossiping, trigger: Trigger) -> Step[Gossiping]:
        match trigger:
            case Push(name, peer):
                return step(self.pushed(state, name, peer), Send(peer, News(state.rumours((name,)))))
            case Exchange(peer):
                return step(evolve(state, partner=peer), Send(peer, Digest(frozenset(state.known))))
            case Abandon():
                return step(evolve(state, partner=None))
            case _:
                assert_never(trigger)

    def pushed(self, state: Gossiping, name: Name, peer: Address) -> Gossiping:
        hot = state.hot[name]
        rest = Hot(hot.left - 1, hot.untold - {peer})
        return evolve(state, hot=state.hot.put(name, rest) if rest.left and rest.untold else state.hot.drop(name))

    # ---- messages

    def receive(self, state: Gossiping, source: Address, message: Digest | News) -> Step[Gossiping]:
        match message:
            case Digest(known):
                return self.compare(state, source, known)
            case News(rumours, wanted):
                heard = evolve(state, partner=None if source == state.partner else state.partner)
                asked = state.rumours(wanted)
                answer = (Send(source, News(asked)),) if asked else ()
                learned = self.learn(heard, source, rumours)
                return step(learned.state, *learned.effects, *answer)
            case _:
                assert_never(message)

    def compare(self, state: Gossiping, source: Address, known: frozenset[Name]) -> Step[Gossiping]:
        """Answer a digest by what is lacking there, and by what is lacking here. Also if that is nothing: it ends the exchange."""
        lacking = frozenset(state.known) - known if self.exchanges.pulls else frozenset()
        wanted = known - frozenset(state.known) if self.exchanges.pushes else frozenset()
        return step(state, Send(source, News(state.rumours(lacking), wanted)))

    # ---- crashes

    def survives(self, state: Gossiping) -> tuple[Gossiping, ...]:
        return (Gossiping(known=state.known),)

    def recover(self, state: Gossiping) -> Step[Gossiping]:
        return step(state)

    def view(self, state: Gossiping) -> NodeView:
        return NodeView(state.rumours(state.known))


SAFETY: tuple[Clause, ...] = (
    spec.no_creation,
    spec.no_alteration,
    spec.no_duplication,
    spec.nothing_is_forgotten,
    spec.the_view_is_true,
    spec.the_origin_knows,
    spec.all_know_it,
)
CONVERGENCE: tuple[Clause, ...] = (*SAFETY, spec.all_hear_of_it)
"""What is promised where there are exchanges."""
FLOODING: tuple[Clause, ...] = (*SAFETY, spec.a_flood_reaches_all)
"""What is promised where each node pushes what is new to all its peers."""

LOSSY = Network(losses=None, copies=1)
A, B, C, D = addresses("node", 4)


def everybody(count: int) -> Map[Address, tuple[Address, ...]]:
    """Return the peers of so many nodes, if each knows all others."""
    nodes = addresses("node", count)
    return Map.of((node, tuple(peer for peer in nodes if peer != node)) for node in nodes)


LINE = Map.of({A: (B,), B: (A, C), C: (B,)})
"""Three nodes of which the second stands between the others."""


def system(
    asked: tuple[tuple[Address, str], ...] = ((A, "a"),),
    peers: Map[Address, tuple[Address, ...]] = everybody(3),
    *,
    fanout: int = 0,
    exchanges: Exchanges = Exchanges.BOTH,
    node: type[Node] = Node,
    network: Network = LOSSY,
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = CONVERGENCE,
) -> System[History]:
    """Put nodes together, and a user for each rumour, who asks a node to spread it."""
    users = tuple(User(Address("user", number), (at,), ((Spread(content),),)) for number, (at, content) in enumerate(asked))
    nodes = {me: node(me, others, fanout, exchanges) for me, others in peers.items()}
    return System(nodes, History(), promises, network, faults, users)


def flood(
    asked: tuple[tuple[Address, str], ...] = ((A, "a"),),
    peers: Map[Address, tuple[Address, ...]] = everybody(3),
    *,
    fanout: int | None = None,
    node: type[Node] = Node,
    network: Network = Network(),
    faults: Faults = Faults(),
) -> System[History]:
    """Put nodes together that only push, to all peers unless told otherwise."""
    pushes = len(peers) - 1 if fanout is None else fanout
    return system(asked, peers, fanout=pushes, exchanges=Exchanges.NONE, node=node, network=network, faults=faults, promises=FLOODING)
