"""What goes wrong with logs: what is stored, what is dropped, and what is taken for committed."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.electing import LOSSY, RELIABLE, S0, S1, S2, TIMELY
from concordant.refimpl.consensus.raft import SAFETY, STABLE, Leader, Server, State, Trigger, system
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, step
from concordant.spec.consensus.raft import (
    AppendEntries,
    Command,
    Contact,
    Elect,
    Entry,
    Grant,
    Log,
    Mismatch,
    Position,
    RequestVote,
    Stored,
    Written,
)
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address, addresses

# ---- mistakes: storing


@frozen
class StoresAnything(Server):
    """Stores an entry whatever precedes it."""

    def has(self, log: Log, previous: Position) -> bool:
        return previous.index <= len(log)


@frozen
class ReplacesTheRest(Server):
    """Drops what follows a stored entry, though nothing contradicts it."""

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        return log if entry is None else (*log[:previous], entry)


@frozen
class CutsAtAHeartbeat(Server):
    """Drops what follows the position that a heartbeat names."""

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        return log[:previous] if entry is None else super().merged(log, previous, entry)


@frozen
class ClearsItsLog(Server):
    """Begins its term as leader with what is committed, and drops the rest."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        return super().submitted(evolve(state, log=state.log[: state.commit]), role, client, command)


