"""A stage that comes to a barrier, and is tried again: `retry_recovery` over `barrier`."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from concordant.refimpl.compositions.shared.retried import Retried, Trying
from concordant.refimpl.machine import AnyProcess, Step, System
from concordant.refimpl.synchronization import barrier
from concordant.refimpl.synchronization.barrier import BARRIER, Barrier, OnWithdrawal
from concordant.spec.synchronization import barrier as spec
from concordant.spec.synchronization.barrier import Arrive, BarrierView, History, TimeOut
from concordant.spec.vocabulary import Address, Clause, addresses

PROMISES: tuple[Clause, ...] = (spec.nobody_passes_alone, spec.nobody_is_answered_twice, spec.nobody_waits, spec.every_wait_ends)


@frozen
class RetriedArrival(Retried):
    """Has a party come, and when it was not let pass in time, withdraw and come again, under its name."""

    def asks(self, client: Address) -> Arrive:
        return Arrive(client)

    def hides(self, trigger: object) -> bool:
        return isinstance(trigger, TimeOut)

    def stop(self, state: Any, client: Address) -> Step[Any] | None:
        return self.machine.cancel(state, client)

    def view(self, state: Trying) -> BarrierView:
        shown: BarrierView = self.machine.view(state.machine)  # type: ignore[assignment]  # of some machine
        return shown


def system(machine: AnyProcess | None = None) -> System[History]:
    """Put a barrier of two together with what has each of them come once, and perhaps once more."""
    right = barrier.system(2, 1, promises=PROMISES)
    parties = frozenset(addresses("party", 2))
    return evolve(right, processes={BARRIER: RetriedArrival(machine or Barrier(parties, OnWithdrawal.REMOVE))})
