"""What goes wrong where a server compares what it has with what it is sent: a log that looks like another up to some place, and is not."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.electing import RELIABLE, S0, S1, S2
from concordant.pitfalls.consensus.raft.replicating import C0, C1, C2, elect, store
from concordant.refimpl.consensus.last_vote import last_vote
from concordant.refimpl.consensus.raft import Candidate, Follower, Server, State, system
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step
from concordant.spec.consensus.raft import AppendEntries, Contact, Elect, Entry, Log, Position, RequestVote, Written, position
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address

# ---- mistakes


@frozen
class ComparesLastTerms(Server):
    """Votes for whoever has a last entry of a term as late as its own."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        return last.term >= own.term


@frozen
class ComparesLengthsFirst(Server):
    """Votes for the longer log, and looks at the last term only of two that are as long."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        return (last.index, last.term) >= (own.index, own.term)


@frozen
class RefusesShorterLogs(Server):
    """Votes for nobody whose log is shorter than its own, not even if it ends in a later term."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        return last >= own and last.index >= own.index


@frozen
class KeepsWhatFollows(Server):
    """Replaces an entry that conflicts, and keeps those behind it."""

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        return log if entry is None else (*log[:previous], entry, *log[previous + 1 :])


@frozen
class MatchesEarlierTerms(Server):
    """Takes an entry of an earlier term for the one that the leader has there."""

    def has(self, log: Log, previous: Position) -> bool:
        return previous.index <= len(log) and position(log, previous.index).term <= previous.term


@frozen
class VotesForABetterRival(Server):
    """As a candidate, votes for a rival whose log is more up to date."""

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:
        gives_way = isinstance(state.role, Candidate) and last > state.last
        return super().asked(evolve(state, vote=None, role=Follower()) if gives_way else state, candidate, last)


# ---- the pitfalls, in systems as small as show them

COMPARES_LAST_TERMS = Pitfall(
    "raft.ComparesLastTerms",
    "Of two logs that end in the same term the shorter is taken for as up to date: its server is elected, and lacks what was committed.",
    breaks=spec.leader_completeness,
    subject=system((("x", "y"),), candidates=(S0, S2), asked=((S0,),), network=RELIABLE, server=ComparesLastTerms),
    length=19,
    schedule=(
        *elect(S0, S1, 1),
        Receive(S2, S0, RequestVote(1, ANY)),
        Ask(S0, C0, ANY),
        Fire(S0, Written),
        *store(S0, S1),
        Fire(S0, Contact(S2)),
        Receive(S2, S0, AppendEntries),  # x, which all have
        Ask(S0, C0, ANY),
        Fire(S0, Written),
        *store(S0, S1),  # y, which is committed
        *elect(S2, S1, 2),
    ),
    correct=system((("x", "y"),), candidates=(S0, S2), asked=((S0,),), network=RELIABLE),
    correct_stops_at=19,
)
BOTH = (("x",), ("z",), ("y",))
COMPARES_LENGTHS_FIRST = Pitfall(
    "raft.ComparesLengthsFirst",
    "The longer log is taken for more up to date, whatever its terms: a server with two entries that nobody else has is elected, and lacks the one that was committed after them.",
    breaks=spec.leader_completeness,
    subject=system(BOTH, candidates=(S0, S1, S0), asked=((S0,), (S0,), (S1,)), network=RELIABLE, server=ComparesLengthsFirst),
    length=18,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),
        Ask(S0, C1, ANY),  # x and z stay with the first server
        Receive(S1, S0, RequestVote(1, ANY)),
        *elect(S1, S2, 2),
        Ask(S1, C2, ANY),
        Fire(S1, Written),
        *store(S1, S2),  # y, which is committed
        Receive(S0, S1, RequestVote(2, ANY)),
        *elect(S0, S2, 3),
    ),
    correct=system(BOTH, candidates=(S0, S1, S0), asked=((S0,), (S0,), (S1,)), network=RELIABLE),
    correct_stops_at=18,
)
REFUSES_SHORTER_LOGS = Pitfall(
    "raft.RefusesShorterLogs",
    "A vote is refused to a shorter log, even if it ends in a later term. One of three servers has stopped; of the two that are up one has the longer log, the other the later one: neither has the vote of the other, and nobody leads any more.",
    breaks=spec.a_leader_is_elected,
    subject=last_vote(RefusesShorterLogs),
    length=21,
)
KEEPS_WHAT_FOLLOWS = Pitfall(
    "raft.KeepsWhatFollows",
    "An entry of an earlier leader is replaced, and what stood behind it stays: the log goes back in term, and holds what its leader never sent.",
    breaks=spec.terms_of_a_log_never_decrease,
    subject=system(BOTH, candidates=(S0, S1), asked=((S0,), (S0,), (S1,)), network=RELIABLE, server=KeepsWhatFollows),
    length=12,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),
        Ask(S0, C1, ANY),  # x and z stay with the first server
        Receive(S1, S0, RequestVote(1, ANY)),
        *elect(S1, S2, 2),
        Ask(S1, C2, ANY),
        Fire(S1, Contact(S0)),
        Receive(S0, S1, AppendEntries),  # y, in the place of x
    ),
    correct=system(BOTH, candidates=(S0, S1), asked=((S0,), (S0,), (S1,)), network=RELIABLE),
)
MATCHES_EARLIER_TERMS = Pitfall(
    "raft.MatchesEarlierTerms",
    "A server has an entry of an earlier leader where the leader of today has another, and takes it for the same: it applies it when it is told how far that is committed.",
    breaks=spec.state_machine_safety,
    subject=system((("x",), ("y",)), candidates=(S0, S1, S2), asked=((S0,), (S1,)), network=RELIABLE, server=MatchesEarlierTerms),
    length=20,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),  # x stays with the first server
        Receive(S1, S0, RequestVote(1, ANY)),
        *elect(S1, S2, 2),
        Ask(S1, C1, ANY),
        Fire(S1, Written),
        *store(S1, S2),  # y, which is committed
        *store(S1, S2)[:2],
        *elect(S2, S1, 3),
        Fire(S2, Contact(S0)),
        Receive(S0, S2, AppendEntries),  # that y is to stand there
    ),
    correct=system((("x",), ("y",)), candidates=(S0, S1, S2), asked=((S0,), (S1,)), network=RELIABLE),
)
BETTER_RIVAL = Pitfall(
    "raft.VotesForABetterRival",
    "A candidate takes back the vote that it has given itself, and gives it to a rival of the same term whose log is more up to date: it has voted twice.",
    breaks=spec.a_vote_is_cast_once,
    subject=system(servers=2, terms=3, asked=((S0,),), informed=True, network=RELIABLE, server=VotesForABetterRival),
    length=9,
    schedule=(
        *elect(S0, S1, 1),
        Ask(S0, C0, ANY),  # x stays with the first server
        Fire(S1, Elect),
        Receive(S0, S1, RequestVote(2, ANY)),  # which the second cannot have
        Fire(S0, Elect),
        Fire(S1, Elect),  # both, in the third term
        Receive(S1, S0, RequestVote(3, ANY)),
    ),
    correct=system(servers=2, terms=3, asked=((S0,),), informed=True, network=RELIABLE),
)
