"""What goes wrong with what a winner is paid."""

from __future__ import annotations

from attrs import evolve

from concordant.pitfalls.auctions.multi_attribute_auction.rules import BOTH, COST_ALONE, a_winner_at_any_rate, in_binary, told
from concordant.refimpl.auctions.multi_attribute_auction import (
    FIRST_SCORE_AUCTION,
    SECOND_SCORE_AUCTION,
    award,
    distance,
    first_score,
    second_score,
)
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions.multi_attribute_auction import (
    Award,
    Outcome,
    Tender,
)
from concordant.spec.auctions.multi_attribute_auction import clauses as spec
from concordant.spec.auctions.multi_attribute_auction.tenders import truthful_offers


def second_cost(tender: Tender, award: Award) -> Outcome:
    """Pay the winner what the next lowest cost is, whatever else the two offers promise."""
    costs = [offer.cost for offer in tender.offers if offer.seller in award.scores and offer.seller != award.winner]
    return evolve(award, price=min((tender.cost.worst, *costs)))


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


def by_the_first_score(tender: Tender) -> Outcome:
    """Pay what the winner asks, in place of the second score."""
    return award(tender, lambda _, won, __: won.cost)


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
A_WINNER_AT_A_LOSS = Pitfall(
    "multi_attribute_auction.AWinnerAtAnyRate/loss",
    "The same: it is paid less than it asks.",
    breaks=spec.individually_rational,
    subject=SECOND_SCORE_AUCTION.replaced_by(a_winner_at_any_rate).on(1, COST_ALONE),
    length=3,
)
