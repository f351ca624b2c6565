"""Gossip: nodes pass rumours on to peers of their choice, and compare from time to time what they know.

Source: Demers et al., "Epidemic algorithms for replicated database maintenance" (PODC 1987): rumour mongering, section 1.4, and
anti-entropy by push, pull or both, section 1.3; a digest first, as in the recent-update lists there; flooding is eager reliable
broadcast, Cachin, Guerraoui and Rodrigues (2011), algorithm 3.3.
A node pushes a rumour that is new to it to so many of its peers; with as many as it has this is *flooding*. In an *exchange* it
sends one peer the names of what it knows, and they give each other what one of them lacks. It knows what it was told itself, and
nothing of what others know.
Assumes: the peers of a node are fixed, and connect those that are up; what a node knows is on its disk. A rumour is named by the
node that was first asked to spread it, and a number there.
Does not promise: that a rumour which is pushed to fewer than all peers reaches all; that one is heard of whose origin fails before
anybody was told; any order; how soon, or how likely, since no path here has a probability.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deadline,
    Fair,
    Fault,
    Internal,
    Map,
    Seen,
    Send,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)


@frozen(order=True)
class Name:
    """Of a rumour: the node that was asked to spread it, and how many it was asked to spread before."""

    origin: Address
    number: int


@frozen
class Rumour:
    """What is spread, under its name."""

    name: Name
    content: object


# ---- requests


@frozen
class Spread:
    """Let all nodes know of this. Not answered."""

    answered = False

    content: object


# ---- messages


@frozen
class Digest:
    """What the sender knows, by name: it begins an exchange."""

    known: frozenset[Name]


@frozen
class News:
    """Rumours, and the names of those that the sender would like in turn: a push, or a part of an exchange. Both may be empty."""

    rumours: Map[Name, object]
    wanted: frozenset[Name] = frozenset()


# ---- triggers


@frozen
class Push(Internal):
    """A node goes on to pass a new rumour to this peer."""

    name: Name
    peer: Address


@frozen
class Exchange(Deadline):
    """It is time for an exchange, and this peer is chosen."""

    peer: Address


# ---- events


@frozen
class Learned:
    """A node has heard of a rumour, from a peer or from who asked it to spread that."""

    rumour: Rumour


# ---- views


@frozen
class NodeView:
    """What a node knows."""

    known: frozenset[Rumour]


# ---- history


@frozen
class Told:
    """A node has pushed a rumour to a peer."""

    node: Address
    name: Name
    peer: Address


@frozen
class History:
    """By node, what it was asked to spread, in order, and what it has learned; who has pushed what to whom, where there are no exchanges.

    `gives`, `takes`: which way rumours go in an exchange, seen from who begins it; `fanout`: how many peers a node pushes a rumour to;
    these are fixed. `both_ways`: whether an answer has ever given rumours, and wanted others.
    """

    gives: bool = False
    takes: bool = False
    fanout: int = 0
    asked: Map[Address, tuple[object, ...]] = Map()
    learned: Map[Address, frozenset[Rumour]] = Map()
    told: frozenset[Told] = frozenset()
    both_ways: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # whoever asks
        """Fold one happening."""
        match happening:
            case Send(peer, News(rumours)) if not self.exchanges:
                return evolve(self, told=self.told | {Told(at, name, peer) for name in rumours})
            case Send(_, News(rumours, wanted)) if rumours and wanted:
                return evolve(self, both_ways=True)
            case Spread(content):
                return evolve(self, asked=self.asked.put(at, (*self.asked.get(at, ()), content)))
            case Learned(rumour):
                return evolve(self, learned=self.learned.put(at, self.learned_at(at) | {rumour}))
            case _:
                return self

    @property
    def exchanges(self) -> bool:
        """Whether there are exchanges."""
        return self.gives or self.takes

    def learned_at(self, node: Address) -> frozenset[Rumour]:
        """Return what a node has learned."""
        return self.learned.get(node, frozenset())


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


@on_event(Learned, under=ALL)
def no_creation(before: History, by: Address, event: Learned) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Somebody was asked to spread what a node learns: the node after which the rumour is named."""
    name = event.rumour.name
    yield case(name.number < len(before.asked.get(name.origin, ())), name=name)


@on_event(Learned, under=ALL)
def no_alteration(before: History, by: Address, event: Learned) -> Cases:  # noqa: ARG001
    """A rumour says what its origin was asked to spread, over however many nodes it has come."""
    name = event.rumour.name
    asked = before.asked.get(name.origin, ())[name.number :]
    if asked:
        yield case(event.rumour.content == asked[0], told=event.rumour, asked=asked[0])


