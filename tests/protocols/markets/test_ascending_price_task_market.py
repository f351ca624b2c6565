"""The ascending-price task market, values in and assignment out; and what a general solver of assignments makes of the same values."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from attrs import evolve
from scipy.optimize import linear_sum_assignment

from concordant.pitfalls.markets.ascending_price_task_market.in_steps import as_written
from concordant.refimpl.markets.ascending_price_task_market import exact, in_steps, ways
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
from concordant.spec.markets.ascending_price_task_market import clauses as spec
from concordant.spec.markets.ascending_price_task_market.markets import IN_STEPS
from concordant.spec.vocabulary import ForAll, Map, Rejected


def market(*values: tuple[Any, ...], budgets: Any = 100, step: Any = 1) -> Market:
    """Put a market together of tasks x, y and so on, for ann, bob and so on, who all have the same budget."""
    tasks = tuple("xyz"[: len(values[0])]) if values else ()
    return Market(tasks, tuple(Agent(name, each, budgets) for name, each in zip(("ann", "bob", "cay"), values, strict=False)), step)


def assigned(held: dict[str, str], unsold: tuple[str, ...] = (), **prices: Any) -> Assignment:
    return Assignment(Map.of(held), Map.of(prices), unsold)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (market((5,), (3,)), assigned({"ann": "x"}, x=4)),
        (market((5,), (5,)), assigned({"bob": "x"}, x=5)),
        (market((5, 4), (5, 1)), assigned({"ann": "y", "bob": "x"}, x=1, y=0)),
        (market((5, 4)), assigned({"ann": "x"}, ("y",), x=0, y=0)),
        (market((5, 4), budgets=0), assigned({"ann": "x"}, ("y",), x=0, y=0)),
        (market((9,), (9,), budgets=4), assigned({"ann": "x"}, x=4)),
        (market((3,), (3,), step=Fraction(3, 2)), assigned({"ann": "x"}, x=3)),
        (market((0,)), assigned({"ann": "x"}, x=0)),
        (Market((), (Agent("ann", (), 1),), 1), assigned({})),
    ],
)
def test_each_has_what_suits_it_best_at_prices_that_go_up_until_nobody_asks_for_more(given: Market, outcome: Assignment) -> None:
    assert in_steps(given) == outcome
    assert in_steps(evolve(given, agents=given.agents[::-1])) == outcome


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (market((5,), (3,)), assigned({"ann": "x"}, x=3)),
        (market((5,), (5,)), assigned({"bob": "x"}, x=5)),
        (market((5, 4), (5, 1)), assigned({"ann": "y", "bob": "x"}, x=1, y=0)),
        (market((5, 4)), assigned({"ann": "x"}, ("y",), x=0, y=0)),
        (market((0,)), assigned({}, ("x",), x=0)),
        (market((2, 1), (2, 1), (2, 0)), assigned({"bob": "y", "cay": "x"}, x=2, y=1)),
        (market((9, 7), (8, 7), (7, 2)), assigned({"ann": "x", "bob": "y"}, x=7, y=5)),
        (market((Fraction(1, 2),), (Fraction(1, 3),)), assigned({"ann": "x"}, x=Fraction(1, 3))),
        (Market((), (Agent("ann", (), 1),), 1), assigned({})),
    ],
)
def test_exact_prices_rise_no_further_than_until_each_can_have_what_it_wants(given: Market, outcome: Assignment) -> None:
    assert exact(given) == outcome
    assert exact(evolve(given, agents=given.agents[::-1])) == outcome


def test_at_exact_prices_all_must_be_able_to_pay_what_a_task_is_worth_and_a_step_more() -> None:
    assert exact(market((5,), (3,), budgets=6)) == assigned({"ann": "x"}, x=3)
    assert exact(market((5, 4), budgets=5)) == TOO_POOR
    assert exact(market((5, 4), budgets=5, step=0)) == NO_STEP


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (Market(("x", "x"), (Agent("ann", (1, 1), 1),), 1), DUPLICATE_TASK),
        (Market(("x",), (), 1), NO_AGENTS),
        (Market(("x",), (Agent("ann", (1,), 1), Agent("ann", (2,), 1)), 1), DUPLICATE_AGENT),
        (Market(("x",), (Agent("ann", (1, 2), 1),), 1), NOT_EVERY_TASK),
        (market((0.5,)), NOT_EXACT),
        (market((1,), budgets=float("inf")), NOT_EXACT),
        (market((1,), step=None), NOT_EXACT),
        (market((-1,)), NEGATIVE),
        (market((1,), budgets=-1), NEGATIVE),
        (market((1,), step=0), NO_STEP),
        (market((1,), step=-1), NO_STEP),
    ],
)
def test_a_malformed_market_is_rejected_with_the_reason_of_its_rule(given: Market, reason: Rejected) -> None:
    assert (in_steps(given), exact(given)) == (reason, reason)


def test_only_one_promise_is_about_a_rejection_and_it_is_worth_nothing() -> None:
    clauses = [clause for clause in IN_STEPS if isinstance(clause, ForAll)]

    assert [clause.name for clause in clauses if list(clause.cases(market((1,)), NO_STEP))] == ["malformed_markets_are_rejected"]
    assert [spec.utility(market((5,), (3,)), name, assigned({"ann": "x"}, x=4)) for name in ("ann", "bob")] == [1, 0]
    assert spec.utility(market((5,)), "ann", NO_STEP) == 0


def test_how_good_it_is_is_promised_only_where_budgets_are_large_enough() -> None:
    about_the_rich = (spec.worth_the_most_up_to_a_step_for_each, spec.prices_are_near_the_lowest_possible)

    def judged(given: Market) -> list[list[bool]]:
        return [[each.holds for each in clause.cases(given, in_steps(given))] for clause in about_the_rich]

    assert judged(market((5, 4), (5, 1))) == [[True], [True, True]]
    assert judged(market((9,), (9,), budgets=9)) == [[], []]


def test_the_documents_market_goes_wrong_as_it_did() -> None:
    assert as_written(market((2, 1), budgets=1)).held == Map.of({"ann": ("x", "y")})
    assert as_written(market((1,), (1,), budgets=1)) == assigned({}, x=2)
    assert as_written(market((9, 8), (9, 8), budgets=10)) == assigned({}, x=11, y=11)
    assert as_written(market((1,), (1,), budgets=float("inf"))) == assigned({}, x=40)
    with pytest.raises(TypeError):
        as_written(market((1,), budgets=None))


@pytest.mark.parametrize("seed", range(25))
def test_a_solver_of_assignments_finds_nothing_worth_more_than_at_exact_prices_or_a_step_for_each_more_than_in_steps(seed: int) -> None:
    choose = Random(seed)  # noqa: S311  # a test that repeats
    values = [[choose.randrange(30) for _ in range(6)] for _ in range(choose.randrange(1, 8))]
    tasks = tuple(f"task{number}" for number in range(6))
    given = Market(tasks, tuple(Agent(f"agent{number}", tuple(each), 100) for number, each in enumerate(values)), 1)
    rows, columns = linear_sum_assignment(values, maximize=True)
    best = sum(values[row][column] for row, column in zip(rows, columns, strict=True))

    def worth(outcome: Outcome) -> int:
        assert isinstance(outcome, Assignment)
        return sum(values[int(agent.removeprefix("agent"))][tasks.index(task)] for agent, task in outcome.held.items())

    assert worth(exact(given)) == best
    assert best - len(values) <= worth(in_steps(given)) <= best


def test_each_way_to_give_everybody_what_it_wants_is_listed_once() -> None:
    alike = market((5, 5), (5, 5))

    assert list(ways(alike, {"x": 1, "y": 1}, alike.agents)) == [{"ann": "x", "bob": "y"}, {"ann": "y", "bob": "x"}]
    assert list(ways(alike, {"x": 5, "y": 6}, alike.agents)) == [{}, {"bob": "x"}, {"ann": "x"}]
