"""Attacks on bridges: users who are told what is not so. An answer is a step of the proved model, or it is none at all."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import frozen

from concordant.checks.bridge import cross
from concordant.pitfalls.consensus.paxos_synod.answering import SaysNoTooSoon
from concordant.pitfalls.synchronization.barrier.slips import TellsARoundAfter
from concordant.proofs.consensus.paxos_synod.bridge import BRIDGE as PAXOS_BRIDGE
from concordant.proofs.consensus.two_phase_commit.bridge import BRIDGE as COMMIT_BRIDGE
from concordant.proofs.consensus.two_phase_commit.handlers import TellsTheOpposite as Opposite
from concordant.proofs.synchronization.barrier.bridge import BRIDGE as BARRIER_BRIDGE
from concordant.proofs.synchronization.resource_pool.bridge import BRIDGE as POOL_BRIDGE
from concordant.proofs.voting.unanimous_consent.bridge import BRIDGE as CONSENT_BRIDGE
from concordant.proofs.voting.unanimous_consent.handlers import TellsTheOpposite
from concordant.proofs.workflows.stage_executor.bridge import BRIDGE as STAGES_BRIDGE
from concordant.refimpl.consensus.paxos_synod import system
from concordant.refimpl.consensus.two_phase_commit import system as commitment
from concordant.refimpl.machine import Step, step
from concordant.refimpl.synchronization.barrier import system as barrier
from concordant.refimpl.synchronization.resource_pool import Lending, Pool
from concordant.refimpl.synchronization.resource_pool import system as lending
from concordant.refimpl.voting.unanimous_consent import system as unanimity
from concordant.refimpl.workflows.stage_executor import Executing, Executor
from concordant.refimpl.workflows.stage_executor import system as executing
from concordant.spec.synchronization.resource_pool import Granted, Released
from concordant.spec.vocabulary import Address, Network, Reply
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.stage_executor import Ended


@frozen
class TellsTheUserOtherwise(Executor):
    """Announces how the workflow ended, and tells the user that it was completed."""

    def end(self, state: Executing) -> Step[Executing]:
        after = super().end(state)
        return Step(after.state, tuple(Reply(e.to, Ended(True, state.statuses)) if isinstance(e, Reply) else e for e in after.effects))


@frozen
class TakesNothingBack(Pool):
    """Says that a unit was given back, and still has it lent."""

    def release(self, state: Lending, client: Address) -> Step[Lending]:
        return step(state, Reply(client, Released()))


@frozen
class NamesAnotherUnit(Pool):
    """Lends one unit, and names the next."""

    def serve(self, state: Lending) -> Step[Lending]:
        after = super().serve(state)
        return Step(after.state, tuple(Reply(e.to, Granted(1)) if isinstance(e, Reply) else e for e in after.effects))


@pytest.mark.parametrize(
    ("bridge", "wrong", "problem"),
    [
        (CONSENT_BRIDGE, unanimity(2, coordinator=TellsTheOpposite), "accepted() came; declined() came"),
        (COMMIT_BRIDGE, commitment(1, coordinator=Opposite), "commit_logged() came; abort_logged() came"),
        (
            STAGES_BRIDGE,
            executing((Stage("a"),), executor=TellsTheUserOtherwise),
            "running(a) went; failed(a) came; completed() came; incomplete() came",
        ),
        (POOL_BRIDGE, lending(pool=TakesNothingBack), "let_go(agent0) came"),
        (POOL_BRIDGE, lending(pool=NamesAnotherUnit), "holds(agent0, 0) came; granted(agent0, 1) came"),
        (
            BARRIER_BRIDGE,
            barrier(barrier=TellsARoundAfter),
            "there(party0, 2) came; there(party1, 2) came; there(party0, 1) went; passed(party0, 2) came; passed(party1, 2) came",
        ),
        (PAXOS_BRIDGE, system(learners=0, network=Network(), proposer=SaysNoTooSoon, patient=True), "refused(x) came"),
    ],
    ids=[
        "unanimous_consent",
        "two_phase_commit",
        "stage_executor",
        "resource_pool/released",
        "resource_pool/granted",
        "barrier",
        "paxos_synod",
    ],
)
def test_an_answer_that_is_not_true_is_no_step_of_the_model(bridge: Any, wrong: Any, problem: str) -> None:
    assert cross(bridge, wrong).problem == f"is no step of the proved model: {problem}"
