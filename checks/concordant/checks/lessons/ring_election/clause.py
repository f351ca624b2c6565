"""Exercise 6: say that there is one leader, and four rings that you have not seen do not keep it."""

from __future__ import annotations

from concordant.checks.lessons.ring_election.ring import History, Knows
from concordant.spec.vocabulary import Cases, Seen, always, case


@always()
def one_leader(seen: Seen[History]) -> Cases:
    """Whoever takes somebody for the leader takes the one that has been elected, and no other has been."""
    for member, knows in seen.views(Knows).items():
        if knows.leader is not None:
            yield case(knows.leader.weight >= knows.identity.weight, member=member)  # say it here
