"""Markets that clear all orders at once: what is promised of goods, of money, of who trades, and of honesty.

Source: Wilson, "Incentive Efficiency of Double Auctions", 1985; Myerson and Satterthwaite, "Efficient Mechanisms for Bilateral
Trading", 1983: no rule is balanced, individually rational, efficient and truthful at once.
"""

from __future__ import annotations

from itertools import permutations

from attrs import evolve

from concordant.spec.markets.shared.orders import (
    REJECTED,
    REJECTED_OF_ONE_UNIT,
    Book,
    Cleared,
    Order,
    Outcome,
    Rule,
    Side,
    Trade,
    beats,
    bid_and_ask,
    filled,
    find,
    is_whole,
    orders,
    resources,
    trades_of,
)
from concordant.spec.vocabulary import Amount, Cases, Draw, case, for_all, is_amount, rejection, relates

# ---- clauses about goods


@for_all
def goods_are_conserved(book: Book, outcome: Outcome) -> Cases:
    """What is bought is what is sold: each trade is between a bid and an ask for its resource."""
    if isinstance(outcome, Cleared):
        for trade in outcome.trades:
            yield case(None not in bid_and_ask(book, trade), trade=trade)


@for_all
def no_overfill(book: Book, outcome: Outcome) -> Cases:
    """Nobody receives or delivers more units than it has ordered."""
    if isinstance(outcome, Cleared):
        for order in book.orders:
            moved = sum(trade.quantity for trade in trades_of(outcome, order) if trade.quantity > 0)
            yield case(moved <= max(order.quantity, 0), order=order, moved=moved)


