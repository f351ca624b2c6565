"""What goes wrong with call double auctions: the documents' own matching, and misreadings of the other rules."""

from __future__ import annotations

from functools import partial
from itertools import count

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.call_double_auction import (
    MCAFEE_RULE,
    MIDPOINT_RULE,
    UNIFORM_PRICE_RULE,
    VICKREY_RULE,
    at_what_others_lose,
    midpoint,
    of_one_unit,
    uniform_price,
    with_one_trade_less,
)
from concordant.refimpl.markets.shared.matching import Match, Matched, clear, promised, without
from concordant.spec.markets import call_double_auction as spec
from concordant.spec.markets.shared import markets
from concordant.spec.markets.shared.books import (
    backed_orders,
    careless_orders,
    orders_for_several_resources,
    orders_of_several_units,
    truthful_orders,
    with_any_k,
)
from concordant.spec.markets.shared.orders import NOT_BACKED, Book, Cleared, Order, Outcome, Side, Trade
from concordant.spec.vocabulary import Amount, ratio

# ---- the documents


def as_written(book: Book) -> Outcome:
    """Match all bids with all asks, whatever they are for; add each trade in front of the others; leave the book as it was."""
    bids = sorted((order for order in book.orders if order.side is Side.BUY), key=lambda order: -order.price)
    asks = sorted((order for order in book.orders if order.side is Side.SELL), key=lambda order: order.price)
    trades: tuple[Trade, ...] = ()
    while bids and asks and bids[0].price >= asks[0].price:
        match = Match(bids[0], asks[0], min(bids[0].quantity, asks[0].quantity))
        price = ratio(match.bid.price + match.ask.price, 2)
        trades = (match.trade(price, price), *trades)
        bids[:1] = without(bids[0], match.units)
        asks[:1] = without(asks[0], match.units)
    return Cleared(trades, book.orders)


def discards_the_rest(book: Book) -> Outcome:
    """Return the trades, and forget the book."""
    outcome = midpoint(book)
    return evolve(outcome, left=()) if isinstance(outcome, Cleared) else outcome


def latest_first(book: Book) -> Outcome:
    """Keep the book as a list to which orders are added in front."""
    outcome = midpoint(evolve(book, orders=book.orders[::-1]))
    return evolve(outcome, left=outcome.left[::-1]) if isinstance(outcome, Cleared) else outcome


def without_orders(book: Book) -> Outcome:
    """Create the market with its resources, and clear it."""
    return midpoint(evolve(book, orders=()))


@frozen
class Stamped(Cleared):
    """Trades with the time at which they were made."""

    at: int


CLOCK = count()  # on purpose
"""Stands for a clock: it never shows the same time twice."""


def stamped(book: Book) -> Outcome:
    """Write the time beside the trades."""
    outcome = midpoint(book)
    return Stamped(outcome.trades, outcome.left, next(CLOCK)) if isinstance(outcome, Cleared) else outcome


# ---- other prices


