"""The second-price rule: a pure function from sealed bids to an outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from concordant.refimpl.auctions.shared.auctions import award
from concordant.refimpl.machine import Mechanism
from concordant.spec.auctions.shared.auctions import FLAWS, KINDS, Direction, Outcome, Profile, malformed, profiles
from concordant.spec.auctions.vickrey_auction import CLAUSES, MALFORMED
from concordant.spec.vocabulary import Amount


def second_price(profile: Profile) -> Outcome:
    """Award to the best bid, at the best of the reserve and the losing bids; ties are broken by name."""
    return award(profile, best_of_the_others)


def best_of_the_others(profile: Profile, taken: Mapping[str, Amount], winner: str) -> Amount:
    """Return the worst bid with which the winner would still have won. Its own bid is not looked at: that makes it honest."""
    return profile.direction.best([profile.reserve, *(bid for bidder, bid in taken.items() if bidder != winner)])


def mechanism(
    most: int = 3,
    rule: Callable[[Profile], Outcome] = second_price,
    directions: tuple[Direction, ...] = tuple(Direction),
) -> Mechanism[Profile, Outcome]:
    """Return the auction with up to so many bidders, in both directions; or with another rule, to see what that breaks."""
    return Mechanism(rule, partial(profiles, most=most, directions=directions), CLAUSES)


def malformed_mechanism(
    rule: Callable[[Profile], Outcome] = second_price,
    directions: tuple[Direction, ...] = tuple(Direction),
    flaws: tuple[str, ...] = FLAWS,
    kinds: tuple[str, ...] = KINDS,
) -> Mechanism[Profile, Outcome]:
    """Return the auction on profiles with one of these flaws."""
    return Mechanism(rule, partial(malformed, directions=directions, flaws=flaws, kinds=kinds), MALFORMED)
