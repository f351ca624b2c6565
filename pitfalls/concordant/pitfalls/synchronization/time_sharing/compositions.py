"""What goes wrong with sharing over other parts: who uses it is a flag in a memory whose copies agree later."""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.refimpl.memory.dsm_eventual import Copy, Replica
from concordant.spec.memory.dsm_eventual import Delete, Exchange, Missing, Write
from concordant.spec.synchronization import time_sharing as spec
from concordant.spec.synchronization.time_sharing import AgentView, Began, Ended, History
from concordant.spec.vocabulary import Announce, Deadline, Faults, Map, Reply, addresses

OWNER = "owner"
"""The key under which the memory holds who uses it."""


@frozen
class Turn(Deadline):
    """A slot begins or ends."""


Trigger: TypeAlias = Turn | Exchange


@frozen
class Flagged(Copy):
    """An agent's copy of the memory, and whether it uses what is shared."""

    active: bool = False


@frozen
class GoesByAFlag(Replica):
    """Uses it when its copy says that nobody does, and writes there that it does."""

    def start(self) -> Step[Copy]:
        return step(Flagged())

    def armed(self, state: Flagged) -> tuple[Trigger, ...]:  # type: ignore[override]  # its own state and step
        is_free = isinstance(self.held(state, OWNER), Missing)
        return (*((Turn(),) if state.active or is_free else ()), *Replica.armed(self, state))

    def fire(self, state: Flagged, trigger: Trigger) -> Step[Copy]:  # type: ignore[override]
        if isinstance(trigger, Exchange):
            return Replica.fire(self, state, trigger)
        turned = evolve(state, active=not state.active)
        written = self.request(turned, self.me, Delete(OWNER) if state.active else Write(OWNER, str(self.me)))
        told = (each for each in written.effects if not isinstance(each, Reply))
        return step(written.state, Announce(Ended() if state.active else Began()), *told)

    def view(self, state: Flagged) -> AgentView:  # type: ignore[override]
        return AgentView(state.active)


def by_a_flag(faults: Faults = Faults()) -> System[History]:
    """Put two agents together, each with a copy of a memory that says who uses what they share."""
    one, other = addresses("agent", 2)
    agents = {me: GoesByAFlag(me, (peer,), exchanges=False) for me, peer in ((one, other), (other, one))}
    return System(agents, History(Map.of({one: (0, 1), other: (1, 2)}), 2), (spec.one_at_a_time,), faults=faults)


STALE = Pitfall(
    "X-15",
    "Who uses it is a flag in a replicated memory: both agents find that nobody does, each in its copy, which has not heard of the other.",
    breaks=spec.one_at_a_time,
    subject=by_a_flag(),
    length=2,
)
