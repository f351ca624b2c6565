"""What goes wrong with prices in steps: the documents' market as written, line by line."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.refimpl.markets.ascending_price_task_market import STEP_BY_STEP
from concordant.spec.markets.ascending_price_task_market import Assignment, Market
from concordant.spec.markets.ascending_price_task_market import clauses as spec
from concordant.spec.markets.ascending_price_task_market.markets import markets
from concordant.spec.vocabulary import Amount, Map

ROUNDS = 40
"""After so many rounds of the documents' loop we say that it does not end."""

# ---- as written


def as_written(market: Market, prices: dict[str, Amount] | None = None) -> Any:
    """Raise the price of what several want by one until at most one wants it, and give it to that one.

    Each agent wants the first task, by value alone, that it can pay; what it has spent is not taken off what it has.
    """
    prices = {} if prices is None else prices
    going = {task: prices.get(task, 0) for task in market.tasks}
    budgets = {agent.name: agent.budget for agent in market.agents}
    held: dict[str, list[str]] = {}
    remaining = list(market.tasks)
    for _ in range(ROUNDS):
        demands: dict[str, list[str]] = {task: [] for task in remaining if task}
        for agent in market.agents:
            ranked = sorted(remaining, key=lambda task: agent.values[market.tasks.index(task)], reverse=True)  # called at once
            wanted = next((task for task in ranked if budgets[agent.name] >= going[task]), None)
            if wanted:
                demands[wanted].append(agent.name)
        if not any(demands.values()):
            break
        for task, names in demands.items():
            if len(names) == 1:
                held.setdefault(names[0], []).append(task)
                remaining = [other for other in remaining if other != task]
            elif names:
                going[task] += 1
    prices.update(going)
    won = {name: tuple(tasks) if len(tasks) > 1 else tasks[0] for name, tasks in held.items()}
    told: Any = Map.of(won)
    return Assignment(told, Map.of(going), ())


def twice_with_the_same_prices(market: Market) -> Any:
    """Hold a second market of the same tasks, with the prices of the first."""
    prices: dict[str, Amount] = {}
    as_written(market, prices)
    return as_written(market, prices)


def unsold_told(market: Market) -> Any:
    """Say besides what nobody has, so that what else is wrong shows; of several tasks, an agent keeps the first."""
    outcome = as_written(market)
    held = {name: task if isinstance(task, str) else task[0] for name, task in outcome.held.items()}
    unsold = tuple(sorted(task for task in market.tasks if task not in held.values()))
    return Assignment(Map.of(held), outcome.prices, unsold)


# ---- the pitfalls

WANTS_SEVERAL = Pitfall(
    "TMK-1",
    "An agent that has paid for a task has as much as before, and is given another.",
    breaks=spec.assigned_or_rejected,
    subject=STEP_BY_STEP.replaced_by(as_written).on(1, 2, budgets=True),
    length=5,
)
PRICED_OUT = Pitfall(
    "TMK-2",
    "Two would pay the same for one task: its price rises until neither can pay it, and nobody has it.",
    breaks=spec.worth_the_most_up_to_a_step_for_each,
    subject=STEP_BY_STEP.replaced_by(unsold_told).on(2, 1),
    length=4,
)
ALL_PRICED_OUT = Pitfall(
    "TMK-3",
    "Two want the same task first: both are priced out of it, then out of the other, and nobody has anything, though there is one for each.",
    breaks=spec.worth_the_most_up_to_a_step_for_each,
    subject=STEP_BY_STEP.replaced_by(unsold_told).on(2, 2),
    length=6,
)
NEVER_ENDS = Pitfall(
    "TMK-4",
    "Two whose budgets are without bound want one task: its price rises for ever.",
    breaks=spec.malformed_markets_are_rejected,
    subject=STEP_BY_STEP.replaced_by(unsold_told).on_malformed(("a budget",), ("infinite",)),
    length=7,
)
PRICES_STAY = Pitfall(
    "TMK-5",
    "Prices are kept from one market to the next: what nobody could pay for is not for sale for less.",
    breaks=spec.assigned_or_rejected,
    subject=STEP_BY_STEP.replaced_by(twice_with_the_same_prices).on(2, 1, budgets=True),
    length=6,
)
NO_BUDGET = Pitfall(
    "TMK-6",
    "An agent without a budget ends the whole market in an error.",
    breaks=spec.malformed_markets_are_rejected,
    subject=STEP_BY_STEP.replaced_by(as_written).on_malformed(("a budget",), ("nothing",)),
    length=7,
    raises=True,
)
PRICE_BLIND = Pitfall(
    "TMK-7",
    "What an agent wants does not depend on the price: it pays more than the task is worth to it.",
    breaks=spec.individually_rational,
    subject=STEP_BY_STEP.replaced_by(unsold_told).on(2, 1, budgets=True),
    length=6,
)
ALLOCATED_TWICE = Unmodelled(
    "TMK-8",
    Reason.SAME,
    "What was allocated is nowhere kept: two markets of the same tasks know of each other by the prices only.",
    same="TMK-5",
)
TASK_TWICE = Pitfall(
    "TMK-9",
    "Of two tasks of one name both are gone when one is given to somebody.",
    breaks=spec.malformed_markets_are_rejected,
    subject=STEP_BY_STEP.replaced_by(as_written).on_malformed(("a task twice",)),
    length=5,
)
NAMELESS = Pitfall(
    "TMK-10",
    "A task that Python takes for nothing, such as one with an empty name, is given to nobody.",
    breaks=spec.nobody_would_rather_have_another,
    subject=STEP_BY_STEP.replaced_by(unsold_told).over(lambda draw: evolve(markets(draw, 1, 1), tasks=("",))),
    length=3,
)
DOES_NOT_SWITCH = Pitfall(
    "TMK-11",
    "An agent stays with its favourite until it is priced out, though another would be better at these prices.",
    breaks=spec.nobody_would_rather_have_another,
    subject=STEP_BY_STEP.replaced_by(unsold_told).on(2, 2, budgets=True),
    length=8,
)
