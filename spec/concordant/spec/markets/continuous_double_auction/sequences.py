"""A sequence of orders, entered one after the other by traders that have enough: what holds after it, whatever the prices and quantities.

A book is what earlier orders have left, and orders that do not reach each other are left as they are. So what is proved of each
sequence of n orders is proved of the next order on each book of up to n - 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from concordant.spec.markets.continuous_double_auction import Account, Entered, Order, Side, Traded, bound, limit, reaches, rests
from concordant.spec.vocabulary import Address, Amount, Cases, Draw, Map, case, for_all


@frozen
class Sequence:
    """Orders with their traders, in the order in which they come, and what each trader has in the beginning."""

    orders: tuple[tuple[Address, Order], ...]
    has: Account


@frozen
class Session:
    """What traders have in the end besides what is set aside, what has become of the orders, and the trades."""

    accounts: Map[Address, Account]
    orders: tuple[Entered, ...]
    trades: tuple[Traded, ...]


Rule: TypeAlias = Callable[[Sequence], Session]


def traders(sequence: Sequence) -> tuple[Address, ...]:
    """List the traders."""
    return tuple(sorted({trader for trader, _ in sequence.orders}))


# ---- clauses


@for_all
def all_that_was_there_is_there(sequence: Sequence, session: Session) -> Cases:
    """What traders have, and what their open orders may cost them, is together what they had: money and units."""
    accounts = [*session.accounts.values(), *(bound(session.orders, trader) for trader in traders(sequence))]
    there_is = (sum(account.money for account in accounts), sum(account.units for account in accounts))
    there_was = (len(traders(sequence)) * sequence.has.money, len(traders(sequence)) * sequence.has.units)
    yield case(there_is == there_was, there_is=there_is, there_was=there_was)


@for_all
def each_has_what_it_traded(sequence: Sequence, session: Session) -> Cases:
    """Each trader has as many units more as it has bought, and as much money less as they cost."""
    for trader in traders(sequence):
        has, aside = session.accounts[trader], bound(session.orders, trader)
        bought = [(units(session, trader, trade), trade.price) for trade in session.trades]
        more = (has.money + aside.money - sequence.has.money, has.units + aside.units - sequence.has.units)
        traded = (-sum(count * price for count, price in bought), sum(count for count, _ in bought))
        yield case(more == traded, trader=trader, more=more, traded=traded)


def units(session: Session, trader: Address, trade: Traded) -> Amount:
    """Return how many units a trader gets by a trade, or gives, which is less than nothing."""
    sides = {each.known: each.order.side for each in session.orders}
    mine = [known for known in (trade.arriving, trade.resting) if known[0] == trader]
    return sum(trade.quantity if sides[known] is Side.BUY else -trade.quantity for known in mine)


@for_all
def no_order_is_overfilled(sequence: Sequence, session: Session) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No order is filled and cancelled with more than it is for."""
    for each in session.orders:
        yield case(each.open >= 0, order=each)


@for_all
def no_book_is_left_crossed(sequence: Sequence, session: Session) -> Cases:  # noqa: ARG001
    """No bid that rests reaches an ask that rests."""
    bids, asks = ([limit(each) for each in session.orders if rests(each, side)] for side in Side)
    if bids and asks:
        yield case(max(bids) < min(asks), bids=bids, asks=asks)


@for_all
def within_limits_at_the_earlier_price(sequence: Sequence, session: Session) -> Cases:
    """Each trade is at the price of the earlier order, which the later one reaches."""
    orders = {each.known: each.order for each in session.orders}
    place = {(trader, order.name): number for number, (trader, order) in enumerate(sequence.orders)}
    for trade in session.trades:
        fair = trade.price == orders[trade.resting].price and reaches(orders[trade.arriving], trade.price)
        yield case(fair and place[trade.resting] < place[trade.arriving], trade=trade)


CLAUSES = (
    all_that_was_there_is_there,
    each_has_what_it_traded,
    no_order_is_overfilled,
    no_book_is_left_crossed,
    within_limits_at_the_earlier_price,
)

# ---- sequences


def any_prices(draw: Draw, count: int) -> Sequence:
    """Draw so many orders of one unit each, at any price or without one, the last of another trader or of the first's."""
    return sequence_of(tuple(Order(f"o{number}", side_of(draw, number), 1, price_of(draw, number)) for number in range(count)), draw)


def side_of(draw: Draw, number: int) -> Side:
    """Draw whether an order buys or sells."""
    return draw.one_of(f"order{number} wants to", tuple(Side))


def price_of(draw: Draw, number: int) -> Amount | None:
    """Draw an order's price, or none."""
    return draw.amount(f"price of order{number}") if draw.one_of(f"order{number} has a price", (True, False)) else None


def any_quantities(draw: Draw, count: int) -> Sequence:
    """Draw so many orders of any quantity, at a price of 1 or 2, the last of another trader or of the first's."""
    orders = (
        Order(f"o{number}", side_of(draw, number), draw.amount(f"units of order{number}"), draw.one_of(f"price of order{number}", (1, 2)))
        for number in range(count)
    )
    return sequence_of(tuple(orders), draw)


def asked(order: Order) -> Amount:
    """Return an order's price, or nothing where it has none."""
    return 0 if order.price is None else order.price


def sequence_of(orders: tuple[Order, ...], draw: Draw) -> Sequence:
    """Put orders together, with enough for each trader to settle all of them."""
    last = draw.one_of("the last order is of", ("another", "the first"))
    numbers = [*range(len(orders) - 1), 0 if last == "the first" else len(orders) - 1]
    money = sum(asked(order) * order.quantity for order in orders)
    return Sequence(
        tuple((Address("trader", number), order) for number, order in zip(numbers, orders, strict=True)),
        Account(money, sum(order.quantity for order in orders)),
    )


def sequences_at_large(draw: Draw) -> Sequence:
    """Draw up to seven orders of three traders, at any price or without one, of any quantity."""
    entered: list[tuple[Address, Order]] = []
    for number in range(draw.one_of("orders", range(1, 8))):
        order = Order(f"o{number}", side_of(draw, number), draw.amount(f"units of order{number}"), price_of(draw, number))
        entered.append((Address("trader", draw.one_of(f"trader of order{number}", range(3))), order))
    money = sum(order.quantity * sum(asked(each) for _, each in entered) for _, order in entered)
    return Sequence(tuple(entered), Account(money, sum(order.quantity for _, order in entered)))
