"""Exercise 3: another price, so that nobody gains by a lie. `concordant check repair.py` says what is still wrong."""

from __future__ import annotations

from concordant.checks import Grid
from concordant.checks.lessons.auction.auction import Bids, Sale, mechanism, sold, three_bids
from concordant.spec.vocabulary import Amount


def my_price(bids: Bids, winner: str) -> Amount:
    """Say what the winner pays."""
    return bids.by[winner]


def my_auction(bids: Bids) -> Sale:
    """Sell to the highest bid, at that price."""
    return sold(bids, my_price)


AUCTION = mechanism(my_auction, profiles=three_bids)
SMALL = Grid("small", "three bidders who bid 0 to 2", AUCTION, (0, 1, 2))
