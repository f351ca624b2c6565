"""Paxos: which shipped mistakes the proofs of the handlers and the bridge see, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.pitfalls.consensus.paxos_synod import answering, misnaming, proposing, voting
from concordant.proofs.consensus.paxos_synod.bridge import BRIDGE
from concordant.proofs.consensus.paxos_synod.claim import PAXOS as CLAIM
from concordant.proofs.consensus.paxos_synod.claim import any_earlier_vote, paxos, universe
from concordant.proofs.consensus.paxos_synod.handlers import PAXOS
from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.gates import walked
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.refimpl.machine import AnyProcess
from concordant.refimpl.machine.search import Search
from tests.proofs.mistakes import DEEP, IN_THE_HANDLER, LIVENESS, UNSAID, pitfalls, require_as_listed

NOTHING = "nothing"


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        (proposing.Anonymous, "prepare is its own to do"),
        (proposing.CountsNothingAsAVote, "guard propose.highest_vote"),
        (proposing.KeepsItsOwnValue, "guard propose.highest_vote"),
        (proposing.AnyEarlierVote, "guard propose.highest_vote"),
        (answering.SaysNoTooSoon, "guard refuse.not_proposed"),
        (answering.TakesSilenceForANo, "guard refuse.not_proposed"),
        (answering.SaysYesToWhoeverAsked, "Chosen: it is the value asked for"),
        (answering.NeverSaysYes, "guard refuse.not_proposed"),
        (answering.ConfirmsItsOwnValue, "guard decide.quorum_voted"),
        (answering.NeverSure, NOTHING),
        (voting.Strict, NOTHING),
        (voting.PromisesAnyBallot, "guard promise.not_left"),
        (voting.IgnoresItsPromise, "guard vote.not_left"),
        (voting.Amnesiac, "AcceptorView: it has left what is below its promise, and nothing else"),
        (voting.CountsAcrossBallots, "guard decide.quorum_voted"),
        (misnaming.BeginsForTheNext, "prepare is its own to do"),
        (misnaming.TellsItsVoteAsANewOne, "Promise: its vote is the sender's highest below the ballot"),
        (misnaming.KeepsTheOldPromise, "AcceptorView: it has left what is below its promise, and nothing else"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_shipped_mistake_is_refuted_in_the_handler_unless_it_is_one_of_progress(kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(PAXOS, kind) == by


SEEN = {
    "PAX-1": 10,
    "PAX-1/as_written": 14,
    "PAX-2": 5,
    "PAX-6": 6,
    "PAX-9": 3,
    "PAX-10": 5,
    "paxos_synod.KeepsItsOwnValue": 11,
    "paxos_synod.ProposesAtEveryPromise": 9,
    "paxos_synod.SkipsPhaseOne": 1,
    "paxos_synod.AsksForItsOwn": 8,
    "paxos_synod.PromisesAnyBallot": 4,
    "paxos_synod.IgnoresItsPromise": 8,
    "paxos_synod.VotesWithoutAPromise": 6,
    "paxos_synod.TellsNoVote": 7,
    "paxos_synod.CountsAcrossBallots": 14,
    "paxos_synod.LearnsFromOneVote": 7,
    "paxos_synod.SaysNoTooSoon": 9,
    "paxos_synod.ConfirmsItsOwnValue": 9,
    "paxos_synod.NeverSaysYes": 5,
    "PAX-8": 13,
    "paxos_synod.ProposesElsewhere": 3,
    "paxos_synod.ProposesElsewhere/said": 3,
    "paxos_synod.ProposesForItsUser": 3,
    "paxos_synod.ProposesARoundLater": 3,
    "paxos_synod.Anonymous/voted": 6,
    "paxos_synod.ForgetsItsRound": 8,
    "paxos_synod.TakesOverABallot": 9,
    "paxos_synod.PromisesTheNextRound": 2,
    "paxos_synod.TellsAnotherValue": 7,
    "paxos_synod.KeepsItsVoteOnly": 3,
    "paxos_synod.IgnoresItsPromise/voted": 6,
    "paxos_synod.KeepsTheOldPromise": 8,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("PAX-1/strict", "PAX-3", "PAX-4", "PAX-5", "PAX-11", "PAX-12"), LIVENESS),
    **dict.fromkeys(("paxos_synod.LearnsInSilence", "paxos_synod.AsksOnce", "paxos_synod.Insists", "paxos_synod.WaitsForAll"), LIVENESS),
    **dict.fromkeys(("PAX-7", "paxos_synod.Anonymous", "paxos_synod.Anonymous/begun"), IN_THE_HANDLER),
    **dict.fromkeys(("paxos_synod.NeverSure", "paxos_synod.UnsureOfANo"), UNSAID),  # what is unknown
    **dict.fromkeys(("paxos_synod.NamesItsOwnBallot", "paxos_synod.NamesABallotToCome"), UNSAID),  # which ballot came first
    **dict.fromkeys(("paxos_synod.StaysBusy", "paxos_synod.GivesNoReason"), UNSAID),  # why somebody is rejected
    **dict.fromkeys(("paxos_synod.AnswersEveryVote", "paxos_synod.AnswersTheLatestUser"), UNSAID),  # how often, and who is answered
    **dict.fromkeys(("paxos_synod.ConfirmsWhatItRefuses", "paxos_synod.RefusesItsOwnPromise"), UNSAID),  # what proposers hear of a refusal
    "paxos_synod.NamesALaterRound": UNSAID,  # what proposers hear of a refusal
    **dict.fromkeys(("paxos_synod.BeginsForTheNext", "paxos_synod.BeginsForTheNext/said"), IN_THE_HANDLER),
    **dict.fromkeys(("paxos_synod.KeepsItsPromiseOnly", "paxos_synod.TellsItsVoteAsANewOne"), IN_THE_HANDLER),
    "paxos_synod.AnyEarlierVote": DEEP,
}


LONG = ("paxos_synod.AnyEarlierVote", "PAX-1/strict")
SEARCHED = [pytest.param(id, marks=pytest.mark.thorough if id in LONG else ()) for id in pitfalls("paxos_synod")]
"""All. Of the two long ones, both not seen, the deep one takes most of a minute."""


@pytest.mark.parametrize("id", SEARCHED)
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("paxos_synod")[id], SEEN, NOT_SEEN)


STOPPED = {
    "own_value": (12, "guard highest_vote"),
    "any_earlier_vote": (18, "guard highest_vote"),
    "late_votes": (11, "guard not_left"),
    "refuses_what_it_proposed": (6, "guard not_proposed"),
    "quorums_that_miss": (0, "axiom quorums_meet"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(CLAIM, mutant) for mutant in CLAIM.mutants} == STOPPED


@pytest.mark.thorough
def test_any_earlier_vote_passes_exploration_at_two_rounds() -> None:
    assert walked(FiniteModel(any_earlier_vote(), universe(3, 2, 2))) == (39_957, ())


@pytest.mark.parametrize(
    ("values", "counts"), [(1, (7_293, 107_760, 20)), pytest.param(2, (39_957, 642_789, 22), marks=pytest.mark.thorough)]
)
def test_exploring_the_model_finds_the_states_of_its_walk_and_no_violation(values: int, counts: tuple[int, int, int]) -> None:
    finite = FiniteModel(paxos(), universe(3, 2, values))
    search = Search(finite).run()

    assert (search.states, search.transitions, search.depth) == counts
    assert [state for state in search.reached if finite.failing_invariants(state)] == []
