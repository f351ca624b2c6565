"""What goes wrong only where there are several, of trades, orders or resources: what comes first is as it should be."""

from __future__ import annotations

from functools import partial

from attrs import evolve

from concordant.pitfalls.markets.call_double_auction.misread import always_with_one_trade_less, with_two_trades_less
from concordant.pitfalls.markets.call_double_auction.spoiled import of_the_last_trade, told
from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.call_double_auction import (
    MCAFEE_RULE,
    MIDPOINT_RULE,
    UNIFORM_PRICE_RULE,
    VICKREY_RULE,
    at_a_uniform_price,
    at_the_midpoint_of_each_pair,
    midpoint,
    of_one_unit,
    trade_reduction,
    uniform_price,
    with_one_trade_less,
)
from concordant.refimpl.markets.shared.matching import Matched, clear, promised
from concordant.spec.markets import call_double_auction as spec
from concordant.spec.markets.shared import markets
from concordant.spec.markets.shared.books import backed_orders, beside_another_resource
from concordant.spec.markets.shared.orders import NOT_BACKED, Book, Cleared, Outcome, Side, Trade
from concordant.spec.vocabulary import Amount, ratio

# ---- what comes of a book, changed


def last_two_exchanged(book: Book, outcome: Cleared) -> Cleared:  # noqa: ARG001  # the trades are enough
    """Report the last of three trades before the second."""
    if len(outcome.trades) < 3:
        return outcome
    *others, one, two = outcome.trades
    return evolve(outcome, trades=(*others, two, one))


def third_for_the_second(book: Book, outcome: Cleared) -> Cleared:
    """Put the trade of the second of three bids down to the third."""
    ranked = sorted((order for order in book.orders if order.side is Side.BUY), key=lambda order: -order.price)
    if len(ranked) < 3 or len(outcome.trades) != 2:
        return outcome
    second, third = ranked[1].trader, ranked[2].trader
    trades = tuple(evolve(trade, buyer=third) if trade.buyer == second else trade for trade in outcome.trades)
    return evolve(outcome, trades=trades)


def without_the_last_rest(book: Book, outcome: Cleared) -> Cleared:  # noqa: ARG001
    """Forget the last of the orders that are left."""
    return evolve(outcome, left=outcome.left[:-1])


def with_nobody(book: Book, outcome: Cleared) -> Cleared:
    """Put each trade down to a seller without an order, which counts as one that asks for nothing."""
    bids = {order.trader: order.price for order in book.orders}
    prices = (ratio(bids[trade.buyer], 2) for trade in outcome.trades)
    trades = tuple(evolve(trade, seller="nobody", pays=price, gets=price) for trade, price in zip(outcome.trades, prices, strict=True))
    return evolve(outcome, trades=trades)


def gives_up_everywhere(book: Book) -> Outcome:
    """Give up a trade of every resource, where one of them must give up a trade."""
    reduced, whole = trade_reduction(book), midpoint(book)
    if isinstance(reduced, Cleared) and isinstance(whole, Cleared) and len(reduced.trades) < len(whole.trades):
        return of_one_unit(book, always_with_one_trade_less)
    return reduced


def checks_the_first_backing(book: Book) -> Outcome:
    """Ask of the first order that has a backing whether it is enough."""
    backed = [order for order in book.orders if order.backing is not None]
    if backed and backed[0].backing is not None and backed[0].backing < promised(backed[0]):
        return NOT_BACKED
    return midpoint(evolve(book, orders=tuple(evolve(order, backing=None) for order in book.orders)))


def dearer(trade: Trade) -> Trade:
    """Let the buyer pay one more, and the seller get it."""
    return evolve(trade, pays=trade.pays + 1, gets=trade.gets + 1)


# ---- prices, changed


