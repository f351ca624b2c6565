"""The scopes of the call double auction."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.markets.call_double_auction import MCAFEE_RULE, MIDPOINT_RULE, UNIFORM_PRICE_RULE, VICKREY_RULE
from concordant.spec.markets.call_double_auction import BACKED, CARELESS
from concordant.spec.markets.shared.books import (
    backed_orders,
    beside_another_resource,
    books_at_large,
    careless_books,
    careless_orders,
    in_any_order,
    orders_for_several_resources,
    orders_for_several_units_and_resources,
    orders_of_several_units,
    with_any_k,
)
from concordant.spec.markets.shared.markets import orders_of_several_units_are_rejected

INTS, FRACTIONS = (0, 1, 2), (0, Fraction(1, 3), 1)
UNITS, RESOURCES = partial(orders_of_several_units, most=2), partial(orders_for_several_resources, most=2)
ANY, UNIT_BOOKS = "at random up to seven orders, and any k", partial(books_at_large, units=(1,))
UNITS_AND_RESOURCES = partial(orders_for_several_units_and_resources, most=2)

SCOPES = (
    Grid(
        "midpoint",
        f"two bids and two asks of one unit, prices 0 to 2; {ANY}",
        MIDPOINT_RULE.on(2),
        INTS,
        at_random=books_at_large,
        expected=Profiles(144, 308, 3_441),
    ),
    Grid(
        "uniform",
        f"two bids and two asks of one unit, prices and k of 0, 1/3 and 1; {ANY}",
        UNIFORM_PRICE_RULE.over(partial(with_any_k, most=2)),
        FRACTIONS,
        at_random=books_at_large,
        expected=Profiles(432, 924, 10_821),
    ),
    Grid(
        "mcafee",
        f"two bids and two asks of one unit, prices 0 to 2; {ANY}",
        MCAFEE_RULE.on(2),
        INTS,
        at_random=UNIT_BOOKS,
        expected=Profiles(144, 309, 3_968),
    ),
    Grid(
        "mcafee_fractions",
        "the same, prices 0, 1/3 and 1",
        MCAFEE_RULE.on(2),
        FRACTIONS,
        size=Size.MEDIUM,
        expected=Profiles(144, 309, 3_928),
    ),
    Grid(
        "mcafee_of_three",
        "three bids and three asks of one unit, prices 0 and 1",
        MCAFEE_RULE.on(3),
        (0, 1),
        expected=Profiles(196, 478, 6_411),
        examples=20,
    ),
    Grid(
        "mcafee_of_three_prices",
        "three bids and three asks of one unit, prices 0 to 2",
        MCAFEE_RULE.on(3),
        INTS,
        size=Size.MEDIUM,
        expected=Profiles(1_521, 3_412, 62_081),
    ),
    Grid(
        "vickrey",
        f"two bids and two asks of one unit, prices 0 to 2; {ANY}",
        VICKREY_RULE.on(2),
        INTS,
        at_random=UNIT_BOOKS,
        expected=Profiles(144, 308, 4_681),
    ),
    Grid(
        "vickrey_fractions",
        "the same, prices 0, 1/3 and 1",
        VICKREY_RULE.on(2),
        FRACTIONS,
        size=Size.MEDIUM,
        expected=Profiles(144, 308, 4_681),
    ),
    Grid(
        "any_order",
        "two bids and two asks of one unit in any order, prices 0 and 1",
        MIDPOINT_RULE.over(partial(in_any_order, most=2)),
        (0, 1),
        expected=Profiles(488, 503, 12_714),
        examples=20,
    ),
    Grid(
        "mcafee_of_resources",
        "one or two bids and asks of one resource, a bid and an ask of another, prices 0 and 1",
        MCAFEE_RULE.over(partial(beside_another_resource, most=2)),
        (0, 1),
        expected=Profiles(144, 320, 4_996),
        examples=20,
    ),
    Grid(
        "vickrey_of_resources",
        "the same",
        VICKREY_RULE.over(partial(beside_another_resource, most=2)),
        (0, 1),
        expected=Profiles(144, 312, 6_264),
        examples=20,
    ),
    Grid(
        "midpoint_of_units",
        "two bids and two asks of one or two units",
        MIDPOINT_RULE.over(UNITS),
        (0, 1),
        expected=Profiles(400, 851, 10_822),
        examples=20,
    ),
    Grid(
        "midpoint_of_resources",
        "two bids and two asks of two resources",
        MIDPOINT_RULE.over(RESOURCES),
        (0, 1),
        expected=Profiles(400, 847, 9_340),
        examples=20,
    ),
    Grid(
        "midpoint_of_both",
        "the same of one or two units of two resources",
        MIDPOINT_RULE.over(UNITS_AND_RESOURCES),
        (0, 1),
        size=Size.MEDIUM,
        expected=Profiles(5_184, 10_841, 131_276),
    ),
    Grid(
        "uniform_of_units",
        "two bids and two asks of one or two units",
        UNIFORM_PRICE_RULE.over(UNITS),
        (0, 1),
        expected=Profiles(400, 851, 11_686),
        examples=20,
    ),
    Grid(
        "uniform_of_both",
        "the same of one or two units of two resources",
        UNIFORM_PRICE_RULE.over(UNITS_AND_RESOURCES),
        (0, 1),
        size=Size.MEDIUM,
        expected=Profiles(5_184, 10_841, 136_652),
    ),
    Grid(
        "mcafee_of_units",
        "orders of several units, which McAfee's rule rejects",
        MCAFEE_RULE.promising(orders_of_several_units_are_rejected).over(partial(orders_of_several_units, most=1)),
        (0, 1),
        examples=20,
        expected=Profiles(16, 16, 32),
    ),
    Grid(
        "vickrey_of_units",
        "orders of several units, which Vickrey's rule rejects",
        VICKREY_RULE.promising(orders_of_several_units_are_rejected).over(partial(orders_of_several_units, most=1)),
        (0, 1),
        examples=20,
        expected=Profiles(16, 16, 32),
    ),
    Grid(
        "careless",
        "two bids and an ask of any number of units, also of none or fewer",
        MIDPOINT_RULE.promising(*CARELESS).over(careless_orders),
        (0, 1),
        expected=Profiles(1_024, 1_024, 2_438),
    ),
    Grid(
        "backed",
        "a bid and an ask with too little backing, with enough, or with none",
        MIDPOINT_RULE.promising(*BACKED).over(backed_orders),
        (0, 1, 2),
        expected=Profiles(576, 576, 2_441),
    ),
    Grid(
        "malformed_midpoint",
        "books with one flaw; at random several",
        MIDPOINT_RULE.on_malformed(),
        (0, 1),
        at_random=careless_books,
        expected=Profiles(236, 206, 472),
    ),
    Grid(
        "malformed_uniform",
        "books with one flaw; at random several",
        UNIFORM_PRICE_RULE.on_malformed(),
        (0, 1),
        at_random=careless_books,
        expected=Profiles(236, 206, 472),
    ),
    Grid(
        "malformed_mcafee",
        "books with one flaw; at random several",
        MCAFEE_RULE.on_malformed(),
        (0, 1),
        at_random=careless_books,
        expected=Profiles(236, 206, 472),
    ),
    Grid(
        "malformed_vickrey",
        "books with one flaw; at random several",
        VICKREY_RULE.on_malformed(),
        (0, 1),
        at_random=careless_books,
        expected=Profiles(236, 206, 472),
    ),
    Grid(
        "midpoint_of_units_to_3",
        "two bids and two asks of one or two units, prices 0 to 3",
        MIDPOINT_RULE.over(UNITS),
        (0, 1, 2, 3),
        expected=Profiles(5_184, 10_647, 141_340),
        size=Size.MEDIUM,
    ),
    Grid(
        "uniform_of_units_to_3",
        "the same",
        UNIFORM_PRICE_RULE.over(UNITS),
        (0, 1, 2, 3),
        expected=Profiles(5_184, 10_647, 152_980),
        size=Size.MEDIUM,
    ),
)
