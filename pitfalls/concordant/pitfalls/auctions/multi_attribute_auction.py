"""What goes wrong with scoring auctions: the documents' evaluation as written, which measures bids against each other, and prices that are no second score."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from concordant.refimpl.auctions.multi_attribute_auction import (
    FIRST_SCORE_AUCTION,
    SECOND_SCORE_AUCTION,
    award,
    distance,
    first_score,
    pairs,
    second_score,
)
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.auctions.multi_attribute_auction import (
    NEGATIVE,
    NOT_EXACT,
    NOT_ONE,
    OTHER_CRITERIA,
    Award,
    Criterion,
    NoAward,
    Outcome,
    Rule,
    Tender,
)
from concordant.spec.auctions.multi_attribute_auction import clauses as spec
from concordant.spec.auctions.multi_attribute_auction.tenders import truthful_offers
from concordant.spec.vocabulary import Amount, Map, ratio

COST_ALONE, BOTH, REQUIRED = ("cost alone",), ("cost and quality",), ("some quality is required",)

# ---- as written


def as_written(tender: Tender) -> Outcome:
    """Measure each cost against the highest and the lowest that are offered, take qualities as they come, and add up what has a weight."""
    scores: dict[str, Amount] = {}
    for offer in tender.offers:
        costs = [each.cost for each in tender.offers]
        spread = max(costs) - min(costs) if max(costs) > min(costs) else 1
        measured = tender.cost.weight * ratio(max(costs) - offer.cost, spread)
        scores[offer.seller] = measured + sum(each.weight * offer.qualities[name] for name, each in tender.qualities.items())
    return to_the_best(tender, scores)


def to_the_best(tender: Tender, scores: dict[str, Amount]) -> Outcome:
    """Award to the best score, at what the last offer of its seller asks."""
    if not scores:
        return NoAward()
    tied = tuple(sorted(seller for seller, each in scores.items() if each == max(scores.values())))
    asked = {offer.seller: offer.cost for offer in tender.offers}
    return Award(tied[0], asked[tied[0]], tied, Map.of(scores))


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


# ---- other scores


def scored(score: Callable[[Criterion, Amount], Amount]) -> Rule:
    """Score each value in another way, whether it is acceptable or not."""

    def rule(tender: Tender) -> Outcome:
        scores = {offer.seller: sum(score(each, value) for each, value in pairs(tender, offer)) for offer in tender.offers}
        return to_the_best(tender, scores)

    return rule


def without_limit(criterion: Criterion, value: Amount) -> Amount:
    """Count also what is better than the best."""
    return criterion.weight * distance(criterion, value)


def unrequired(criterion: Criterion, value: Amount) -> Amount:
    """Count what is worse than the worst as the worst."""
    return criterion.weight * max(0, min(distance(criterion, value), 1))


def more_is_better(criterion: Criterion, value: Amount) -> Amount:
    """Forget that of a cost less is better."""
    lowest, highest = min(criterion.worst, criterion.best), max(criterion.worst, criterion.best)
    return criterion.weight * max(0, min(ratio(value - lowest, highest - lowest), 1))


# ---- other words and prices


def told(change: Callable[[Tender, Award], Outcome], rule: Rule = second_score) -> Rule:
    """Award as one should, and make something else of it."""

    def changed(tender: Tender) -> Outcome:
        outcome = rule(tender)
        return change(tender, outcome) if isinstance(outcome, Award) else outcome

    return changed


def last_by_name(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Award to the last by name of those with the best score."""
    return evolve(award, winner=award.tied[-1])


