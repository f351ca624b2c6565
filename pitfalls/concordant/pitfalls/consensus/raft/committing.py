"""What goes wrong with commitment: who is counted, what is taken for committed, and who is told."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.electing import LOSSY, RELIABLE, S0, S1, S2, TIMELY, ComparesLengths
from concordant.pitfalls.consensus.raft.replicating import C0, C1, C2, elect, leading_twice, replicate, store
from concordant.refimpl.consensus.raft import SAFETY, STABLE, Leader, Server, State, system
from concordant.refimpl.consensus.whole_logs import SendsAll
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, step
from concordant.spec.consensus.raft import (
    Advanced,
    AppendEntries,
    Contact,
    Elect,
    Grant,
    Message,
    RequestVote,
    Stored,
    Written,
    position,
)
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Send, addresses

# ---- mistakes


@frozen
class CommitsAnyTerm(Server):
    """Commits an entry once a majority stores it, whatever its term."""

    def may_commit(self, state: State, role: Leader, index: int) -> bool:  # noqa: ARG002  # that is the mistake
        return self.is_majority(sum(stored >= index for stored in role.stored.values()))


@frozen
class CountsFollowersOnly(Server):
    """Counts who stores an entry, and leaves out itself."""

    def may_commit(self, state: State, role: Leader, index: int) -> bool:
        return super().may_commit(state, evolve(role, stored=role.stored.drop(self.me)), index)


@frozen
class TwoAreEnough(Server):
    """Takes two servers for a majority, as they are of three."""

    def is_majority(self, count: int) -> bool:
        return count > 1


@frozen
class CountsAnswers(Server):
    """Counts answers, not who gave them."""

    def stored(self, state: State, server: Address, index: int) -> Step[State] | None:
        role = state.role
        if isinstance(role, Leader) and server != self.me and index <= role.stored[server]:
            return super().stored(state, min(peer for peer in self.peers if role.stored[peer] < index), index)
        return super().stored(state, server, index)


@frozen
class CountsOldCopies(Server):
    """Counts who has stored its log, in whichever of its terms that was."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Stored) and message.term < state.term:
            return self.stored(state, source, min(message.index, len(state.log)))
        return super().receive(state, source, message)


@frozen
class CommitsWhatItIsTold(Server):
    """Commits as far as the leader has, whatever its own log holds there."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        after = super().append(state, leader, message)
        return step(evolve(after.state, commit=max(state.commit, message.commit)), *after.effects)


@frozen
class CommitsToItsOwnEnd(SendsAll):
    """Commits as far as the leader has, and as far as its own log goes, not as far as the two are known to agree."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        after = super().append(state, leader, message)
        stored = any(isinstance(effect, Send) and isinstance(effect.message, Stored) for effect in after.effects)
        commit = max(state.commit, min(message.commit, len(after.state.log)))
        return step(evolve(after.state, commit=commit), *after.effects) if stored else after


@frozen
class AcknowledgesAllItHas(Server):
    """Answers how far its own log goes, not how far that is the leader's."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        after = super().append(state, leader, message)
        whole = Send(leader, Stored(state.term, len(after.state.log)))
        return step(
            after.state, *(whole if isinstance(effect, Send) and isinstance(effect.message, Stored) else effect for effect in after.effects)
        )


@frozen
class ObeysTheLatestMessage(Server):
    """Takes the commitment of the message that comes last, which need not be the latest."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        return super().append(evolve(state, commit=0), leader, message)


@frozen
class TellsNoCommitment(Server):
    """Never tells followers how far it has committed."""

    def message(self, state: State, to: Address) -> RequestVote | AppendEntries:
        message = super().message(state, to)
        return evolve(message, commit=0) if isinstance(message, AppendEntries) else message


@frozen
class TellsAllForCommitted(Server):
    """Tells followers that all of its log is committed."""

    def message(self, state: State, to: Address) -> RequestVote | AppendEntries:
        message = super().message(state, to)
        return evolve(message, commit=len(state.log)) if isinstance(message, AppendEntries) else message


