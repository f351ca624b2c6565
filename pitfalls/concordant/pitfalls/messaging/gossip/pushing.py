"""What goes wrong with what is new: with its name, with whom it is pushed to, and with what is kept of it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Fire, KnownViolation, Pitfall, Receive, Step, step
from concordant.refimpl.messaging.gossip import (
    LINE,
    A,
    B,
    C,
    Exchanges,
    Gossiping,
    Node,
    Trigger,
    everybody,
    flood,
    system,
)
from concordant.spec.messaging import gossip as spec
from concordant.spec.messaging.gossip import Name, News, Push, Spread
from concordant.spec.vocabulary import Address, Faults, Map, Network, Send


@frozen
class NamesAnew(Node):
    """Gives what it hears a name of its own."""

    def learn(self, state: Gossiping, source: Address, rumours: Map[Name, object]) -> Step[Gossiping]:
        anew = Map.of((Name(self.me, len(state.known)), content) for content in rumours.values())
        return Node.learn(self, state, source, anew)


@frozen
class Nests(Node):
    """Passes on what it has received with its wrapper, as the content of a message of its own."""

    def fire(self, state: Gossiping, trigger: Trigger) -> Step[Gossiping]:
        fired = Node.fire(self, state, trigger)
        match trigger:
            case Push(name, peer):
                return step(fired.state, Send(peer, News(Map.of({name: ("payload", state.known[name])}))))
            case _:
                return fired


@frozen
class EndsInRecursion(Node):
    """Passes on within the call in which it hears; the calls nest no deeper than this."""

    def learn(self, state: Gossiping, source: Address, rumours: Map[Name, object]) -> Step[Gossiping]:
        learned = Node.learn(self, state, source, rumours)
        return learned if source == self.me else step(evolve(learned.state, hot=state.hot), *learned.effects)


@frozen
class TrustsTheSender(Node):
    """Takes whatever it hears for new: whoever sends it has looked in a list."""

    def is_new(self, state: Gossiping, name: Name) -> bool:  # noqa: ARG002
        return True


@frozen
class LearnsInSilence(Node):
    """Tells nobody what it has learned."""

    def learn(self, state: Gossiping, source: Address, rumours: Map[Name, object]) -> Step[Gossiping]:
        return step(Node.learn(self, state, source, rumours).state)


@frozen
class LearnsNothing(Node):
    """Says that it has heard of a rumour, and keeps nothing of it."""

    def learn(self, state: Gossiping, source: Address, rumours: Map[Name, object]) -> Step[Gossiping]:
        return step(state, *Node.learn(self, state, source, rumours).effects)


@frozen
class Aborts(Node):
    """Stops all pushes when one peer cannot be reached."""

    def suspect(self, state: Gossiping, peer: Address) -> Step[Gossiping] | None:  # noqa: ARG002
        return step(evolve(state, hot=Map())) if state.hot else None


@frozen
class TellsAll(Node):
    """Goes on until there is nobody left to tell."""

    def pushed(self, state: Gossiping, name: Name, peer: Address) -> Gossiping:
        return self.heated(state, name, evolve(state.hot[name], untold=state.hot[name].untold - {peer}))


@frozen
class TellsItsSource(Node):
    """Does not look at whom it has a rumour from."""

    def learn(self, state: Gossiping, source: Address, rumours: Map[Name, object]) -> Step[Gossiping]:  # noqa: ARG002
        return Node.learn(self, state, self.me, rumours)


@frozen
class TellsTheFirst(Node):
    """Pushes to the first of its peers, and does not write down to whom."""

    def armed(self, state: Gossiping) -> tuple[Trigger, ...]:
        return Node.armed(self, state)[:1]

    def pushed(self, state: Gossiping, name: Name, peer: Address) -> Gossiping:  # noqa: ARG002
        return state


@frozen
class Prunes(Node):
    """Forgets a rumour that it has passed on."""

    def pushed(self, state: Gossiping, name: Name, peer: Address) -> Gossiping:
        after = Node.pushed(self, state, name, peer)
        return after if name in after.hot else evolve(after, known=after.known.drop(name))


@frozen
class KeepsNothing(Node):
    """Has nothing on its disk."""

    def survives(self, state: Gossiping) -> tuple[Gossiping, ...]:  # noqa: ARG002
        return (Gossiping(),)


PAIR = everybody(2)
ONE = ((A, "a"),)
NAME = Name(A, 0)
PUSHED = News(Map.of({NAME: "a"}))

MARKED_BEFORE_DELIVERY = Pitfall(
    "GSP-1",
    "A peer is marked as told before it has heard: what is lost is never tried again, as nothing else makes up for it.",
    breaks=spec.all_hear_of_it,
    subject=system(ONE, PAIR, fanout=1, exchanges=Exchanges.NONE, network=Network(losses=1)),
    length=3,
)
MARKED_OF_THREE = Pitfall(
    "GSP-1/three",
    "The same of three nodes, where two messages must be lost: each node knows only whom it told itself.",
    breaks=spec.all_hear_of_it,
    subject=system(fanout=2, exchanges=Exchanges.NONE, network=Network(losses=2)),
    length=5,
)
NAMED_ANEW = Pitfall(
    "GSP-2",
    "A message that has no name gets another at every hop, and is new to everybody for ever.",
    breaks=spec.no_creation,
    subject=flood(node=NamesAnew),
    length=3,
)
NESTED = Pitfall(
    "GSP-3",
    "What is passed on is the message as received, wrapper and all, so that it nests one level deeper at every hop.",
    breaks=spec.no_alteration,
    subject=flood(node=Nests),
    length=3,
)
RECURSION = Pitfall(
    "GSP-4",
    "Each hop is a call within the one before: at the depth that the interpreter allows, here 1, the chain ends.",
    breaks=spec.a_flood_reaches_all,
    subject=flood(peers=LINE, node=EndsInRecursion),
    length=3,
)
ABORTED = Pitfall(
    "GSP-5",
    "A peer that cannot be reached ends the loop over the peers: those after it are never told.",
    breaks=spec.a_flood_reaches_all,
    subject=flood(node=Aborts, faults=Faults(crashes=1, who=(B,), detector=True)),
    length=3,
)
STALE_LIST = Pitfall(
    "GSP-6",
    "Whom to tell is decided before the others are told, and who receives looks at nothing: a node hears of a rumour twice.",
    breaks=spec.no_duplication,
    subject=flood(node=TrustsTheSender),
    length=7,
)

TOO_FEW = KnownViolation(
    spec.a_flood_reaches_all,
    "Who tells one peer of three does not know whom that has told: it may tell those who know, and then nobody is left who tells the last.",
    flood(peers=everybody(4), fanout=1),
    (
        Ask(A, Address("user", 0), Spread("a")),
        Fire(A, Push(NAME, B)),
        Receive(B, A, PUSHED),
        Fire(B, Push(NAME, C)),
        Receive(C, B, PUSHED),
        Fire(C, Push(NAME, A)),
        Receive(A, C, PUSHED),
    ),
    id="GSP-7",
)

PRUNED = Pitfall(
    "GSP-8",
    "What was heard is never dropped in the documents; where it is dropped once it was passed on, it is news again.",
    breaks=spec.no_duplication,
    subject=flood(node=Prunes),
    length=8,
)
FORGOTTEN = Pitfall(
    "GSP-8/forgotten",
    "A node that has passed a rumour on forgets it.",
    breaks=spec.nothing_is_forgotten,
    subject=flood(node=Prunes),
    length=3,
)
NOBODY_IS_TOLD = Pitfall(
    "GSP-9",
    "A fanout of 0 is taken as it is: whoever spreads a rumour tells nobody, and is not told so.",
    breaks=spec.a_flood_reaches_all,
    subject=evolve(flood(), processes={me: Node(me, peers, 0, Exchanges.NONE) for me, peers in everybody(3).items()}),
    length=1,
)
TELLS_THE_FIRST = Pitfall(
    "gossip.TellsTheFirst",
    "A node tells the first of its peers again and again, and so never another.",
    breaks=spec.a_flood_reaches_all,
    subject=flood(((B, "a"),), LINE, node=TellsTheFirst, network=Network(duplicating=True)),
    length=5,
)
IN_SILENCE = Pitfall(
    "gossip.LearnsInSilence",
    "What a node learns it passes on, and does not hand to whoever waits for it.",
    breaks=spec.the_view_is_true,
    subject=flood(node=LearnsInSilence),
    length=1,
)
KEEPS_NOTHING = Pitfall(
    "gossip.KeepsNothing",
    "What a node knows is in its memory, and gone with it.",
    breaks=spec.nothing_is_forgotten,
    subject=system(ONE, PAIR, node=KeepsNothing, faults=Faults(crashes=1, recoveries=1, who=(A,))),
    length=2,
)
LEARNS_NOTHING = Pitfall(
    "gossip.LearnsNothing",
    "That a rumour was heard is said, and nothing of it is kept.",
    breaks=spec.the_view_is_true,
    subject=flood(node=LearnsNothing),
    length=1,
)
TELLS_ALL = Pitfall(
    "gossip.TellsAll",
    "Nobody counts whom a node has told: it tells all where it is to tell one.",
    breaks=spec.is_pushed_to_few,
    subject=flood(fanout=1, node=TellsAll),
    length=3,
)
TELLS_THE_FIRST_AGAIN = Pitfall(
    "gossip.TellsTheFirst/again",
    "It is not written down whom a node has told: it tells the same again.",
    breaks=spec.is_pushed_to_few,
    subject=flood(node=TellsTheFirst),
    length=3,
)
TELLS_ITS_SOURCE = Pitfall(
    "gossip.TellsItsSource",
    "A rumour goes back to the peer that it came from.",
    breaks=spec.is_pushed_to_few,
    subject=flood(peers=PAIR, node=TellsItsSource),
    length=4,
)