def above_the_middle(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # thirds, whatever k
    """Let the seller of each pair have two thirds of what there is to gain."""
    prices = (match.bid.price - ratio(match.bid.price - match.ask.price, 3) for match in matched.matches)
    return tuple(match.trade(price, price) for match, price in zip(matched.matches, prices, strict=True))


def apart(matched: Matched, k: Amount, *, limits: bool) -> tuple[Trade, ...]:  # noqa: ARG001
    """Let each buyer pay its bid and each seller get its ask, or the other way round: in the middle they meet."""
    pairs = ((match, (match.bid.price, match.ask.price)) for match in matched.matches)
    return tuple(match.trade(*(pair if limits else pair[::-1])) for match, pair in pairs)


def at_the_last_bid_beside_two(matched: Matched, k: Amount) -> tuple[Trade, ...]:
    """Let the last bid set the price, where a bid and an ask are left."""
    if matched.matches and matched.bid and matched.ask:
        price = matched.matches[-1].bid.price
        return tuple(match.trade(price, price) for match in matched.matches)
    return at_a_uniform_price(matched, k)


def gives_up_the_last_above_a_lower_bid(matched: Matched, k: Amount) -> tuple[Trade, ...]:
    """Give up the last pair, where the next bid is below its ask."""
    trades = at_the_midpoint_of_each_pair(matched, k)
    return trades[:-1] if trades and matched.bid and matched.bid.price < matched.matches[-1].ask.price else trades


def gives_up_what_gains_nothing(matched: Matched, k: Amount) -> tuple[Trade, ...]:
    """Give up the last pair, whatever comes next, where its bid and its ask are the same."""
    idle = matched.matches and matched.matches[-1].bid.price == matched.matches[-1].ask.price
    return with_one_trade_less(evolve(matched, bid=None, ask=None) if idle else matched, k)


# ---- the pitfalls

LAST_TWO_EXCHANGED = Pitfall(
    "call_double_auction.LastTwoExchanged",
    "The last of three trades is reported before the second.",
    breaks=spec.most_to_gain_first,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, last_two_exchanged)).on(3),
    length=8,
)
LAST_OF_THREE_IS_DEARER = Pitfall(
    "call_double_auction.LastOfThreeIsDearer",
    "The last of three trades has a price of its own.",
    breaks=spec.law_of_one_price,
    subject=UNIFORM_PRICE_RULE.replaced_by(told(uniform_price, of_the_last_trade(dearer, 3))).on(3),
    length=8,
)
LAST_OF_TWO_IS_DEARER = Pitfall(
    "call_double_auction.LastOfTwoIsDearer",
    "The last of two trades is not at the price that k sets.",
    breaks=spec.price_is_set_by_k,
    subject=UNIFORM_PRICE_RULE.replaced_by(told(uniform_price, of_the_last_trade(dearer, 2))).on(2),
    length=6,
)
LAST_PAIR_IS_DEARER = Pitfall(
    "call_double_auction.LastOfTwoIsDearer/middle",
    "The last of two trades is above the middle of its pair.",
    breaks=spec.price_is_the_middle_of_each_pair,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(dearer, 2))).on(2),
    length=6,
)
LAST_TRADE_OF_MCAFEE_IS_DEARER = Pitfall(
    "call_double_auction.LastOfTwoIsDearer/reduction",
    "The last of two trades has another price than those who do not trade set.",
    breaks=spec.price_is_set_by_who_does_not_trade,
    subject=MCAFEE_RULE.replaced_by(told(trade_reduction, of_the_last_trade(dearer, 2))).on(3),
    length=8,
)
PAIRED_WITH_NOBODY = Pitfall(
    "call_double_auction.PairedWithNobody",
    "A trade is put down to a seller that has no order, which counts as one that asks for nothing.",
    breaks=spec.price_is_the_middle_of_each_pair,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, with_nobody)).on(2),
    length=4,
)
TWO_THIRDS = Pitfall(
    "call_double_auction.AtTwoThirds",
    "The seller gets two thirds of what there is to gain, where half was agreed.",
    breaks=spec.price_is_the_middle_of_each_pair,
    subject=MIDPOINT_RULE.replaced_by(partial(clear, pricing=above_the_middle)).on(2),
    length=4,
)
EACH_AT_ITS_LIMIT = Pitfall(
    "call_double_auction.EachAtItsLimit",
    "The buyer pays its bid and the seller gets its ask: the middle of the two prices is right, and neither of them.",
    breaks=spec.price_is_the_middle_of_each_pair,
    subject=MIDPOINT_RULE.replaced_by(partial(clear, pricing=partial(apart, limits=True))).on(2),
    length=4,
)
EACH_AT_THE_OTHERS_LIMIT = Pitfall(
    "call_double_auction.EachAtTheOthersLimit",
    "The buyer pays the ask and the seller gets the bid, as by Vickrey's rule, where one price for both was agreed.",
    breaks=spec.price_is_the_middle_of_each_pair,
    subject=MIDPOINT_RULE.replaced_by(partial(clear, pricing=partial(apart, limits=False))).on(2),
    length=4,
)
LAST_BID_BESIDE_TWO = Pitfall(
    "call_double_auction.LastBidBesideTwo",
    "Where a bid and an ask are left, the last bid sets the price: the ask would have sold at it, the bid not have bought.",
    breaks=spec.price_clears_the_market,
    subject=UNIFORM_PRICE_RULE.replaced_by(partial(clear, pricing=at_the_last_bid_beside_two)).on(2),
    length=6,
)
GIVES_UP_ABOVE_A_LOWER_BID = Pitfall(
    "call_double_auction.GivesUpAboveALowerBid",
    "The last pair is given up beside a bid that is too low: its own bid still reaches the ask, and the other does not.",
    breaks=markets.no_crossed_book,
    subject=MIDPOINT_RULE.replaced_by(partial(clear, pricing=gives_up_the_last_above_a_lower_bid)).on(2),
    length=5,
)
THIRD_FOR_THE_SECOND = Pitfall(
    "call_double_auction.ThirdForTheSecond",
    "Of three bids the first and the third trade: an index is one off.",
    breaks=markets.price_time_priority,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, third_for_the_second)).on(3),
    length=7,
)
LAST_REST_FORGOTTEN = Pitfall(
    "call_double_auction.LastRestForgotten",
    "Each call forgets the last of the orders that are left: nothing is traded twice, and what is left is not what was.",
    breaks=markets.cleared_once,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, without_the_last_rest)).on(2),
    length=4,
)
FIRST_BACKING_ONLY = Pitfall(
    "call_double_auction.FirstBackingOnly",
    "Only the first backing is looked at: of two orders that are backed, the second is settled with what is not there.",
    breaks=markets.nobody_overdraws,
    subject=MIDPOINT_RULE.replaced_by(checks_the_first_backing).promising(*spec.BACKED).over(backed_orders),
    length=10,
)
HALVES_FOR_VICKREY = Pitfall(
    "call_double_auction.HalvesForVickrey",
    "The gain of each pair is shared, where Vickrey's rule leaves each trader all that its order adds.",
    breaks=spec.everybody_gains_what_its_order_adds,
    subject=VICKREY_RULE.replaced_by(partial(of_one_unit, pricing=at_the_midpoint_of_each_pair)).on(2),
    length=4,
)
GIVES_UP_WHAT_GAINS_NOTHING = Pitfall(
    "call_double_auction.GivesUpWhatGainsNothing",
    "A last pair of one price is given up, although the next pair sets that price too.",
    breaks=spec.a_trade_is_lost_only_for_its_price,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=gives_up_what_gains_nothing)).on(2),
    length=6,
)
GIVES_UP_TWO_BESIDE_ANOTHER = Pitfall(
    "call_double_auction.GivesUpTwoTrades/resources",
    "Of one resource two trades are given up, and of another not more than one.",
    breaks=spec.at_most_one_trade_is_lost,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=with_two_trades_less)).over(partial(beside_another_resource, most=2)),
    length=8,
)
GIVES_UP_EVERYWHERE = Pitfall(
    "call_double_auction.GivesUpEverywhere",
    "Where a trade of one resource must be given up, one of every other is given up too.",
    breaks=spec.a_trade_is_lost_only_for_its_price,
    subject=MCAFEE_RULE.replaced_by(gives_up_everywhere).over(partial(beside_another_resource, most=2)),
    length=8,
)
