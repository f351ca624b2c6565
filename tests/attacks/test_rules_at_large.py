"""Changes to shipped rules that no clause and no theorem noticed: each showed only where no grid had drawn.

More bidders, options, units or resources; a tie of names that sort otherwise; any k; two flaws at once; and what an outcome
holds besides.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.registry import protocol
from concordant.spec.auctions import clarke_mechanism
from concordant.spec.auctions.shared import auctions
from concordant.spec.auctions.shared.auctions import Direction, Sale
from concordant.spec.markets.shared import orders
from concordant.spec.markets.shared.orders import Cleared
from concordant.spec.vocabulary import Map, is_amount
from concordant.spec.voting.majority_vote import THRESHOLD_OUT_OF_RANGE
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.voting import Elected, Election, condorcet_loser_is_not_elected, majority_winner_is_elected, pareto

Change = Callable[[Callable[..., Any]], Callable[..., Any]]

AUCTIONS, VICKREY = "concordant.refimpl.auctions.shared.auctions", "concordant.refimpl.auctions.vickrey_auction"
CLARKE, BORDA = "concordant.refimpl.auctions.clarke_mechanism", "concordant.refimpl.voting.borda_count"
VOTING, MAJORITY = "concordant.refimpl.voting.shared.voting", "concordant.refimpl.voting.majority_vote"
MATCHING, DOUBLE = "concordant.refimpl.markets.shared.matching", "concordant.refimpl.markets.call_double_auction"
ALLOCATION = "concordant.refimpl.allocation.proportional_allocation"


def sale(change: Callable[[Any, Sale], Any]) -> Change:
    """Change what is sold."""

    def changed(award: Callable[..., Any]) -> Callable[..., Any]:
        def wrong(profile: Any, price: Any) -> Any:
            outcome = award(profile, price)
            return change(profile, outcome) if isinstance(outcome, Sale) else outcome

        return wrong

    return changed


def left(change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Change:
    """Change what is left of a book."""

    def changed(clear: Callable[..., Any]) -> Callable[..., Any]:
        def wrong(book: Any, pricing: Any) -> Any:
            outcome = clear(book, pricing)
            return evolve(outcome, left=change(outcome.left)) if isinstance(outcome, Cleared) else outcome

        return wrong

    return changed


def unless(condition: Callable[..., bool], otherwise: Callable[..., Any]) -> Change:
    """Do otherwise where a condition holds."""
    return lambda right: lambda *given: otherwise(*given) if condition(*given) else right(*given)


def by(key: Callable[[str], Any]) -> Callable[[Any, Sale], Any]:
    """Break ties by a key."""
    return lambda _, sold: evolve(sold, tied=tuple(sorted(sold.tied, key=key)), winner=min(sold.tied, key=key))


def first(*reasons: tuple[Any, Callable[[Any], bool]]) -> Change:
    """Ask for some flaws before the others."""
    return lambda flaw: (
        lambda profile: next((reason for reason, is_broken in reasons if flaw(profile) and is_broken(profile)), flaw(profile))
    )


def scored(more: dict[str, Any]) -> Change:
    """Keep scores of others."""

    def changed(elected_by: Callable[..., Any]) -> Callable[..., Any]:
        def wrong(election: Any, score: Any) -> Any:
            outcome = elected_by(election, score)
            return evolve(outcome, scores=Map.of({**dict(outcome.scores.items()), **more})) if isinstance(outcome, Elected) else outcome

        return wrong

    return changed


def part_way(matched: Any, k: Any) -> Any:
    """Price by k what has one price."""
    prices = (match.ask.price + k * (match.bid.price - match.ask.price) for match in matched.matches)
    return tuple(match.trade(price, price) for match, price in zip(matched.matches, prices, strict=True))


NOBODYS = orders.Order("nobody", orders.Side.BUY, 0, 1, "nothing")
THE_ONE = "vickrey_auction", "small", VICKREY
CHANGES: dict[str, tuple[str, str, str, str, Change]] = {
    "seven bidders pay the first price": (
        *THE_ONE,
        "best_of_the_others",
        unless(lambda _, taken, __: len(taken) > 6, lambda _, t, w: t[w]),
    ),
    "four bidders pay it where there is a reserve": (
        *THE_ONE,
        "best_of_the_others",
        unless(lambda profile, taken, _: len(taken) == 4 and profile.reserve > 0, lambda _, t, w: t[w]),
    ),
    "ties of names without regard to case": (*THE_ONE, "award", sale(by(str.lower))),
    "ties by length of names": (*THE_ONE, "award", sale(by(lambda name: (len(name), name)))),
    "who has an empty name never wins": (*THE_ONE, "award", sale(lambda _, sold: sold if sold.winner else auctions.NoSale())),
    "four options are scored as in plurality": (
        "borda_count",
        "small",
        BORDA,
        "points",
        unless(lambda _, __, options: options > 3, lambda ranking, option, _: int(ranking[:1] == (option,))),
    ),
    "a truncated ballot has no weight": (
        "borda_count",
        "small",
        BORDA,
        "points",
        unless(lambda ranking, _, options: 0 < len(ranking) < options - 1, lambda *_: 0),
    ),
    "one who does not stand has a score": ("borda_count", "small", BORDA, "elected_by", scored({"nobody": 0})),
    "a score is a truth": ("borda_count", "small", BORDA, "elected_by", scored({"a": False})),
    "of four options nobody's votes are counted": (
        "majority_vote",
        "small",
        MAJORITY,
        "votes",
        unless(lambda poll, _: len(poll.options) > 3, lambda *_: 0),
    ),
    "a threshold above two thirds need not be passed": (
        "majority_vote",
        "small",
        MAJORITY,
        "is_enough",
        unless(lambda poll, _: poll.threshold > Fraction(2, 3), lambda poll, votes: votes >= poll.threshold * poll.electorate),
    ),
    "of four agents nobody pays": (
        "clarke_mechanism",
        "three_agents",
        CLARKE,
        "tax",
        unless(lambda poll, *_: len(poll.valuations) > 3, lambda *_: 0),
    ),
    "no tax is a truth": ("clarke_mechanism", "three_agents", CLARKE, "tax", lambda tax: lambda *given: tax(*given) or False),
    "four claimants claim twice": (
        "proportional_allocation",
        "small",
        ALLOCATION,
        "claimed",
        lambda claimed: lambda problem: claimed(problem) * (2 if len(problem.claims) > 3 else 1),
    ),
    "dozens of whole units are claimed once more": (
        "proportional_allocation",
        "whole_units",
        ALLOCATION,
        "claimed",
        lambda claimed: lambda problem: claimed(problem) + (claimed(problem) > 24),
    ),
    "the midpoint depends on k": ("call_double_auction", "midpoint", DOUBLE, "at_the_midpoint_of_each_pair", lambda _: part_way),
    "Vickrey's market has one price where k is no half": (
        "call_double_auction",
        "vickrey",
        DOUBLE,
        "at_what_others_lose",
        unless(lambda _, k: k * 2 != 1, lambda matched, k: part_way(matched, k)),
    ),
    "a third resource is not traded": (
        "call_double_auction",
        "uniform",
        MATCHING,
        "match_orders",
        lambda match: lambda book, resource: evolve(match(book, resource), matches=()) if resource == "disk" else match(book, resource),
    ),
    "what is left is sorted by trader": (
        "call_double_auction",
        "midpoint",
        DOUBLE,
        "clear",
        left(lambda orders: tuple(sorted(orders, key=lambda order: str(order.trader)))),
    ),
    "an order of nobody's is left": (
        "call_double_auction",
        "midpoint",
        DOUBLE,
        "clear",
        left(lambda rest: (*(order for order in rest if order != NOBODYS), NOBODYS)),
    ),
    "a price that is left is forgotten": (
        "call_double_auction",
        "midpoint",
        DOUBLE,
        "clear",
        left(lambda rest: tuple(evolve(order, price=0) if order.side is orders.Side.BUY else order for order in rest)),
    ),
    "a quantity is a fraction": (
        "call_double_auction",
        "midpoint",
        MATCHING,
        "Match",
        lambda match: lambda bid, ask, units: match(bid, ask, Fraction(units)),
    ),
    "no direction before whatever else is wrong": (
        "vickrey_auction",
        "malformed",
        AUCTIONS,
        "flaw",
        first((auctions.NO_DIRECTION, lambda profile: bool(profile.bids) and not isinstance(profile.direction, Direction))),
    ),
    "what is not exact before who bids twice": (
        "vickrey_auction",
        "malformed",
        AUCTIONS,
        "flaw",
        first((auctions.NOT_EXACT, lambda profile: bool(profile.bids) and not is_amount(profile.reserve))),
    ),
    "a negative weight before who votes twice": (
        "borda_count",
        "malformed",
        VOTING,
        "flaw",
        first((voting.NEGATIVE, lambda election: any(is_amount(each.weight) and each.weight < 0 for each in election.ballots))),
    ),
    "the threshold before a negative electorate": (
        "majority_vote",
        "malformed",
        MAJORITY,
        "flaw",
        lambda flaw: (
            lambda poll: (
                THRESHOLD_OUT_OF_RANGE
                if flaw(poll) == voting.NEGATIVE and is_amount(poll.threshold) and not 1 <= 2 * poll.threshold <= 2
                else flaw(poll)
            )
        ),
    ),
    "too few values before an agent twice": (
        "clarke_mechanism",
        "malformed",
        CLARKE,
        "flaw",
        first((clarke_mechanism.NOT_EVERY_OPTION, lambda poll: any(len(each.values) != len(poll.options) for each in poll.valuations))),
    ),
    "two orders before no units": (
        "call_double_auction",
        "malformed_midpoint",
        MATCHING,
        "flaw",
        first((orders.TWO_ORDERS, lambda book: len({order.trader for order in book.orders}) < len(book.orders))),
    ),
}


@pytest.mark.parametrize(("stem", "grid", "module", "name", "change"), CHANGES.values(), ids=CHANGES)
def test_a_rule_that_is_wrong_where_no_grid_has_drawn_is_noticed_by_a_clause(
    stem: str, grid: str, module: str, name: str, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    (judged,) = (each for each in protocol(stem).grids if each.name == grid)
    home = importlib.import_module(module)
    monkeypatch.setattr(home, name, change(getattr(home, name)))

    assert Status.VIOLATED in {verdict.status for verdict in judge_grid(judged).verdicts}


# ---- clauses that did not say what they say


def elected(winner: str, *tied: str) -> Elected:
    return Elected(winner, tied, Map.of({"a": 1, "b": 0}))


@pytest.mark.parametrize("clause", [majority_winner_is_elected, condorcet_loser_is_not_elected, pareto], ids=lambda clause: clause.name)
def test_who_wins_is_looked_at_and_not_only_who_is_said_to_be_tied(clause: Any) -> None:
    all_for_a = Election(("a", "b"), (voting.Ballot("ann", ("a", "b")),))

    assert all(each.holds for each in clause.cases(all_for_a, elected("a", "a")))
    assert not all(each.holds for each in clause.cases(all_for_a, elected("b", "a")))


def test_who_stands_alone_has_lost_no_contest() -> None:
    assert list(condorcet_loser_is_not_elected.cases(Election(("a",), (voting.Ballot("ann", ("a",)),)), elected("a", "a"))) == []
