"""Prefetching: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.workflows.prefetch_execution.bridge import BRIDGE
from concordant.proofs.workflows.prefetch_execution.claim import PREFETCHING
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {"PRE-4": 3, "PRE-4/shown": 3, "prefetch_execution.RunsWhatItLikes": 4, "prefetch_execution.FetchesWhatWas": 3}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "PRE-3",
            "PRE-3/waits",
            "PRE-3/rests",
            "prefetch_execution.FetchesForEver",
            "PRE-3/stuck",
            "prefetch_execution.FetchesNoMore",
            "prefetch_execution.EndsTheStageFirst",
        ),
        LIVENESS,
    ),
    # for how many is fetched, and what has come; what failed; who is told what; views
    **dict.fromkeys(
        (
            "PRE-1",
            "PRE-2",
            "prefetch_execution.FetchesForAll",
            "prefetch_execution.FetchesAgain",
            "prefetch_execution.DoesNotWaitForIt",
            "prefetch_execution.RunsBeside",
            "prefetch_execution.NamesTheFirst",
            "prefetch_execution.FailsTooEarly",
            "prefetch_execution.FailsTooEarly/shown",
            "prefetch_execution.GoesOnAfterAFailure",
            "prefetch_execution.EndsWithTheFirst",
            "prefetch_execution.TellsTheRival",
            "prefetch_execution.EndsWithTheLast",
            "prefetch_execution.TurnsAway",
            "prefetch_execution.TellsHowFarItIs",
            "prefetch_execution.HidesTheRest",
            "prefetch_execution.HidesWhatRuns",
        ),
        UNSAID,
    ),
}


@pytest.mark.parametrize("id", pitfalls("prefetch_execution"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("prefetch_execution")[id], SEEN, NOT_SEEN)


STOPPED = {
    "uses_what_it_has": (6, "guard is_fetched"),
    "runs_beside": (5, "guard none_runs"),
    "begins_with_what_is_there": (3, "guard is_next"),
    "sets_out_twice": (2, "guard none_is_under_way"),
    "fetches_what_was": (2, "guard is_present"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(PREFETCHING, mutant) for mutant in PREFETCHING.mutants} == STOPPED
