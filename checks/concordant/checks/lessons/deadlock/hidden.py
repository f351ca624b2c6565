"""What the lesson's fourth exercise is graded with: agents that take tools in one order, and four groups that do not."""

from __future__ import annotations

from concordant.checks.lessons.deadlock.solved.repair import MyAgent
from concordant.checks.lessons.deadlock.tools import ROUND, TWO, system
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Clause, NoHistory


class AsTold(MyAgent):
    """Takes tools as they are named."""

    def in_order(self, tools: tuple[str, ...]) -> tuple[str, ...]:
        """Take them so."""
        return tools


class Backwards(MyAgent):
    """Begins with the last."""

    def in_order(self, tools: tuple[str, ...]) -> tuple[str, ...]:
        """Take them so."""
        return tuple(sorted(tools, reverse=True))


class ByLength(MyAgent):
    """Begins with the shortest name, and leaves those of a length as they are named."""

    def in_order(self, tools: tuple[str, ...]) -> tuple[str, ...]:
        """Take them so."""
        return tuple(sorted(tools, key=len))


ALIKE = (("drill", "plane"), ("plane", "drill"))
"""Two agents that need tools whose names are equally long."""


def right(clause: Clause) -> tuple[System[NoHistory], ...]:
    """Return agents that take tools in one order, which promise a clause besides."""
    return system(MyAgent, clause), system(MyAgent, clause, works=ROUND)


def wrong(clause: Clause) -> dict[str, System[NoHistory]]:
    """Return the wrong groups by what they do."""
    return {
        "takes tools as they are named": system(AsTold, clause, works=TWO),
        "waits in a circle of three": system(AsTold, clause, works=ROUND),
        "takes tools by the length of their names": system(ByLength, clause, works=ALIKE),
        "has an agent that begins with the last": system(MyAgent, clause, works=TWO, agents=(MyAgent, Backwards)),
    }
