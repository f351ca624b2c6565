"""Causal order: one process of the group, which stamps what it sends and holds what comes before its causes."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, step
from concordant.refimpl.messaging.shared.groups import others_of, who_ask
from concordant.spec.messaging import causal_ordering as spec
from concordant.spec.messaging.causal_ordering import ClockView, Stamped
from concordant.spec.messaging.shared import broadcasts
from concordant.spec.messaging.shared.broadcasts import Broadcast, Broadcasts, Name
from concordant.spec.vocabulary import Address, Clause, Deliver, Faults, Map, Network, addresses, broadcast


@frozen
class Clocked:
    """The state of a process: how many messages of each it was handed up, and what came early."""

    clock: Map[Address, int] = Map()
    held: Map[Name, Stamped] = Map()


@frozen
class Ordering(Process[Clocked, Stamped, Broadcast]):
    """A process and the others of its group."""

    me: Address
    peers: tuple[Address, ...]

    def start(self) -> Step[Clocked]:
        return step(Clocked())

    def request(self, state: Clocked, client: Address, request: Broadcast) -> Step[Clocked]:  # noqa: ARG002  # whoever asks
        stamped = Stamped(self.counted(state.clock, self.me), request.message)
        sent = broadcast(self.peers, stamped)
        return step(evolve(state, clock=stamped.clock), *sent, Deliver(self.me, request.message))

    def receive(self, state: Clocked, source: Address, message: Stamped) -> Step[Clocked] | None:
        name = Name(source, message.clock[source] - 1)
        if self.was_handed_up(state, name):
            return None
        return self.handed_up(evolve(state, held=state.held.put(name, message)))

    def was_handed_up(self, state: Clocked, name: Name) -> bool:
        """Tell whether a message was handed up: then this is a copy. A copy of what is held takes its place, and is the same."""
        return name.number < state.clock.get(name.origin, 0)

    def handed_up(self, state: Clocked) -> Step[Clocked]:
        """Hand up what is held and lacks nothing, one after the other: each may be what others lack."""
        ready = next((name for name, stamped in state.held.items() if self.is_next(state.clock, name, stamped)), None)
        if ready is None:
            return step(state)
        after = Clocked(self.counted(state.clock, ready.origin), state.held.drop(ready))
        return step(after, Deliver(ready.origin, state.held[ready].message)).then(self.handed_up)

    def is_next(self, clock: Map[Address, int], name: Name, stamped: Stamped) -> bool:
        """Tell whether a message is the next of its sender, and all that its sender had been handed up was handed up here."""
        # The hard step. No more is needed, though causes have causes: whoever sent this was handed those in causal order too, and
        # counts them.
        others = all(count <= clock.get(other, 0) for other, count in stamped.clock.items() if other != name.origin)
        return others and name.number == clock.get(name.origin, 0)

    def counted(self, clock: Map[Address, int], origin: Address) -> Map[Address, int]:
        """Count one more message of a process."""
        return clock.put(origin, clock.get(origin, 0) + 1)

    def survives(self, state: Clocked) -> tuple[Clocked, ...]:
        """Leave all: what was handed up before a crash stays so."""
        return (state,)

    def view(self, state: Clocked) -> ClockView:
        return ClockView(state.clock, frozenset(state.held))


PROMISES: tuple[Clause, ...] = (
    broadcasts.no_creation,
    broadcasts.no_duplication,
    spec.causal_order,
    spec.own_at_once,
    spec.nothing_waits_needlessly,
    spec.the_clock_counts,
    spec.is_delivered,
    spec.comes_early,
)
CONCURRENT: tuple[Clause, ...] = (*PROMISES, spec.orders_differ)
"""What is promised where two send without knowing of each other."""
A, B, C = GROUP = addresses("node", 3)


def system(
    asked: tuple[tuple[Address, str], ...] = ((A, "a"), (B, "b")),
    group: tuple[Address, ...] = GROUP,
    *,
    ordering: type[Ordering] = Ordering,
    network: Network = Network(),
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = PROMISES,
    history: Broadcasts = Broadcasts(),
) -> System[Broadcasts]:
    """Put a group together, and for each that is asked something a user who asks it, in this order."""
    users = who_ask([(at, Broadcast(message)) for at, message in asked], group)
    processes = {me: ordering(me, others_of(me, group)) for me in group}
    return System(processes, history, promises, network, faults, users)
