"""Bargaining, problems in and agreements out."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.pitfalls.conflict.bargaining.rules import both_wait, disagreement_is_an_error
from concordant.refimpl.conflict.bargaining import concede, nash
from concordant.spec.conflict.bargaining import (
    DUPLICATE,
    NO_PARTNER,
    NOT_EVERYBODY,
    NOT_EXACT,
    Agreed,
    Agreement,
    Disagreed,
    Problem,
    agents_are_treated_alike,
    units_of_worth_are_irrelevant,
)
from concordant.spec.vocabulary import Amount, Map, Recorded, Rejected


def bargain(*worths: tuple[Amount, ...], reservations: tuple[Amount, ...] = (0, 0), agents: tuple[str, ...] = ("ann", "bob")) -> Problem:
    """A problem of agreements named a, b, c …, each with what it is worth to the agents in turn."""
    return Problem(
        agents,
        tuple(Agreement("abcdefg"[place], Map.of(dict(zip(agents, worth, strict=False)))) for place, worth in enumerate(worths)),
        Map.of(dict(zip(agents, reservations, strict=False))),
    )


CAKE = bargain((4, 1), (3, 2), (2, 3), (1, 4))


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (bargain((5, 1), (3, 2)), Agreed("b", ("b",))),
        (CAKE, Agreed("b", ("b", "c"))),
        (bargain((5, 1), (3, 2), reservations=(2, 0)), Agreed("a", ("a",))),
        (bargain((2, 2, 2), (3, 3, 1), agents=("ann", "bob", "cid"), reservations=(0, 0, 0)), Agreed("b", ("b",))),
        (bargain((1, 1), (0, 9)), Agreed("a", ("a",))),
        (bargain((0, 9), (9, 0)), Disagreed()),
        (bargain((1, 1), reservations=(2, 2)), Disagreed()),
        (bargain(), Disagreed()),
    ],
)
def test_the_product_of_what_all_gain_decides(problem: Problem, outcome: Agreed | Disagreed) -> None:
    assert nash(problem) == outcome


def test_two_agents_come_to_the_product_by_concessions() -> None:
    assert concede(bargain((3, 1), (2, 2), (1, 3))) == Agreed("b", ("b",), (("a", "c"), ("b", "c")))
    assert concede(CAKE) == Agreed("b", ("b", "c"), (("a", "d"), ("b", "d")))
    assert concede(bargain((1, 9), (2, 5))) == Agreed("b", ("b",), (("b", "a"),))
    assert concede(bargain((2, 1), (1, 2))) == Agreed("b", ("a", "b"), (("a", "b"),))
    assert concede(bargain((1, 1))) == Agreed("a", ("a",), (("a", "a"),))
    assert concede(bargain((0, 1))) == Disagreed()


def test_at_equal_risks_the_first_by_name_concedes_and_not_the_first_that_is_listed() -> None:
    turned = bargain((1, 2), (2, 1), agents=("bob", "ann"))

    assert concede(turned) == Agreed("b", ("a", "b"), (("b", "a"),))
    assert concede(bargain((1, 3), (2, 2), (3, 1), agents=("bob", "ann"))) == Agreed("b", ("b",), (("c", "a"), ("c", "b")))


@pytest.mark.parametrize("rule", [nash, concede])
@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (bargain(agents=("ann",)), NO_PARTNER),
        (bargain(agents=("ann", "bob", "ann")), NO_PARTNER),
        (Problem(CAKE.agents, (*CAKE.agreements, CAKE.agreements[0]), CAKE.reservations), DUPLICATE),
        (bargain((1, 1), reservations=(1,)), NOT_EVERYBODY),
        (bargain((1,)), NOT_EVERYBODY),
        (bargain((1, True)), NOT_EXACT),
    ],
)
def test_each_rule_of_a_problem_has_its_reason(rule: Any, problem: Problem, reason: Rejected) -> None:
    assert rule(problem) == reason


def test_as_the_documents_have_it_a_disagreement_is_an_error_and_two_who_wait_for_each_other_disagree() -> None:
    with pytest.raises(ValueError, match="no match of right hand side value"):
        disagreement_is_an_error(bargain())
    assert disagreement_is_an_error(CAKE) == nash(CAKE)
    assert both_wait(CAKE) == Disagreed()
    assert both_wait(bargain((5, 1), (3, 2))) == concede(bargain((5, 1), (3, 2)))


def test_of_too_few_agents_nothing_is_said_of_exchanges_and_of_what_is_rejected_nothing_of_units() -> None:
    alone = bargain(agents=("ann",), reservations=(0,))

    assert list(agents_are_treated_alike.cases(nash, alone, Recorded({}))) == []
    assert list(units_of_worth_are_irrelevant.cases(nash, alone, Recorded({"who measures": "ann", "times": 2, "plus": 0}))) == []
    assert list(units_of_worth_are_irrelevant.cases(nash, bargain(agents=()), Recorded({}))) == []
