"""What the two rules of the ascending-price task market promise."""

from __future__ import annotations

from attrs import evolve

from concordant.spec.markets.ascending_price_task_market import (
    REJECTED,
    REJECTED_WHERE_EXACT,
    Agent,
    Assignment,
    Market,
    Outcome,
    Rule,
    Way,
    are_competitive,
    asked,
    gain,
    is_rich,
    most,
    value,
    ways,
    worth,
)
from concordant.spec.vocabulary import Amount, Cases, Draw, Map, Rejected, case, for_all, is_amount, rejection, relates

# ---- of both rules


@for_all
def assigned_or_rejected(market: Market, outcome: Outcome) -> Cases:
    """Every task has a price, and a holder or is told to be unsold; a holder is an agent, and holds one task, which no other holds."""
    if not isinstance(outcome, Rejected):
        tasks = tuple(sorted(market.tasks))
        held = tuple(outcome.held.values())
        agents = {agent.name for agent in market.agents}
        whole = outcome.prices.keys() == tasks and tuple(sorted((*held, *outcome.unsold))) == tasks
        yield case(whole and outcome.unsold == tuple(sorted(outcome.unsold)) and set(outcome.held) <= agents, outcome=outcome)


@for_all
def individually_rational(market: Market, outcome: Outcome) -> Cases:
    """Nobody pays more for its task than it is worth to it, or than it has; what nobody holds costs nothing."""
    if isinstance(outcome, Assignment):
        for agent in market.agents:
            task = outcome.held.get(agent.name)
            price = 0 if task is None else outcome.prices[task]
            fair = is_amount(price) and 0 <= price <= value(market, agent, task) and price <= agent.budget
            yield case(fair, agent=agent.name, task=task, price=price)
        for task in outcome.unsold:
            yield case(outcome.prices[task] == 0, task=task, price=outcome.prices[task])


@relates
def order_of_agents_is_irrelevant(rule: Rule, market: Market, draw: Draw) -> Cases:
    """Whoever comes earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(market.agents)))
    moved = (market.agents[place], *market.agents[:place], *market.agents[place + 1 :])
    yield case(rule(evolve(market, agents=moved)) == rule(market), moved=market.agents[place])


# ---- in steps


@for_all
def malformed_markets_are_rejected(market: Market, outcome: Outcome) -> Cases:
    """A market is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, market, outcome)


@for_all
def nobody_would_rather_have_another(market: Market, outcome: Outcome) -> Cases:
    """At what it would cost, and if it can pay that, no agent is better off with another task than with what it has."""
    if isinstance(outcome, Assignment):
        for agent in market.agents:
            task = outcome.held.get(agent.name)
            has = gain(market, agent, outcome.prices, task)
            for other in market.tasks:
                cost = asked(market, outcome, other)
                if other != task and cost <= agent.budget:
                    yield case(value(market, agent, other) - cost <= has, agent=agent.name, has=has, other=other, cost=cost)


@for_all
def worth_the_most_up_to_a_step_for_each(market: Market, outcome: Outcome) -> Cases:
    """With budgets large enough the tasks are worth together no more than a step for each agent less than they could be."""
    if isinstance(outcome, Assignment) and is_rich(market):
        found, best = worth(market, way(market, outcome)), most(market, market.tasks)
        yield case(best <= found + len(market.agents) * market.step, found=found, best=best)


@for_all
def prices_are_near_the_lowest_possible(market: Market, outcome: Outcome) -> Cases:
    """With budgets large enough each price is within k steps of the lowest at which everybody could have what it wants, of k agents or tasks.

    That lowest price is what one more task of the kind would be worth to all (Leonard 1983); k is the smaller of the two numbers.
    """
    if isinstance(outcome, Assignment) and is_rich(market):
        allowed = min(len(market.agents), len(market.tasks)) * market.step
        best = most(market, market.tasks)
        for task in market.tasks:
            lowest = most(market, (*market.tasks, task)) - best
            price = outcome.prices[task]
            yield case(lowest - allowed <= price <= lowest + allowed, task=task, price=price, lowest=lowest, allowed=allowed)


# ---- exact


@for_all
def malformed_markets_and_poor_ones_are_rejected(market: Market, outcome: Outcome) -> Cases:
    """A market is rejected if, and only if, it breaks a rule or an agent has too little, and with the first reason that there is."""
    yield from rejection(REJECTED_WHERE_EXACT, market, outcome)


@for_all
def competitive(market: Market, outcome: Outcome) -> Cases:
    """At these prices nobody would rather have another task, or none, than what it has, and what nobody has costs nothing."""
    if isinstance(outcome, Assignment):
        yield case(are_competitive(market, outcome.prices, way(market, outcome)), held=outcome.held, prices=outcome.prices)


@relates
def no_competitive_prices_are_lower(rule: Rule, market: Market, draw: Draw) -> Cases:
    """Of any prices at which each could have what it would rather have than all else, none is lower than ours.

    They are the lowest, and there are such: Demange, Gale and Sotomayor, theorem 1.
    """
    outcome = rule(market)
    if isinstance(outcome, Assignment):
        prices = Map.of({task: draw.amount(f"another price of {task}") for task in market.tasks})
        if any(are_competitive(market, prices, each) for each in ways(market, market.tasks)):
            yield case(all(prices[task] >= outcome.prices[task] for task in market.tasks), ours=outcome.prices, others=prices)


@for_all
def worth_the_most(market: Market, outcome: Outcome) -> Cases:
    """No other assignment is worth more to all together."""
    if isinstance(outcome, Assignment):
        found, best = worth(market, way(market, outcome)), most(market, market.tasks)
        yield case(best <= found, found=found, best=best)


def way(market: Market, outcome: Assignment) -> Way:
    """Return who has what, in the order of the agents."""
    return tuple(outcome.held.get(agent.name) for agent in market.agents)


# ---- honesty


def agents(market: Market) -> tuple[str, ...]:
    """List the agents; none where one is too poor, who would say that it is not."""
    return tuple(agent.name for agent in market.agents) if is_rich(market) else ()


def utility(market: Market, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to an agent whose values are those that it reports in the market."""
    me = next(each for each in market.agents if each.name == agent)
    return gain(market, me, outcome.prices, outcome.held.get(agent)) if isinstance(outcome, Assignment) else 0


def misreport(market: Market, agent: str, draw: Draw) -> Market:
    """Draw other values of one agent, which says that it can pay them."""
    values = tuple(draw.amount(f"the lie about {task}") for task in market.tasks)

    def lies(each: Agent) -> Agent:
        return evolve(each, values=values, budget=each.budget + sum(values))

    return evolve(market, agents=tuple(lies(each) if each.name == agent else each for each in market.agents))
