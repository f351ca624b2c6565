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
from itertools import pairwise

from concordant.spec.markets.shared.markets import (
    budget_balanced,
    cleared_once,
    efficient,
    every_trade_moves_a_unit,
    gain,
    goods_are_conserved,
    individually_rational,
    malformed_books_are_rejected,
    no_crossed_book,
    no_deficit,
    no_overfill,
    no_self_trade,
    nobody_overdraws,
    only_orders_count,
    price_time_priority,
    truthful_orders,
    units,
    what_is_not_traded_is_left,
)
from concordant.spec.markets.shared.orders import NOT_ONE_UNIT, Book, Cleared, Outcome, Side
from concordant.spec.vocabulary import Amount, Cases, case, for_all


@for_all
def most_to_gain_first(book: Book, outcome: Outcome) -> Cases:
    """Of each resource, the trades with the most to gain come first."""
    if isinstance(outcome, Cleared):
        for resource in book.resources():
            gains = [gain(book, trade) for trade in outcome.trades if trade.resource == resource]
            for earlier, later in pairwise(gains):
                yield case(earlier >= later, resource=resource, trades=outcome.trades)


@for_all
def law_of_one_price(book: Book, outcome: Outcome) -> Cases:
    """All who buy a resource pay one price, and all who sell it get one price."""
    if isinstance(outcome, Cleared):
        for resource in book.resources():
            trades = [trade for trade in outcome.trades if trade.resource == resource]
            for trade in trades[1:]:
                yield case(trade.pays == trades[0].pays and trade.gets == trades[0].gets, one=trades[0], other=trade)


@for_all
def price_clears_the_market(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Nobody who is left out would gain by a trade at the price that others have."""
    if isinstance(outcome, Cleared):
        for trade in outcome.trades:
            for order in outcome.left:
                if order.resource == trade.resource:
                    yield case(
                        not order.side.beats(order.price, trade.pays if order.side is Side.BUY else trade.gets), left=order, trade=trade
                    )


@for_all
def price_is_set_by_k(book: Book, outcome: Outcome) -> Cases:
    """The price lies k of the way from the lowest price that clears the market to the highest.

    The lowest is the best of the asks that trade and the bids that do not; the highest, of the bids that trade and the asks that do not.
    """
    if isinstance(outcome, Cleared):
        traded, left = Book(tuple(order for order in book.orders if outcome.filled(order) > 0)), Book(outcome.left)
        for trade in outcome.trades:
            lowest = max(order.price for order in (*traded.of(trade.resource, Side.SELL), *left.of(trade.resource, Side.BUY)))
            highest = min(order.price for order in (*traded.of(trade.resource, Side.BUY), *left.of(trade.resource, Side.SELL)))
            yield case(trade.pays - lowest == book.k * (highest - lowest), trade=trade, lowest=lowest, highest=highest)


@for_all
def at_most_one_trade_is_lost(book: Book, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Of each resource, no two further units could be traded with a gain among the orders that are left."""
    for bids, asks in left_over(outcome):
        if len(bids) > 1 and len(asks) > 1:
            yield case(bids[1] <= asks[1], bids=bids, asks=asks)


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
    for resource in left.resources():
        yield units(left.of(resource, Side.BUY))[::-1], units(left.of(resource, Side.SELL))


@for_all
def orders_of_several_units_are_rejected(book: Book, outcome: Outcome) -> Cases:
    """A rule for orders of one unit rejects books with larger ones."""
    if any(order.quantity > 1 for order in book.orders):
        yield case(outcome == NOT_ONE_UNIT, outcome=outcome)


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
MIDPOINT = (*OF_ALL_RULES, budget_balanced, efficient, no_crossed_book)
UNIFORM = (*MIDPOINT, law_of_one_price, price_clears_the_market, price_is_set_by_k)
MCAFEE = (
    *OF_ALL_RULES,
    truthful_orders,
    law_of_one_price,
    price_clears_the_market,
    at_most_one_trade_is_lost,
    a_trade_is_lost_only_for_its_price,
)
VICKREY = (
    *(clause for clause in OF_ALL_RULES if clause is not no_deficit),
    efficient,
    no_crossed_book,
    truthful_orders,
    law_of_one_price,
    price_clears_the_market,
)
CARELESS = (malformed_books_are_rejected, goods_are_conserved, no_overfill, every_trade_moves_a_unit, no_self_trade)
BACKED = (malformed_books_are_rejected, nobody_overdraws, what_is_not_traded_is_left)
MALFORMED = (malformed_books_are_rejected,)
ONE_UNIT = (orders_of_several_units_are_rejected,)
