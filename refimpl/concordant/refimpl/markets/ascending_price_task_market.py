"""Ascending prices, in steps and exact: pure functions from what tasks are worth to who holds which, and at what price."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.markets.ascending_price_task_market import (
    DUPLICATE_AGENT,
    DUPLICATE_TASK,
    NEGATIVE,
    NO_AGENTS,
    NO_STEP,
    NOT_EVERY_TASK,
    NOT_EXACT,
    TOO_POOR,
    Agent,
    Assignment,
    Market,
    Outcome,
)
from concordant.spec.markets.ascending_price_task_market.markets import EXACT, IN_STEPS, MARKETS, MARKETS_OF_THE_RICH, truthful_reports
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount

# ---- in steps


@frozen
class Going:
    """What tasks cost that somebody holds, and who holds them; the others cost nothing. And who has yet to ask, the next first."""

    prices: Map[str, Amount]
    holders: Map[str, str]
    asking: tuple[str, ...]


def in_steps(market: Market) -> Outcome:
    """Let agents ask, one after the other by name, and those who are outbid once more, until nobody asks for anything."""
    reason = flaw(market)
    if reason is not None:
        return reason
    agents = {agent.name: agent for agent in market.agents}
    going = Going(Map(), Map(), tuple(agent.name for agent in by_name(market)))
    while going.asking:
        going = ask(market, going, agents[going.asking[0]])
    prices = {task: going.prices.get(task, 0) for task in market.tasks}
    return assignment(market, {holder: task for task, holder in going.holders.items()}, prices)


def ask(market: Market, going: Going, agent: Agent) -> Going:
    """Let an agent take the task that suits it best at what it would cost; who held it asks again."""
    # The hard step: a task is never without a holder again, since only who takes it displaces one, and every time it costs a step
    # more. So whoever leaves has looked at prices that only go up, and nobody has a reason to come back.
    left = going.asking[1:]
    gains = {task: gain for task in market.tasks if (gain := gain_of(market, going, agent, task)) is not None}
    if not gains:
        return evolve(going, asking=left)
    best = min(task for task, gain in gains.items() if gain == max(gains.values()))
    outbid = going.holders.get(best)
    prices = going.prices.put(best, cost(market, going, best))
    return Going(prices, going.holders.put(best, agent.name), left if outbid is None else (*left, outbid))


def gain_of(market: Market, going: Going, agent: Agent, task: str) -> Amount | None:
    """Return what an agent would gain by a task; None where it would lose, or cannot pay."""
    worth, price = agent.values[market.tasks.index(task)], cost(market, going, task)
    return worth - price if price <= worth and price <= agent.budget else None


def cost(market: Market, going: Going, task: str) -> Amount:
    """Return what a task costs who asks for it now: nothing, or a step more than its holder would pay."""
    return going.prices[task] + market.step if task in going.holders else 0


# ---- exact

Prices: TypeAlias = dict[str, Amount]


def exact(market: Market) -> Outcome:
    """Raise the prices of the fewest tasks that too many want until one of those wants another as well; then give each what it wants."""
    reason = flaw(market)
    if reason is not None:
        return reason
    if any(agent.budget < value + market.step for agent in market.agents for value in agent.values):
        return TOO_POOR
    prices: Prices = dict.fromkeys(market.tasks, 0)
    while wanted := wanted_by_too_many(market, prices):
        prices = risen(market, prices, wanted)
    # There is a way, since no tasks are wanted by too many (Hall 1935), and one in which all that is dear is held, since only what
    # too many wanted has become dear, and no more than had to (theorem 1 of the source).
    dear = {task for task, price in prices.items() if price > 0}
    return assignment(market, next(held for held in ways(market, prices, by_name(market)) if dear <= set(held.values())), prices)


def wanted_by_too_many(market: Market, prices: Prices) -> tuple[str, ...]:
    """Return the fewest tasks that more agents want, and nothing else, than there are tasks among them; none where there are none."""
    # The fewest: a larger set may hold some that are dear enough already, and would be made dearer than they have to be.
    sets = (tasks for size in range(1, len(market.tasks) + 1) for tasks in combinations(market.tasks, size))
    return next((tasks for tasks in sets if len(wanting(market, prices, tasks)) > len(tasks)), ())


def risen(market: Market, prices: Prices, tasks: tuple[str, ...]) -> Prices:
    """Raise the prices of some tasks together until one of those who want them wants something else as well."""
    rise = min(room(market, prices, tasks, agent) for agent in wanting(market, prices, tasks))
    return {task: price + rise if task in tasks else price for task, price in prices.items()}


def wanting(market: Market, prices: Prices, tasks: tuple[str, ...]) -> tuple[Agent, ...]:
    """List the agents that want some of these tasks and nothing else."""
    return tuple(agent for agent in market.agents if all(task in tasks for task in wants(market, prices, agent)))


def wants(market: Market, prices: Prices, agent: Agent) -> tuple[str | None, ...]:
    """List what suits an agent best at these prices; None is to have nothing."""
    gains = gains_of(market, prices, agent)
    return tuple(task for task, gain in gains.items() if gain == max(gains.values()))


def gains_of(market: Market, prices: Prices, agent: Agent) -> dict[str | None, Amount]:
    """Return what an agent would gain by each task, and by none."""
    return {None: 0, **{task: worth - prices[task] for task, worth in zip(market.tasks, agent.values, strict=True)}}


def room(market: Market, prices: Prices, tasks: tuple[str, ...], agent: Agent) -> Amount:
    """Return how far the prices of some tasks can rise before an agent that wants them wants something else as well."""
    gains = gains_of(market, prices, agent)
    return max(gains.values()) - max(gain for task, gain in gains.items() if task not in tasks)


def ways(market: Market, prices: Prices, agents: tuple[Agent, ...]) -> Iterator[dict[str, str]]:
    """List all ways to give each of some agents what it wants, and no task to two."""
    if not agents:
        yield {}
        return
    *others, last = agents
    for held in ways(market, prices, tuple(others)):
        for task in wants(market, prices, last):
            if task is None:
                yield held
            elif task not in held.values():
                yield {**held, last.name: task}


# ---- both


def flaw(market: Market) -> Rejected | None:
    """Return why a market is refused; None where it is not."""
    names = [agent.name for agent in market.agents]
    amounts = [amount for agent in market.agents for amount in (*agent.values, agent.budget)]
    if len(set(market.tasks)) < len(market.tasks):
        return DUPLICATE_TASK
    if not names:
        return NO_AGENTS
    if len(set(names)) < len(names):
        return DUPLICATE_AGENT
    if any(len(agent.values) != len(market.tasks) for agent in market.agents):
        return NOT_EVERY_TASK
    if not all(is_amount(amount) for amount in (market.step, *amounts)):
        return NOT_EXACT
    if any(amount < 0 for amount in amounts):
        return NEGATIVE
    if market.step <= 0:
        return NO_STEP
    return None


def by_name(market: Market) -> tuple[Agent, ...]:
    """Return the agents in the order of their names."""
    return tuple(sorted(market.agents, key=lambda agent: agent.name))


def assignment(market: Market, held: dict[str, str], prices: Prices) -> Assignment:
    """Put together what is told."""
    return Assignment(Map.of(held), Map.of(prices), tuple(sorted(task for task in market.tasks if task not in held.values())))


STEP_BY_STEP = NamedRule("in steps", in_steps, MARKETS, IN_STEPS)
AT_EXACT_PRICES = NamedRule("exact prices", exact, MARKETS_OF_THE_RICH, EXACT)

# ---- what prices in steps do not promise

ASKS_FOR_ANOTHER_FIRST = KnownViolation(
    truthful_reports,
    "Either task is worth 1 to the first of three agents, and the first task to the third as well: honestly it takes the first task,"
    " is outbid, and has the other for a step, since the second agent was there before. If it says that it wants the other only, it has it for nothing.",
    STEP_BY_STEP.on(3, 2),
    witness={
        "agents": 3,
        "tasks": 2,
        "task0 to agent0": 1,
        "task1 to agent0": 1,
        "task0 to agent1": 0,
        "task1 to agent1": 0,
        "task0 to agent2": 1,
        "task1 to agent2": 0,
        "who lies": "agent0",
        "the lie about task0": 0,
        "the lie about task1": 1,
    },
)
