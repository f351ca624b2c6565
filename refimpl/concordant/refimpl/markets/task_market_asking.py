"""One asking in a task market: the shipped function that lets an agent ask, however the market stands; and how often that is until it ends."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from concordant.refimpl.machine import Mechanism
from concordant.refimpl.markets.ascending_price_task_market import Going, ask, by_name
from concordant.spec.markets.ascending_price_task_market import Market
from concordant.spec.markets.task_market_asking import (
    CLAUSES,
    Asking,
    Ends,
    Rule,
    Standing,
    askings,
    it_ends_when_nobody_would_ask,
    it_ends_within_so_many_askings,
    poor_and_rich,
)
from concordant.spec.vocabulary import Map


def one_asking(asking: Asking) -> Standing:
    """Let the next agent ask, however the market stands."""
    market, before = asking.market, asking.before
    agent = next(each for each in market.agents if each.name == before.asking[0])
    after = ask(market, Going(before.prices, before.holders, before.asking), agent)
    return Standing(after.holders, after.prices, after.asking)


def how_often(market: Market) -> Ends:
    """Let agents ask until nobody does, and count."""
    standing, askings = Standing(Map(), Map(), tuple(agent.name for agent in by_name(market))), 0
    while standing.asking:
        standing, askings = one_asking(Asking(market, standing)), askings + 1
    return Ends(standing, askings)


def asking_by_asking(agents: int, tasks: int, rule: Rule = one_asking) -> Mechanism[Asking, Standing]:
    """Return what comes of one asking among so many agents, with all that is kept."""
    return Mechanism(rule, partial(askings, agents=agents, tasks=tasks), CLAUSES)


def askings_counted(agents: int, tasks: int, rule: Callable[[Market], Ends] = how_often) -> Mechanism[Market, Ends]:
    """Return how often agents ask in a market with budgets, and what bounds that."""
    return Mechanism(
        rule, partial(poor_and_rich, agents=agents, tasks=tasks), (it_ends_within_so_many_askings, it_ends_when_nobody_would_ask)
    )
