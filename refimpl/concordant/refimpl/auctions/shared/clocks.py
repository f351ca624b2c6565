"""What clock auctions share: what is refused, and who would pay a price. They differ in which way the clock goes."""

from __future__ import annotations

from itertools import pairwise

from concordant.spec.auctions.shared.clocks import (
    DUPLICATE_BIDDER,
    NEGATIVE,
    NO_BIDDERS,
    NO_PRICES,
    NOT_ASCENDING,
    NOT_EXACT,
    Clock,
)
from concordant.spec.vocabulary import Amount, Rejected, is_amount


def flaw(clock: Clock) -> Rejected | None:
    """Return why a clock is refused; None where it is not."""
    bidders = [bid.bidder for bid in clock.bids]
    amounts = [*clock.prices, *(bid.amount for bid in clock.bids if bid.amount is not None)]
    if not bidders:
        return NO_BIDDERS
    if len(set(bidders)) < len(bidders):
        return DUPLICATE_BIDDER
    if not clock.prices:
        return NO_PRICES
    if not all(is_amount(amount) for amount in amounts):
        return NOT_EXACT
    if any(amount < 0 for amount in amounts):
        return NEGATIVE
    if any(later <= earlier for earlier, later in pairwise(clock.prices)):
        return NOT_ASCENDING
    return None


def willing(clock: Clock, price: Amount) -> tuple[str, ...]:
    """List who would pay a price, by name."""
    return tuple(sorted(bid.bidder for bid in clock.bids if bid.amount is not None and bid.amount >= price))
