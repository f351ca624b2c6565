"""Gossip: one node, which pushes what is new to it, exchanges what it knows, or both."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.messaging import gossip as spec
from concordant.spec.messaging.gossip import Digest, Exchange, History, Learned, Name, News, NodeView, Push, Rumour, Spread
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Send, addresses


class Exchanges(Enum):
    """Which way rumours go in an exchange, seen from who begins it."""

    NONE = "none"
    PUSH = "push"
    PULL = "pull"
    BOTH = "both"

    @property
    def gives(self) -> bool:
        return self in (Exchanges.PUSH, Exchanges.BOTH)

    @property
    def takes(self) -> bool:
        return self in (Exchanges.PULL, Exchanges.BOTH)


@frozen
class Hot:
    """A new rumour: how many peers it may still be pushed to, and which have neither got it from here nor sent it here."""

    left: int
    untold: frozenset[Address]


@frozen
class Gossiping:
    """The state of a node. On the disk: what is known."""

    known: Map[Name, object] = Map()
    hot: Map[Name, Hot] = Map()

    def rumours(self, names: Iterable[Name]) -> Map[Name, object]:
        """Return rumours that are known, by name."""
        return Map.of((name, self.known[name]) for name in names)


Trigger: TypeAlias = Push | Exchange


@frozen
class Node(Process[Gossiping, Digest | News, Spread, Trigger]):
    """A node. `fanout`: how many peers it pushes a new rumour to."""

    me: Address
    peers: tuple[Address, ...]
    fanout: int = field(validator=ge(0))
    exchanges: Exchanges = Exchanges.BOTH

    def start(self) -> Step[Gossiping]:
        return step(Gossiping())

    # ---- what is new

    def request(self, state: Gossiping, client: Address, request: Spread) -> Step[Gossiping]:  # noqa: ARG002  # whoever asks
        # What it knows is never dropped, so that the number is not taken.
        number = sum(name.origin == self.me for name in state.known)
        return self.learn(state, self.me, Map.of({Name(self.me, number): request.content}))

    def learn(self, state: Gossiping, source: Address, rumours: Map[Name, object]) -> Step[Gossiping]:
        """Take what is new of these rumours, and push it later to others than its source."""
        new = [Rumour(name, content) for name, content in rumours.items() if self.is_new(state, name)]
        for rumour in new:
            hot = Hot(self.fanout, frozenset(self.peers) - {source})
            state = evolve(self.heated(state, rumour.name, hot), known=state.known.put(rumour.name, rumour.content))
        return step(state, *(Announce(Learned(rumour)) for rumour in new))

    def is_new(self, state: Gossiping, name: Name) -> bool:
        return name not in state.known

    def heated(self, state: Gossiping, name: Name, hot: Hot) -> Gossiping:
        """Go on to push a rumour, while there is anybody to push it to."""
        return evolve(state, hot=state.hot.put(name, hot) if hot.left and hot.untold else state.hot.drop(name))

    # ---- triggers

    def armed(self, state: Gossiping) -> tuple[Trigger, ...]:
        pushes = tuple(Push(name, peer) for name, hot in state.hot.items() for peer in self.peers if peer in hot.untold)
        return (*pushes, *self.armed_exchanges(state))

    def armed_exchanges(self, state: Gossiping) -> tuple[Trigger, ...]:  # noqa: ARG002  # at any time
        return () if self.exchanges is Exchanges.NONE else tuple(map(Exchange, self.peers))

    def fire(self, state: Gossiping, trigger: Trigger) -> Step[Gossiping]:
        match trigger:
            case Push(name, peer):
                return step(self.pushed(state, name, peer), Send(peer, News(state.rumours((name,)))))
            case Exchange(peer):
                return step(state, Send(peer, Digest(frozenset(state.known))))
            case _:
                assert_never(trigger)

    def pushed(self, state: Gossiping, name: Name, peer: Address) -> Gossiping:
        hot = state.hot[name]
        return self.heated(state, name, Hot(hot.left - 1, hot.untold - {peer}))

    # ---- messages

    def receive(self, state: Gossiping, source: Address, message: Digest | News) -> Step[Gossiping]:
        match message:
            case Digest(known):
                return self.compare(state, source, known)
            case News(rumours, wanted):
                answer = (Send(source, News(state.rumours(wanted))),) if wanted else ()
                learned = self.learn(state, source, rumours)
                return step(learned.state, *learned.effects, *answer)
            case _:
                assert_never(message)

    def compare(self, state: Gossiping, source: Address, known: frozenset[Name]) -> Step[Gossiping]:
        """Answer a digest by what is lacking there, and by what is lacking here. Where that is nothing, there is no answer."""
        # The hard step. What is compared is what is known, and not what was sent: so whatever was lost before, of rumours and of
        # answers, is made up for by the next exchange, and nobody need note who was told what.
        lacking = frozenset(state.known) - known if self.exchanges.takes else frozenset()
        wanted = known - frozenset(state.known) if self.exchanges.gives else frozenset()
        return step(state, Send(source, News(state.rumours(lacking), wanted))) if lacking or wanted else step(state)

    # ---- crashes

    def survives(self, state: Gossiping) -> tuple[Gossiping, ...]:
        return (Gossiping(known=state.known),)

    def recover(self, state: Gossiping) -> Step[Gossiping]:
        return step(state)

    def view(self, state: Gossiping) -> NodeView:
        return NodeView(frozenset(Rumour(name, content) for name, content in state.known.items()))


SAFETY: tuple[Clause, ...] = (
    spec.rumours_go_the_right_way,
    spec.nothing_empty_is_sent,
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
FLOODING: tuple[Clause, ...] = (*SAFETY, spec.is_pushed_to_few, spec.a_flood_reaches_all)
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
    """Put nodes together, and a user for each rumour, who asks a node to spread it. If nobody would hear of it that is a ValueError."""
    if not fanout and exchanges is Exchanges.NONE:
        raise ValueError("fanout=0, Exchanges.NONE: push to one peer or more, or have exchanges")
    users = tuple(User(Address("user", number), (at,), ((Spread(content),),)) for number, (at, content) in enumerate(asked))
    nodes = {me: node(me, others, fanout, exchanges) for me, others in peers.items()}
    return System(nodes, History(exchanges.gives, exchanges.takes, fanout), promises, network, faults, users)


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
