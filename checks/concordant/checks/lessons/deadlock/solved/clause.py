"""Exercise 4, done: of every tool that somebody has who waits."""

from __future__ import annotations

from concordant.checks.lessons.deadlock.tools import Hands
from concordant.spec.vocabulary import Cases, NoHistory, Seen, always, case


@always()
def who_waits_has_what_comes_before(seen: Seen[NoHistory]) -> Cases:
    """Whoever waits for a tool has only tools that come before it, by name."""
    for agent, hands in seen.views(Hands).items():
        if hands.waits is not None:
            yield case(all(tool < hands.waits for tool in hands.has), agent=agent, hands=hands)
