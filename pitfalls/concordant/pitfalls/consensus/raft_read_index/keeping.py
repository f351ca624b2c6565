"""What goes wrong with what a leader keeps: who waits for a read, what it has heard of whom, and for whom it asks again."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft_read_index.deposed import LOSSY, RELIABLE, S0, S1, TIMELY, TrustsItsCommit
from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import State, Trigger
from concordant.refimpl.consensus.raft_read_index import Leader, Reading, Server, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import Term
from concordant.spec.consensus.raft_read_index import Heartbeat, ServerView
from concordant.spec.vocabulary import Address, Map, Send, broadcast

# ---- mistakes


@frozen
class Deposed(raft.Follower):
    """A follower that has led, and keeps who waits for a read."""

    reads: tuple[Reading, ...] = ()


@frozen
class KeepsItsReaders(Server):
    """Keeps who waits for a read when it is deposed, and gives no answer."""

    def enter(self, state: State, term: Term) -> Step[State]:
        entered = raft.Server.enter(self, state, term)
        reads = state.role.reads if isinstance(state.role, Leader) else ()
        return step(evolve(entered.state, role=Deposed(reads=reads)), *entered.effects)

    def view(self, state: State) -> ServerView:
        readers = frozenset(reading.client for reading in state.role.reads) if isinstance(state.role, Deposed) else frozenset()
        shown = super().view(state)
        return evolve(shown, readers=shown.readers | readers)


@frozen
class KeepsWhoIsAnswered(Server):
    """Keeps who was answered among those who wait."""

    def answered(self, state: State, role: Leader) -> Step[State]:
        after = super().answered(state, role)
        return evolve(after, state=state)


@frozen
class AsksInTheNextTerm(Server):
    """Asks as if it led the next term."""

    def read(self, state: State, role: Leader, client: Address) -> Step[State]:
        after = super().read(state, role, client)
        return step(after.state, *broadcast(self.peers, Heartbeat(state.term + 1, role.round + 1)))


@frozen
class HearsOneForAll(Server):
    """Notes the answer of one as that of all."""

    def confirmed(self, state: State, peer: Address, round: int) -> Step[State] | None:
        role = state.role
        heard = Map.of(dict.fromkeys(self.peers, round))
        return super().confirmed(evolve(state, role=evolve(role, heard=heard)) if isinstance(role, Leader) else state, peer, round)


@frozen
class BeginsAnewWithEachRound(Server):
    """Drops what it has heard of the others when one answers again, in a later round."""

    def confirmed(self, state: State, peer: Address, round: int) -> Step[State] | None:
        role = state.role
        if isinstance(role, Leader) and 0 < role.heard.get(peer, 0) < round:
            return super().confirmed(evolve(state, role=evolve(role, heard=Map())), peer, round)
        return super().confirmed(state, peer, round)


@frozen
class AsksForTheFirst(Server):
    """Asks again only for who has waited longest."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after, role = super().fire(state, trigger), state.role
        if not isinstance(role, Leader) or not role.reads:
            return after
        first = Heartbeat(state.term, role.reads[0].round)
        told = (
            evolve(effect, message=first) if isinstance(effect, Send) and isinstance(effect.message, Heartbeat) else effect
            for effect in after.effects
        )
        return step(after.state, *told)


# ---- the pitfalls, in systems as small as show them

TRUSTS_WHAT_IS_OLDER = Pitfall(
    "raft_read_index.TrustsItsCommit/earlier",
    "A new leader takes what was committed before its term for all that is: it answers a read before anything of its own is.",
    breaks=spec.a_read_is_confirmed,
    subject=system((S1, (None,)), servers=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=TrustsItsCommit),
    length=13,
)
KEEPS_ITS_READERS = Pitfall(
    "raft_read_index.KeepsItsReaders",
    "A leader that is deposed keeps who waits for a read, whom it can answer no more.",
    breaks=spec.a_read_waits_at_a_leader,
    subject=system((S0, (None,)), servers=2, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=KeepsItsReaders),
    length=7,
)
KEEPS_WHO_IS_ANSWERED = Pitfall(
    "raft_read_index.KeepsWhoIsAnswered",
    "Who was answered is kept among those who wait: with each that comes there are more to look through.",
    breaks=spec.a_read_waits_at_a_leader,
    subject=system((S0, (None,)), (S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=KeepsWhoIsAnswered),
    length=11,
)
ASKS_IN_THE_NEXT_TERM = Pitfall(
    "raft_read_index.AsksInTheNextTerm",
    "A leader asks as if it led the next term: whoever hears it takes it for the leader of a term in which nobody was elected.",
    breaks=spec.a_round_is_true,
    subject=system((S0, (None,)), servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=AsksInTheNextTerm),
    length=4,
)
HEARS_ONE_FOR_ALL = Pitfall(
    "raft_read_index.HearsOneForAll",
    "The answer of one is noted as that of all: a leader that reaches one of four others takes itself for confirmed.",
    breaks=spec.what_is_heard_was_said,
    subject=system((S0, (None,)), candidates=(S0,), network=RELIABLE, faults=TIMELY, server=HearsOneForAll),
    length=6,
)
BEGINS_ANEW = Pitfall(
    "raft_read_index.BeginsAnewWithEachRound",
    "When one that has answered answers a later round, what was heard of the others is dropped: they must answer once more, also for who waits for an earlier round.",
    breaks=spec.what_is_heard_stays_heard,
    subject=system((S0, (None, None)), candidates=(S0,), network=RELIABLE, faults=TIMELY, server=BeginsAnewWithEachRound),
    length=17,
)
ASKS_FOR_THE_FIRST = Pitfall(
    "raft_read_index.AsksForTheFirst",
    "Two wait for a read, a heartbeat is lost, and is sent again for the first of them: each waits for a round of its own.",
    breaks=spec.a_round_is_true,
    subject=system((S0, (None,)), (S0, (None,)), servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=AsksForTheFirst),
    length=9,
)
