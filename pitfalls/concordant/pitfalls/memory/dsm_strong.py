"""What goes wrong with strong memory: the documents' write to all, as written, and one of the two rounds left out or cut short."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, cut_off, step
from concordant.refimpl.memory.dsm_strong import LOSSY, Asking, Node, State, Storing, system
from concordant.spec.common.consistency.objects import Read, Value, Write
from concordant.spec.memory import dsm_strong as spec
from concordant.spec.memory.dsm_eventual import Stamp, Version, Versions
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
        everybody = Asking(client, request, UNKNOWN, frozenset((self.me, *self.peers)))
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


# ---- stamps and copies


@frozen
class ForgetsItsOtherWrites(Node):
    """Stamps a write one later than what it has heard when it asked."""

    def next_stamp(self, latest: Stamp, own: Stamp) -> Stamp:  # noqa: ARG002
        return Stamp(latest.counter + 1, self.me)


@frozen
class StampsAnew(Node):
    """Gives what it writes back a stamp of its own, so that it is the latest."""

    def store(self, state: State, number: int, storing: Storing) -> Step[State]:
        version = storing.version
        if isinstance(storing.answer, Value):
            version = Version(self.next_stamp(version.stamp, version.stamp), version.value)
        return Node.store(self, state, number, evolve(storing, version=version))


@frozen
class TellsTheStamp(Node):
    """Answers a read by the number of the version."""

    def store(self, state: State, number: int, storing: Storing) -> Step[State]:
        told = Value(storing.version.stamp.counter) if isinstance(storing.answer, Value) else storing.answer
        return Node.store(self, state, number, evolve(storing, answer=told))


@frozen
class KeepsNothing(Node):
    """Has its copy in memory, and on the disk the number of its last operation."""

    def survives(self, state: State) -> tuple[State, ...]:
        return (State(number=state.number),)


@frozen
class NumbersAnew(Node):
    """Has its copy on the disk, and numbers its operations from one each time it comes up."""

    def survives(self, state: State) -> tuple[State, ...]:
        return (State(state.copy),)


@frozen
class TakesWhatComes(Node):
    """Lets its copy have whatever version comes last."""

    def keep(self, state: State, key: str, version: Version) -> State:
        return evolve(state, copy=state.copy.put(key, version))


@frozen
class ReportsAnEarlierVersion(Node):
    """Says that it was served by the version that its copy had before."""

    def stored(self, state: State, number: int, storing: Storing, source: Address) -> Step[State]:
        earlier = evolve(storing, version=Version(Stamp(storing.version.stamp.counter, B), None))
        enough = self.is_majority(len(storing.stored | {source}))
        return Node.stored(self, state, number, earlier if enough and self.me != B else storing, source)


UNKNOWN = spec.UNWRITTEN
A, B, C = addresses("node", 3)
ONE: tuple[Request, ...] = (Write(1),)
OTHER: tuple[Request, ...] = (Write(2),)
READ: tuple[Request, ...] = (Read(),)
TWICE: tuple[Request, ...] = (Read(), Read())
RESTART = Faults(crashes=1, recoveries=1, who=(A, B))

CROSSED = Pitfall(
    "DSM-4",
    "Two nodes write at once, and each has the other overwritten: they differ for ever.",
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
    "A node keeps what it has read, and tells it when that was overwritten long ago.",
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
    "Half of the nodes are asked, and the other half has it.",
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
FORGETS_ITS_OTHER_WRITES = Pitfall(
    "dsm_strong.ForgetsItsOtherWrites",
    "Two clients write at one node at once, and both writes get the same stamp.",
    breaks=spec.one_stamp_one_write,
    subject=system((A, ONE), (A, OTHER), nodes=2, node=ForgetsItsOtherWrites),
    length=6,
)
STAMPS_ANEW = Pitfall(
    "dsm_strong.StampsAnew",
    "A reader gives what it writes back a stamp of its own, as if it had written it.",
    breaks=spec.a_message_is_true,
    subject=system((A, READ), nodes=2, node=StampsAnew),
    length=3,
)
TELLS_THE_STAMP = Pitfall(
    "dsm_strong.TellsTheStamp",
    "A reader is told which version it is, in place of its value.",
    breaks=spec.an_answer_is_true,
    subject=system((A, READ), nodes=2, node=TellsTheStamp),
    length=5,
)
KEEPS_NOTHING = Pitfall(
    "dsm_strong.KeepsNothing",
    "A copy is in memory: after a restart the node that had stored a write does not know it, and a majority can be had without any that does.",
    breaks=spec.linearizable,
    subject=system((A, ONE), (B, READ), node=KeepsNothing, network=Network(), faults=evolve(RESTART, synchronous=True, who=(C,))),
    length=12,
    quick=False,
)
LOSES_WHAT_WAS_SERVED = Pitfall(
    "dsm_strong.KeepsNothing/stored",
    "A copy is in memory: what a majority had stored is left with fewer by a crash.",
    breaks=spec.a_majority_stores_what_was_served,
    subject=system((A, ONE), nodes=2, node=KeepsNothing, faults=RESTART),
    length=6,
)
FORGETS_IN_A_CRASH = Pitfall(
    "dsm_strong.KeepsNothing/back",
    "A copy is in memory, and gone after a crash.",
    breaks=spec.nothing_goes_back,
    subject=system((A, ONE), nodes=2, node=KeepsNothing, faults=RESTART),
    length=4,
)
TAKES_WHAT_COMES = Pitfall(
    "dsm_strong.TakesWhatComes",
    "A late copy of an old message overwrites what was written since.",
    breaks=spec.nothing_goes_back,
    subject=system((A, (*ONE, *OTHER)), nodes=2, node=TakesWhatComes),
    length=10,
)
NUMBERS_ANEW = Pitfall(
    "dsm_strong.NumbersAnew",
    "The number of the last operation is in memory: after a restart a late answer to an old question counts for a new one.",
    breaks=spec.stamps_keep_the_order,
    subject=evolve(
        system((A, TWICE), (B, ONE), node=NumbersAnew, network=Network(), faults=evolve(RESTART, synchronous=True, who=(A,))),
        assume=(cut_off((A, C), (C, A)),),
    ),
    length=13,
    quick=False,
)
NUMBERS_COME_BACK = Pitfall(
    "dsm_strong.NumbersAnew/again",
    "The number of the last operation is in memory: after a restart another operation gets the number of an old one.",
    breaks=spec.an_operation_keeps_its_number,
    subject=system((A, TWICE), nodes=2, node=NumbersAnew, faults=RESTART),
    length=4,
)
KEEPS_WHAT_IS_NOT_THERE = Pitfall(
    "dsm_strong.TakesWhatComes/unwritten",
    "A read finds that nobody has written a key, and has that stored as if it were a version.",
    breaks=spec.a_copy_is_of_what_was_written,
    subject=system((A, READ), nodes=2, node=TakesWhatComes),
    length=3,
)
REPORTS_AN_EARLIER_VERSION = Pitfall(
    "dsm_strong.ReportsAnEarlierVersion",
    "A node reports a stamp that it has not given.",
    breaks=spec.it_is_served_by_what_it_asked_for,
    subject=system((A, ONE), nodes=2, node=ReportsAnEarlierVersion),
    length=5,
)
