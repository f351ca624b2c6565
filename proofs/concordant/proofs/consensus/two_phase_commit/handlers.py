"""Two-phase commit: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: one coordinator.
Not covered: more than three participants; that whoever asks is answered.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from concordant.proofs.consensus.two_phase_commit.meaning import TwoPhaseCommit
from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.refimpl.consensus.two_phase_commit import Collecting, Coordinating, Coordinator, Idle, Participant, Participating
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.two_phase_commit import Commit, Phase, Resolved, Vote
from concordant.spec.vocabulary import Address, Reply, Send

COMMIT = TwoPhaseCommit()


@frozen
class CountsAMajority(Coordinator):
    """Commits when most participants can."""

    def all_can_commit(self, state: Collecting) -> bool:
        return len(state.votes) > len(self.participants) // 2


@frozen
class ForgetsItsDecision(Coordinator):
    """Keeps its decision in memory."""

    def survives(self, state: Coordinating) -> Iterable[Coordinating]:  # noqa: ARG002  # that is the mistake
        return (Idle(),)


@frozen
class TellsTheOpposite(Coordinator):
    """Tells its user the opposite of what it has decided."""

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        after = super().resolve(state, commit=commit)
        return step(after.state, *(Reply(e.to, Resolved(not commit)) if isinstance(e, Reply) else e for e in after.effects))


@frozen
class SpeaksForAnother(Coordinator):
    """Answers whoever asks as if it were the one for whom it works."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        return (
            step(state, Reply(client, Resolved(commit=True))) if isinstance(state, Collecting) else super().request(state, client, request)
        )


@frozen
class DecidesAlone(Participant):
    """Aborts by itself when it has waited long enough, although it is prepared."""

    def inquire(self, state: Participating) -> Step[Participating]:  # noqa: ARG002  # that is the mistake
        return self.refuse()


@frozen
class VotesBeforeItLogs(Participant):
    """Votes yes before it has logged anything."""

    def asked(self, state: Participating) -> Step[Participating]:
        after = super().asked(state)
        return step(after.state, Send(self.coordinator, Vote(commit=True))) if state.phase is Phase.WORKING else after


WRONG = (
    WrongHandler(COMMIT, CountsAMajority, "guard log_commit.all_prepared", "Vote", mutant="two_phase_commit.some_votes"),
    WrongHandler(COMMIT, ForgetsItsDecision, "Idle: nothing is logged", "crash and recovery"),
    WrongHandler(COMMIT, TellsTheOpposite, "guard log_commit.all_prepared", "Vote"),
    WrongHandler(COMMIT, SpeaksForAnother, "guard log_commit.all_prepared", "Commit"),
    WrongHandler(COMMIT, DecidesAlone, "guard refuse.not_prepared", "Inquire", mutant="two_phase_commit.decides_alone"),
    WrongHandler(COMMIT, VotesBeforeItLogs, "Vote: the sender is a prepared participant", "Prepare"),
)
HANDLERS = tuple(theorem for role in COMMIT.roles for theorem in role_theorems(COMMIT, role, WRONG))
STABLE = stability_theorem(COMMIT)
