"""Code that was tied to a model that nobody has proved, or of which another class was run: each was called proved."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.answers import Conclusion
from concordant.checks.questions.bridge import ask
from concordant.checks.questions.question import Means
from concordant.checks.registry import protocol
from concordant.proofs.consensus.two_phase_commit.claim import commit
from concordant.proofs.consensus.two_phase_commit.handlers import COMMIT, CountsAMajority
from concordant.proofs.consensus.two_phase_commit.meaning import TwoPhaseCommit
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.role_theorems import role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.kernel.theorems import Finding, ProofStatus

ROLE = COMMIT.roles[0]


def without_a_guard() -> Model:
    return commit().without_guard("log_commit", "all_prepared")


class Weaker(TwoPhaseCommit):
    """A meaning in a model in which the coordinator commits when it likes."""

    def make_model(self) -> Model:
        return without_a_guard()


OTHER = "its model is not the one that is proved of two_phase_commit: it has another axiom, invariant, guard or update"


def test_a_handler_that_takes_steps_of_a_model_that_nobody_has_proved_is_not_proved() -> None:
    (theorem,) = role_theorems(Weaker(), evolve(ROLE, kind=CountsAMajority))

    assert theorem.prove().detail == OTHER
    assert stability_theorem(Weaker()).prove().detail == OTHER


def test_a_bridge_to_a_model_that_nobody_has_proved_is_not_crossed() -> None:
    (question,) = ask(protocol("two_phase_commit"))
    answer = evolve(question, scopes=question.scopes[:1], bridge=evolve(question.bridge, model=without_a_guard)).answer(Means())

    note = answer.note("problem")

    assert (answer.conclusion, note and note.fields["value"]) == (Conclusion.NOT_AS_CLAIMED, OTHER)


def test_a_handler_in_whose_place_another_is_run_is_not_proved() -> None:
    stand_in = evolve(ROLE, kind=CountsAMajority, make=lambda _, me, cast: ROLE.make(ROLE.kind, me, cast))
    (theorem,) = role_theorems(COMMIT, stand_in)

    assert evolve(theorem.prove(), seconds=0) == Finding(ProofStatus.FAILED, "what is run is a Coordinator, and not a CountsAMajority")
