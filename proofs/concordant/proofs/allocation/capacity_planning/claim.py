"""So many stages that may run together, and as many chains that hold all, are the width: no schedule is ever busier, and both are always there.

Claim: for any number of stages, stages that may all run together are no more than the chains that hold all, since no two of them are in
one chain; so whoever shows as many of both, as `width` does, has found the most of the one and the fewest of the other. Whatever is
running at one time may run together, however long stages take: the peak of a schedule is never above the width, and may be below it.
That there are always as many chains as that, Dilworth's theorem, is shown for every order of up to six stages.
Not covered: that `width` shows as many of both, which its scopes ask of every plan of up to four stages, and of random ones of six.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term, forall
from concordant.proofs.kernel.theorems import EXAMPLE

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies

# ---- any number of stages

STAGE, CHAIN = z3.DeclareSort("Stage"), z3.DeclareSort("Chain")
ONE, OTHER, THIRD = z3.Const("one stage", STAGE), z3.Const("another", STAGE), z3.Const("a third", STAGE)
WAITS = z3.Function("waits for", STAGE, STAGE, z3.BoolSort())
CHAIN_OF = z3.Function("chain of", STAGE, CHAIN)
TOGETHER = z3.Function("is one of those that may run together", STAGE, z3.BoolSort())
START, TAKES = z3.Function("starts at", STAGE, z3.RealSort()), z3.Function("takes", STAGE, z3.RealSort())
NOW = z3.Real("now")
ANY = "any number of stages; any order in which they wait for each other"


def _waits(one: Term, other: Term) -> Term:
    return Or(WAITS(one, other), WAITS(other, one))


def _one_of_each_chain(*, in_chains: bool = True) -> tuple[list[Term], Term]:
    chains = forall(STAGE, STAGE, lambda one, other: Implies(And(CHAIN_OF(one) == CHAIN_OF(other), one != other), _waits(one, other)))
    free = forall(STAGE, STAGE, lambda one, other: Implies(And(TOGETHER(one), TOGETHER(other)), Not(WAITS(one, other))))
    goal = Implies(And(TOGETHER(ONE), TOGETHER(OTHER), CHAIN_OF(ONE) == CHAIN_OF(OTHER)), ONE == OTHER)
    return [free, *([chains] if in_chains else ())], goal


def _is_after(late: Term, early: Term) -> Term:
    return START(late) >= START(early) + TAKES(early)


def _after_a_third() -> tuple[list[Term], Term]:
    return [TAKES(THIRD) >= 0, _is_after(OTHER, THIRD), _is_after(THIRD, ONE)], _is_after(OTHER, ONE)


def _runs(stage: Term) -> Term:
    return And(START(stage) <= NOW, START(stage) + TAKES(stage) > NOW)


def _running_together() -> tuple[list[Term], Term]:
    on_time = forall(STAGE, STAGE, lambda late, early: Implies(WAITS(late, early), _is_after(late, early)))
    return [on_time, _runs(ONE), _runs(OTHER)], Not(WAITS(ONE, OTHER))


def _peak_reaches_the_width() -> tuple[list[Term], Term]:
    meet = And(START(ONE) < START(OTHER) + TAKES(OTHER), START(OTHER) < START(ONE) + TAKES(ONE))
    return [ONE != OTHER, Not(_waits(ONE, OTHER)), TAKES(ONE) > 0, TAKES(OTHER) > 0], meet


OF_ANY_SIZE = (
    theorem(
        "capacity_planning.one_of_each_chain",
        "Of stages that may all run together no two are in one chain, so that there are no more than there are chains.",
        f"{ANY}; any chains",
        _one_of_each_chain,
        why="of two in one chain one waits for the other.",
    ),
    theorem(
        "capacity_planning.waiting_by_way_of_others",
        "A stage that starts after the end of a third, which starts after the end of another, starts after the end of that, too.",
        f"{ANY}; all real times, none of which is negative for how long something takes",
        _after_a_third,
        why="what is in between takes no less than no time.",
    ),
    theorem(
        "capacity_planning.no_schedule_is_busier",
        "Of two stages that are running at one time neither waits for the other: the peak of a schedule is no more than the width.",
        f"{ANY}; every schedule in which each stage starts after the end of all that it waits for; all real times",
        _running_together,
        why="what waits for a stage starts after that has ended.",
    ),
)
EXAMPLES = (
    theorem(
        "capacity_planning.without_chains_there_is_no_bound",
        "If stages of one chain need not wait for each other, two of them may run together.",
        EXAMPLE,
        partial(_one_of_each_chain, in_chains=False),
        holds=False,
    ),
    theorem(
        "capacity_planning.the_peak_may_be_less",
        "Two stages that may run together need never do so: the peak of a schedule may be less than the width.",
        EXAMPLE,
        _peak_reaches_the_width,
        holds=False,
    ),
)

# ---- Dilworth's theorem, at its base

MOST = 6
BEFORE = {pair: z3.Bool(f"stage {pair[1]} waits for stage {pair[0]}") for pair in combinations(range(MOST), 2)}


def partitions(count: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield every way to put so many stages into chains."""
    if not count:
        yield ()
    for smaller in partitions(count - 1) if count else ():
        yield (*smaller, (count - 1,))
        for place, chain in enumerate(smaller):
            yield (*smaller[:place], (*chain, count - 1), *smaller[place + 1 :])


def _dilworth() -> tuple[list[Term], Term]:
    """State it of the first stages, however many; whoever waits for another has a larger number, as in some order all have."""
    transitive = [Implies(And(BEFORE[a, b], BEFORE[b, c]), BEFORE[a, c]) for a, b, c in combinations(range(MOST), 3)]
    goals = []
    for count in range(2, MOST + 1):
        for width in range(1, count):
            busier = Or([Not(Or([BEFORE[pair] for pair in combinations(some, 2)])) for some in combinations(range(count), width + 1)])
            ways = (way for way in partitions(count) if len(way) == width)
            chains = Or([And([BEFORE[pair] for chain in way for pair in combinations(chain, 2)]) for way in ways])
            goals.append(Or(busier, chains))
    return transitive, And(goals)


DILWORTH = theorem(
    "capacity_planning.dilworth_up_to_six",
    "If no more than so many stages may all run together, as many chains hold all stages.",
    "one to six stages; every order in which they wait for each other",
    _dilworth,
)
