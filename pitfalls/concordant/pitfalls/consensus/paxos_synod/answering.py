"""What users are told wrong, and what they wait for in vain."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.paxos_synod.proposing import without
from concordant.refimpl.consensus.paxos_synod import SAFETY, Accepting, Idle, Preparing, Proposer, Proposing, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus.paxos_synod import BUSY, Ballot, Chosen, Preempted, Propose, Resend, Superseded
from concordant.spec.consensus.paxos_synod import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Network, Rejected, Reply, Unknown, addresses

# ---- proposers that answer wrongly


@frozen
class TakesSilenceForANo(Proposer):
    """Answers no when it has not heard of enough votes in time."""

    def fire(self, state: Proposing, trigger: Resend) -> Step[Proposing]:
        if isinstance(state, Accepting):
            return step(Idle(state.proposal.ballot.round), Reply(state.client, Rejected("no majority accepted")))
        return super().fire(state, trigger)


@frozen
class SaysYesToWhoeverAsked(Proposer):
    """Answers that the request was accepted when another value was."""

    def accepted(self, state: Accepting) -> Step[Proposing]:
        after = super().accepted(state)
        return after if isinstance(after.state, Accepting) else step(after.state, Reply(state.client, Chosen(state.proposal)))


@frozen
class NeverSaysYes(Proposer):
    """Reports whatever is chosen as somebody else's."""

    def accepted(self, state: Accepting) -> Step[Proposing]:
        after = super().accepted(state)
        return after if isinstance(after.state, Accepting) else step(after.state, Reply(state.client, Superseded(state.proposal)))


@frozen
class SaysNoTooSoon(Proposer):
    """Reports failure when it is overtaken, although its Accept is out and may still be voted for."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        return step(Idle(promised.round), Reply(state.client, Preempted(promised)))


@frozen
class ConfirmsItsOwnValue(Proposer):
    """Confirms the value that was asked for, though it had to propose another."""

    def accepted(self, state: Accepting) -> Step[Proposing]:
        after = super().accepted(state)
        own = evolve(state.proposal, value=state.value)
        return after if isinstance(after.state, Accepting) else step(after.state, Reply(state.client, Chosen(own)))


@frozen
class NeverSure(Proposer):
    """Answers that it does not know, also when it knows."""

    def accepted(self, state: Accepting) -> Step[Proposing]:
        after = super().accepted(state)
        return after if isinstance(after.state, Accepting) else step(after.state, Reply(state.client, Unknown()))


@frozen
class UnsureOfANo(Proposer):
    """Answers that it does not know, although it has proposed nothing."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        return step(Idle(promised.round), Reply(state.client, Unknown()))


@frozen
class NamesItsOwnBallot(Proposer):
    """Answers that a ballot came first, and names the one that was refused."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        after = super().preempted(state, promised)
        return step(after.state, Reply(state.client, Preempted(state.ballot))) if isinstance(state, Preparing) else after


@frozen
class NamesABallotToCome(Proposer):
    """Answers that a ballot came first, and names the one that it will try next."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        after = super().preempted(state, promised)
        own = Preempted(self.next_ballot(Idle(promised.round)))
        return step(after.state, Reply(state.client, own)) if isinstance(state, Preparing) else after


@frozen
class StaysBusy(Proposer):
    """Takes one request in its life."""

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        return step(state, Reply(client, BUSY)) if state != Idle() else super().request(state, client, request)


@frozen
class GivesNoReason(Proposer):
    """Rejects whoever comes second, and names a reason of its own."""

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        if isinstance(state, Idle):
            return super().request(state, client, request)
        return step(state, Reply(client, Rejected("no")))


@frozen
class AnswersEveryVote(Proposer):
    """Goes on counting votes after it has answered, and answers again."""

    def accepted(self, state: Accepting) -> Step[Proposing]:
        after = super().accepted(state)
        return step(state, *after.effects)


@frozen
class AnswersTheLatestUser(Proposer):
    """Remembers whom it has rejected as the one to be answered."""

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        after = super().request(state, client, request)
        return after if isinstance(state, Idle) else step(evolve(state, client=client), *after.effects)


# ---- proposers that do not answer


@frozen
class WaitsForAll(Proposer):
    """Waits for the answers of all acceptors, where a majority is enough."""

    def is_quorum(self, count: int) -> bool:
        return count == len(self.acceptors)


@frozen
class ComparesNothing(Proposer):
    """Looks for the highest vote among those who have not voted either: an error, and nobody catches it."""

    def promised(self, state: Preparing) -> Step[Proposing]:
        dies = self.is_quorum(len(state.promises)) and None in state.promises.values()
        return step(Idle(state.ballot.round)) if dies else super().promised(state)


@frozen
class DiesOfAnError(Proposer):
    """Asks for votes by calls that fail where an acceptor is down: the first failure ends the request."""

    def suspect(self, state: Proposing, peer: Address) -> Step[Proposing] | None:
        dies = isinstance(state, Accepting) and peer in self.acceptors
        return step(Idle(state.proposal.ballot.round)) if isinstance(state, Accepting) and dies else None


# ---- the pitfalls, in systems as small as shows them

RELIABLE = Network()
_, P1 = addresses("proposer", 2)
LAZY = Network(duplicating=True)
A0, _, A2 = ACCEPTORS = addresses("acceptor", 3)
ONE_CRASH = Faults(crashes=1, who=ACCEPTORS)

