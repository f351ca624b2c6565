"""What goes wrong with who wins, and with what is told of it."""

from __future__ import annotations

from attrs import evolve

from concordant.pitfalls.auctions.multi_attribute_auction.rules import (
    BOTH,
    COST_ALONE,
    a_winner_at_any_rate,
    in_binary,
    scored,
    told,
)
from concordant.refimpl.auctions.multi_attribute_auction import (
    FIRST_SCORE_AUCTION,
    SECOND_SCORE_AUCTION,
    distance,
    first_score,
    pairs,
    second_score,
)
from concordant.refimpl.machine import Pitfall
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
from concordant.spec.vocabulary import Amount, Map, ratio


def more_is_better(criterion: Criterion, value: Amount) -> Amount:
    """Forget that of a cost less is better."""
    lowest, highest = min(criterion.worst, criterion.best), max(criterion.worst, criterion.best)
    return criterion.weight * max(0, min(ratio(value - lowest, highest - lowest), 1))


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


def losers_below_nothing(tender: Tender, award: Award) -> Outcome:  # noqa: ARG001  # as the others
    """Tell losers by how much they lost."""
    return evolve(
        award, scores=Map.of({seller: each - award.scores[award.winner] for seller, each in award.scores.items()}).put(award.winner, 1)
    )


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
LOSERS_BELOW_NOTHING = Pitfall(
    "multi_attribute_auction.LosersBelowNothing",
    "Losers are told by how much they lost, the winner that it is the best: no two scores mean the same.",
    breaks=spec.scores_are_between_0_and_1,
    subject=SECOND_SCORE_AUCTION.replaced_by(told(losers_below_nothing), "losers below nothing").on(2, COST_ALONE),
    length=4,
)
A_WINNER_AT_ANY_RATE = Pitfall(
    "multi_attribute_auction.AWinnerAtAnyRate",
    "Where no offer is acceptable, one is taken all the same.",
    breaks=spec.awarded_if_an_offer_is_acceptable,
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
