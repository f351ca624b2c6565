"""Of two who take turns the first gets Rubinstein's share but for the end, in any number of rounds; the shipped function keeps all its clauses.

Claim: `by_turns` keeps each of its clauses for all real discounts from 0 to 1, of two agents in up to four rounds and of three in up to
three. For any number of rounds, by induction: if the first has its share of endless talks but for a part, it has so in talks that are
two rounds longer, but for that part times both discounts; and whoever offers keeps no less than waiting is worth to it, with any number
of agents, since all of them together wait for no more than the whole.
Not covered: endless talks, in which more agents than two agree on much else.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.conflict.alternating_offers import ALTERNATING_OFFERS, OF_SEVERAL
from concordant.spec.conflict.alternating_offers import CLAUSES, OF_MORE, truthful_discounts

# ---- the shipped function

DISCOUNTS = "all real discounts from 0 to 1"

OF_TWO = tuple(
    by_running(f"alternating_offers.{clause.name}", clause, ALTERNATING_OFFERS.on(2, 4), f"{DISCOUNTS}; two agents, one to four rounds")
    for clause in CLAUSES
)
OF_THREE = tuple(
    by_running(f"alternating_offers.{clause.name}_of_three", clause, OF_SEVERAL.on(3, 3), f"{DISCOUNTS}; three agents, one to three rounds")
    for clause in OF_MORE
)
LIE = by_running(
    "alternating_offers.patience_pretended",
    truthful_discounts,
    ALTERNATING_OFFERS.on(2, 2),
    claim="Whoever seems more patient than it is gets more.",
    holds=False,
)

# ---- any number of rounds

OWN, OTHERS = z3.Real("discount of the first"), z3.Real("discount of the second")
SHARE, LONGER = z3.Real("share of the first"), z3.Real("its share in talks that are two rounds longer")
ENDLESS = z3.Real("its share of endless talks")
PART, REST = z3.Real("what whoever offers would have a round later"), z3.Real("what the others would have then")
BRINGS = z3.Real("what waiting is worth to the others")
FROM_0_TO_1 = [OWN >= 0, OWN <= 1, OTHERS >= 0, OTHERS <= 1]


def _two_rounds_longer(*, turns: bool = True) -> tuple[list[Term], Term]:
    """Let the first be offered its discount of its share, by the second, to whom the first then offers the discount of the rest."""
    endless = ENDLESS * (1 - OWN * OTHERS) == 1 - OTHERS
    longer = [LONGER == 1 - OTHERS * (1 - OWN * SHARE)] if turns else []
    return [*FROM_0_TO_1, OWN * OTHERS < 1, endless, *longer], LONGER - ENDLESS == OWN * OTHERS * (SHARE - ENDLESS)


def _keeps_enough() -> tuple[list[Term], Term]:
    return [*FROM_0_TO_1, PART >= 0, REST >= 0, PART + REST == 1, BRINGS <= REST], 1 - BRINGS >= OWN * PART


ANY_NUMBER = (
    theorem(
        "alternating_offers.each_two_rounds_bring_the_endless_share_nearer",
        "Two rounds more make what the first of two has more, or less, than its share of endless talks smaller by both discounts.",
        "two agents; any number of rounds; all real discounts from 0 to 1 that are not both 1",
        _two_rounds_longer,
        why="each offers the other what waiting is worth to it, and endless talks are those in which that changes nothing.",
    ),
    theorem(
        "alternating_offers.whoever_offers_keeps_enough",
        "Where others are offered what waiting is worth to them, whoever offers keeps no less than waiting is worth to it.",
        "any number of agents and rounds; all real discounts from 0 to 1",
        _keeps_enough,
        why="nobody waits for more than it will have, and all together will have the whole.",
    ),
)
ANY_SHARE_WILL_NOT_DO = theorem(
    "alternating_offers.without_turns_no_share_comes_nearer",
    "Where longer talks do not add an offer of each, shares may come no nearer to that of endless talks.",
    EXAMPLE,
    lambda: _two_rounds_longer(turns=False),
    holds=False,
)
