"""A task that is contracted out, and asked for again when it is not known what became of it: `retry_recovery` over `contract_net`."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.auctions import contract_net
from concordant.refimpl.auctions.contract_net import Manager
from concordant.refimpl.compositions.shared.retried import Retried, Trying
from concordant.refimpl.machine import System
from concordant.spec.auctions.contract_net import Contract, History, ManagerView
from concordant.spec.recovery.retry_recovery import TimeOut
from concordant.spec.vocabulary import Address, Network


@frozen
class RetriedContract(Retried):
    """Has the manager of the task asked again: it has awarded it, so it waits on."""

    def asks(self, client: Address) -> Contract:  # noqa: ARG002  # all ask about the one task
        return Contract()

    def hides(self, trigger: object) -> bool:
        return isinstance(trigger, TimeOut)  # the manager gives up by itself, and does so as well on a contractor

    def view(self, state: Trying) -> ManagerView:
        shown: ManagerView = self.machine.view(state.machine)  # type: ignore[assignment]  # of some machine
        return shown


def system(kind: type[RetriedContract] = RetriedContract, network: Network = Network()) -> System[History]:
    """Put a manager, whose user asks again, and two contractors together."""
    right = contract_net.system((1,), (1,), network=network)
    manager = Address("manager")
    contractors = tuple(each for each in right.processes if each != manager)
    return evolve(right, processes={**right.processes, manager: kind(Manager(contractors))})
