"""Unanimity: which shipped mistakes the proofs of the handlers and the bridge see, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.pitfalls.voting.unanimous_consent import coordinators, electors
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.voting.unanimous_consent.bridge import BRIDGE
from concordant.proofs.voting.unanimous_consent.claim import CONSENT as CLAIM
from concordant.proofs.voting.unanimous_consent.handlers import CONSENT
from concordant.refimpl.machine import AnyProcess
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

NOTHING = "nothing"


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        (coordinators.CountsVotesReceived, "guard accept.all_consented"),
        (coordinators.HasNoDeadline, NOTHING),
        (coordinators.WaitsForItself, "Collecting.consents is {sender}, which is none of the shapes that were run"),
        (coordinators.CountsLateVotes, "Closed: it knows what is decided"),
        (coordinators.TellsThoseWhoConsented, NOTHING),
        (coordinators.CountsAnybody, "guard accept.all_consented"),
        (electors.AssumesTheBest, "guard tell_yes.accepted"),
        (electors.BelievesAnybody, "guard tell_no.declined"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_shipped_mistake_is_refuted_in_the_handler_unless_it_is_one_of_progress(kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(CONSENT, kind) == by


SEEN = {
    "UNA-2": 2,
    "unanimous_consent.CountsLateVotes": 5,
    "unanimous_consent.AssumesTheBest": 3,
    "unanimous_consent.CountsAnybody": 2,
    "unanimous_consent.BelievesAnybody": 1,
    "unanimous_consent.CountsAMajority": 7,
    "unanimous_consent.HeedsLateVetoes": 5,
    "unanimous_consent.ForgetsInACrash": 4,
    "unanimous_consent.VotesTwice": 5,
    "unanimous_consent.SendsTheWrongVote": 4,
    "unanimous_consent.TellsBeforeItDecides": 2,
    "unanimous_consent.TellsTheOpposite": 2,
    "unanimous_consent.NeverSaysYes": 4,
    "unanimous_consent.KeepsItsDeadline": 6,
    "unanimous_consent.KeepsItsDeadline/told": 5,
    "unanimous_consent.VotesAgainForEachUser": 6,
    "unanimous_consent.DeclinesWhatIsUnderWay": 5,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    "UNA-3": LIVENESS,
    "unanimous_consent.WaitsForItself": LIVENESS,
    "unanimous_consent.DecidesOnlyByVotes": LIVENESS,
    **dict.fromkeys(("unanimous_consent.HasNoDeadline", "unanimous_consent.AsksAgainForEver"), LIVENESS),
    "unanimous_consent.TellsThoseWhoConsented": LIVENESS,
    **dict.fromkeys(("unanimous_consent.RejectsEverybody", "unanimous_consent.GivesNoReason"), UNSAID),  # why somebody is rejected
    "unanimous_consent.AnswersTheLatestUser": UNSAID,  # who is answered
}


@pytest.mark.parametrize("id", pitfalls("unanimous_consent"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("unanimous_consent")[id], SEEN, NOT_SEEN)


STOPPED = {
    "votes_received": (3, "guard all_consented"),
    "reopens": (5, "guard not_declined"),
    "assumes_the_best": (2, "guard accepted"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(CLAIM, mutant) for mutant in CLAIM.mutants} == STOPPED
