"""One thing that befalls a shop, whatever it has reserved and sold: what each keeps, any sequence of them keeps, at any prices.

What is promised here is inductive: it speaks of the books before and after, and before they are any in which no more is sold and
reserved than there is, reached or not. Units may be anything that can be counted out one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from concordant.spec.markets.posted_price_market import Confirm, Decline, Expire, Post, Reserve
from concordant.spec.vocabulary import Address, Amount, Cases, Draw, Map, addresses, case, for_all


@frozen
class Books:
    """The price that is posted; at which price units are reserved and sold, by buyer; and whose orders are over without a sale."""

    price: Amount
    reserved: Map[Address, Amount]
    sold: Map[Address, Amount]
    over: frozenset[Address]


@frozen
class Asked:
    """How many units there were at first, the books, and what comes next: a message of a buyer, a price, or that time has run out."""

    stock: Amount
    before: Books
    buyer: Address
    what: Reserve | Confirm | Decline | Post | Expire


Rule: TypeAlias = Callable[[Asked], Books]


def taken(books: Books) -> int:
    """Count the units that are sold or reserved."""
    return len(books.sold) + len(books.reserved)


def has_come(books: Books, buyer: Address) -> bool:
    """Tell whether a buyer has an order, or had one."""
    return buyer in books.reserved or buyer in books.sold or buyer in books.over


# ---- clauses


@for_all
def nothing_becomes_oversold(asked: Asked, after: Books) -> Cases:
    """Where no more units are sold and reserved than there are, no more are so afterwards."""
    yield case(taken(after) <= asked.stock, stock=asked.stock, sold=after.sold, reserved=after.reserved)


@for_all
def whoever_confirms_pays_what_was_quoted(asked: Asked, after: Books) -> Cases:
    """A unit is sold to whoever confirms its reservation, at the price of that; nothing else is sold, and no sale is undone."""
    due = asked.before.sold
    if isinstance(asked.what, Confirm) and asked.buyer in asked.before.reserved:
        due = due.put(asked.buyer, asked.before.reserved[asked.buyer])
    yield case(after.sold == due, sold=after.sold, due=due)


@for_all
def a_reservation_keeps_its_price(asked: Asked, after: Books) -> Cases:
    """What stays reserved is so at the price that was quoted, and what is newly reserved at the price that is posted."""
    for buyer, price in after.reserved.items():
        quoted = asked.before.reserved.get(buyer, asked.before.price)
        yield case(price == quoted, buyer=buyer, price=price, quoted=quoted)


@for_all
def whoever_comes_has_what_is_left(asked: Asked, after: Books) -> Cases:
    """A unit is reserved for a buyer that is new, and asks, if there is one that is neither sold nor reserved."""
    if isinstance(asked.what, Reserve) and not has_come(asked.before, asked.buyer):
        left = asked.stock - taken(asked.before) >= 1
        yield case((asked.buyer in after.reserved) == left, left=left, after=after)


@for_all
def what_is_declined_or_lapses_is_over(asked: Asked, after: Books) -> Cases:
    """A reservation that its buyer declines, or whose time has run out, is over."""
    if isinstance(asked.what, Decline | Expire) and asked.buyer in asked.before.reserved:
        yield case(asked.buyer in after.over, buyer=asked.buyer, after=after)


@for_all
def what_is_over_stays_over(asked: Asked, after: Books) -> Cases:
    """An order that is over stays over: whoever asks again has no other."""
    yield case(asked.before.over <= after.over, before=asked.before.over, after=after.over)


@for_all
def only_the_seller_changes_the_price(asked: Asked, after: Books) -> Cases:
    """The price is the one that the seller posts, and stays the same otherwise."""
    due = asked.what.price if isinstance(asked.what, Post) else asked.before.price
    yield case(after.price == due, price=after.price, due=due)


CLAUSES = (
    nothing_becomes_oversold,
    whoever_confirms_pays_what_was_quoted,
    a_reservation_keeps_its_price,
    whoever_comes_has_what_is_left,
    what_is_declined_or_lapses_is_over,
    what_is_over_stays_over,
    only_the_seller_changes_the_price,
)

# ---- books, and what comes next


def requests(draw: Draw, buyers: int) -> Asked:
    """Draw what has become of so many buyers' orders, how many units are left, and what comes next, of the first buyer or the seller."""
    names = addresses("buyer", buyers)
    stands = {name: draw.one_of(f"the order of {name}", ("not there", "reserved", "sold", "over")) for name in names}
    at = {name: draw.amount(f"the price for {name}") for name, stand in stands.items() if stand in ("reserved", "sold")}
    reserved, sold = (Map.of({name: at[name] for name in at if stands[name] == stand}) for stand in ("reserved", "sold"))
    books = Books(draw.amount("price"), reserved, sold, frozenset(name for name in names if stands[name] == "over"))
    return Asked(taken(books) + draw.amount("units left"), books, names[0], what_comes(draw, names[0], reserved))


def what_comes(draw: Draw, buyer: Address, reserved: Map[Address, Amount]) -> Reserve | Confirm | Decline | Post | Expire:
    """Draw a message of a buyer, another price, or that the time of its reservation has run out, where it has one."""
    kinds = ("reserve", "confirm", "decline", "post", *(("expire",) if buyer in reserved else ()))
    match draw.one_of("what comes", kinds):
        case "reserve":
            return Reserve()
        case "confirm":
            return Confirm()
        case "decline":
            return Decline()
        case "post":
            return Post(draw.amount("another price"))
        case _:
            return Expire(buyer)


def requests_at_large(draw: Draw) -> Asked:
    """Draw what comes next with up to six orders."""
    return requests(draw, draw.one_of("buyers", range(1, 7)))
