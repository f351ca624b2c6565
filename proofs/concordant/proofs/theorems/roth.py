"""Roth's theorem at its base: no rule that makes stable matches is honest for both sides; the one by proposals is honest for whoever proposes.

Claim: two agents of each side say whom of the other side they would have, the best first: one, or both. A matching is *stable* if
nobody has a partner it would not have, and no two would both rather have each other. No rule is stable and makes honesty best for
both sides. Drop any axiom, and a rule with a name keeps the others: where the one side proposes, honesty is best for that side, also
for both of its agents together; and that is the only stable rule that is honest for it.
Source: Roth, "The economics of matching: stability and incentives", 1982; Dubins and Freedman, "Machiavelli and the Gale-Shapley
algorithm", 1981, for those who propose; Alcalde and Barberà, "Top dominance and the possibility of strategy-proof stable solutions to
matching problems", 1994, for the only one.
Not covered: more agents; agents that would have nobody; ties.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, TypeAlias

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.proofs.kernel.tradeoffs import Tables, Values, Witness, tradeoff, values_of

Wish: TypeAlias = tuple[int, ...]
"""Whom of the other side an agent would have, the best first."""
Wishes: TypeAlias = tuple[Wish, Wish, Wish, Wish]
"""The wishes of both agents of the one side, then of both of the other."""
Matching: TypeAlias = frozenset[tuple[int, int]]

AGENTS = (0, 1)
WISHES: tuple[Wish, ...] = ((0, 1), (1, 0), (0,), (1,))
PROFILES: tuple[Wishes, ...] = tuple(product(WISHES, WISHES, WISHES, WISHES))
ONE_SIDE, OTHER_SIDE = (0, 1), (2, 3)
"""Where the wishes of each side stand."""
MATCHED: dict[tuple[Wishes, int, int], Term] = {
    (profile, one, other): z3.Bool(f"{one} with {other} of {profile}") for profile in PROFILES for one, other in product(AGENTS, AGENTS)
}


def _partner(profile: Wishes, place: int, partner: int) -> Term:
    """State that an agent, known by where its wish stands, is matched with one of the other side."""
    return MATCHED[profile, place, partner] if place in ONE_SIDE else MATCHED[profile, partner, place - 2]


def _at_least(profile: Wishes, place: int, wish: Wish, partner: int) -> Term:
    """State that an agent has this partner, or one that it wishes for more."""
    return z3.Or([_partner(profile, place, each) for each in wish[: wish.index(partner) + 1]])


def _lies(profile: Wishes, place: int) -> list[Wishes]:
    """List the profiles in which one agent says something else."""
    changed = ((*profile[:place], wish, *profile[place + 1 :]) for wish in WISHES if wish != profile[place])
    return [(one, two, three, four) for one, two, three, four in changed]


def _honest(side: tuple[int, int]) -> list[Term]:
    """State of each agent of a side that whom a lie brings it, honesty brings it too, or one that it would rather have."""
    return [
        z3.Implies(_partner(lying, place, partner), _at_least(profile, place, profile[place], partner))
        for profile in PROFILES
        for place in side
        for lying in _lies(profile, place)
        for partner in profile[place]
    ]


def _tables() -> Tables:
    """What a rule is here: for each profile a matching, in which nobody has two partners."""
    return Tables(
        always=[z3.Not(z3.And(_partner(profile, place, 0), _partner(profile, place, 1))) for profile in PROFILES for place in range(4)],
        axioms={
            "stability": [
                condition for profile in PROFILES for one, other in product(AGENTS, AGENTS) for condition in _stable(profile, one, other)
            ],
            "honesty_of_the_one_side": _honest(ONE_SIDE),
            "honesty_of_the_other_side": _honest(OTHER_SIDE),
        },
    )


def _stable(profile: Wishes, one: int, other: int) -> list[Term]:
    """State that two are matched only if both would have each other, and otherwise one of them has somebody as good."""
    place = other + 2
    if other not in profile[one] or one not in profile[place]:
        return [z3.Not(MATCHED[profile, one, other])]
    return [z3.Or(_at_least(profile, one, profile[one], other), _at_least(profile, place, profile[place], one))]


def _by(rule: Callable[[Wishes], Matching]) -> Callable[[], Values]:
    def judged(key: Any) -> bool:
        profile, one, other = key
        return (one, other) in rule(profile)

    return lambda: values_of(MATCHED, judged)


def proposals(proposing: tuple[Wish, ...], choosing: tuple[Wish, ...]) -> Matching:
    """Let all of one side ask whom they would have most; whoever is not the best that the asked one would have asks the next (Gale and Shapley 1962)."""
    asked = {one: wish[0] for one, wish in enumerate(proposing) if wish}
    for one, other in asked.items():
        liked = [each for each in choosing[other] if asked.get(each) == other]
        if one not in liked[:1]:
            return proposals((*proposing[:one], proposing[one][1:], *proposing[one + 1 :]), choosing)
    return frozenset(asked.items())


def _one_side_proposes(profile: Wishes) -> Matching:
    return proposals(profile[:2], profile[2:])


def _other_side_proposes(profile: Wishes) -> Matching:
    return frozenset((one, other) for other, one in proposals(profile[2:], profile[:2]))


def _as_listed(profile: Wishes) -> Matching:
    return frozenset((each, each) for each in AGENTS if each in profile[each] and each in profile[each + 2])


ROTH = tradeoff(
    "roth",
    "No rule makes stable matches and is honest for both sides.",
    "two agents of each side, each of which would have one of the other side or either",
    _tables,
    {
        "stability": Witness("the first with the first, the second with the second, where both would have each other", _by(_as_listed)),
        "honesty_of_the_one_side": Witness("the other side proposes (Gale and Shapley)", _by(_other_side_proposes)),
        "honesty_of_the_other_side": Witness("the one side proposes (Gale and Shapley)", _by(_one_side_proposes)),
    },
    about=__doc__,
)


def _the_only_one() -> tuple[list[Term], Term]:
    table = _tables()
    hypotheses = [*table.always, *table.axioms["stability"], *table.axioms["honesty_of_the_one_side"]]
    return hypotheses, z3.And([variable == value for variable, value in _by(_one_side_proposes)()])


def _no_two_gain(rule: Callable[[Wishes], Matching]) -> tuple[list[Term], Term]:
    """State that whatever both agents of the one side say, one of them does not gain by it."""

    def better(profile: Wishes, lying: Wishes, place: int) -> Term:
        gains = (z3.And(_partner(lying, place, each), z3.Not(_at_least(profile, place, profile[place], each))) for each in profile[place])
        return z3.Or(list(gains))

    lies = ((profile, (*lie, *profile[2:])) for profile in PROFILES for lie in product(WISHES, WISHES) if lie != profile[:2])
    both = [z3.Not(z3.And([better(profile, lying, place) for place in ONE_SIDE])) for profile, lying in lies]
    return [variable == value for variable, value in _by(rule)()], z3.And(both)


THE_ONLY_ONE = theorem(
    "roth.proposals_are_the_only_honest_stable_rule",
    "Whatever is stable and honest for one side matches as if that side proposed.",
    "two agents of each side, each of which would have one of the other side or either",
    _the_only_one,
    why="whoever gets less than the best that it has in a stable match may say that it would have nobody else, and then gets just that.",
)
TOGETHER = theorem(
    "roth.no_two_who_propose_gain_by_a_lie",
    "Where one side proposes, no lie of both of its agents together is better for both.",
    "two agents of each side, each of which would have one of the other side or either",
    lambda: _no_two_gain(_one_side_proposes),
)
BEING_ASKED = theorem(
    "roth.two_who_are_proposed_to_may_gain_by_a_lie",
    "Where the other side proposes, both of those who are asked may gain by a lie.",
    EXAMPLE,
    lambda: _no_two_gain(_other_side_proposes),
    holds=False,
)
