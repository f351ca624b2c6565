"""Raft's lease reads: a leader answers reads at once while a majority has promised to elect nobody else, by clocks that differ little.

Source: Ongaro, "Consensus: Bridging Theory and Practice" (2014), section 6.4.1; Gray and Cheriton, "Leases" (1989). The machine is that of
`raft_read_index`, which a leader without a lease falls back on.
Assumes: what `raft` assumes; clocks that differ by at most the guard; a promise is on stable storage, like a vote.
Chosen: a promise ends at a reading, the same for all, as in `lease`, not after a duration.
Does not promise: a read of what was written last while clocks differ by more than the guard, or are set back.
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.consistency.clauses import linearizable as linearizable_by
from concordant.spec.common.consistency.objects import Register, Value
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.consensus import raft_read_index
from concordant.spec.consensus.raft import NotLeader, Term, Voted
from concordant.spec.consensus.raft_read_index import an_answer_is_true as answers
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fault,
    Map,
    Reply,
    Seen,
    Send,
    Ticked,
    Ticks,
    always_each,
    case,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.SKEW

# ---- messages


@frozen
class Renew:
    """A leader asks to elect nobody else before this reading of the receiver's clock."""

    term: Term
    until: Ticks


@frozen
class Promise:
    """The sender votes for nobody before its clock shows this."""

    term: Term
    until: Ticks


Message: TypeAlias = raft_read_index.Message | Renew | Promise

# ---- views


@frozen
class ServerView(raft_read_index.ServerView):
    """What a server shows. `bound`: until when it has promised to vote for nobody; `promised`: until when each of the others has promised it so."""

    bound: Ticks = 0
    promised: Map[Address, Ticks] = Map()


# ---- history


@frozen
class History(raft_read_index.History):
    """`length`: how long a promise lasts; `guard`: how much sooner a leader stops to lean on it. `clocks`: what they show. `sought`: until when each leader has asked for promises in its term.
    `given`: who has promised that to whom. `bound`: until when each server has promised.
    """

    length: Ticks = 0
    guard: Ticks = 0
    clocks: Map[Address, Ticks] = Map()
    sought: frozenset[tuple[Term, Address, Ticks]] = frozenset()
    given: frozenset[tuple[Term, Address, Address, Ticks]] = frozenset()
    bound: Map[Address, Ticks] = Map()

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = super().after(at, by, happening)
        match happening:
            case Ticked(now):
                return evolve(after, clocks=self.clocks.put(at, now))
            case Send(_, Renew(term, until)):
                return evolve(after, sought=self.sought | {(term, at, until)})
            case Send(leader, Promise(term, until)):
                bound = self.bound.put(at, max(until, self.bound.get(at, 0)))
                return evolve(after, given=self.given | {(term, at, leader, until)}, bound=bound)
            case _:
                return after

    def now(self, server: Address) -> Ticks:
        """Return what the clock of a server shows."""
        return self.clocks.get(server, 0)

    def bound_to(self, leader: Address) -> frozenset[Address]:
        """Return who has promised, in the last term that a server has led, to vote for nobody for longer than the guard, by the clock of that."""
        led = self.led(leader), leader
        return frozenset(peer for term, peer, to, until in self.given if (term, to) == led and self.now(leader) + self.guard < until)


def observed(history: History) -> tuple[Operation, ...]:
    """List what clients did with the register."""
    return raft_read_index.observed(history)


# ---- clauses

