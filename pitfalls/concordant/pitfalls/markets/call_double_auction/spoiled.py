"""What goes wrong in one way only: the shipped rules, with one thing changed in what comes of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.call_double_auction import (
    MCAFEE_RULE,
    MIDPOINT_RULE,
    UNIFORM_PRICE_RULE,
    at_the_midpoint_of_each_pair,
    midpoint,
    of_one_unit,
    uniform_price,
    with_one_trade_less,
)
from concordant.refimpl.markets.shared.matching import Match, Matched, Pricing, clear
from concordant.spec.markets import call_double_auction as spec
from concordant.spec.markets.shared import markets
from concordant.spec.markets.shared.books import backed_orders, orders_for_several_resources
from concordant.spec.markets.shared.orders import Book, Cleared, Order, Outcome, Rule, Side, Trade, resources
from concordant.spec.vocabulary import Amount, ratio

# ---- what comes of a book, changed


def told(rule: Rule, change: Callable[[Book, Cleared], Cleared]) -> Rule:
    """Clear a book by a rule, and change what comes of it."""

    def changed(book: Book) -> Outcome:
        outcome = rule(book)
        return change(book, outcome) if isinstance(outcome, Cleared) else outcome

    return changed


def of_the_last_trade(change: Callable[[Trade], Trade], at_least: int = 1) -> Callable[[Book, Cleared], Cleared]:
    """Change the last trade, where there are that many."""

    def last(book: Book, outcome: Cleared) -> Cleared:  # noqa: ARG001  # the trades are enough
        if len(outcome.trades) < at_least:
            return outcome
        return evolve(outcome, trades=(*outcome.trades[:-1], change(outcome.trades[-1])))

    return last


def of_each_rest(change: Callable[[Order, Order], Order]) -> Callable[[Book, Cleared], Cleared]:
    """Change each order that is left, given what it was."""

    def rests(book: Book, outcome: Cleared) -> Cleared:
        was = {order.trader: order for order in book.orders}
        return evolve(outcome, left=tuple(change(was[rest.trader], rest) for rest in outcome.left))

    return rests


def doubled(book: Book, outcome: Cleared) -> Cleared:  # noqa: ARG001
    """Report each trade twice."""
    return evolve(outcome, trades=tuple(trade for trade in outcome.trades for _ in range(2)))


def book_kept(book: Book, outcome: Cleared) -> Cleared:
    """Leave the book as it was."""
    return evolve(outcome, left=book.orders)


def rest_turned_round(book: Book, outcome: Cleared) -> Cleared:  # noqa: ARG001
    """Leave the last order first."""
    return evolve(outcome, left=outcome.left[::-1])


def first_rest_only(book: Book, outcome: Cleared) -> Cleared:  # noqa: ARG001
    """Keep one of the orders that are left."""
    return evolve(outcome, left=outcome.left[:1])


def first_resource_only(book: Book) -> Outcome:
    """Clear what comes first, and leave the rest for another call."""
    first = resources(book)[0]
    outcome = midpoint(evolve(book, orders=tuple(order for order in book.orders if order.resource == first)))
    others = tuple(order for order in book.orders if order.resource != first)
    return evolve(outcome, left=(*outcome.left, *others)) if isinstance(outcome, Cleared) else outcome


# ---- prices, changed


def only_with_a_gain(pricing: Pricing) -> Pricing:
    """Match a bid with an ask that is below it: a `>` where a `>=` belongs."""

    def gaining(match: Match) -> bool:
        return match.bid.price > match.ask.price

    return lambda matched, k: pricing(evolve(matched, matches=tuple(filter(gaining, matched.matches))), k)


def at_the_earlier_order(book: Book) -> Outcome:
    """Let the order that came first set the price of a pair."""
    traders = tuple(order.trader for order in book.orders)

    def pricing(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001
        firsts = (min((match.bid, match.ask), key=lambda order: traders.index(order.trader)) for match in matched.matches)
        return tuple(match.trade(first.price, first.price) for match, first in zip(matched.matches, firsts, strict=True))

    return clear(book, pricing)


def at_the_limit_of(side: Side) -> Pricing:
    """Let the last pair's order of one side set the price for all."""

    def pricing(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001
        if not matched.matches:
            return ()
        last = matched.matches[-1]
        price = last.bid.price if side is Side.BUY else last.ask.price
        return tuple(match.trade(price, price) for match in matched.matches)

    return pricing


def suits_strictly(side: Side) -> Pricing:
    """Ask of McAfee's price that it be better than the limit of the last bid, or ask, and not only as good."""

    def pricing(matched: Matched, k: Amount) -> tuple[Trade, ...]:
        if matched.matches and matched.bid and matched.ask:
            last, price = matched.matches[-1], ratio(matched.bid.price + matched.ask.price, 2)
            if price == (last.bid.price if side is Side.BUY else last.ask.price):
                return with_one_trade_less(evolve(matched, bid=None, ask=None), k)
        return with_one_trade_less(matched, k)

    return pricing


def with_k(k: Amount) -> Rule:
    """Take this part of the gain for the sellers', whatever was promised them."""
    return lambda book: uniform_price(evolve(book, k=k))


# ---- the pitfalls

BUYS_FOR_NOBODY = Pitfall(
    "call_double_auction.BuysForNobody",
    "The last of two trades is put down to somebody who has no order.",
    breaks=markets.goods_are_conserved,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, buyer="nobody"), 2))).on(2),
    length=6,
)
LAST_TRADE_OF_NOTHING = Pitfall(
    "call_double_auction.LastTradeOfNothing",
    "The last of two trades is of no units.",
    breaks=markets.every_trade_moves_a_unit,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, quantity=0), 2))).on(2),
    length=6,
)
LAST_TRADE_WITH_ITSELF = Pitfall(
    "call_double_auction.LastTradeWithItself",
    "The last of two trades is put down to its buyer on both sides.",
    breaks=markets.no_self_trade,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, seller=trade.buyer), 2))).on(2),
    length=6,
)
LAST_TRADE_OF_A_YES = Pitfall(
    "call_double_auction.LastTradeOfAYes",
    "How much is traded is told as whether anything is.",
    breaks=markets.every_trade_moves_a_unit,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, quantity=True)))).on(2),
    length=4,
)
LAST_TRADE_OF_A_PART = Pitfall(
    "call_double_auction.LastTradeOfAPart",
    "A trade is of one unit and a half.",
    breaks=markets.every_trade_moves_a_unit,
    subject=MIDPOINT_RULE.replaced_by(
        told(
            midpoint,
            of_the_last_trade(
                lambda trade: evolve(trade, quantity=trade.quantity + ratio(1, 2))  # type: ignore[arg-type]  # that is the mistake
            ),
        )
    ).on(2),
    length=4,
)
LEAVES_ONE_MORE = Pitfall(
    "call_double_auction.LeavesOneMore",
    "What is left of an order is one unit too many.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_each_rest(lambda _, rest: evolve(rest, quantity=rest.quantity + 1)))).on(2),
    length=5,
)
LEAVES_ONE_LESS = Pitfall(
    "call_double_auction.LeavesOneLess",
    "What is left of an order is one unit too few.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_each_rest(lambda _, rest: evolve(rest, quantity=rest.quantity - 1)))).on(2),
    length=5,
)
BUYER_PAYS_A_NO = Pitfall(
    "call_double_auction.BuyerPaysANo",
    "What the buyer pays is told as a no, which is no number.",
    breaks=markets.individually_rational,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, pays=False)))).on(2),
    length=4,
)
SELLER_GETS_A_YES = Pitfall(
    "call_double_auction.SellerGetsAYes",
    "What the seller gets is told as a yes, which is no number.",
    breaks=markets.individually_rational,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, gets=True)))).on(2),
    length=4,
)
KEEPS_THE_BOOK = Pitfall(
    "call_double_auction.KeepsTheBook",
    "The book stays as it was, as if nothing had been traded.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, book_kept)).on(2),
    length=4,
)
LEAVES_THE_LAST_FIRST = Pitfall(
    "call_double_auction.LeavesTheLastFirst",
    "What is left is kept on a pile: who came last has priority when the book is cleared again.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, rest_turned_round)).on(2),
    length=4,
)
BACKING_NOT_SPENT = Pitfall(
    "call_double_auction.BackingNotSpent",
    "What is left of an order has the backing of the whole: what was paid can be promised again.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_each_rest(lambda was, rest: evolve(rest, backing=was.backing))))
    .promising(*spec.BACKED)
    .over(backed_orders),
    length=9,
)
BACKING_SPENT_TWICE = Pitfall(
    "call_double_auction.BackingSpentTwice",
    "What was paid is taken from the backing of the order, and from that of its rest.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(
        told(
            midpoint,
            of_each_rest(
                lambda was, rest: (
                    rest
                    if rest.backing is None or was.backing is None
                    else evolve(rest, backing=rest.backing - (was.backing - rest.backing))
                )
            ),
        )
    )
    .promising(*spec.BACKED)
    .over(backed_orders),
    length=9,
)
BACKING_FORGOTTEN = Pitfall(
    "call_double_auction.BackingForgotten",
    "What is left of an order needs no backing any more.",
    breaks=markets.what_is_not_traded_is_left,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_each_rest(lambda was, rest: evolve(rest, backing=None))))  # noqa: ARG005
    .promising(*spec.BACKED)
    .over(backed_orders),
    length=9,
)
BUYER_PAYS_A_FEE = Pitfall(
    "call_double_auction.BuyerPaysAFee",
    "The buyer pays one more than its limit.",
    breaks=markets.individually_rational,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, pays=trade.pays + 1)))).on(2),
    length=4,
)
SELLER_PAYS_A_FEE = Pitfall(
    "call_double_auction.SellerPaysAFee",
    "The seller gets one less than its limit.",
    breaks=markets.individually_rational,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, gets=trade.gets - 1)))).on(2),
    length=4,
)
SOLD_FOR_NOBODY = Pitfall(
    "call_double_auction.SoldForNobody",
    "A trade is put down to a seller that has no order, and so no limit.",
    breaks=markets.individually_rational,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, seller="nobody")))).on(2),
    length=4,
)
BOUGHT_FOR_NOBODY = Pitfall(
    "call_double_auction.BoughtForNobody",
    "A trade is put down to a buyer that has no order, and so no limit.",
    breaks=markets.individually_rational,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, of_the_last_trade(lambda trade: evolve(trade, buyer="nobody")))).on(2),
    length=4,
)
DOUBLED = Pitfall(
    "call_double_auction.Doubled",
    "Each trade is reported twice, and seems to gain twice as much.",
    breaks=markets.efficient,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, doubled)).on(2),
    length=4,
)
DOUBLED_IN_ORDER = Pitfall(
    "call_double_auction.Doubled/order",
    "Each trade is reported twice: the order with priority gets more than it asked for.",
    breaks=markets.price_time_priority,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, doubled)).on(2),
    length=6,
)
FIRST_RESOURCE_ONLY = Pitfall(
    "call_double_auction.FirstResourceOnly",
    "Only one resource is cleared at each call: what could be gained from another is left.",
    breaks=markets.efficient,
    subject=MIDPOINT_RULE.replaced_by(first_resource_only).over(partial(orders_for_several_resources, most=2)),
    length=8,
)
NEEDS_A_GAIN = Pitfall(
    "call_double_auction.NeedsAGain",
    "A bid and an ask of the same price are not matched: a `>` where a `>=` belongs.",
    breaks=markets.no_crossed_book,
    subject=MIDPOINT_RULE.replaced_by(partial(clear, pricing=only_with_a_gain(at_the_midpoint_of_each_pair))).on(2),
    length=4,
)
FIRST_REST_ONLY = Pitfall(
    "call_double_auction.FirstRestOnly",
    "Of the orders that are left only the first is kept: which one depends on who came first.",
    breaks=markets.only_orders_count,
    subject=MIDPOINT_RULE.replaced_by(told(midpoint, first_rest_only)).on(2),
    length=4,
)
EARLIER_ORDER_SETS_THE_PRICE = Pitfall(
    "call_double_auction.EarlierOrderSetsThePrice",
    "The order that came first sets the price, as where orders trade as they come.",
    breaks=markets.only_orders_count,
    subject=MIDPOINT_RULE.replaced_by(at_the_earlier_order).on(2),
    length=4,
)


