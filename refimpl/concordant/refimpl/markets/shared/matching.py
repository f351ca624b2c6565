"""What books are refused; matching bids with asks, and clearing a book by the matches. What the trades cost is for others to say."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.markets.shared.orders import (
    NEGATIVE,
    NO_UNITS,
    NOT_A_PART,
    NOT_BACKED,
    NOT_EXACT,
    TWO_ORDERS,
    Book,
    Cleared,
    Order,
    Outcome,
    Side,
    Trade,
)
from concordant.spec.vocabulary import Amount, Rejected, is_amount


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
    orders = [order for order in book.orders if order.resource == resource]
    bids = sorted((order for order in orders if order.side is Side.BUY), key=lambda order: -order.price)
    asks = sorted((order for order in orders if order.side is Side.SELL), key=lambda order: order.price)
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
    reason = flaw(book)
    if reason is not None:
        return reason
    resources = sorted({order.resource for order in book.orders})
    trades = tuple(trade for resource in resources for trade in pricing(match_orders(book, resource), book.k))
    return Cleared(trades, tuple(rest for order in book.orders for rest in left(order, trades)))


def flaw(book: Book) -> Rejected | None:
    """Return why a book is refused; None where it is not."""
    backings = [order.backing for order in book.orders if order.backing is not None]
    amounts = [*(order.price for order in book.orders), *backings]
    traders = [(order.trader, order.resource) for order in book.orders]
    if not all(is_amount(amount) for amount in (*amounts, book.k)):
        return NOT_EXACT
    if any(amount < 0 for amount in amounts):
        return NEGATIVE
    if not 0 <= book.k <= 1:
        return NOT_A_PART
    if not all(is_count(order.quantity) for order in book.orders):
        return NO_UNITS
    if len(set(traders)) < len(traders):
        return TWO_ORDERS
    if any(order.backing is not None and order.backing < promised(order) for order in book.orders):
        return NOT_BACKED
    return None


def is_count(value: object) -> bool:
    """Tell whether something is a whole number of units, one or more."""
    return is_amount(value) and not isinstance(value, Fraction) and value >= 1  # no amount


def promised(order: Order) -> Amount:
    """Return what an order promises at most: money to buy, units to sell."""
    return order.price * order.quantity if order.side is Side.BUY else order.quantity


def left(order: Order, trades: tuple[Trade, ...]) -> tuple[Order, ...]:
    """Return what trades leave of an order and of its backing."""
    buys = order.side is Side.BUY
    own = [trade for trade in trades if trade.resource == order.resource and (trade.buyer if buys else trade.seller) == order.trader]
    spent = sum(trade.quantity * (trade.pays if buys else 1) for trade in own)
    rest = order if order.backing is None else evolve(order, backing=order.backing - spent)
    return without(rest, sum(trade.quantity for trade in own))
