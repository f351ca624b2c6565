"""Single-decree Paxos: processes that crash and recover agree on one value among those proposed.

Source: Lamport, "Paxos Made Simple" (2001), section 2; "The Part-Time Parliament" (TOCS 1998).
Assumes: acceptors keep promise and vote on stable storage, proposers their round; nobody lies; no ballot is used twice; the
values that users propose are distinct. Survives loss, duplication, delay, reordering, crashes and recoveries.
Does not promise: that anything is chosen while several proposers preempt each other (Fischer, Lynch and Paterson, 1985).
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Call, Deadline, Map, Rejected, Reply

# ---- messages


@frozen(order=True)
class Ballot:
    """A numbered attempt. Proposers draw from disjoint sets, since each ballot carries its proposer."""

    round: int
    proposer: Address

    def __str__(self) -> str:
        return f"{self.round}.{self.proposer}"

    def in_words(self) -> str:
        """Say what this notation means, where it is first shown."""
        return f"the ballot of round {self.round} of {self.proposer}"


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


# ---- requests and answers


@frozen
class Propose:
    """A user asks that its value be chosen. Answered by `Chosen`, `Superseded`, `Preempted` or `Unknown`; `Rejected` while another waits."""

    value: str


@frozen
class Chosen:
    """Yes: a quorum voted for the user's value in this ballot. Also a learner's announcement, of any value."""

    vote: Vote


@frozen
class Superseded:
    """No, and for good: a quorum voted in this ballot for another value."""

    vote: Vote


@frozen
class Preempted:
    """No: this ballot came first, and the user's value was not proposed."""

    ballot: Ballot


BUSY = Rejected("busy with another request")


# ---- triggers


@frozen
class Resend(Deadline):
    """A proposer has waited long enough for answers, and asks again in the same ballot."""


# ---- events


@frozen
class Began:
    """A proposer begins a ballot, and asks for promises in it."""

    ballot: Ballot


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
class History:
    """Everything asked for, prepared, proposed, voted and answered. `quorum`: how many acceptors are a majority.

    `told`: what was asked for, and the answer that names a vote; `refused`: the values answered by a no, and to whom;
    `preempted`: the ballot for which each proposer gave up its last.
    """

    quorum: int
    asked: frozenset[str] = frozenset()
    prepared: frozenset[Ballot] = frozenset()
    proposed: frozenset[Vote] = frozenset()
    votes: frozenset[tuple[Address, Vote]] = frozenset()
    learned: frozenset[Vote] = frozenset()
    told: frozenset[tuple[str, Chosen | Superseded]] = frozenset()
    refused: frozenset[tuple[Address, str]] = frozenset()
    preempted: Map[Address, Ballot] = Map()
    calls: Calls = Calls()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Propose(value):
                return evolve(after, asked=self.asked | {value})
            case Began(ballot):
                return evolve(after, prepared=self.prepared | {ballot})
            case Proposed(vote):
                return evolve(after, proposed=self.proposed | {vote})
            case Voted(vote):
                return evolve(after, votes=self.votes | {(at, vote)})
            case Chosen(vote):
                return evolve(after, learned=self.learned | {vote})
            case Reply(user, answer):
                return after.answered(at, user, self.calls.open.get(Call(user, at)), answer)
            case _:
                return after

    def answered(self, at: Address, user: Address, request: object, answer: object) -> History:
        """Fold the answer to a request."""
        value = request.value if isinstance(request, Propose) else "nothing"
        told, refused = self.told, self.refused | {(user, value)}
        match answer:
            case Chosen():
                return evolve(self, told=told | {(value, answer)})
            case Superseded():
                return evolve(self, told=told | {(value, answer)}, refused=refused)
            case Preempted(ballot):
                return evolve(self, refused=refused, preempted=self.preempted.put(at, ballot))
            case Rejected():
                return evolve(self, refused=refused)
            case _:
                return self

    def voters(self, vote: Vote) -> frozenset[Address]:
        """Return who voted for this value in this ballot."""
        return frozenset(acceptor for acceptor, cast in self.votes if cast == vote)

    @property
    def chosen(self) -> tuple[Vote, ...]:
        """The votes for which a quorum voted, by ballot."""
        return tuple(sorted(vote for vote in {cast for _, cast in self.votes} if len(self.voters(vote)) >= self.quorum))

    def latest_vote(self, acceptor: Address) -> Vote | None:
        """Return the highest vote of an acceptor; None before it has voted."""
        return max((vote for voter, vote in self.votes if voter == acceptor), default=None)

    def latest_ballot(self, proposer: Address) -> Ballot | None:
        """Return the highest ballot that a proposer has prepared; None before it has."""
        return max((ballot for ballot in self.prepared if ballot.proposer == proposer), default=None)
