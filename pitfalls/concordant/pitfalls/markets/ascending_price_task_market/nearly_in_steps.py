"""What goes wrong with prices in steps: rules that are close to right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.ascending_price_task_market import STEP_BY_STEP, in_steps
from concordant.spec.markets.ascending_price_task_market import NO_STEP, NOT_EXACT, Agent, Assignment, Market, Outcome, Rule, value
from concordant.spec.markets.ascending_price_task_market import clauses as spec
from concordant.spec.markets.ascending_price_task_market.markets import market_of
from concordant.spec.vocabulary import Amount, Map

# ---- rules


def told(change: Callable[[Market, Assignment], Outcome]) -> Rule:
    """Let prices rise as they should, and make something else of it."""

    def rule(market: Market) -> Outcome:
        outcome = in_steps(market)
        return change(market, outcome) if isinstance(outcome, Assignment) else outcome

    return rule


def a_step_more(market: Market, outcome: Assignment) -> Outcome:
    """Let each pay what the task would cost another."""
    held = set(outcome.held.values())
    prices = {task: price + market.step if task in held else price for task, price in outcome.prices.items()}
    return evolve(outcome, prices=Map.of(prices))


def for_nothing(market: Market, outcome: Assignment) -> Outcome:  # noqa: ARG001  # as the others
    """Let nobody pay anything."""
    return evolve(outcome, prices=Map.of(dict.fromkeys(outcome.prices.keys(), 0)))


def unsold_untold(market: Market, outcome: Assignment) -> Outcome:  # noqa: ARG001  # as the others
    """Do not say what nobody has."""
    return evolve(outcome, unsold=())


def a_price_for_what_is_unsold(market: Market, outcome: Assignment) -> Outcome:
    """Ask a step for the last task that nobody has asked for."""
    return evolve(outcome, prices=Map.of(dict(outcome.prices.items()) | dict.fromkeys(outcome.unsold[-1:], market.step)))


def in_binary(market: Market, outcome: Assignment) -> Outcome:  # noqa: ARG001  # as the others
    """Compute prices as binary fractions."""
    prices: Any = Map.of({task: price * (1 / 1) for task, price in outcome.prices.items()})
    return evolve(outcome, prices=prices)


def first_come(market: Market) -> Outcome:
    """Let agents ask as they are listed."""
    renamed = Market(
        market.tasks, tuple(evolve(agent, name=f"{place}{agent.name}") for place, agent in enumerate(market.agents)), market.step
    )
    outcome = in_steps(renamed)
    if not isinstance(outcome, Assignment):
        return outcome
    return evolve(outcome, held=Map.of({name[1:]: task for name, task in outcome.held.items()}))


def never_above_nothing(market: Market) -> Outcome:
    """Take a step of 0 for one of 1."""
    outcome = in_steps(market)
    return in_steps(evolve(market, step=1)) if outcome in (NO_STEP, NOT_EXACT) and market.step == 0 else outcome


def a_step_less(market: Market, outcome: Assignment) -> Outcome:
    """Let each pay a step less."""
    held = set(outcome.held.values())
    return evolve(outcome, prices=Map.of({task: price - market.step if task in held else price for task, price in outcome.prices.items()}))


def at_its_value(market: Market, outcome: Assignment) -> Outcome:
    """Let each pay what its task is worth to it."""
    worth = {task: value(market, agent, task) for agent in market.agents if (task := outcome.held.get(agent.name)) is not None}
    return evolve(outcome, prices=Map.of(dict(outcome.prices.items()) | worth))


def less_than_nothing(market: Market, outcome: Assignment) -> Outcome:
    """Let the prices of what nobody has asked for go down by a step."""
    return evolve(outcome, prices=Map.of(dict(outcome.prices.items()) | dict.fromkeys(outcome.unsold, -market.step)))


def last_one_first(market: Market, outcome: Assignment) -> Outcome:  # noqa: ARG001  # as the others
    """Tell what is unsold in the other order."""
    return evolve(outcome, unsold=outcome.unsold[::-1])


def to_the_house(market: Market, outcome: Assignment) -> Outcome:  # noqa: ARG001  # as the others
    """Keep what nobody has asked for."""
    kept = {f"house{place}": task for place, task in enumerate(outcome.unsold)}
    return evolve(outcome, held=Map.of(dict(outcome.held.items()) | kept), unsold=())


def of_another_market(market: Market, outcome: Assignment) -> Outcome:  # noqa: ARG001  # as the others
    """Tell the price of a task that is not for sale."""
    return evolve(outcome, prices=outcome.prices.put("a task of yesterday", 0))


def but_the_last(market: Market) -> Outcome:
    """Hold the market without the last task, and tell that that is unsold."""
    *tasks, last = market.tasks
    outcome = in_steps(Market(tuple(tasks), tuple(evolve(agent, values=agent.values[:-1]) for agent in market.agents), market.step))
    if not isinstance(outcome, Assignment):
        return outcome
    return Assignment(outcome.held, outcome.prices.put(last, 0), tuple(sorted((*outcome.unsold, last))))


def with_other_budgets(budget: Callable[[Agent, Market], Amount]) -> Rule:
    """Take budgets for others than they are."""
    return lambda market: in_steps(evolve(market, agents=tuple(evolve(agent, budget=budget(agent, market)) for agent in market.agents)))


# ---- the pitfalls

UNSOLD_UNTOLD = Pitfall(
    "TMK-12",
    "The market ends with tasks that nobody has, and says nothing of them.",
    breaks=spec.assigned_or_rejected,
    subject=STEP_BY_STEP.replaced_by(told(unsold_untold), "unsold untold").on(1, 2),
    length=4,
)
A_STEP_MORE = Pitfall(
    "ascending_price_task_market.AStepMore",
    "Each pays what its task would cost another.",
    breaks=spec.individually_rational,
    subject=STEP_BY_STEP.replaced_by(told(a_step_more), "a step more").over(partial(market_of, count=2, tasks=1)),
    length=2,
)
FOR_NOTHING = Pitfall(
    "ascending_price_task_market.ForNothing",
    "Prices rise, and in the end nobody pays them.",
    breaks=spec.nobody_would_rather_have_another,
    subject=STEP_BY_STEP.replaced_by(told(for_nothing), "for nothing").on(2, 1),
    length=4,
)
FOR_NOTHING_AT_ALL = Pitfall(
    "ascending_price_task_market.ForNothing/prices",
    "The same: the prices are not even near those at which everybody has what it wants.",
    breaks=spec.prices_are_near_the_lowest_possible,
    subject=STEP_BY_STEP.replaced_by(told(for_nothing), "for nothing").on(2, 1),
    length=4,
)
A_PRICE_FOR_WHAT_IS_UNSOLD = Pitfall(
    "ascending_price_task_market.APriceForWhatIsUnsold",
    "Of the tasks that nobody has asked for the last has a price.",
    breaks=spec.individually_rational,
    subject=STEP_BY_STEP.replaced_by(told(a_price_for_what_is_unsold), "a price for what is unsold").over(
        partial(market_of, count=1, tasks=3)
    ),
    length=3,
)
IN_BINARY = Pitfall(
    "ascending_price_task_market.InBinary",
    "Prices are binary fractions, which are no exact amounts even where they happen to be right.",
    breaks=spec.individually_rational,
    subject=STEP_BY_STEP.replaced_by(told(in_binary), "in binary").on(1, 1),
    length=3,
)
FIRST_COME = Pitfall(
    "ascending_price_task_market.FirstCome",
    "Agents ask as they come: of two who would pay as much the one that was there first has the task.",
    breaks=spec.order_of_agents_is_irrelevant,
    subject=STEP_BY_STEP.replaced_by(first_come).on(2, 1),
    length=5,
)
NEVER_ABOVE_NOTHING = Pitfall(
    "ascending_price_task_market.NeverAboveNothing",
    "A step of 0, with which prices would never rise, is taken for one of 1.",
    breaks=spec.malformed_markets_are_rejected,
    subject=STEP_BY_STEP.replaced_by(never_above_nothing).on_malformed(("no step",)),
    length=5,
)
A_STEP_LESS = Pitfall(
    "ascending_price_task_market.AStepLess",
    "Each pays a step less: what nobody else wants is given away with a step on top.",
    breaks=spec.individually_rational,
    subject=STEP_BY_STEP.replaced_by(told(a_step_less), "a step less").on(1, 1),
    length=3,
)
AT_ITS_VALUE = Pitfall(
    "ascending_price_task_market.AtItsValue/steps",
    "Each pays what its task is worth to it, not what it takes to outbid the others.",
    breaks=spec.prices_are_near_the_lowest_possible,
    subject=STEP_BY_STEP.replaced_by(told(at_its_value), "at its value").over(partial(market_of, count=1, tasks=2)),
    length=2,
)
LESS_THAN_NOTHING = Pitfall(
    "ascending_price_task_market.LessThanNothing",
    "The price of what nobody has asked for goes down, below nothing.",
    breaks=spec.individually_rational,
    subject=STEP_BY_STEP.replaced_by(told(less_than_nothing), "less than nothing").on(1, 2),
    length=4,
)
LAST_ONE_FIRST = Pitfall(
    "ascending_price_task_market.LastOneFirst",
    "What is unsold is told in no order that was agreed on, so that two reports of one market differ.",
    breaks=spec.assigned_or_rejected,
    subject=STEP_BY_STEP.replaced_by(told(last_one_first), "last one first").on(1, 3),
    length=5,
)
TO_THE_HOUSE = Pitfall(
    "ascending_price_task_market.ToTheHouse",
    "What nobody has asked for goes to the house, which is no agent.",
    breaks=spec.assigned_or_rejected,
    subject=STEP_BY_STEP.replaced_by(told(to_the_house), "to the house").on(1, 2),
    length=4,
)
OF_ANOTHER_MARKET = Pitfall(
    "ascending_price_task_market.OfAnotherMarket",
    "A price is told of a task that is not for sale.",
    breaks=spec.assigned_or_rejected,
    subject=STEP_BY_STEP.replaced_by(told(of_another_market), "of another market").on(1, 1),
    length=3,
)
BUT_THE_LAST = Pitfall(
    "ascending_price_task_market.ButTheLast",
    "The last task is forgotten: nobody is asked whether it wants it.",
    breaks=spec.nobody_would_rather_have_another,
    subject=STEP_BY_STEP.replaced_by(but_the_last).over(partial(market_of, count=1, tasks=3)),
    length=3,
)
NO_BUDGETS = Pitfall(
    "ascending_price_task_market.NoBudgets",
    "Nobody is asked what it can pay.",
    breaks=spec.individually_rational,
    subject=STEP_BY_STEP.replaced_by(with_other_budgets(lambda agent, market: sum(agent.values) + market.step), "no budgets").on(
        2, 1, budgets=True
    ),
    length=6,
)
ALL_BUT_A_STEP = Pitfall(
    "ascending_price_task_market.AllButAStep",
    "An agent must have more than a task costs, where as much is enough.",
    breaks=spec.nobody_would_rather_have_another,
    subject=STEP_BY_STEP.replaced_by(with_other_budgets(lambda agent, market: max(agent.budget - market.step, 0)), "all but a step").on(
        2, 1, budgets=True
    ),
    length=6,
)
