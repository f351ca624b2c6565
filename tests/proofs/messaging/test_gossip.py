"""Gossip: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.gossip.bridge import BRIDGE
from concordant.proofs.messaging.gossip.claim import GOSSIP
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    **dict.fromkeys(("gossip.LearnsInSilence", "gossip.LearnsNothing"), 1),
    **dict.fromkeys(("GSP-3", "gossip.KeepsNothing"), 2),
    **dict.fromkeys(("GSP-8", "GSP-8/forgotten"), 3),
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "gossip.AsksTheFirst",
            "gossip.WaitsForTheAnswer",
            "gossip.IsBusy",
            "GSP-1",
            "GSP-1/three",
            "GSP-4",
            "GSP-5",
            "GSP-9",
            "gossip.TellsTheFirst",
        ),
        LIVENESS,
    ),
    **dict.fromkeys(
        (
            "gossip.WantsEverything",
            "gossip.GivesAndTakes/push",
            "gossip.GivesAndTakes/pull",
            "gossip.Compares",
            "gossip.AnswersAlways",
            "GSP-6",
            "gossip.TellsAll",
            "gossip.TellsTheFirst/again",
            "gossip.TellsItsSource",
        ),
        UNSAID,
    ),  # to whom rumours are sent, and how often
}
MANY_STATES = {"gossip.WantsEverything", "gossip.GivesAndTakes/push", "gossip.Compares", "gossip.TellsTheFirst/again"}
WITHOUT_AN_END = {"GSP-2"}
"""Makes a new rumour at every hop, as if it had been asked to spread that: there are ever more, and the bridge is not crossed."""
JUDGED = [
    pytest.param(id, marks=pytest.mark.thorough if id in MANY_STATES else ()) for id in pitfalls("gossip") if id not in WITHOUT_AN_END
]


@pytest.mark.parametrize("id", JUDGED)
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("gossip")[id], SEEN, NOT_SEEN)


STOPPED = {"hears_of_what_nobody_sent": (1, "guard was_sent"), "sends_what_it_does_not_know": (1, "guard knows"), "forgets": None}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(GOSSIP, mutant) for mutant in GOSSIP.mutants} == STOPPED
