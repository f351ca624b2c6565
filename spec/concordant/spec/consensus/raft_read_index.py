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
from concordant.spec.consensus.raft import Committed, Elected, Log, NotLeader, ServerView, Submit, Term
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.shared import beginnings
from concordant.spec.consensus.shared.beginnings import is_beginning
from concordant.spec.vocabulary import Address, Call, Cases, Crashed, Fault, Map, Reply, Seen, Send, always_each, case, on_event, sometimes

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

# ---- history


@frozen
class History(beginnings.History):
    """`operations`: what clients asked and were answered, but for what was not done. `floors`: by whoever waits for a read, how far the log was committed when it was asked for.
    `rounds`: by server, how many reads it was asked for since it was elected, or has crashed. `begun`: the rounds of heartbeats.
    """

    operations: Operations = field(factory=Operations)
    floors: Map[Call, int] = Map()
    rounds: Map[Address, int] = Map()
    begun: frozenset[tuple[Term, Address, int]] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = evolve(super().after(at, by, happening), operations=self.operations.after(at, by, happening))
        match happening:
            case Read():
                floors = self.floors.put(Call(by, at), len(self.committed))
                return evolve(after, floors=floors, rounds=self.rounds.put(at, self.rounds.get(at, 0) + 1))
            case Elected():
                return evolve(after, rounds=self.rounds.drop(at))
            case Send(_, Heartbeat(term, number)):
                return evolve(after, begun=self.begun | {(term, at, number)})
            case Reply(client, answer):
                operations = self.without_last(client) if isinstance(answer, NotLeader) else after.operations
                return evolve(after, operations=operations, floors=self.floors.drop(Call(client, at)))
            case Crashed():
                floors = Map(tuple((call, floor) for call, floor in self.floors.items() if call.at != at))
                return evolve(after, floors=floors, rounds=self.rounds.drop(at))
            case _:
                return after

    def without_last(self, client: Address) -> Operations:
        """Return the operations but for the last of a client, which was not done."""
        by_client = self.operations.by_client
        return Operations(by_client.put(client, by_client.get(client, ())[:-1]))

    def readers(self, server: Address) -> tuple[Address, ...]:
        """List who waits at a server for a read."""
        return tuple(call.user for call in self.floors if call.at == server)

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
    floor = before.floors.get(Call(event.to, by))
    if isinstance(event.answer, NotLeader) or floor is None:
        yield from core.an_answer_is_true.cases(before, by, event)
    else:
        log = tuple(each.entry for each in before.committed)
        right = frozenset(Value(written(log[:length])) for length in range(floor, len(log) + 1))
        yield case(event.answer in right, told=event.answer, committed=log, when_asked=floor)


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
    """A heartbeat comes from the leader of its term, of a round for the last read that it was asked for; whoever answers one was asked, and has voted in no later term."""
    match event.message:
        case Heartbeat(term, number):
            leads, last = (term, by) in before.leaders, before.rounds.get(by, 0)
            yield case(leads and number == last, asks=event.message, leaders=before.leaders, reads=last)
        case Alive(term, number):
            asked = (term, event.to, number) in before.begun
            yield case(asked and before.last_vote(by) <= term, answers=event.message, begun=before.begun, voted=before.last_vote(by))


@always_each(ServerView, under=ALL)
def a_read_waits_at_a_leader(view: ServerView, server: Address, history: History) -> Cases:
    """Whoever waits for a read waits at a server that leads: whoever is deposed says so at once."""
    readers = history.readers(server)
    if readers:
        yield case(view.leads, server=server, readers=readers)


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
