"""Exact ascending prices are the lowest competitive ones, and honest: the shipped function, by running it.

Claim: `exact` keeps each of its clauses for all real values of up to two agents for up to two tasks: at its prices everybody has
what it would rather have than all else, no other such prices are lower for any task (Demange, Gale and Sotomayor 1986, theorem 1),
and no lie gains anything (their theorem for one agent). Among three agents for one task it is the second-price auction, and the same
holds.
Not covered: three agents for two tasks, and more; prices in steps, since how often one rises depends on amounts.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.markets.ascending_price_task_market import AT_EXACT_PRICES
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
