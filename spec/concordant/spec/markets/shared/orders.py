"""Orders to buy and to sell, and what comes of them. There is one book per resource.

A limit price is what a unit is worth to its trader, or costs it, and is private.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary import Amount, Rejected, is_amount


class Side(Enum):
    """Whether an order is a bid or an ask."""

    BUY = "buy"
    SELL = "sell"

    @property
    def trader(self) -> str:
        """What a trader with such an order is called."""
        return "buyer" if self is Side.BUY else "seller"

    def beats(self, one: Amount, other: Amount) -> bool:
        """Tell whether one price is strictly better than another for whoever trades with this side."""
        return one > other if self is Side.BUY else one < other


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

    def of(self, resource: str, side: Side) -> tuple[Order, ...]:
        """Return the orders of one side for one resource, in the order in which they came."""
        return tuple(order for order in self.orders if order.resource == resource and order.side is side)

    def resources(self) -> tuple[str, ...]:
        """List what is traded, sorted."""
        return tuple(sorted({order.resource for order in self.orders}))

    def find(self, trader: str, side: Side, resource: str) -> Order | None:
        """Return the order of a trader; None where it has none."""
        return next((order for order in self.of(resource, side) if order.trader == trader), None)


@frozen
class Trade:
    """Units that change hands. `pays` and `gets`: the buyer's and the seller's price of a unit."""

    resource: str
    buyer: str
    seller: str
    quantity: int
    pays: Amount
    gets: Amount

    def by(self, side: Side) -> str:
        """Return who trades on one side."""
        return self.buyer if side is Side.BUY else self.seller


@frozen
class Cleared:
    """The trades, those with the most to gain first, and the orders that are left, with what is left of them."""

    trades: tuple[Trade, ...]
    left: tuple[Order, ...]

    def of(self, order: Order) -> tuple[Trade, ...]:
        """Return the trades by which an order is filled."""
        return tuple(trade for trade in self.trades if trade.resource == order.resource and trade.by(order.side) == order.trader)

    def filled(self, order: Order) -> int:
        """Return how many units of an order are traded."""
        return sum(trade.quantity for trade in self.of(order))


Outcome: TypeAlias = Cleared | Rejected
Rule: TypeAlias = Callable[[Book], Outcome]

NOT_EXACT = Rejected("a price, a backing or k is no exact amount")
NEGATIVE = Rejected("a price or a backing is negative")
NOT_A_PART = Rejected("k is not between 0 and 1")
NO_UNITS = Rejected("a quantity is no whole number of units, one or more")
TWO_ORDERS = Rejected("a trader has two orders for one resource")
NOT_BACKED = Rejected("an order promises more than its backing")
NOT_ONE_UNIT = Rejected("an order is of more than one unit, and the rule is for one")


def fault(book: Book) -> Rejected | None:
    """Return why a book is refused; None where it is not. Who buys and sells one resource would trade with itself."""
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
    return is_amount(value) and not isinstance(value, Fraction) and value >= 1


def promised(order: Order) -> Amount:
    """Return what an order promises at most: money to buy, units to sell."""
    return order.price * order.quantity if order.side is Side.BUY else order.quantity
