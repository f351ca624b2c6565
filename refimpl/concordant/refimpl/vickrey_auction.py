"""The second-price rule: a pure function from sealed bids to an outcome."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from concordant.refimpl.machine import Mechanism
from concordant.spec.families.auctions import NoSale, Outcome, Profile, Sale, fault, profiles
from concordant.spec.vickrey_auction import CLAUSES


def second_price(profile: Profile) -> Outcome:
    """Award to the best bid, at the best of the reserve and the losing bids; ties are broken by name."""
    reason = fault(profile)
    if reason is not None:
        return reason
    beats = profile.direction.beats
    taken = sorted(profile.taken().items(), key=lambda pair: pair[0])
    if not taken:
        return NoSale()
    winner, best = taken[0]
    for bidder, bid in taken[1:]:
        if beats(bid, best):
            winner, best = bidder, bid
    price = profile.reserve
    for bidder, bid in taken:
        if bidder != winner and beats(bid, price):
            price = bid
    return Sale(winner, price, tuple(bidder for bidder, bid in taken if bid == best))


def mechanism(most: int = 3, rule: Callable[[Profile], Outcome] = second_price) -> Mechanism[Profile, Outcome]:
    """Return the auction with up to so many bidders, in both directions; or with another rule, to see what that breaks."""
    return Mechanism(rule, partial(profiles, most=most), CLAUSES)
