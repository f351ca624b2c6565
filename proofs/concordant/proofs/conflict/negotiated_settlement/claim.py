"""Settlements keep their promises for all real bids, prices, and budgets of as much or more, of two agents; at the second price honesty pays.

Claim: `settle` keeps its clauses, whichever auction is asked for; `at_second_price` is truthful besides.
Not covered: bids beyond a budget, which grids show to be rejected; more agents, of whom grids and random disputes show up to five; and longer clocks, of which they show up to four prices.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.conflict.negotiated_settlement import first_price_alone, second_price_alone, settling
from concordant.spec.conflict.negotiated_settlement import CLAUSES, disputes, truthful_bidding

TWO = "two agents"
AMOUNTS = "all real bids that are not negative, budgets of as much or more, prices in steps of 1 or more"
AGENTS = f"{TWO}, one of three auctions, and a clock that takes zero to one steps"

SETTLED = tuple(
    by_running(
        f"negotiated_settlement.{clause.name}",
        clause,
        settling(partial(disputes, most=2)),
        f"{AMOUNTS}; {AGENTS}",
    )
    for clause in CLAUSES
)
HONEST = by_running(
    "negotiated_settlement.truthful",
    truthful_bidding,
    second_price_alone(),
    f"{AMOUNTS}; {TWO}, and a clock of zero to one steps, which is not used",
)
FIRST_PRICE_IS_NOT = by_running(
    "negotiated_settlement.first_price_is_not_truthful",
    truthful_bidding,
    first_price_alone(),
    claim="At the first price an agent may gain by bidding less than the value is worth to it.",
    holds=False,
)
