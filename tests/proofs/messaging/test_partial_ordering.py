"""Partial order: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.partial_ordering.bridge import BRIDGE
from concordant.proofs.messaging.partial_ordering.claim import PARTIAL
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "partial_ordering.ForgetsRelations": 3,
    "partial_ordering.ForgetsRelations/link": 3,
    "partial_ordering.IgnoresPlaces": 5,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("POR-2", "POR-2/dangling", "POR-2/asks", "partial_ordering.OneOrder"), LIVENESS),
    **dict.fromkeys(("partial_ordering.AnswersNobody", "partial_ordering.NamesTheNext"), UNSAID),  # answers
    "partial_ordering.OrdersAll": UNSAID,  # that what is unrelated is free
    "partial_ordering.KnowsNoCopies": UNSAID,  # that a message is handed up once
    "partial_ordering.HandsUpTheNames": UNSAID,  # what is handed up
}


@pytest.mark.parametrize("id", pitfalls("partial_ordering"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("partial_ordering")[id], SEEN, NOT_SEEN)


STOPPED = {
    "hands_up_as_it_comes": (7, "guard is_next"),
    "ignores_classes": (5, "guard has_no_class"),
    "does_not_wait_for_its_place": (1, "guard has_this_place"),
    "makes_up": (1, "guard was_sent"),
    "forgets_what_it_comes_after": (4, "guard has_all_before"),
    "goes_by_places_alone": (6, "guard has_all_before"),
    "relates_afterwards": (4, "guard is_new"),
    "classifies_twice": (2, "guard has_no_class"),
    "classifies_afterwards": (3, "guard is_new"),
    "gives_a_place_twice": (6, "guard is_free"),
    "orders_copies": (4, "guard has_no_place"),
    "leaves_places_out": (3, "guard is_next"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(PARTIAL, mutant) for mutant in PARTIAL.mutants} == STOPPED
