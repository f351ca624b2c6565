"""What the lesson's sixth exercise is graded with: the repaired generals, and four groups that are wrong."""

from __future__ import annotations

from concordant.checks.lessons.traitor.generals import Echo, General, History, Listening, Order, system
from concordant.checks.lessons.traitor.solved.repair import MyGeneral
from concordant.refimpl.machine import Step, System
from concordant.spec.vocabulary import Address, Clause, Map


class NeedsHalf(MyGeneral):
    """Takes half of all for enough."""

    def quorum(self, generals: int, traitors: int) -> int:
        """Count wrong."""
        return generals // 2


class ObeysAtOnce(MyGeneral):
    """Obeys the first echo."""

    def is_enough(self, echoes: Map[Address, str], order: str) -> bool:
        """Wait for nobody."""
        return True


class CountsAnyEcho(MyGeneral):
    """Counts those that have echoed whatever it was."""

    def is_enough(self, echoes: Map[Address, str], order: str) -> bool:
        """Count wrong."""
        return self.are_enough(len(echoes))


class ChangesItsMind(MyGeneral):
    """Echoes a retreat, although it has echoed an attack."""

    def receive(self, state: Listening, source: Address, message: Order | Echo) -> Step[Listening] | None:
        """Echo again."""
        if message == Order("retreat") and state.echoed == "attack":
            return self.echo(state, message.order)
        return super().receive(state, source, message)


WRONG: dict[str, type[General]] = {
    "takes half of all for enough": NeedsHalf,
    "obeys the first echo": ObeysAtOnce,
    "counts those that have echoed whatever it was": CountsAnyEcho,
    "echoes a retreat after an attack": ChangesItsMind,
}


def right(clause: Clause) -> tuple[System[History], ...]:
    """Return the repaired generals with either traitor, who promise a clause besides."""
    return system(MyGeneral, clause), system(MyGeneral, clause, traitor=3)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong groups by what their generals do; the first is the traitor."""
    return {what: system(general, clause) for what, general in WRONG.items()}
