"""A second score makes it best to ask one's cost and to promise what one can, with any number of sellers; the shipped functions, by running them.

Claim: on two ways to score cost and a quality, one of which asks for a least quality, both rules keep each of their clauses for all
real costs and qualities, with one or two sellers; that it is truthful where a least quality is asked for is a larger size, off by default.
By the first score it pays to ask more: the numbers are shown. For any number of sellers, and whatever scores are made of: whoever is
paid the most with which it would still have won gains nothing by asking something else than its cost, nor by promising less than it
can, since neither moves the others' scores.
Not covered: that the shipped functions meet that specification with three sellers and more, or other weights and ranges, which grids
and random tenders show of up to six; and sellers that promise more than they can deliver.
"""

from __future__ import annotations

from functools import partial

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.auctions.multi_attribute_auction import FIRST_SCORE_AUCTION, SECOND_SCORE_AUCTION
from concordant.spec.auctions.multi_attribute_auction.clauses import price_is_what_the_winner_asks
from concordant.spec.auctions.multi_attribute_auction.tenders import truthful_offers

TERMS = ("cost and quality", "some quality is required")
QUANTIFIERS = (
    "all real costs and qualities that are not negative; one or two sellers; two ways to score, each with its weights and ranges, "
    "one of which asks for a least quality"
)

BY_THE_SECOND_SCORE = tuple(
    by_running(
        f"multi_attribute_auction.{clause.name}", clause, SECOND_SCORE_AUCTION.on(2, TERMS), QUANTIFIERS, large=clause is truthful_offers
    )
    for clause in SECOND_SCORE_AUCTION.promises
)
HONEST = by_running(
    "multi_attribute_auction.truthful_of_cost_and_quality",
    truthful_offers,
    SECOND_SCORE_AUCTION.on(2, TERMS[:1]),
    "all real costs and qualities that are not negative; one or two sellers; one way to score both",
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

# ---- any number of sellers

And, If, Implies = z3.And, z3.If, z3.Implies
OF_COST = z3.Function("score of a cost", z3.RealSort(), z3.RealSort())
COST, ASKED, WORST = z3.Real("its cost"), z3.Real("what it asks instead"), z3.Real("the worst acceptable cost")
OFFERED, PROMISED = z3.Real("score of what it can deliver"), z3.Real("score of what it promises instead")
OTHERS, TIES_WON = z3.Real("the best score of the others"), z3.Bool("it comes first of equals")
PAID, PAID_LYING = z3.Real("the most with which it would have won"), z3.Real("the same, lying")


def _reaches(cost: Term, offered: Term) -> Term:
    """State that an offer at this cost scores no less than all others."""
    return And(cost <= WORST, OF_COST(cost) + offered >= OTHERS)


def _wins(cost: Term, offered: Term) -> Term:
    return And(_reaches(cost, offered), z3.Or(TIES_WON, OF_COST(cost) + offered > OTHERS))


def _second_score(*, promises_no_more: bool = True) -> tuple[list[Term], Term]:
    """Say of the costs in question which scores they have; of the others, that they score no more than what costs less."""
    costs = (COST, ASKED, PAID, PAID_LYING)
    falls = [Implies(less <= more, OF_COST(less) >= OF_COST(more)) for less in costs for more in costs]
    flat_at_best = [
        Implies(And(less < more, OF_COST(less) == OF_COST(more)), OF_COST(any_other) <= OF_COST(less))
        for less in costs
        for more in costs
        for any_other in costs
    ]
    most = [Implies(_reaches(cost, OFFERED), cost <= PAID) for cost in costs]
    paid = Implies(_reaches(ASKED, PROMISED), _reaches(PAID_LYING, PROMISED))
    honest = If(_wins(COST, OFFERED), PAID - COST, 0)
    lying = If(_wins(ASKED, PROMISED), PAID_LYING - COST, 0)
    return [*falls, *flat_at_best, *most, paid, *([PROMISED <= OFFERED] if promises_no_more else ())], honest >= lying


SPECIFICATION = theorem(
    "multi_attribute_auction.specification_is_truthful",
    "Whoever is paid the most with which it would have won gains nothing by another price, nor by promising less.",
    "any number of sellers; any score that falls as the cost goes up, but where it is the best; all real costs; ties won or lost",
    _second_score,
    why="with less to deliver it would be paid no more; and what it asks does not move what it is paid, only whether it wins.",
)
PROMISING_MORE_PAYS = theorem(
    "multi_attribute_auction.promising_more_than_it_can_pays",
    "Whoever promises more than it can deliver, and is believed, may gain by it.",
    EXAMPLE,
    partial(_second_score, promises_no_more=False),
    holds=False,
)
