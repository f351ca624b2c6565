"""What goes wrong with the rounds of strong memory: the documents' write to all, as written, and one of the two left out or cut short."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.memory.dsm_strong import LOSSY, Asking, Node, State, Storing, system
from concordant.spec.common.consistency.objects import Read, Value, Write
from concordant.spec.memory import dsm_strong as spec
from concordant.spec.memory.dsm_eventual import Version, Versions
from concordant.spec.memory.dsm_strong import Again, Request
from concordant.spec.vocabulary import Address, Faults, Map, Network, Reply, Send, addresses

# ---- as written


@frozen
class WritesToAll(Node):
    """Writes its own copy, has all others do the same, and takes whatever comes last. Reads its own copy."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        if isinstance(request, Read):
            return step(state, Reply(client, Value(self.held(state, request.key).value)))
        asking = Asking(client, request, self.held(state, request.key), frozenset((self.me, *self.peers)))
        return self.heard(evolve(state, number=state.number + 1), state.number + 1, asking, self.me, asking.latest)

    def is_majority(self, count: int) -> bool:
        return count > len(self.peers)

    def keep(self, state: State, key: str, version: Version) -> State:
        return evolve(state, copy=state.copy.put(key, version))


@frozen
class NeedsAll(Node):
    """Waits for all nodes."""

    def is_majority(self, count: int) -> bool:
        return count > len(self.peers)


@frozen
class Caching(State):
    """What was read before."""

    cache: Versions = Map()


@frozen
class ReadsItsCache(Node):
    """Keeps what it has read, and reads it from there."""

    def start(self) -> Step[State]:
        return step(Caching())

    def request(self, state: Caching, client: Address, request: Request) -> Step[State]:  # type: ignore[override]  # its own state
        if isinstance(request, Read) and request.key in state.cache:
            return step(state, Reply(client, Value(state.cache[request.key].value)))
        return Node.request(self, state, client, request)

    def store(self, state: Caching, number: int, storing: Storing) -> Step[State]:  # type: ignore[override]
        return Node.store(self, evolve(state, cache=state.cache.put(storing.key, storing.version)), number, storing)


# ---- a round too few, or too short


@frozen
class ReadsWithoutWritingBack(Node):
    """Tells what it has found when it has asked a majority, and leaves it to the writer to have it stored."""

    def store(self, state: State, number: int, storing: Storing) -> Step[State]:
        if isinstance(storing.answer, Value):
            return step(evolve(state, running=state.running.drop(number)), Reply(storing.client, storing.answer))
        return Node.store(self, state, number, storing)


@frozen
class WritesWithoutAsking(Node):
    """Stamps a write with what its own copy knows."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        if isinstance(request, Read):
            return Node.request(self, state, client, request)
        everybody = Asking(client, request, spec.UNWRITTEN, frozenset((self.me, *self.peers)))
        return self.heard(evolve(state, number=state.number + 1), state.number + 1, everybody, self.me, self.held(state, request.key))


@frozen
class HalfIsEnough(Node):
    """Takes half of the nodes for a majority."""

    def is_majority(self, count: int) -> bool:
        return 2 * count >= len(self.peers) + 1


@frozen
class CountsAnswers(Node):
    """Counts the answers to a round, whoever gives them."""

    def stored(self, state: State, number: int, storing: Storing, source: Address) -> Step[State]:
        return Node.stored(self, state, number, storing, Address(source.role, -len(storing.stored)))


@frozen
class RunsOn(Node):
    """Does not note that an operation is done."""

    def stored(self, state: State, number: int, storing: Storing, source: Address) -> Step[State]:
        done = Node.stored(self, state, number, storing, source)
        heard = evolve(storing, stored=storing.stored | {source})
        return step(evolve(done.state, running=state.running.put(number, heard)), *done.effects)


@frozen
class LeavesItToTheDeadline(Node):
    """Asks nobody before a deadline has passed."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        begun = Node.request(self, state, client, request)
        return step(begun.state, *(each for each in begun.effects if not isinstance(each, Send)))


@frozen
class NeverAgain(Node):
    """Asks once."""

    def armed(self, state: State) -> tuple[Again, ...]:  # noqa: ARG002
        return ()


@frozen
class AsksWhoHasAnswered(Node):
    """Asks again those that have answered."""

    def silent(self, answered: frozenset[Address]) -> tuple[Address, ...]:
        return tuple(peer for peer in self.peers if peer in answered)