@on_event(Learned, under=ALL)
def no_duplication(before: History, by: Address, event: Learned) -> Cases:
    """A node learns a rumour once, however often it hears of it.

    That it has learned it is on its disk, and is never dropped: a rumour that is forgotten may come again.
    """
    yield case(event.rumour.name not in names(before.learned_at(by)), node=by, rumour=event.rumour)


@on_event(Send, under=ALL)
def rumours_go_the_right_way(before: History, who: Address, event: Send) -> Cases:
    """Nobody wants what it knows, nor anything where who begins gives nothing; nor does an answer give where who begins takes nothing.

    Where rumours go neither way there is no digest either.
    """
    if isinstance(event.message, Digest):
        yield case(before.exchanges, sent=event.message)
    if isinstance(event.message, News) and event.message.wanted:
        known = event.message.wanted & names(before.learned_at(who))
        answers = before.takes or not event.message.rumours
        yield case(not known and before.gives and answers, sent=event.message, known=known)


@on_event(Send, under=ALL)
def nothing_empty_is_sent(before: History, who: Address, event: Send) -> Cases:  # noqa: ARG001
    """A push, or an answer, holds rumours or wants some."""
    if isinstance(event.message, News):
        yield case(bool(event.message.rumours) or bool(event.message.wanted), sent=event)


@on_event(Send, under=Fault.DUPLICATION | Fault.CRASH)
def is_pushed_to_few(before: History, who: Address, event: Send) -> Cases:
    """A node pushes a rumour to no more peers than it may, to none of them twice, and not to the one from which it has it.

    That is known here where one peer alone has pushed it to that node.
    """
    if isinstance(event.message, News) and not before.exchanges:
        for name in event.message.rumours:
            mine = {each.peer for each in before.told if (each.node, each.name) == (who, name)}
            heard = {each.node for each in before.told if (each.peer, each.name) == (who, name)}
            back = who != name.origin and heard == {event.to}
            yield case(event.to not in mine and len(mine) < before.fanout and not back, name=name, to=event.to, before=mine, back=back)


@every_step(NodeView, under=ALL)
def nothing_is_forgotten(before: NodeView, after: NodeView) -> Cases:
    """What a node knows it knows for ever."""
    if before.known:
        yield case(before.known <= after.known, forgotten=before.known - after.known)


@always_each(NodeView, under=ALL)
def the_view_is_true(view: NodeView, who: Address, history: History) -> Cases:
    """A node knows what it has said that it learned, and nothing else."""
    yield case(view.known == history.learned_at(who), node=who, known=view.known)


@always_each(NodeView, under=ALL)
def the_origin_knows(view: NodeView, who: Address, history: History) -> Cases:
    """A node knows what it was asked to spread, so that this is not lost while it is up."""
    asked = {Rumour(Name(who, number), content) for number, content in enumerate(history.asked.get(who, ()))}
    if asked:
        yield case(asked <= view.known, node=who, missing=asked - view.known)


def names(rumours: Iterable[Rumour]) -> frozenset[Name]:
    """Return the names of rumours."""
    return frozenset(rumour.name for rumour in rumours)


def all_alike(seen: Seen[History]) -> Cases:
    """Yield, for each node that is up, whether it knows all that such nodes know."""
    up = {node: view.known for node, view in seen.views(NodeView).items() if seen.up(node)}
    known: frozenset[Rumour] = frozenset().union(*up.values())
    if known:
        for node, mine in up.items():
            yield case(mine == known, node=node, missing=known - mine)


@eventually(Fair.DELIVERY | Fair.CHOICES, under=ALL)
def all_hear_of_it(seen: Seen[History]) -> Cases:
    """In the end all nodes that are up know the same, which is all that any of them knows. Promised where there are exchanges.

    A node that knows a rumour, and a peer that does not, have exchanges again and again, of which one is not cut short by a loss.
    In rounds a node chooses only when nothing is under way, so that each choice is possible again and again and yet not all the time:
    it must be made in the end, which is strong fairness for every peer. That deadlines pass is not enough.
    """
    yield from all_alike(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.DUPLICATION | Fault.CRASH)
def a_flood_reaches_all(seen: Seen[History]) -> Cases:
    """In the end all nodes that are up know the same, without any exchange. Promised where each passes on what is new to all its peers.

    Nothing may be lost, since nothing is sent twice. A node that fails has told some of its peers or none, and they go on.
    """
    yield from all_alike(seen)


@sometimes
def all_know_it(seen: Seen[History]) -> Cases:
    """All nodes know a rumour."""
    known = [view.known for view in seen.views(NodeView).values()]
    yield case(bool(frozenset.intersection(*known)))


@sometimes
def goes_both_ways(seen: Seen[History]) -> Cases:
    """In one exchange each of two nodes has what the other lacks. Promised where rumours go both ways."""
    yield case(seen.history.both_ways)
