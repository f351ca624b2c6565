"""Continuous double auction: each order trades at once with the best orders of the other side, and what is left of it rests in the book.

Source: Friedman and Rust (editors), "The Double Auction Market", 1993; of orders and their states, FIX. Assumes: requests come one
at a time; there is one good. Chosen: of resting orders the best price comes first, and of equal ones the earliest (price-time
priority); a trade is at the price of the order that rests. An order without a price trades with what is there, and what is left of
it is cancelled. Nobody trades with itself: where the next to trade with is an order of its own, what is left of the arriving order is
cancelled. Orders are covered: what an order may cost is set aside while it rests, so that every trade can be settled; an order that
its trader could not settle is refused, and there is no fee. Orders have names that their traders give, so that one that is entered
twice is entered once.
The exchange keeps no time: an order that is to end at some time is cancelled then by its trader.
Does not promise: a fair price, or one that everybody gets; the last to come pays, or gets, what others asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.common.ledgers import Ledger
from concordant.spec.vocabulary import Address, Amount, Map, Rejected


class Side(Enum):
    """Whether an order buys or sells."""

    BUY = "buy"
    SELL = "sell"


@frozen
class Order:
    """A trader's order, by a name of its own. `price`: of a unit, the most that is paid or the least that is taken; None takes any."""

    name: str
    side: Side
    quantity: Amount
    price: Amount | None


@frozen
class Entered:
    """An order and its trader, and how much of it is filled and cancelled. An event when it comes, with nothing of either."""

    trader: Address
    order: Order
    filled: Amount = 0
    cancelled: Amount = 0


@frozen
class Account:
    """What a trader has, besides what is set aside for its orders."""

    money: Amount
    units: Amount


# ---- requests and answers; whatever is asked again is answered by what is so now


@frozen
class Enter:
    """A trader enters an order. Answered by `Report`, or by `ANOTHER`, `NOT_SOUND` or `NOT_COVERED`."""

    order: Order


@frozen
class Cancel:
    """A trader cancels what is open of an order. Answered by `Report`, or by `UNKNOWN`."""

    name: str


@frozen
class Report:
    """How much of an order is filled, open, and cancelled."""

    filled: Amount
    open: Amount
    cancelled: Amount


Request: TypeAlias = Enter | Cancel
Answer: TypeAlias = Report | Rejected

NOT_SOUND = Rejected("a quantity is no exact amount above 0, or a price none of 0 or more")
ANOTHER = Rejected("there is another order of this name")
NOT_COVERED = Rejected("the trader could not settle the order")
UNKNOWN = Rejected("there is no order of this name")

# ---- events


@frozen
class Traded:
    """So much is traded at a price between an order that arrives and one that rests."""

    arriving: tuple[Address, str]
    resting: tuple[Address, str]
    quantity: Amount
    price: Amount


@frozen
class Cancelled:
    """What was open of an order is cancelled."""

    known: tuple[Address, str]


@frozen
class SetAside:
    """So much more of what a trader has is set aside for its orders; less, where it is negative."""

    trader: Address
    money: Amount
    units: Amount


@frozen
class Settled:
    """A trader has so much more; less, where it is negative."""

    trader: Address
    money: Amount
    units: Amount


# ---- view and history


@frozen
class ExchangeView:
    """What each trader has besides, and all orders, in the order in which they came."""

    accounts: Map[Address, Account]
    orders: tuple[Entered, ...]


