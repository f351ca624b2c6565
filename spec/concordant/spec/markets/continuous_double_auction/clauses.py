"""What a continuous double auction promises."""

from __future__ import annotations

from collections.abc import Iterable

from concordant.spec.common import calls
from concordant.spec.common.ledgers import Ledger, conserved, covered, nobody_overdrawn
from concordant.spec.markets.continuous_double_auction import (
    ANOTHER,
    NOT_COVERED,
    NOT_SOUND,
    UNKNOWN,
    Account,
    Cancel,
    Cancelled,
    Enter,
    Entered,
    ExchangeView,
    History,
    Order,
    Report,
    Side,
    Traded,
    bound,
    filled,
    find,
    id_of,
    limit,
    next_to_trade,
    open_of,
    reaches,
    rests,
)
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Call,
    Cases,
    Fault,
    Map,
    Reply,
    Seen,
    always,
    always_each,
    case,
    on_event,
    sometimes,
)

ALL = Fault.MALFORMED

# ---- what traders have


def ledgers(history: History) -> Iterable[Ledger[Address]]:
    """List the ledgers of money and of units."""
    return history.money, history.units


def owed(history: History) -> Iterable[tuple[Ledger[Address], Map[Address, Amount]]]:
    """List how much the open orders of each trader may cost it, in money and in units."""
    bounds = {each.trader: bound(history.orders, each.trader) for each in history.orders}
    yield history.money, Map.of({trader: account.money for trader, account in bounds.items()})
    yield history.units, Map.of({trader: account.units for trader, account in bounds.items()})


nothing_is_made_or_lost = conserved(ledgers, under=ALL)
nobody_has_less_than_nothing = nobody_overdrawn(ledgers, under=ALL)
open_orders_are_covered = covered(owed, under=ALL)


@always(under=ALL)
def no_more_is_set_aside_than_needed(seen: Seen[History]) -> Cases:
    """No more is set aside for traders than their open orders may cost: what is filled or cancelled is released."""
    for ledger, amounts in owed(seen.history):
        needed = Map.of({trader: amount for trader, amount in amounts.items() if amount})
        yield case(ledger.escrow == needed, set_aside=ledger.escrow, needed=needed)


@always(under=ALL)
def trades_are_settled_once(seen: Seen[History]) -> Cases:
    """What is a trader's, set aside or not, is what it began with, less the price of each unit that it bought and with that unit, and so for what it sold.

    So a trade moves money and units once, at its price, between the two that trade; there is no fee, and nothing else moves any.
    """
    money, units = seen.history.money, seen.history.units
    for trader, due in seen.history.due.items():
        has = Account(*(ledger.held.get(trader, 0) + ledger.escrow.get(trader, 0) for ledger in (money, units)))
        yield case(has == due, trader=trader, has=has, due=due)


