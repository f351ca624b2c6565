"""Raft's read index: a leader answers a read without a place in the log, once a majority has confirmed after the request that it still leads.

Source: Ongaro, "Consensus: Bridging Theory and Practice" (2014), section 6.4; the machine is that of `raft`, with reads besides commands.
Assumes: what `raft` assumes. Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: an answer in a term in which nothing has been committed yet; a leader that appends an empty entry first has no such term.
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, frozen

from concordant.spec.consensus import raft
from concordant.spec.consensus.raft import Log, NotLeader, Term
from concordant.spec.vocabulary import Address, Call, Cases, Fault, Map, Reply, Seen, case, on_event, sometimes

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY

# ---- messages


@frozen
class Confirm:
    """A leader asks whether the receiver still follows it. `round`: how many reads it has taken in this term."""

    term: Term
    round: int


@frozen
class Confirmed:
    """In this term the sender followed the receiver when it was asked in this round."""

    term: Term
    round: int


Message: TypeAlias = raft.Message | Confirm | Confirmed

# ---- requests and answers


@frozen
class Read:
    """A client asks what is committed. Answered by `Contents`, `NotYet` or `NotLeader`."""


@frozen
class Contents:
    """Yes: this is committed, and was the latest at some moment since the request."""

    log: Log


@frozen
class NotYet:
    """No: the server leads, and has committed nothing in its term, so that it does not know what earlier leaders have."""


# ---- history


@frozen
class History(raft.History):
    """`floors`: what was answered, by its highest index, when a client last began to read."""

    floors: Map[Address, int] = Map()

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = super().after(at, by, happening)
        match happening:
            case Read():
                return evolve(after, floors=self.floors.put(by, self.answered))
            case Reply(_, Contents(log)):
                return evolve(after, answered=max(after.answered, len(log)))
            case _:
                return after


# ---- clauses


@on_event(Reply, under=ALL)
def linearizable_reads(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A read shows all that was answered before it was asked for, to whomever.

    Whoever has committed more in a later term has a majority there; one of these would not have confirmed afterwards in an earlier term.
    """
    if isinstance(event.answer, Contents):
        floor = before.floors.get(event.to, 0)
        yield case(floor <= len(event.answer.log), told=event.answer, answered_before=floor)


@on_event(Reply, under=ALL)
def a_read_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A read is answered by what is committed, or by a no: *not yet* by who leads, *not leader* by who hints at no server that led before it."""
    if isinstance(before.calls.open.get(Call(event.to, by)), Read):
        match event.answer:
            case Contents(log):
                committed = tuple(each.entry for each in before.committed)
                yield case(log == committed[: len(log)] and bool(log), told=log, committed=committed)
            case NotYet():
                yield case(before.led(by) > 0, told=event.answer, leaders=before.leaders)
            case NotLeader(hint):
                yield case(hint is None or before.led(hint) > before.led(by), told=event.answer, leaders=before.leaders)
            case answer:
                yield case(False, told=answer)  # there is no other


@sometimes
def a_read_is_answered(seen: Seen[History]) -> Cases:
    """A client reads what another has been told to be committed."""
    for client, floor in seen.history.floors.items():
        read = seen.history.answered > 0 and not any(call.user == client for call in seen.history.calls.open)
        yield case(read and floor > 0, reader=client, after=floor)