@frozen
class History:
    """What was announced: the ledgers, and all orders, in the order in which they came. `due`: what is each trader's, if its trades are settled."""

    money: Ledger[Address]
    units: Ledger[Address]
    due: Map[Address, Account]
    calls: Calls = Calls()
    orders: tuple[Entered, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Entered():
                return evolve(after, orders=(*self.orders, happening))
            case Traded(arriving, resting, quantity, price):
                both = [each for each in self.orders if id_of(each) in (arriving, resting)]
                orders = tuple(filled(each, quantity) if each in both else each for each in self.orders)
                return evolve(after, orders=orders, due=traded(self.due, both, quantity, price))
            case Cancelled(known):
                return evolve(after, orders=tuple(cancelled(each) if id_of(each) == known else each for each in self.orders))
            case SetAside(trader, money, units):
                return evolve(after, money=set_aside(self.money, trader, money), units=set_aside(self.units, trader, units))
            case Settled(trader, money, units):
                return evolve(after, money=self.money.credit(trader, money), units=self.units.credit(trader, units))
            case _:
                return after


def open_of(entered: Entered) -> Amount:
    """Return how much of an order is neither filled nor cancelled."""
    return entered.order.quantity - entered.filled - entered.cancelled


def id_of(entered: Entered) -> tuple[Address, str]:
    """Return by what an order is known: its trader and its name."""
    return entered.trader, entered.order.name


def find(history: History, trader: Address, name: str) -> Entered | None:
    """Return an order; None where there is none."""
    return next((each for each in history.orders if id_of(each) == (trader, name)), None)


def filled(entered: Entered, quantity: Amount) -> Entered:
    """Return an order of which so much more is filled."""
    return evolve(entered, filled=entered.filled + quantity)


def cancelled(entered: Entered) -> Entered:
    """Return an order of which what was open is cancelled."""
    return evolve(entered, cancelled=entered.cancelled + open_of(entered))


def traded(due: Map[Address, Account], orders: Iterable[Entered], quantity: Amount, price: Amount) -> Map[Address, Account]:
    """Return what is each trader's after a trade of some orders: who buys has what was traded and paid for it, who sells the opposite."""
    for each in orders:
        had, bought = due.get(each.trader, Account(0, 0)), quantity if each.order.side is Side.BUY else -quantity
        due = due.put(each.trader, Account(had.money - price * bought, had.units + bought))
    return due


def set_aside(ledger: Ledger[Address], trader: Address, amount: Amount) -> Ledger[Address]:
    """Return a ledger in which a trader has so much less, and so much more is set aside for it."""
    return ledger.debit(trader, amount).reserve(trader, amount)


# ---- what clauses ask of orders


def rests(entered: Entered, side: Side) -> bool:
    """Tell whether something is open of an order of one side."""
    return entered.order.side == side and open_of(entered) > 0


def other(side: Side) -> Side:
    """Return the side with which one trades."""
    return Side.SELL if side is Side.BUY else Side.BUY


def reaches(order: Order, price: Amount) -> bool:
    """Tell whether an order may trade at a price."""
    if order.price is None:
        return True
    return price <= order.price if order.side is Side.BUY else price >= order.price


def next_to_trade(orders: tuple[Entered, ...], arriving: Entered) -> Entered | None:
    """Return with which resting order an arriving one is to trade next: the earliest that none beats in price; None where it reaches none."""
    others = [each for each in orders if rests(each, other(arriving.order.side)) and id_of(each) != id_of(arriving)]
    reached = [each for each in others if reaches(arriving.order, limit(each))]
    return next((one for one in reached if not any(better(arriving.order.side, limit(each), limit(one)) for each in reached)), None)


def limit(entered: Entered) -> Amount:
    """Return the price of an order that rests, which has one."""
    return 0 if entered.order.price is None else entered.order.price


def better(side: Side, price: Amount, than: Amount) -> bool:
    """Tell whether a price is better than another for who arrives on this side."""
    return price < than if side is Side.BUY else price > than


def bound(orders: tuple[Entered, ...], trader: Address) -> Account:
    """Return what a trader's open orders may cost it."""
    mine = [each for each in orders if each.trader == trader]
    money = sum(open_of(each) * each.order.price for each in mine if rests(each, Side.BUY) and each.order.price is not None)
    return Account(money, sum(open_of(each) for each in mine if rests(each, Side.SELL)))
