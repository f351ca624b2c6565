"""Whoever asks makes one task a step dearer or asks no more, and no budget is overdrawn: the shipped function, by running it.

Claim: an asking keeps what is promised of one, for all real values, budgets and prices. Tasks before it cost anything and are held by
anybody who would pay that, reached or not: so what is promised is an invariant, and holds however often somebody asks. No task costs more than
a step beyond what anybody would pay, which bounds how often that is.
Not covered: more than two agents, with `--large` three, and two tasks; whoever asks looks at what tasks cost and at its own values.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.markets.task_market_asking import asking_by_asking
from concordant.spec.markets.task_market_asking import CLAUSES

STANDS = "one or two tasks, held by another that would pay its price or more, or by nobody; all real prices, values and budgets, not negative; a step of 1"

PROVED = tuple(
    by_running(
        f"task_market_asking.{clause.name}{size}",
        clause,
        asking_by_asking(agents, 2),
        f"{number} agents, the first of which asks, {STANDS}",
        large=agents > 2,
    )
    for agents, number, size in ((2, "two", ""), (3, "three", "_with_three"))
    for clause in CLAUSES
)
