"""What sealed-bid auctions share: who wins. They differ in what the winner pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from concordant.spec.auctions.shared.auctions import NoSale, Outcome, Profile, Sale, fault
from concordant.spec.vocabulary import Amount

Price: TypeAlias = Callable[[Profile, Mapping[str, Amount], str], Amount]
"""What the winner pays or is paid, given the profile, the bids that are as good as the reserve, and the winner."""


def award(profile: Profile, price: Price) -> Outcome:
    """Award to the best bid that is as good as the reserve; ties are broken by name."""
    reason = fault(profile)
    if reason is not None:
        return reason
    taken = profile.taken()
    if not taken:
        return NoSale()
    best = profile.direction.best(taken.values())
    tied = tuple(sorted(bidder for bidder, bid in taken.items() if bid == best))
    return Sale(tied[0], price(profile, taken, tied[0]), tied)
