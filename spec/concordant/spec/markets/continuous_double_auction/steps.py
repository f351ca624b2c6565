"""One request, whatever the exchange holds: what each request keeps, any sequence of them keeps, of any amounts.

What is promised here is inductive: it speaks of the state before a request and of the state after it, and the state before is any that
keeps what is promised, reached or not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from concordant.spec.markets.continuous_double_auction import (
    Account,
    Cancel,
    Enter,
    Entered,
    ExchangeView,
    Order,
    Request,
    Side,
    Traded,
    bound,
    limit,
    open_of,
    reaches,
    rests,
)
from concordant.spec.vocabulary import Address, Cases, Draw, Map, addresses, case, for_all


@frozen
class Asked:
    """What an exchange holds, and a request of a trader."""

    before: ExchangeView
    trader: Address
    request: Request


@frozen
class Done:
    """What an exchange holds after a request, and the trades that came of it."""

    after: ExchangeView
    trades: tuple[Traded, ...]


Rule: TypeAlias = Callable[[Asked], Done]


def has(view: ExchangeView, trader: Address) -> Account:
    """Return what is a trader's, with what is set aside for its open orders."""
    free, aside = view.accounts[trader], bound(view.orders, trader)
    return Account(free.money + aside.money, free.units + aside.units)


def is_crossed(orders: tuple[Entered, ...]) -> bool:
    """Tell whether a bid that rests reaches an ask that rests."""
    bids, asks = ([each for each in orders if rests(each, side)] for side in Side)
    return any(reaches(bid.order, limit(ask)) for bid in bids for ask in asks)


# ---- clauses


@for_all
def all_that_was_there_is_there(asked: Asked, done: Done) -> Cases:
    """All traders have together, with what is set aside for their open orders, what they had: money and units."""
    was, now = ([has(view, trader) for trader in view.accounts] for view in (asked.before, done.after))
    for unit, there_was, there_is in (
        ("money", sum(each.money for each in was), sum(each.money for each in now)),
        ("units", sum(each.units for each in was), sum(each.units for each in now)),
    ):
        yield case(there_is == there_was, unit=unit, there_was=there_was, there_is=there_is)


@for_all
def each_has_what_it_traded(asked: Asked, done: Done) -> Cases:
    """Each trader has as many units more as it has bought, and as much money less as they cost; with what is set aside."""
    sides = {(each.trader, each.order.name): each.order.side for each in done.after.orders}
    for trader in asked.before.accounts:
        was, now = has(asked.before, trader), has(done.after, trader)
        bought = [
            (trade.quantity if sides[known] is Side.BUY else -trade.quantity, trade.price)
            for trade in done.trades
            for known in (trade.arriving, trade.resting)
            if known[0] == trader
        ]
        due = Account(was.money - sum(units * price for units, price in bought), was.units + sum(units for units, _ in bought))
        yield case(now == due, trader=trader, has=now, due=due)


@for_all
def nobody_falls_below_zero(asked: Asked, done: Done) -> Cases:  # noqa: ARG001  # what was there is drawn at zero or above
    """Where nobody has less than nothing, besides what is set aside, nobody has so afterwards."""
    for trader, account in done.after.accounts.items():
        yield case(account.money >= 0 and account.units >= 0, trader=trader, account=account)


@for_all
def no_order_is_overfilled(asked: Asked, done: Done) -> Cases:  # noqa: ARG001  # as above
    """Where no order is filled with more than it is for, none is so afterwards."""
    for each in done.after.orders:
        yield case(open_of(each) >= 0, order=each)


@for_all
def no_book_becomes_crossed(asked: Asked, done: Done) -> Cases:
    """Where no bid that rests reaches an ask that rests, none does so afterwards."""
    if not is_crossed(asked.before.orders):
        yield case(not is_crossed(done.after.orders), book=done.after.orders)


CLAUSES = (
    all_that_was_there_is_there,
    each_has_what_it_traded,
    nobody_falls_below_zero,
    no_order_is_overfilled,
    no_book_becomes_crossed,
)

# ---- states and requests

TRADERS = addresses("trader", 3)


def requests(draw: Draw, most: int, *, alike: bool = False) -> Asked:
    """Draw what three traders have and up to so many orders that rest, of any of them; and an order of the first, or what it cancels.

    If they are alike, they all have the same besides what is set aside.
    """
    same = account(draw, "each trader") if alike else None
    accounts = Map.of({trader: same or account(draw, str(trader)) for trader in TRADERS})
    book = tuple(resting(draw, f"order{number}", number) for number in range(draw.one_of("orders", range(most + 1))))
    return Asked(ExchangeView(accounts, book), TRADERS[0], request_of(draw, tuple(each.order.name for each in book)))


def account(draw: Draw, whose: str) -> Account:
    """Draw an account."""
    return Account(draw.amount(f"money of {whose}"), draw.amount(f"units of {whose}"))


def resting(draw: Draw, name: str, number: int) -> Entered:
    """Draw an order that rests, of which some may be filled; of the first trader, or of those that have orders before it, or of one more."""
    trader = draw.one_of(f"{name} is of", TRADERS[: number + 2])
    left, filled = draw.amount(f"{name} is open for"), draw.amount(f"{name} is filled for")
    return Entered(trader, Order(name, side_of(draw, name), left + filled, draw.amount(f"price of {name}")), filled)


def request_of(draw: Draw, names: tuple[str, ...]) -> Request:
    """Draw a new order, with a price or without one, or an order that is cancelled."""
    name = draw.one_of("what is asked for", ("to enter an order", *names))
    if name in names:
        return Cancel(name)
    side, quantity = side_of(draw, "the new order"), draw.amount("quantity")
    return Enter(Order("new", side, quantity, draw.amount("price") if draw.one_of("with a price", (True, False)) else None))


def side_of(draw: Draw, name: str) -> Side:
    """Draw whether an order buys or sells."""
    return draw.one_of(f"{name} wants to", tuple(Side))


def requests_at_large(draw: Draw) -> Asked:
    """Draw a request with up to five orders that rest."""
    return requests(draw, 5)
