"""The theorem of Gibbard and Satterthwaite at its base: who may win, and cannot be brought about by a lie, needs a dictator.

Claim: with two voters and three options, every rule from strict rankings to one winner by which each option wins somewhere and
nobody gains by a ranking that is not its own has a dictator. Drop any axiom, and a rule with a name keeps the others.
Source: Gibbard, "Manipulation of voting schemes", 1973; Satterthwaite, 1975. More voters and options follow by induction, which
is not done here.
Not covered: rules that draw lots, and rules that elect several.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from typing import Any

import z3

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.tradeoffs import Tables, Values, Witness, tradeoff, values_of
from concordant.proofs.theorems.arrow import OPTIONS, Ballots, above, ballots, points

VOTERS = range(2)
VARIABLES: dict[tuple[Ballots, str], Term] = {
    (profile, option): z3.Bool(f"{option} wins {' '.join(map(''.join, profile))}") for profile in ballots() for option in OPTIONS
}


def _lies(profile: Ballots, voter: int) -> list[Ballots]:
    """List the profiles in which one voter reports another ranking."""
    return [(*profile[:voter], ranking, *profile[voter + 1 :]) for ranking in permutations(OPTIONS) if ranking != profile[voter]]


def _tables() -> Tables:
    """What a rule is here: of each profile, exactly one winner."""
    wins = VARIABLES
    return Tables(
        always=[
            *(z3.Or([wins[p, a] for a in OPTIONS]) for p in ballots()),
            *(z3.Not(z3.And(wins[p, a], wins[p, b])) for p in ballots() for a, b in combinations(OPTIONS, 2)),
        ],
        axioms={
            "every_option_electable": [z3.Or([wins[p, a] for p in ballots()]) for a in OPTIONS],
            "strategy_proofness": [
                z3.Not(z3.And(wins[p, a], wins[q, b]))
                for p in ballots()
                for voter in VOTERS
                for q in _lies(p, voter)
                for a, b in permutations(OPTIONS, 2)
                if above(p[voter], b, a)
            ],
            "no_dictator": [z3.Or([z3.Not(wins[p, p[voter][0]]) for p in ballots()]) for voter in VOTERS],
        },
    )


def _elects(rule: Callable[[Ballots], str]) -> Callable[[], Values]:
    def judged(key: Any) -> bool:
        profile, option = key
        return bool(rule(profile) == option)

    return lambda: values_of(VARIABLES, judged)


GIBBARD_SATTERTHWAITE = tradeoff(
    "gibbard_satterthwaite",
    "No rule by which every option can win is strategy-proof and without a dictator.",
    "two voters, three options, all strict rankings",
    _tables,
    {
        "every_option_electable": Witness(
            "a, unless both prefer b to a: c never wins", _elects(lambda p: "b" if all(above(ranking, "b", "a") for ranking in p) else "a")
        ),
        "strategy_proofness": Witness(
            "Borda's count, of equal points the first by name: burying a rival pays",
            _elects(lambda p: min(OPTIONS, key=lambda a: (-points(p, a), a))),
        ),
        "no_dictator": Witness("the first option of the first voter", _elects(lambda p: p[0][0])),
    },
    about=__doc__,
)