def at_the_first_midpoint(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # halves, whatever k
    """Let the pair with the most to gain set the price for all."""
    if not matched.matches:
        return ()
    price = ratio(matched.matches[0].bid.price + matched.matches[0].ask.price, 2)
    return tuple(match.trade(price, price) for match in matched.matches)


def at_the_last_midpoint(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # halves, whatever k
    """Let the last pair that trades set the price for all, and look at nobody else."""
    if not matched.matches:
        return ()
    price = ratio(matched.matches[-1].bid.price + matched.matches[-1].ask.price, 2)
    return tuple(match.trade(price, price) for match in matched.matches)


def at_a_third_of_each_pair(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # thirds, whatever k
    """Let the seller of each pair have a third of what there is to gain."""
    prices = (match.ask.price + ratio(match.bid.price - match.ask.price, 3) for match in matched.matches)
    return tuple(match.trade(price, price) for match, price in zip(matched.matches, prices, strict=True))


def at_the_next_bid(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # the prices are given
    """Let the next bid set McAfee's price alone, if that suits the last pair."""
    if matched.matches and matched.bid and matched.ask and matched.matches[-1].ask.price <= matched.bid.price:
        return tuple(match.trade(matched.bid.price, matched.bid.price) for match in matched.matches)
    return with_one_trade_less(matched, k)


def at_the_last_limits(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # the prices are given
    """Let the last pair that trades set Vickrey's prices, and look at nobody who does not."""
    return tuple(match.trade(matched.matches[-1].ask.price, matched.matches[-1].bid.price) for match in matched.matches)


def ignores_k(book: Book) -> Outcome:
    """Take the middle of the prices that clear the market."""
    return uniform_price(evolve(book, k=ratio(1, 2)))


def with_the_last_trade(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # the prices are given
    """Let the last pair set the prices, and trade at them too."""
    return tuple(match.trade(matched.matches[-1].bid.price, matched.matches[-1].ask.price) for match in matched.matches)


def always_with_one_trade_less(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # the prices are given
    """Let the last pair set the prices, and never trade."""
    return tuple(match.trade(matched.matches[-1].bid.price, matched.matches[-1].ask.price) for match in matched.matches[:-1])


def with_two_trades_less(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # the prices are given
    """Count pairs from nought, and give up one more."""
    return tuple(match.trade(matched.matches[-1].bid.price, matched.matches[-1].ask.price) for match in matched.matches[:-2])


# ---- rules that look at one thing only


def checks_money(book: Book) -> Outcome:
    """Ask whether the bids are backed."""
    return NOT_BACKED if any(is_overdrawn(order) for order in book.orders if order.side is Side.BUY) else as_written(book)


def checks_goods(book: Book) -> Outcome:
    """Ask whether the asks are backed."""
    return NOT_BACKED if any(is_overdrawn(order) for order in book.orders if order.side is Side.SELL) else as_written(book)


def checks_one_unit(book: Book) -> Outcome:
    """Ask whether each order is backed for a unit."""
    backed = all(order.backing is None or order.backing >= promised(evolve(order, quantity=1)) for order in book.orders)
    return as_written(book) if backed else NOT_BACKED


def is_overdrawn(order: Order) -> bool:
    """Tell whether an order promises more than its backing."""
    return order.backing is not None and order.backing < promised(order)


def reduced_for_any_order(book: Book) -> Outcome:
    """Apply McAfee's rule to orders of any size."""
    return clear(book, with_one_trade_less)


def vickrey_for_any_order(book: Book) -> Outcome:
    """Apply Vickrey's prices of one unit to orders of any size."""
    return clear(book, at_what_others_lose)


# ---- the pitfalls

MIXES_RESOURCES = Pitfall(
    "DBL-1",
    "Orders are matched by price alone: a buyer of processors gets memory.",
    breaks=markets.goods_are_conserved,
    subject=MIDPOINT_RULE.replaced_by(as_written).over(partial(orders_for_several_resources, most=2)),
    length=6,
)
BUYS_LESS_THAN_NOTHING = Pitfall(
    "DBL-2",
    "A bid for minus one unit adds a unit to the ask, which then delivers more than it has.",
    breaks=markets.no_overfill,
    subject=MIDPOINT_RULE.replaced_by(as_written).promising(*spec.CARELESS).over(careless_orders),
    length=7,
)
TRADES_WITH_ITSELF = Pitfall(
    "DBL-3",
    "Nobody looks at who trades: a trader's bid is matched with its own ask.",
    breaks=markets.no_self_trade,
    subject=MIDPOINT_RULE.replaced_by(as_written).promising(*spec.CARELESS).over(careless_orders),
    length=7,
)
TRADES_NOTHING = Pitfall(
    "DBL-4",
    "An order of no units is matched, and a trade of nothing is recorded.",
    breaks=markets.every_trade_moves_a_unit,
    subject=MIDPOINT_RULE.replaced_by(as_written).promising(*spec.CARELESS).over(careless_orders),
    length=7,
)
LISTS_THE_LAST_FIRST = Pitfall(
    "DBL-5",
    "Each trade is put in front of the others: served from its start, the list gives the least valuable first.",
    breaks=spec.most_to_gain_first,
    subject=MIDPOINT_RULE.replaced_by(as_written).on(2),
    length=6,
)
EACH_PAIR_HAS_ITS_PRICE = Pitfall(
    "DBL-6",
    "Each pair trades in the middle between its own bid and ask, so that one good has several prices.",
    breaks=spec.law_of_one_price,
    subject=UNIFORM_PRICE_RULE.replaced_by(midpoint).on(2),
    length=6,
)
CLEARS_TWICE = Pitfall(
    "DBL-8",
    "The book stays as it was: clearing it again trades the same orders again.",
    breaks=markets.cleared_once,
    subject=MIDPOINT_RULE.replaced_by(as_written).on(2),
    length=4,
)
DISCARDS_WHAT_IS_LEFT = Pitfall(
    "DBL-8/leftovers",
    "What is not traded is forgotten: the rest of an order never trades.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(discards_the_rest).on(2),
    length=5,
)
HAS_NO_ORDERS = Pitfall(
    "DBL-9",
    "The market is created without its orders, and nothing adds any: it clears, and nothing is traded.",
    breaks=markets.efficient,
    subject=MIDPOINT_RULE.replaced_by(without_orders).on(2),
    length=4,
)
SELLS_WHAT_IS_NOT_THERE = Pitfall(
    "DBL-10",
    "Nobody checks what there is to sell: more is delivered than the seller has.",
    breaks=markets.nobody_overdraws,
    subject=MIDPOINT_RULE.replaced_by(checks_money).promising(*spec.BACKED).over(backed_orders),
    length=9,
)
STAMPS_THE_TIME = Pitfall(
    "DBL-11",
    "The time of the clock is a part of the outcome: the same bids and asks never give the same again.",
    breaks=markets.only_orders_count,
    subject=MIDPOINT_RULE.replaced_by(stamped).on(2),
    length=4,
)
PAYS_WHAT_IT_DOES_NOT_HAVE = Pitfall(
    "DBL-12",
    "Nobody checks whether the buyer has the money: the trade is made, and cannot be settled.",
    breaks=markets.nobody_overdraws,
    subject=MIDPOINT_RULE.replaced_by(checks_goods).promising(*spec.BACKED).over(backed_orders),
    length=9,
)
BACKED_FOR_ONE_UNIT = Pitfall(
    "call_double_auction.BackedForOneUnit",
    "The backing is compared with the price of a unit, however many units are ordered.",
    breaks=markets.malformed_books_are_rejected,
    subject=MIDPOINT_RULE.replaced_by(checks_one_unit).on_malformed(("too little backing",)),
    length=5,
)
BACKED_FOR_ONE_UNIT_ONLY = Pitfall(
    "call_double_auction.BackedForOneUnit/overdrawn",
    "So a buyer of two units pays for both, with the money for one.",
    breaks=markets.nobody_overdraws,
    subject=MIDPOINT_RULE.replaced_by(checks_one_unit).promising(*spec.BACKED).over(backed_orders),
    length=9,
)
A_THIRD = Pitfall(
    "call_double_auction.AtAThird",
    "The seller gets a third of what there is to gain, where half was agreed.",
    breaks=spec.price_is_the_middle_of_each_pair,
    subject=MIDPOINT_RULE.replaced_by(partial(clear, pricing=at_a_third_of_each_pair)).on(2),
    length=4,
)
NEXT_BID_SETS_THE_PRICE = Pitfall(
    "call_double_auction.NextBidSetsThePrice",
    "McAfee's price is taken from the next bid alone: honest, and not what was announced.",
    breaks=spec.price_is_set_by_who_does_not_trade,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=at_the_next_bid)).on(2),
    length=6,
)
LAST_PAIR_SETS_BOTH_PRICES = Pitfall(
    "call_double_auction.LastPairSetsBothPrices",
    "Vickrey's prices are taken from the last pair that trades: a trader that is left out, and would have paid more or taken less, is forgotten.",
    breaks=spec.everybody_gains_what_its_order_adds,
    subject=VICKREY_RULE.replaced_by(partial(of_one_unit, pricing=at_the_last_limits)).on(2),
    length=5,
)
LATEST_FIRST = Pitfall(
    "DBL-13",
    "Orders are added in front of the list: of equal bids, the latest has priority.",
    breaks=markets.price_time_priority,
    subject=MIDPOINT_RULE.replaced_by(latest_first).on(2),
    length=5,
)
LOOKS_AT_NOTHING = Pitfall(
    "call_double_auction.LooksAtNothing",
    "Books are cleared whatever is in them.",
    breaks=markets.malformed_books_are_rejected,
    subject=MIDPOINT_RULE.replaced_by(as_written).on_malformed(),
    length=5,
)
FIRST_PAIR_SETS_THE_PRICE = Pitfall(
    "call_double_auction.FirstPairSetsThePrice",
    "The pair with the most to gain sets the price for all: for another it may be worse than its limit.",
    breaks=markets.individually_rational,
    subject=UNIFORM_PRICE_RULE.replaced_by(partial(clear, pricing=at_the_first_midpoint)).on(2),
    length=6,
)
LAST_PAIR_SETS_THE_PRICE = Pitfall(
    "call_double_auction.LastPairSetsThePrice",
    "The price is taken between the last bid and ask that trade, without a look at those that do not: a bid above it is left out.",
    breaks=spec.price_clears_the_market,
    subject=UNIFORM_PRICE_RULE.replaced_by(partial(clear, pricing=at_the_last_midpoint)).on(2),
    length=5,
)
IGNORES_K = Pitfall(
    "call_double_auction.IgnoresK",
    "The price is always in the middle, whatever part of the gain the sellers were promised.",
    breaks=spec.price_is_set_by_k,
    subject=UNIFORM_PRICE_RULE.replaced_by(ignores_k).over(partial(with_any_k, most=2)),
    length=5,
)
KEEPS_THE_LAST_TRADE = Pitfall(
    "call_double_auction.KeepsTheLastTrade",
    "The pair that sets McAfee's prices trades at them too, and so gains by setting them otherwise.",
    breaks=truthful_orders,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=with_the_last_trade)).on(2),
    length=6,
)
GIVES_UP_TWO_TRADES = Pitfall(
    "call_double_auction.GivesUpTwoTrades",
    "Pairs are counted from zero, and McAfee's rule gives up one more than it has to.",
    breaks=spec.at_most_one_trade_is_lost,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=with_two_trades_less)).on(2),
    length=6,
)
ALWAYS_GIVES_UP_A_TRADE = Pitfall(
    "call_double_auction.AlwaysGivesUpATrade",
    "McAfee's rule is reduced to its second half: the last trade is given up also where the next pair could set the price.",
    breaks=spec.a_trade_is_lost_only_for_its_price,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=always_with_one_trade_less)).on(2),
    length=6,
)
REDUCES_ANY_ORDER = Pitfall(
    "call_double_auction.ReducesAnyOrder",
    "McAfee's rule is applied to orders of several units, where it is not truthful.",
    breaks=markets.orders_of_several_units_are_rejected,
    subject=MCAFEE_RULE.replaced_by(reduced_for_any_order).over(partial(orders_of_several_units, most=2)),
    length=6,
)
OWN_ORDER_SETS_THE_PRICE = Pitfall(
    "call_double_auction.OwnOrderSetsThePrice",
    "Vickrey's prices of one unit are applied to orders of several: the rest of a trader's own order sets its price.",
    breaks=truthful_orders,
    subject=VICKREY_RULE.replaced_by(vickrey_for_any_order).promising(truthful_orders).over(partial(orders_of_several_units, most=1)),
    length=8,
)
