"""Matching bids with asks, and clearing a book by the matches; what the trades cost is for others to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.markets.shared.orders import Book, Cleared, Order, Outcome, Side, Trade, fault
from concordant.spec.vocabulary import Amount


@frozen
class Match:
    """A bid and an ask that reach each other, and how many units both have."""

    bid: Order
    ask: Order
    units: int

    def trade(self, pays: Amount, gets: Amount) -> Trade:
        """Return the trade at these prices of a unit."""
        return Trade(self.bid.resource, self.bid.trader, self.ask.trader, self.units, pays, gets)


@frozen
class Matched:
    """The matches of one resource, best first, and the best bid and ask that are left over; None where there is none."""

    matches: tuple[Match, ...]
    bid: Order | None
    ask: Order | None


def match_orders(book: Book, resource: str) -> Matched:
    """Match the highest bid with the lowest ask for as long as they reach each other; of equal ones the earlier has priority."""
    bids = sorted(book.of(resource, Side.BUY), key=lambda order: -order.price)
    asks = sorted(book.of(resource, Side.SELL), key=lambda order: order.price)
    matches = []
    while bids and asks and bids[0].price >= asks[0].price:
        match = Match(bids[0], asks[0], min(bids[0].quantity, asks[0].quantity))
        matches.append(match)
        bids[:1] = without(bids[0], match.units)
        asks[:1] = without(asks[0], match.units)
    return Matched(tuple(matches), bids[0] if bids else None, asks[0] if asks else None)


def without(order: Order, units: int) -> tuple[Order, ...]:
    """Return an order without some of its units; none if all are gone."""
    return (evolve(order, quantity=order.quantity - units),) if order.quantity > units else ()


Pricing: TypeAlias = Callable[[Matched, Amount], tuple[Trade, ...]]
"""Sets the prices of matched orders, given k, and decides which of them trade."""


def clear(book: Book, pricing: Pricing) -> Outcome:
    """Clear each resource by itself."""
    reason = fault(book)
    if reason is not None:
        return reason
    trades = tuple(trade for resource in book.resources() for trade in pricing(match_orders(book, resource), book.k))
    return Cleared(trades, tuple(rest for order in book.orders for rest in left(order, trades)))


def left(order: Order, trades: tuple[Trade, ...]) -> tuple[Order, ...]:
    """Return what trades leave of an order and of its backing."""
    own = [trade for trade in trades if trade.resource == order.resource and trade.by(order.side) == order.trader]
    spent = sum(trade.quantity * (trade.pays if order.side is Side.BUY else 1) for trade in own)
    rest = order if order.backing is None else evolve(order, backing=order.backing - spent)
    return without(rest, sum(trade.quantity for trade in own))
