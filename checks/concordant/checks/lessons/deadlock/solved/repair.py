"""Exercise 3, done: all take in one order, and give all back."""

from __future__ import annotations

from concordant.checks.lessons.deadlock.tools import ROUND, Agent, system


class MyAgent(Agent):
    """Takes tools so that everybody comes to an end."""

    def in_order(self, tools: tuple[str, ...]) -> tuple[str, ...]:
        """Say in which order tools are taken."""
        return tuple(sorted(tools))

    def gives_back(self, has: tuple[str, ...]) -> tuple[str, ...]:
        """Say which tools are given back when the work is done."""
        return has


SYSTEM = system(MyAgent, works=ROUND)
