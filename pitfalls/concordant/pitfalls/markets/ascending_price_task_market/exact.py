"""What goes wrong with exact prices: rules that are close to right."""

from __future__ import annotations

from functools import partial

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.ascending_price_task_market import (
    AT_EXACT_PRICES,
    Prices,
    assignment,
    by_name,
    exact,
    risen,
    wanted_by_too_many,
    wanting,
    wants,
    ways,
)
from concordant.spec.markets.ascending_price_task_market import TOO_POOR, Assignment, Market, Outcome, value
from concordant.spec.markets.ascending_price_task_market import clauses as spec
from concordant.spec.markets.ascending_price_task_market.markets import market_of, truthful_reports
from concordant.spec.vocabulary import Map

# ---- rules


def all_at_once(market: Market) -> Outcome:
    """Raise the prices of all tasks as long as too many want them; only then those of fewer."""
    outcome = exact(market)
    if not isinstance(outcome, Assignment):
        return outcome
    prices: Prices = dict.fromkeys(market.tasks, 0)
    while len(wanting(market, prices, market.tasks)) > len(market.tasks):
        prices = risen(market, prices, market.tasks)
    while wanted := wanted_by_too_many(market, prices):
        prices = risen(market, prices, wanted)
    return assignment(market, next(ways(market, prices, by_name(market))), prices)


def in_turn(market: Market) -> Outcome:
    """Let each in turn take the first of what it wants that is left."""
    outcome = exact(market)
    if not isinstance(outcome, Assignment):
        return outcome
    prices, held = dict(outcome.prices.items()), dict[str, str]()
    for agent in by_name(market):
        left = [task for task in wants(market, prices, agent) if task is not None and task not in held.values()]
        held |= {agent.name: left[0]} if left else {}
    return assignment(market, held, prices)


def whoever_is_content(market: Market) -> Outcome:
    """Give nothing to who is as content with nothing."""
    outcome = exact(market)
    if not isinstance(outcome, Assignment):
        return outcome
    prices = dict(outcome.prices.items())
    content = {agent.name for agent in market.agents if None in wants(market, prices, agent)}
    return assignment(market, {name: task for name, task in outcome.held.items() if name not in content}, prices)


def at_its_value(market: Market) -> Outcome:
    """Let each pay what its task is worth to it."""
    outcome = exact(market)
    if not isinstance(outcome, Assignment):
        return outcome
    worth = {task: value(market, agent, task) for agent in market.agents if (task := outcome.held.get(agent.name)) is not None}
    return evolve(outcome, prices=Map.of(dict(outcome.prices.items()) | worth))


def on_credit(market: Market) -> Outcome:
    """Let agents take what they can not pay."""
    agents = tuple(evolve(agent, budget=sum(agent.values) + market.step) for agent in market.agents)
    return exact(evolve(market, agents=agents)) if exact(market) == TOO_POOR else exact(market)


# ---- the pitfalls

ALL_AT_ONCE = Pitfall(
    "ascending_price_task_market.AllAtOnce",
    "The prices of all tasks rise where too many want them, also of one that only one agent wants: it is dearer than it has to be.",
    breaks=spec.no_competitive_prices_are_lower,
    subject=AT_EXACT_PRICES.replaced_by(all_at_once).over(partial(market_of, count=3, tasks=2)),
    length=8,
)
IN_TURN = Pitfall(
    "ascending_price_task_market.InTurn",
    "Each in turn takes what it wants: the first takes what another needs, though it would be as well off without it.",
    breaks=spec.competitive,
    subject=AT_EXACT_PRICES.replaced_by(in_turn).on(2, 2),
    length=4,
)
IN_TURN_WORTH = Pitfall(
    "ascending_price_task_market.InTurn/worth",
    "The same: the tasks are worth less to those who have them than they could be.",
    breaks=spec.worth_the_most,
    subject=AT_EXACT_PRICES.replaced_by(in_turn).on(2, 2),
    length=4,
)
WHOEVER_IS_CONTENT = Pitfall(
    "ascending_price_task_market.WhoeverIsContent",
    "A task that costs just what it is worth to those who want it is left with nobody, and is not free.",
    breaks=spec.individually_rational,
    subject=AT_EXACT_PRICES.replaced_by(whoever_is_content).on(2, 1),
    length=4,
)
AT_ITS_VALUE = Pitfall(
    "ascending_price_task_market.AtItsValue",
    "Each pays what it says that its task is worth to it.",
    breaks=truthful_reports,
    subject=AT_EXACT_PRICES.replaced_by(at_its_value).on(1, 1),
    length=5,
)
ON_CREDIT = Pitfall(
    "ascending_price_task_market.OnCredit",
    "Who has too little is taken for one that has enough.",
    breaks=spec.malformed_markets_and_poor_ones_are_rejected,
    subject=AT_EXACT_PRICES.replaced_by(on_credit).on(1, 1, budgets=True),
    length=4,
)
