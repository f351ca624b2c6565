"""Rules give what the literature says of its own examples, and clear markets as a general solver of assignments does."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from scipy.optimize import linear_sum_assignment

from concordant.refimpl.allocation.constrained_equal_awards import equal_awards
from concordant.refimpl.allocation.proportional_allocation import largest_remainder, proportional
from concordant.refimpl.auctions.clarke_mechanism import clarke
from concordant.refimpl.markets.call_double_auction import midpoint, uniform_price, vickrey
from concordant.refimpl.voting.borda_count import borda
from concordant.refimpl.voting.shared.compared import copeland
from concordant.spec.allocation.shared.claims import Awards, Claim, Problem, Rule
from concordant.spec.auctions.clarke_mechanism import Decision, Poll, Valuation
from concordant.spec.markets.shared.markets import gain, greatest_gain
from concordant.spec.markets.shared.orders import Book, Cleared, Order, Side
from concordant.spec.vocabulary import Amount, Map
from concordant.spec.voting.shared.voting import Ballot, Elected, Election


def divided(rule: Rule, estate: int, *claims: int) -> tuple[Amount, ...]:
    """Divide an estate; return the awards in the order of the claims."""
    names = [f"claimant{number}" for number in range(len(claims))]
    outcome = rule(Problem(tuple(Claim(name, claim) for name, claim in zip(names, claims, strict=True)), estate))
    assert isinstance(outcome, Awards)
    return tuple(outcome.of[name] for name in names)


def test_condorcets_eighty_one_voters_give_borda_and_condorcet_different_winners() -> None:
    # Condorcet, "Essai sur l'application de l'analyse", 1785, against Borda's method
    voters = {"abc": 30, "acb": 1, "bac": 29, "bca": 10, "cab": 10, "cba": 1}
    election = Election(("a", "b", "c"), tuple(Ballot(ranking, tuple(ranking), count) for ranking, count in voters.items()))

    assert borda(election) == Elected("b", ("b",), Map.of({"a": 101, "b": 109, "c": 33}))
    assert copeland(election) == Elected("a", ("a",), Map.of({"a": 2, "b": 0, "c": -2}))


def test_tideman_and_tullocks_voters_pay_twenty_nothing_and_ten() -> None:
    # Tideman and Tullock, "A New and Superior Process for Making Social Choices", 1976
    poll = Poll(("A", "B"), (Valuation("voter1", (30, 0)), Valuation("voter2", (0, 40)), Valuation("voter3", (20, 0))))

    assert clarke(poll) == Decision("A", ("A",), Map.of({"voter1": 20, "voter2": 0, "voter3": 10}))


def test_the_talmuds_three_creditors_are_paid_by_each_rule_as_it_says() -> None:
    # Claims of 100, 200 and 300: Aumann and Maschler, "Game Theoretic Analysis of a Bankruptcy Problem from the Talmud", 1985
    assert divided(proportional, 300, 100, 200, 300) == (50, 100, 150)
    assert divided(equal_awards, 300, 100, 200, 300) == (100, 100, 100)
    assert divided(equal_awards, 200, 100, 200, 300) == (Fraction(200, 3),) * 3
    assert divided(equal_awards, 400, 100, 200, 300) == (100, 150, 150)


def test_ten_seats_go_to_parties_by_largest_remainders() -> None:
    # Hamilton's method with a quota of 10,000 votes
    assert divided(largest_remainder, 10, 47_000, 16_000, 15_800, 12_000, 6_100, 3_100) == (5, 2, 1, 1, 1, 0)


@pytest.mark.parametrize("seed", range(40))
def test_markets_make_the_gains_that_an_optimal_assignment_makes(seed: int) -> None:
    choose = Random(seed)  # noqa: S311  # a test that repeats
    bids, asks = ([choose.randrange(30) for _ in range(choose.randrange(1, 8))] for _ in range(2))
    orders = [
        *(Order(f"buyer{number}", Side.BUY, price) for number, price in enumerate(bids)),
        *(Order(f"seller{number}", Side.SELL, price) for number, price in enumerate(asks)),
    ]
    choose.shuffle(orders)
    book = Book(tuple(orders))
    gains = [[max(bid - ask, 0) for ask in asks] for bid in bids]
    rows, columns = linear_sum_assignment(gains, maximize=True)
    most = sum(gains[row][column] for row, column in zip(rows, columns, strict=True))

    assert greatest_gain(book, "cpu") == most
    for rule in (midpoint, uniform_price, vickrey):
        outcome = rule(book)
        assert isinstance(outcome, Cleared)
        assert sum(gain(book, trade) for trade in outcome.trades) == most
