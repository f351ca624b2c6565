"""Raft's read index: a leader answers a read from its log without adding to it, once a majority has confirmed that it still leads.

Source: Ongaro, "Consensus: Bridging Theory and Practice" (2014), section 6.4; the machine is that of `raft`. What is replicated is a register: a
command sets its value. A leader begins its term with an entry without effect, and a read waits until that is committed: until then
a leader does not know how far its log is.
Assumes: what `raft` assumes. Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: that a read is answered by a leader that reaches no majority; that a follower answers one.
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, field, frozen

from concordant.spec.common.consistency.clauses import linearizable as linearizable_by
from concordant.spec.common.consistency.objects import Done, Read, Register, Value, Write
from concordant.spec.common.consistency.operations import Operation, Operations
from concordant.spec.consensus import raft
from concordant.spec.consensus.raft import Committed, Log, NotLeader, Submit, Term
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.shared import beginnings
from concordant.spec.consensus.shared.beginnings import is_beginning
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Crashed,
    Fault,
    Map,
    Reply,
    Seen,
    Send,
    always_each,
    case,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY
Request: TypeAlias = Submit | Read
"""A read is answered by `Value`, or by `NotLeader`."""


def written(log: Log) -> str | None:
    """Return what the register holds when a log is applied; None before the first command.

    >>> written(())
    """
    return next((entry.command.value for entry in reversed(log) if not is_beginning(entry)), None)


# ---- messages


@frozen
class Heartbeat:
    """A leader asks whether its term still lasts. `round`: how often it has asked."""

    term: Term
    round: int


@frozen
class Alive:
    """The sender was in this term when it heard the heartbeat of this round."""

    term: Term
    round: int


Message: TypeAlias = raft.Message | Heartbeat | Alive

# ---- views


@frozen
class ServerView(raft.ServerView):
    """What a server shows. `heard`: of a leader, the last round that each peer has answered; `readers`: who waits for a read."""

    heard: Map[Address, int] = Map()
    readers: frozenset[Address] = frozenset()


# ---- history


@frozen
class Asked:
    """What was so when a read was asked for: how far the log was committed, and which round of heartbeats comes next."""

    committed: int
    round: int


@frozen
class History(beginnings.History):
    """`operations`: what clients asked and were answered, but for what was not done. `reads`: by whoever waits for one, what was so when it was asked for.
    `begun`: the rounds of heartbeats; `said`: who has answered them to whom.
    """

    operations: Operations = field(factory=Operations)
    reads: Map[Call, Asked] = Map()
    begun: frozenset[tuple[Term, Address, int]] = frozenset()
    said: frozenset[tuple[Term, Address, Address, int]] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = evolve(super().after(at, by, happening), operations=self.operations.after(at, by, happening))
        match happening:
            case Read():
                return evolve(after, reads=self.reads.put(Call(by, at), Asked(len(self.committed), self.last_round(at) + 1)))
            case Send(_, Heartbeat(term, number)):
                return evolve(after, begun=self.begun | {(term, at, number)})
            case Send(leader, Alive(term, number)):
                return evolve(after, said=self.said | {(term, at, leader, number)})
            case Reply(client, answer):
                operations = self.without_last(client) if isinstance(answer, NotLeader) else after.operations
                return evolve(after, operations=operations, reads=self.reads.drop(Call(client, at)))
            case Crashed():
                reads = Map(tuple((call, asked) for call, asked in self.reads.items() if call.at != at))
                return evolve(after, reads=reads)
            case _:
                return after

    def without_last(self, client: Address) -> Operations:
        """Return the operations but for the last of a client, which was not done."""
        by_client = self.operations.by_client
        return Operations(by_client.put(client, by_client.get(client, ())[:-1]))

    def readers(self, server: Address) -> frozenset[Address]:
        """Return who waits at a server for a read."""
        return frozenset(call.user for call in self.reads if call.at == server)

    def last_round(self, leader: Address) -> int:
        """Return the last round that a server has begun in the last term that it has led; 0 if none."""
        return max((number for term, asking, number in self.begun if (term, asking) == (self.led(leader), leader)), default=0)

    def confirmed(self, leader: Address, round: int) -> frozenset[Address]:
        """Return who has said, of this round or a later one, that it is in the last term that a server has led."""
        return frozenset(peer for term, peer, to, number in self.said if (term, to) == (self.led(leader), leader) and number >= round)

    def last_vote(self, server: Address) -> Term:
        """Return the last term in which a server has voted; 0 if in none."""
        return max((term for term, voter, _ in self.votes if voter == server), default=0)


def observed(history: History) -> tuple[Operation, ...]:
    """List what clients did with the register: a command writes it."""
    return tuple(_about_a_register(operation) for operation in history.operations.all)


def _about_a_register(operation: Operation) -> Operation:
    request = Write(operation.request.value) if isinstance(operation.request, Submit) else operation.request
    return evolve(operation, request=request, answer=Done() if isinstance(operation.answer, Committed) else operation.answer)


# ---- clauses

linearizable = linearizable_by(Register(), observed, under=ALL)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A read is told what the committed log came to at some moment since it was asked for; a command is answered as Raft does."""
    asked = before.reads.get(Call(event.to, by))
    if isinstance(event.answer, NotLeader) or asked is None:
        yield from core.an_answer_is_true.cases(before, by, event)
    else:
        log = tuple(each.entry for each in before.committed)
        right = frozenset(Value(written(log[:length])) for length in range(asked.committed, len(log) + 1))
        yield case(event.answer in right, told=event.answer, committed=log, when_asked=asked.committed)


