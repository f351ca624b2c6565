"""Orders to buy and to sell, and what comes of them. There is one book per resource.

A limit price is what a unit is worth to its trader, or costs it, and is private.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary import Amount, Flaws, Rejected, is_amount


class Side(Enum):
    """Whether an order is a bid or an ask."""

    BUY = "buy"
    SELL = "sell"


@frozen
class Order:
    """What one trader buys or sells. `price`: of a unit, the most that is paid, or the least that is taken.

    `backing`: what the trader can settle with, money for a bid and units for an ask; None where settlement is warranted.
    """

    trader: str
    side: Side
    price: Amount
    quantity: int = 1
    resource: str = "cpu"
    backing: Amount | None = None


@frozen
class Book:
    """All orders, in the order in which they came.

    `k`: which part of the span of prices that clear the market the price lies above its lower end (the k of the k-double auction).
    """

    orders: tuple[Order, ...]
    k: Amount = Fraction(1, 2)


@frozen
class Trade:
    """Units that change hands. `pays` and `gets`: the buyer's and the seller's price of a unit."""

    resource: str
    buyer: str
    seller: str
    quantity: int
    pays: Amount
    gets: Amount


@frozen
class Cleared:
    """The trades, those with the most to gain first, and the orders that are left, with what is left of them."""

    trades: tuple[Trade, ...]
    left: tuple[Order, ...]


Outcome: TypeAlias = Cleared | Rejected
Rule: TypeAlias = Callable[[Book], Outcome]

NOT_EXACT = Rejected("a price, a backing or k is no exact amount")
NEGATIVE = Rejected("a price or a backing is negative")
NOT_A_PART = Rejected("k is not between 0 and 1")
NO_UNITS = Rejected("a quantity is no whole number of units, one or more")
TWO_ORDERS = Rejected("a trader has two orders for one resource")
NOT_BACKED = Rejected("an order promises more than its backing")
NOT_ONE_UNIT = Rejected("an order is of more than one unit, and the rule is for one")


REJECTED: Flaws[Book] = (
    (NOT_EXACT, lambda book: not all(map(is_amount, (book.k, *amounts(book))))),
    (NEGATIVE, lambda book: any(amount < 0 for amount in amounts(book))),
    (NOT_A_PART, lambda book: book.k < 0 or book.k > 1),
    (
        NO_UNITS,
        lambda book: not all(is_amount(order.quantity) and is_whole(order.quantity) and order.quantity > 0 for order in book.orders),
    ),
    (TWO_ORDERS, lambda book: any((one.trader, one.resource) == (two.trader, two.resource) for one, two in combinations(book.orders, 2))),
    (NOT_BACKED, lambda book: any(not is_backed(order) for order in book.orders)),
)
"""What is rejected, and why. A trader that buys and sells one resource would trade with itself."""

REJECTED_OF_ONE_UNIT: Flaws[Book] = (*REJECTED, (NOT_ONE_UNIT, lambda book: any(order.quantity != 1 for order in book.orders)))
"""What is rejected by a rule for orders of one unit."""


def amounts(book: Book) -> tuple[Amount, ...]:
    """List all prices and all backings."""
    return (*(order.price for order in book.orders), *(order.backing for order in book.orders if order.backing is not None))


def is_whole(quantity: int) -> bool:
    """Tell whether a quantity is an int, as it should be."""
    return isinstance(quantity, int)  # no amount


def is_backed(order: Order) -> bool:
    """Tell whether an order has the backing for each of its units at its limit, or needs none."""
    units = [order.price if order.side is Side.BUY else 1 for _ in range(order.quantity)]
    return order.backing is None or order.backing >= sum(units)


# ---- what is in a book and in an outcome


def orders(book: Book, resource: str, side: Side) -> tuple[Order, ...]:
    """Return the orders of one side for one resource, in the order in which they came."""
    return tuple(order for order in book.orders if order.resource == resource and order.side == side)


def resources(book: Book) -> tuple[str, ...]:
    """List what is traded, sorted."""
    return tuple(sorted({order.resource for order in book.orders}))


def find(book: Book, trader: str, side: Side, resource: str) -> Order | None:
    """Return the order of a trader; None where it has none."""
    return next((order for order in orders(book, resource, side) if order.trader == trader), None)


def trader_of(trade: Trade, side: Side) -> str:
    """Return who trades on one side."""
    return trade.buyer if side is Side.BUY else trade.seller


def bid_and_ask(book: Book, trade: Trade) -> tuple[Order | None, Order | None]:
    """Return the orders that a trade fills; None where there is none."""
    return find(book, trade.buyer, Side.BUY, trade.resource), find(book, trade.seller, Side.SELL, trade.resource)


def trades_of(outcome: Cleared, order: Order) -> tuple[Trade, ...]:
    """Return the trades by which an order is filled."""
    return tuple(trade for trade in outcome.trades if trade.resource == order.resource and trader_of(trade, order.side) == order.trader)


def filled(outcome: Cleared, order: Order) -> int:
    """Return how many units of an order are traded."""
    return sum(trade.quantity for trade in trades_of(outcome, order))


def beats(side: Side, one: Amount, other: Amount) -> bool:
    """Tell whether one price is strictly better than another for whoever trades with this side."""
    return one > other if side is Side.BUY else one < other
