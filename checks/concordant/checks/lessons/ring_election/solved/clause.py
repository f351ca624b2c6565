"""Exercise 6, done: what everybody knows is the only thing that was announced."""

from __future__ import annotations

from concordant.checks.lessons.ring_election.ring import History, Knows
from concordant.spec.vocabulary import Cases, Seen, always, case


@always()
def one_leader(seen: Seen[History]) -> Cases:
    """Whoever takes somebody for the leader takes the one that has been elected, and no other has been."""
    for member, knows in seen.views(Knows).items():
        if knows.leader is not None:
            yield case(tuple(seen.history.elected.values()) == (knows.leader,), member=member, takes=knows.leader)
