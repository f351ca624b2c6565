"""One award: what comes in, how the task stands then."""

from __future__ import annotations

from concordant.refimpl.auctions.contract_award import managing, one_happening, standing
from concordant.spec.auctions.contract_award import AWARDED, Happens, Stage, Task
from concordant.spec.auctions.contract_net import Close, Contract, Propose, Refuse
from concordant.spec.vocabulary import CancelAsked, Map, addresses

A, B = addresses("contractor", 2)


def test_a_manager_takes_what_comes_however_its_task_stands() -> None:
    stands = (*(Task(stage) for stage in (Stage.NEW, Stage.NOT_AWARDED)), *(Task(stage, accepted=(A,)) for stage in AWARDED))
    called = Task(Stage.CALLED, Map.of({B: 2}), (A,))

    assert [standing(managing(task), task.accepted) for task in (*stands, called)] == [*stands, called]
    assert one_happening(Happens((A, B), called, Close(), A)) == Task(Stage.AWARDED, accepted=(B,))
    assert one_happening(Happens((A, B), called, CancelAsked(), A)) == Task(Stage.NOT_AWARDED)
    assert one_happening(Happens((A, B), Task(Stage.AWARDED, accepted=(A,)), Refuse(), B)) == Task(Stage.AWARDED, accepted=(A,))
    assert one_happening(Happens((A, B), Task(Stage.NEW), Contract(), A)) == Task(Stage.CALLED)
    assert one_happening(Happens((A, B), Task(Stage.CALLED, Map.of({B: 2})), Propose(1), A)) == Task(Stage.AWARDED, accepted=(A,))
