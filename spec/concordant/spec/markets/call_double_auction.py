"""Call double auction: bids and asks are collected, and cleared all at once, by one of four rules.

| rule | balanced | rational | efficient | truthful |
|---|---|---|---|---|
| midpoint of each pair | yes | yes | yes | no |
| uniform price, every k | yes | yes | yes | no |
| trade reduction (McAfee) | no, but no deficit | yes | no, but for one trade | yes |
| Vickrey, Clarke, Groves | no, and a deficit | yes | yes | yes |

All four at once are impossible (Myerson and Satterthwaite 1983). Source: the documents, for the midpoint of each pair; Chatterjee
and Samuelson, "Bargaining under Incomplete Information", 1983, and Wilson, "Incentive Efficiency of Double Auctions", 1985, for
the uniform price; McAfee, "A Dominant Strategy Double Auction", 1992. A trader has one order for a resource. McAfee's and
Vickrey's rules are for orders of one unit: with more, a trader's price would depend on its own order. Orders of one trader under
several names are outside of what is promised, and so is how the book comes about: entering and withdrawing orders before the call.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import evolve

from concordant.spec.markets.shared.books import truthful_orders
from concordant.spec.markets.shared.markets import (
    budget_balanced,
    cleared_once,
    efficient,
    every_trade_moves_a_unit,
    gain,
    goods_are_conserved,
    greatest_gain,
    individually_rational,
    malformed_books_are_rejected,
    margin,
    no_crossed_book,
    no_deficit,
    no_overfill,
    no_self_trade,
    nobody_overdraws,
    only_orders_count,
    orders_of_several_units_are_rejected,
    price_time_priority,
    units,
    what_is_not_traded_is_left,
)
from concordant.spec.markets.shared.orders import Book, Cleared, Outcome, Side, beats, bid_and_ask, filled, orders, resources, trades_of
from concordant.spec.vocabulary import Amount, Cases, case, for_all


@for_all
def most_to_gain_first(book: Book, outcome: Outcome) -> Cases:
    """Of each resource, the trades with the most to gain come first."""
    if isinstance(outcome, Cleared):
        for earlier, later in combinations(outcome.trades, 2):
            if earlier.resource == later.resource:
                yield case(gain(book, earlier) >= gain(book, later), earlier=earlier, later=later)


@for_all
def law_of_one_price(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """All who buy a resource pay one price, and all who sell it get one price."""
    if isinstance(outcome, Cleared):
        for one, other in combinations(outcome.trades, 2):
            if one.resource == other.resource:
                yield case(one.pays == other.pays and one.gets == other.gets, one=one, other=other)


@for_all
def price_clears_the_market(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Nobody who is left out would gain by a trade at the price that others have."""
    if isinstance(outcome, Cleared):
        for trade in outcome.trades:
            for order in outcome.left:
                if order.resource == trade.resource:
                    yield case(
                        not beats(order.side, order.price, trade.pays if order.side is Side.BUY else trade.gets), left=order, trade=trade
                    )


@for_all
def price_is_set_by_k(book: Book, outcome: Outcome) -> Cases:
    """The price lies k of the way from the lowest price that clears the market to the highest.

    The lowest is the best of the asks that trade and the bids that do not; the highest, of the bids that trade and the asks that do not.
    """
    if isinstance(outcome, Cleared):
        traded, left = Book(tuple(order for order in book.orders if filled(outcome, order) > 0)), Book(outcome.left)
        for trade in outcome.trades:
            lowest = max(order.price for order in (*orders(traded, trade.resource, Side.SELL), *orders(left, trade.resource, Side.BUY)))
            highest = min(order.price for order in (*orders(traded, trade.resource, Side.BUY), *orders(left, trade.resource, Side.SELL)))
            yield case(trade.pays - lowest == book.k * (highest - lowest), trade=trade, lowest=lowest, highest=highest)


