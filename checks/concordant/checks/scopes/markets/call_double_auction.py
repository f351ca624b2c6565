"""The scopes of the call double auction."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.markets.call_double_auction import (
    any_k_market,
    backed_market,
    careless_market,
    larger_market,
    malformed_market,
    midpoint,
    trade_reduction,
    uniform_price,
    unit_market,
    vickrey,
)
from concordant.spec.markets.call_double_auction import MCAFEE, MIDPOINT, ONE_UNIT, UNIFORM, VICKREY

INTS, FRACTIONS = (0, 1, 2), (0, Fraction(1, 3), 1)

SCOPES = (
    Grid("midpoint", "two bids and two asks of one unit, prices 0 to 2", unit_market(midpoint, MIDPOINT), INTS, Profiles(144, 308, 2_799)),
    Grid(
        "uniform", "two bids and two asks of one unit, prices and k of 0, 1/3 and 1", any_k_market(), FRACTIONS, Profiles(432, 924, 9_345)
    ),
    Grid(
        "mcafee", "two bids and two asks of one unit, prices 0 to 2", unit_market(trade_reduction, MCAFEE), INTS, Profiles(144, 309, 3_617)
    ),
    Grid("mcafee_fractions", "the same, prices 0, 1/3 and 1", unit_market(trade_reduction, MCAFEE), FRACTIONS, Profiles(144, 309, 3_577)),
    Grid(
        "mcafee_of_three",
        "three bids and three asks of one unit, prices 0 and 1",
        unit_market(trade_reduction, MCAFEE, 3),
        (0, 1),
        Profiles(196, 478, 6_024),
    ),
    Grid(
        "mcafee_of_three_prices",
        "three bids and three asks of one unit, prices 0 to 2",
        unit_market(trade_reduction, MCAFEE, 3),
        INTS,
        Profiles(1_521, 3_412, 59_456),
        size=Size.MEDIUM,
    ),
    Grid("vickrey", "two bids and two asks of one unit, prices 0 to 2", unit_market(vickrey, VICKREY), INTS, Profiles(144, 308, 4_189)),
    Grid("vickrey_fractions", "the same, prices 0, 1/3 and 1", unit_market(vickrey, VICKREY), FRACTIONS, Profiles(144, 308, 4_189)),
    Grid(
        "midpoint_of_units",
        "two bids and two asks of one or two units of two resources",
        larger_market(midpoint, MIDPOINT),
        (0, 1),
        Profiles(5_184, 10_841, 103_856),
    ),
    Grid(
        "uniform_of_units", "the same at a uniform price", larger_market(uniform_price, UNIFORM), (0, 1), Profiles(5_184, 10_841, 114_352)
    ),
    Grid(
        "mcafee_of_units",
        "orders of several units, which McAfee's rule rejects",
        larger_market(trade_reduction, ONE_UNIT, 1),
        (0, 1),
        Profiles(64, 64, 112),
    ),
    Grid(
        "vickrey_of_units",
        "orders of several units, which Vickrey's rule rejects",
        larger_market(vickrey, ONE_UNIT, 1),
        (0, 1),
        Profiles(64, 64, 112),
    ),
    Grid(
        "careless",
        "two bids and an ask of any number of units, also of none or fewer",
        careless_market(midpoint),
        (0, 1),
        Profiles(1_024, 1_024, 2_374),
    ),
    Grid(
        "backed",
        "a bid and an ask with too little backing, with enough, or with none",
        backed_market(midpoint),
        (0, 1, 2),
        Profiles(576, 576, 1_855),
    ),
    Grid("malformed_midpoint", "books with one flaw", malformed_market(midpoint), (0, 1), Profiles(108, 94, 216)),
    Grid("malformed_uniform", "books with one flaw", malformed_market(uniform_price), (0, 1), Profiles(108, 94, 216)),
    Grid("malformed_mcafee", "books with one flaw", malformed_market(trade_reduction), (0, 1), Profiles(108, 94, 216)),
    Grid("malformed_vickrey", "books with one flaw", malformed_market(vickrey), (0, 1), Profiles(108, 94, 216)),
)
