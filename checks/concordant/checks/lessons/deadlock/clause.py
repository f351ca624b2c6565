"""Exercise 4: say why nobody waits for ever, and four groups of agents that you have not seen do not keep it."""

from __future__ import annotations

from concordant.checks.lessons.deadlock.tools import Hands
from concordant.spec.vocabulary import Cases, NoHistory, Seen, always, case


@always()
def who_waits_has_what_comes_before(seen: Seen[NoHistory]) -> Cases:
    """Whoever waits for a tool has only tools that come before it, by name."""
    for agent, hands in seen.views(Hands).items():
        if hands.waits is not None:
            yield case(hands.waits not in hands.has, agent=agent)  # say it here
