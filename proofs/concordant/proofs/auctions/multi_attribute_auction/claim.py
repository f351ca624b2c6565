"""A second score makes it best to ask one's cost and to promise what one can: the shipped functions, by running them.

Claim: on two ways to score cost and a quality, one of which asks for a least quality, both rules keep each of their clauses for all
real costs and qualities, with one or two sellers. By the first score it pays to ask more: the numbers are shown.
Not covered: three sellers and more, other weights and ranges, and sellers that promise more than they can deliver.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.multi_attribute_auction import FIRST_SCORE_AUCTION, SECOND_SCORE_AUCTION
from concordant.spec.auctions.multi_attribute_auction.clauses import price_is_what_the_winner_asks
from concordant.spec.auctions.multi_attribute_auction.tenders import truthful_offers

TERMS = ("cost and quality", "some quality is required")
QUANTIFIERS = (
    "all real costs and qualities that are not negative; one or two sellers; two ways to score, each with its weights and ranges, "
    "one of which asks for a least quality"
)

BY_THE_SECOND_SCORE = tuple(
    by_running(f"multi_attribute_auction.{clause.name}", clause, SECOND_SCORE_AUCTION.on(2, TERMS), QUANTIFIERS)
    for clause in SECOND_SCORE_AUCTION.promises
)
BY_THE_FIRST_SCORE = by_running(
    "multi_attribute_auction.price_is_what_the_winner_asks", price_is_what_the_winner_asks, FIRST_SCORE_AUCTION.on(2, TERMS), QUANTIFIERS
)
LIE = by_running(
    "multi_attribute_auction.first_score_lie",
    truthful_offers,
    FIRST_SCORE_AUCTION.promising(truthful_offers).on(1, ("cost alone",)),
    claim="By the first score a seller may gain by asking more than its cost (MCA-10).",
    holds=False,
)
