"""Handlers that answer whoever has not asked, sentences that say nothing, a model of no theorem: each was once called proved."""

from __future__ import annotations

from typing import Any

import pytest
import z3
from attrs import evolve, frozen

from concordant.proofs.consensus.raft.handlers import RAFTS
from concordant.proofs.consensus.two_phase_commit import claim
from concordant.proofs.consensus.two_phase_commit.handlers import COMMIT
from concordant.proofs.consensus.two_phase_commit.meaning import TwoPhaseCommit
from concordant.proofs.kernel.meaning import Meaning, Said
from concordant.proofs.kernel.models import State
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.kernel.standing import unproved
from concordant.refimpl.consensus.raft import Leader, Server
from concordant.refimpl.consensus.raft import State as Serving
from concordant.refimpl.consensus.two_phase_commit import Collecting, Coordinating, Coordinator
from concordant.refimpl.machine import AnyProcess, Step, step
from concordant.spec.consensus.raft import Appended, Command, Entry
from concordant.spec.consensus.two_phase_commit import Commit, Resolved
from concordant.spec.vocabulary import Address, Announce, Reply


@frozen
class WaitsForAnother(Coordinator):
    """Notes a participant as the one for whom it works, whoever has asked."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        after = super().request(state, client, request)
        return step(Collecting(self.participants[0]), *after.effects) if isinstance(after.state, Collecting) else after


@frozen
class WorksForTheLast(Coordinator):
    """Answers whoever asks while it works, and notes it as the one for whom it works."""

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:
        after = super().request(state, client, request)
        return step(evolve(state, client=client), *after.effects) if isinstance(state, Collecting) else after


@frozen
class AnswersTwice(Coordinator):
    """Tells its user twice what it has decided."""

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        after = super().resolve(state, commit=commit)
        return step(after.state, *after.effects, Reply(state.client, Resolved(commit)))


@frozen
class KeepsItsUser(Coordinator):
    """Goes on after a crash as if its user were still waiting, whose call has ended."""

    def survives(self, state: Coordinating) -> tuple[Coordinating, ...]:
        return (state,)

    def recover(self, state: Coordinating) -> Step[Coordinating]:
        return step(state) if isinstance(state, Collecting) else super().recover(state)


@frozen
class AppendsWhatIsThere(Server):
    """Appends once more what came last, whatever it is asked for."""

    def submitted(self, state: Serving, role: Leader, client: Address, command: Command) -> Step[Serving]:
        if self.find(state.log, command) is not None or not state.log:
            return super().submitted(state, role, client, command)
        log = (*state.log, Entry(state.term, state.log[-1].command))
        waits = evolve(role, waiting=role.waiting.put(len(log), client))
        return step(evolve(state, log=log, role=waits), Announce(Appended(len(log), log[-1])))


@pytest.mark.parametrize(
    ("meaning", "kind", "at", "by"),
    [
        (COMMIT, WaitsForAnother, "Commit", "it is to answer participant0, who does not wait for that"),
        (COMMIT, WorksForTheLast, "Commit", "it is to answer user, who does not wait for that"),
        (COMMIT, AnswersTwice, "Vote", "it answers somebody who does not wait"),
        (COMMIT, KeepsItsUser, "crash and recovery", "it is to answer state.client, who does not wait for that"),
        (RAFTS, AppendsWhatIsThere, "Submit", "it is to answer user, who does not wait for that"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_handler_that_is_to_answer_somebody_who_has_not_asked_for_that_is_refuted(
    meaning: Meaning, kind: type[AnyProcess], at: str, by: str
) -> None:
    assert refuted_by(meaning, kind, at) == by


class SaysWhatIsAlwaysSo(TwoPhaseCommit):
    """A meaning in which an answer is told to be what was logged, and is proved to be one of the two."""

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        said = super().saying(s, me, what, asked)
        one = z3.Not(z3.And(s.commit_logged(), s.abort_logged()))
        return dict.fromkeys(said, one) if said and isinstance(what, Resolved) else said


def test_a_sentence_of_which_only_what_is_so_anyway_is_proved_is_not_called_proved() -> None:
    said = "Resolved: it is what was logged, which is so whatever happens"

    assert stability_theorem(SaysWhatIsAlwaysSo()).prove().detail == said


def test_the_model_of_a_proof_that_no_theorem_claims_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    weaker = claim.commit().without_guard("log_commit", "all_prepared")
    monkeypatch.setattr(claim, "DRAFT", evolve(claim.COMMIT, model=lambda: weaker), raising=False)

    assert unproved("two_phase_commit", claim.commit()) is None
    assert unproved("two_phase_commit", weaker) is not None
