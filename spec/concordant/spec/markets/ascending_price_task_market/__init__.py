"""Ascending-price task market: each agent wants one task, and prices rise until no task is wanted by more than one.

Source: Demange, Gale and Sotomayor, "Multi-Item Auctions", 1986; Crawford and Knoer, "Job Matching with Heterogeneous Firms and
Workers", 1981. There are two rules. *In steps* (section 4): agents ask one after the other for the task that suits them best; a
task that nobody has asked for costs nothing, one that somebody holds costs a step more than its holder would pay, who then holds
it no more. *Exact* (section 3): all say what they want at the going prices; of the smallest set of tasks that too many want,
prices rise together until one of those who want them wants something else as well. The documents' alternative, to raise the
price of a task that several want and to give it to none of them, leaves it with nobody.

An agent has a value for each task, and a budget. Where budgets are large enough, the exact prices are the lowest at which everybody
can have what it wants, and honesty is best; in steps both are so but for some steps, and a lie may save one. With smaller budgets the
exact rule refuses to begin, and in steps little is promised.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary import Amount, Flaws, Map, Rejected, is_amount


@frozen
class Agent:
    """What each task is worth to an agent, in the order of the tasks, and the most that it can pay."""

    name: str
    values: tuple[Amount, ...]
    budget: Amount


@frozen
class Market:
    """The tasks, the agents in the order in which they came, and by how much a price goes up at once, where it goes in steps."""

    tasks: tuple[str, ...]
    agents: tuple[Agent, ...]
    step: Amount


@frozen
class Assignment:
    """Which task each agent holds, what each task costs, and the tasks that nobody holds, sorted."""

    held: Map[str, str]
    prices: Map[str, Amount]
    unsold: tuple[str, ...]


Outcome: TypeAlias = Assignment | Rejected
Rule: TypeAlias = Callable[[Market], Outcome]
Way: TypeAlias = tuple[str | None, ...]
"""A task, or none, for each agent."""

DUPLICATE_TASK = Rejected("a task is listed twice")
NO_AGENTS = Rejected("there is no agent")
DUPLICATE_AGENT = Rejected("an agent is listed twice")
NOT_EVERY_TASK = Rejected("an agent does not value every task, or values others")
NOT_EXACT = Rejected("a value, a budget or the step is no exact amount")
NEGATIVE = Rejected("a value or a budget is negative")
NO_STEP = Rejected("the step is not above 0")
TOO_POOR = Rejected("an agent could not pay a step more than a task is worth to it")


def amounts(market: Market) -> tuple[Amount, ...]:
    """List all values and budgets."""
    return tuple(amount for agent in market.agents for amount in (*agent.values, agent.budget))


def is_rich(market: Market) -> bool:
    """Tell whether every agent could pay all that any task is worth to it, with a step to spare."""
    return all(agent.budget >= value + market.step for agent in market.agents for value in agent.values)


REJECTED: Flaws[Market] = (
    (DUPLICATE_TASK, lambda market: any(one == other for one, other in combinations(market.tasks, 2))),
    (NO_AGENTS, lambda market: market.agents == ()),
    (DUPLICATE_AGENT, lambda market: any(one.name == other.name for one, other in combinations(market.agents, 2))),
    (NOT_EVERY_TASK, lambda market: not all(len(agent.values) == len(market.tasks) for agent in market.agents)),
    (NOT_EXACT, lambda market: not all(map(is_amount, (market.step, *amounts(market))))),
    (NEGATIVE, lambda market: any(amount < 0 for amount in amounts(market))),
    (NO_STEP, lambda market: not market.step > 0),
)
"""What is rejected, and why."""

REJECTED_WHERE_EXACT: Flaws[Market] = (*REJECTED, (TOO_POOR, lambda market: not is_rich(market)))
"""The same of the exact rule."""


def value(market: Market, agent: Agent, task: str | None) -> Amount:
    """Return what a task is worth to an agent; nothing is worth nothing."""
    return 0 if task is None else agent.values[market.tasks.index(task)]


def asked(market: Market, outcome: Assignment, task: str) -> Amount:
    """Return what a task would cost another where prices go in steps: its price, and a step more if somebody holds it."""
    return outcome.prices[task] if task in outcome.unsold else outcome.prices[task] + market.step


def ways(market: Market, tasks: tuple[str, ...]) -> tuple[Way, ...]:
    """List all ways in which each agent has one of some tasks, or none, each once; a task may be listed twice."""
    return tuple(dict.fromkeys(permutations((*tasks, *(None for _ in market.agents)), len(market.agents))))


def worth(market: Market, way: Way) -> Amount:
    """Return what the tasks are worth together to those who have them."""
    return sum(value(market, agent, task) for agent, task in zip(market.agents, way, strict=True))


def most(market: Market, tasks: tuple[str, ...]) -> Amount:
    """Return the most that some tasks are worth together, by trying all ways."""
    return max(worth(market, way) for way in ways(market, tasks))


def gain(market: Market, agent: Agent, prices: Map[str, Amount], task: str | None) -> Amount:
    """Return what a task is worth to an agent beyond its price."""
    return 0 if task is None else value(market, agent, task) - prices[task]


def are_competitive(market: Market, prices: Map[str, Amount], way: Way) -> bool:
    """Tell whether at some prices nobody would rather have another task, or none, than what it has, and what nobody has costs nothing."""
    wanted = all(
        gain(market, agent, prices, task) >= gain(market, agent, prices, other)
        for agent, task in zip(market.agents, way, strict=True)
        for other in (None, *market.tasks)
    )
    return wanted and all(prices[task] == 0 for task in market.tasks if task not in way)
