"""What the lesson's fifth exercise is graded with: the repaired system, and four that are wrong."""

from __future__ import annotations

from concordant.checks.lessons.two_phase_commit.commit import system
from concordant.checks.lessons.two_phase_commit.solved.repair import MyCoordinator, MyParticipant
from concordant.pitfalls.consensus.two_phase_commit.deciding import CommitsWithItsVote
from concordant.refimpl.consensus.two_phase_commit import Collecting, Coordinating
from concordant.refimpl.machine import System
from concordant.spec.consensus.two_phase_commit import CoordinatorView, History
from concordant.spec.vocabulary import Clause


class TakesTheFirstYesForAll(MyCoordinator):
    """Commits when one can."""

    def all_can_commit(self, state: Collecting) -> bool:
        """Say yes."""
        return True


class LogsWhatIsNotDecided(MyCoordinator):
    """Writes down that it commits when the first vote comes, and crosses it out when another is a no."""

    def view(self, state: Coordinating) -> CoordinatorView:
        """Show what is written down."""
        return CoordinatorView(True) if isinstance(state, Collecting) and state.votes else super().view(state)


class LogsNothing(MyCoordinator):
    """Keeps its decision in memory: nothing is ever in its log."""

    def view(self, state: Coordinating) -> CoordinatorView:
        """Show what is written down."""
        return CoordinatorView(None)


def right(clause: Clause) -> tuple[System[History]]:
    """Return the repaired system, which promises a clause besides."""
    return (system(MyCoordinator, MyParticipant, clause),)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong systems by what they do."""
    return {
        "commits with the first yes": system(TakesTheFirstYesForAll, MyParticipant, clause),
        "logs a commit that is not decided": system(LogsWhatIsNotDecided, MyParticipant, clause),
        "has a coordinator that logs nothing": system(LogsNothing, MyParticipant, clause),
        "has participants that commit as soon as they have voted": system(MyCoordinator, CommitsWithItsVote, clause),
    }
