"""The documents' barrier, which counts who comes and sets an event."""

from __future__ import annotations

from typing import Never

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Process, Step, System, User, step
from concordant.refimpl.synchronization.barrier import (
    BARRIER,
    OnWithdrawal,
    somebody,
    system,
)
from concordant.spec.synchronization import barrier as spec
from concordant.spec.synchronization.barrier import WITHDRAWN, Arrive, BarrierView, Passed
from concordant.spec.vocabulary import Address, Faults, Internal, Map, Reply, addresses


@frozen
class Wake(Internal):
    """A task that waits for the event goes on."""

    client: Address


@frozen
class Store(Internal):
    """A thread writes back the count that it has read, and one more."""

    client: Address
    count: int


@frozen
class Counting:
    """How many have come, whether the event is set, who waits for it, and what threads are about to write."""

    count: int = 0
    is_set: bool = False
    waiting: frozenset[Address] = frozenset()
    writing: Map[Address, int] = Map()


@frozen
class AsWritten(Process[Counting, Never, Arrive, Wake | Store]):
    """Counts who comes, under a lock; the last one sets an event, for which all wait. It is never cleared, and no name is looked at."""

    count: int

    def start(self) -> Step[Counting]:
        return step(Counting())

    def request(self, state: Counting, client: Address, request: Arrive) -> Step[Counting]:  # noqa: ARG002  # the name is not used
        return step(self.counted(state, client, state.count + 1))

    def counted(self, state: Counting, client: Address, count: int) -> Counting:
        return evolve(state, count=count, is_set=state.is_set or count == self.count, waiting=state.waiting | {client})

    def cancel(self, state: Counting, client: Address) -> Step[Counting]:
        return step(evolve(state, waiting=state.waiting - {client}), Reply(client, WITHDRAWN))

    def armed(self, state: Counting) -> tuple[Wake | Store, ...]:
        woken = sorted(state.waiting) if state.is_set else ()
        return (*map(Wake, woken), *(Store(client, count) for client, count in state.writing.items()))

    def fire(self, state: Counting, trigger: Wake | Store) -> Step[Counting]:
        if isinstance(trigger, Store):
            counted = self.counted(state, trigger.client, trigger.count)
            return step(evolve(counted, writing=state.writing.drop(trigger.client)))
        return step(evolve(state, waiting=state.waiting - {trigger.client}), Reply(trigger.client, Passed(1)))

    def view(self, state: Counting) -> BarrierView:
        return BarrierView(1, state.waiting, broken=False)


@frozen
class WithoutALock(AsWritten):
    """Reads the count, and writes it back later: threads may all have read the same."""

    def request(self, state: Counting, client: Address, request: Arrive) -> Step[Counting]:  # noqa: ARG002
        return step(evolve(state, writing=state.writing.put(client, state.count + 1)))


def as_written(*others: User, faults: Faults = Faults(), kind: type[AsWritten] = AsWritten) -> System[spec.History]:
    """Put the documents' barrier between two parties, and others."""
    right = system(2, others=others, faults=faults, on_withdrawal=OnWithdrawal.REMOVE)
    return evolve(right, processes={BARRIER: kind(2)})


FIRST = addresses("party", 1)[0]
CANCELLED = Faults(cancellations=1)

# A move shorter than in the catalogue, where both have left the first round before one comes again.
NOT_REUSABLE = Pitfall(
    "BAR-1",
    "The event stays set: in the second round a party passes alone. The other one need not even have left the first.",
    breaks=spec.nobody_passes_alone,
    subject=as_written(),
    length=5,
)
COUNTS_RETRIES = Pitfall(
    "BAR-2",
    "Arrivals are counted, not parties: one that comes twice, such as after a retry, passes alone.",
    breaks=spec.nobody_passes_alone,
    subject=as_written(somebody("again", Arrive(FIRST))),
    length=3,
)
COUNTS_THE_CANCELLED = Pitfall(
    "BAR-3",
    "A party whose wait was cancelled is still counted: the other one passes alone.",
    breaks=spec.nobody_passes_alone,
    subject=as_written(faults=CANCELLED),
    length=4,
)
WAITS_FOR_EVER = Pitfall(
    "BAR-4",
    "There is no timeout and nothing breaks: who waits for a party that has failed waits for ever.",
    breaks=spec.nobody_waits,
    subject=evolve(as_written(), users=as_written().users[:1]),
    length=1,
)
COUNTS_STRANGERS = Pitfall(
    "BAR-5",
    "Whoever comes is counted: with one more than the barrier is for, somebody passes who is no party, and a party alone.",
    breaks=spec.nobody_passes_alone,
    subject=as_written(somebody("stranger", Arrive(Address("stranger")))),
    length=3,
)
LOSES_AN_ARRIVAL = Pitfall(
    "BAR-6",
    "Two threads read the same count, and each writes back one more: one arrival is lost, and both wait for ever.",
    breaks=spec.nobody_waits,
    subject=as_written(kind=WithoutALock),
    length=4,
)
