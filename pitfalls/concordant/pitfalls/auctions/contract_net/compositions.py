"""What goes wrong with contracts under retries: who asks again about a task has it allocated again."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.auctions.contract_net import Managing
from concordant.refimpl.compositions.retried_contract import RetriedContract, system
from concordant.refimpl.machine import Pitfall, Step
from concordant.spec.auctions.contract_net import clauses as spec
from concordant.spec.vocabulary import Address


@frozen
class AllocatesAnew(RetriedContract):
    """Begins anew whenever it is asked, as a call of a function does."""

    def perform(self, state: Managing, client: Address) -> Step[Managing] | None:  # noqa: ARG002  # what it knows is dropped
        return RetriedContract.perform(self, self.machine.start().state, client)


ALLOCATED_TWICE = Pitfall(
    "X-4",
    "The task is awarded, and nothing is heard of that. It is asked for again, and so allocated again: another contractor begins it as well.",
    breaks=spec.a_task_is_begun_once,
    subject=system(AllocatesAnew),
    length=12,
)
