"""One agent asks in a task market, whatever tasks cost and whoever holds them: what each asking keeps, any sequence of them keeps.

The market is `ascending_price_task_market`, in steps, whose agents ask here one at a time.

What is promised here is inductive: it speaks of a market before and after somebody asks, and before it is any in which nobody holds
what costs more than it would pay, reached or not. So the bound on how often somebody asks holds for any number of agents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from concordant.spec.markets.ascending_price_task_market import Agent, Market, value
from concordant.spec.markets.ascending_price_task_market.markets import markets
from concordant.spec.vocabulary import Amount, Cases, Draw, Map, case, for_all


@frozen
class Standing:
    """Who holds which task, what the tasks that are held cost their holders, and who has yet to ask, the next first."""

    holders: Map[str, str]
    prices: Map[str, Amount]
    asking: tuple[str, ...]


@frozen
class Asking:
    """A market, and how it stands when the first of those who have yet to ask does."""

    market: Market
    before: Standing


Rule: TypeAlias = Callable[[Asking], Standing]


def cost(market: Market, standing: Standing, task: str) -> Amount:
    """Return what a task costs who asks for it: nothing, or a step more than its holder would pay."""
    return standing.prices[task] + market.step if task in standing.holders else 0


def would_pay(market: Market, name: str, task: str, price: Amount) -> bool:
    """Tell whether a task is worth a price to an agent, which can pay it."""
    agent = next(agent for agent in market.agents if agent.name == name)
    return price <= value(market, agent, task) and price <= agent.budget


def dearest(market: Market, task: str) -> Amount:
    """Return the most that anybody would pay for a task; 0 if that is less."""
    return max(0, *(min(value(market, agent, task), agent.budget) for agent in market.agents))


# ---- clauses


@for_all
def nobody_holds_what_it_would_not_pay(asking: Asking, after: Standing) -> Cases:
    """Where each holds what is worth its price to it, and can pay that, it is so afterwards: no budget is overdrawn."""
    for task, holder in after.holders.items():
        yield case(would_pay(asking.market, holder, task, after.prices[task]), task=task, holder=holder, price=after.prices[task])


@for_all
def prices_never_fall(asking: Asking, after: Standing) -> Cases:
    """No task costs less than before: what somebody holds is held from then on."""
    for task in asking.market.tasks:
        was, now = (cost(asking.market, standing, task) for standing in (asking.before, after))
        yield case(was <= now, task=task, was=was, now=now)


@for_all
def every_asking_is_one_of_so_many(asking: Asking, after: Standing) -> Cases:
    """Whoever asks makes the tasks a step dearer in all, or has left: each asking takes the market one step on."""
    was, now = (progress(asking.market, standing) for standing in (asking.before, after))
    yield case(now == was + asking.market.step, was=was, now=now, step=asking.market.step)


def progress(market: Market, standing: Standing) -> Amount:
    """Return what all tasks cost, and a step for each agent that neither holds one nor has yet to ask."""
    left = len(market.agents) - len(standing.holders) - len(standing.asking)
    return sum(cost(market, standing, task) for task in market.tasks) + market.step * left


@for_all
def nothing_costs_a_step_more_than_anybody_would_pay(asking: Asking, after: Standing) -> Cases:
    """What a task costs is no more than a step beyond the most that anybody would pay: so prices rise by so many steps, and no more."""
    market = asking.market
    for task in market.tasks:
        yield case(cost(market, after, task) <= dearest(market, task) + market.step, task=task, after=after)


@for_all
def only_who_asks_takes(asking: Asking, after: Standing) -> Cases:
    """What changes hands goes to whoever asks: whoever is silent takes nothing."""
    for task, holder in after.holders.items():
        if holder != asking.before.holders.get(task):
            yield case(holder == asking.before.asking[0], task=task, holder=holder, asks=asking.before.asking[0])


@for_all
def whoever_is_outbid_asks_again(asking: Asking, after: Standing) -> Cases:
    """Whoever held what another takes asks again, the others go on waiting in their order, and nobody else asks."""
    market, before = asking.market, asking.before
    outbid = tuple(before.holders[task] for task in market.tasks if task in before.holders and after.holders[task] != before.holders[task])
    yield case(after.asking == (*before.asking[1:], *outbid), outbid=outbid, before=before, after=after)


CLAUSES = (
    nobody_holds_what_it_would_not_pay,
    prices_never_fall,
    every_asking_is_one_of_so_many,
    only_who_asks_takes,
    nothing_costs_a_step_more_than_anybody_would_pay,
    whoever_is_outbid_asks_again,
)


@frozen
class Ends:
    """How the market stands when nobody asks any more, and how often somebody has."""

    standing: Standing
    askings: int


@for_all
def it_ends_within_so_many_askings(market: Market, ends: Ends) -> Cases:
    """Agents ask no more often than prices can rise, each to a step above what anybody would pay, and each agent can leave."""
    most = sum(dearest(market, task) + market.step for task in market.tasks) + market.step * len(market.agents)
    yield case(market.step * ends.askings <= most, askings=ends.askings, step=market.step, most=most)


@for_all
def it_ends_when_nobody_would_ask(market: Market, ends: Ends) -> Cases:
    """In the end whoever holds nothing would not take any task at what it costs, or cannot pay that."""
    for agent in market.agents:
        if agent.name not in ends.standing.holders.values():
            wanted = [task for task in market.tasks if would_pay(market, agent.name, task, cost(market, ends.standing, task))]
            yield case(wanted == [], agent=agent.name, wanted=wanted)


# ---- how a market may stand


def askings(draw: Draw, agents: int, tasks: int) -> Asking:
    """Draw a market of so many agents and up to so many tasks, in which the first agent asks, and others hold what they would pay for."""
    names = tuple(f"task{number}" for number in range(draw.one_of("tasks", range(1, tasks + 1))))
    me, *others = (f"agent{number}" for number in range(agents))
    holders, prices, free = {}, {}, others
    for task in names:
        holder = draw.one_of(f"{task} is held by", (None, *free))
        if holder is not None:
            holders[task], prices[task], free = holder, draw.amount(f"price of {task}"), [each for each in free if each != holder]
    waiting = tuple(each for each in free if draw.one_of(f"{each} has yet to ask", (True, False)))
    found = tuple(
        agent_of(draw, name, names, {task: prices[task] for task in names if holders.get(task) == name}) for name in (me, *others)
    )
    return Asking(Market(names, found, 1), Standing(Map.of(holders), Map.of(prices), (me, *waiting)))


def agent_of(draw: Draw, name: str, tasks: tuple[str, ...], pays: dict[str, Amount]) -> Agent:
    """Draw an agent to which what it holds is worth what it pays, and which can pay it."""
    values = tuple(pays.get(task, 0) + draw.amount(f"{task} to {name}, beyond its price") for task in tasks)
    return Agent(name, values, sum(pays.values()) + draw.amount(f"budget of {name}, beyond its price"))


def askings_at_large(draw: Draw) -> Asking:
    """Draw a market of up to five agents and four tasks."""
    return askings(draw, draw.one_of("agents", range(1, 6)), 4)


def poor_and_rich(draw: Draw, agents: int, tasks: int) -> Market:
    """Draw a market with budgets."""
    return markets(draw, agents, tasks, budgets=True)
