"""What goes wrong where servers crash: what is told before it is on the disk, and what is never put there."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.electing import LOSSY, S0, S1, S2, TIMELY
from concordant.refimpl.consensus.raft import Leader, Server, State, system
from concordant.refimpl.machine import Pitfall, Step, System
from concordant.spec.consensus.raft import Command, History
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address

# ---- mistakes


@frozen
class ForgetsItsVote(Server):
    """Keeps its vote in memory."""

    def survives(self, state: State) -> Iterable[State]:
        return tuple(evolve(left, vote=None) for left in super().survives(state))


@frozen
class ForgetsItsTerm(Server):
    """Keeps term and vote in memory, and takes the term of its last entry for its own."""

    def survives(self, state: State) -> Iterable[State]:
        return tuple(evolve(left, term=left.last.term, vote=None) for left in super().survives(state))


@frozen
class ForgetsItsLog(Server):
    """Keeps its log in memory."""

    def survives(self, state: State) -> Iterable[State]:
        return (State(state.term, state.vote),)


@frozen
class AcknowledgesFirst(Server):
    """Acknowledges an entry and writes it afterwards."""

    def survives(self, state: State) -> Iterable[State]:
        return tuple(State(state.term, state.vote, state.log[:length]) for length in range(max(len(state.log) - 1, 0), len(state.log) + 1))


@frozen
class CountsItselfAtOnce(Server):
    """Counts its own copy of an entry before that is on its disk."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return after.then(lambda state: self.stored(state, self.me, len(state.log)))

    def survives(self, state: State) -> Iterable[State]:
        return tuple(State(state.term, state.vote, state.log[:length]) for length in range(len(state.log) + 1))


# ---- the pitfalls, in systems as small as show them


def _crashing(server: type[Server], who: Address, *candidates: Address) -> System[History]:
    faults = evolve(TIMELY, crashes=1, recoveries=1, who=(who,))
    return system(servers=2, candidates=candidates, network=LOSSY, faults=faults, server=server)


FORGETS_ITS_VOTE = Pitfall(
    "raft.ForgetsItsVote",
    "The vote is not on stable storage (PySyncObj, issue 84): a server votes, crashes, and votes for another in the same term.",
    breaks=spec.election_safety,
    subject=system((), network=LOSSY, faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S2,)), server=ForgetsItsVote),
    length=9,
)
FORGETS_WHOM = Pitfall(
    "raft.ForgetsItsVote/alone",
    "The vote is not on stable storage: a server that has stood, and voted for itself, does not know it any more.",
    breaks=spec.a_vote_is_remembered,
    subject=_crashing(ForgetsItsVote, S0, S0),
    length=2,
)
FORGETS_ITS_TERM = Pitfall(
    "raft.ForgetsItsTerm",
    "Term and vote are not on stable storage: a server comes back in an earlier term.",
    breaks=spec.a_term_never_decreases,
    subject=_crashing(ForgetsItsTerm, S0, S0),
    length=2,
)
FORGETS_ITS_LOG = Pitfall(
    "RFT-6",
    "The log is not on stable storage: a server crashes, and nothing remembers an entry that a majority has acknowledged.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=_crashing(ForgetsItsLog, S1, S0),
    length=9,
)
ACKNOWLEDGES_FIRST = Pitfall(
    "raft.AcknowledgesFirst",
    "A server acknowledges an entry before that is on its disk, crashes, and has lost it.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=_crashing(AcknowledgesFirst, S1, S0),
    length=9,
)
COUNTS_ITSELF_AT_ONCE = Pitfall(
    "raft.CountsItselfAtOnce",
    "A leader counts itself among those that store an entry before its own disk has it.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=_crashing(CountsItselfAtOnce, S0, S0),
    length=8,
)
