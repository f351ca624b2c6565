"""Exact ascending prices are the lowest competitive ones, and honest: the shipped function, by running it.

Claim: `exact` keeps each of its clauses for all real values of up to two agents for up to two tasks: at its prices everybody has
what it would rather have than all else, no other such prices are lower for any task (Demange, Gale and Sotomayor 1986, theorem 1),
and no lie gains anything (their theorem for one agent). Among three agents for one task it is the second-price auction, and the same
holds. In steps, whoever asks makes one task a step dearer or asks no more, no task costs more than a step beyond what anybody would
pay, and no budget is overdrawn: for tasks that cost anything and are held by anybody, reached or not, so that it holds however often
somebody asks, and bounds how often that is.
Not covered: three agents for two tasks, and more, at exact prices; in steps, more than three agents and two tasks at a time, where
the one that asks looks at what tasks cost and at its own values, and at no other agent.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.markets.ascending_price_task_market import AT_EXACT_PRICES, asking_by_asking
from concordant.spec.markets.ascending_price_task_market import steps
from concordant.spec.markets.ascending_price_task_market.clauses import competitive, no_competitive_prices_are_lower
from concordant.spec.markets.ascending_price_task_market.markets import market_of, truthful_reports

VALUES = "all real values that are not negative, of agents that could pay more; a step of 1; "

OF_TWO = tuple(
    by_running(
        f"ascending_price_task_market.{clause.name}",
        clause,
        AT_EXACT_PRICES.on(2, 2),
        f"{VALUES}one or two agents, one or two tasks",
        large=clause in (no_competitive_prices_are_lower, truthful_reports),
    )
    for clause in AT_EXACT_PRICES.promises
)
OF_THREE = tuple(
    by_running(
        f"ascending_price_task_market.{clause.name}_of_three",
        clause,
        AT_EXACT_PRICES.over(partial(market_of, count=3, tasks=1)),
        f"{VALUES}three agents, one task",
    )
    for clause in (competitive, no_competitive_prices_are_lower, truthful_reports)
)
STANDS = "one or two tasks, held by another that would pay its price, or by nobody; all real prices, values and budgets, not negative; a step of 1"

IN_STEPS = tuple(
    by_running(
        f"ascending_price_task_market.{clause.name}{size}",
        clause,
        asking_by_asking(agents, 2),
        f"{number} agents, the first of which asks, {STANDS}",
        large=agents > 2,
    )
    for agents, number, size in ((2, "two", ""), (3, "three", "_with_three"))
    for clause in steps.CLAUSES
)
