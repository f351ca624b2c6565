"""Single-decree Paxos: processes that crash and recover agree on one value among those proposed.

Source: Lamport, "Paxos Made Simple" (2001), section 2; "The Part-Time Parliament" (TOCS 1998).
Assumes: acceptors keep promise and vote on stable storage, proposers their round; nobody lies; no ballot is used twice; the
values that users propose are distinct. Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: that anything is chosen while several proposers preempt each other (Fischer, Lynch and Paterson, 1985).
"""

from __future__ import annotations

from itertools import combinations

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deadline,
    Fair,
    Fault,
    Reply,
    Seen,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    sometimes,
)

# ---- messages


@frozen(order=True)
class Ballot:
    """A numbered attempt. Proposers draw from disjoint sets, since each ballot carries its proposer."""

    round: int
    proposer: Address

    def __str__(self) -> str:
        return f"{self.round}.{self.proposer}"


@frozen(order=True)
class Vote:
    """A value, proposed or voted for in a ballot."""

    ballot: Ballot
    value: str


@frozen
class Prepare:
    """Phase 1a: a proposer asks for a promise to ignore lower ballots."""

    ballot: Ballot


@frozen
class Promise:
    """Phase 1b: given; with the acceptor's latest vote, if it has one."""

    ballot: Ballot
    vote: Vote | None


@frozen
class Accept:
    """Phase 2a: a proposer asks for votes."""

    vote: Vote


@frozen
class Accepted:
    """Phase 2b: an acceptor has voted."""

    vote: Vote


@frozen
class Nack:
    """An acceptor refuses a ballot, because it has promised a higher one."""

    ballot: Ballot
    promised: Ballot


# ---- requests and answers: a proposer answers `Chosen`, `Preempted`, `Unknown`, or `Rejected` when it is busy


@frozen
class Propose:
    """A user asks that its value be chosen."""

    value: str


@frozen
class Chosen:
    """A quorum voted in this ballot for this value, which need not be the user's own. Also a learner's announcement."""

    vote: Vote


@frozen
class Preempted:
    """No: a higher ballot came first, and the user's value was not proposed."""

    ballot: Ballot


# ---- triggers


@frozen
class Resend(Deadline):
    """A proposer has waited long enough for answers, and asks again in the same ballot."""


# ---- events


@frozen
class Proposed:
    """A proposer has sent an Accept."""

    vote: Vote


@frozen
class Voted:
    """An acceptor has voted, durably."""

    vote: Vote


# ---- views


@frozen
class ProposerView:
    """The ballot in progress."""

    ballot: Ballot | None


@frozen
class AcceptorView:
    """The highest ballot promised, and the latest vote."""

    promised: Ballot | None = None
    vote: Vote | None = None


@frozen
class LearnerView:
    """What has been learned to be chosen."""

    chosen: Vote | None


# ---- history


@frozen
class Record:
    """Everything asked for, proposed, voted and answered. `quorum`: how many acceptors are a majority."""

    quorum: int
    asked: frozenset[str] = frozenset()
    proposed: frozenset[Vote] = frozenset()
    votes: frozenset[tuple[Address, Vote]] = frozenset()
    learned: frozenset[Vote] = frozenset()
    confirmed: frozenset[Vote] = frozenset()
    refused: frozenset[tuple[Address, str]] = frozenset()
    latest: frozenset[tuple[Address, str]] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Record:
        """Fold one happening. `latest` holds the value for which each user waits, `refused` those answered no."""
        match happening:
            case Propose(value):
                return evolve(self, asked=self.asked | {value}, latest=self.latest | {(by, value)})
            case Proposed(vote):
                return evolve(self, proposed=self.proposed | {vote})
            case Voted(vote):
                return evolve(self, votes=self.votes | {(at, vote)})
            case Chosen(vote):
                return evolve(self, learned=self.learned | {vote})
            case Reply(user, answer):
                return self._answered(user, answer)
            case _:
                return self

    def _answered(self, user: Address, answer: object) -> Record:
        waited = frozenset(pair for pair in self.latest if pair[0] == user)
        after = evolve(self, latest=self.latest - waited)
        match answer:
            case Chosen(vote):
                return evolve(after, confirmed=self.confirmed | {vote})
            case Preempted():
                return evolve(after, refused=self.refused | waited)
            case _:
                return after

    def voters(self, vote: Vote) -> frozenset[Address]:
        """Return who voted for this value in this ballot."""
        return frozenset(acceptor for acceptor, cast in self.votes if cast == vote)

    @property
    def chosen(self) -> tuple[Vote, ...]:
        """The votes for which a quorum voted, by ballot."""
        return tuple(sorted(vote for vote in {cast for _, cast in self.votes} if len(self.voters(vote)) >= self.quorum))


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


