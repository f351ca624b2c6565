"""Exercise 4: say who wins and what it pays, and four auctions that you have not seen do otherwise."""

from __future__ import annotations

from concordant.checks.lessons.auction.auction import Bids, Sale
from concordant.spec.vocabulary import Cases, case, for_all


@for_all
def the_price_is_the_best_of_the_others(bids: Bids, sale: Sale) -> Cases:
    """Nobody bid more than the winner, which pays the highest bid of the others."""
    others = [bid for bidder, bid in bids.by.items() if bidder != sale.winner]
    yield case(all(other >= 0 for other in others), price=sale.price)  # say it here
