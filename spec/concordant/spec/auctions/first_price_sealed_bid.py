"""First-price sealed-bid auction: the best bid wins, and its bidder pays, or in a reverse auction is paid, what it bid.

Source: Vickrey, "Counterspeculation, Auctions, and Competitive Sealed Tenders", 1961; Krishna, "Auction Theory", 2009,
chapter 2. Honesty is not promised: whoever wins would have been better off with a bid just good enough. The process that
collects bids is `sealed_bid_auction`.
"""

from __future__ import annotations

from concordant.spec.auctions.shared.auctions import (
    Outcome,
    Profile,
    Sale,
    individually_rational,
    made,
    malformed_profiles_are_rejected,
    order_of_bids_is_irrelevant,
    reserve_respected,
    sold_if_the_reserve_is_met,
    sold_to_the_best,
    ties_are_told_and_broken_by_name,
)
from concordant.spec.vocabulary import Cases, case, for_all


@for_all
def price_is_the_winners_bid(profile: Profile, outcome: Outcome) -> Cases:
    """The price is what the winner bid."""
    if isinstance(outcome, Sale):
        bid = made(profile).get(outcome.winner)
        yield case(bid is not None and outcome.price == bid, bid=bid, price=outcome.price)


CLAUSES = (
    malformed_profiles_are_rejected,
    sold_to_the_best,
    sold_if_the_reserve_is_met,
    price_is_the_winners_bid,
    reserve_respected,
    individually_rational,
    ties_are_told_and_broken_by_name,
    order_of_bids_is_irrelevant,
)
