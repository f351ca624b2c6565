"""The rules of the call double auction: four ways to price the orders that match."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.refimpl.markets.shared.matching import Matched, Pricing, clear
from concordant.spec.markets import call_double_auction as spec
from concordant.spec.markets.shared import markets
from concordant.spec.markets.shared.books import BOOKS, UNIT_BOOKS, truthful_orders, with_any_k
from concordant.spec.markets.shared.orders import NOT_ONE_UNIT, Book, Cleared, Outcome, Trade
from concordant.spec.vocabulary import Amount, ratio

# ---- prices


def at_the_midpoint_of_each_pair(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # halves, whatever k
    """Let each pair share its gain equally, as the documents do."""
    prices = (ratio(match.bid.price + match.ask.price, 2) for match in matched.matches)
    return tuple(match.trade(price, price) for match, price in zip(matched.matches, prices, strict=True))


def at_a_uniform_price(matched: Matched, k: Amount) -> tuple[Trade, ...]:
    """Let all trade at one price that clears the market, k of the way up from the lowest such price to the highest."""
    if not matched.matches:
        return ()
    lowest, highest = clearing(matched)
    price = lowest + k * (highest - lowest)
    return tuple(match.trade(price, price) for match in matched.matches)


def clearing(matched: Matched) -> tuple[Amount, Amount]:
    """Return the lowest and the highest price at which all that are matched want to trade, and nobody else."""
    last = matched.matches[-1]
    lowest = last.ask.price if matched.bid is None else max(last.ask.price, matched.bid.price)
    highest = last.bid.price if matched.ask is None else min(last.bid.price, matched.ask.price)
    return lowest, highest


def with_one_trade_less(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # the prices are given
    """Let the first pair that does not trade set one price, if that suits all pairs; else give up the last trade, which sets two."""
    if not matched.matches:
        return ()
    *others, last = matched.matches
    if matched.bid and matched.ask:
        price = ratio(matched.bid.price + matched.ask.price, 2)
        if last.ask.price <= price <= last.bid.price:
            return tuple(match.trade(price, price) for match in matched.matches)
    # The hard step. No price depends on an order that trades at it: that is why nobody gains by another order.
    return tuple(match.trade(last.bid.price, last.ask.price) for match in others)


def at_what_others_lose(matched: Matched, k: Amount) -> tuple[Trade, ...]:  # noqa: ARG001  # the prices are given
    """Let each pay, or be paid, what its trade costs the others: the worst price at which it would still have traded."""
    if not matched.matches:
        return ()
    pays, gets = clearing(matched)
    return tuple(match.trade(pays, gets) for match in matched.matches)


# ---- rules


def of_one_unit(book: Book, pricing: Pricing) -> Outcome:
    """Clear each resource by itself, where orders are of one unit."""
    outcome = clear(book, pricing)
    return NOT_ONE_UNIT if isinstance(outcome, Cleared) and any(order.quantity > 1 for order in book.orders) else outcome


def midpoint(book: Book) -> Outcome:
    """Let each pair trade in the middle between its bid and its ask, as the documents do."""
    return clear(book, at_the_midpoint_of_each_pair)


def uniform_price(book: Book) -> Outcome:
    """Let all trade at one price, the k-double auction."""
    return clear(book, at_a_uniform_price)


def trade_reduction(book: Book) -> Outcome:
    """Give up a trade where that is the price of honesty, as McAfee does."""
    return of_one_unit(book, with_one_trade_less)


def vickrey(book: Book) -> Outcome:
    """Let the market add the money that honesty costs (Vickrey, Clarke, Groves)."""
    return of_one_unit(book, at_what_others_lose)


MIDPOINT_RULE = NamedRule("midpoint", midpoint, BOOKS, spec.MIDPOINT)
UNIFORM_PRICE_RULE = NamedRule("uniform price", uniform_price, BOOKS, spec.UNIFORM)
MCAFEE_RULE = NamedRule("trade reduction", trade_reduction, UNIT_BOOKS, spec.MCAFEE)
VICKREY_RULE = NamedRule("Vickrey", vickrey, UNIT_BOOKS, spec.VICKREY)

# ---- what the rules do not promise: with what the specification says they keep, the table there

PAIR = {"buyers": 1, "sellers": 1, "buyer0": 10, "seller0": 2}

MIDPOINT_LIES = KnownViolation(
    truthful_orders,
    "At the midpoint each pair's price depends on its own orders: a buyer that bids 2 where the unit is worth 10 pays 2 and not 6.",
    MIDPOINT_RULE.on(2),
    id="DBL-7",
    witness={**PAIR, "who lies": "buyer0", "the lie": 2},
)
UNIFORM_LIES = KnownViolation(
    truthful_orders,
    "The uniform price depends on the last orders that trade at it: on the bid where k is above 0, on the ask where k is below 1.",
    UNIFORM_PRICE_RULE.over(partial(with_any_k, most=2)),
    witness={**PAIR, "k": Fraction(1, 2), "who lies": "buyer0", "the lie": 2},
)
MCAFEE_KEEPS_MONEY = KnownViolation(
    markets.budget_balanced,
    "The trade that McAfee's rule gives up sets two prices, and what lies between them goes to nobody.",
    MCAFEE_RULE.on(2),
    witness={"buyers": 2, "sellers": 2, "buyer0": 1, "buyer1": 1, "seller0": 0, "seller1": 0},
)
MCAFEE_GIVES_UP_A_TRADE = KnownViolation(
    markets.efficient,
    "McAfee's rule gives up the trade that sets the prices.",
    MCAFEE_RULE.on(2),
    witness=PAIR,
)
MCAFEE_LEAVES_A_CROSSED_BOOK = KnownViolation(
    markets.no_crossed_book,
    "The two orders that McAfee's rule gives up still reach each other.",
    MCAFEE_RULE.on(2),
    witness=PAIR,
)
VICKREY_IS_NOT_BALANCED = KnownViolation(
    markets.budget_balanced,
    "By Vickrey's rule a lone buyer pays what the seller asks, and the seller gets what the buyer bids.",
    VICKREY_RULE.on(2),
    witness=PAIR,
)
VICKREY_HAS_A_DEFICIT = KnownViolation(
    markets.no_deficit,
    "By Vickrey's rule the market adds what the buyer does not pay: of the four rules only this one needs money.",
    VICKREY_RULE.on(2),
    witness=PAIR,
)
PAIRS_DISAGREE = KnownViolation(
    spec.law_of_one_price,
    "At the midpoint each pair has its own price: bids of 10 and 6 and asks of 2 and 4 trade at 6 and at 5.",
    MIDPOINT_RULE.on(2),
    id="DBL-6",
    witness={"buyers": 2, "sellers": 2, "buyer0": 10, "buyer1": 6, "seller0": 2, "seller1": 4},
)
