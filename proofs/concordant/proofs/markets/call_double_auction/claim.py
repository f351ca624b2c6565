"""What each rule of the call double auction keeps, for all real prices: the table of the specification, cell by cell.

Claim: each rule keeps its clauses with up to two bids and two asks of one unit, whatever the prices, and the uniform price for every k;
a cell of the table that says no is refuted with numbers. McAfee's rule has two trades at once only with three bids and three asks:
it keeps its clauses with up to as many. That it is truthful there, as Vickrey's is, is a larger size, off by default.
A match of a bid and an ask of any quantities conserves the units of both and fills one of them: so the clearing of a book, which goes
on from match to match, makes and loses no unit, and has no more matches than orders.
Not covered: more orders than that, and what trades cost where orders are of several units or resources, which the scopes judge.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import RuleTheorem, by_running
from concordant.refimpl.machine import AnyMechanism
from concordant.refimpl.markets.call_double_auction import MCAFEE_RULE, MIDPOINT_RULE, UNIFORM_PRICE_RULE, VICKREY_RULE, one_match
from concordant.spec.markets.call_double_auction import MCAFEE, MIDPOINT, UNIFORM, VICKREY
from concordant.spec.markets.shared import matches
from concordant.spec.markets.shared.books import truthful_orders, with_any_k
from concordant.spec.markets.shared.markets import budget_balanced, efficient, no_deficit
from concordant.spec.vocabulary import RuleClause

TWO = "all real prices that are not negative; one or two buyers and one or two sellers, each of one unit"
THREE = "all real prices that are not negative; one to three buyers and one to three sellers, each of one unit"


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
MATCHED = tuple(
    by_running(
        f"call_double_auction.{clause.name}",
        clause,
        one_match(),
        "all real quantities of 1 and more of the bid and of the ask; all real prices that are not negative, at which they reach each other",
    )
    for clause in matches.CLAUSES
)
