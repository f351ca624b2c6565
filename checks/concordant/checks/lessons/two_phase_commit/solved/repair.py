"""Exercise 3, done: what is not decided is not told, and who has promised waits."""

from __future__ import annotations

from concordant.checks.lessons.two_phase_commit.commit import HastyCoordinator, HastyParticipant, system
from concordant.refimpl.consensus.two_phase_commit import Coordinating, Logged, Participating
from concordant.spec.consensus.two_phase_commit import Phase


class MyCoordinator(HastyCoordinator):
    """Says what was decided, and nothing else."""

    def told(self, state: Coordinating) -> bool | None:
        """Say what whoever asks is told, commit or not; None: nothing yet."""
        return state.commit if isinstance(state, Logged) else None


class MyParticipant(HastyParticipant):
    """Aborts by itself only as long as it has promised nothing."""

    def may_abort_alone(self, state: Participating) -> bool:
        """Tell whether it may abort since it has heard nothing."""
        return state.phase is Phase.WORKING


SYSTEM = system(MyCoordinator, MyParticipant)
