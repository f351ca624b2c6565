"""Three rules for packages: pure functions from bids to an allocation and payments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.auctions.combinatorial_auction import (
    DUPLICATE_PACKAGE,
    EMPTY_PACKAGE,
    NEGATIVE,
    NO_BIDS,
    NOT_EXACT,
    NOT_WHOLE,
    UNKNOWN_GOOD,
    Allocation,
    Bid,
    Outcome,
    Sale,
)
from concordant.spec.auctions.combinatorial_auction import clauses as spec
from concordant.spec.auctions.combinatorial_auction.sales import GREEDY, PAY_AS_BID, SALES, VICKREY_CLARKE_GROVES, truthful_bidding
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount, ratio

Payment: TypeAlias = Callable[[Sale, tuple[Bid, ...], str], Amount]
"""What a bidder pays, given the sale and the bids that win."""


def vickrey_clarke_groves(sale: Sale) -> Outcome:
    """Choose what is worth most, and let each pay what its presence costs the others."""
    return flaw(sale) or best_allocation(sale, loss_of_the_others)


def pay_as_bid(sale: Sale) -> Outcome:
    """Choose what is worth most, and let each pay what it bid."""
    return flaw(sale) or best_allocation(sale, own_bid)


def greedy(sale: Sale) -> Outcome:
    """Go through the bids from the best to the worst, by amount over the root of the number of units, and take each that still fits."""
    reason = flaw(sale)
    if reason is not None:
        return reason
    won: tuple[Bid, ...] = ()
    by_name = sorted(sale.bids, key=named)
    for bid in sorted(by_name, key=rank, reverse=True):  # equal ones stay by name
        if bid.bidder not in [each.bidder for each in won] and fits(sale, (*won, bid)):
            won = (*won, bid)
    return allocation(sale, tuple(sorted(won, key=named)), None, own_bid)


def flaw(sale: Sale) -> Rejected | None:
    """Return why a sale is refused; None where it is not."""
    names = [named(bid) for bid in sale.bids]
    goods = [good for bid in sale.bids for good in bid.package]
    units = [*sale.supply.values(), *(count for bid in sale.bids for count in bid.package.values())]
    if not sale.bids:
        return NO_BIDS
    if len(set(names)) < len(names):
        return DUPLICATE_PACKAGE
    if not all(bid.package for bid in sale.bids):
        return EMPTY_PACKAGE
    if any(good not in sale.supply for good in goods):
        return UNKNOWN_GOOD
    if not all(type(count) is int and count > 0 for count in units):  # no amount
        return NOT_WHOLE
    if not all(is_amount(bid.amount) for bid in sale.bids):
        return NOT_EXACT
    if any(bid.amount < 0 for bid in sale.bids):
        return NEGATIVE
    return None


def best_allocation(sale: Sale, payment: Payment) -> Allocation:
    """Choose, of all that is worth most, the fewest packages, then the first by names."""
    found = tuple(allocations(sale, tuple(sorted({bid.bidder for bid in sale.bids}))))
    most = max(worth(won) for won in found)
    tied = [won for won in found if worth(won) == most]
    won = min(tied, key=lambda won: (len(won), [named(bid) for bid in won]))
    return allocation(sale, won, len(tied), payment)


def allocations(sale: Sale, left: tuple[str, ...], won: tuple[Bid, ...] = ()) -> Iterator[tuple[Bid, ...]]:
    """Yield all that can be sold besides: to the first of those who are left nothing or one of its packages, and so on."""
    if not left:
        yield won
        return
    yield from allocations(sale, left[1:], won)
    for bid in sale.bids:
        if bid.bidder == left[0] and fits(sale, (*won, bid)):
            yield from allocations(sale, left[1:], (*won, bid))


def allocation(sale: Sale, won: tuple[Bid, ...], tied: int | None, payment: Payment) -> Allocation:
    """Put together what is told."""
    return Allocation(won, Map.of({bid.bidder: payment(sale, won, bid.bidder) for bid in sale.bids}), tied)


def named(bid: Bid) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return by what bids are put in order: their bidders, then their packages."""
    return bid.bidder, bid.package.items()


def rank(bid: Bid) -> Amount:
    """Return the square of a bid's amount over the root of its number of units: it ranks as that does, and is exact."""
    return ratio(bid.amount * bid.amount, sum(bid.package.values()))


def fits(sale: Sale, bids: tuple[Bid, ...]) -> bool:
    """Tell whether there are units enough for some bids."""
    return all(sum(bid.package.get(good, 0) for bid in bids) <= units for good, units in sale.supply.items())


def worth(bids: tuple[Bid, ...]) -> Amount:
    """Return what some bids come to."""
    return sum(bid.amount for bid in bids)


def own_bid(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:  # noqa: ARG001  # the others' bids do not matter
    """Return what a bidder bid for what it gets."""
    return sum(bid.amount for bid in won if bid.bidder == bidder)


def loss_of_the_others(sale: Sale, won: tuple[Bid, ...], bidder: str) -> Amount:
    """Return what the others could have had among themselves, less what they get."""
    # The hard step. The bidder's own bids are in neither term but through the choice. That is all that makes it honest.
    others = evolve(sale, bids=tuple(bid for bid in sale.bids if bid.bidder != bidder))
    could_have = max(worth(each) for each in allocations(others, tuple(sorted({bid.bidder for bid in others.bids}))))
    return could_have - worth(tuple(bid for bid in won if bid.bidder != bidder))


BY_LOSS = NamedRule("Vickrey-Clarke-Groves", vickrey_clarke_groves, SALES, VICKREY_CLARKE_GROVES)
BY_BID = NamedRule("pay as bid", pay_as_bid, SALES, PAY_AS_BID)
GREEDILY = NamedRule("greedy", greedy, SALES, GREEDY)

# ---- what the rules do not promise


A, B, BOTH = Map.of({"A": 1}), Map.of({"B": 1}), Map.of({"A": 1, "B": 1})
IN_SHORT = MappingProxyType({A: "1 A", B: "1 B", BOTH: "1 A, 1 B"})


def drawn(*packages: tuple[Map[str, int], Amount]) -> dict[str, object]:
    """Record one bid of each bidder."""
    record: dict[str, object] = {"bidders": len(packages)}
    for number, (package, amount) in enumerate(packages):
        record |= {f"packages of bidder{number}": (package,), f"{IN_SHORT[package]} to bidder{number}": amount}
    return record


OUTSIDE_THE_CORE = KnownViolation(
    spec.in_the_core,
    "Two would pay 1 for a good each, and another 1 for both: the two get them for nothing, and the loser would have paid.",
    BY_LOSS.on(3, 1),
    witness=drawn((A, 1), (B, 1), (BOTH, 1)),
)
BRINGS_LESS = KnownViolation(
    spec.one_more_bidder_brings_no_less,
    "The same: without one of the two, the other would have had to pay 1.",
    BY_LOSS.on(3, 1),
    witness={**drawn((A, 1), (B, 1), (BOTH, 1)), "who stays away": "bidder0"},
)
BIDS_LESS = KnownViolation(
    truthful_bidding,
    "Who bids 2, its value, pays 2 and gains nothing; a bid of 1 wins too, and gains 1.",
    BY_BID.on(1, 1),
    witness={**drawn((A, 2)), "who lies": "bidder0", "the lie about 1 A": 1},
)
NOT_THE_MOST = KnownViolation(
    spec.sold_for_the_most,
    "5 for both goods ranks before 3 for one, which two would pay: its square is 25, and half of that is more than 9.",
    GREEDILY.on(3, 1),
    witness=drawn((A, 3), (B, 3), (BOTH, 5)),
)
