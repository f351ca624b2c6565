"""What each rule of the call double auction keeps, for all real prices: the table of the specification, cell by cell.

Claim: each rule keeps its clauses with up to two bids and two asks of one unit, whatever the prices, and the uniform price for every k;
a cell of the table that says no is refuted with numbers. McAfee's rule has two trades at once only with three bids and three asks:
it keeps its clauses with up to as many. That it is truthful there, as Vickrey's is, is a larger size, off by default.
Matching conserves units, of orders of any quantities: what is not traded of an order is left of it, and no more is traded than ordered.
Not covered: more orders than that; prices of orders of several units, and several resources, which the scopes judge.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from attrs import evolve

from concordant.proofs.kernel.symbolic import RuleTheorem, by_running
from concordant.refimpl.machine import AnyMechanism, Mechanism
from concordant.refimpl.markets.call_double_auction import (
    MCAFEE_RULE,
    MIDPOINT_RULE,
    UNIFORM_PRICE_RULE,
    VICKREY_RULE,
    at_the_midpoint_of_each_pair,
)
from concordant.refimpl.markets.shared.matching import left, match_orders
from concordant.spec.markets.call_double_auction import MCAFEE, MIDPOINT, UNIFORM, VICKREY
from concordant.spec.markets.shared.books import truthful_orders, unit_orders, with_any_k
from concordant.spec.markets.shared.markets import budget_balanced, efficient, no_deficit, no_overfill, what_is_not_traded_is_left
from concordant.spec.markets.shared.orders import Book, Cleared, Order
from concordant.spec.vocabulary import Draw, RuleClause

TWO = "all real prices that are not negative; one or two buyers and one or two sellers, each of one unit"
THREE = "all real prices that are not negative; one to three buyers and one to three sellers, each of one unit"


def of_any_quantities(draw: Draw) -> Book:
    """Draw a book of up to two bids and two asks, each of 1 unit or more."""
    book = unit_orders(draw, 2)
    return evolve(book, orders=tuple(of_any_quantity(draw, order) for order in book.orders))


def of_any_quantity(draw: Draw, order: Order) -> Order:
    """Draw how many units an order is of."""
    quantity: Any = 1 + draw.amount(f"units of {order.trader}, beyond 1")
    return evolve(order, quantity=quantity)


def kept(
    rule: str, market: AnyMechanism, quantifiers: str, clauses: tuple[RuleClause, ...], *, large: bool = False
) -> tuple[RuleTheorem, ...]:
    """State that a rule keeps clauses."""
    size = "_of_three" if large else ""
    return tuple(by_running(f"call_double_auction.{rule}_{each.name}{size}", each, market, quantifiers, large=large) for each in clauses)


def refuted(what: str, market: AnyMechanism, clause: RuleClause, claim: str) -> RuleTheorem:
    """State that a rule does not keep a clause."""
    return by_running(f"call_double_auction.{what}", clause, market, claim=claim, holds=False)


PAIRS, ANY_K = MIDPOINT_RULE.on(2), UNIFORM_PRICE_RULE.over(partial(with_any_k, most=2))
REDUCED, REDUCED_OF_THREE = MCAFEE_RULE.on(2), MCAFEE_RULE.on(3)
PIVOTAL, PIVOTAL_OF_THREE = VICKREY_RULE.on(2), VICKREY_RULE.on(3)

KEPT = (
    *kept("midpoint", PAIRS, TWO, MIDPOINT),
    *kept("uniform", ANY_K, f"{TWO}; every k from 0 to 1", UNIFORM),
    *kept("mcafee", REDUCED_OF_THREE, THREE, tuple(clause for clause in MCAFEE if clause is not truthful_orders)),
    *kept("mcafee", REDUCED, TWO, (truthful_orders,)),
    *kept("vickrey", PIVOTAL, TWO, VICKREY),
)
LARGER = (
    *kept("mcafee", REDUCED_OF_THREE, THREE, (truthful_orders,), large=True),
    *kept("vickrey", PIVOTAL_OF_THREE, THREE, (truthful_orders,), large=True),
)
REFUTED = (
    refuted("midpoint_is_not_truthful", PAIRS, truthful_orders, "At the midpoint of its own pair a trader gains by another price (DBL-7)."),
    refuted("uniform_is_not_truthful", ANY_K, truthful_orders, "At a uniform price the last trader gains by another price."),
    refuted("mcafee_is_not_balanced", REDUCED, budget_balanced, "McAfee's market may keep money."),
    refuted("mcafee_is_not_efficient", REDUCED, efficient, "McAfee's market may give up a trade."),
    refuted("vickrey_is_not_balanced", PIVOTAL, budget_balanced, "Vickrey's market is not balanced."),
    refuted("vickrey_has_a_deficit", PIVOTAL, no_deficit, "Vickrey's market may have to add money."),
)


def matched(book: Book) -> Cleared:
    """Clear a book of one resource as `clear` does, which refuses parts of units; what holds of these holds of whole ones."""
    trades = at_the_midpoint_of_each_pair(match_orders(book, "cpu"), book.k)
    return Cleared(trades, tuple(rest for order in book.orders for rest in left(order, trades)))


CONSERVED = tuple(
    by_running(
        f"call_double_auction.{clause.name}_of_any_quantity",
        clause,
        Mechanism(matched, of_any_quantities, (clause,)),
        "all real prices that are not negative; one or two buyers and one or two sellers, each of all real numbers of units from 1",
    )
    for clause in (no_overfill, what_is_not_traded_is_left)
)
