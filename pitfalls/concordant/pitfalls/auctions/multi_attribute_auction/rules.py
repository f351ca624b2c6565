"""What several of the mistakes share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from concordant.refimpl.auctions.multi_attribute_auction import (
    pairs,
    second_score,
)
from concordant.spec.auctions.multi_attribute_auction import (
    Award,
    Criterion,
    NoAward,
    Outcome,
    Rule,
    Tender,
)
from concordant.spec.vocabulary import Amount, Map

COST_ALONE, BOTH, REQUIRED = ("cost alone",), ("cost and quality",), ("some quality is required",)


def to_the_best(tender: Tender, scores: dict[str, Amount]) -> Outcome:
    """Award to the best score, at what the last offer of its seller asks."""
    if not scores:
        return NoAward()
    tied = tuple(sorted(seller for seller, each in scores.items() if each == max(scores.values())))
    asked = {offer.seller: offer.cost for offer in tender.offers}
    return Award(tied[0], asked[tied[0]], tied, Map.of(scores))


def scored(score: Callable[[Criterion, Amount], Amount]) -> Rule:
    """Score each value in another way, whether it is acceptable or not."""

    def rule(tender: Tender) -> Outcome:
        scores = {offer.seller: sum(score(each, value) for each, value in pairs(tender, offer)) for offer in tender.offers}
        return to_the_best(tender, scores)

    return rule


def told(change: Callable[[Tender, Award], Outcome], rule: Rule = second_score) -> Rule:
    """Award as one should, and make something else of it."""

    def changed(tender: Tender) -> Outcome:
        outcome = rule(tender)
        return change(tender, outcome) if isinstance(outcome, Award) else outcome

    return changed


def in_binary(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Compute scores and price as binary fractions."""
    scores: Any = Map.of({seller: (1 / 1) * each for seller, each in award.scores.items()})
    price: Any = award.price / 1
    return evolve(award, scores=scores, price=price)


def a_winner_at_any_rate(tender: Tender) -> Outcome:
    """Where no offer is acceptable, take the first by name."""
    outcome = second_score(tender)
    if outcome != NoAward():
        return outcome
    seller = min(offer.seller for offer in tender.offers)
    return Award(seller, tender.cost.worst, (seller,), Map.of({seller: 0}))
