"""What goes wrong with replicated memory: the documents' store without versions, as written, and stamps that do not order writes."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, KnownViolation, Pitfall, Receive, Step, step
from concordant.refimpl.memory.dsm_eventual import COUNTING, READING, A, Access, B, Copy, Counting, Replica, Request, system
from concordant.spec.memory import dsm_eventual as spec
from concordant.spec.memory.dsm_eventual import (
    Add,
    Count,
    Delete,
    Found,
    Missing,
    Read,
    Stamp,
    Sum,
    Update,
    Version,
    Versions,
    Write,
    Written,
)
from concordant.spec.vocabulary import Address, Faults, Map, Network, Reply, Send

# ---- which version stays


@frozen
class LastArrivalWins(Replica):
    """Takes whatever comes."""

    def is_newer(self, known: Version | None, version: Version) -> bool:  # noqa: ARG002
        return True


@frozen
class FirstWins(Replica):
    """Keeps what it has."""

    def is_newer(self, known: Version | None, version: Version) -> bool:  # noqa: ARG002
        return known is None


@frozen
class DropsTheKey(Replica):
    """Deletes a key by dropping it."""

    def request(self, state: Copy, client: Address, request: Access) -> Step[Copy]:
        done = Replica.request(self, state, client, request)
        return step(Copy(done.state.versions.drop(request.key)), *done.effects) if isinstance(request, Delete) else done


@frozen
class KeepsNothing(Replica):
    """Has nothing on its disk."""

    def survives(self, state: Copy) -> tuple[Copy, ...]:  # noqa: ARG002
        return (Copy(),)


# ---- stamps


@frozen
class Restamps(Replica):
    """Stamps what it hears as its own."""

    def receive(self, state: Copy, source: Address, message: Update) -> Step[Copy]:
        mine = [(key, evolve(version, stamp=Stamp(version.stamp.counter, self.me))) for key, version in message.versions.items()]
        return Replica.receive(self, state, source, Update(Map.of(mine)))


@frozen
class StampsWithoutAName(Replica):
    """Stamps a write by its number, with no name to it: A stands for nobody."""

    def request(self, state: Copy, client: Address, request: Access) -> Step[Copy]:
        return Replica.request(Replica(A, self.peers), state, client, request)


@frozen
class CountsItsOwn(Replica):
    """Numbers its writes, whatever it has heard."""

    def request(self, state: Copy, client: Address, request: Access) -> Step[Copy]:
        own = Map(tuple((key, version) for key, version in state.versions.items() if version.stamp.node == self.me))
        if not isinstance(request, Write):
            return Replica.request(self, state, client, request)
        done = Replica.request(self, Copy(own), client, request)
        return step(self.put(state, request.key, done.state.versions[request.key]), *done.effects)


@frozen
class RepeatsItsStamp(Replica):
    """Stamps a write as the one before it."""

    def written(self, state: Copy, client: Address, key: str, value: object) -> Step[Copy]:
        known = state.versions.get(key)
        before = evolve(known, stamp=Stamp(known.stamp.counter - 1, self.me)) if known else None
        return Replica.written(self, self.put(state, key, before) if before else state, client, key, value)


# ---- reading what is not there


@frozen
class Query:
    """Ask a node for what a key holds."""

    key: str


@frozen
class Filling:
    """What a node holds of that."""

    versions: Versions


@frozen
class Asking(Copy):
    """Who waits for the value of which key."""

    clients: Map[Address, str] = Map()


@frozen
class ReadsThrough(Replica):
    """Asks its first peer for a key that it does not have, and keeps the answer as a cache does: as it comes."""

    def start(self) -> Step[Copy]:
        return step(Asking())

    def request(self, state: Asking, client: Address, request: Access) -> Step[Copy]:  # type: ignore[override]  # its own state
        if isinstance(request, Read) and request.key not in state.versions:
            return step(evolve(state, clients=state.clients.put(client, request.key)), Send(self.peers[0], Query(request.key)))
        return Replica.request(self, state, client, request)

    def receive(self, state: Asking, source: Address, message: Update | Query | Filling) -> Step[Copy]:  # type: ignore[override]
        match message:
            case Query(key) if key in state.versions:
                return step(state, Send(source, Filling(Map.of({key: state.versions[key]}))))
            case Query(key):
                return self.lacking(state, key)
            case Filling(versions):
                filled = evolve(state, clients=Map(), versions=Map.of((*state.versions.items(), *versions.items())))
                found = ((client, versions[key]) for client, key in state.clients.items() if key in versions)
                return step(filled, *(Reply(client, Found(version)) for client, version in found))
            case _:
                return Replica.receive(self, state, source, message)

    def lacking(self, state: Asking, key: str) -> Step[Copy]:  # noqa: ARG002
        """Say nothing."""
        return step(state)


@frozen
class AsksOn(ReadsThrough):
    """Asks its first peer, too, for what it is asked and does not have."""

    def lacking(self, state: Asking, key: str) -> Step[Copy]:
        return step(state, Send(self.peers[0], Query(key)))


@frozen
class Caching(Copy):
    """What was read before."""

    cache: Versions = Map()


@frozen
class ReadsItsCache(Replica):
    """Keeps what it has read, and reads it from there."""

    def start(self) -> Step[Copy]:
        return step(Caching())

    def request(self, state: Caching, client: Address, request: Access) -> Step[Copy]:  # type: ignore[override]
        if not isinstance(request, Read):
            return Replica.request(self, state, client, request)
        known = state.cache.get(request.key, state.versions.get(request.key))
        if known is None:
            return step(state, Reply(client, Missing()))
        return step(evolve(state, cache=state.cache.put(request.key, known)), Reply(client, Found(known)))


@frozen
class TellsTheStampBefore(Replica):
    """Answers a write by the stamp of what was overwritten."""

    def written(self, state: Copy, client: Address, key: str, value: object) -> Step[Copy]:
        done = Replica.written(self, state, client, key, value)
        known = state.versions.get(key)
        told = (Reply(client, Written(known.stamp)) if known and isinstance(each, Reply) else each for each in done.effects)
        return step(done.state, *told)


# ---- counting


@frozen
class CountsItsPart(Counting):
    """Counts what was added here."""

    def request(self, state: Copy, client: Address, request: Request) -> Step[Copy]:
        if not isinstance(request, Count):
            return Counting.request(self, state, client, request)
        part = state.versions.get(str(self.me))
        return step(state, Reply(client, Sum(self.number(part) if part else 0)))


@frozen
class OneKey(Counting):
    """Keeps the counter in one key, which all nodes write."""

    def request(self, state: Copy, client: Address, request: Request) -> Step[Copy]:
        match request:
            case Add(amount):
                known = state.versions.get("count")
                return self.written(state, client, "count", amount + (self.number(known) if known else 0))
            case _:
                return Counting.request(self, state, client, request)


@frozen
class CountsWhatCameLast(LastArrivalWins, Counting):
    """Takes whatever comes, and counts that."""


ANY_TIME = Faults()
ONE = ((A, Write("x", 1)),)
TWICE = ((A, Write("x", 1)), (A, Write("x", 2)))
READ = (B, Read("x"))
OTHER = (B, Write("x", 2))

CROSSED = Pitfall(
    "DSM-1",
    "There are no versions: two writes cross, each node takes the other's, and both have the one that came last.",
    breaks=spec.strong_convergence,
    subject=system(replica=LastArrivalWins, exchanges=False),
    length=4,
)
SWAPPED_FOR_EVER = Pitfall(
    "DSM-1/exchanges",
    "The same with anti-entropy: the nodes swap their values for ever.",
    breaks=spec.converges,
    subject=system(replica=LastArrivalWins, faults=ANY_TIME),
    length=14,
)
OVERTAKEN = Pitfall(
    "DSM-2",
    "There are no versions: the first of two writes comes last, and stays.",
    breaks=spec.nothing_goes_back,
    subject=system(TWICE, replica=LastArrivalWins, exchanges=False),
    length=4,
)
READ_BACKWARDS = Pitfall(
    "DSM-2/read",
    "The same: who has written a value reads an older one, which came from elsewhere.",
    breaks=spec.reads_go_forward,
    subject=system((*ONE, OTHER, READ), replica=LastArrivalWins, exchanges=False, promises=READING),
    length=4,
)
LOST = Pitfall(
    "DSM-3",
    "A write is sent once, and nothing makes up for it: after one loss a node is behind for ever.",
    breaks=spec.converges,
    subject=system(ONE, exchanges=False, network=Network(losses=1)),
    length=2,
)
FILLED_LATE = Pitfall(
    "DSM-7",
    "A node asks another for a key that it lacks, and keeps the answer as it comes: over a newer value that came in between.",
    breaks=spec.nothing_goes_back,
    subject=system((*TWICE, READ), replica=ReadsThrough, exchanges=False),
    length=6,
)
NO_TOMBSTONE = Pitfall(
    "DSM-8",
    "To delete is to hold None, which is to hold nothing: no node can tell it from what it has not heard.",
    breaks=spec.nothing_goes_back,
    subject=system((*ONE, (A, Delete("x"))), replica=DropsTheKey),
    length=2,
)
NOT_STRONG = KnownViolation(
    spec.reads_are_fresh,
    "A read sees what its own node has heard. The documents give this, without a word, to who asks for the mode `Strong`, which they do not know.",
    system((*ONE, READ), promises=(*READING, spec.reads_are_fresh)),
    (Ask(A, Address("user"), Write("x", 1)),),
    id="DSM-9",
)
STALE = KnownViolation(
    spec.reads_are_fresh,
    "A read after a write that was answered may still see the one before.",
    system((*TWICE, READ), promises=(*READING, spec.reads_are_fresh)),
    (
        Ask(A, Address("user"), Write("x", 1)),
        Receive(B, A, Update(Map.of({"x": Version(Stamp(1, A), 1)}))),
        Ask(A, Address("user"), Write("x", 2)),
    ),
    id="DSM-9/stale",
)
CACHED = Pitfall(
    "DSM-10",
    "A value that was read is kept, and never looked at again.",
    breaks=spec.answers_are_true,
    subject=system((TWICE[0], (A, Read("x")), TWICE[1], (A, Read("x"))), replica=ReadsItsCache, promises=READING),
    length=4,
)
ASKED_IN_CIRCLES = Pitfall(
    "DSM-11",
    "Who lacks what it is asked for asks the next: two nodes that lack a key ask each other for ever.",
    breaks=spec.everybody_is_answered_at_once,
    subject=system((READ,), replica=AsksOn, exchanges=False),
    length=1,
)
ASKED_IN_VAIN = Pitfall(
    "DSM-11/silent",
    "Who lacks what it is asked for says nothing, and is waited for.",
    breaks=spec.everybody_is_answered_at_once,
    subject=system((READ,), replica=ReadsThrough, exchanges=False),
    length=1,
)
FIRST_WINS = Pitfall(
    "dsm_eventual.FirstWins",
    "A node keeps what it has written itself.",
    breaks=spec.the_latest_wins,
    subject=system(replica=FirstWins),
    length=3,
)
RESTAMPED = Pitfall(
    "dsm_eventual.Restamps",
    "A node stamps what it hears as its own.",
    breaks=spec.no_creation,
    subject=system(ONE, replica=Restamps),
    length=2,
)
WITHOUT_A_NAME = Pitfall(
    "dsm_eventual.StampsWithoutAName",
    "Stamps are numbers: two nodes give the same to different writes.",
    breaks=spec.one_stamp_one_write,
    subject=system(replica=StampsWithoutAName),
    length=2,
)
COUNTS_ITS_OWN = Pitfall(
    "dsm_eventual.CountsItsOwn",
    "A node counts its own writes: what it overwrites may have a greater stamp, and comes back.",
    breaks=spec.a_write_is_the_newest,
    subject=system((*TWICE, (B, Write("x", 3))), replica=CountsItsOwn),
    length=3,
)
KEEPS_NOTHING = Pitfall(
    "dsm_eventual.KeepsNothing",
    "A copy is in memory: who has written does not find it after a crash.",
    breaks=spec.reads_go_forward,
    subject=system(
        (*ONE, (A, Read("x"))), replica=KeepsNothing, faults=Faults(synchronous=True, crashes=1, recoveries=1, who=(A,)), promises=READING
    ),
    length=4,
)
ONE_KEY = Pitfall(
    "dsm_eventual.OneKey",
    "A counter is kept in one key: of two that add at once the last writer wins, and the other's amount is lost.",
    breaks=spec.every_add_counts,
    subject=system(((A, Add(1)), (B, Add(1))), replica=OneKey, promises=COUNTING),
    length=8,
)
COUNTED_BACK = Pitfall(
    "dsm_eventual.CountsWhatCameLast",
    "There are no versions: the count of a node goes up and down for ever, as old copies of it come back.",
    breaks=spec.every_add_counts,
    subject=system(((A, Add(1)), (A, Add(1))), replica=CountsWhatCameLast, promises=COUNTING),
    length=10,
)
REPEATS_ITS_STAMP = Pitfall(
    "dsm_eventual.RepeatsItsStamp",
    "The stamp of a write is not counted on: two writes of a node have the same.",
    breaks=spec.a_write_is_the_newest,
    subject=system(TWICE, replica=RepeatsItsStamp),
    length=2,
)
TELLS_THE_STAMP_BEFORE = Pitfall(
    "dsm_eventual.TellsTheStampBefore",
    "Who writes is told the stamp of what that overwrites.",
    breaks=spec.answers_are_true,
    subject=system(TWICE, replica=TellsTheStampBefore),
    length=2,
)
COUNTS_ITS_PART = Pitfall(
    "dsm_eventual.CountsItsPart",
    "A node counts what was added at it alone.",
    breaks=spec.answers_are_true,
    subject=system(((A, Add(1)), (B, Count())), replica=CountsItsPart, promises=COUNTING),
    length=3,
)