@always(under=ALL)
def agreement(seen: Seen[Record]) -> Cases:
    """At most one value is chosen.

    Two majorities meet in an acceptor. It voted in the lower ballot before it promised the higher one, so its promise
    told the higher proposer of that vote, and by induction the highest vote it was told of has the chosen value.
    """
    for first, second in combinations(seen.history.chosen, 2):
        voters = seen.history.voters
        yield case(first.value == second.value, first=first, by=voters(first), second=second, and_by=voters(second))


@always(under=ALL)
def validity(seen: Seen[Record]) -> Cases:
    """Only a value that some user proposed is chosen."""
    for vote in seen.history.chosen:
        yield case(vote.value in seen.history.asked, chosen=vote, asked=seen.history.asked)


@always(under=ALL)
def one_value_per_ballot(seen: Seen[Record]) -> Cases:
    """All proposals of one ballot carry the same value."""
    for ballot in sorted({vote.ballot for vote in seen.history.proposed}):
        values = frozenset(vote.value for vote in seen.history.proposed if vote.ballot == ballot)
        yield case(len(values) == 1, ballot=ballot, values=values)


@always(under=ALL)
def a_proposal_is_safe(seen: Seen[Record]) -> Cases:
    """No other value can be chosen any more in a ballot below a proposal.

    This is P2c of the source, the heart of the protocol: a value is out of reach in a lower ballot once too few acceptors
    have voted for it there or still may, because the others have promised a higher ballot.
    """
    acceptors = seen.views(AcceptorView)
    for lower, higher in combinations(sorted(seen.history.proposed), 2):
        if lower.ballot < higher.ballot and lower.value != higher.value:
            voted = seen.history.voters(lower)
            may = {a for a, view in acceptors.items() if view.promised is None or view.promised <= lower.ballot}
            yield case(len(voted | may) < seen.history.quorum, proposal=higher, below=lower, voted=voted, may_still_vote=frozenset(may))


@every_step(AcceptorView, under=ALL)
def a_promise_never_decreases(before: AcceptorView, after: AcceptorView) -> Cases:
    """What an acceptor has promised never goes back, not even through a crash."""
    if before.promised is not None:
        yield case(after.promised is not None and before.promised <= after.promised, before=before.promised, after=after.promised)


@every_step(AcceptorView, under=ALL)
def a_vote_keeps_the_promise(before: AcceptorView, after: AcceptorView) -> Cases:
    """An acceptor votes in no ballot below its promise."""
    if after.vote != before.vote and after.vote is not None and before.promised is not None:
        yield case(after.vote.ballot >= before.promised, promised=before.promised, vote=after.vote)


@always(under=ALL)
def what_is_learned_is_chosen(seen: Seen[Record]) -> Cases:
    """A learner announces only what a quorum voted for in one ballot."""
    for vote in sorted(seen.history.learned):
        yield case(vote in seen.history.chosen, learned=vote, voters=seen.history.voters(vote))


@always(under=ALL)
def an_answer_is_true(seen: Seen[Record]) -> Cases:
    """A yes names what is chosen, and a value that was answered no is never chosen.

    Once an Accept went out its value may be chosen whatever the proposer hears, so that its no would be a guess: the
    answer is then `Unknown`.
    """
    for vote in sorted(seen.history.confirmed):
        yield case(vote in seen.history.chosen, confirmed=vote, chosen=seen.history.chosen)
    for user, value in sorted(seen.history.refused):
        yield case(all(vote.value != value for vote in seen.history.chosen), refused=value, to=user, chosen=seen.history.chosen)


@at_rest(under=Fault.LOSS | Fault.DUPLICATION)
def a_lost_promise_is_answered_again(seen: Seen[Record]) -> Cases:
    """When nothing more happens, no proposer still waits in a ballot that a majority has promised."""
    promised = [view.promised for view in seen.views(AcceptorView).values()]
    for proposer, view in seen.views(ProposerView).items():
        stuck = view.ballot is not None and promised.count(view.ballot) >= seen.history.quorum
        yield case(not stuck, proposer=proposer, ballot=view.ballot, promised_by=promised.count(view.ballot))


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS | Fault.DUPLICATION)
def every_request_is_answered(seen: Seen[Record]) -> Cases:
    """Every request is answered in the end, if what is sent again and again arrives."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@sometimes
def decides(seen: Seen[Record]) -> Cases:
    """A learner learns a value."""
    for vote in sorted(seen.history.learned):
        yield case(True, learned=vote)


@sometimes
def adopts_an_earlier_value(seen: Seen[Record]) -> Cases:
    """A proposer gives up its own value for one that may have been chosen already."""
    for lower, higher in combinations(sorted(seen.history.proposed), 2):
        yield case(lower.ballot < higher.ballot and lower.value == higher.value, earlier=lower, later=higher)


@sometimes
def is_preempted(seen: Seen[Record]) -> Cases:
    """A user is told no."""
    for user, value in sorted(seen.history.refused):
        yield case(True, user=user, value=value)
