"""A barrier: workers come to it, and none goes on before all have come; twice. It keeps its promise, since it never opens.

Each worker tells the coordinator that it has arrived, in the first round or the second; when all have, the coordinator tells all that it
is open. Two guards are wrong, of which the network that loses and repeats nothing shows one.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    Fault,
    Network,
    NoHistory,
    Reply,
    Seen,
    Send,
    addresses,
    always,
    broadcast,
    case,
)

# ---- what is said


@frozen
class Arrive:
    """A user lets its worker come to the barrier, and is answered when it may go on."""


@frozen
class Passed:
    """The worker goes on."""


@frozen
class Arrived:
    """A worker tells that it has come, in which round."""

    round: int


@frozen
class Open:
    """The barrier is open, in which round."""

    round: int


# ---- what can be seen, and what must hold


@frozen
class Rounds:
    """How often a worker has come, and how often it has gone on."""

    arrived: int
    passed: int


@always(under=Fault.DUPLICATION)
def nobody_passes_early(seen: Seen[NoHistory]) -> Cases:
    """A worker that has gone on so many times finds that all have come as often."""
    workers = seen.views(Rounds)
    for worker, rounds in workers.items():
        for other, theirs in workers.items():
            if rounds.passed > 0 and other != worker:
                yield case(theirs.arrived >= rounds.passed, passed=worker, missing=other)


# ---- the machines


@frozen
class Counting:
    """In which round the coordinator is, how many messages of this round it has heard, and of whom."""

    round: int = 1
    heard: int = 0
    who: frozenset[Address] = frozenset()


@frozen
class Coordinator(Process[Counting, Arrived]):
    """Opens the barrier when all have come."""

    workers: tuple[Address, ...]

    def start(self) -> Step[Counting]:
        """Begin with the first round."""
        return step(Counting())

    def is_everybody(self, state: Counting) -> bool:
        """Tell whether all workers have come."""
        return state.heard > len(self.workers)

    def receive(self, state: Counting, source: Address, message: Arrived) -> Step[Counting] | None:
        """Count, and open. What is said of another round is old."""
        if message.round != state.round or state.heard > len(self.workers):
            return None
        heard = evolve(state, heard=state.heard + 1, who=state.who | {source})
        if self.is_everybody(heard):
            return step(Counting(state.round + 1), *broadcast(self.workers, Open(state.round)))
        return step(heard)

    def view(self, state: Counting) -> Counting:
        """Show all."""
        return state


@frozen
class Working:
    """Which user waits at the barrier, if any, how often this worker has come, and gone on."""

    user: Address | None = None
    arrived: int = 0
    passed: int = 0


@frozen
class Worker(Process[Working, Open, Arrive]):
    """Comes to the barrier, and waits."""

    coordinator: Address

    def start(self) -> Step[Working]:
        """Begin at work."""
        return step(Working())

    def may_pass(self, state: Working, message: Open) -> bool:
        """Tell whether a worker that waits may go on, since it hears that the barrier is open."""
        return True

    def request(self, state: Working, client: Address, request: Arrive) -> Step[Working]:
        """Come."""
        return step(evolve(state, user=client, arrived=state.arrived + 1), Send(self.coordinator, Arrived(state.arrived + 1)))

    def receive(self, state: Working, source: Address, message: Open) -> Step[Working] | None:
        """Go on."""
        if state.user is None or not self.may_pass(state, message):
            return None
        return step(evolve(state, user=None, passed=state.passed + 1), Reply(state.user, Passed()))

    def view(self, state: Working) -> Rounds:
        """Show how often."""
        return Rounds(state.arrived, state.passed)


# ---- what is checked

COORDINATOR = Address("coordinator")


def system(
    coordinator: type[Coordinator] = Coordinator,
    worker: type[Worker] = Worker,
    *more: Clause,
    network: Network = Network(duplicating=True),
) -> System[NoHistory]:
    """Put a coordinator and two workers together, on a network that delivers messages any number of times; each worker comes twice."""
    workers = addresses("worker", 2)
    return System(
        {COORDINATOR: coordinator(workers), **{name: worker(COORDINATOR) for name in workers}},
        NoHistory(),
        (nobody_passes_early, *more),
        network=network,
        users=tuple(User(Address("user", place), (name,), ((Arrive(),), (Arrive(),))) for place, name in enumerate(workers)),
    )


SYSTEM = system(network=Network())
"""On a network that delivers each message once."""
REPEATED = system()
"""On one that may deliver it again."""
