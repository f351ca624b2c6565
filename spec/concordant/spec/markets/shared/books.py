"""Books of orders that are drawn: of one unit, of several, careless, backed or not, malformed."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

from attrs import evolve

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.markets.shared.markets import (
    malformed_books_are_rejected,
    misreport,
    orders_of_several_units_are_rejected,
    traders,
    utility,
)
from concordant.spec.markets.shared.orders import Book, Order, Side
from concordant.spec.vocabulary import Domain, Draw


def unit_orders(draw: Draw, most: int) -> Book:
    """Draw a book of up to `most` bids and as many asks for one unit each."""
    sizes = {side: draw.one_of(f"{called(side)}s", range(1, most + 1)) for side in Side}
    return Book(tuple(Order(name, side, draw.amount(name)) for side in Side for name in names(side, sizes[side])))


def called(side: Side) -> str:
    """Say what a trader with such an order is called."""
    return "buyer" if side is Side.BUY else "seller"


def in_any_order(draw: Draw, most: int) -> Book:
    """Draw a book of unit orders that came in any order, whichever side they are of and whatever their traders are called."""
    book = unit_orders(draw, most)
    return evolve(book, orders=tuple(book.orders[place] for place in draw.one_of("order", tuple(permutations(range(len(book.orders)))))))


def with_any_k(draw: Draw, most: int) -> Book:
    """Draw a book of unit orders, and k."""
    return evolve(unit_orders(draw, most), k=draw.amount("k", at_most=1))


def orders_of_several_units(draw: Draw, most: int) -> Book:
    """Draw a book of up to `most` bids and as many asks, of one unit or two."""
    book = unit_orders(draw, most)
    return evolve(book, orders=tuple(evolve(order, quantity=quantity(draw, order, (1, 2))) for order in book.orders))


def orders_for_several_resources(draw: Draw, most: int) -> Book:
    """Draw a book of up to `most` bids and as many asks, of one unit, for one resource or another."""
    book = unit_orders(draw, most)
    return evolve(book, orders=tuple(evolve(order, resource=resource(draw, order)) for order in book.orders))


def beside_another_resource(draw: Draw, most: int) -> Book:
    """Draw a book of 1 to so many bids and as many asks for one resource, and of a bid and an ask of the first two for another."""
    book = unit_orders(draw, most)
    others = tuple(Order(names(side, 1)[0], side, draw.amount(f"another {called(side)}"), resource="memory") for side in Side)
    return evolve(book, orders=(*book.orders, *others))


def orders_for_several_units_and_resources(draw: Draw, most: int) -> Book:
    """Draw a book of up to `most` bids and as many asks, of one unit or two, for one resource or another."""
    book = orders_of_several_units(draw, most)
    return evolve(book, orders=tuple(evolve(order, resource=resource(draw, order)) for order in book.orders))


def quantity(draw: Draw, order: Order, options: tuple[int, ...]) -> int:
    """Draw how many units a trader orders."""
    return draw.one_of(f"units of {order.trader}", options)


def resource(draw: Draw, order: Order) -> str:
    """Draw what a trader orders."""
    return draw.one_of(f"resource of {order.trader}", ("cpu", "memory"))


def careless_orders(draw: Draw) -> Book:
    """Draw a book of two bids and an ask, perhaps of a bidder, of any number of units, also of none or fewer."""
    bids = tuple(Order(name, Side.BUY, draw.amount(name)) for name in names(Side.BUY, 2))
    ask = Order(draw.one_of("who sells", ("seller0", "buyer0")), Side.SELL, draw.amount("the ask"))
    orders = tuple(
        evolve(order, quantity=draw.one_of(f"units of order {number}", (1, 2, 0, -1))) for number, order in enumerate((*bids, ask))
    )
    return Book(orders)


def backed_orders(draw: Draw) -> Book:
    """Draw a book of one bid and one ask, each of one unit or two, with or without backing."""
    book = unit_orders(draw, 1)
    return evolve(book, orders=tuple(backed(draw, evolve(order, quantity=quantity(draw, order, (1, 2)))) for order in book.orders))


def backed(draw: Draw, order: Order) -> Order:
    """Draw what backs an order."""
    is_backed = draw.one_of(f"{order.trader} is backed", (True, False))
    return evolve(order, backing=draw.amount(f"backing of {order.trader}")) if is_backed else order


def books_at_large(draw: Draw, units: tuple[int, ...] = (1, 2, 3, 5)) -> Book:
    """Draw a book of up to seven orders for one of three resources, of so many units, of traders of any names; and k."""
    orders = tuple(order_at_large(draw, trader, units) for trader in some_names(draw, "trader", 0, 7))
    return Book(orders, draw.amount("k", at_most=1))


def order_at_large(draw: Draw, trader: str, units: tuple[int, ...]) -> Order:
    """Draw an order, which may be backed well enough."""
    side, price = draw.one_of(f"{trader} wants to", tuple(Side)), draw.amount(f"price of {trader}")
    quantity, resource = draw.one_of(f"units of {trader}", units), draw.one_of(f"resource of {trader}", ("cpu", "cpu", "memory", "disk"))
    enough = quantity * (price if side is Side.BUY else 1)
    backing = enough + draw.amount(f"more backing of {trader}") if draw.one_of(f"{trader} is backed", (False, True)) else None
    return Order(trader, side, price, quantity, resource, backing)


def careless_books(draw: Draw) -> Book:
    """Draw a book with any flaws, or none: what is told is the first."""
    return Book(tuple(careless_order(draw, place) for place in range(draw.one_of("orders", range(4)))), perhaps(draw, "k"))


def careless_order(draw: Draw, place: int) -> Order:
    """Draw an order with any flaws, or none."""
    wrong: Any = (1, 1, 1, 2, 0, -1, Fraction(2), True)
    return Order(
        draw.one_of(f"trader {place}", ("ann", "bob", "cid")),
        draw.one_of(f"side {place}", tuple(Side)),
        perhaps(draw, f"price {place}"),
        draw.one_of(f"units {place}", wrong),
        backing=perhaps(draw, f"backing {place}") if draw.one_of(f"{place} is backed", (False, False, True)) else None,
    )


FLAWS = (
    "the price",
    "the first price",
    "the backing",
    "the last backing",
    "k",
    "the quantity",
    "the first quantity",
    "two bids",
    "a bid and an ask",
    "too little backing",
    "too little backing first",
)


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Book:
    """Draw a book of a bid and an ask with one of these flaws."""
    book = unit_orders(draw, 1)
    bid, ask = book.orders
    match draw.one_of("flaw", flaws):
        case "the price" | "the first price" as which:
            price = NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)]
            return evolve(book, orders=(bid, evolve(ask, price=price)) if which == "the price" else (evolve(bid, price=price), ask))
        case "the backing" | "the last backing" as which:
            backing = NO_AMOUNTS[draw.one_of("it is", tuple(kind for kind in NO_AMOUNTS if kind != "nothing"))]
            return evolve(
                book, orders=(evolve(bid, backing=backing), ask) if which == "the backing" else (bid, evolve(ask, backing=backing))
            )
        case "k":
            wrong = {**NO_AMOUNTS, "a little above 1": Fraction(1001, 1000), "two": 2}
            return evolve(book, k=wrong[draw.one_of("it is", tuple(wrong))])
        case "the quantity" | "the first quantity" as which:
            wrong = {**NO_AMOUNTS, "zero": 0, "a half": Fraction(1, 2), "no int": Fraction(2)}
            quantity = wrong[draw.one_of("it is", tuple(wrong))]
            return evolve(
                book, orders=(bid, evolve(ask, quantity=quantity)) if which == "the quantity" else (evolve(bid, quantity=quantity), ask)
            )
        case "two bids":
            return evolve(book, orders=(bid, ask, bid))
        case "a bid and an ask":
            return evolve(book, orders=(bid, evolve(ask, trader=bid.trader)))
        case "too little backing":
            return evolve(book, orders=(bid, evolve(ask, quantity=2, backing=1)))
        case _:
            return evolve(book, orders=(evolve(bid, price=1, quantity=2, backing=1), ask))


def names(side: Side, count: int) -> tuple[str, ...]:
    """Name `count` traders of a side."""
    return tuple(f"{called(side)}{number}" for number in range(count))


BOOKS = Domain(unit_orders, malformed, malformed_books_are_rejected, traders, misreport, utility)
UNIT_BOOKS = Domain(unit_orders, malformed, orders_of_several_units_are_rejected, traders, misreport, utility)
truthful_orders = BOOKS.truthful