linearizable = linearizable_by(Register(), observed, under=ALL)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A read is told what the committed log came to at some moment since it was asked for, though nobody else was asked; a command is answered as Raft does."""
    yield from answers.cases(before, by, event)


@on_event(Reply, under=ALL)
def a_read_is_confirmed_or_leased(before: History, by: Address, event: Reply) -> Cases:
    """Whoever answers a read has committed an entry of the term that it leads, and with those that have said since it was asked that they are in that term, or else with those that have promised, it is a majority."""
    asked = before.reads.get(Call(event.to, by))
    if asked and not isinstance(event.answer, NotLeader):
        begun = any(each.entry.term == before.led(by) for each in before.committed)
        behind = before.confirmed(by, asked.round), before.bound_to(by)
        enough = max(len(each | {by}) for each in behind) >= before.majority
        yield case(begun and enough, reads=event, confirmed_or_bound=behind, committed=before.committed)


@always_each(ServerView, under=ALL)
def what_is_promised_is_known(view: ServerView, server: Address, history: History) -> Cases:
    """A server knows until when it has promised to vote for nobody, also when it comes back; one that has promised nothing is not bound."""
    promised = history.bound.get(server, 0)
    yield case(view.bound == promised, server=server, bound=view.bound, promised=promised)


@always_each(ServerView, under=ALL)
def what_was_promised_was_said(view: ServerView, server: Address, history: History) -> Cases:
    """What a server takes for promised in its term each of the others has promised it."""
    for peer, until in view.promised.items():
        yield case((view.term, peer, server, until) in history.given, server=server, promised=until, by=peer, given=history.given)


@every_step(ServerView, under=ALL)
def what_was_promised_stays_promised(before: ServerView, after: ServerView) -> Cases:
    """While a server leads, what another has promised it is never taken for less."""
    if after.leads:
        for peer, until in before.promised.items():
            yield case(after.promised.get(peer, 0) >= until, peer=peer, before=until, after=after.promised)


@on_event(Send, under=ALL)
def a_promise_is_true(before: History, by: Address, event: Send) -> Cases:
    """A leader asks for promises in its term, for as long as they last by its clock; who gives one was asked for it, and has voted in no later term."""
    match event.message:
        case Renew(term, until):
            leads = (term, by) in before.leaders
            yield case(leads and until == before.now(by) + before.length, asks=event.message, leaders=before.leaders, now=before.now(by))
        case Promise(term, until):
            asked = (term, event.to, until) in before.sought
            yield case(asked and before.last_vote(by) <= term, promises=event.message, asked=before.sought, voted=before.last_vote(by))


@on_event(Voted, under=Fault.LOSS | Fault.CRASH | Fault.RECOVERY | Fault.SKEW)
def who_has_promised_elects_nobody(before: History, by: Address, event: Voted) -> Cases:
    """A server votes, also for itself, only when its clock shows the end of what it has promised: a crash does not end it."""
    if by in before.bound:
        yield case(before.now(by) >= before.bound[by], votes=event, now=before.now(by), promised=before.bound[by])


@always_each(ServerView, under=ALL)
def who_has_promised_is_not_disturbed(view: ServerView, server: Address, history: History) -> Cases:
    """A server that has never stood is, until what it has promised ends, in a term that somebody leads: it enters none for which somebody stands.

    One that has stood may still be told, by whom it asked then, that it is behind.
    """
    stood = any(candidate == server for _, candidate, _ in history.stated)
    if history.now(server) < history.bound.get(server, 0) and not stood:
        led = frozenset(term for term, _ in history.leaders)
        yield case(view.term in led, server=server, term=view.term, led=led)


@sometimes
def a_lease_answers_without_a_round(seen: Seen[History]) -> Cases:
    """A read is answered by a leader that has sent no heartbeat for it."""
    for operation in seen.history.operations.all:
        yield case(isinstance(operation.answer, Value) and not seen.history.begun, operation=operation)


@sometimes
def a_leader_without_a_lease_is_asked(seen: Seen[History]) -> Cases:
    """A read waits at a leader that does not know that another leads: it has no lease any more, or it would have answered."""
    latest = max((term for term, _ in seen.history.leaders), default=0)
    for server, view in seen.views(ServerView).items():
        yield case(bool(seen.history.readers(server)) and view.term < latest, server=server, term=view.term)
