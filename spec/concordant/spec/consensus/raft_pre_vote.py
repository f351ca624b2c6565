"""Raft's pre-vote: a server asks whether it would be elected before it begins a new term, so that one that was cut off deposes nobody.

Source: Ongaro, "Consensus: Bridging Theory and Practice" (2014), section 9.6; the machine is that of `raft`, asked first.
Assumes: what `raft` assumes. Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: that a leader stays whom a majority has not heard from for long enough.
"""

from __future__ import annotations

from typing import Self, TypeAlias

from attrs import evolve, frozen

from concordant.spec.consensus import raft
from concordant.spec.consensus.raft import Elected, Mismatch, Outdated, Position, RequestVote, ServerView, Stored, Term, position
from concordant.spec.vocabulary import Address, Cases, Crashed, Fault, Seen, Send, always_each, case, on_event, sometimes

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY

# ---- messages


@frozen
class PreVote:
    """A server asks who would vote for it in this term, which it has not begun. `last`: the last position of its log."""

    term: Term
    last: Position


@frozen
class Willing:
    """The sender would vote for the receiver in this term, and hears from no leader. It is bound to nothing."""

    term: Term


Message: TypeAlias = raft.Message | PreVote | Willing

# ---- events


@frozen
class LostTouch:
    """A server takes nobody for the leader of its term any more, itself included."""


# ---- history


@frozen
class History(raft.History):
    """`asked_first`: who asked about a term, and what was then the last position of its log. `willing`: in which term who would vote for whom.
    `hearing`: who hears from a leader, or leads. `still_willing`: as `willing`, of those that have since not crashed, and followed no leader nor led.
    """

    asked_first: frozenset[tuple[Term, Address, Position]] = frozenset()
    willing: frozenset[tuple[Term, Address, Address]] = frozenset()
    hearing: frozenset[Address] = frozenset()
    still_willing: frozenset[tuple[Term, Address, Address]] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Self:
        """Fold one happening."""
        after = super().after(at, by, happening)
        match happening:
            case Send(_, PreVote(term, last)):
                return evolve(after, asked_first=self.asked_first | {(term, at, last)})
            case Send(to, Willing(term)):
                return evolve(after, willing=self.willing | {(term, at, to)}, still_willing=self.still_willing | {(term, at, to)})
            case Send(_, Stored() | Mismatch()) | Elected():
                return evolve(after, hearing=self.hearing | {at}, still_willing=self.still_willing_but(at))
            case LostTouch() | Crashed():
                return evolve(after, hearing=self.hearing - {at}, still_willing=self.still_willing_but(at))
            case _:
                return after

    def still_willing_but(self, server: Address) -> frozenset[tuple[Term, Address, Address]]:
        """Return who, but for one server, is still willing."""
        return frozenset(each for each in self.still_willing if each[1] != server)

    def cast(self, server: Address) -> Term:
        """Return the last term in which a server has voted; 0 if in none."""
        return max((term for term, voter, _ in self.votes if voter == server), default=0)


# ---- clauses


@on_event(Send, under=ALL)
def a_candidate_is_wanted(before: History, by: Address, event: Send) -> Cases:
    """Whoever asks for votes in a term has asked before it began, with the same log, and was wanted by a majority, itself included."""
    match event.message:
        case RequestVote(term, last):
            wanted_by = {by} | {voter for when, voter, whom in before.willing if (when, whom) == (term, by)}
            asked = (term, by, last) in before.asked_first
            yield case(
                asked and len(wanted_by) >= before.majority, stands_in=term, asked_first=before.asked_first, wanted_by=frozenset(wanted_by)
            )


@on_event(Send, under=ALL)
def who_hears_a_leader_wants_no_other(before: History, by: Address, event: Send) -> Cases:
    """A server that leads, or hears from a leader, is not willing to vote for another, and stands for no election."""
    match event.message:
        case Willing() | PreVote():
            yield case(by not in before.hearing, says=event.message, hearing=before.hearing)


@on_event(LostTouch, under=ALL)
def who_loses_touch_had_a_leader(before: History, by: Address, event: LostTouch) -> Cases:
    """Whoever says that it has lost touch led, or heard from a leader, until then."""
    yield case(by in before.hearing, says=event, hearing=before.hearing)


@on_event(Send, under=ALL)
def who_is_willing_was_asked(before: History, by: Address, event: Send) -> Cases:
    """A server is willing to vote for whoever has asked it to, and in no term in which it has voted."""
    match event.message:
        case Willing(term):
            asked = frozenset((when, server) for when, server, _ in before.asked_first)
            yield case((term, event.to) in asked and before.cast(by) < term, in_term=term, asked=asked, cast=before.cast(by))


@always_each(ServerView, under=ALL)
def who_is_willing_would_vote(view: ServerView, server: Address, history: History) -> Cases:
    """A server is willing to vote for whoever has said that its log goes at least as far: as long as its own stays, it would vote."""
    own = position(view.log, len(view.log))
    wanted = frozenset((term, candidate) for term, voter, candidate in history.still_willing if voter == server and view.term < term)
    if wanted:
        far_enough = frozenset((term, candidate) for term, candidate, last in history.asked_first if last >= own)
        yield case(wanted <= far_enough, server=server, wanted=wanted, far_enough=far_enough, own=own)


@on_event(Send, under=ALL)
def who_is_behind_is_told_the_term(before: History, by: Address, event: Send) -> Cases:
    """Whoever is told that a later term has begun is told of none before that in which the teller has voted."""
    match event.message:
        case Outdated(term):
            yield case(before.cast(by) <= term, tells=term, cast=before.cast(by))


@always_each(ServerView, under=ALL)
def a_term_begins_with_a_candidate(view: ServerView, server: Address, history: History) -> Cases:
    """No server is in a term in which nobody has stood: asking about a term does not begin it."""
    if history.asked_first:
        yield case(view.term <= history.latest_term(), server=server, term=view.term, latest=history.latest_term())


@sometimes
def a_voter_is_willing_again(seen: Seen[History]) -> Cases:
    """A server that has voted in a term, and hears from nobody who was elected in it, is willing to vote in the next."""
    for term, voter, whom in sorted(seen.history.willing):
        yield case(seen.history.cast(voter) == term - 1 > 0, in_term=term, voter=voter, whom=whom)


@sometimes
def a_server_asks_in_vain(seen: Seen[History]) -> Cases:
    """A server has asked about a term that has not begun, while another leads."""
    leads = any(view.leads for view in seen.views(ServerView).values())
    for term, server, _ in sorted(seen.history.asked_first):
        yield case(leads and term > seen.history.latest_term(), asks=server, about=term)
