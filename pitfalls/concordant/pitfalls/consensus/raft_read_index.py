"""What goes wrong with reads: a leader that answers them although it is deposed, or does not know yet what is committed."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.electing import LOSSY, RELIABLE, S0, S1, S2, TIMELY
from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Leader, State, Trigger
from concordant.refimpl.consensus.raft_read_index import SAFETY, Pending, Reader, Server, system
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, step
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import (
    AppendEntries,
    Contact,
    Elect,
    Grant,
    Mismatch,
    NotLeader,
    RequestVote,
    Stored,
    Submit,
    Term,
    Written,
    clauses,
)
from concordant.spec.consensus.raft_read_index import Confirm, Confirmed, Contents, NotYet, Read
from concordant.spec.vocabulary import Address, Reply, Send, Unknown, addresses

# ---- mistakes


@frozen
class ReadsLocally(Server):
    """Takes itself for the leader, and asks nobody."""

    def is_confirmed(self, role: Reader, pending: Pending) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TakesAnyRound(Server):
    """Counts who has confirmed at some time, also before the read."""

    def is_confirmed(self, role: Reader, pending: Pending) -> bool:  # noqa: ARG002  # that is the mistake
        return self.is_majority(1 + len(role.confirmed))


@frozen
class ReadsTooSoon(Server):
    """Takes what it knows to be committed for all that is, as soon as it leads."""

    def knows(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ReadsItsLog(Server):
    """Answers with all of its log."""

    def request(self, state: State, client: Address, request: Submit | Read) -> Step[State]:
        if isinstance(request, Read) and isinstance(state.role, Reader) and self.knows(state):
            return step(state, Reply(client, Contents(state.log)))
        return super().request(state, client, request)


@frozen
class NeverReady(Server):
    """Says *not yet* where it does not lead."""

    def request(self, state: State, client: Address, request: Submit | Read) -> Step[State]:
        if isinstance(request, Read) and not isinstance(state.role, Leader):
            return step(state, Reply(client, NotYet()))
        return super().request(state, client, request)


@frozen
class HintsAtItself(Server):
    """Sends whoever reads back to itself."""

    def request(self, state: State, client: Address, request: Submit | Read) -> Step[State]:
        if isinstance(request, Read) and not isinstance(state.role, Leader):
            return step(state, Reply(client, NotLeader(self.me)))
        return super().request(state, client, request)


@frozen
class UnsureOfReads(Server):
    """Does not know, when it is deposed, what a read has done: it does nothing, and may be asked of another."""

    def enter(self, state: State, term: Term) -> Step[State]:
        after = super().enter(state, term)
        reads = state.role.reads if isinstance(state.role, Reader) else ()
        return step(
            after.state, *(Reply(each.to, Unknown()) if isinstance(each, Reply) and each.to in reads else each for each in after.effects)
        )


@frozen
class DropsReads(Server):
    """Forgets who reads when it is deposed."""

    def enter(self, state: State, term: Term) -> Step[State]:
        return raft.Server.enter(self, state, term)


@frozen
class AsksOnce(Server):
    """Asks each peer once in a round."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        return raft.Server.fire(self, state, trigger)


@frozen
class AnswersAgain(Server):
    """Does not strike out the reads that it has answered."""

    def answered(self, state: State, role: Reader, *sent: Send) -> Step[State]:
        after = super().answered(state, role, *sent)
        return step(evolve(after.state, role=role), *after.effects)


# ---- the pitfalls, in systems as small as show them

C0, C1 = addresses("client", 2)
READER = Address("reader", 0)
RIVALS = (("x",), ("y",))

FIRST_COMMITS = (
    Fire(S0, Elect),
    Receive(S1, S0, RequestVote),
    Receive(S0, S1, Grant),
    Ask(S0, C0, ANY),
    Fire(S0, Written),
    Fire(S0, Contact(S1)),
    Receive(S1, S0, AppendEntries),
    Receive(S0, S1, Stored),
)
SECOND_COMMITS = (
    Fire(S1, Elect),
    Receive(S2, S1, RequestVote(2, ANY)),
    Receive(S1, S2, Grant(2)),
    Ask(S1, C1, ANY),
    Fire(S1, Written),
    Fire(S1, Contact(S2)),
    Receive(S2, S1, AppendEntries),  # y, behind x, which the third server lacks
    Receive(S1, S2, Mismatch),
    Fire(S1, Contact(S2)),
    Receive(S2, S1, AppendEntries),
    Receive(S1, S2, Stored),
    Fire(S1, Contact(S2)),
    Receive(S2, S1, AppendEntries),
    Receive(S1, S2, Stored),  # y is committed, and its client told
)

