"""What each rule of the call double auction keeps, for all real prices: the table of the specification, cell by cell.

Claim: each rule keeps its clauses with one or two bids and as many asks of one unit, whatever the prices, and the uniform price for every
k; a cell of the table that says no is refuted with numbers. McAfee's rule with three bids and three asks is a larger size, off by default.
Not covered: more orders than that, and orders of several units or resources, which the scopes judge.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import RuleTheorem, by_running
from concordant.refimpl.call_double_auction import any_k_market, midpoint, trade_reduction, unit_market, vickrey
from concordant.refimpl.machine import AnyMechanism
from concordant.spec.call_double_auction import MCAFEE, MIDPOINT, VICKREY
from concordant.spec.families.markets import budget_balanced, efficient, no_deficit, truthful_orders
from concordant.spec.vocabulary import RuleClause

TWO = "all real prices that are not negative; one or two bids and one or two asks, of one unit"


def kept(rule: str, market: AnyMechanism, quantifiers: str = TWO) -> tuple[RuleTheorem, ...]:
    """State that a rule keeps all that it promises."""
    return tuple(by_running(f"call_double_auction.{rule}_{clause.name}", clause, market, quantifiers) for clause in market.promises)


def refuted(rule: str, market: AnyMechanism, clause: RuleClause, claim: str) -> RuleTheorem:
    """State that a rule does not keep a clause."""
    return by_running(f"call_double_auction.{rule}_is_not_{clause.name}", clause, market, claim=claim, holds=False)


PAIRS = unit_market(midpoint, MIDPOINT)
UNIFORM = any_k_market()
REDUCED = unit_market(trade_reduction, MCAFEE)
PIVOTAL = unit_market(vickrey, VICKREY)

KEPT = (
    *kept("midpoint", PAIRS),
    *kept("uniform", UNIFORM, f"{TWO}; every k from 0 to 1"),
    *kept("mcafee", REDUCED),
    *kept("vickrey", PIVOTAL),
)
REFUTED = (
    refuted("midpoint", PAIRS, truthful_orders, "At the midpoint of its own pair a trader gains by another price (DBL-7)."),
    refuted("uniform", UNIFORM, truthful_orders, "At a uniform price the last trader gains by another price."),
    refuted("mcafee", REDUCED, budget_balanced, "McAfee's market may keep money."),
    refuted("mcafee", REDUCED, efficient, "McAfee's market may give up a trade."),
    refuted("vickrey", PIVOTAL, budget_balanced, "Vickrey's market is not balanced."),
    refuted("vickrey", PIVOTAL, no_deficit, "Vickrey's market may have to add money."),
)
OF_THREE = tuple(
    by_running(
        f"call_double_auction.mcafee_{clause.name}_of_three",
        clause,
        unit_market(trade_reduction, MCAFEE, 3),
        "all real prices that are not negative; one to three bids and one to three asks, of one unit",
        large=True,
    )
    for clause in MCAFEE
)
