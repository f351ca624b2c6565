"""Packages of goods, at what the others lose, are honest: the shipped function, by running it.

Claim: `vickrey_clarke_groves` keeps each of its clauses for all real bids of two bidders for packages of two goods. Its revenue
may lie outside the core, and fall by one more bidder: the numbers are shown. Why more bidders and packages change nothing is
`groves_mechanisms`, which is about any space of outcomes.
Not covered: three bidders and more; the greedy rule, whose ranks are squares.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.combinatorial_auction import BY_LOSS
from concordant.spec.auctions.combinatorial_auction.clauses import in_the_core, one_more_bidder_brings_no_less
from concordant.spec.auctions.combinatorial_auction.sales import sale_of

PROVED = tuple(
    by_running(
        f"combinatorial_auction.{clause.name}",
        clause,
        BY_LOSS.on(2, 1),
        "all real bids that are not negative; one or two bidders, of one package each of two goods, of which there is one unit each",
    )
    for clause in BY_LOSS.promises
)
FAILING = tuple(
    by_running(
        f"combinatorial_auction.{clause.name}_of_three",
        clause,
        BY_LOSS.promising(clause).over(partial(sale_of, count=3, packages=1)),
        claim=claim,
        holds=False,
    )
    for clause, claim in (
        (in_the_core, "Losers may be ready to pay more together than the winners do."),
        (one_more_bidder_brings_no_less, "One more bidder may bring the seller less."),
    )
)
