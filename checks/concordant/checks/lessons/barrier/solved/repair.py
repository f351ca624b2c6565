"""Exercise 4, done: all are counted once, and what is open is the barrier at which one waits."""

from __future__ import annotations

from concordant.checks.lessons.barrier.meeting import Coordinator, Counting, Open, Worker, Working, system


class MyCoordinator(Coordinator):
    """Opens when all have come."""

    def is_everybody(self, state: Counting) -> bool:
        """Tell whether all workers have come."""
        return len(state.who) == len(self.workers)


class MyWorker(Worker):
    """Goes on when it may."""

    def may_pass(self, state: Working, message: Open) -> bool:
        """Tell whether a worker that waits may go on, since it hears that the barrier is open."""
        return message.round == state.arrived


SYSTEM = system(MyCoordinator, MyWorker)
