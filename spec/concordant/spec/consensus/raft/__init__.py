"""Raft: servers that crash and recover keep one log of commands, which an elected leader orders and replicates.

Source: Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm" (USENIX ATC 2014), figure 2; Ongaro,
"Consensus: Bridging Theory and Practice" (2014), sections 6.3 (sessions) and 10.2.1 (a leader replicates while it writes).
Assumes: term and vote are on stable storage, and entries before they are acknowledged; nobody lies; the servers are fixed; a client numbers
its commands, and gives a command that it repeats its old number. Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: that anybody is elected while servers keep timing out (Fischer, Lynch and Paterson, 1985).
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, field, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Completion, Crashed, Deadline, Map, Reply, Send

# ---- the log

Term: TypeAlias = int
"""Terms are numbered from 1; 0 is before any election."""


@frozen(order=True)
class Command:
    """What a client wants done, once. `number`: its place in the client's session."""

    client: Address
    number: int
    value: str


@frozen(order=True)
class Entry:
    """A place of the log: the term in which a leader appended it, and the command."""

    term: Term
    command: Command


Log: TypeAlias = tuple[Entry, ...]
"""Index 1 is the first entry."""


@frozen(order=True)
class Position:
    """A place in a log. Of two logs the one whose last position is higher is more up to date: by term, then by index."""

    term: Term
    index: int


def position(log: Log, index: int) -> Position:
    """Return the position at an index of a log; before the first entry, that of term 0.

    >>> position((), 0)
    Position(term=0, index=0)
    """
    return Position(log[index - 1].term if index else 0, index)


# ---- messages


@frozen
class RequestVote:
    """A candidate asks for a vote. `last`: the last position of its log."""

    term: Term
    last: Position


@frozen
class Grant:
    """The sender's vote in this term. A refusal within a term is silence."""

    term: Term


@frozen
class AppendEntries:
    """A leader asks that an entry be stored after the position `previous`; None asks only whether that is there. `commit`: how far the leader has committed."""

    term: Term
    previous: Position
    entry: Entry | None
    commit: int


@frozen
class Stored:
    """The sender's log is that of this term's leader up to this index, durably."""

    term: Term
    index: int


@frozen
class Mismatch:
    """The sender's log has not the leader's entry at this index."""

    term: Term
    index: int


@frozen
class Outdated:
    """The receiver is behind: the sender is already in this term."""

    term: Term


Message: TypeAlias = RequestVote | Grant | AppendEntries | Stored | Mismatch | Outdated

# ---- requests and answers


@frozen
class Submit:
    """A client asks that a command be done, or asks again. Answered by `Committed`, `NotLeader` or `Unknown`."""

    number: int
    value: str


@frozen
class Committed:
    """Yes: the command stands at this index for good, appended in this term."""

    index: int
    term: Term


@frozen
class NotLeader:
    """No, not here: nothing was done. `hint`: whom the server takes for the leader, if it knows one."""

    hint: Address | None


# ---- triggers


@frozen
class Elect(Deadline):
    """A server has heard from no leader for long enough, and stands for election in a new term."""


@frozen
class Contact(Deadline):
    """A candidate or leader sends to a peer what that still lacks, or a heartbeat."""

    to: Address


@frozen
class Written(Completion):
    """The disk of a leader has all of its log."""


# ---- events


@frozen
class Voted:
    """A server has voted, durably."""

    term: Term
    candidate: Address


@frozen
class Elected:
    """A candidate has counted enough votes, and leads with its log."""

    term: Term
    voters: frozenset[Address]
    log: Log


@frozen
class Appended:
    """A leader has put an entry at the end of its log."""

    index: int
    entry: Entry


@frozen
class Advanced:
    """A leader has committed its log up to here. `servers`: those that store it, as far as it knows."""

    term: Term
    log: Log
    servers: frozenset[Address]


# ---- views


@frozen
class ServerView:
    """What a server shows. `leads`: whether it leads its term. `commit`: how far it knows its log to be committed."""

    term: Term
    vote: Address | None
    leads: bool
    log: Log
    commit: int

    @property
    def committed(self) -> Log:
        """The part of the log that is applied."""
        return self.log[: self.commit]


# ---- history


@frozen
class Commitment:
    """An entry that was committed first in this term, which may be later than the entry's."""

    entry: Entry
    term: Term


@frozen
class History:
    """Who voted, led, and committed what; what was asked, and answered.

    `majority`: how many servers are one. `stated`: how far candidates said that their logs go. `committed`: one place per index. `asked`: how far the log was answered for when a command was first asked for.
    `taken`: commands that may have been done: whose call did not end by `NotLeader`, or not yet. `answered`: the highest index answered.
    """

    majority: int
    stated: frozenset[tuple[Term, Address, Position]] = frozenset()
    votes: frozenset[tuple[Term, Address, Address]] = frozenset()
    leaders: frozenset[tuple[Term, Address]] = frozenset()
    committed: tuple[Commitment, ...] = ()
    asked: Map[Command, int] = Map()
    taken: frozenset[Command] = frozenset()
    answered: int = 0
    calls: Calls = field(factory=Calls)

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Submit(number, value):
                command = Command(by, number, value)
                return evolve(after, asked=self.asked.put(command, self.asked.get(command, self.answered)))
            case Send(_, RequestVote(term, last)):
                return evolve(after, stated=self.stated | {(term, at, last)})
            case Voted(term, candidate):
                return evolve(after, votes=self.votes | {(term, at, candidate)})
            case Elected(term):
                return evolve(after, leaders=self.leaders | {(term, at)})
            case Advanced(term, log):
                return evolve(after, committed=self.committed + tuple(Commitment(entry, term) for entry in log[len(self.committed) :]))
            case Reply(client, answer) if not isinstance(answer, NotLeader):
                index = answer.index if isinstance(answer, Committed) else 0
                return evolve(after, taken=self.taken | self.open_at(at, client), answered=max(self.answered, index))
            case Crashed():
                return evolve(after, taken=self.taken | self.open_at(at))
            case _:
                return after

    def open_at(self, at: Address, client: Address | None = None) -> frozenset[Command]:
        """Return the commands for which a client, or any, waits at a server."""
        return frozenset(
            Command(call.user, asked.number, asked.value)
            for call, asked in self.calls.open.items()
            if isinstance(asked, Submit) and call.at == at and client in (None, call.user)
        )

    def possible(self) -> frozenset[Command]:
        """Return the commands that may be in a log: done perhaps, or waited for."""
        return self.taken.union(*(self.open_at(call.at) for call in self.calls.open))

    def voters(self, term: Term, candidate: Address) -> frozenset[Address]:
        """Return who voted for a candidate in a term."""
        return frozenset(voter for when, voter, whom in self.votes if (when, whom) == (term, candidate))

    def led(self, server: Address) -> Term:
        """Return the last term that a server has led; 0 if none."""
        return max((term for term, leader in self.leaders if leader == server), default=0)

    def latest_term(self) -> Term:
        """Return the last term in which anybody voted; 0 before."""
        return max((term for term, _, _ in self.votes), default=0)
