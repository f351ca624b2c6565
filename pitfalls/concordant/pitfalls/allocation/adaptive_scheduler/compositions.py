"""What goes wrong with a scheduler where others say what is important: they take the larger number for the more important."""

from __future__ import annotations

from concordant.pitfalls.allocation.adaptive_scheduler.rules import least_important_first
from concordant.refimpl.compositions.leaders_tasks import scheduling
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import adaptive_scheduler as spec

LEADER_LAST = Pitfall(
    "X-11",
    "The member with the highest priority leads, and the scheduler starts what has the least first: the tasks of the leader run last.",
    breaks=spec.the_more_important_comes_first,
    subject=scheduling(least_important_first),
    length=2,
)
