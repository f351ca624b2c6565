"""Which promise about one asking, or about how many there are, each breaks."""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.task_market_asking import asking_by_asking, askings_counted, how_often, one_asking
from concordant.spec.markets import task_market_asking as spec
from concordant.spec.markets.ascending_price_task_market import Market
from concordant.spec.markets.task_market_asking import Asking, Ends, Standing
from concordant.spec.vocabulary import Map, ratio


def taken(asking: Asking) -> str | None:
    """Return what the agent that asks takes; None where that is nothing."""
    me = asking.before.asking[0]
    return next((task for task, holder in one_asking(asking).holders.items() if holder == me), None)


def on_credit(asking: Asking) -> Standing:
    """Let agents take what they cannot pay, since it may become cheaper."""
    agents = tuple(evolve(agent, budget=agent.budget + sum(agent.values)) for agent in asking.market.agents)
    return one_asking(evolve(asking, market=evolve(asking.market, agents=agents)))


def to_nobody(asking: Asking) -> Standing:
    """Where somebody holds what is asked for, raise its price and give it to neither, as the documents do."""
    after, task = one_asking(asking), taken(asking)
    if task is None or task not in asking.before.holders:
        return after
    return evolve(after, holders=after.holders.drop(task), asking=(*after.asking, asking.before.asking[0]))


def at_its_price(asking: Asking) -> Standing:
    """Let an agent take a task at the price that its holder pays."""
    after, task = one_asking(asking), taken(asking)
    return evolve(after, prices=asking.before.prices) if task in asking.before.holders else after


def outbid_for_good(asking: Asking) -> Standing:
    """Send whoever is outbid home."""
    after = one_asking(asking)
    return evolve(after, asking=asking.before.asking[1:])


def to_another(asking: Asking) -> Standing:
    """Give what is taken to an agent that would have it too, and is silent."""
    after, task = one_asking(asking), taken(asking)
    silent = [agent.name for agent in asking.market.agents if agent.name not in (*asking.before.asking, *asking.before.holders.values())]
    return after if task is None or not silent else evolve(after, holders=after.holders.put(task, silent[0]))


def two_steps(asking: Asking) -> Standing:
    """Raise the price of what is taken by two steps."""
    after, task = one_asking(asking), taken(asking)
    return after if task is None else evolve(after, prices=after.prices.put(task, after.prices[task] + asking.market.step))


def others_for_nothing(asking: Asking) -> Standing:
    """Lower the prices of all tasks but the one that is taken."""
    after, task = one_asking(asking), taken(asking)
    lower = Map.of({each: price if each == task else 0 for each, price in after.prices.items()})
    return after if task is None else evolve(after, prices=lower)


def others_dearer(asking: Asking) -> Standing:
    """Raise the prices of all tasks but the one that is taken."""
    after, task = one_asking(asking), taken(asking)
    more = asking.market.step
    higher = Map.of({each: price if each == task else price + more for each, price in after.prices.items()})
    return after if task is None else evolve(after, prices=higher)


def but_the_last(market: Market) -> Ends:
    """Let the first two ask, and nobody else."""
    return how_often(evolve(market, agents=market.agents[:2]))


def with_a_gift(asking: Asking) -> Standing:
    """Give a silent agent another task that is free, where one is taken."""
    after, task = one_asking(asking), taken(asking)
    silent = [agent.name for agent in asking.market.agents if agent.name not in (*asking.before.asking, *asking.before.holders.values())]
    free = [each for each in asking.market.tasks if each not in after.holders]
    if task is None or not silent or not free:
        return after
    return evolve(after, holders=after.holders.put(free[0], silent[0]), prices=after.prices.put(free[0], 0))


def in_half_steps(market: Market) -> Ends:
    """Raise prices by half a step at a time."""
    return how_often(evolve(market, step=ratio(market.step, 2)))


OVERDRAWN = Pitfall(
    "task_market_asking.OnCredit",
    "An agent holds what it cannot pay.",
    breaks=spec.nobody_holds_what_it_would_not_pay,
    subject=asking_by_asking(2, 2, on_credit),
    length=7,
)
DEARER_THAN_ANYBODY_PAYS = Pitfall(
    "task_market_asking.OnCredit/dearest",
    "Prices rise beyond what anybody can pay, and with what somebody says that it is worth there is no end to that.",
    breaks=spec.nothing_costs_a_step_more_than_anybody_would_pay,
    subject=asking_by_asking(2, 2, on_credit),
    length=7,
)
TO_NOBODY = Pitfall(
    "task_market_asking.ToNobody",
    "A task that two want goes to neither, so that its price may stay where nobody would pay it.",
    breaks=spec.prices_never_fall,
    subject=asking_by_asking(2, 2, to_nobody),
    length=7,
)
AT_ITS_PRICE = Pitfall(
    "task_market_asking.AtItsPrice",
    "Two agents take a task from each other at the same price, for ever.",
    breaks=spec.every_asking_is_one_of_so_many,
    subject=asking_by_asking(2, 2, at_its_price),
    length=7,
)
OUTBID_FOR_GOOD = Pitfall(
    "task_market_asking.OutbidForGood",
    "Whoever is outbid does not ask again, though it would pay more, or another task.",
    breaks=spec.whoever_is_outbid_asks_again,
    subject=asking_by_asking(2, 2, outbid_for_good),
    length=7,
)
TO_ANOTHER = Pitfall(
    "task_market_asking.ToAnother",
    "An agent that is silent is given a task, as if it had asked.",
    breaks=spec.only_who_asks_takes,
    subject=asking_by_asking(2, 2, to_another),
    length=7,
)
TWO_STEPS = Pitfall(
    "task_market_asking.TwoSteps",
    "A price rises by two steps, past what another would have paid.",
    breaks=spec.every_asking_is_one_of_so_many,
    subject=asking_by_asking(2, 2, two_steps),
    length=7,
)
OTHERS_FOR_NOTHING = Pitfall(
    "task_market_asking.OthersForNothing",
    "One task is taken, and the other becomes cheaper: who has left would come back.",
    breaks=spec.prices_never_fall,
    subject=asking_by_asking(2, 2, others_for_nothing),
    length=10,
)
OTHERS_DEARER = Pitfall(
    "task_market_asking.OthersDearer",
    "One task is taken, and the other becomes dearer for its holder, which has not asked.",
    breaks=spec.nobody_holds_what_it_would_not_pay,
    subject=asking_by_asking(2, 2, others_dearer),
    length=10,
)
OTHERS_DEARER_THAN_ANYBODY_PAYS = Pitfall(
    "task_market_asking.OthersDearer/dearest",
    "The same: it costs more than anybody would pay.",
    breaks=spec.nothing_costs_a_step_more_than_anybody_would_pay,
    subject=asking_by_asking(2, 2, others_dearer),
    length=10,
)
BUT_THE_LAST = Pitfall(
    "task_market_asking.ButTheLast",
    "It ends when two have asked, and the third would still take a task.",
    breaks=spec.it_ends_when_nobody_would_ask,
    subject=askings_counted(3, 1, but_the_last),
    length=8,
)
WITH_A_GIFT = Pitfall(
    "task_market_asking.WithAGift",
    "One task is taken, and an agent that is silent is given the other.",
    breaks=spec.only_who_asks_takes,
    subject=asking_by_asking(2, 2, with_a_gift),
    length=10,
)
IN_HALF_STEPS = Pitfall(
    "task_market_asking.InHalfSteps",
    "Prices rise by less than a step, and agents ask more often than they need.",
    breaks=spec.it_ends_within_so_many_askings,
    subject=askings_counted(2, 1, in_half_steps),
    length=6,
)
