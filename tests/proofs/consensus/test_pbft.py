"""PBFT: which shipped mistakes the proof of the handlers sees, at which input, and where an attack gets stuck."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import frozen

from concordant.pitfalls.consensus.pbft import accusing, answering, beginning, changing, counting, saying, signing
from concordant.proofs.consensus.pbft.claim import PBFT
from concordant.proofs.consensus.pbft.handlers import AGREEING
from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.kernel.scenarios import play
from concordant.refimpl.consensus.pbft import Changes, Replica, State
from concordant.refimpl.machine import AnyProcess
from concordant.spec.consensus.pbft import OfAView, Request, View
from concordant.spec.vocabulary import Address


@frozen
class IsContentWithOne(Replica):
    """Takes one for a quorum."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who & set(self.members)) >= 1


@frozen
class TakesAnyCertificate(Replica):
    """Takes a proposal for that of some certificate which is shown, not of the latest."""

    def allows(self, changes: Changes, view: View, request: Request) -> bool:
        valid = all(self.is_certificate(prepared, view) for prepared in changes.values())
        shown = [prepared.request for prepared in changes.values() if prepared is not None]
        return valid and self.is_quorum(frozenset(changes)) and (not shown or request in shown)


@frozen
class AccusesWhoChangesItsMind(Replica):
    """Takes two messages of a kind for a contradiction, whatever their views."""

    def contradiction(self, state: State, source: Address, message: OfAView) -> OfAView | None:
        others = [one.message for one in state.log if one.by == source and isinstance(one.message, type(message))]
        return next((other for other in others if other != message), None)


def thorough(*values: object) -> Any:
    """Return a case that takes long, or like which there is another."""
    return pytest.param(*values, marks=pytest.mark.thorough)


@pytest.mark.parametrize(
    ("kind", "at", "by"),
    [
        thorough(beginning.TakesAPlainProposal, "rule accept", "guard prepare.quorum_changed"),
        (signing.DecidesWhatIsPrepared, "rule decide", "guard decide.quorum_committed"),
        (signing.PromisesTooMuch, "rule accept", "guard commit.quorum_signed"),
        (signing.ProposesAgain, "rule propose", "guard prepare.once"),
        (signing.ChecksNoSignature, "Garbled", "State: the honest have signed what it keeps of them"),
        (changing.ForgetsItsCertificate, "Impatient", "State: its certificate is that of its latest commit"),
        thorough(IsContentWithOne, "rule prepare", "guard commit.quorum_signed"),
        thorough(TakesAnyCertificate, "NewView", "State: certificates that it keeps have their quorums, and allow what they come with"),
        thorough(AccusesWhoChangesItsMind, "Prepare", "Accused: whoever is accused lies"),
        thorough(counting.IgnoresViews, "rule prepare", "guard commit.quorum_signed"),
        (counting.CountsVotes, "rule prepare", "guard commit.quorum_signed"),
        (counting.CountsChanges, "rule follow", "nothing"),  # the model lets anybody go on to the next view at any time
        thorough(counting.CountsAnybody, "Prepare", "State: whom it has heard are replicas"),
        thorough(saying.TellsWhatWasAsked, "rule decide", "Result: whoever sends it has decided it, or lies"),
        thorough(accusing.BlamesTheClient, "PrePrepare", "Accused: whoever is accused lies"),
        (answering.TakesWhoAnswersForHonest, "Result", "Told: what it knows is decided"),
        (answering.WaitsForEverybody, "Result", "nothing"),  # the model promises no progress
        thorough(answering.RetiresOnceDecided, "rule accept", "nothing"),  # the same: whoever has decided need not sign
        thorough(beginning.DropsWhatCameEarly, "Impatient", "nothing"),  # the same: a message may be lost
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_shipped_mistake_is_refuted_in_the_handler_unless_the_model_does_not_speak_of_it(
    kind: type[AnyProcess], at: str, by: str
) -> None:
    assert refuted_by(AGREEING, kind, at) == by


STOPPED = {
    "signs_twice": (6, "guard once"),
    "commits_to_anything": (1, "guard quorum_signed"),
    "commits_late": (10, "guard not_left"),
    "lets_the_primary_choose": (8, "guard latest"),
    "older_certificate": (13, "guard latest"),
    "reads_no_certificate": (8, "guard certificate"),
    "too_few_come": (3, "guard quorum_changed"),
    "quorums_that_miss": (0, "axiom quorums_meet"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; at step 0 an axiom rules its quorums out."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(PBFT, mutant) for mutant in PBFT.mutants} == STOPPED


def test_eight_mistakes_have_a_counterexample_of_at_most_four_replicas() -> None:
    honest = 3  # besides whoever lies
    assert len(PBFT.mutants) == 8
    for mutant in PBFT.mutants:
        led = play(FiniteModel(mutant.model(), mutant.universe), mutant.attack)
        assert (led.stuck_at, bool(led.broken), len(mutant.universe.names["Node"]) <= honest) == (None, True, True), mutant.name
