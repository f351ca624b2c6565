"""The auction is right, and its rule is not the one that is promised."""

from __future__ import annotations

from concordant.pitfalls.auctions.first_price_sealed_bid import ties_hidden
from concordant.pitfalls.auctions.vickrey_auction import (
    best_of_the_others_alone,
    lowest_whatever_the_direction,
    needs_a_rival,
    second_to_the_second,
)
from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.sealed_bid_auction import SAFETY, Rule, system
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions.sealed_bid_auction import clauses as spec
from concordant.spec.vocabulary import Clause


def wrong(rule: Rule, mistake: str, breaks: Clause, length: int, bidders: int = 1, reserve: int = 1) -> Pitfall:
    """Make the pitfall that an auctioneer of this rule runs into."""
    promises = (*SAFETY, spec.price_is_the_winners_bid, spec.price_is_the_best_of_the_others)
    subject = system(bidders, reserve=reserve, rule=rule, promises=promises)
    return Pitfall(f"sealed_bid_auction.{rule.__name__}", mistake, breaks, subject, length)


WRONG_RULES = (
    wrong(second_to_the_second, "The good goes to the bidder of the second price.", spec.sold_to_the_best, 9, bidders=2),
    wrong(needs_a_rival, "A lone bidder gets nothing.", spec.sold_if_the_reserve_is_met, 5),
    wrong(best_of_the_others_alone, "A lone bidder pays nothing, whatever the reserve.", spec.reserve_respected, 5),
    wrong(lowest_whatever_the_direction, "The lowest bid wins, and pays the second lowest.", spec.individually_rational, 9, bidders=2),
    wrong(ties_hidden, "Nobody is told that there was a tie.", spec.ties_are_told_and_broken_by_name, 9, bidders=2),
    wrong(second_price, "The first price is promised and the second taken.", spec.price_is_the_winners_bid, 5),
    wrong(first_price, "The second price is promised and the first taken.", spec.price_is_the_best_of_the_others, 5),
)
