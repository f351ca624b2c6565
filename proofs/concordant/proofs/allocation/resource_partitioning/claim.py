"""By turns nobody envies another beyond one good, with any number of agents and goods; the shipped functions among two agents.

Claim: `round_robin` and `divide_and_choose` keep each of their clauses, whatever few goods are worth. For any number: by induction on
rounds, of two agents the earlier likes what it has taken no less than what the later has, and the later likes what it has taken no less
than what the earlier has without its first good. Each good that an agent takes it likes no less than any that is taken after it, which
is all that is assumed of a turn, and what `each_takes_the_best_that_is_left` says of the rule; and a round that ends early gives the
earlier one good more.
Not covered: the shipped functions among more agents or goods, which grids and random divisions show up to five and six.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.allocation.resource_partitioning import DIVIDE_AND_CHOOSE, ROUND_ROBIN
from concordant.spec.allocation.resource_partitioning import (
    BY_CHOICE,
    BY_TURNS,
    no_envy_up_to_one_good,
    the_chooser_envies_nobody,
    the_divider_has_its_maximin_share,
    the_earlier_do_not_envy_the_later,
)

VALUES = "all real values that are not negative"

# ---- the shipped functions

IN_TURN = tuple(
    by_running(
        f"resource_partitioning.{clause.name}",
        clause,
        ROUND_ROBIN.on(2, 2),
        f"{VALUES}; one or two agents, zero to two goods; a unit is worth 1/3 or 2",
    )
    for clause in BY_TURNS
)
FOUR_GOODS = tuple(
    by_running(
        f"resource_partitioning.{clause.name}_of_four", clause, ROUND_ROBIN.on(2, 4), f"{VALUES}; one or two agents, zero to four goods"
    )
    for clause in (no_envy_up_to_one_good, the_earlier_do_not_envy_the_later)
)
DIVIDED = tuple(
    by_running(
        f"resource_partitioning.divided_{clause.name}",
        clause,
        DIVIDE_AND_CHOOSE.on(2, 2, least=2),
        f"{VALUES}; two agents, zero to two goods; a unit is worth 1/3 or 2",
    )
    for clause in BY_CHOICE
)
THREE_GOODS = tuple(
    by_running(
        f"resource_partitioning.{clause.name}_of_three",
        clause,
        DIVIDE_AND_CHOOSE.on(2, 3, least=2),
        f"{VALUES}; two agents, zero to three goods",
    )
    for clause in (the_chooser_envies_nobody, the_divider_has_its_maximin_share)
)

# ---- any number of agents and goods: two agents, in their rounds

OWN, OTHERS, OTHERS_FIRST = z3.Real("own so far"), z3.Real("the other's so far"), z3.Real("the other's first")
TAKEN, OTHERS_NEXT = z3.Real("taken in this round"), z3.Real("taken by the other then")


def _earlier(*, takes_the_best: bool = True) -> tuple[list[Term], Term]:
    liked_no_less = [TAKEN >= OTHERS_NEXT] if takes_the_best else []
    return [OWN >= OTHERS, TAKEN >= 0, OTHERS_NEXT >= 0, *liked_no_less], OWN + TAKEN >= OTHERS + OTHERS_NEXT


def _later() -> tuple[list[Term], Term]:
    # what the earlier takes in the next round is taken after what the later takes in this one
    return [OWN >= OTHERS - OTHERS_FIRST, TAKEN >= OTHERS_NEXT], OWN + TAKEN >= OTHERS + OTHERS_NEXT - OTHERS_FIRST


def _ends_early() -> tuple[list[Term], Term]:
    earlier, later = z3.Real("the earlier one's part, to it"), z3.Real("the later one's part, to the earlier")
    return [earlier >= later, TAKEN >= 0], earlier + TAKEN >= later


ANY_NUMBER = "any two of any number of agents; any number of goods; all real values that are not negative"
BY_INDUCTION = (
    theorem(
        "resource_partitioning.the_earlier_envies_in_no_round",
        "If the earlier of two does not envy the later before a round, it does not after it.",
        ANY_NUMBER,
        _earlier,
        why="it takes before the other, from all that is left, what it likes no less than what the other takes.",
    ),
    theorem(
        "resource_partitioning.the_later_envies_by_the_first_good_alone",
        "If the later of two does not envy the earlier but for its first good, it does not after its turn and the next of the other.",
        ANY_NUMBER,
        _later,
        why="but for that first good it is the later that takes before the other.",
    ),
    theorem(
        "resource_partitioning.a_round_that_ends_early_makes_no_envy",
        "If the goods are at an end after the earlier's turn, it has one more, and does not envy the later.",
        ANY_NUMBER,
        _ends_early,
        why="no good is worth less than nothing.",
    ),
)
ANY_GOOD_WILL_NOT_DO = theorem(
    "resource_partitioning.taking_any_good_makes_envy",
    "If agents took any good, the earlier might envy the later.",
    EXAMPLE,
    lambda: _earlier(takes_the_best=False),
    holds=False,
)
