"""What goes wrong when a bid is matched with an ask."""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.call_double_auction import one_match
from concordant.refimpl.markets.shared.matching import filled
from concordant.spec.markets.shared import matches
from concordant.spec.markets.shared.matches import Fill, Pair


def one_unit(pair: Pair) -> Fill:
    """Match one unit, and look at both orders again."""
    rest = [tuple(evolve(each, quantity=each.quantity - 1) for each in (order,) if each.quantity > 1) for order in (pair.bid, pair.ask)]
    return Fill(1, rest[0], rest[1])


def rest_dropped(pair: Pair) -> Fill:
    """Take both orders from the book, whatever is left of one."""
    return Fill(filled(pair).units, (), ())


def most_units(pair: Pair) -> Fill:
    """Match as many units as the larger order has."""
    return Fill(max(pair.bid.quantity, pair.ask.quantity), (), ())


def rest_at_the_price(pair: Pair) -> Fill:
    """Leave the rest of the bid at the price at which the ask was filled."""
    fill = filled(pair)
    return evolve(fill, bid=tuple(evolve(each, price=pair.ask.price) for each in fill.bid))


def nothing_left(pair: Pair) -> Fill:
    """Leave the rest of both orders in the book, also where it is of no unit."""
    units = filled(pair).units
    return Fill(units, *((evolve(order, quantity=order.quantity - units),) for order in (pair.bid, pair.ask)))


ONE_UNIT = Pitfall(
    "call_double_auction.OneUnit",
    "A match is of one unit, so that the number of matches grows with the quantities instead of the orders.",
    breaks=matches.each_match_fills_an_order,
    subject=one_match(one_unit),
    length=4,
)
NOTHING_LEFT = Pitfall(
    "call_double_auction.NothingLeft",
    "An order that is filled stays in the book, of no unit: it is matched for ever.",
    breaks=matches.each_match_fills_an_order,
    subject=one_match(nothing_left),
    length=4,
)
REST_DROPPED = Pitfall(
    "call_double_auction.RestDropped",
    "Where one order is larger than the other, its rest is lost.",
    breaks=matches.units_are_matched_or_left,
    subject=one_match(rest_dropped),
    length=4,
)
MOST_UNITS = Pitfall(
    "call_double_auction.MostUnits",
    "More units change hands than the smaller order has.",
    breaks=matches.units_are_matched_or_left,
    subject=one_match(most_units),
    length=4,
)
REST_AT_THE_PRICE = Pitfall(
    "call_double_auction.RestAtThePrice",
    "The rest of a bid loses what its trader would pay.",
    breaks=matches.what_is_left_is_the_same_order,
    subject=one_match(rest_at_the_price),
    length=4,
)
OF_NO_UNIT = Pitfall(
    "call_double_auction.NothingLeft/order",
    "The same: an order of no unit is none.",
    breaks=matches.what_is_left_is_the_same_order,
    subject=one_match(nothing_left),
    length=4,
)
