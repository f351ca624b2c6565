"""A sealed bid auction of one thing: the highest bid wins, and its bidder pays what it has bid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from concordant.checks import Grid
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, Map, RuleClause, case, for_all, truthful


@frozen
class Bids:
    """What each bidder bids."""

    by: Map[str, Amount]


@frozen
class Sale:
    """Who wins, and what it pays."""

    winner: str
    price: Amount


Rule: TypeAlias = Callable[[Bids], Sale]
Price: TypeAlias = Callable[[Bids, str], Amount]


def bids(**by: Amount) -> Bids:
    """Write bids down: `bids(ann=3, bob=1)`."""
    return Bids(Map.of(by))


def best(bids: Bids) -> str:
    """Return who bids most; of equals who comes first by name."""
    return max(bids.by, key=lambda bidder: bids.by[bidder])


def sold(bids: Bids, price: Price) -> Sale:
    """Sell to the highest bid, at a price."""
    winner = best(bids)
    return Sale(winner, price(bids, winner))


def own_bid(bids: Bids, winner: str) -> Amount:
    """Let the winner pay what it has bid."""
    return bids.by[winner]


def first_price(bids: Bids) -> Sale:
    """Sell to the highest bid, at that bid."""
    return sold(bids, own_bid)


# ---- what must hold


def gain(bids: Bids, bidder: str, sale: Sale) -> Amount:
    """Say what a sale is worth to a bidder to whom the thing is worth what it bids in `bids`."""
    return bids.by[bidder] - sale.price if sale.winner == bidder else 0


def lie(bids: Bids, bidder: str, draw: Draw) -> Bids:
    """Let a bidder bid anything else."""
    return Bids(bids.by.put(bidder, draw.amount("the lie")))


def bidders(bids: Bids) -> tuple[str, ...]:
    """Anybody may lie."""
    return tuple(bids.by)


nobody_gains_by_a_lie = truthful(bidders, lie, gain)


@for_all
def nobody_pays_more_than_it_bid(bids: Bids, sale: Sale) -> Cases:
    """The winner pays no more than it has bid."""
    yield case(sale.price <= bids.by[sale.winner], price=sale.price)


# ---- what is checked


def two_bids(draw: Draw) -> Bids:
    """Draw what two bid."""
    return bids(ann=draw.amount("ann bids"), bob=draw.amount("bob bids"))


def three_bids(draw: Draw) -> Bids:
    """Draw what three bid."""
    return bids(ann=draw.amount("ann bids"), bob=draw.amount("bob bids"), cid=draw.amount("cid bids"))


def mechanism(rule: Rule, *more: RuleClause, profiles: Callable[[Draw], Bids] = two_bids) -> Mechanism[Bids, Sale]:
    """Let a rule promise what must hold."""
    return Mechanism(rule, profiles, (nobody_gains_by_a_lie, nobody_pays_more_than_it_bid, *more))


SMALL = Grid("small", "two bidders who bid 0 to 3", mechanism(first_price), (0, 1, 2, 3))
