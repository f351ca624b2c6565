"""Clarke's pivot rule, valuations in and decision out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.mechanisms.refute import replay_draws
from concordant.pitfalls.auctions.clarke_mechanism import highest_single_bid
from concordant.refimpl.auctions.clarke_mechanism import SURPLUS, clarke
from concordant.spec.auctions.clarke_mechanism import (
    CLAUSES,
    DUPLICATE_AGENT,
    DUPLICATE_OPTION,
    NEGATIVE,
    NO_AGENTS,
    NO_OPTIONS,
    NOT_EVERY_OPTION,
    NOT_EXACT,
    POLLS,
    Decision,
    Poll,
    Valuation,
    budget_balanced,
    malformed_polls_are_rejected,
    utility,
)
from concordant.spec.vocabulary import ForAll, Map, Rejected

TWO = ("cold", "warm")


def poll(*values: tuple[Any, ...], options: tuple[str, ...] = TWO) -> Poll:
    return Poll(options, tuple(Valuation(name, each) for name, each in zip(("ann", "bob", "cay"), values, strict=False)))


def decision(option: str, *taxes: Any, tied: tuple[str, ...] = ()) -> Decision:
    return Decision(option, tied or (option,), Map.of(zip(("ann", "bob", "cay"), taxes, strict=False)))


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (poll((5, 0), (3, 0), (0, 7)), decision("cold", 4, 2, 0)),
        (poll((1, 0), (1, 0), (0, 7)), decision("warm", 0, 0, 2)),
        (poll((5, 0), (5, 0), (0, 3)), decision("cold", 0, 0, 0)),
        (poll((2, 0), (0, 2)), decision("cold", 2, 0, tied=TWO)),
        (poll((Fraction(1, 2), 0), (0, 1)), decision("warm", 0, Fraction(1, 2))),
        (poll((0, 1)), decision("warm", 0)),
        (poll((1,), (2,), options=("only",)), decision("only", 0, 0)),
    ],
)
def test_what_is_worth_most_to_all_is_chosen_and_who_changes_it_pays_what_the_others_lose(given: Poll, outcome: Decision) -> None:
    assert clarke(given) == outcome


def test_ties_are_broken_by_name_and_not_by_place() -> None:
    assert clarke(poll((1, 1), options=TWO[::-1])) == decision("cold", 0, tied=TWO)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (poll((), options=()), NO_OPTIONS),
        (poll((1, 2), options=("cold", "cold")), DUPLICATE_OPTION),
        (poll(), NO_AGENTS),
        (Poll(TWO, (Valuation("ann", (1, 0)), Valuation("ann", (0, 1)))), DUPLICATE_AGENT),
        (poll((1, 0), (1,)), NOT_EVERY_OPTION),
        (poll((1, 0), (1, 0, 0)), NOT_EVERY_OPTION),
        (poll((1, 0), (1, float("nan"))), NOT_EXACT),
        (poll((1, None)), NOT_EXACT),
        (poll((1, -1)), NEGATIVE),
    ],
)
def test_a_malformed_poll_is_rejected_with_the_reason_of_its_rule(given: Poll, reason: Rejected) -> None:
    assert clarke(given) == reason


def test_only_one_promise_is_about_a_rejection_and_it_is_worth_nothing() -> None:
    clauses = [clause for clause in (*CLAUSES, budget_balanced) if isinstance(clause, ForAll) and clause is not POLLS.rejection]

    assert [list(clause.cases(poll(), NO_AGENTS)) for clause in clauses] == [[]] * 6
    assert [case.holds for case in malformed_polls_are_rejected.cases(poll((1, 0)), clarke(poll((1, 0))))] == [True]
    assert [case.holds for case in malformed_polls_are_rejected.cases(poll((1, 0)), NO_AGENTS)] == [False]
    assert utility(poll((1, 0)), "ann", NO_AGENTS) == 0


def test_a_tax_for_somebody_who_is_not_there_is_refuted() -> None:
    given = poll((5, 0), (3, 0), (0, 7))
    right = decision("cold", 4, 2, 0)
    taxes = {clause.name: clause for clause in CLAUSES if isinstance(clause, ForAll)}["taxes_are_what_the_others_lose"]

    def kept(taxed: Map[str, Any]) -> bool:
        return all(each.holds for each in taxes.cases(given, evolve(right, taxes=taxed)))

    assert [kept(right.taxes), kept(right.taxes.put("dan", 0)), kept(right.taxes.drop("cay"))] == [True, False, False]


def test_the_taxes_are_left_over() -> None:
    assert replay_draws(SURPLUS).facts["taxes"] == Map.of({"agent0": 0, "agent1": 1})


def test_the_documents_auction_of_a_decision_chooses_what_one_wants_most_against_what_more_want() -> None:
    given = poll((5, 0), (3, 0), (0, 7))  # 8 for cold and 7 for warm

    assert highest_single_bid(given) == decision("warm", 0, 0, 5)
    assert clarke(given) == decision("cold", 4, 2, 0)
