"""One bid is matched with one ask, of any quantities: what each match keeps, the clearing of a book keeps, and it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import evolve, frozen

from concordant.spec.markets.shared.orders import Order, Side
from concordant.spec.vocabulary import Cases, Draw, case, for_all


@frozen
class Pair:
    """A bid and an ask that reach each other."""

    bid: Order
    ask: Order


@frozen
class Fill:
    """How many units change hands, and what is left of the bid and of the ask: nothing where that is filled."""

    units: int
    bid: tuple[Order, ...]
    ask: tuple[Order, ...]


Rule: TypeAlias = Callable[[Pair], Fill]


def sides(pair: Pair, fill: Fill) -> tuple[tuple[Order, tuple[Order, ...]], ...]:
    """List each order with what is left of it."""
    return ((pair.bid, fill.bid), (pair.ask, fill.ask))


@for_all
def units_are_matched_or_left(pair: Pair, fill: Fill) -> Cases:
    """Of each order as many units change hands as of the other, and the rest is left: none is made or lost."""
    for order, left in sides(pair, fill):
        rest = sum(each.quantity for each in left)
        yield case(fill.units + rest == order.quantity, order=order, units=fill.units, left=left)


@for_all
def each_match_fills_an_order(pair: Pair, fill: Fill) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Nothing is left of one of the two, so that a book has no more matches than orders; and something changes hands."""
    yield case(fill.units > 0 and () in (fill.bid, fill.ask), fill=fill)


@for_all
def what_is_left_is_the_same_order(pair: Pair, fill: Fill) -> Cases:
    """What is left of an order is one of the same trader at the same price, with units."""
    for order, left in sides(pair, fill):
        for each in left:
            yield case(evolve(each, quantity=order.quantity) == order and each.quantity > 0 and len(left) == 1, order=order, left=left)


CLAUSES = (units_are_matched_or_left, each_match_fills_an_order, what_is_left_is_the_same_order)


def pairs(draw: Draw) -> Pair:
    """Draw a bid and an ask that reach each other, of one unit or more each."""
    asked = draw.amount("the price asked")
    quantities: list[Any] = [1 + draw.amount(f"units of the {side}, beyond 1") for side in ("bid", "ask")]
    bid = Order("buyer", Side.BUY, asked + draw.amount("what is bid beyond that"), quantities[0])
    return Pair(bid, Order("seller", Side.SELL, asked, quantities[1]))
