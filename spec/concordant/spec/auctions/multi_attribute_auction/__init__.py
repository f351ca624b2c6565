"""Multi-attribute auction: a buyer publishes how it scores cost and quality, and the offer with the best score wins.

Source: Che, "Design Competition through Multidimensional Auctions", 1993; Asker and Cantillon, "Properties of Scoring
Auctions", 2008. What a score is made of is published beforehand: a weight for each criterion, and the worst and the best value
of it that make a difference. An offer that is worse than the worst in anything is out, and better than the best is no better.
To measure offers against each other instead makes a loser decide who wins (Belton and Gear 1983).

By the first score the winner is paid what it asks, by the second what it could have asked and still won: then it is best to ask
one's cost and to promise all that one can. A seller may deliver less than it could, but not promise more: the buyer looks.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary import Amount, Flaws, Map, Rejected, is_amount, ratio

# ---- profile and outcome


@frozen
class Criterion:
    """How much it counts, the worst value that is acceptable, and the best that counts; of a cost the best is the lower."""

    weight: Amount
    worst: Amount
    best: Amount


@frozen
class Offer:
    """What one seller asks, and the qualities that it promises, by name."""

    seller: str
    cost: Amount
    qualities: Map[str, Amount]


@frozen
class Tender:
    """How costs and each quality count, and all offers, in the order in which they came."""

    cost: Criterion
    qualities: Map[str, Criterion]
    offers: tuple[Offer, ...]


@frozen
class Award:
    """Who wins, what it is paid, all with as good a score, sorted, the winner among them; and the scores of all acceptable offers."""

    winner: str
    price: Amount
    tied: tuple[str, ...]
    scores: Map[str, Amount]


@frozen
class NoAward:
    """No offer is acceptable."""


Outcome: TypeAlias = Award | NoAward | Rejected
Rule: TypeAlias = Callable[[Tender], Outcome]

NO_OFFERS = Rejected("there is no offer")
DUPLICATE_SELLER = Rejected("a seller makes two offers")
OTHER_CRITERIA = Rejected("an offer does not cover every quality, or covers others")
NOT_EXACT = Rejected("a number is no exact amount")
NEGATIVE = Rejected("a number is negative")
NO_RANGE = Rejected("the worst value of a criterion is also the best, or a cost is better the higher it is")
NOT_ONE = Rejected("the weights do not add up to 1")


def criteria(tender: Tender) -> tuple[Criterion, ...]:
    """List all criteria, the cost first."""
    return (tender.cost, *tender.qualities.values())


def numbers(tender: Tender) -> tuple[Amount, ...]:
    """List all numbers of a tender."""
    terms = tuple(number for each in criteria(tender) for number in (each.weight, each.worst, each.best))
    return (*terms, *(number for offer in tender.offers for number in (offer.cost, *offer.qualities.values())))


REJECTED: Flaws[Tender] = (
    (NO_OFFERS, lambda tender: tender.offers == ()),
    (DUPLICATE_SELLER, lambda tender: any(one.seller == other.seller for one, other in combinations(tender.offers, 2))),
    (OTHER_CRITERIA, lambda tender: any(offer.qualities.keys() != tender.qualities.keys() for offer in tender.offers)),
    (NOT_EXACT, lambda tender: not all(map(is_amount, numbers(tender)))),
    (NEGATIVE, lambda tender: any(number < 0 for number in numbers(tender))),
    (NO_RANGE, lambda tender: any(each.worst == each.best for each in criteria(tender)) or tender.cost.best > tender.cost.worst),
    (NOT_ONE, lambda tender: sum(each.weight for each in criteria(tender)) != 1),
)
"""What is rejected, and why."""


def acceptable(tender: Tender, offer: Offer) -> bool:
    """Tell whether an offer is nowhere worse than the worst that is acceptable."""
    values = [(tender.cost, offer.cost), *((each, offer.qualities[name]) for name, each in tender.qualities.items())]
    return all(value <= each.worst if each.best < each.worst else value >= each.worst for each, value in values)


def score(tender: Tender, offer: Offer) -> Amount:
    """Return the weighted score of an acceptable offer: 0 if it is the worst in everything, 1 if nothing could be better."""
    values = [(tender.cost, offer.cost), *((each, offer.qualities[name]) for name, each in tender.qualities.items())]
    return sum(each.weight * min(1, ratio(each.worst - value, each.worst - each.best)) for each, value in values)


def offer_of(tender: Tender, seller: str) -> Offer | None:
    """Return what a seller offers; None if it does not."""
    return next((offer for offer in tender.offers if offer.seller == seller), None)


def winner(outcome: Outcome) -> str | None:
    """Return who wins; None if nobody does."""
    return outcome.winner if isinstance(outcome, Award) else None


def won(tender: Tender, outcome: Outcome) -> tuple[tuple[Offer, Amount], ...]:
    """Return the offer that wins with what is paid for it, if one does."""
    return tuple((offer, outcome.price) for offer in tender.offers if isinstance(outcome, Award) and offer.seller == outcome.winner)
