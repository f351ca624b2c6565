"""Nash's axioms hold of the shipped function for all real amounts, of two agents and up to two agreements; and concessions lead to the same.

Claim: `nash` and `concede` keep their clauses, whatever agreements are worth, whatever it is worth to walk away. Of any number of agreements:
who would lose the smaller part by giving in is who offers the smaller product, as `concede` finds it; and each concession raises the greater
product of the two offers, so that talks end, since there are only so many agreements.
Not covered: more agents and agreements, of which grids and random problems show up to four and seven.
"""

from __future__ import annotations

from functools import partial

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.conflict.bargaining import bargaining, talking
from concordant.spec.conflict.bargaining import (
    CLAUSES,
    OF_TALKS,
    a_concession_is_as_small_as_it_can_be,
    problems,
    whoever_risks_less_concedes,
)

SIZES = "all real worths that are not negative; two agents, zero to two agreements"

PRODUCT = tuple(by_running(f"bargaining.{clause.name}", clause, bargaining(partial(problems, most=2)), SIZES) for clause in CLAUSES)
TALKS = tuple(
    by_running(f"bargaining.talks_{clause.name}", clause, talking(partial(problems, most=2)), SIZES)
    for clause in OF_TALKS
    if clause
    not in (whoever_risks_less_concedes, a_concession_is_as_small_as_it_can_be)  # between two agreements there is no third to offer
)

# ---- any number of agreements

OFFERS = "all real gains above 0 of two agents, by the offers of both"
MINE_TO_ME, MINE_TO_YOU, YOURS_TO_ME, YOURS_TO_YOU = z3.Reals("my_offer_to_me my_offer_to_you your_offer_to_me your_offer_to_you")
MINE, YOURS, NEXT = z3.Reals("my_product your_product next_product")


def _risks() -> tuple[list[Term], Term]:
    """State that the parts of their gains that both would lose compare as the products of their offers do."""
    gains = [each > 0 for each in (MINE_TO_ME, MINE_TO_YOU, YOURS_TO_ME, YOURS_TO_YOU)]
    i_lose, you_lose = (MINE_TO_ME - YOURS_TO_ME) / MINE_TO_ME, (YOURS_TO_YOU - MINE_TO_YOU) / YOURS_TO_YOU
    return gains, (i_lose < you_lose) == (MINE_TO_ME * MINE_TO_YOU < YOURS_TO_ME * YOURS_TO_YOU)


def _ends() -> tuple[list[Term], Term]:
    """State that the greater product rises when whoever offers the smaller one offers a greater one than the other's."""
    greater = z3.If(MINE < YOURS, YOURS, MINE)
    return [MINE > 0, MINE <= YOURS, NEXT > YOURS], z3.If(NEXT < YOURS, YOURS, NEXT) > greater


WHO_RISKS_LESS = theorem(
    "bargaining.who_risks_less_offers_the_smaller_product",
    "An agent would lose a smaller part of its gain by giving in than the other if, and only if, the product of gains by its offer is smaller.",
    OFFERS,
    _risks,
    why="1 - c/a is less than 1 - b/d if c/a is more than b/d, that is, if ab is less than cd.",
)
TALKS_END = theorem(
    "bargaining.each_concession_raises_the_greater_product",
    "Whoever gives in makes the greater product of both offers greater.",
    OFFERS,
    _ends,
    why="it offers what has a greater product than the offer of the other, which was the greater one.",
)
