"""What the lesson's second exercise is graded with: the repaired barrier, and four that do not do what they are for."""

from __future__ import annotations

from concordant.checks.lessons.barrier.meeting import Arrived, Coordinator, Counting, Open, Working, system
from concordant.checks.lessons.barrier.solved.clause import the_barrier_opens
from concordant.checks.lessons.barrier.solved.repair import MyCoordinator, MyWorker
from concordant.refimpl.machine import Step, System
from concordant.spec.vocabulary import Address, Clause, Network, NoHistory

__all__ = ["right", "the_barrier_opens", "wrong"]


class TellsOneWorker(MyCoordinator):
    """Tells the first worker alone, in the second round."""

    def receive(self, state: Counting, source: Address, message: Arrived) -> Step[Counting] | None:
        """Count, and then tell one."""
        after = super().receive(state, source, message)
        return after if after is None or state.round == 1 else Step(after.state, after.effects[:1])


class StaysInTheFirstRound(MyCoordinator):
    """Opens once."""

    def is_everybody(self, state: Counting) -> bool:
        """Say no in the second round."""
        return state.round == 1 and super().is_everybody(state)


class HearsOneRoundOnly(MyWorker):
    """Goes on once."""

    def may_pass(self, state: Working, message: Open) -> bool:
        """Say no in the second round."""
        return state.arrived == 1


def right(clause: Clause) -> tuple[System[NoHistory], ...]:
    """Return the repaired barrier, which promises a clause besides."""
    return (system(MyCoordinator, MyWorker, clause),)


def wrong(clause: Clause) -> dict[str, System[NoHistory]]:
    """Return the wrong barriers by what they do."""
    once = Network()
    return {
        "waits for one worker more than there are": system(Coordinator, MyWorker, clause, network=once),
        "tells one worker alone, in the second round": system(TellsOneWorker, MyWorker, clause),
        "opens in the first round alone": system(StaysInTheFirstRound, MyWorker, clause),
        "has workers that stay at the second barrier": system(MyCoordinator, HearsOneRoundOnly, clause),
    }
