"""What goes wrong with exchanges: with whom there are any, and what is given and wanted."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.messaging.gossip.pushing import ONE, PAIR
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.gossip import (
    A,
    B,
    Exchanges,
    Gossiping,
    Node,
    Trigger,
    flood,
    system,
)
from concordant.spec.messaging import gossip as spec
from concordant.spec.messaging.gossip import Exchange, Name, News, Spread
from concordant.spec.vocabulary import Address, Faults, Map, Send


@frozen
class Waiting(Gossiping):
    """Also of whom an answer is awaited."""

    partner: Address | None = None


@frozen
class WaitsForTheAnswer(Node):
    """Has one exchange at a time, and waits for its partner as long as that takes."""

    def start(self) -> Step[Gossiping]:
        return step(Waiting())

    def armed_exchanges(self, state: Gossiping) -> tuple[Trigger, ...]:
        return () if _waits(state) else Node.armed_exchanges(self, state)

    def fire(self, state: Gossiping, trigger: Trigger) -> Step[Gossiping]:
        fired = Node.fire(self, state, trigger)
        return step(Waiting(fired.state.known, fired.state.hot, trigger.peer), *fired.effects) if isinstance(trigger, Exchange) else fired


def _waits(state: Gossiping) -> bool:
    return isinstance(state, Waiting) and state.partner is not None


@frozen
class IsBusy(WaitsForTheAnswer):
    """Takes no rumour while it waits for an answer."""

    def request(self, state: Gossiping, client: Address, request: Spread) -> Step[Gossiping]:
        return step(state) if _waits(state) else Node.request(self, state, client, request)


@frozen
class WantsEverything(Node):
    """Wants all that is in a digest."""

    def compare(self, state: Gossiping, source: Address, known: frozenset[Name]) -> Step[Gossiping]:
        compared = Node.compare(self, state, source, known)
        return step(compared.state, Send(source, News(Map(), known)))


@frozen
class Compares(Node):
    """Has exchanges, whether it is to have any or not."""

    def armed_exchanges(self, state: Gossiping) -> tuple[Trigger, ...]:  # noqa: ARG002
        return tuple(map(Exchange, self.peers))


@frozen
class AnswersAlways(Node):
    """Answers a digest also where neither lacks anything."""

    def compare(self, state: Gossiping, source: Address, known: frozenset[Name]) -> Step[Gossiping]:
        compared = Node.compare(self, state, source, known)
        return compared if compared.effects else step(state, Send(source, News(Map())))


@frozen
class GivesAndTakes(Node):
    """Has exchanges both ways, whatever it is told."""

    def compare(self, state: Gossiping, source: Address, known: frozenset[Name]) -> Step[Gossiping]:
        return Node.compare(evolve(self, exchanges=Exchanges.BOTH), state, source, known)


@frozen
class AsksTheFirst(Node):
    """Has exchanges with the first of its peers only."""

    def armed_exchanges(self, state: Gossiping) -> tuple[Trigger, ...]:
        return Node.armed_exchanges(self, state)[:1]


ASKS_THE_FIRST = Pitfall(
    "gossip.AsksTheFirst",
    "A node has exchanges with one peer, always the same, and another waits for ever to be pushed to.",
    breaks=spec.all_hear_of_it,
    subject=system(exchanges=Exchanges.PUSH, node=AsksTheFirst, faults=Faults(synchronous=True)),
    length=11,
)
WAITS_FOR_THE_ANSWER = Pitfall(
    "gossip.WaitsForTheAnswer",
    "No deadline ends an exchange: after a loss a node has no other.",
    breaks=spec.all_hear_of_it,
    subject=system(ONE, PAIR, node=WaitsForTheAnswer),
    length=5,
)
IS_BUSY = Pitfall(
    "gossip.IsBusy",
    "A rumour that comes in the middle of an exchange is dropped.",
    breaks=spec.the_origin_knows,
    subject=system(ONE, PAIR, node=IsBusy),
    length=2,
)
WANTS_EVERYTHING = Pitfall(
    "gossip.WantsEverything",
    "A node wants whatever its peer has, also what it knows.",
    breaks=spec.rumours_go_the_right_way,
    subject=system(((A, "a"), (B, "b")), PAIR, node=WantsEverything),
    length=7,
)
TAKES_WHERE_IT_GIVES = Pitfall(
    "gossip.GivesAndTakes/push",
    "Where rumours go by push, the answer to a digest gives some.",
    breaks=spec.rumours_go_the_right_way,
    subject=system(((A, "a"), (B, "b")), PAIR, exchanges=Exchanges.PUSH, node=GivesAndTakes),
    length=4,
)
GIVES_WHERE_IT_TAKES = Pitfall(
    "gossip.GivesAndTakes/pull",
    "Where rumours go by pull, the answer to a digest wants some.",
    breaks=spec.rumours_go_the_right_way,
    subject=system(ONE, PAIR, exchanges=Exchanges.PULL, node=GivesAndTakes),
    length=3,
)
COMPARES = Pitfall(
    "gossip.Compares",
    "A node that is only to push compares with its peers what it knows.",
    breaks=spec.rumours_go_the_right_way,
    subject=flood(node=Compares),
    length=1,
)
ANSWERS_ALWAYS = Pitfall(
    "gossip.AnswersAlways",
    "A digest is answered also where there is nothing to say.",
    breaks=spec.nothing_empty_is_sent,
    subject=system(ONE, PAIR, node=AnswersAlways),
    length=2,
)
