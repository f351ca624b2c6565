"""What coordinators do wrong: when they decide, how, and what they tell."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, step
from concordant.refimpl.voting.unanimous_consent import (
    SAFETY,
    Closed,
    Collecting,
    Coordinating,
    Coordinator,
    Idle,
    system,
)
from concordant.spec.vocabulary import Address, Announce, Faults, Network, Rejected, Reply, broadcast
from concordant.spec.voting import unanimous_consent as spec
from concordant.spec.voting.unanimous_consent import PUT_BEFORE, Close, Decided, Decision, Put, Question, Vote

# ---- coordinators


@frozen
class CountsVotesReceived(Coordinator):
    """Asks whether all votes that came in are yes, which they are when none came in."""

    def silence_accepts(self, state: Collecting) -> bool:  # noqa: ARG002  # a veto would have ended the vote before
        return True


@frozen
class HasNoDeadline(Coordinator):
    """Waits for every vote."""

    def armed(self, state: Coordinating) -> tuple[Close, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class AsksAgainForEver(Coordinator):
    """Asks all electors once more when the time is over, and gives them another time."""

    def fire(self, state: Coordinating, trigger: Close) -> Step[Coordinating]:  # noqa: ARG002  # there is one trigger
        return step(state, *broadcast(self.electorate, Question()))


@frozen
class WaitsForItself(Coordinator):
    """Counts itself as an elector, and never hears its own vote."""

    def all_consent(self, state: Collecting) -> bool:
        return len(state.consents) == len(self.electorate) + 1


@frozen
class DecidesOnlyByVotes(WaitsForItself, HasNoDeadline):
    """Waits for a vote of its own, and has no deadline either."""


@frozen
class KeepsItsDeadline(Coordinator):
    """Does not disarm the deadline when it has accepted, and declines then."""

    def armed(self, state: Coordinating) -> tuple[Close, ...]:
        return (Close(),) if state == Closed(accepted=True) else super().armed(state)

    def fire(self, state: Coordinating, trigger: Close) -> Step[Coordinating]:
        if not isinstance(state, Closed):
            return super().fire(state, trigger)
        declined = Decision(accepted=False)
        return step(Closed(accepted=False), Announce(Decided(accepted=False)), *broadcast(self.electorate, declined))


@frozen
class VotesAgainForEachUser(Coordinator):
    """Takes the same proposal for a new one when the vote on it is over."""

    def request(self, state: Coordinating, client: Address, request: Put) -> Step[Coordinating]:
        return super().request(Idle() if isinstance(state, Closed) else state, client, request)


@frozen
class DeclinesWhatIsUnderWay(Coordinator):
    """Tells whoever comes while the vote is on that the proposal is declined."""

    def request(self, state: Coordinating, client: Address, request: Put) -> Step[Coordinating]:
        if isinstance(state, Collecting):
            return step(state, Reply(client, Decided(accepted=False)))
        return super().request(state, client, request)


@frozen
class CountsAMajority(Coordinator):
    """Accepts when most electors have consented."""

    def all_consent(self, state: Collecting) -> bool:
        return len(state.consents) > len(self.electorate) // 2


@frozen
class HeedsLateVetoes(Coordinator):
    """Goes on listening after it has accepted."""

    def receive(self, state: Coordinating, source: Address, message: Vote) -> Step[Coordinating] | None:
        late = state == Closed(accepted=True) and not message.consents
        return step(Closed(accepted=False)) if late else super().receive(state, source, message)


@frozen
class CountsLateVotes(Coordinator):
    """Goes on counting after the vote is over."""

    def receive(self, state: Coordinating, source: Address, message: Vote) -> Step[Coordinating] | None:
        match state:
            case Closed(accepted=False) if message.consents:
                return Step(evolve(state, accepted=True))
            case _:
                return super().receive(state, source, message)


@frozen
class TellsThoseWhoConsented(Coordinator):
    """Tells the decision only to those whose consent it has."""

    def informed(self, state: Collecting) -> tuple[Address, ...]:
        return tuple(elector for elector in self.electorate if elector in state.consents)


@frozen
class CountsAnybody(Coordinator):
    """Counts votes, and does not ask who may vote."""

    def may_vote(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TellsBeforeItDecides(Coordinator):
    """Tells everybody at once that the proposal is accepted, to be corrected if need be."""

    def request(self, state: Coordinating, client: Address, request: Put) -> Step[Coordinating]:
        after = super().request(state, client, request)
        return step(after.state, *after.effects, *broadcast(self.electorate, Decision(accepted=True))) if isinstance(state, Idle) else after


@frozen
class TellsTheOpposite(Coordinator):
    """Answers with the wrong sign."""

    def decide(self, state: Collecting, *, accepted: bool) -> Step[Coordinating]:
        after = super().decide(state, accepted=accepted)
        wrong = Reply(state.client, Decided(not accepted))
        return step(after.state, *(wrong if isinstance(effect, Reply) else effect for effect in after.effects))


@frozen
class NeverSaysYes(Coordinator):
    """Answers no, also when all have consented."""

    def decide(self, state: Collecting, *, accepted: bool) -> Step[Coordinating]:
        after = super().decide(state, accepted=accepted)
        wrong = Reply(state.client, Decided(accepted=False))
        return step(after.state, *(wrong if isinstance(effect, Reply) else effect for effect in after.effects))


@frozen
class RejectsEverybody(Coordinator):
    """Takes the proposal for one that was put before."""

    def request(self, state: Coordinating, client: Address, request: Put) -> Step[Coordinating]:  # noqa: ARG002  # there is one request
        return step(state, Reply(client, PUT_BEFORE))


@frozen
class GivesNoReason(Coordinator):
    """Rejects whoever comes second, and names a reason of its own."""

    def request(self, state: Coordinating, client: Address, request: Put) -> Step[Coordinating]:
        return super().request(state, client, request) if isinstance(state, Idle) else step(state, Reply(client, Rejected("no")))


@frozen
class AnswersTheLatestUser(Coordinator):
    """Remembers whom it has rejected as the one to be answered."""

    def request(self, state: Coordinating, client: Address, request: Put) -> Step[Coordinating]:
        after = super().request(state, client, request)
        return step(evolve(state, client=client), *after.effects) if isinstance(state, Collecting) else after


# ---- the pitfalls, in systems as small as shows them

TIMELY = Faults(synchronous=True)

VACUOUS_UNANIMITY = Pitfall(
    "UNA-2",
    "Unanimity among the votes received: of no votes at all, all are yes.",
    breaks=spec.acceptance_needs_every_consent,
    subject=system(network=Network(losses=3), coordinator=CountsVotesReceived),
    length=2,
)
NO_DEADLINE = Pitfall(
    "UNA-3",
    "There is no deadline: with one elector silent the vote never ends.",
    breaks=spec.nobody_waits,
    subject=system(1, network=Network(losses=1), coordinator=HasNoDeadline),
    length=2,
)
WAITS_FOR_EVER = Pitfall(
    "unanimous_consent.HasNoDeadline",
    "There is no deadline: the question is lost, and the coordinator waits for ever.",
    breaks=spec.every_proposal_is_decided,
    subject=system(1, network=Network(losses=1), coordinator=HasNoDeadline),
    length=2,
)
ASKS_AGAIN_FOR_EVER = Pitfall(
    "unanimous_consent.AsksAgainForEver",
    "An elector votes once, and its vote is lost: however often it is asked again, it has voted.",
    breaks=spec.every_proposal_is_decided,
    subject=system(1, network=Network(losses=None, copies=1), coordinator=AsksAgainForEver),
    length=6,
)
WAITS_FOR_ITSELF = Pitfall(
    "unanimous_consent.WaitsForItself",
    "The coordinator counts itself as an elector: all consent, and the proposal is declined.",
    breaks=spec.consent_of_all_is_acceptance,
    subject=system(2, faults=TIMELY, coordinator=WaitsForItself),
    length=10,
)
DECIDES_ONLY_BY_VOTES = Pitfall(
    "unanimous_consent.DecidesOnlyByVotes",
    "The coordinator counts itself as an elector, and has no deadline: all consent, and nothing is decided.",
    breaks=spec.consent_of_all_is_acceptance,
    subject=system(1, faults=TIMELY, coordinator=DecidesOnlyByVotes),
    length=4,
)
KEEPS_ITS_DEADLINE = Pitfall(
    "unanimous_consent.KeepsItsDeadline",
    "The deadline passes after all have consented, and the proposal is declined as well.",
    breaks=spec.consent_of_all_is_acceptance,
    subject=system(1, faults=TIMELY, coordinator=KeepsItsDeadline),
    length=7,
)
TELLS_BOTH_DECISIONS = Pitfall(
    "unanimous_consent.KeepsItsDeadline/told",
    "After the deadline electors are told that what was accepted is declined.",
    breaks=spec.a_message_is_true,
    subject=system(1, coordinator=KeepsItsDeadline),
    length=5,
)
COUNTS_LATE_VOTES = Pitfall(
    "unanimous_consent.CountsLateVotes",
    "A consent that comes after the deadline reverses the decision.",
    breaks=spec.a_decision_is_final,
    subject=system(1, coordinator=CountsLateVotes),
    length=5,
)
TELLS_THOSE_WHO_CONSENTED = Pitfall(
    "unanimous_consent.TellsThoseWhoConsented",
    "Only those who consented are told: the others never learn that the vote is over.",
    breaks=spec.everybody_is_told,
    subject=system(1, coordinator=TellsThoseWhoConsented),
    length=4,
)
COUNTS_ANYBODY = Pitfall(
    "unanimous_consent.CountsAnybody",
    "A vote is counted whoever sent it: a stranger's yes stands for an elector's.",
    breaks=spec.acceptance_needs_every_consent,
    subject=system(1, liars=(Address("stranger"),), coordinator=CountsAnybody, promises=SAFETY),
    length=2,
)
COUNTS_A_MAJORITY = Pitfall(
    "unanimous_consent.CountsAMajority",
    "The coordinator accepts when a majority has consented: somebody has not.",
    breaks=spec.acceptance_needs_every_consent,
    subject=system(coordinator=CountsAMajority),
    length=7,
)
HEEDS_LATE_VETOES = Pitfall(
    "unanimous_consent.HeedsLateVetoes",
    "A veto that comes after the proposal was accepted reverses the decision.",
    breaks=spec.a_decision_is_final,
    subject=system(1, liars=(Address("stranger"),), coordinator=HeedsLateVetoes, promises=SAFETY),
    length=5,
)
TELLS_BEFORE_IT_DECIDES = Pitfall(
    "unanimous_consent.TellsBeforeItDecides",
    "Electors are told that the proposal is accepted before anybody has voted.",
    breaks=spec.a_message_is_true,
    subject=system(1, coordinator=TellsBeforeItDecides),
    length=1,
)


def _answers_wrongly(coordinator: type[Coordinator], mistake: str, length: int) -> Pitfall:
    subject = system(1, users=2, coordinator=coordinator)
    return Pitfall(f"unanimous_consent.{coordinator.__name__}", mistake, breaks=spec.an_answer_is_true, subject=subject, length=length)


TELLS_THE_OPPOSITE = _answers_wrongly(
    TellsTheOpposite, "A user is told that the proposal is accepted when it is not, and declined when it is accepted.", 2
)
NEVER_SAYS_YES = _answers_wrongly(NeverSaysYes, "A user is told that the proposal is declined, also when all have consented.", 4)
REJECTS_EVERYBODY = _answers_wrongly(
    RejectsEverybody, "The first user to put the proposal is rejected as if somebody had put it already.", 1
)
VOTES_AGAIN_FOR_EACH_USER = _answers_wrongly(
    VotesAgainForEachUser, "The second user who puts the proposal is told that it is accepted, and the first that it is declined.", 6
)
DECLINES_WHAT_IS_UNDER_WAY = _answers_wrongly(
    DeclinesWhatIsUnderWay, "Who comes while the vote is on is told that the proposal is declined, before anything is decided.", 2
)
GIVES_NO_REASON = _answers_wrongly(GivesNoReason, "A user who puts the proposal again is rejected without a true reason.", 2)
ANSWERS_THE_LATEST_USER = Pitfall(
    "unanimous_consent.AnswersTheLatestUser",
    "The user who was rejected is told the decision, and not the one who waits for it.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(1, users=2, coordinator=AnswersTheLatestUser),
    length=3,
)

NEVER_WRITTEN = Unmodelled(
    "UNA-1",
    Reason.NO_CODE,
    "The document dispatches to a function for unanimity that it does not hold, so that its module does not compile.",
)
