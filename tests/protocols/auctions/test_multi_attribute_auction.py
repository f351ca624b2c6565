"""The scoring rules, offers in and award out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.mechanisms.refute import replay_draws
from concordant.pitfalls.auctions.multi_attribute_auction.rules import scored
from concordant.pitfalls.auctions.multi_attribute_auction.written import as_written, unrequired, without_limit
from concordant.refimpl.auctions.multi_attribute_auction import ASKS_MORE, first_score, second_score
from concordant.spec.auctions.multi_attribute_auction import (
    DUPLICATE_SELLER,
    NEGATIVE,
    NO_OFFERS,
    NO_RANGE,
    NOT_EXACT,
    NOT_ONE,
    OTHER_CRITERIA,
    Award,
    Criterion,
    NoAward,
    Offer,
    Outcome,
    Tender,
    acceptable,
    offer_of,
    score,
)
from concordant.spec.auctions.multi_attribute_auction.clauses import a_better_offer_still_wins, a_loser_decides_nothing, promised, utility
from concordant.spec.auctions.multi_attribute_auction.tenders import FIRST_SCORE
from concordant.spec.vocabulary import ForAll, Map, Rejected
from concordant.spec.vocabulary.draws import Recorded

HALF = Fraction(1, 2)
COST = Criterion(HALF, 110, 10)
QUALITY = Criterion(HALF, 0, 1)


def tender(*offers: tuple[Any, Any], cost: Criterion = COST, quality: Criterion = QUALITY) -> Tender:
    named = zip(("ann", "bob", "cay"), offers, strict=False)
    return Tender(cost, Map.of({"quality": quality}), tuple(Offer(name, asked, Map.of({"quality": good})) for name, (asked, good) in named))


def award(winner: str, price: Any, *tied: str, **scores: Any) -> Award:
    return Award(winner, price, tied or (winner,), Map.of(scores))


@pytest.mark.parametrize(
    ("given", "first", "second"),
    [
        (tender((10, HALF), (60, 1)), award("ann", 10, "ann", "bob", ann=Fraction(3, 4), bob=Fraction(3, 4)), 10),
        (tender((10, 1), (60, HALF)), award("ann", 10, ann=1, bob=HALF), 110),
        (tender((60, HALF), (10, HALF)), award("bob", 10, ann=HALF, bob=Fraction(3, 4)), 60),
        (tender((35, 1)), award("ann", 35, ann=Fraction(7, 8)), 110),
        (tender((0, 2), (111, 1)), award("ann", 0, ann=1), 110),
        (tender((110, 0)), award("ann", 110, ann=0), 110),
    ],
)
def test_the_best_score_wins_and_is_paid_what_it_asks_or_what_it_could_have_asked(given: Tender, first: Award, second: int) -> None:
    assert first_score(given) == first
    assert second_score(given) == evolve(first, price=second)
    assert second_score(evolve(given, offers=given.offers[::-1])) == evolve(first, price=second)


def test_an_offer_that_is_worse_than_the_worst_in_anything_is_out() -> None:
    strict = Criterion(HALF, HALF, 1)

    assert first_score(tender((10, 0), (111, 1), quality=strict)) == NoAward()
    assert [
        acceptable(tender(quality=strict), Offer("ann", cost, Map.of({"quality": good})))
        for cost, good in ((110, HALF), (110, 0), (111, 1))
    ] == [
        True,
        False,
        False,
    ]


def test_of_a_delay_less_is_better() -> None:
    given = tender((10, 3), (10, 1), cost=Criterion(0, 20, 0), quality=Criterion(1, 4, 0))

    assert second_score(given) == award("bob", 20, ann=Fraction(1, 4), bob=Fraction(3, 4))


def test_nobody_can_promise_better_than_it_is() -> None:
    less, more = Recorded({"quality promised": 1}), Recorded({"quality promised, beyond what it is": 1})

    assert [promised(less, "quality", QUALITY, 2), promised(more, "quality", Criterion(1, 4, 0), 2)] == [1, 3]
    with pytest.raises(ValueError, match="between 0 and"):
        promised(Recorded({"quality promised": 3}), "quality", QUALITY, 2)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (tender(), NO_OFFERS),
        (evolve(tender((1, 1)), offers=tender((1, 1)).offers * 2), DUPLICATE_SELLER),
        (evolve(tender((1, 1)), qualities=Map()), OTHER_CRITERIA),
        (tender((0.5, 1)), NOT_EXACT),
        (tender((1, None)), NOT_EXACT),
        (tender((1, 1), cost=Criterion(HALF, 110, "10")), NOT_EXACT),  # type: ignore[arg-type]
        (tender((-1, 1)), NEGATIVE),
        (tender((1, 1), cost=Criterion(-1, 110, 10), quality=Criterion(2, 0, 1)), NEGATIVE),
        (tender((1, 1), quality=Criterion(HALF, 1, 1)), NO_RANGE),
        (tender((1, 1), cost=Criterion(HALF, 10, 110)), NO_RANGE),
        (tender((1, 1), cost=Criterion(1, 110, 10)), NOT_ONE),
    ],
)
def test_a_malformed_tender_is_rejected_with_the_reason_of_its_rule(given: Tender, reason: Rejected) -> None:
    assert [first_score(given), second_score(given)] == [reason, reason]


def test_only_one_promise_is_about_a_rejection() -> None:
    clauses = [clause for clause in FIRST_SCORE if isinstance(clause, ForAll)]

    assert [clause.name for clause in clauses if list(clause.cases(tender(), NO_OFFERS))] == ["malformed_tenders_are_rejected"]
    assert [utility(tender((1, 1)), "ann", outcome) for outcome in (NoAward(), NO_OFFERS)] == [0, 0]
    assert offer_of(tender((1, 1)), "bob") is None


def test_where_nobody_wins_there_is_no_loser_to_withdraw_and_nothing_to_improve() -> None:
    nobody = tender((111, 1))

    assert list(a_loser_decides_nothing.cases(first_score, nobody, Recorded({}))) == []
    assert list(a_loser_decides_nothing.cases(first_score, tender((1, 1)), Recorded({}))) == []
    assert list(a_better_offer_still_wins.cases(first_score, nobody, Recorded({}))) == []


def test_by_the_first_score_asking_more_pays() -> None:
    assert [replay_draws(ASKS_MORE).facts[name] for name in ("gains", "would_gain")] == [0, 1]


def test_a_loser_turns_the_documents_evaluation_round() -> None:
    two, three = tender((10, HALF), (20, Fraction(9, 10))), tender((10, HALF), (20, Fraction(9, 10)), (110, 0))

    def told(outcome: Outcome) -> tuple[str, Any, Any]:
        assert isinstance(outcome, Award)
        return outcome.winner, outcome.scores["ann"], outcome.scores["bob"]

    assert told(as_written(two)) == ("ann", Fraction(3, 4), Fraction(9, 20))
    assert told(as_written(three)) == ("bob", Fraction(3, 4), Fraction(9, 10))
    assert [told(first_score(given))[0] for given in (two, three)] == ["bob", "bob"]


def test_the_documents_evaluation_goes_wrong_as_it_did() -> None:
    dummy = Tender(COST, Map.of({"quality": QUALITY}), (*tender((10, HALF), (110, 0)).offers, Offer("bob", 20, Map.of({"quality": 1}))))

    assert as_written(dummy) == award("bob", 20, ann=Fraction(3, 4), bob=Fraction(95, 100))
    assert as_written(tender()) == NoAward()
    assert as_written(tender((5, 0))) == award("ann", 5, ann=0)
    with pytest.raises(KeyError):
        as_written(Tender(COST, Map.of({"quality": QUALITY}), (Offer("ann", 1, Map()),)))


def test_a_quality_without_a_limit_makes_up_for_everything_and_one_that_is_required_is_not_asked_for() -> None:
    given = tender((110, 50), (10, HALF))

    assert scored(without_limit)(given) == award("ann", 110, ann=25, bob=Fraction(3, 4))
    assert scored(unrequired)(tender((10, 0), quality=Criterion(HALF, HALF, 1))) == award("ann", 10, ann=HALF)
    assert score(given, given.offers[0]) == HALF