A, B, C = addresses("node", 3)
ONE: tuple[Request, ...] = (Write(1),)
OTHER: tuple[Request, ...] = (Write(2),)
READ: tuple[Request, ...] = (Read(),)
TWICE: tuple[Request, ...] = (Read(), Read())

CROSSED = Pitfall(
    "DSM-4",
    "A node writes its own copy, tells the others, and stores whatever it is told last. Two write at once: each then holds what the other has written, and they differ for ever.",
    breaks=spec.linearizable,
    subject=system((A, (*ONE, Read())), (B, (*OTHER, Read())), nodes=2, node=WritesToAll, network=Network()),
    length=8,
)
NEEDS_ALL = Pitfall(
    "DSM-5",
    "A write needs all nodes: one is down, and nobody can write.",
    breaks=spec.every_request_is_answered,
    subject=system((A, ONE), node=NeedsAll, faults=Faults(crashes=1, who=(C,))),
    length=7,
)
READS_ITS_COPY = Pitfall(
    "DSM-6",
    "A node reads its own copy: during a write one reader sees it, and another one, later, does not.",
    breaks=spec.linearizable,
    subject=system((A, ONE), (A, READ), (B, READ), nodes=2, node=WritesToAll, network=Network(), faults=Faults(synchronous=True)),
    length=3,
)
WITHOUT_WRITING_BACK = Pitfall(
    "DSM-12",
    "A read asks a majority and stores nothing: one finds a write of which only few have heard, and one after it asks others, and does not.",
    breaks=spec.linearizable,
    subject=system((A, ONE), (B, READ), (C, READ), node=ReadsWithoutWritingBack, network=Network(), faults=Faults(synchronous=True)),
    length=9,
)
READS_ITS_CACHE = Pitfall(
    "DSM-13",
    "A node keeps what it has read, and answers the next read from there, without asking the others: of what was written since it knows nothing.",
    breaks=spec.linearizable,
    subject=system((A, ONE), (B, TWICE), nodes=2, node=ReadsItsCache),
    length=11,
)
WRITES_WITHOUT_ASKING = Pitfall(
    "dsm_strong.WritesWithoutAsking",
    "A write is stamped with what its own node knows: a write that was done before has a later stamp, and stays.",
    breaks=spec.stamps_keep_the_order,
    subject=system((A, (*ONE, Write(3))), (B, OTHER), node=WritesWithoutAsking, network=Network(), faults=Faults(synchronous=True)),
    length=6,
)
HALF_IS_ENOUGH = Pitfall(
    "dsm_strong.HalfIsEnough",
    "Half of the nodes are taken for a majority. Of two each is one by itself: a write is done at the one, and the other, which has not heard of it, answers a read.",
    breaks=spec.stamps_keep_the_order,
    subject=system((A, ONE), (B, READ), nodes=2, node=HalfIsEnough),
    length=2,
)
COUNTS_ANSWERS = Pitfall(
    "dsm_strong.CountsAnswers",
    "A copy of an answer counts as another answer: a version counts as stored by a majority, and one node has it besides the writer.",
    breaks=spec.a_majority_stores_what_was_served,
    subject=system((A, ONE), nodes=5, node=CountsAnswers),
    length=8,
)
RUNS_ON = Pitfall(
    "dsm_strong.RunsOn",
    "An operation that is done goes on, and is answered once more by whoever stores it late.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((A, ONE), node=RunsOn),
    length=6,
)
NEVER_AGAIN = Pitfall(
    "dsm_strong.NeverAgain",
    "A node asks once: the question is lost, and whoever waits for the answer waits for ever.",
    breaks=spec.every_request_is_answered,
    subject=system((A, ONE), nodes=2, node=NeverAgain, network=LOSSY),
    length=2,
)
ASKS_WHO_HAS_ANSWERED = Pitfall(
    "dsm_strong.AsksWhoHasAnswered",
    "A node asks again and again, for ever, and those that have answered.",
    breaks=spec.every_request_is_answered,
    subject=system((A, ONE), nodes=2, node=AsksWhoHasAnswered, network=LOSSY),
    length=3,
)
LEAVES_IT_TO_THE_DEADLINE = Pitfall(
    "dsm_strong.LeavesItToTheDeadline",
    "A node asks nobody until its deadline has passed, and whoever waits for the answer waits for that.",
    breaks=spec.no_deadline_needs_to_pass,
    subject=system((A, ONE), nodes=2, node=LeavesItToTheDeadline),
    length=1,
)
