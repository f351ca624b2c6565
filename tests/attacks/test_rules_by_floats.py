"""Rules that compare by floats, by 64 bits, by so many digits, or with a number that only a float or a text in the code says.

All that a grid draws, and large amounts and small ones, are the same in these: they are wrong where amounts are nearly equal.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.followed import Followed
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, Map, case, for_all


@frozen
class Bids:
    by: Map[str, Amount]


@frozen
class Sale:
    winner: str
    price: Amount


def three_bids(draw: Draw) -> Bids:
    return Bids(Map.of({name: draw.amount(f"{name} bids") for name in ("ann", "bob", "cho")}))


@for_all
def the_highest_bid_wins(bids: Bids, sale: Sale) -> Cases:
    """The highest bid wins, of equal ones that of the first by name."""
    best = bids.by[sale.winner]
    yield case(all(bid < best or (bid == best and name >= sale.winner) for name, bid in bids.by.items()))


@for_all
def the_second_price_is_paid(bids: Bids, sale: Sale) -> Cases:
    """The winner pays the best of the other bids."""
    yield case(sale.price == max(bid for name, bid in bids.by.items() if name != sale.winner))


def statuses(rule: Callable[[Bids], Sale]) -> set[Status]:
    promised = Mechanism(rule, three_bids, (the_highest_bid_wins, the_second_price_is_paid))
    return {verdict.status for verdict in judge_grid(Grid("small", "", promised, (0, 1, 2))).verdicts}


def sold(bids: Bids, key: Callable[[Any], Any], price: Callable[[Any], Any] = lambda bid: bid) -> Sale:
    winner = max(bids.by, key=lambda name: key(bids.by[name]))
    return Sale(winner, price(max(bid for name, bid in bids.by.items() if name != winner)))


def exact_decimal(bid: Amount) -> Decimal:
    return Decimal(bid.numerator) / Decimal(bid.denominator)


TOLERANCE: Any = 1e-12
KEYS: dict[str, Callable[[Any], Any]] = {
    "a float": float,
    "a double": lambda bid: struct.unpack("d", struct.pack("d", float(bid)))[0],
    "a tenth of a float": lambda bid: 0.1 * bid,
    "a root": math.sqrt,
    "a logarithm": lambda bid: math.log(bid + 1),
    "64 bits": lambda bid: (ctypes.c_int64(int(bid)).value, bid),
    "28 digits": exact_decimal,
    "digits of a text": lambda bid: f"{int(bid):020}{float(bid % 1):.15f}",
    "a denominator": lambda bid: Fraction(bid).limit_denominator(10**12),
    "all above a float": lambda bid: bid if bid > 1e-15 else 0,
}
PRICES: dict[str, Callable[[Any], Any]] = {
    "a float made whole": lambda price: int(float(price)) if price == int(price) else price,
    "64 bits": lambda price: ctypes.c_int64(price).value if isinstance(price, int) else price,
    "all but what a text says": lambda price: price + 1 if exact_decimal(price) == Decimal("123.4") else price,
    "all but what a float is": lambda price: price + 1 if price == 7.3 else price,
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_rule_is_refuted_that_compares_by(key: Callable[[Any], Any]) -> None:
    assert Status.VIOLATED in statuses(lambda bids: sold(bids, key))


@pytest.mark.parametrize("price", PRICES.values(), ids=PRICES)
def test_a_rule_is_refuted_whose_price_is(price: Callable[[Any], Any]) -> None:
    assert Status.VIOLATED in statuses(lambda bids: sold(bids, lambda bid: bid, price))


def test_a_rule_is_refuted_that_takes_what_is_nearly_equal_for_equal() -> None:
    def tolerant(bids: Bids) -> Sale:
        best = max(bids.by.values())
        winner = min(name for name, bid in bids.by.items() if best - bid < TOLERANCE)
        return Sale(winner, max(bid for name, bid in bids.by.items() if name != winner))

    assert Status.VIOLATED in statuses(tolerant)


def test_a_rule_that_compares_exactly_holds_whatever_it_makes_of_amounts_besides() -> None:
    def exact(bids: Bids) -> Sale:
        return sold(
            bids, lambda bid: (bid, Fraction(bid).limit_denominator(10), pow(int(bid), 2, 7), 1.5 * bid, 1.5 - bid, bid / 2.5 < 0.3)
        )

    assert statuses(exact) == {Status.HOLDS}


def test_an_amount_that_is_followed_counts_with_floats_as_what_it_stands_for_does() -> None:
    followed: Any = Followed(Fraction(1, 3), {"bid": 1})

    assert (followed * 0.5, 0.5 * followed, followed + 0.5, 0.5 - followed, followed / 0.5, 0.5 / followed) == (
        Fraction(1, 3) * 0.5,
        0.5 * Fraction(1, 3),
        Fraction(1, 3) + 0.5,
        0.5 - Fraction(1, 3),
        Fraction(1, 3) / 0.5,
        0.5 / Fraction(1, 3),
    )
