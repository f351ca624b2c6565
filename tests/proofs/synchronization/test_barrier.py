"""Barriers: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.synchronization.barrier.bridge import BRIDGE
from concordant.proofs.synchronization.barrier.claim import BARRIER
from concordant.proofs.synchronization.barrier.handlers import BARRIERS
from concordant.refimpl.synchronization.barrier import Barrier
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    **dict.fromkeys(("BAR-1", "BAR-2", "BAR-3", "BAR-5"), 3),  # who is there nobody says, so that the first to pass is no step
    "BAR-6": 5,
    "barrier.KeepsTheCancelled": 3,
    "barrier.TellsARoundBefore": 2,
    "barrier.TellsARoundAfter": 2,
    "barrier.TellsTheFirstTheRoundBefore": 2,
    "barrier.TellsTheFirstTheNextRound": 2,
    "barrier.CountsDown": 2,
    "barrier.CountsParties": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "BAR-4",
            "barrier.WaitsForOneMore",
            "barrier.HasNoTimeOut",
            "barrier.WaitsABitLonger",
            "barrier.StaysBroken",
            "barrier.LetsNobodyGo",
        ),
        LIVENESS,
    ),
    **dict.fromkeys(
        ("barrier.TimesOutAlone", "barrier.LooksWhole", "barrier.LooksEmpty", "barrier.BreaksForOthers"), UNSAID
    ),  # whether it is broken, and what is seen
    **dict.fromkeys(
        ("barrier.CallsARetryBroken", "barrier.CallsAResetBroken", "barrier.CallsABreakReady"), UNSAID
    ),  # why somebody does not pass
    "barrier.HoldsTheLast": UNSAID,  # whom somebody has asked to let go
    "barrier.LeavesTheOthers": UNSAID,  # what the others hear
    "barrier.SkipsARound": UNSAID,  # a round may be left out
}


@pytest.mark.parametrize("id", pitfalls("barrier"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("barrier")[id], SEEN, NOT_SEEN)


REFUTED = {
    "CallsABreakReady": "it says what the model does not know: Ready()",
    "CountsDown": "computes with a int",
    "CountsParties": "computes with a int",
    "LetsNobodyGo": "Filling: those wait, in its round, and nobody else",
    "SkipsARound": "computes with a int",
    "TellsARoundAfter": "Passed: the party has come in the round",
    "TellsARoundBefore": "computes with a int",
    "TellsTheFirstTheNextRound": "Passed: the party has come in the round",
    "TellsTheFirstTheRoundBefore": "computes with a int",
    "WaitsForOneMore": "Filling.waiting is Map({{request.party, user}}), which is none of the shapes that were run",
}
"""What refutes a mistake in the handler. The others are of progress, of what is seen, or of the reason why somebody does not pass."""


@pytest.mark.thorough
def test_shipped_mistakes_about_who_is_there_and_in_which_round_are_refuted_in_the_handler() -> None:
    mistaken = {type(process) for pitfall in pitfalls("barrier").values() for process in pitfall.system.processes.values()}
    found = {kind.__name__: refuted_by(BARRIERS, kind) for kind in mistaken if issubclass(kind, Barrier)}

    assert {name for name, by in found.items() if by != "nothing"} == set(REFUTED)
    assert all(by in found[name] for name, by in REFUTED.items())


STOPPED = {
    "lets_one_pass": None,
    "counts_arrivals": (1, "guard all_there"),
    "goes_back": (2, "guard later"),
    "mixes_rounds": (2, "guard same"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(BARRIER, mutant) for mutant in BARRIER.mutants} == STOPPED
