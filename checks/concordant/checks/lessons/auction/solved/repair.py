"""Exercise 3, done: the winner pays what the others have bid at most, and so nothing that depends on its own bid."""

from __future__ import annotations

from concordant.checks import Grid
from concordant.checks.lessons.auction.auction import Bids, Sale, mechanism, sold, three_bids
from concordant.spec.vocabulary import Amount


def my_price(bids: Bids, winner: str) -> Amount:
    """Say what the winner pays."""
    return max(bid for bidder, bid in bids.by.items() if bidder != winner)


def my_auction(bids: Bids) -> Sale:
    """Sell to the highest bid, at that price."""
    return sold(bids, my_price)


AUCTION = mechanism(my_auction, profiles=three_bids)
SMALL = Grid("small", "three bidders who bid 0 to 2", AUCTION, (0, 1, 2))