@frozen
class AnnouncesWhatItLearns(Server):
    """Announces what it is told to be committed as if it had committed that."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        after = super().append(state, leader, message)
        learned = after.state.log[: after.state.commit]
        known = (Announce(Advanced(state.term, learned, frozenset({self.me}))),) if after.state.commit > state.commit else ()
        return step(after.state, *known, *after.effects)


@frozen
class NamesTheFirstTerm(Server):
    """Says that it has committed in the term in which its log begins."""

    def advance(self, state: State, role: Leader) -> Step[State]:
        after, first = super().advance(state, role), position(state.log, 1).term
        match after.effects:
            case (Announce(Advanced(_, log, servers)), *answers):
                return step(after.state, Announce(Advanced(first, log, servers)), *answers)
            case _:
                return after


# ---- the pitfalls, in systems as small as show them

S3, S4 = addresses("server", 5)[3:]


def elect_of_five(leader: Address, one: Address, other: Address, term: int) -> tuple[object, ...]:
    """Stand, and lead with the votes of two others."""
    return (
        Fire(leader, Elect),
        *(Receive(voter, leader, RequestVote(term, ANY)) for voter in (one, other)),
        *(Receive(leader, voter, Grant(term)) for voter in (one, other)),
    )


FOLLOWERS_ONLY = Pitfall(
    "RFT-1",
    "Only followers' copies are counted: with one of three servers down, leader and follower are a majority, and nothing is committed.",
    breaks=spec.every_request_is_answered,
    subject=system(
        candidates=(S0,),
        network=LOSSY,
        faults=evolve(TIMELY, crashes=1, who=(S2,)),
        server=CountsFollowersOnly,
        promises=(*SAFETY, *STABLE),
    ),
    length=14,
)
A_LEADER_ALONE = Pitfall(
    "RFT-2",
    "Only followers' copies are counted: a single server can never commit.",
    breaks=spec.every_request_is_answered,
    subject=system(servers=1, candidates=(S0,), network=RELIABLE, server=CountsFollowersOnly, promises=(*SAFETY, *STABLE)),
    length=3,
)
COUNTS_ANSWERS = Pitfall(
    "RFT-3",
    "A follower's answer that comes twice is counted twice: two of five servers are taken for a majority.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system(servers=5, server=CountsAnswers),
    length=11,
    schedule=(
        Fire(S0, Elect),
        Receive(S1, S0, RequestVote),
        Receive(S2, S0, RequestVote),
        Receive(S0, S1, Grant),
        Receive(S0, S2, Grant),
        Ask(S0, C0, ANY),
        Fire(S0, Written),
        Fire(S0, Contact(S1)),
        Receive(S1, S0, AppendEntries),
        Receive(S0, S1, Stored),
        Receive(S0, S1, Stored),  # the same again
    ),
    correct=system(servers=5),
    correct_stops_at=11,
)
TWO_ARE_ENOUGH = Pitfall(
    "raft.TwoAreEnough",
    "An entry is committed once one other server has it, which is a majority of three, and half of four: the other half, by the same count, elects a leader that has never heard of it.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system(servers=4, candidates=(S0,), asked=((S0,),), informed=True, network=RELIABLE, faults=TIMELY, server=TwoAreEnough),
    length=12,
)
THREE_CLIENTS = (("x",), ("z",), ("y",))
AT_TWO_LEADERS = ((S0,), (S0,), (S1,))
COMPARES_LENGTHS = Pitfall(
    "raft.ComparesLengths",
    "Of two logs the longer is taken for the more up to date: one with two entries that few have heard of wins over one that ends with what is committed.",
    breaks=spec.leader_completeness,
    subject=system(THREE_CLIENTS, terms=3, asked=AT_TWO_LEADERS, network=RELIABLE, server=ComparesLengths),
    length=18,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),
        Ask(S0, C1, ANY),  # x and z stay with the first server
        Fire(S1, Elect),  # in a term in which the others have voted
        *elect(S1, S2, 2),
        Ask(S1, C2, ANY),
        Fire(S1, Written),
        Fire(S1, Contact(S2)),
        Receive(S2, S1, AppendEntries),
        Receive(S1, S2, Stored),  # y, which is committed
        Receive(S0, S1, RequestVote(2, ANY)),
        *elect(S0, S2, 3),  # without y
    ),
    correct=system(THREE_CLIENTS, terms=3, asked=AT_TWO_LEADERS, network=RELIABLE),
    correct_stops_at=18,
)
ACKNOWLEDGES_ALL_IT_HAS = Pitfall(
    "raft.AcknowledgesAllItHas",
    "A follower answers a heartbeat by how long its log is: what it has of an earlier leader is taken for a copy of what this one appends next.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system((("x",), ("y",)), terms=2, network=RELIABLE, server=AcknowledgesAllItHas),
    length=14,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),  # x stays with the first server
        Fire(S1, Elect),  # in a term in which the others have voted
        *elect(S1, S2, 2),
        Receive(S0, S1, RequestVote(2, ANY)),
        Fire(S1, Contact(S0)),
        Ask(S1, C1, ANY),  # y, which nobody else has
        Receive(S0, S1, AppendEntries),  # that nothing is to stand before the first entry
        Receive(S1, S0, Stored),
        Fire(S1, Written),
    ),
    correct=system((("x",), ("y",)), terms=2, network=RELIABLE),
)
COMMITS_TO_ITS_OWN_END = Pitfall(
    "raft.CommitsToItsOwnEnd",
    "A follower takes all of its log for committed where the leader has committed more than it has sent: it applies an entry of an earlier leader.",
    breaks=spec.state_machine_safety,
    subject=system((("x", "z"), ("y",)), terms=2, network=RELIABLE, server=CommitsToItsOwnEnd),
    length=23,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),
        Fire(S0, Written),
        Fire(S0, Contact(S1)),
        Receive(S1, S0, AppendEntries),
        Receive(S0, S1, Stored),  # x, which is committed
        Ask(S0, C0, ANY),  # z stays with the first server
        *elect(S1, S2, 2),
        Receive(S0, S1, RequestVote(2, ANY)),
        Ask(S1, C1, ANY),
        Fire(S1, Written),
        *store(S1, S2),
        *store(S1, S2),  # x and y, which is committed
        Fire(S1, Contact(S0)),
        Receive(S0, S1, AppendEntries),  # x, which stands before z there
    ),
    correct=system((("x", "z"), ("y",)), terms=2, network=RELIABLE, server=SendsAll),
)
FIGURE_8 = Pitfall(
    "RFT-9",
    "An entry of an earlier term is committed once a majority stores it: a leader who has never heard of it is elected, and replaces it.",
    breaks=spec.what_is_committed_stays,
    subject=system((("x",), ("y",)), terms=4, network=RELIABLE, server=CommitsAnyTerm),
    length=31,
    schedule=(
        *elect(S0, S2, 1),
        Ask(S0, C0, ANY),  # x stays with the first server
        Fire(S0, Written),
        Fire(S1, Elect),  # in a term in which the others have voted
        *elect(S1, S2, 2),
        Ask(S1, C1, ANY),  # y stays with the second
        Fire(S1, Written),
        Receive(S0, S1, RequestVote(2, ANY)),
        *elect(S0, S2, 3),
        *replicate(S0, S2),  # a majority stores x, of term 1: here it is committed
        Receive(S1, S0, RequestVote(3, ANY)),
        *elect(S1, S2, 4),  # whose last entry is of term 2
        *replicate(S1, S2),  # a majority stores y in its place
    ),
    correct=system((("x",), ("y",)), terms=4, network=RELIABLE),
)
OLD_COPIES = Pitfall(
    "raft.CountsOldCopies",
    "A leader was deposed, its log was replaced, and it leads again: that a server has stored what it had then, which is told late, is counted for what it has now.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system((("x", "w"), ("z",), ("y",)), servers=5, terms=3, network=RELIABLE, server=CountsOldCopies),
    length=31,
    schedule=(
        *elect_of_five(S0, S1, S2, 1),
        Ask(S0, C0, ANY),
        Ask(S0, C1, ANY),
        *store(S0, S1),  # x, and then z, of which the first server hears late that it is stored
        Fire(S0, Contact(S1)),
        Receive(S1, S0, AppendEntries),
        *elect_of_five(S2, S3, S4, 2),
        Ask(S2, C2, ANY),
        Fire(S2, Contact(S0)),
        Receive(S0, S2, AppendEntries),  # y, in place of x and z
        *elect_of_five(S0, S2, S3, 3),
        Ask(S0, C0, ANY),  # w, where z was
        Fire(S0, Written),
        *store(S0, S2),  # two of five have it
        Receive(S0, S1, Stored(1, 2)),  # of z
    ),
    correct=system((("x", "w"), ("z",), ("y",)), servers=5, terms=3, network=RELIABLE),
)
COMMITS_ANY_TERM = Pitfall(
    "raft.CommitsAnyTerm",
    "A leader counts copies of an entry of an earlier term.",
    breaks=spec.a_leader_commits_entries_of_its_own_term,
    subject=system(servers=2, candidates=(S0, S1), network=LOSSY, faults=TIMELY, server=CommitsAnyTerm),
    length=14,
)
NAMES_THE_FIRST_TERM = Pitfall(
    "raft.NamesTheFirstTerm",
    "A leader says that it has committed in the term in which its log begins, and not in that which it leads.",
    breaks=spec.a_leader_commits_entries_of_its_own_term,
    subject=leading_twice(NamesTheFirstTerm),
    length=7,
)
ANNOUNCES_WHAT_IT_LEARNS = Pitfall(
    "raft.AnnouncesWhatItLearns",
    "A follower announces what it is told to be committed, as if it had committed that.",
    breaks=spec.a_leader_commits_entries_of_its_own_term,
    subject=system(servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=AnnouncesWhatItLearns),
    length=10,
)
TELLS_ALL_FOR_COMMITTED = Pitfall(
    "raft.TellsAllForCommitted",
    "A leader tells its followers that all of its log is committed.",
    breaks=spec.a_message_is_true,
    subject=system(servers=2, network=RELIABLE, server=TellsAllForCommitted),
    length=5,
)
COMMITS_WHAT_IT_IS_TOLD = Pitfall(
    "raft.CommitsWhatItIsTold",
    "A follower takes all that the leader has committed for its own, before it has it.",
    breaks=spec.state_machine_safety,
    subject=system((("x", "y"),), candidates=(S0,), network=RELIABLE, faults=TIMELY, server=CommitsWhatItIsTold),
    length=17,
)
OBEYS_THE_LATEST_MESSAGE = Pitfall(
    "raft.ObeysTheLatestMessage",
    "A follower goes back to what an old message says of commitment.",
    breaks=spec.what_is_applied_stays_applied,
    subject=system(servers=2, server=ObeysTheLatestMessage),
    length=11,
)
TELLS_NO_COMMITMENT = Pitfall(
    "raft.TellsNoCommitment",
    "Followers are never told what is committed, and apply nothing.",
    breaks=spec.every_server_learns_what_is_committed,
    subject=system(servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=TellsNoCommitment, promises=(*SAFETY, *STABLE)),
    length=13,
)
