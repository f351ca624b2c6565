"""The second-price rule: a pure function from sealed bids to an outcome."""

from __future__ import annotations

from collections.abc import Mapping

from concordant.refimpl.auctions.shared.auctions import award, best
from concordant.refimpl.machine import NamedRule
from concordant.spec.auctions.shared.auctions import AUCTIONS, Outcome, Profile
from concordant.spec.auctions.vickrey_auction import CLAUSES
from concordant.spec.vocabulary import Amount


def second_price(profile: Profile) -> Outcome:
    """Award to the best bid, at the best of the reserve and the losing bids; ties are broken by name."""
    return award(profile, best_of_the_others)


def best_of_the_others(profile: Profile, taken: Mapping[str, Amount], winner: str) -> Amount:
    """Return the worst bid with which the winner would still have won."""
    # The hard step. The winner's own bid is not looked at. So its bid decides whether it wins, and never what it pays: it wins
    # wherever that is worth the price, by telling the truth, and no other bid does better.
    return best(profile.direction, [profile.reserve, *(bid for bidder, bid in taken.items() if bidder != winner)])


SECOND_PRICE_AUCTION = NamedRule("second price", second_price, AUCTIONS, CLAUSES)
