"""Arrow's theorem at its base: no rule makes a social ranking of all rankings without giving up one of four axioms.

Claim: with two voters and three options, every rule from strict rankings to a strict ranking that respects unanimity, and ranks
two options by how voters rank these two, has a dictator. Drop any axiom, and a rule with a name keeps the others.
Source: Arrow, "Social Choice and Individual Values", 1951. From this base the theorem follows for more voters and options by
the induction of Lin and Tang, "Computer-aided proofs of Arrow's and other impossibility theorems", 2008, which is not done here.
Not covered: rankings with ties.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations, product
from typing import Any, TypeAlias

import z3

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.tradeoffs import Tables, Values, Witness, tradeoff, values_of

OPTIONS = "abc"
PAIRS = tuple(permutations(OPTIONS, 2))
Ballots: TypeAlias = tuple[tuple[str, ...], ...]
Key: TypeAlias = tuple[Ballots, str, str]


def ballots(voters: int = 2) -> tuple[Ballots, ...]:
    """List all profiles of so many voters."""
    return tuple(product(permutations(OPTIONS), repeat=voters))


def above(ranking: tuple[str, ...], one: str, other: str) -> bool:
    """Tell whether one option is ranked above another."""
    return ranking.index(one) < ranking.index(other)


def points(profile: Ballots, option: str) -> int:
    """Return an option's points by Borda's count."""
    return sum(len(OPTIONS) - 1 - ranking.index(option) for ranking in profile)


VARIABLES: dict[Key, Term] = {
    (profile, one, other): z3.Bool(f"{one} above {other} of {' '.join(map(''.join, profile))}")
    for profile in ballots()
    for one, other in PAIRS
}


def _tables() -> Tables:
    """What a rule is here: of each profile and each pair of options, one above the other."""
    ranks = VARIABLES
    return Tables(
        always=[ranks[p, a, b] == z3.Not(ranks[p, b, a]) for p in ballots() for a, b in combinations(OPTIONS, 2)],
        axioms={
            "transitivity": [
                z3.Implies(z3.And(ranks[p, a, b], ranks[p, b, c]), ranks[p, a, c])
                for p in ballots()
                for a, b, c in permutations(OPTIONS, 3)
            ],
            "unanimity": [ranks[p, a, b] for p in ballots() for a, b in PAIRS if all(above(ranking, a, b) for ranking in p)],
            "independence": [
                ranks[p, a, b] == ranks[q, a, b]
                for p, q in combinations(ballots(), 2)
                for a, b in PAIRS
                if all(above(one, a, b) == above(other, a, b) for one, other in zip(p, q, strict=True))
            ],
            "no_dictator": [
                z3.Or([z3.Not(ranks[p, a, b]) for p in ballots() for a, b in PAIRS if above(p[voter], a, b)]) for voter in range(2)
            ],
        },
    )


def _by(rule: Callable[[Ballots, str, str], bool]) -> Callable[[], Values]:
    def judged(key: Any) -> bool:
        return rule(*key)

    return lambda: values_of(VARIABLES, judged)


def _majority(profile: Ballots, one: str, other: str) -> bool:
    votes = sum(above(ranking, one, other) for ranking in profile)
    return votes == 2 or (votes == 1 and one < other)


def _borda(profile: Ballots, one: str, other: str) -> bool:
    return (-points(profile, one), one) < (-points(profile, other), other)


ARROW = tradeoff(
    "arrow",
    "No social ranking is transitive, unanimous, independent of irrelevant options and without a dictator.",
    "two voters, three options, all strict rankings",
    _tables,
    {
        "transitivity": Witness(
            "the majority of each pair, and of equal votes the first by name: it may go round in a circle", _by(_majority)
        ),
        "unanimity": Witness("always a, b, c, whatever anybody thinks", _by(lambda _, one, other: one < other)),
        "independence": Witness("Borda's count, of equal points the first by name: a third option moves the others", _by(_borda)),
        "no_dictator": Witness("the ranking of the first voter", _by(lambda profile, one, other: above(profile[0], one, other))),
    },
    about=__doc__,
)