@always_each(ExchangeView, under=ALL)
def accounts_and_orders_are_as_announced(view: ExchangeView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one
    """What the exchange shows is what it has announced: what everybody has, and how much of each order is filled and cancelled."""
    has = {trader: Account(history.money.held.get(trader, 0), history.units.held.get(trader, 0)) for trader in view.accounts}
    announced = ExchangeView(Map.of(has), history.orders)
    yield case(view == announced, shown=view, announced=announced)


# ---- trading


@on_event(Traded, under=ALL)
def trades_follow_price_and_time(before: History, by: Address, event: Traded) -> Cases:  # noqa: ARG001  # the signature of the kind
    """An arriving order trades with the best of the orders that rest and that it reaches, of equal ones with the earliest, and with as much as both have open, which is something."""
    arriving, resting = (find(before, *known) for known in (event.arriving, event.resting))
    if arriving is not None and resting is not None:
        following = next_to_trade(before.orders, arriving)
        best = None if following is None else id_of(following)
        yield case(event.arriving == id_of(before.orders[-1]) and event.resting == best, event=event, best=best, orders=before.orders)
        both = min(open_of(arriving), open_of(resting))
        yield case(event.quantity == both > 0, quantity=event.quantity, arriving=arriving, resting=resting)


@on_event(Traded, under=ALL)
def at_the_price_of_the_resting_order(before: History, by: Address, event: Traded) -> Cases:  # noqa: ARG001
    """A trade is at the price of the order that rests, which is within both limits."""
    arriving, resting = (find(before, *known) for known in (event.arriving, event.resting))
    if arriving is not None and resting is not None:
        fair = event.price == resting.order.price and reaches(arriving.order, event.price)
        yield case(fair, price=event.price, resting=resting, arriving=arriving)


@on_event(Traded, under=ALL)
def nobody_trades_with_itself(before: History, by: Address, event: Traded) -> Cases:  # noqa: ARG001
    """No trade is between two orders of one trader."""
    yield case(event.arriving[0] != event.resting[0], arriving=event.arriving, resting=event.resting)


@always(under=ALL)
def the_book_is_never_crossed(seen: Seen[History]) -> Cases:
    """No bid that rests reaches an ask that rests: nothing more could be traded."""
    bids, asks = ([limit(each) for each in seen.history.orders if rests(each, side)] for side in Side)
    if bids and asks:
        yield case(max(bids) < min(asks), bids=bids, asks=asks)


@always(under=ALL)
def no_order_is_filled_beyond_its_quantity(seen: Seen[History]) -> Cases:
    """No more of an order is filled and cancelled than it is for: the rest is open."""
    for each in seen.history.orders:
        yield case(open_of(each) >= 0, order=each)


@always(under=ALL)
def what_has_no_price_does_not_rest(seen: Seen[History]) -> Cases:
    """An order without a price is filled or cancelled at once."""
    unpriced = [each for each in seen.history.orders if each.order.price is None]
    if unpriced:
        resting = [each for each in unpriced if open_of(each) > 0]
        yield case(resting == [], resting=resting)


@on_event(Entered, under=ALL)
def orders_are_entered_once_as_asked_and_if_covered(before: History, by: Address, event: Entered) -> Cases:
    """An order is entered as its trader asks for it, if it is sound and the trader can settle it; and once."""
    asked = before.calls.open.get(Call(event.trader, by))
    new = find(before, *id_of(event)) is None
    yield case(new and asked == Enter(event.order) and can_settle(before, event.trader, event.order), order=event, asked=asked)


@on_event(Cancelled, under=ALL)
def nothing_is_cancelled_without_a_reason(before: History, by: Address, event: Cancelled) -> Cases:
    """An order is cancelled if its trader asks for it; when it arrives, if it has no price and reaches nothing more, or if it would trade with one of its own."""
    entered = find(before, *event.known)
    if entered is not None:
        asked = before.calls.open.get(Call(entered.trader, by)) == Cancel(entered.order.name)
        following = next_to_trade(before.orders, entered)
        spent = entered.order.price is None and following is None
        meets_itself = following is not None and following.trader == entered.trader
        arrives = event.known == id_of(before.orders[-1]) and (spent or meets_itself)
        yield case(open_of(entered) > 0 and (asked or arrives), order=entered, next=following)


def can_settle(history: History, trader: Address, order: Order) -> bool:
    """Tell whether a trader has what an order may cost it: at its limit; or without one, for all that it takes, order by order."""
    entered, orders, cost = Entered(trader, order), history.orders, Account(0, 0)
    if order.price is not None:
        cost = bound((entered,), trader)
    else:
        while open_of(entered) > 0 and (rival := next_to_trade(orders, entered)) is not None and rival.trader != trader:
            quantity, price = min(open_of(entered), open_of(rival)), limit(rival)
            cost = Account(cost.money + price * quantity, cost.units + quantity)
            orders = tuple(filled(each, quantity) if each == rival else each for each in orders)
            entered = filled(entered, quantity)
    if order.side is Side.BUY:
        return cost.money <= history.money.held.get(trader, 0)
    return cost.units <= history.units.held.get(trader, 0)


# ---- answers


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A trader is told how much of its order is filled, open and cancelled; each no has its reason."""
    asked = before.calls.open.get(Call(event.to, by))
    if asked is not None:
        true = truth(before, event.to, asked)
        yield case(event.answer == true, asked=asked, answer=event.answer, true=true)


def truth(history: History, trader: Address, asked: object) -> object:
    """Return what is to be answered, after all that has been announced; None where an order should have been entered first.

    What is neither to enter nor to cancel an order is malformed.
    """
    match asked:
        case Enter(order):
            entered = find(history, trader, order.name)
            if entered is None:
                return None if can_settle(history, trader, order) else NOT_COVERED
            return report(entered) if entered.order == order else ANOTHER
        case Cancel(name):
            entered = find(history, trader, name)
            return UNKNOWN if entered is None else report(entered)
        case _:
            return NOT_SOUND


def report(entered: Entered) -> Report:
    """Return what is told of an order."""
    return Report(entered.filled, open_of(entered), entered.cancelled)


@on_event(Reply, under=ALL)
def what_is_cancelled_is_not_open(before: History, by: Address, event: Reply) -> Cases:
    """A trader that has cancelled an order has nothing of it open."""
    match before.calls.open.get(Call(event.to, by)):
        case Cancel(name) if (entered := find(before, event.to, name)) is not None:
            yield case(open_of(entered) == 0, order=entered)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and at once."""
    return calls.answered_once(seen.history.calls)


@always(under=ALL)
def nobody_waits_for_an_answer(seen: Seen[History]) -> Cases:
    """Nobody waits for an answer: even a trader whose order rests is answered."""
    return calls.nobody_waits(seen)


@sometimes
def partly_filled_and_cancelled(seen: Seen[History]) -> Cases:
    """An order that was filled in part is cancelled."""
    yield case(any(each.filled > 0 and each.cancelled > 0 for each in seen.history.orders))
