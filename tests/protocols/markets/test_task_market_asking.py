"""One asking in a task market, and all until it ends."""

from __future__ import annotations

from itertools import product

import pytest

from concordant.refimpl.markets.ascending_price_task_market import in_steps
from concordant.refimpl.markets.task_market_asking import how_often, one_asking
from concordant.spec.markets.ascending_price_task_market import Agent, Assignment, Market
from concordant.spec.markets.task_market_asking import Asking, Ends, Standing
from concordant.spec.vocabulary import Map

ANN, BOB = Agent("ann", (3,), 3), Agent("bob", (2,), 1)
ONE_TASK = Market(("dig",), (ANN, BOB), 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Standing(Map(), Map(), ("ann", "bob")), Standing(Map.of({"dig": "ann"}), Map.of({"dig": 0}), ("bob",))),
        (
            Standing(Map.of({"dig": "ann"}), Map.of({"dig": 0}), ("bob",)),
            Standing(Map.of({"dig": "bob"}), Map.of({"dig": 1}), ("ann",)),
        ),
        (Standing(Map.of({"dig": "ann"}), Map.of({"dig": 2}), ("bob",)), Standing(Map.of({"dig": "ann"}), Map.of({"dig": 2}), ())),
    ],
)
def test_whoever_asks_takes_what_it_can_pay_and_outbids_who_holds_it(before: Standing, after: Standing) -> None:
    assert one_asking(Asking(ONE_TASK, before)) == after


def test_askings_are_counted_until_nobody_asks() -> None:
    assert how_often(ONE_TASK) == Ends(Standing(Map.of({"dig": "ann"}), Map.of({"dig": 2}), ()), 4)


def test_it_ends_as_the_market_in_steps_does() -> None:
    for worths in product(range(3), repeat=6):
        agents = tuple(Agent(name, worths[2 * place : 2 * place + 2], 2) for place, name in enumerate(("ann", "bob", "cid")))
        market = Market(("dig", "paint"), agents, 1)
        ended, outcome = how_often(market).standing, in_steps(market)

        assert isinstance(outcome, Assignment)
        assert {holder: task for task, holder in ended.holders.items()} == dict(outcome.held)
        assert {task: ended.prices.get(task, 0) for task in market.tasks} == dict(outcome.prices)
