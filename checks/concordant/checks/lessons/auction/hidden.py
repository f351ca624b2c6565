"""What the lesson's fourth exercise is graded with: the second price, and four rules that are not."""

from __future__ import annotations

from concordant.checks import Grid
from concordant.checks.lessons.auction.auction import Bids, Rule, Sale, best, first_price, mechanism, sold, three_bids
from concordant.checks.lessons.auction.solved.repair import my_auction
from concordant.spec.vocabulary import Amount, RuleClause, ratio


def third_price(bids: Bids) -> Sale:
    """Let the winner pay the lowest of three bids."""
    return Sale(best(bids), min(bids.by.values()))


def mean_price(bids: Bids) -> Sale:
    """Let the winner pay the mean of its own bid and the best of the others."""

    def price(bids: Bids, winner: str) -> Amount:
        return ratio(bids.by[winner] + my_auction(bids).price, 2)

    return sold(bids, price)


def to_whom_bids_that_price(bids: Bids) -> Sale:
    """Sell at the second price, to whoever has bid that."""
    price = my_auction(bids).price
    return Sale(max(bidder for bidder, bid in bids.by.items() if bid == price), price)


def _grid(rule: Rule, clause: RuleClause) -> Grid:
    return Grid("small", "three bidders who bid 0 to 2", mechanism(rule, clause, profiles=three_bids), (0, 1, 2))


def right(clause: RuleClause) -> tuple[Grid]:
    """Return the second price, which promises a clause besides."""
    return (_grid(my_auction, clause),)


def wrong(clause: RuleClause) -> dict[str, Grid]:
    """Return the wrong rules by what they do."""
    return {
        "lets the winner pay its own bid": _grid(first_price, clause),
        "lets the winner pay the third price": _grid(third_price, clause),
        "lets the winner pay the mean of the two highest bids": _grid(mean_price, clause),
        "sells at the second price to who has bid it": _grid(to_whom_bids_that_price, clause),
    }
