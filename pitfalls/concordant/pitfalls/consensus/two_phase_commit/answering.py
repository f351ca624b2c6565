"""What users and participants are told wrong by the coordinator."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.two_phase_commit import Collecting, Coordinating, Coordinator, Idle, Logged, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus import two_phase_commit as spec
from concordant.spec.consensus.two_phase_commit import UNDECIDED, Commit, Decision, Resolved
from concordant.spec.vocabulary import Address, Network, Rejected, Reply, Send, broadcast


@frozen
class ConfirmsAtOnce(Coordinator):
    """Answers its user that the transaction is committed, and then asks whether it can be."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        after = super().request(state, client, request)
        return step(after.state, Reply(client, Resolved(commit=True)), *after.effects) if isinstance(state, Idle) else after


@frozen
class TellsTheOpposite(Coordinator):
    """Answers with the wrong sign."""

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        after = super().resolve(state, commit=commit)
        wrong = Reply(state.client, Resolved(not commit))
        return step(after.state, *(wrong if isinstance(effect, Reply) else effect for effect in after.effects))


@frozen
class TellsParticipantsTheOpposite(Coordinator):
    """Sends its decision with the wrong sign."""

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        after = super().resolve(state, commit=commit)
        told = (effect for effect in after.effects if not isinstance(effect, Send))
        return step(after.state, *told, *broadcast(self.participants, Decision(not commit)))


@frozen
class LogsInSilence(Coordinator):
    """Logs its decision, and tells nobody that it has."""

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        return step(super().resolve(state, commit=commit).state)


@frozen
class PresumesAbortForALaterUser(Coordinator):
    """Tells a user who asks afterwards of an abort: it has no vote of that request."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        return step(state, Reply(client, Resolved(commit=False))) if isinstance(state, Logged) else super().request(state, client, request)


@frozen
class RejectsALaterUser(Coordinator):
    """Rejects a user who asks afterwards, as if votes were still being collected."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        return step(state, Reply(client, UNDECIDED)) if isinstance(state, Logged) else super().request(state, client, request)


@frozen
class GivesNoReason(Coordinator):
    """Rejects whoever comes second, and names a reason of its own."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        return step(state, Reply(client, Rejected("no"))) if isinstance(state, Collecting) else super().request(state, client, request)


@frozen
class AnswersTheLatestUser(Coordinator):
    """Remembers whom it has rejected as the one to be answered."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        after = super().request(state, client, request)
        return step(evolve(state, client=client), *after.effects) if isinstance(state, Collecting) else after


# ---- the pitfalls, in systems as small as shows them

DUPLICATING = Network(duplicating=True)


def _answers_wrongly(coordinator: type[Coordinator], mistake: str, length: int) -> Pitfall:
    subject = system(1, users=2, network=DUPLICATING, coordinator=coordinator)
    return Pitfall(f"two_phase_commit.{coordinator.__name__}", mistake, breaks=spec.an_answer_is_true, subject=subject, length=length)


CONFIRMS_AT_ONCE = _answers_wrongly(ConfirmsAtOnce, "A user is told of a commit before anybody has voted.", 1)
TELLS_THE_OPPOSITE = _answers_wrongly(
    TellsTheOpposite, "A user is told of a commit when the transaction aborts, and of an abort when it commits.", 2
)
PRESUMES_ABORT_FOR_A_LATER_USER = _answers_wrongly(PresumesAbortForALaterUser, "A user who asks after a commit is told of an abort.", 5)
REJECTS_A_LATER_USER = _answers_wrongly(RejectsALaterUser, "A user who asks after the decision is rejected.", 3)
GIVES_NO_REASON = _answers_wrongly(GivesNoReason, "A user who comes second is rejected without a true reason.", 2)
TELLS_PARTICIPANTS_THE_OPPOSITE = Pitfall(
    "two_phase_commit.TellsParticipantsTheOpposite",
    "Participants are told to commit when the transaction aborts.",
    breaks=spec.a_message_is_true,
    subject=system(1, coordinator=TellsParticipantsTheOpposite),
    length=2,
)
LOGS_IN_SILENCE = Pitfall(
    "two_phase_commit.LogsInSilence",
    "The coordinator logs what it has not announced.",
    breaks=spec.the_log_tells_the_decision,
    subject=system(1, coordinator=LogsInSilence),
    length=2,
)
ANSWERS_THE_LATEST_USER = Pitfall(
    "two_phase_commit.AnswersTheLatestUser",
    "The user who was rejected is told the decision, and not the one who waits for it.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(1, users=2, coordinator=AnswersTheLatestUser),
    length=3,
)
