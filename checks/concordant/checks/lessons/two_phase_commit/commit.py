"""Two-phase commit, as somebody in a hurry might write it: nobody should have to wait, so two guards say yes too early.

A coordinator asks participants to prepare, and decides: commit, if all say that they can. All that is not written here, such as the
messages and the states, is that of the reference: `concordant explain two_phase_commit`.
"""

from __future__ import annotations

from concordant.refimpl.consensus import two_phase_commit as reference
from concordant.refimpl.consensus.two_phase_commit import Coordinating, Coordinator, Logged, Participant, Participating
from concordant.refimpl.machine import Step, System, step
from concordant.spec.consensus.two_phase_commit import (
    Abandon,
    Decision,
    Finish,
    History,
    Inquire,
    agreement,
    commits,
    nobody_is_blocked,
)
from concordant.spec.vocabulary import Address, Clause, Faults, Network, Send


class HastyCoordinator(Coordinator):
    """Has an answer for everybody who asks what was decided."""

    def told(self, state: Coordinating) -> bool | None:
        """Say what whoever asks is told, commit or not; None: nothing yet."""
        return state.commit if isinstance(state, Logged) else False

    def inquired(self, state: Coordinating, source: Address) -> Step[Coordinating] | None:
        """Answer a participant that asks."""
        told = self.told(state)
        return None if told is None else step(state, Send(source, Decision(told)))


class HastyParticipant(Participant):
    """Gives up when nothing comes."""

    def may_abort_alone(self, state: Participating) -> bool:
        """Tell whether it may abort since it has heard nothing."""
        return not state.phase.decided

    def armed(self, state: Participating) -> tuple[Finish | Abandon | Inquire, ...]:
        """Wait for its own work, or for a deadline."""
        others = tuple(trigger for trigger in super().armed(state) if not isinstance(trigger, Abandon))
        return (*others, Abandon()) if self.may_abort_alone(state) else others


COORDINATOR = Address("coordinator")


def system(
    coordinator: type[Coordinator] = HastyCoordinator, participant: type[Participant] = HastyParticipant, *more: Clause
) -> System[History]:
    """Put a coordinator and two participants together, on a network that delivers messages any number of times, and loses two."""
    promises = (agreement, nobody_is_blocked, commits, *more)
    return reference.system(
        2, network=Network(duplicating=True, losses=2), coordinator=coordinator, participant=participant, promises=promises
    )


SYSTEM = system()
STOPPED = reference.system(
    1, network=Network(duplicating=True), faults=Faults(crashes=1, who=(COORDINATOR,)), promises=(agreement, nobody_is_blocked, commits)
)
"""The reference, with one participant and nothing lost, and a coordinator that may stop for good."""
