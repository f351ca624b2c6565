"""Total order: all messages conflict, and each comes after the one that its sender has sent before."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Step, System
from concordant.refimpl.messaging.shared.groups import others_of, who_ask
from concordant.refimpl.messaging.shared.sequencing import Sequenced, Sequencing
from concordant.spec.messaging import causal_ordering as causal
from concordant.spec.messaging import total_ordering as spec
from concordant.spec.messaging.shared import broadcasts, sequencing
from concordant.spec.messaging.shared.broadcasts import Broadcast, Broadcasts, Name
from concordant.spec.vocabulary import Address, Clause, Faults, Network, addresses


@frozen
class Ordering(Sequenced):
    """A process of the group."""

    def request(self, state: Sequencing, client: Address, request: Broadcast) -> Step[Sequencing]:  # noqa: ARG002  # whoever asks
        return self.sent(state, request.message, self.last(state), "all")

    def last(self, state: Sequencing) -> frozenset[Name]:
        """Return what this process has sent last, after which the next comes."""
        # The hard step. The sequencer gives places in the order in which it hands up, and hands up a message only after the one
        # that its sender has sent before. So there is one order for all, and messages of one sender are in it as they were sent,
        # though they overtake each other on their way.
        return frozenset({Name(self.me, state.sent - 1)}) if state.sent else frozenset()


PROMISES: tuple[Clause, ...] = (
    broadcasts.no_creation,
    broadcasts.no_duplication,
    sequencing.all_know_the_sequencer,
    causal.causal_order,
    spec.total_order,
    spec.nothing_waits_needlessly,
    spec.is_delivered,
    spec.comes_early,
    spec.another_comes_first,
)
A, B, C = GROUP = addresses("node", 3)


def system(
    asked: tuple[tuple[Address, str], ...] = ((A, "a"), (B, "b")),
    group: tuple[Address, ...] = GROUP,
    *,
    ordering: type[Ordering] = Ordering,
    network: Network = Network(),
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Broadcasts]:
    """Put a group together, of which the last is the sequencer, and for each that is asked something a user who asks it, in this order."""
    users = who_ask([(at, Broadcast(message)) for at, message in asked], group)
    processes = {me: ordering(me, others_of(me, group), group[-1]) for me in group}
    return System(processes, Broadcasts(), promises, network, faults, users)
