"""What goes wrong with the documents' evaluation as written: it measures bids against each other, and asks of them nothing."""

from __future__ import annotations

from concordant.pitfalls.auctions.multi_attribute_auction.rules import BOTH, COST_ALONE, REQUIRED, scored, to_the_best
from concordant.refimpl.auctions.multi_attribute_auction import (
    FIRST_SCORE_AUCTION,
    distance,
)
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.auctions.multi_attribute_auction import (
    Criterion,
    Outcome,
    Tender,
)
from concordant.spec.auctions.multi_attribute_auction import clauses as spec
from concordant.spec.vocabulary import Amount, ratio


def as_written(tender: Tender) -> Outcome:
    """Measure each cost against the highest and the lowest that are offered, take qualities as they come, and add up what has a weight."""
    scores: dict[str, Amount] = {}
    for offer in tender.offers:
        costs = [each.cost for each in tender.offers]
        spread = max(costs) - min(costs) if max(costs) > min(costs) else 1
        measured = tender.cost.weight * ratio(max(costs) - offer.cost, spread)
        scores[offer.seller] = measured + sum(each.weight * offer.qualities[name] for name, each in tender.qualities.items())
    return to_the_best(tender, scores)


def known_qualities_only(tender: Tender) -> Outcome:
    """Look for each quality in an offer, and go on without it where it is not there."""
    scores: dict[str, Amount] = {}
    for offer in tender.offers:
        known = [
            (tender.cost, offer.cost),
            *((each, offer.qualities[name]) for name, each in tender.qualities.items() if name in offer.qualities),
        ]
        scores[offer.seller] = sum(each.weight * min(distance(each, value), 1) for each, value in known)
    return to_the_best(tender, scores)


def without_limit(criterion: Criterion, value: Amount) -> Amount:
    """Count also what is better than the best."""
    return criterion.weight * distance(criterion, value)


def unrequired(criterion: Criterion, value: Amount) -> Amount:
    """Count what is worse than the worst as the worst."""
    return criterion.weight * max(0, min(distance(criterion, value), 1))


A_LOSER_DECIDES = Pitfall(
    "MCA-1",
    "Costs are measured against the dearest and the cheapest offer: a loser that asks much makes other offers look alike.",
    breaks=spec.a_loser_decides_nothing,
    subject=FIRST_SCORE_AUCTION.replaced_by(as_written).on(3, BOTH),
    length=9,
)
TWO_OFFERS = Pitfall(
    "MCA-2",
    "Offers are kept by seller: a first, dear one of the same seller sets the scale, and the second counts.",
    breaks=spec.malformed_tenders_are_rejected,
    subject=FIRST_SCORE_AUCTION.replaced_by(as_written).on_malformed(("a seller twice",)),
    length=7,
)
UNKNOWN_CRITERION = Pitfall(
    "MCA-3",
    "A criterion that no offer covers is passed over, with its weight: scores mean something else than was published.",
    breaks=spec.malformed_tenders_are_rejected,
    subject=FIRST_SCORE_AUCTION.replaced_by(known_qualities_only).on_malformed(("a quality is missing",)),
    length=6,
)
WITHOUT_LIMIT = Pitfall(
    "MCA-4",
    "Better than the best counts still more: enough of one quality makes up for everything.",
    breaks=spec.scores_are_between_0_and_1,
    subject=FIRST_SCORE_AUCTION.replaced_by(scored(without_limit), "without limit").on(1, BOTH),
    length=4,
)
NEGATIVE_WEIGHT = Pitfall(
    "MCA-5",
    "A weight may be negative: the dearest offer wins.",
    breaks=spec.malformed_tenders_are_rejected,
    subject=FIRST_SCORE_AUCTION.replaced_by(as_written).on_malformed(("the weight of the cost",), ("negative",)),
    length=7,
)
NO_ASSESSMENT = Pitfall(
    "MCA-6",
    "One offer lacks what is looked up for all: the whole auction ends in an error.",
    breaks=spec.malformed_tenders_are_rejected,
    subject=FIRST_SCORE_AUCTION.replaced_by(as_written).on_malformed(("a quality is missing",)),
    length=6,
    raises=True,
)
NO_OFFERS = Pitfall(
    "MCA-7",
    "Of no offers at all there are no scores, and it is undefined who wins.",
    breaks=spec.malformed_tenders_are_rejected,
    subject=FIRST_SCORE_AUCTION.replaced_by(as_written).on_malformed(("no offer",)),
    length=6,
)
EQUAL_COSTS = Pitfall(
    "MCA-8",
    "Where all ask the same, cost counts for nothing at all: everybody is the dearest.",
    breaks=spec.scores_are_as_published,
    subject=FIRST_SCORE_AUCTION.replaced_by(as_written).on(1, COST_ALONE),
    length=3,
)
NEGATIVE_COST = Pitfall(
    "MCA-9",
    "A negative cost is taken, and stretches the scale for all.",
    breaks=spec.malformed_tenders_are_rejected,
    subject=FIRST_SCORE_AUCTION.replaced_by(as_written).on_malformed(("a cost",), ("negative",)),
    length=7,
)
COUNTED_TWICE = Unmodelled(
    "MCA-11", Reason.SAME, "Offers are counted where sellers are: the two differ only where a seller makes two.", same="MCA-2"
)
INNOVATION = Unmodelled("MCA-12", Reason.NO_CODE, "`_assess_bid_innovation` is called and defined nowhere; a rule has no past.")
NO_REQUIREMENTS = Pitfall(
    "MCA-13",
    "What is required is passed along and never asked: who does not meet it can win.",
    breaks=spec.awarded_if_an_offer_is_acceptable,
    subject=FIRST_SCORE_AUCTION.replaced_by(scored(unrequired), "unrequired").on(1, REQUIRED),
    length=4,
)
NO_REQUIREMENTS_SCORES = Pitfall(
    "MCA-13/scores",
    "The same: it is scored like the others.",
    breaks=spec.scores_are_as_published,
    subject=FIRST_SCORE_AUCTION.replaced_by(scored(unrequired), "unrequired").on(2, REQUIRED),
    length=4,
)
BELOW_NOTHING = Pitfall(
    "MCA-13/below",
    "Who asks more than is acceptable has a score below 0, and can win.",
    breaks=spec.scores_are_between_0_and_1,
    subject=FIRST_SCORE_AUCTION.replaced_by(scored(without_limit), "without limit").on(1, COST_ALONE),
    length=3,
)
