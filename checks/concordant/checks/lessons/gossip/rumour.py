"""Gossip: nodes compare from time to time what they know, two by two. Two guards look at too little.

In an *exchange* a node sends one peer the names of the rumours that it knows. By *push* it then gives what the peer lacks, by *pull* the peer gives what
it lacks itself, and both ways at once are possible. All that is not written here is that of the reference: `concordant explain gossip`.
"""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.machine import Step, System, step
from concordant.refimpl.messaging import gossip as reference
from concordant.refimpl.messaging.gossip import A, B, Exchanges, Gossiping, Node, everybody, flood
from concordant.spec.messaging.gossip import Exchange, History, Name, NodeView, all_hear_of_it, all_know_it
from concordant.spec.vocabulary import Address, Cases, Clause, Fair, Faults, Network, Seen, at_rest, case, eventually


class HastyNode(Node):
    """Spares itself exchanges."""

    def partners(self) -> tuple[Address, ...]:
        """Return the peers with which it has exchanges, one after the other."""
        return self.peers[:1]

    def differ(self, mine: frozenset[Name], theirs: frozenset[Name]) -> bool:
        """Tell whether there is anything to give or to want, by what is known here and there."""
        return len(mine) != len(theirs)

    def armed_exchanges(self, state: Gossiping) -> tuple[Exchange, ...]:
        """Wait until it is time for an exchange with somebody."""
        return tuple(map(Exchange, self.partners()))

    def compare(self, state: Gossiping, source: Address, known: frozenset[Name]) -> Step[Gossiping]:
        """Answer what somebody else knows."""
        return super().compare(state, source, known) if self.differ(frozenset(state.known), known) else step(state)


# ---- what is promised besides


def _all_alike(seen: Seen[History]) -> Cases:
    known = [view.known for view in seen.views(NodeView).values()]
    for mine in known:
        yield case(mine == frozenset().union(*known), knows=mine)


@at_rest()
def nobody_is_left_out(seen: Seen[History]) -> Cases:
    """At rest all nodes know the same."""
    yield from _all_alike(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS)
def all_hear_as_deadlines_pass(seen: Seen[History]) -> Cases:
    """In the end all nodes know the same, if every message is received, and every deadline passes that stays where it is."""
    yield from _all_alike(seen)


# ---- what is checked

ONE, TWO = ((A, "a"),), ((A, "a"), (B, "b"))
"""Rumours, each with the node at which it begins."""


def system(
    node: type[Node] = HastyNode,
    *more: Clause,
    exchanges: Exchanges = Exchanges.PUSH,
    asked: tuple[tuple[Address, str], ...] = TWO,
    stops: tuple[Address, ...] = (),
    network: Network = Network(),
) -> System[History]:
    """Put three nodes together, each of which knows both others. A node begins an exchange when nothing is under way. `stops`: who may stop for good."""
    faults = Faults(crashes=len(stops), who=stops, synchronous=True)
    promises = (all_hear_of_it, all_know_it, *more)
    return reference.system(asked, exchanges=exchanges, node=node, network=network, faults=faults, promises=promises)


SYSTEM = system()
PUSH, PULL = (system(Node, exchanges=each, asked=ONE) for each in (Exchanges.PUSH, Exchanges.PULL))
"""One rumour, and the nodes of the reference."""
HOPEFUL = system(Node, all_hear_as_deadlines_pass, exchanges=Exchanges.BOTH, asked=ONE)
"""The reference once more, of which too much is promised."""
RUMOURS = evolve(flood(peers=everybody(4), fanout=1), promises=(nobody_is_left_out, all_know_it))
"""Four nodes of the reference without exchanges: each passes on to one peer, and never to the one from which it heard, what is new to it."""
