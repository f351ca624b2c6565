"""Raft: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: terms and indices are counted from 0, and one more is the next; nobody forges messages; a majority of the servers is a quorum.
Model: its proof is for any number of servers, any logs, and any quorums that meet. What is run here is how the code reckons with terms
and indices, looks into logs, and counts; in messages, and in what others have, terms and indices may be any, however high.
Not covered: more servers, or logs of more entries, than the casts say; a server whose address is not the first; whom a server names as
leader, and that who asks is answered at all.
With `--large`: logs of up to two entries, so that one in the middle is replaced, and those behind it dropped; four servers, of which a vote
that comes twice is not yet a majority; and handlers with mistakes that take longer to be refuted.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.proofs.consensus.raft.meaning import Rafts
from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.refimpl.consensus.raft import Leader, Server, State
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.raft import (
    Appended,
    AppendEntries,
    Command,
    Entry,
    Grant,
    Log,
    Message,
    Position,
    RequestVote,
    Stored,
    Submit,
    Voted,
)
from concordant.spec.vocabulary import Address, Announce, Send

RAFTS = Rafts()

# ---- elections


@frozen
class GrantsEverybody(Server):
    """Votes for whoever asks."""

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:
        return super().asked(evolve(state, vote=None), candidate, last)


@frozen
class IgnoresLogs(Server):
    """Votes for candidates with any log."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class GrantsAhead(Server):
    """Grants a vote in a later term, and does not enter it."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, RequestVote) and message.term > state.term and self.is_up_to_date(message.last, state.last):
            return step(state, Announce(Voted(message.term, source)), Send(source, Grant(message.term)))
        return super().receive(state, source, message)


@frozen
class CountsItselfTwice(Server):
    """Counts its own vote as two, as if it had come again."""

    def is_majority(self, count: int) -> bool:
        return super().is_majority(count + 1)


@frozen
class CountsOldGrants(Server):
    """Counts a grant whatever its term."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Grant) and message.term < state.term:
            return self.voted(state, source)
        return super().receive(state, source, message)


@frozen
class KeepsItsVoteInMemory(Server):
    """Comes up again without its vote."""

    def survives(self, state: State) -> Iterable[State]:
        return tuple(evolve(left, vote=None) for left in super().survives(state))


# ---- logs


@frozen
class AppendsEverywhere(Server):
    """Appends what it is asked for, though it does not lead."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        if isinstance(state.role, Leader):
            return super().request(state, client, request)
        log = (*state.log, Entry(state.term, Command(client, request.number, request.value)))
        return step(evolve(state, log=log), Announce(Appended(len(log), log[-1])))


@frozen
class StoresAnything(Server):
    """Stores an entry whatever precedes it."""

    def has(self, log: Log, previous: Position) -> bool:
        return previous.index <= len(log)


@frozen
class ReplacesTheRest(Server):
    """Stores again what it has, and drops what follows, though nothing contradicts that."""

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        return log if entry is None else (*log[:previous], entry)


@frozen
class CutsAtAHeartbeat(Server):
    """Drops what follows the position that a heartbeat names: a stale one shortens its log."""

    def merged(self, log: Log, previous: int, entry: Entry | None) -> Log:
        return log[:previous] if entry is None else super().merged(log, previous, entry)


@frozen
class KeepsItsLogInMemory(Server):
    """Comes up again without its log."""

    def survives(self, state: State) -> Iterable[State]:
        return (State(state.term, state.vote),)


# ---- commitment


@frozen
class CommitsAnyTerm(Server):
    """Commits an entry once a majority stores it, whatever its term."""

    def may_commit(self, state: State, role: Leader, index: int) -> bool:  # noqa: ARG002  # that is the mistake
        return self.is_majority(sum(stored >= index for stored in role.stored.values()))


@frozen
class CountsItselfAtOnce(Server):
    """Counts its own copy of an entry before that is on its disk."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return after.then(lambda state: self.stored(state, self.me, len(state.log)))


@frozen
class CommitsWhatItIsTold(Server):
    """Commits as far as the leader has, whatever its own log holds there."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        after = super().append(state, leader, message)
        return step(evolve(after.state, commit=max(state.commit, message.commit)), *after.effects)


@frozen
class AcknowledgesAllItHas(Server):
    """Answers how far its own log goes, not how far that is the leader's."""

    def append(self, state: State, leader: Address, message: AppendEntries) -> Step[State]:
        after = super().append(state, leader, message)
        return step(
            after.state, *(evolve(e, message=Stored(state.term, len(after.state.log))) if isinstance(e, Send) else e for e in after.effects)
        )


WRONG = tuple(
    WrongHandler(RAFTS, kind, by, at, f"raft.{mutant}" if mutant else None, large)
    for kind, by, at, mutant, large in (
        (GrantsEverybody, "guard vote.not_voted", "RequestVote", "votes_twice", False),
        (IgnoresLogs, "guard vote.up_to_date", "RequestVote", "votes_for_any_log", False),
        (GrantsAhead, "guard vote.in_term", "RequestVote", "votes_ahead", False),
        (CountsItselfTwice, "guard elect.quorum_voted", "Elect", "elects_itself", False),
        (CountsOldGrants, "guard elect.quorum_voted", "Grant", None, False),
        (KeepsItsVoteInMemory, "State: it has voted in its term as it remembers", "crash and recovery", "forgets_its_vote", False),
        (AppendsEverywhere, "guard append.leads", "Submit", "appends_everywhere", False),
        (StoresAnything, "guard store.previous", "AppendEntries", "stores_anything", True),
        (ReplacesTheRest, "guard store.new", "AppendEntries", "cuts_what_it_has", True),
        (CutsAtAHeartbeat, "State: it has no others", "AppendEntries", None, True),
        (KeepsItsLogInMemory, "guard crash.unwritten", "crash and recovery", "loses_its_log", False),
        (CommitsAnyTerm, "guard commit.own_term", "Stored", "commits_any_term", False),
        (CountsItselfAtOnce, "State: its disk has so much of its log", "Submit", "counts_itself_at_once", False),
        (CommitsWhatItIsTold, "State: it takes for committed what its log has", "AppendEntries", "applies_anything", True),
        (AcknowledgesAllItHas, "guard confirm.of_the_leader", "AppendEntries", "confirms_anything", True),
    )
)
HANDLERS = tuple(theorem for role in RAFTS.roles for theorem in role_theorems(RAFTS, role, WRONG))
STABLE = stability_theorem(RAFTS)
