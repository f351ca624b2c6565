"""Requests and responses: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.request_response.bridge import BRIDGE
from concordant.proofs.messaging.request_response.claim import REQUESTS
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "RRQ-1": 2,
    "RRQ-3": 2,
    "RRQ-3/response": 2,
    "RRQ-5": 2,
    "RRQ-6": 2,
    "RRQ-7": 3,
    "RRQ-8": 4,
    "request_response.TakesTheFirst": 6,
    "request_response.RecordsInMemory": 5,
    "request_response.KeepsTheCancelled/sends": 2,
    "request_response.SaysDone": 4,
    "request_response.SaysFailed": 4,
    "request_response.RetriesWithAFreshKey": 3,
    "request_response.ForgetsWhatItSent": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "RRQ-2",
            "RRQ-9",
            "X-2",
            "request_response.PutsItBack",
            "request_response.HasNoTimeOut",
            "request_response.WaitsABitLonger",
            "request_response.SendsOnce",
            "request_response.SilentOnCopies",
            "request_response.DropsTheRest",
            "request_response.WaitsAllTheSame",
            "request_response.NeverSuspects",
        ),
        LIVENESS,
    ),
    # why a call is given up, how often a request is sent, what is announced, views
    **dict.fromkeys(
        (
            "RRQ-4",
            "RRQ-10",
            "request_response.RecordsWhatIsDone",
            "request_response.SendsOnAndOn",
            "request_response.SaysSoEachTime",
            "request_response.WaitsToBeAsked",
        ),
        UNSAID,
    ),
}


@pytest.mark.parametrize("id", pitfalls("request_response"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("request_response")[id], SEEN, NOT_SEEN)


STOPPED = {
    "leaks": None,
    "takes_it_twice": (2, "guard is_not_pending"),
    "asks_on": (2, "guard waits_for_nothing"),
    "carries_out_copies": (4, "guard is_new"),
    "begins_unasked": (1, "guard was_sent"),
    "believes_anybody": (3, "guard was_sent"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(REQUESTS, mutant) for mutant in REQUESTS.mutants} == STOPPED
