"""Partial order: a message comes after what it names, and after those of its class that the sequencer gave earlier places."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Process, Step, System, step
from concordant.refimpl.messaging.shared.groups import others_of, who_ask
from concordant.refimpl.messaging.shared.sequencing import Sequenced, Sequencing
from concordant.spec.messaging import partial_ordering as spec
from concordant.spec.messaging.partial_ordering import UNKNOWN, Accepted, Related
from concordant.spec.messaging.shared import broadcasts, sequencing
from concordant.spec.messaging.shared.broadcasts import Broadcasts, Name
from concordant.spec.messaging.shared.sequencing import Carried
from concordant.spec.vocabulary import Address, Clause, Faults, Network, Reply, addresses


@frozen
class Ordering(Sequenced, Process[Sequencing, Carried, Related]):
    """A process of the group."""

    def request(self, state: Sequencing, client: Address, request: Related) -> Step[Sequencing]:  # type: ignore[override]  # no other is asked
        if not self.knows(state, request):
            return step(state, Reply(client, UNKNOWN))
        accepted: Step[Sequencing] = step(state, Reply(client, Accepted(Name(self.me, state.sent))))
        return accepted.then(lambda now: self.sent(now, request.message, request.after, request.conflict))

    def knows(self, state: Sequencing, request: Related) -> bool:
        """Tell whether all was handed up here that a message is to come after."""
        # The hard step. What a message is to come after was handed up where it is sent. So names point back, and never in a circle:
        # whatever waits, waits for what was sent before, and comes.
        return request.after <= state.delivered


PROMISES: tuple[Clause, ...] = (
    broadcasts.no_creation,
    broadcasts.no_duplication,
    sequencing.all_know_the_sequencer,
    spec.dependency_order,
    spec.conflicts_are_ordered,
    spec.only_what_is_known_is_named,
    spec.everybody_is_answered_at_once,
    spec.what_has_no_conflict_is_free,
    spec.nothing_waits_needlessly,
    spec.is_delivered,
)
EARLY: tuple[Clause, ...] = (*PROMISES, spec.comes_early)
"""What is promised where something is related."""
REFUSING: tuple[Clause, ...] = (*PROMISES, spec.is_refused)
"""What is promised where a message may be asked for too early."""
FREE: tuple[Clause, ...] = (*PROMISES, spec.orders_differ)
"""What is promised where something is not."""
A, B, C = GROUP = addresses("node", 3)


def system(
    asked: tuple[tuple[Address, Related], ...],
    group: tuple[Address, ...] = GROUP,
    *,
    ordering: type[Ordering] = Ordering,
    network: Network = Network(),
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Broadcasts]:
    """Put a group together, of which the last is the sequencer, and for each that is asked something a user who asks it, in this order."""
    users = who_ask(asked, group)
    processes = {me: ordering(me, others_of(me, group), group[-1]) for me in group}
    return System(processes, Broadcasts(), promises, network, faults, users)
