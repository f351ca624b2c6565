"""Second-price sealed-bid auction: the best bid wins, at the best losing bid or the reserve, whichever is better.

Source: Vickrey, "Counterspeculation, Auctions, and Competitive Sealed Tenders", 1961. Bidders have private values and do
not collude; a seller that bids itself is outside of what is promised. The process that collects bids is `sealed_bid_auction`.
"""

from __future__ import annotations

from concordant.spec.auctions.shared.auctions import (
    Outcome,
    Profile,
    Sale,
    a_second_name_gains_nothing,
    as_good,
    individually_rational,
    made,
    malformed_profiles_are_rejected,
    order_of_bids_is_irrelevant,
    reserve_respected,
    sold_if_the_reserve_is_met,
    sold_to_the_best,
    ties_are_told_and_broken_by_name,
    truthful_bidding,
)
from concordant.spec.vocabulary import Cases, case, for_all


@for_all
def price_is_the_best_of_the_others(profile: Profile, outcome: Outcome) -> Cases:
    """The price is the best of the reserve and the losing bids.

    With `sold_to_the_best` it determines utilities, and so truthfulness, for every number of bidders: what the winner pays
    does not depend on what it bids, and it wins exactly if winning is worth that.
    """
    if isinstance(outcome, Sale):
        others = [profile.reserve, *(bid for bidder, bid in made(profile).items() if bidder != outcome.winner)]
        best = outcome.price in others and all(as_good(outcome.price, other, profile.direction) for other in others)
        yield case(best, price=outcome.price, others=others)


CLAUSES = (
    malformed_profiles_are_rejected,
    sold_to_the_best,
    sold_if_the_reserve_is_met,
    price_is_the_best_of_the_others,
    reserve_respected,
    individually_rational,
    ties_are_told_and_broken_by_name,
    order_of_bids_is_irrelevant,
    truthful_bidding,
    a_second_name_gains_nothing,
)