def another_price(name: str, mistake: str, change: Callable[[Trade], Trade]) -> Pitfall:
    """Return the pitfall that the last of two trades has another price."""
    return Pitfall(
        f"call_double_auction.{name}",
        mistake,
        breaks=spec.law_of_one_price,
        subject=UNIFORM_PRICE_RULE.replaced_by(told(uniform_price, of_the_last_trade(change, 2))).on(2),
        length=6,
    )


LAST_BUYER_PAYS_MORE = another_price("LastBuyerPaysMore", "The last buyer pays more.", lambda trade: evolve(trade, pays=trade.pays + 1))
LAST_BUYER_PAYS_LESS = another_price("LastBuyerPaysLess", "The last buyer pays less.", lambda trade: evolve(trade, pays=trade.pays - 1))
LAST_SELLER_GETS_MORE = another_price("LastSellerGetsMore", "The last seller gets more.", lambda trade: evolve(trade, gets=trade.gets + 1))
LAST_SELLER_GETS_LESS = another_price("LastSellerGetsLess", "The last seller gets less.", lambda trade: evolve(trade, gets=trade.gets - 1))
AT_THE_LAST_BID = Pitfall(
    "call_double_auction.AtTheLastBid",
    "The last bid that trades sets the price: an ask below it that is left out would have sold.",
    breaks=spec.price_clears_the_market,
    subject=UNIFORM_PRICE_RULE.replaced_by(partial(clear, pricing=at_the_limit_of(Side.BUY))).on(2),
    length=5,
)
AT_THE_LAST_ASK = Pitfall(
    "call_double_auction.AtTheLastAsk",
    "The last ask that trades sets the price: a bid above it that is left out would have bought.",
    breaks=spec.price_clears_the_market,
    subject=UNIFORM_PRICE_RULE.replaced_by(partial(clear, pricing=at_the_limit_of(Side.SELL))).on(2),
    length=5,
)
ALL_TO_THE_BUYERS = Pitfall(
    "call_double_auction.AllToTheBuyers",
    "The price is the lowest that clears the market, and nothing of the gain is the sellers'.",
    breaks=spec.price_is_set_by_k,
    subject=UNIFORM_PRICE_RULE.replaced_by(with_k(0)).on(2),
    length=4,
)
ALL_TO_THE_SELLERS = Pitfall(
    "call_double_auction.AllToTheSellers",
    "The price is the highest that clears the market, and nothing of the gain is the buyers'.",
    breaks=spec.price_is_set_by_k,
    subject=UNIFORM_PRICE_RULE.replaced_by(with_k(1)).on(2),
    length=4,
)
BETTER_THAN_THE_LAST_BID = Pitfall(
    "call_double_auction.BetterThanTheLastBid",
    "McAfee's price must be below the last bid, where equal to it is good enough: a trade is lost.",
    breaks=spec.a_trade_is_lost_only_for_its_price,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=suits_strictly(Side.BUY))).on(2),
    length=6,
)
BETTER_THAN_THE_LAST_ASK = Pitfall(
    "call_double_auction.BetterThanTheLastAsk",
    "McAfee's price must be above the last ask, where equal to it is good enough: a trade is lost.",
    breaks=spec.a_trade_is_lost_only_for_its_price,
    subject=MCAFEE_RULE.replaced_by(partial(of_one_unit, pricing=suits_strictly(Side.SELL))).on(2),
    length=6,
)
