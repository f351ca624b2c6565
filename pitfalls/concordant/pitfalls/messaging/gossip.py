"""What goes wrong with gossip: who marks a peer before it has heard, names a rumour anew, or asks the same one again and again."""

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
from concordant.spec.messaging.gossip import Abandon, Name, News, Push, Rumour, Spread
from concordant.spec.vocabulary import Address, Faults, Map, Network, Send

# ---- what is new


@frozen
class NamesAnew(Node):
    """Gives what it hears a name of its own."""

    def learn(self, state: Gossiping, source: Address, rumours: frozenset[Rumour]) -> Step[Gossiping]:
        anew = frozenset(evolve(rumour, name=Name(self.me, len(state.known))) for rumour in rumours)
        return Node.learn(self, state, source, anew)


@frozen
class Nests(Node):
    """Passes on what it has received with its wrapper, as the content of a message of its own."""

    def fire(self, state: Gossiping, trigger: Trigger) -> Step[Gossiping]:
        fired = Node.fire(self, state, trigger)
        match trigger:
            case Push(name, peer):
                rumour = Rumour(name, ("payload", state.known[name]))
                return step(fired.state, Send(peer, News(frozenset({rumour}))))
            case _:
                return fired


@frozen
class EndsInRecursion(Node):
    """Passes on within the call in which it hears; the calls nest no deeper than this."""

    def learn(self, state: Gossiping, source: Address, rumours: frozenset[Rumour]) -> Step[Gossiping]:
        learned = Node.learn(self, state, source, rumours)
        return learned if source == self.me else step(evolve(learned.state, hot=state.hot), *learned.effects)


@frozen
class TrustsTheSender(Node):
    """Takes whatever it hears for new: whoever sends it has looked in a list."""

    def is_new(self, state: Gossiping, rumour: Rumour) -> bool:  # noqa: ARG002
        return True


@frozen
class LearnsInSilence(Node):
    """Tells nobody what it has learned."""

    def learn(self, state: Gossiping, source: Address, rumours: frozenset[Rumour]) -> Step[Gossiping]:
        return step(Node.learn(self, state, source, rumours).state)


@frozen
class IsBusy(Node):
    """Takes no rumour while it waits for an answer."""

    def request(self, state: Gossiping, client: Address, request: Spread) -> Step[Gossiping]:
        return step(state) if state.partner is not None else Node.request(self, state, client, request)


# ---- who is told


@frozen
class Aborts(Node):
    """Stops all pushes when one peer cannot be reached."""

    def suspect(self, state: Gossiping, peer: Address) -> Step[Gossiping] | None:  # noqa: ARG002
        return step(evolve(state, hot=Map())) if state.hot else None


@frozen
class TellsNobody(Node):
    """Takes a fanout of 0 for what it is."""

    def require_fanout(self) -> None:
        pass


@frozen
class TellsTheFirst(Node):
    """Pushes to the first of its peers, and does not write down to whom."""

    def armed(self, state: Gossiping) -> tuple[Trigger, ...]:
        return Node.armed(self, state)[:1]

    def pushed(self, state: Gossiping, name: Name, peer: Address) -> Gossiping:  # noqa: ARG002
        return state


@frozen
class AsksTheFirst(Node):
    """Has exchanges with the first of its peers only."""

    def armed_exchanges(self, state: Gossiping) -> tuple[Trigger, ...]:
        return Node.armed_exchanges(self, state)[:1]


@frozen
class WaitsForTheAnswer(Node):
    """Waits for its partner as long as that takes."""

    def armed_exchanges(self, state: Gossiping) -> tuple[Trigger, ...]:
        return tuple(each for each in Node.armed_exchanges(self, state) if not isinstance(each, Abandon))


# ---- what is forgotten


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
RUMOUR = Rumour(Name(A, 0), "a")
PUSHED = News(frozenset({RUMOUR}))

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
        Fire(A, Push(RUMOUR.name, B)),
        Receive(B, A, PUSHED),
        Fire(B, Push(RUMOUR.name, C)),
        Receive(C, B, PUSHED),
        Fire(C, Push(RUMOUR.name, A)),
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
    subject=flood(fanout=0, node=TellsNobody),
    length=1,
)
TELLS_THE_FIRST = Pitfall(
    "gossip.TellsTheFirst",
    "A node tells the first of its peers again and again, and so never another.",
    breaks=spec.a_flood_reaches_all,
    subject=flood(((B, "a"),), LINE, node=TellsTheFirst, network=Network(duplicating=True)),
    length=5,
)
ASKS_THE_FIRST = Pitfall(
    "gossip.AsksTheFirst",
    "A node has exchanges with one peer, always the same, and another waits for ever to be pushed to.",
    breaks=spec.all_hear_of_it,
    subject=system(exchanges=Exchanges.PUSH, node=AsksTheFirst, faults=Faults(synchronous=True)),
    length=17,
)
WAITS_FOR_THE_ANSWER = Pitfall(
    "gossip.WaitsForTheAnswer",
    "No deadline ends an exchange: after a loss a node has no other.",
    breaks=spec.all_hear_of_it,
    subject=system(ONE, PAIR, node=WaitsForTheAnswer),
    length=5,
)
IN_SILENCE = Pitfall(
    "gossip.LearnsInSilence",
    "What a node learns it passes on, and does not hand to whoever waits for it.",
    breaks=spec.the_view_is_true,
    subject=flood(node=LearnsInSilence),
    length=1,
)
IS_BUSY = Pitfall(
    "gossip.IsBusy",
    "A rumour that comes in the middle of an exchange is dropped.",
    breaks=spec.the_origin_knows,
    subject=system(ONE, PAIR, node=IsBusy),
    length=2,
)
KEEPS_NOTHING = Pitfall(
    "gossip.KeepsNothing",
    "What a node knows is in its memory, and gone with it.",
    breaks=spec.nothing_is_forgotten,
    subject=system(ONE, PAIR, node=KeepsNothing, faults=Faults(crashes=1, recoveries=1, who=(A,))),
    length=2,
)