@on_event(Reply, under=ALL)
def a_read_is_confirmed(before: History, by: Address, event: Reply) -> Cases:
    """Whoever answers a read has committed an entry of the term that it leads, and with those that have said since it was asked that they are in that term it is a majority."""
    asked = before.reads.get(Call(event.to, by))
    if asked and not isinstance(event.answer, NotLeader):
        begun = any(each.entry.term == before.led(by) for each in before.committed)
        confirmed = before.confirmed(by, asked.round) | {by}
        yield case(begun and len(confirmed) >= before.majority, reads=event, confirmed_by=confirmed, committed=before.committed)


@always_each(ServerView, under=ALL)
def what_is_heard_was_said(view: ServerView, server: Address, history: History) -> Cases:
    """What a leader has heard of the others in its term each of them has said."""
    for peer, round in view.heard.items():
        yield case((view.term, peer, server, round) in history.said, server=server, heard=round, of=peer, said=history.said)


@every_step(ServerView, under=ALL)
def what_is_heard_stays_heard(before: ServerView, after: ServerView) -> Cases:
    """While a server leads, the round of which it has heard from another never gets smaller."""
    if after.leads:
        for peer, round in before.heard.items():
            yield case(after.heard.get(peer, 0) >= round, peer=peer, before=round, after=after.heard)


@always_each(ServerView, under=ALL)
def validity(view: ServerView, server: Address, history: History) -> Cases:
    """A log holds only what a client has asked for, and was not told that it was not done, and the entries with which leaders have begun."""
    yield from core.validity.cases(view, server, history)


@always_each(ServerView, under=ALL)
def a_leader_begins_its_term(view: ServerView, server: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The first entry of a term is that without effect with which its leader begins, and no other is."""
    for term in sorted({entry.term for entry in view.log}):
        own = tuple(entry for entry in view.log if entry.term == term)
        begins = tuple(is_beginning(entry) for entry in own)
        yield case(begins == (True, *(False for _ in own[1:])), server=server, term=term, entries=own)


@on_event(Send, under=ALL)
def a_round_is_true(before: History, by: Address, event: Send) -> Cases:
    """A heartbeat comes from the leader of its term, while somebody waits for a read, of a round for the last of them; whoever answers one was asked, and has voted in no later term."""
    match event.message:
        case Heartbeat(term, number):
            last = max((asked.round for call, asked in before.reads.items() if call.at == by), default=None)
            yield case((term, by) in before.leaders and number == last, asks=event.message, leaders=before.leaders, last=last)
        case Alive(term, number):
            asked = (term, event.to, number) in before.begun
            yield case(asked and before.last_vote(by) <= term, answers=event.message, begun=before.begun, voted=before.last_vote(by))


@always_each(ServerView, under=ALL)
def a_read_waits_at_a_leader(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever waits for a read waits at a server that leads, and knows of it: whoever is deposed says so at once."""
    readers = history.readers(server)
    if readers:
        yield case(view.leads and view.readers == readers, server=server, waiting=readers, known=view.readers)


@sometimes
def what_was_written_is_read(seen: Seen[History]) -> Cases:
    """A read is told what a command has written."""
    for operation in seen.history.operations.all:
        yield case(isinstance(operation.answer, Value) and operation.answer.value is not None, operation=operation)


@sometimes
def a_deposed_leader_is_asked(seen: Seen[History]) -> Cases:
    """A read waits at a leader that does not know that another was elected, and has committed more."""
    for server, view in seen.views(ServerView).items():
        behind = view.term < max((term for term, _ in seen.history.leaders), default=0) and view.commit < len(seen.history.committed)
        yield case(bool(seen.history.readers(server)) and behind, server=server, term=view.term)


@sometimes
def a_new_leader_is_asked(seen: Seen[History]) -> Cases:
    """A read waits at a leader that does not know how far its log is committed: further than it was told before its term."""
    for server, view in seen.views(ServerView).items():
        older = sum(each.term < view.term for each in seen.history.committed)
        yield case(bool(seen.history.readers(server)) and view.commit < older, server=server, commit=view.commit, committed=older)
