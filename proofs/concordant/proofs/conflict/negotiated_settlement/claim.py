"""Settlements keep their promises for all real bids, budgets and prices, of two agents; at the second price honesty pays.

Claim: `settle` keeps its clauses, whichever auction is asked for; `at_second_price` is truthful besides.
Not covered: more agents, of whom grids and random disputes show up to five; and longer clocks, of which they show up to four prices.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.conflict.negotiated_settlement import first_price_alone, second_price_alone, settling
from concordant.spec.conflict.negotiated_settlement import CLAUSES, disputes, truthful_bidding

TWO = "two agents"
AGENTS = f"{TWO}, one of three auctions, and a clock that takes zero to one steps"

SETTLED = tuple(
    by_running(
        f"negotiated_settlement.{clause.name}",
        clause,
        settling(partial(disputes, most=2)),
        f"all real bids, budgets and prices that are not negative; {AGENTS}",
    )
    for clause in CLAUSES
)
HONEST = by_running(
    "negotiated_settlement.truthful",
    truthful_bidding,
    second_price_alone(),
    f"all real bids, budgets and prices that are not negative; {TWO}, and a clock of zero to one steps, which is not used",
)
FIRST_PRICE_IS_NOT = by_running(
    "negotiated_settlement.first_price_is_not_truthful",
    truthful_bidding,
    first_price_alone(),
    claim="At the first price an agent may gain by bidding less than the value is worth to it.",
    holds=False,
)
