"""Combinatorial auction: bidders bid for packages of goods, and those packages are sold that are worth most together.

Source: Cramton, Shoham and Steinberg (editors), "Combinatorial Auctions", 2006, chapters 1 and 12; of payments, Clarke 1971; of the
greedy rule, Lehmann, O'Callaghan and Shoham, "Truth Revelation in Approximately Efficient Combinatorial Auctions", 2002. Of a
bidder's packages at most one is sold (XOR). There are so many units of each good, and nobody gets half of one. Of allocations
that are worth as much, the one with the fewest packages is chosen, then the first by names.

Each pays what its presence costs the others. That is honest, and may bring in less than the losers would pay together, or less
than without a bidder: neither is promised. To find the best allocation takes exponential time; the greedy rule is quick, at
least 1/√m as good for m goods and bidders of one package each, and its winners pay what they bid: what would make them honest is
no fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.vocabulary import Amount, Flaws, Map, Rejected, is_amount


@frozen
class Bid:
    """What one bidder pays for one package: units by good, each of which it contains at least once."""

    bidder: str
    package: Map[str, int]
    amount: Amount


@frozen
class Sale:
    """How many units there are of each good, and all bids, in the order in which they came."""

    supply: Map[str, int]
    bids: tuple[Bid, ...]


@frozen
class Allocation:
    """The bids that win, by the names of their bidders, and what each bidder pays.

    `tied`: how many allocations are worth as much, this one included; None from a rule that does not look at them all.
    """

    won: tuple[Bid, ...]
    payments: Map[str, Amount]
    tied: int | None


Outcome: TypeAlias = Allocation | Rejected
Rule: TypeAlias = Callable[[Sale], Outcome]

NO_BIDS = Rejected("there is no bid")
DUPLICATE_PACKAGE = Rejected("a bidder bids twice for one package")
EMPTY_PACKAGE = Rejected("a package is empty")
UNKNOWN_GOOD = Rejected("a package contains what is not for sale")
NOT_WHOLE = Rejected("a number of units is no whole number, or less than 1")
NOT_EXACT = Rejected("a bid is no exact amount")
NEGATIVE = Rejected("a bid is negative")

REJECTED: Flaws[Sale] = (
    (NO_BIDS, lambda sale: sale.bids == ()),
    (DUPLICATE_PACKAGE, lambda sale: any(named(one) == named(other) for one, other in combinations(sale.bids, 2))),
    (EMPTY_PACKAGE, lambda sale: any(bid.package == Map() for bid in sale.bids)),
    (UNKNOWN_GOOD, lambda sale: any(good not in sale.supply for bid in sale.bids for good in bid.package)),
    (
        NOT_WHOLE,
        lambda sale: not all(map(is_whole, (*sale.supply.values(), *(units for bid in sale.bids for units in bid.package.values())))),
    ),
    (NOT_EXACT, lambda sale: not all(is_amount(bid.amount) for bid in sale.bids)),
    (NEGATIVE, lambda sale: any(bid.amount < 0 for bid in sale.bids)),
)
"""What is rejected, and why."""


def named(bid: Bid) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return what a bid is called by: its bidder and its package."""
    return bid.bidder, bid.package.items()


def in_short(package: Map[str, int]) -> str:
    """Say what is in a package.

    >>> in_short(Map.of({"A": 1, "B": 2}))
    '1 A, 2 B'
    """
    return ", ".join(f"{units} {good}" for good, units in package.items())


def is_whole(units: object) -> bool:
    """Tell whether something is a number of units."""
    return type(units) is int and units >= 1  # no amount


def bidders(sale: Sale) -> tuple[str, ...]:
    """List who bids, sorted."""
    return tuple(sorted({bid.bidder for bid in sale.bids}))


def without(sale: Sale, bidder: str) -> Sale:
    """Return the sale as if a bidder had not come."""
    return evolve(sale, bids=tuple(bid for bid in sale.bids if bid.bidder != bidder))


# ---- all that might be sold, by brute force


def every_allocation(sale: Sale) -> Iterator[tuple[Bid, ...]]:
    """Yield each choice of at most one bid of each bidder for which there are units enough, in the order of bidders."""
    choices = [(None, *(bid for bid in sale.bids if bid.bidder == bidder)) for bidder in bidders(sale)]
    for choice in product(*choices):
        chosen = tuple(bid for bid in choice if bid is not None)
        if fits(sale, chosen):
            yield chosen


def fits(sale: Sale, chosen: tuple[Bid, ...]) -> bool:
    """Tell whether of each good there are as many units as all these bids take together."""
    return all(sum(bid.package.get(good, 0) for bid in chosen) <= units for good, units in sale.supply.items())


def worth(chosen: tuple[Bid, ...]) -> Amount:
    """Return what some bids come to."""
    return sum(bid.amount for bid in chosen)


def most(sale: Sale) -> Amount:
    """Return the most that any allocation is worth."""
    return max(map(worth, every_allocation(sale)))
