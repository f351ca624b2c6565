"""Exercise 3: repair the two guards, and nothing else. `concordant check repair.py` says what is still wrong."""

from __future__ import annotations

from concordant.checks.lessons.deadlock.tools import ROUND, Agent, system


class MyAgent(Agent):
    """Takes tools so that everybody comes to an end."""

    def in_order(self, tools: tuple[str, ...]) -> tuple[str, ...]:
        """Say in which order tools are taken."""
        return tools

    def gives_back(self, has: tuple[str, ...]) -> tuple[str, ...]:
        """Say which tools are given back when the work is done."""
        return has[-1:]


SYSTEM = system(MyAgent, works=ROUND)