@for_all
def at_most_one_trade_is_lost(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Of each resource, no two further units could be traded with a gain among the orders that are left."""
    for bids, asks in left_over(outcome):
        yield case(all(bid <= ask for bid, ask in zip(bids[1:2], asks[1:2], strict=False)), bids=bids, asks=asks)


@for_all
def a_trade_is_lost_only_for_its_price(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A trade is given up only where the middle between the next bid and the next ask does not suit both of its orders."""
    for bids, asks in left_over(outcome):
        if bids and asks and bids[0] >= asks[0]:
            next_ones = zip(bids[1:2], asks[1:2], strict=False)
            yield case(all(not 2 * asks[0] <= bid + ask <= 2 * bids[0] for bid, ask in next_ones), bids=bids, asks=asks)


def left_over(outcome: Outcome) -> Iterator[tuple[list[Amount], list[Amount]]]:
    """Yield of each resource the prices of the bids that are left, and of the asks, the best first, one for each unit."""
    left = Book(outcome.left if isinstance(outcome, Cleared) else ())
    for resource in resources(left):
        yield units(orders(left, resource, Side.BUY))[::-1], units(orders(left, resource, Side.SELL))


@for_all
def price_is_the_middle_of_each_pair(book: Book, outcome: Outcome) -> Cases:
    """The buyer pays and the seller gets what lies halfway between their limits."""
    if isinstance(outcome, Cleared):
        for trade in outcome.trades:
            pair = bid_and_ask(book, trade)
            shared = None not in pair and trade.pays + trade.gets == sum(order.price for order in pair if order)
            yield case(shared and trade.pays == trade.gets, pair=pair, trade=trade)


@for_all
def price_is_set_by_who_does_not_trade(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """All trade in the middle between the next bid and the next ask; or, where those reach each other, each side at its own next order."""
    if isinstance(outcome, Cleared):
        left = Book(outcome.left)
        for trade in outcome.trades:
            bids, asks = units(orders(left, trade.resource, Side.BUY)), units(orders(left, trade.resource, Side.SELL))
            lost = bool(bids and asks) and bids[-1] >= asks[0]
            pays, gets = trade.pays, trade.gets
            middle = bool(bids and asks) and pays == gets and pays - asks[0] == bids[-1] - pays
            yield case((pays, gets) == (bids[-1], asks[0]) if lost else middle, trade=trade, bids=bids, asks=asks)


@for_all
def everybody_gains_what_its_order_adds(book: Book, outcome: Outcome) -> Cases:
    """A trader gains by how much less all could gain without its order: what its trade costs the others, it pays (Vickrey 1961)."""
    if isinstance(outcome, Cleared):
        for order in book.orders:
            others = evolve(book, orders=tuple(other for other in book.orders if other != order))
            added = greatest_gain(book, order.resource) - greatest_gain(others, order.resource)
            gains = sum(margin(book, order.trader, trade) * trade.quantity for trade in trades_of(outcome, order))
            yield case(gains == added, order=order, gains=gains, added=added)


OF_ALL_RULES = (
    goods_are_conserved,
    no_overfill,
    every_trade_moves_a_unit,
    no_self_trade,
    what_is_not_traded_is_left,
    no_deficit,
    individually_rational,
    most_to_gain_first,
    price_time_priority,
    cleared_once,
    only_orders_count,
)
BALANCED = (malformed_books_are_rejected, *OF_ALL_RULES, budget_balanced, efficient, no_crossed_book)
MIDPOINT = (*BALANCED, price_is_the_middle_of_each_pair)
UNIFORM = (*BALANCED, law_of_one_price, price_clears_the_market, price_is_set_by_k)
MCAFEE = (
    orders_of_several_units_are_rejected,
    *OF_ALL_RULES,
    truthful_orders,
    law_of_one_price,
    price_clears_the_market,
    price_is_set_by_who_does_not_trade,
    at_most_one_trade_is_lost,
    a_trade_is_lost_only_for_its_price,
)
VICKREY = (
    orders_of_several_units_are_rejected,
    *(clause for clause in OF_ALL_RULES if clause is not no_deficit),
    efficient,
    no_crossed_book,
    truthful_orders,
    law_of_one_price,
    price_clears_the_market,
    everybody_gains_what_its_order_adds,
)
CARELESS = (malformed_books_are_rejected, goods_are_conserved, no_overfill, every_trade_moves_a_unit, no_self_trade)
BACKED = (malformed_books_are_rejected, nobody_overdraws, what_is_not_traded_is_left)
