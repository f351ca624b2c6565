"""One award: what comes in, how the task stands then."""

from __future__ import annotations

import pytest

from concordant.refimpl.auctions.contract_award import one_happening
from concordant.spec.auctions.contract_award import Awarded, Called, Comes, Happens, New, Over, Stands, Task
from concordant.spec.auctions.contract_net import Close, Contract, GiveUp, Inform, Propose, Refuse
from concordant.spec.vocabulary import CancelAsked, Map, addresses

A, B = addresses("contractor", 2)


@pytest.mark.parametrize(
    ("before", "what", "after"),
    [
        (New(), Contract(), Stands(awarded=False, accepted=())),
        (Called(Map.of({B: 2}), ()), Propose(1), Stands(awarded=True, accepted=(A,))),
        (Called(Map.of({B: 2}), ()), Refuse(), Stands(awarded=True, accepted=(B,))),
        (Called(Map.of({B: 2}), ()), Close(), Stands(awarded=True, accepted=(B,))),
        (Called(Map.of({B: 2}), ()), CancelAsked(), Stands(awarded=False, accepted=())),
        (Called(Map(), (B,)), Close(), Stands(awarded=False, accepted=())),
        (Awarded(B, attended=True), GiveUp(), Stands(awarded=True, accepted=(B,))),
        (Awarded(B, attended=False), Inform(), Stands(awarded=True, accepted=(B,))),
        (Over(B), Propose(1), Stands(awarded=True, accepted=(B,))),
        (Over(None), Propose(1), Stands(awarded=False, accepted=())),
    ],
)
def test_a_manager_takes_what_comes_however_its_task_stands(before: Task, what: Comes, after: Stands) -> None:
    assert one_happening(Happens((A, B), before, what, A)) == after
