"""What goes wrong with versions: how they are stamped, kept and told."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.memory.dsm_strong.rounds import ONE, OTHER, READ, TWICE, A, B, C
from concordant.refimpl.machine import Pitfall, Step, cut_off, step
from concordant.refimpl.memory.dsm_strong import Node, State, Storing, system
from concordant.spec.common.consistency.objects import Done, Value, Write
from concordant.spec.memory import dsm_strong as spec
from concordant.spec.memory.dsm_eventual import Stamp, Version
from concordant.spec.memory.dsm_strong import Request
from concordant.spec.vocabulary import Address, Faults, Network, Reply


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


@frozen
class ReportsItsFirstWrite(Node):
    """Says of each of its writes that it was served by the first."""

    def stored(self, state: State, number: int, storing: Storing, source: Address) -> Step[State]:
        return Node.stored(self, state, number, evolve(storing, version=evolve(storing.version, stamp=Stamp(1, self.me))), source)


@frozen
class StampsAsTheFirst(Node):
    """Stamps what it writes with the name of the first node."""

    def next_stamp(self, latest: Stamp, own: Stamp) -> Stamp:
        return evolve(Node.next_stamp(self, latest, own), node=min(self.me, *self.peers))


@frozen
class StampsForItsClient(Node):
    """Stamps what it writes with the name of whoever has asked for it."""

    def next_stamp(self, latest: Stamp, own: Stamp) -> Stamp:
        return evolve(Node.next_stamp(self, latest, own), node=Address("user", 0))


@frozen
class SkipsAStamp(Node):
    """Leaves room between two writes."""

    def next_stamp(self, latest: Stamp, own: Stamp) -> Stamp:
        after = Node.next_stamp(self, latest, own)
        return evolve(after, counter=after.counter + 1)


@frozen
class ForgetsTheKey(Node):
    """Keeps one value for all keys."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        return Node.request(self, state, client, evolve(request, key=""))


@frozen
class KnowsAnOldStamp(Node):
    """Tells its value with a stamp of its own making."""

    def held(self, state: State, key: str) -> Version:
        return evolve(Node.held(self, state, key), stamp=Stamp(1, self.me))


@frozen
class SaysDoneAtOnce(Node):
    """Answers a write before anybody has it."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        begun = Node.request(self, state, client, request)
        return step(begun.state, *begun.effects, Reply(client, Done()))


RESTART = Faults(crashes=1, recoveries=1, who=(A, B))

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
REPORTS_ITS_FIRST_WRITE = Pitfall(
    "dsm_strong.ReportsItsFirstWrite",
    "A node reports the stamp of another write of its own.",
    breaks=spec.it_is_served_by_what_it_asked_for,
    subject=system((A, (*ONE, *OTHER)), nodes=1, node=ReportsItsFirstWrite),
    length=2,
)
STAMPS_AS_THE_FIRST = Pitfall(
    "dsm_strong.StampsAsTheFirst",
    "All nodes stamp with one name, so that two of them may give one stamp to two writes.",
    breaks=spec.one_stamp_one_write,
    subject=system((B, ONE), nodes=2, node=StampsAsTheFirst),
    length=3,
)
SERVED_AS_THE_FIRST = Pitfall(
    "dsm_strong.StampsAsTheFirst/served",
    "All nodes stamp with one name: what a write is served by may be that of another node.",
    breaks=spec.it_is_served_by_what_it_asked_for,
    subject=system((B, ONE), nodes=2, node=StampsAsTheFirst),
    length=5,
)
STAMPS_FOR_ITS_CLIENT = Pitfall(
    "dsm_strong.StampsForItsClient",
    "A stamp has the name of the client: one that asks at two nodes at once may get one stamp twice.",
    breaks=spec.one_stamp_one_write,
    subject=system((A, ONE), nodes=1, node=StampsForItsClient),
    length=1,
)
SERVED_FOR_ITS_CLIENT = Pitfall(
    "dsm_strong.StampsForItsClient/served",
    "A write is served by a stamp that has the name of the client.",
    breaks=spec.it_is_served_by_what_it_asked_for,
    subject=system((A, ONE), nodes=1, node=StampsForItsClient),
    length=1,
)
SKIPS_A_STAMP = Pitfall(
    "dsm_strong.SkipsAStamp",
    "A node leaves a number out, as if a write had got it of which nobody knows.",
    breaks=spec.one_stamp_one_write,
    subject=system((A, ONE), nodes=1, node=SkipsAStamp),
    length=1,
)
FORGETS_THE_KEY = Pitfall(
    "dsm_strong.ForgetsTheKey",
    "A node stamps a write of another key than it was asked to write.",
    breaks=spec.one_stamp_one_write,
    subject=system((A, (Write(1, "x"),)), nodes=1, node=ForgetsTheKey),
    length=1,
)
KNOWS_AN_OLD_STAMP = Pitfall(
    "dsm_strong.KnowsAnOldStamp",
    "A node that is asked for its version makes up a stamp.",
    breaks=spec.a_message_is_true,
    subject=system((A, ONE), nodes=2, node=KnowsAnOldStamp),
    length=2,
)
SAYS_DONE_AT_ONCE = Pitfall(
    "dsm_strong.SaysDoneAtOnce",
    "A writer is told that it is done while no node has what it writes.",
    breaks=spec.an_answer_is_true,
    subject=system((A, ONE), nodes=2, node=SaysDoneAtOnce),
    length=1,
)