UNCOMPARABLE = Pitfall(
    "PAX-3",
    "Votes are compared although there are none: at the second promise without a vote the request dies, and its user waits.",
    breaks=spec.nobody_waits,
    subject=system((("x",),), learners=0, network=RELIABLE, proposer=ComparesNothing, patient=True),
    length=7,
)
WAITS_FOR_ALL = Pitfall(
    "PAX-5",
    "A proposer waits for every acceptor: one that is silent blocks it, although the others are enough.",
    breaks=spec.nobody_waits,
    subject=system((("x",),), learners=0, network=RELIABLE, proposer=WaitsForAll, faults=ONE_CRASH, patient=True),
    length=7,
)
ASKS_THE_DEAD = Pitfall(
    "paxos_synod.WaitsForAll",
    "The same, and asks again and again: an acceptor that is down never answers.",
    breaks=spec.every_request_is_answered,
    subject=evolve(
        system(
            (("x",),),
            learners=0,
            network=Network(losses=None, copies=1),
            proposer=WaitsForAll,
            faults=Faults(crashes=1, who=ACCEPTORS[:1], synchronous=True),
        ),
        symmetric=(),  # one acceptor may crash, and the others may not
    ),
    length=15,
    quick=False,
)
SILENCE_AS_A_NO = Pitfall(
    "PAX-6",
    "A proposer answers no when the acceptors' votes are late or lost: its value is chosen all the same.",
    breaks=spec.an_answer_is_true,
    subject=system((("x",),), learners=0, network=Network(losses=2), proposer=TakesSilenceForANo, promises=SAFETY),
    length=8,
)
YES_TO_ANOTHER = Pitfall(
    "PAX-7",
    "A user is answered yes when another value than its own is chosen.",
    breaks=spec.an_answer_is_true,
    subject=system(acceptors=1, learners=0, network=RELIABLE, proposer=SaysYesToWhoeverAsked, promises=SAFETY, patient=True),
    length=9,
)
DIES_OF_AN_ERROR = Pitfall(
    "PAX-12",
    "A call to an acceptor that has crashed fails, and with it the request: some have voted, and its user is told nothing.",
    breaks=spec.nobody_waits,
    subject=system((("x",),), learners=0, network=RELIABLE, proposer=DiesOfAnError, faults=evolve(ONE_CRASH, detector=True), patient=True),
    length=13,
)
FALSE_NO = Pitfall(
    "paxos_synod.SaysNoTooSoon",
    "A proposer that is overtaken answers no, although its Accept is out and its value may yet be chosen.",
    breaks=spec.an_answer_is_true,
    subject=without(system(learners=0, network=RELIABLE, proposer=SaysNoTooSoon, promises=SAFETY, patient=True), (P1, A0), (P1, A2)),
    length=11,
)
FALSE_YES = Pitfall(
    "paxos_synod.ConfirmsItsOwnValue",
    "A proposer that adopted another value answers as if the user's own were chosen.",
    breaks=spec.an_answer_is_true,
    subject=system(acceptors=1, learners=0, network=RELIABLE, proposer=ConfirmsItsOwnValue, promises=SAFETY, patient=True),
    length=9,
)
NEVER_SAYS_YES = Pitfall(
    "paxos_synod.NeverSaysYes",
    "A user is told that another value is chosen when its own is.",
    breaks=spec.an_answer_is_true,
    subject=system((("x",),), acceptors=1, learners=0, network=RELIABLE, proposer=NeverSaysYes, patient=True),
    length=5,
)


def _without_a_reason(proposer: type[Proposer], mistake: str, length: int, *, shared: bool = False) -> Pitfall:
    return Pitfall(
        f"paxos_synod.{proposer.__name__}",
        mistake,
        breaks=spec.what_is_no_yes_has_a_reason,
        subject=system(acceptors=1, learners=0, network=RELIABLE, proposer=proposer, promises=SAFETY, patient=True, shared=shared),
        length=length,
    )


NEVER_SURE = _without_a_reason(NeverSure, "A proposer that knows what is chosen answers *unknown*.", 5)
UNSURE_OF_A_NO = _without_a_reason(UnsureOfANo, "A proposer that was preempted before it proposed answers *unknown*.", 5)
NAMES_ITS_OWN_BALLOT = _without_a_reason(NamesItsOwnBallot, "A user is told that its own ballot came first.", 5)
NAMES_A_BALLOT_TO_COME = _without_a_reason(NamesABallotToCome, "A user is told that a ballot came first which nobody has used.", 5)
STAYS_BUSY = _without_a_reason(
    StaysBusy, "A proposer that has answered its first request rejects the next as if it were busy.", 6, shared=True
)
GIVES_NO_REASON = _without_a_reason(GivesNoReason, "A proposer that is busy rejects a request without a true reason.", 2, shared=True)
ANSWERS_EVERY_VOTE = Pitfall(
    "paxos_synod.AnswersEveryVote",
    "A proposer answers again with every vote that comes after the majority.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((("x",),), acceptors=1, learners=0, network=LAZY, proposer=AnswersEveryVote, patient=True),
    length=6,
)
ANSWERS_THE_LATEST_USER = Pitfall(
    "paxos_synod.AnswersTheLatestUser",
    "The user who was rejected is told what is chosen, and not the one who waits for it.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(acceptors=1, learners=0, network=RELIABLE, proposer=AnswersTheLatestUser, promises=SAFETY, patient=True, shared=True),
    length=6,
)
