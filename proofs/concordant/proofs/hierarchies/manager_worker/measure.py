"""A measure by which a manager comes to an end with a task of any size, whatever becomes of what it gives away.

Model: `left` counts the tasks that are left, their parts and the parts of these; `untried` the pairs of one of them and an agent from whom
it has not come back; `trusted` the agents that are not known to be down. A manager goes on by a division, which puts the parts of a task in
its place; by a report, which says that less is left, or that all of what was given came back from who had it for the first time; or by a
suspicion of one that it trusted. That the shipped manager goes on in no other way a test asks of every step in its small scopes.
Not covered: that a report, or a suspicion, comes, which fairness owes.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

LEFT, UNTRIED, TRUSTED = BEFORE = z3.Ints("left untried trusted")
AFTER = z3.Ints("left_after untried_after trusted_after")
FIRST, STEPS = z3.Ints("first steps")


def goes_on(*, tries_anew: bool) -> list[Term]:
    """Return that a manager goes on by a division, a report or a suspicion. `tries_anew`: what comes back never came back from there before."""
    counts = [each >= 0 for each in (*BEFORE, *AFTER)]
    none_grows = [after <= before for before, after in zip(BEFORE, AFTER, strict=True)]
    divides_or_hears_of_less = AFTER[0] <= LEFT - 1
    comes_back = AFTER[1] <= UNTRIED - 1 if tries_anew else AFTER[0] == LEFT
    suspects = AFTER[2] <= TRUSTED - 1
    return [*counts, *none_grows, z3.Or(divides_or_hears_of_less, comes_back, suspects)]


def lessens(*, tries_anew: bool) -> tuple[list[Term], Term]:
    """Return that after so many steps the measure is less by as many, and so after one more: then it goes on as often as it was at first."""
    before, after = z3.Sum(BEFORE), z3.Sum(AFTER)
    return [*goes_on(tries_anew=tries_anew), STEPS >= 0, before + STEPS <= FIRST], z3.And(after + STEPS + 1 <= FIRST, STEPS + 1 <= FIRST)


ENDS = theorem(
    "manager_worker.a_manager_comes_to_an_end",
    "A manager divides, hears a report or suspects somebody no more often than there are tasks and parts, pairs of one and an agent, and agents.",
    "for all tasks with any number of parts at any depth, and any number of agents, by induction",
    lambda: lessens(tries_anew=True),
    why="each time less is left, or something has come back from one more agent, or one agent fewer is trusted; none of the three grows.",
)
GIVES_IT_AGAIN = theorem(
    "manager_worker.who_gives_it_again_may_not_end",
    "A manager that gives a task once more to who could not do it comes to an end all the same.",
    EXAMPLE,
    lambda: lessens(tries_anew=False),
    holds=False,
)