def tied_in_any_order(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Name the winner, and then the others from the last to the first."""
    return evolve(award, tied=(award.tied[0], *award.tied[:0:-1]))


def winner_named_twice(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Add the winner to those who are tied, among whom it is already."""
    return evolve(award, tied=(award.winner, *award.tied))


def ties_untold(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Name the winner only."""
    return evolve(award, tied=(award.winner,))


def to_the_cheapest(tender: Tender, award: Award) -> Outcome:
    """Award to the lowest cost, whatever the scores are, and name those who have the same score."""
    cheapest = min((offer for offer in tender.offers if offer.seller in award.scores), key=lambda offer: offer.cost)
    score = award.scores[cheapest.seller]
    tied = tuple(sorted(seller for seller, each in award.scores.items() if each == score))
    return evolve(award, winner=tied[0], tied=tied)


def first_come(tender: Tender, award: Award) -> Outcome:
    """Award to whoever is listed first of those with the best score."""
    return evolve(award, winner=next(offer.seller for offer in tender.offers if offer.seller in award.tied))


def only_the_winners_score(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Keep the losers' scores to oneself."""
    return evolve(award, scores=Map.of({award.winner: award.scores[award.winner]}))


def in_percent(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Tell scores in percent."""
    return evolve(award, scores=Map.of({seller: 100 * each for seller, each in award.scores.items()}))


def in_binary(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Compute scores and price as binary fractions."""
    scores: Any = Map.of({seller: (1 / 1) * each for seller, each in award.scores.items()})
    price: Any = award.price / 1
    return evolve(award, scores=scores, price=price)


def second_cost(tender: Tender, award: Award) -> Outcome:
    """Pay the winner what the next lowest cost is, whatever else the two offers promise."""
    costs = [offer.cost for offer in tender.offers if offer.seller in award.scores and offer.seller != award.winner]
    return evolve(award, price=min((tender.cost.worst, *costs)))


def losers_below_nothing(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Tell losers by how much they lost."""
    return evolve(
        award, scores=Map.of({seller: each - award.scores[award.winner] for seller, each in award.scores.items()}).put(award.winner, 1)
    )


def half_beyond_the_limit(tender: Tender, award: Award) -> Outcome:
    """Where the most that is acceptable is paid, pay half as much again as quality would allow beyond it."""
    offer = next(offer for offer in tender.offers if offer.seller == award.winner)
    beyond = award.scores[award.winner] - tender.cost.weight * min(distance(tender.cost, offer.cost), 1)
    return evolve(award, price=award.price + beyond) if award.price == tender.cost.worst else award


def nothing_at_all(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Pay nothing."""
    return evolve(award, price=0)


def always_the_limit(tender: Tender, award: Award) -> Outcome:
    """Pay whatever is acceptable at most."""
    return evolve(award, price=tender.cost.worst)


def never_the_limit(tender: Tender, award: Award) -> Outcome:
    """Pay what is asked where the most that is acceptable would do."""
    asked = next(offer.cost for offer in tender.offers if offer.seller == award.winner)
    return evolve(award, price=asked) if award.price == tender.cost.worst else award


def a_winner_at_any_rate(tender: Tender) -> Outcome:
    """Where no offer is acceptable, take the first by name."""
    outcome = second_score(tender)
    if outcome != NoAward():
        return outcome
    seller = min(offer.seller for offer in tender.offers)
    return Award(seller, tender.cost.worst, (seller,), Map.of({seller: 0}))


def nothing_but_better_than_worst(tender: Tender) -> Outcome:
    """Take no offer that is just acceptable."""
    better = [offer for offer in tender.offers if all(distance(each, value) > 0 for each, value in pairs(tender, offer))]
    return second_score(evolve(tender, offers=tuple(better))) if better else NoAward()


def dearer_is_safer(tender: Tender) -> Outcome:
    """Take what costs nothing for a mistake, and do not look at it."""
    dear = tuple(offer for offer in tender.offers if offer.cost != 0)
    return second_score(evolve(tender, offers=dear)) if dear else second_score(tender)


def no_competition(tender: Tender) -> Outcome:
    """Award nothing where only one offer is acceptable."""
    outcome = second_score(tender)
    return NoAward() if isinstance(outcome, Award) and len(outcome.scores) == 1 else outcome


def too_cheap(tender: Tender) -> Outcome:
    """Award nothing where the winner asks nothing."""
    outcome = second_score(tender)
    free = {offer.seller for offer in tender.offers if offer.cost == 0}
    return NoAward() if isinstance(outcome, Award) and outcome.winner in free else outcome


def unchecked(*unasked: Outcome) -> Rule:
    """Reject nothing for these reasons, and then score what is there."""

    def rule(tender: Tender) -> Outcome:
        outcome = first_score(tender)
        return NoAward() if outcome in unasked else outcome

    return rule


def by_the_first_score(tender: Tender) -> Outcome:
    """Pay what the winner asks, in place of the second score."""
    return award(tender, lambda _, won, __: won.cost)


# ---- the pitfalls

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
MORE_IS_BETTER = Pitfall(
    "multi_attribute_auction.MoreIsBetter",
    "Of a cost, too, more is taken to be better: who lowers it may lose.",
    breaks=spec.a_better_offer_still_wins,
    subject=FIRST_SCORE_AUCTION.replaced_by(scored(more_is_better), "more is better").on(2, COST_ALONE),
    length=6,
)
LAST_BY_NAME = Pitfall(
    "multi_attribute_auction.LastByName",
    "Of equal scores the last by name wins.",
    breaks=spec.the_best_score_wins,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(last_by_name), "last by name").on(2, COST_ALONE),
    length=4,
)
TIED_IN_ANY_ORDER = Pitfall(
    "multi_attribute_auction.TiedInAnyOrder",
    "Of equal scores the first is named first, and the others in another order.",
    breaks=spec.the_best_score_wins,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(tied_in_any_order), "tied in any order").on(3, COST_ALONE),
    length=5,
)
WINNER_NAMED_TWICE = Pitfall(
    "multi_attribute_auction.WinnerNamedTwice",
    "The winner is named twice among those with the best score.",
    breaks=spec.the_best_score_wins,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(winner_named_twice), "winner named twice").on(1, COST_ALONE),
    length=3,
)
TIES_UNTOLD = Pitfall(
    "multi_attribute_auction.TiesUntold",
    "Nobody is told that another had as good a score.",
    breaks=spec.the_best_score_wins,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(ties_untold), "ties untold").on(2, COST_ALONE),
    length=4,
)
TO_THE_CHEAPEST = Pitfall(
    "multi_attribute_auction.ToTheCheapest",
    "The cheapest acceptable offer wins: the qualities that were asked for are looked at and do not count.",
    breaks=spec.the_best_score_wins,
    subject=FIRST_SCORE_AUCTION.replaced_by(told(to_the_cheapest), "to the cheapest").on(2, BOTH),
    length=6,
)
FIRST_COME = Pitfall(
    "multi_attribute_auction.FirstCome",
    "Of equal scores the one that came first wins.",
    breaks=spec.order_of_offers_is_irrelevant,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(first_come), "first come").on(2, COST_ALONE),
    length=5,
)
ONLY_THE_WINNERS_SCORE = Pitfall(
    "multi_attribute_auction.OnlyTheWinnersScore",
    "Losers are not told their scores.",
    breaks=spec.scores_are_as_published,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(only_the_winners_score), "only the winner's score").on(2, COST_ALONE),
    length=4,
)
IN_PERCENT = Pitfall(
    "multi_attribute_auction.InPercent",
    "Scores are told in percent: 100 is more than 1.",
    breaks=spec.scores_are_between_0_and_1,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(in_percent), "in percent").on(1, COST_ALONE),
    length=3,
)
IN_BINARY = Pitfall(
    "multi_attribute_auction.InBinary",
    "Scores are binary fractions, which are no exact amounts even where they happen to be right.",
    breaks=spec.scores_are_between_0_and_1,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(in_binary), "in binary").on(1, COST_ALONE),
    length=3,
)
IN_BINARY_PRICE = Pitfall(
    "multi_attribute_auction.InBinary/price",
    "The same of the price: nobody can tell what is owed.",
    breaks=spec.individually_rational,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(in_binary), "in binary").on(1, COST_ALONE),
    length=3,
)
SECOND_COST = Pitfall(
    "multi_attribute_auction.SecondCost",
    "The winner is paid the next lowest cost, which may be less than it asks, since it won by quality.",
    breaks=spec.individually_rational,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(second_cost), "second cost").on(2, BOTH),
    length=6,
)
SECOND_COST_PRICE = Pitfall(
    "multi_attribute_auction.SecondCost/price",
    "The same: it is not what it could have asked.",
    breaks=spec.price_is_the_most_with_which_it_would_have_won,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(second_cost), "second cost").on(2, BOTH),
    length=6,
)
LOSERS_BELOW_NOTHING = Pitfall(
    "multi_attribute_auction.LosersBelowNothing",
    "Losers are told by how much they lost, the winner that it is the best: no two scores mean the same.",
    breaks=spec.scores_are_between_0_and_1,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(losers_below_nothing), "losers below nothing").on(2, COST_ALONE),
    length=4,
)
BELOW_NOTHING = Pitfall(
    "MCA-13/below",
    "Who asks more than is acceptable has a score below 0, and can win.",
    breaks=spec.scores_are_between_0_and_1,
    subject=FIRST_SCORE_AUCTION.replaced_by(scored(without_limit), "without limit").on(1, COST_ALONE),
    length=3,
)
BEYOND_THE_LIMIT = Pitfall(
    "multi_attribute_auction.BeyondTheLimit",
    "A good offer without a rival is paid more than was said to be acceptable.",
    breaks=spec.individually_rational,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(half_beyond_the_limit), "half beyond the limit").on(1, BOTH),
    length=4,
)
BEYOND_THE_LIMIT_PRICE = Pitfall(
    "multi_attribute_auction.BeyondTheLimit/price",
    "The same: with that its score would have been another.",
    breaks=spec.price_is_the_most_with_which_it_would_have_won,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(half_beyond_the_limit), "half beyond the limit").on(1, BOTH),
    length=4,
)
NOTHING_AT_ALL = Pitfall(
    "multi_attribute_auction.NothingAtAll",
    "The winner is paid nothing.",
    breaks=spec.price_is_what_the_winner_asks,
    subject=FIRST_SCORE_AUCTION.replaced_by(told(nothing_at_all, first_score), "nothing at all").on(1, COST_ALONE),
    length=3,
)
ALWAYS_THE_LIMIT = Pitfall(
    "multi_attribute_auction.AlwaysTheLimit",
    "The winner is paid the most that is acceptable, whoever else offers: with that it would have lost.",
    breaks=spec.price_is_the_most_with_which_it_would_have_won,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(always_the_limit), "always the limit").on(2, COST_ALONE),
    length=4,
)
ALWAYS_THE_LIMIT_FOR_ALL = Pitfall(
    "multi_attribute_auction.AlwaysTheLimit/lie",
    "The same: who would be paid enough in any case asks nothing.",
    breaks=truthful_offers,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(always_the_limit), "always the limit").on(2, COST_ALONE),
    length=6,
)
NEVER_THE_LIMIT = Pitfall(
    "multi_attribute_auction.NeverTheLimit",
    "Where no other offer is acceptable, the winner is paid what it asks, and asks more.",
    breaks=truthful_offers,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(never_the_limit), "never the limit").on(1, BOTH),
    length=7,
)
FIRST_SCORE = Pitfall(
    "multi_attribute_auction.FirstScore",
    "The winner is paid what it asks, and not the second score that was announced.",
    breaks=spec.price_is_the_most_with_which_it_would_have_won,
    subject=SECOND_SCORE_AUCTION.replaced_by(by_the_first_score).on(2, COST_ALONE),
    length=3,
)
SECOND_SCORE = Pitfall(
    "multi_attribute_auction.SecondScore",
    "The winner is paid the second score, and not what it asks, as was announced.",
    breaks=spec.price_is_what_the_winner_asks,
    subject=FIRST_SCORE_AUCTION.replaced_by(second_score).on(2, COST_ALONE),
    length=3,
)
A_WINNER_AT_ANY_RATE = Pitfall(
    "multi_attribute_auction.AWinnerAtAnyRate",
    "Where no offer is acceptable, one is taken all the same.",
    breaks=spec.awarded_if_an_offer_is_acceptable,
    subject=SECOND_SCORE_AUCTION.replaced_by(a_winner_at_any_rate).on(1, COST_ALONE),
    length=3,
)
A_WINNER_AT_A_LOSS = Pitfall(
    "multi_attribute_auction.AWinnerAtAnyRate/loss",
    "The same: it is paid less than it asks.",
    breaks=spec.individually_rational,
    subject=SECOND_SCORE_AUCTION.replaced_by(a_winner_at_any_rate).on(1, COST_ALONE),
    length=3,
)
BETTER_THAN_WORST = Pitfall(
    "multi_attribute_auction.BetterThanWorst",
    "An offer that is just acceptable is turned down.",
    breaks=spec.awarded_if_an_offer_is_acceptable,
    subject=SECOND_SCORE_AUCTION.replaced_by(nothing_but_better_than_worst).on(1, BOTH),
    length=4,
)
DEARER_IS_SAFER = Pitfall(
    "multi_attribute_auction.DearerIsSafer",
    "An offer that costs nothing is taken for a mistake where there is another.",
    breaks=spec.a_better_offer_still_wins,
    subject=SECOND_SCORE_AUCTION.replaced_by(dearer_is_safer).on(2, COST_ALONE),
    length=6,
)
NO_COMPETITION = Pitfall(
    "multi_attribute_auction.NoCompetition",
    "A lone acceptable offer is turned down: a loser that is there for show decides whether there is a winner.",
    breaks=spec.a_loser_decides_nothing,
    subject=SECOND_SCORE_AUCTION.replaced_by(no_competition).on(2, COST_ALONE),
    length=5,
)
TOO_CHEAP = Pitfall(
    "multi_attribute_auction.TooCheap",
    "Where the winner asks nothing, nobody is awarded anything.",
    breaks=spec.a_better_offer_still_wins,
    subject=SECOND_SCORE_AUCTION.replaced_by(too_cheap).on(2, COST_ALONE),
    length=5,
)
UNCHECKED = Pitfall(
    "multi_attribute_auction.Unchecked",
    "Weights need not add up to 1: what a score of 1 means is anybody's guess.",
    breaks=spec.malformed_tenders_are_rejected,
    subject=FIRST_SCORE_AUCTION.replaced_by(unchecked(NOT_ONE, NEGATIVE, NOT_EXACT, OTHER_CRITERIA), "unchecked").on_malformed(
        ("weights of less than 1",)
    ),
    length=6,
)
