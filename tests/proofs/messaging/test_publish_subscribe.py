"""Publish and subscribe: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.publish_subscribe.bridge import BRIDGE
from concordant.proofs.messaging.publish_subscribe.claim import LOG
from tests.proofs.mistakes import UNSAID, pitfalls, require_as_listed

SEEN = {
    "PUB-1": 2,
    "PUB-2": 2,
    "PUB-3": 2,
    "PUB-5": 2,
    "PUB-6": 2,
    "PUB-6/others": 2,
    "PUB-7": 4,
    "PUB-8": 4,
    "publish_subscribe.Retains": 1,
    "publish_subscribe.KnowsOneSubscription": 7,
    "publish_subscribe.ComesLater": 3,
    "publish_subscribe.ComesLater/lost": 3,
    "publish_subscribe.AcceptsAll": 1,
    "publish_subscribe.TakesItLater": 3,
    "publish_subscribe.PutsOff": 4,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    # what the broker keeps besides, who is told what, who publishes in whose name
    **dict.fromkeys(
        (
            "PUB-4",
            "PUB-9",
            "publish_subscribe.AsksAtOnce",
            "publish_subscribe.SignsItself",
            "publish_subscribe.TellsAtOnce",
            "publish_subscribe.TellsAtOnce/twice",
            "publish_subscribe.LeavesLater",
            "publish_subscribe.CountsFromOne",
        ),
        UNSAID,
    ),
}


ENDLESS = {"publish_subscribe.KnowsNoCopies"}
"""Not crossed: the broker publishes every copy anew, which the model does not say, and so for ever."""


@pytest.mark.parametrize("id", sorted(pitfalls("publish_subscribe").keys() - ENDLESS))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("publish_subscribe")[id], SEEN, NOT_SEEN)


STOPPED = {
    "takes_copies": (5, "guard is_next"),
    "takes_what_is_old": (10, "guard is_current"),
    "keeps_the_last": (7, "guard was_not_handed"),
    "has_two": (1, "guard is_only_one"),
    "hears_itself": (2, "guard is_another's"),
    "makes_up": (1, "guard was_sent"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(LOG, mutant) for mutant in LOG.mutants} == STOPPED
