"""Message buses: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.message_bus.bridge import BRIDGE
from concordant.proofs.messaging.message_bus.claim import MESSAGES
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "MBU-1": 1,
    "MBU-2": 3,
    "MBU-4/lost": 3,
    "MBU-6": 4,
    "MBU-9": 4,
    "MBU-11": 1,
    "message_bus.BeginsAtOnce": 2,
    "message_bus.LetsItRun": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "MBU-3",
            "MBU-4",
            "MBU-5",
            "MBU-8",
            "MBU-10",
            "message_bus.TriesForEver",
            "message_bus.TriesForEver/stop",
            "message_bus.GivesToTheFirst",
        ),
        LIVENESS,
    ),
    # whom a message concerns, what a handler does, in which order, why a letter is dead, who is told what, views
    **dict.fromkeys(
        (
            "MBU-7",
            "MBU-12",
            "message_bus.LastFirst",
            "message_bus.HasOneTask",
            "message_bus.KnowsNoResponses",
            "message_bus.BlamesTheTime",
            "message_bus.BlamesTheEnd",
            "message_bus.LeavesAPlaceFree",
            "message_bus.HasRoomForAll",
            "message_bus.BlamesTheHandler",
            "message_bus.LooksForSubscribers",
            "message_bus.DropsPosts",
            "message_bus.DoesNotAwait",
            "message_bus.DoesNotAwait/view",
            "message_bus.SkipsAnAct",
            "message_bus.LeavesOff",
            "message_bus.DrainsAllTheSame",
            "message_bus.ForgetsTheKind",
            "message_bus.MakesThemWait",
            "message_bus.SaysItHasStopped",
            "message_bus.SaysItHasStopped/twice",
        ),
        UNSAID,
    ),
}


@pytest.mark.parametrize("id", pitfalls("message_bus"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("message_bus")[id], SEEN, NOT_SEEN)


STOPPED = {
    "forgets_what_failed": None,
    "gives_it_again": None,
    "loses_what_is_posted": None,
    "makes_up": None,
    "runs_two": (3, "guard is_free"),
    "arrives_again": (2, "guard is_new"),
    "gives_beside": (1, "guard answers"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(MESSAGES, mutant) for mutant in MESSAGES.mutants} == STOPPED