@for_all
def every_trade_moves_a_unit(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A trade is of whole units, one or more."""
    if isinstance(outcome, Cleared):
        for trade in outcome.trades:
            yield case(is_amount(trade.quantity) and is_whole(trade.quantity) and trade.quantity >= 1, trade=trade)


@for_all
def no_self_trade(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Nobody trades with itself."""
    if isinstance(outcome, Cleared):
        for trade in outcome.trades:
            yield case(trade.buyer != trade.seller, trade=trade)


@for_all
def what_is_not_traded_is_left(book: Book, outcome: Outcome) -> Cases:
    """Of each order exactly those units are left that were not traded, with the backing that was not spent, in the order in which they came; and nothing else."""
    if isinstance(outcome, Cleared):
        left = Book(outcome.left)
        for order in book.orders:
            rest = find(left, order.trader, order.side, order.resource)
            remains = order.quantity - filled(outcome, order)
            yield case((rest.quantity if rest else 0) == remains, order=order, left=rest)
            if rest:
                backing = None if order.backing is None else order.backing - settled(outcome, order)
                yield case(rest.backing == backing, order=order, left=rest)
        unfilled = tuple(named(order) for order in book.orders if order.quantity > filled(outcome, order))
        yield case(tuple(map(named, outcome.left)) == unfilled, left=outcome.left)


def named(order: Order) -> tuple[str, Side, str, Amount]:
    """Return what of an order does not change by trading."""
    return order.trader, order.side, order.resource, order.price


def settled(outcome: Cleared, order: Order) -> Amount:
    """Return what an order's trader has paid, or has delivered."""
    return sum(trade.quantity * (trade.pays if order.side is Side.BUY else 1) for trade in trades_of(outcome, order))


# ---- clauses about money


@for_all
def budget_balanced(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The buyers pay what the sellers get."""
    if isinstance(outcome, Cleared):
        paid, got = turnover(outcome)
        yield case(paid == got, paid=paid, got=got, trades=outcome.trades)


@for_all
def no_deficit(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The buyers pay at least what the sellers get: the market never adds money (weak budget balance)."""
    if isinstance(outcome, Cleared):
        paid, got = turnover(outcome)
        yield case(paid >= got, paid=paid, got=got, trades=outcome.trades)


def turnover(outcome: Cleared) -> tuple[Amount, Amount]:
    """Return what the buyers pay and what the sellers get."""
    return sum(trade.pays * trade.quantity for trade in outcome.trades), sum(trade.gets * trade.quantity for trade in outcome.trades)


@for_all
def individually_rational(book: Book, outcome: Outcome) -> Cases:
    """Nobody trades at a price worse than its limit, or pays without a trade."""
    if isinstance(outcome, Cleared):
        for trade in outcome.trades:
            bid, ask = bid_and_ask(book, trade)
            yield case(bid is not None and is_amount(trade.pays) and trade.pays <= bid.price, bid=bid, trade=trade)
            yield case(ask is not None and is_amount(trade.gets) and trade.gets >= ask.price, ask=ask, trade=trade)


@for_all
def nobody_overdraws(book: Book, outcome: Outcome) -> Cases:
    """Nobody pays more money, or delivers more units, than its order is backed with."""
    if isinstance(outcome, Cleared):
        for order in book.orders:
            if order.backing is not None:
                yield case(settled(outcome, order) <= order.backing, order=order, settled=settled(outcome, order))


# ---- clauses about who trades


@for_all
def efficient(book: Book, outcome: Outcome) -> Cases:
    """The gains from trade are the greatest possible: with honest orders, units go from those to whom they cost least to those to whom they are worth most."""
    if isinstance(outcome, Cleared):
        for resource in resources(book):
            made = sum(gain(book, trade) * trade.quantity for trade in outcome.trades if trade.resource == resource)
            possible = greatest_gain(book, resource)
            yield case(made == possible, resource=resource, made=made, possible=possible)


def greatest_gain(book: Book, resource: str) -> Amount:
    """Return how much there is to gain from trade in a resource: the dearest unit wanted against the cheapest offered, and so on."""
    bids, asks = (units(orders(book, resource, side)) for side in Side)
    return sum(max(bid - ask, 0) for bid, ask in zip(reversed(bids), asks, strict=False))


@for_all
def no_crossed_book(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No bid that is left reaches an ask that is left: no further unit could be traded."""
    if isinstance(outcome, Cleared):
        for bid, ask in permutations(outcome.left, 2):
            if bid.side is Side.BUY and ask.side is Side.SELL and bid.resource == ask.resource:
                yield case(bid.price < ask.price, bid=bid, ask=ask)


@for_all
def price_time_priority(book: Book, outcome: Outcome) -> Cases:
    """Nobody trades before a better order of its side is filled, or before an equal one that came earlier."""
    if isinstance(outcome, Cleared):
        for (place, order), (other, rival) in permutations(enumerate(book.orders), 2):
            if filled(outcome, order) > 0 and precedes(rival, order, earlier=other < place):
                yield case(filled(outcome, rival) == rival.quantity, trades=order, waits=rival)


def precedes(one: Order, other: Order, *, earlier: bool) -> bool:
    """Tell whether one order has priority over another of its side and resource."""
    if (one.side, one.resource) != (other.side, other.resource):
        return False
    return beats(one.side, one.price, other.price) or (earlier and one.price == other.price)


def units(ordered: tuple[Order, ...]) -> list[Amount]:
    """List the price of each unit that is ordered, the lowest first."""
    return sorted(order.price for order in ordered for _ in range(order.quantity))


def gain(book: Book, trade: Trade) -> Amount:
    """Return what a unit is worth more to its buyer than to its seller; of a trade without orders, nothing."""
    bid, ask = bid_and_ask(book, trade)
    return bid.price - ask.price if bid and ask else 0


@for_all
def malformed_books_are_rejected(book: Book, outcome: Outcome) -> Cases:
    """A book is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, book, outcome)


@for_all
def orders_of_several_units_are_rejected(book: Book, outcome: Outcome) -> Cases:
    """A rule for orders of one unit rejects a book with larger ones too, and otherwise rejects as the others do."""
    yield from rejection(REJECTED_OF_ONE_UNIT, book, outcome)


# ---- clauses about several runs


@relates
def cleared_once(rule: Rule, book: Book, draw: Draw) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Clearing what is left, with no new orders, trades nothing and leaves it as it is."""
    outcome = rule(book)
    if isinstance(outcome, Cleared):
        again = rule(evolve(book, orders=outcome.left))
        yield case(again == Cleared((), outcome.left), first=outcome, again=again)


@relates
def only_orders_count(rule: Rule, book: Book, draw: Draw) -> Cases:  # noqa: ARG001  # the signature of the kind
    """What comes of a book depends on its bids and on its asks alone: not on the time, nor on which side came first."""
    asks_first = tuple(order for side in (Side.SELL, Side.BUY) for order in book.orders if order.side == side)
    outcome, again = rule(book), rule(evolve(book, orders=asks_first))
    if isinstance(outcome, Cleared) and isinstance(again, Cleared):
        yield case(by_side(outcome) == by_side(again), outcome=outcome, again=again)


def by_side(outcome: Cleared) -> Cleared:
    """Return an outcome with the bids that are left before the asks."""
    return evolve(outcome, left=tuple(order for side in Side for order in outcome.left if order.side == side))


def utility(book: Book, trader: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to a trader whose value, or cost, of a unit is its limit price in the book."""
    return sum(margin(book, trader, trade) * trade.quantity for trade in outcome.trades) if isinstance(outcome, Cleared) else 0


def margin(book: Book, trader: str, trade: Trade) -> Amount:
    """Return what a trader gains by a unit of a trade."""
    bid, ask = (find(book, trader, side, trade.resource) for side in Side)
    if bid and trade.buyer == trader:
        return bid.price - trade.pays
    return trade.gets - ask.price if ask and trade.seller == trader else 0


def misreport(book: Book, trader: str, draw: Draw) -> Book:
    """Draw another limit price of one trader."""
    lie = draw.amount("the lie")
    return evolve(book, orders=tuple(evolve(order, price=lie) if order.trader == trader else order for order in book.orders))


def traders(book: Book) -> tuple[str, ...]:
    """List who trades."""
    return tuple(order.trader for order in book.orders)
