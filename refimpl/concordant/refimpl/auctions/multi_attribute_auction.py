"""The scoring rules: pure functions from offers to an award, which differ in what the winner is paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import evolve

from concordant.refimpl.machine import KnownViolation, NamedRule
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
)
from concordant.spec.auctions.multi_attribute_auction.tenders import FIRST_SCORE, SECOND_SCORE, TENDERS, truthful_offers
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount, ratio

Price: TypeAlias = Callable[[Tender, Offer, Amount], Amount]
"""What the winner is paid, given the tender, its offer and the second best score, which is 0 where there is no other."""


def first_score(tender: Tender) -> Outcome:
    """Award to the best score, and pay what the winner asks."""
    return award(tender, lambda _, won, __: won.cost)


def second_score(tender: Tender) -> Outcome:
    """Award to the best score, and pay what the winner could have asked with the second best."""
    return award(tender, dearest)


def award(tender: Tender, price: Price) -> Outcome:
    """Award to the best score among the acceptable offers; ties are broken by name."""
    reason = flaw(tender)
    if reason is not None:
        return reason
    scores = {offer.seller: score(tender, offer) for offer in tender.offers if acceptable(tender, offer)}
    if not scores:
        return NoAward()
    best = max(scores.values())
    tied = tuple(sorted(seller for seller, each in scores.items() if each == best))
    winner = tied[0]
    second = max((each for seller, each in scores.items() if seller != winner), default=0)
    (won,) = (offer for offer in tender.offers if offer.seller == winner)
    return Award(winner, price(tender, won, second), tied, Map.of(scores))


def flaw(tender: Tender) -> Rejected | None:
    """Return why a tender is refused; None where it is not."""
    sellers = [offer.seller for offer in tender.offers]
    criteria = [tender.cost, *tender.qualities.values()]
    terms = [number for each in criteria for number in (each.weight, each.worst, each.best)]
    offered = [number for offer in tender.offers for number in (offer.cost, *offer.qualities.values())]
    if not sellers:
        return NO_OFFERS
    if len(set(sellers)) < len(sellers):
        return DUPLICATE_SELLER
    if any(offer.qualities.keys() != tender.qualities.keys() for offer in tender.offers):
        return OTHER_CRITERIA
    if not all(is_amount(number) for number in (*terms, *offered)):
        return NOT_EXACT
    if any(number < 0 for number in (*terms, *offered)):
        return NEGATIVE
    if tender.cost.worst <= tender.cost.best or any(each.worst == each.best for each in tender.qualities.values()):
        return NO_RANGE
    if sum(each.weight for each in criteria) != 1:
        return NOT_ONE
    return None


def acceptable(tender: Tender, offer: Offer) -> bool:
    """Tell whether nothing in an offer is worse than the worst acceptable."""
    return all(distance(each, value) >= 0 for each, value in pairs(tender, offer))


def score(tender: Tender, offer: Offer) -> Amount:
    """Return the weighted score of an acceptable offer."""
    return sum(each.weight * min(distance(each, value), 1) for each, value in pairs(tender, offer))


def pairs(tender: Tender, offer: Offer) -> list[tuple[Criterion, Amount]]:
    """List each criterion with what is offered in it, the cost first."""
    return [(tender.cost, offer.cost), *((each, offer.qualities[name]) for name, each in tender.qualities.items())]


def distance(criterion: Criterion, value: Amount) -> Amount:
    """Return how far a value is on the way from the worst to the best, which are at 0 and 1. No other offer has a part in that."""
    return ratio(value - criterion.worst, criterion.best - criterion.worst)


def dearest(tender: Tender, won: Offer, second: Amount) -> Amount:
    """Return the highest cost with which an offer would have a score no worse than another: its own cost has no part in that."""
    cost = tender.cost
    needed = second - score(tender, evolve(won, cost=cost.worst))
    if needed <= 0:
        return cost.worst
    return cost.worst - ratio(needed, cost.weight) * (cost.worst - cost.best)


FIRST_SCORE_AUCTION = NamedRule("first score", first_score, TENDERS, FIRST_SCORE)
SECOND_SCORE_AUCTION = NamedRule("second score", second_score, TENDERS, SECOND_SCORE)

ASKS_MORE = KnownViolation(
    truthful_offers,
    "By the first score a lone seller whose cost is 0 is paid 0; if it asks 1, it wins too, and gains 1.",
    FIRST_SCORE_AUCTION.on(2),
    id="MCA-10",
    witness={
        "sellers": 1,
        "terms": "cost alone",
        "cost of seller0": 0,
        "who lies": "seller0",
        "the cost claimed": 1,
    },
)