@frozen
class StampsTheNextTerm(Server):
    """Stamps an entry with the term to come."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return step(evolve(after.state, log=(*state.log, Entry(state.term + 1, command))), *after.effects)


# ---- mistakes: committing


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
class CountsAnswers(Server):
    """Counts answers, not who gave them."""

    def stored(self, state: State, server: Address, index: int) -> Step[State] | None:
        role = state.role
        if isinstance(role, Leader) and server != self.me and index <= role.stored[server]:
            return super().stored(state, min(peer for peer in self.peers if role.stored[peer] < index), index)
        return super().stored(state, server, index)


@frozen
class CommitsWhatItIsTold(Server):
    """Commits as far as the leader has, whatever its own log holds there."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        after = super().append(state, leader, message)
        return step(evolve(after.state, commit=max(state.commit, message.commit)), *after.effects)


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
class StaysAtItsEnd(Server):
    """Sends a peer what is next behind its own log, whatever that lacks."""

    def mismatched(self, state: State, peer: Address, index: int) -> Step[State] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class SendsOnce(Server):
    """Sends each entry once, and asks each peer once for a vote."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        if not isinstance(state.role, Leader):
            return tuple(trigger for trigger in super().armed(state) if not isinstance(trigger, Contact))
        fresh = {peer for peer in self.peers if state.role.next[peer] <= len(state.log)}
        return tuple(trigger for trigger in super().armed(state) if not isinstance(trigger, Contact) or trigger.to in fresh)

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        if not isinstance(trigger, Contact) or not isinstance(state.role, Leader):
            return after
        return step(evolve(state, role=evolve(state.role, next=state.role.next.put(trigger.to, len(state.log) + 1))), *after.effects)


# ---- the pitfalls, in systems as small as show them

C0, C1 = addresses("client", 2)

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


def _elect(leader: Address, voter: Address, term: int) -> tuple[object, ...]:
    return (Fire(leader, Elect), Receive(voter, leader, RequestVote(term, ANY)), Receive(leader, voter, Grant(term)))


def _replicate(leader: Address, peer: Address) -> tuple[object, ...]:
    """Send a heartbeat, which does not match, and then the first entry."""
    heartbeat = (Fire(leader, Contact(peer)), Receive(peer, leader, AppendEntries), Receive(leader, peer, Mismatch))
    return (*heartbeat, Fire(leader, Contact(peer)), Receive(peer, leader, AppendEntries), Receive(leader, peer, Stored))


FIGURE_8 = Pitfall(
    "RFT-9",
    "An entry of an earlier term is committed once a majority stores it: a leader who has never heard of it is elected, and replaces it.",
    breaks=spec.what_is_committed_stays,
    subject=system((("x",), ("y",)), terms=4, network=RELIABLE, server=CommitsAnyTerm),
    length=31,
    schedule=(
        *_elect(S0, S2, 1),
        Ask(S0, C0, ANY),  # x stays with the first server
        Fire(S0, Written),
        Fire(S1, Elect),  # in a term in which the others have voted
        *_elect(S1, S2, 2),
        Ask(S1, C1, ANY),  # y stays with the second
        Fire(S1, Written),
        Receive(S0, S1, RequestVote(2, ANY)),
        *_elect(S0, S2, 3),
        *_replicate(S0, S2),  # a majority stores x, of term 1: here it is committed
        Receive(S1, S0, RequestVote(3, ANY)),
        *_elect(S1, S2, 4),  # whose last entry is of term 2
        *_replicate(S1, S2),  # a majority stores y in its place
    ),
    correct=system((("x",), ("y",)), terms=4, network=RELIABLE),
)
COMMITS_ANY_TERM = Pitfall(
    "raft.CommitsAnyTerm",
    "A leader counts copies of an entry of an earlier term.",
    breaks=spec.a_leader_commits_entries_of_its_own_term,
    subject=system(servers=2, candidates=(S0, S1), network=LOSSY, faults=TIMELY, server=CommitsAnyTerm),
    length=14,
)
STORES_ANYTHING = Pitfall(
    "raft.StoresAnything",
    "A follower stores an entry behind others than those that precede it in the leader's log.",
    breaks=spec.log_matching,
    subject=system((("x", "z"), ("y",)), terms=3, network=RELIABLE, server=StoresAnything),
    length=16,
    schedule=(
        *_elect(S0, S2, 1),
        Ask(S0, C0, ANY),  # x stays with the first server
        Fire(S1, Elect),  # in a term in which the others have voted
        *_elect(S1, S2, 2),
        Ask(S1, C1, ANY),  # y stays with the second
        Receive(S0, S1, RequestVote(2, ANY)),
        *_elect(S0, S2, 3),
        Ask(S0, C0, ANY),
        Fire(S0, Contact(S1)),
        Receive(S1, S0, AppendEntries),  # z, which stands behind x
    ),
    correct=system((("x", "z"), ("y",)), terms=3, network=RELIABLE),
)
REPLACES_THE_REST = Pitfall(
    "raft.ReplacesTheRest",
    "A follower drops what follows the entry that it is sent, though it has that entry: an old message shortens its log.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system((("x", "y"),), servers=2, candidates=(S0,), server=ReplacesTheRest),
    length=14,
)
CUTS_AT_A_HEARTBEAT = Pitfall(
    "raft.CutsAtAHeartbeat",
    "A follower takes the position that an old heartbeat names for the end of the leader's log.",
    breaks=spec.a_majority_stores_what_is_committed,
    subject=system(servers=2, network=RELIABLE, server=CutsAtAHeartbeat),
    length=10,
)
CLEARS_ITS_LOG = Pitfall(
    "raft.ClearsItsLog",
    "A leader drops what is not committed before it appends.",
    breaks=spec.leader_append_only,
    subject=system((("x",), ("y",)), servers=2, network=RELIABLE, server=ClearsItsLog),
    length=5,
)
STAMPS_THE_NEXT_TERM = Pitfall(
    "raft.StampsTheNextTerm",
    "A leader stamps entries with a term that has not begun.",
    breaks=spec.terms_of_a_log_never_decrease,
    subject=system(servers=2, network=RELIABLE, server=StampsTheNextTerm),
    length=4,
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
SENDS_ONCE = Pitfall(
    "raft.SendsOnce",
    "What a server sends is sent once: it is lost, and its client waits for ever.",
    breaks=spec.every_request_is_answered,
    subject=system(servers=2, candidates=(S0,), network=LOSSY, faults=TIMELY, server=SendsOnce, promises=(*SAFETY, *STABLE)),
    length=7,
)
STAYS_AT_ITS_END = Pitfall(
    "raft.StaysAtItsEnd",
    "A new leader never goes back to what a follower lacks: that refuses all that comes behind.",
    breaks=spec.every_request_is_answered,
    subject=system(
        (("x",), ("y",)),
        candidates=(S0, S1),
        asked=((S0,), (S1,)),
        network=RELIABLE,
        faults=TIMELY,
        server=StaysAtItsEnd,
        promises=(*SAFETY, spec.every_request_is_answered),
    ),
    length=22,
)