READS_LOCALLY = Pitfall(
    "raft_read_index.ReadsLocally",
    "A leader that does not know that it is deposed answers by itself: the read misses what the next leader has committed and answered.",
    breaks=spec.linearizable_reads,
    subject=system(RIVALS, candidates=(S0, S1), network=RELIABLE, server=ReadsLocally),
    length=23,
    schedule=(*FIRST_COMMITS, *SECOND_COMMITS, Ask(S0, READER, ANY)),
    correct=system(RIVALS, candidates=(S0, S1), network=RELIABLE),
)
TAKES_ANY_ROUND = Pitfall(
    "raft_read_index.TakesAnyRound",
    "A confirmation of an earlier read is taken for one of this: in between another leader was elected.",
    breaks=spec.linearizable_reads,
    subject=system(RIVALS, reads=2, candidates=(S0, S1), network=RELIABLE, server=TakesAnyRound),
    length=26,
    schedule=(
        *FIRST_COMMITS,
        Ask(S0, READER, ANY),
        Receive(S1, S0, Confirm),
        Receive(S0, S1, Confirmed),
        *SECOND_COMMITS,
        Ask(S0, READER, ANY),
    ),
    correct=system(RIVALS, reads=2, candidates=(S0, S1), network=RELIABLE),
)
READS_TOO_SOON = Pitfall(
    "raft_read_index.ReadsTooSoon",
    "A new leader answers before it knows what earlier ones have committed: all of it is in its log, and the read misses it.",
    breaks=spec.linearizable_reads,
    subject=system(servers=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=ReadsTooSoon),
    length=14,
)
READS_ITS_LOG = Pitfall(
    "raft_read_index.ReadsItsLog",
    "A leader shows entries that are not committed, and may yet be replaced.",
    breaks=spec.a_read_is_true,
    subject=system((("x", "y"),), servers=1, candidates=(S0,), network=RELIABLE, server=ReadsItsLog),
    length=5,
)
NEVER_READY = Pitfall(
    "raft_read_index.NeverReady",
    "A server that has never led says *not yet*: its client asks it again and again, and no other.",
    breaks=spec.a_read_is_true,
    subject=system(servers=2, candidates=(S0,), informed=False, network=RELIABLE, faults=TIMELY, server=NeverReady),
    length=1,
)
HINTS_AT_ITSELF = Pitfall(
    "raft_read_index.HintsAtItself",
    "A server that does not lead sends its reader back to itself.",
    breaks=spec.a_read_is_true,
    subject=system(servers=2, candidates=(S0,), informed=False, network=RELIABLE, faults=TIMELY, server=HintsAtItself),
    length=1,
)
UNSURE_OF_READS = Pitfall(
    "raft_read_index.UnsureOfReads",
    "A leader that is deposed says of a read that it does not know, as it must of a command.",
    breaks=spec.a_read_is_true,
    subject=system(servers=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=UnsureOfReads),
    length=11,
)
DROPS_READS = Pitfall(
    "raft_read_index.DropsReads",
    "A leader that is deposed forgets who reads: they are never answered.",
    breaks=clauses.nobody_waits_at_a_follower,
    subject=system(servers=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=DropsReads),
    length=11,
)
ASKS_ONCE = Pitfall(
    "raft_read_index.AsksOnce",
    "A question whether peers still follow is lost, and never asked again.",
    breaks=clauses.every_request_is_answered,
    subject=system(
        servers=2,
        candidates=(S0,),
        network=LOSSY,
        faults=TIMELY,
        server=AsksOnce,
        promises=(*SAFETY, clauses.every_request_is_answered),
    ),
    length=15,
)
ANSWERS_AGAIN = Pitfall(
    "raft_read_index.AnswersAgain",
    "A leader does not strike out a read that it has answered, and answers it again when one more has confirmed it.",
    breaks=clauses.nobody_is_answered_twice,
    subject=system(candidates=(S0,), network=RELIABLE, faults=TIMELY, server=AnswersAgain),
    length=15,
)
