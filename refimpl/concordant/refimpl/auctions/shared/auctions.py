"""What sealed-bid auctions share: what is refused, and who wins. They differ in what the winner pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from concordant.spec.auctions.shared.auctions import (
    DUPLICATE_BIDDER,
    NEGATIVE,
    NO_BIDDERS,
    NO_DIRECTION,
    NOT_EXACT,
    Direction,
    NoSale,
    Outcome,
    Profile,
    Sale,
)
from concordant.spec.vocabulary import Amount, Rejected, is_amount

Price: TypeAlias = Callable[[Profile, Mapping[str, Amount], str], Amount]
"""What the winner pays or is paid, given the profile, the bids that are as good as the reserve, and the winner."""


def award(profile: Profile, price: Price) -> Outcome:
    """Award to the best bid that is as good as the reserve; ties are broken by name."""
    reason = flaw(profile)
    if reason is not None:
        return reason
    bids = taken(profile)
    if not bids:
        return NoSale()
    top = best(profile.direction, bids.values())
    tied = tuple(sorted(bidder for bidder, bid in bids.items() if bid == top))
    return Sale(tied[0], price(profile, bids, tied[0]), tied)


def flaw(profile: Profile) -> Rejected | None:
    """Return why a profile is refused; None where it is not."""
    bidders = [bid.bidder for bid in profile.bids]
    amounts = [profile.reserve, *(bid.amount for bid in profile.bids if bid.amount is not None)]
    if not bidders:
        return NO_BIDDERS
    if len(set(bidders)) < len(bidders):
        return DUPLICATE_BIDDER
    if not all(is_amount(amount) for amount in amounts):
        return NOT_EXACT
    if any(amount < 0 for amount in amounts):
        return NEGATIVE
    if not isinstance(profile.direction, Direction):
        return NO_DIRECTION
    return None


def taken(profile: Profile) -> dict[str, Amount]:
    """Return the bids that are made and as good as the reserve, by bidder."""
    bids = ((bid.bidder, bid.amount) for bid in profile.bids)
    return {bidder: bid for bidder, bid in bids if bid is not None and not beats(profile.direction, profile.reserve, bid)}


def beats(direction: Direction, one: Amount, other: Amount) -> bool:
    """Tell whether one bid is strictly better than another."""
    return one > other if direction is Direction.FORWARD else one < other


def best(direction: Direction, bids: Iterable[Amount]) -> Amount:
    """Return the best of some bids; of none, a ValueError."""
    return max(bids) if direction is Direction.FORWARD else min(bids)
