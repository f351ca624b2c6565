"""What goes wrong where units are whole."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from attrs import evolve

from concordant.refimpl.allocation.proportional_allocation import LARGEST_REMAINDER_RULE, largest_remainder, proportional
from concordant.refimpl.allocation.shared.claims import claimed
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import proportional_allocation as spec
from concordant.spec.allocation.shared import claims
from concordant.spec.allocation.shared.claims import Awards, Outcome, Problem
from concordant.spec.vocabulary import Amount, Map, ratio

# ---- rules


def rounded_down(problem: Problem) -> dict[str, Amount]:
    """Round the proportional awards down."""
    given, total = min(problem.estate, claimed(problem)), claimed(problem)
    return {claim.claimant: claim.amount * given // total if total else 0 for claim in problem.claims}


def keeps_the_rest(problem: Problem) -> Outcome:
    """Round down, and leave it at that."""
    return Awards(Map.of(rounded_down(problem)))


def rest_by_name(problem: Problem) -> Outcome:
    """Give the units that remain to the first by name, whatever their remainders."""
    awards = rounded_down(problem)
    for name in sorted(awards)[: int(min(problem.estate, claimed(problem)) - sum(awards.values()))]:
        awards[name] += 1
    return Awards(Map.of(awards))


def ties_by_arrival(problem: Problem) -> Outcome:
    """Break ties between remainders by who came first."""
    places = {claim.claimant: f"{place:09}" for place, claim in enumerate(problem.claims)}
    outcome = largest_remainder(evolve(problem, claims=tuple(evolve(claim, claimant=places[claim.claimant]) for claim in problem.claims)))
    if not isinstance(outcome, Awards):
        return outcome
    return Awards(Map.of({claimant: outcome.of[place] for claimant, place in places.items()}))


def ties_to_the_last_by_name(problem: Problem) -> Outcome:
    """Break ties between remainders by name, the last first."""
    names = sorted(claim.claimant for claim in problem.claims)
    mirrored = dict(zip(names, reversed(names), strict=True))
    turned = tuple(evolve(claim, claimant=mirrored[claim.claimant]) for claim in problem.claims)
    outcome = largest_remainder(evolve(problem, claims=turned))
    return Awards(Map.of({mirrored[name]: award for name, award in outcome.of.items()})) if isinstance(outcome, Awards) else outcome


def highest_averages(problem: Problem) -> Outcome:
    """Give one unit after the other to whoever has the largest claim per unit, its next one counted (Jefferson, D'Hondt)."""
    awards: dict[str, Amount] = {claim.claimant: 0 for claim in problem.claims}
    for _ in range(int(min(problem.estate, claimed(problem)))):
        next_one = max(problem.claims, key=lambda claim: ratio(claim.amount, awards[claim.claimant] + 1))
        awards[next_one.claimant] += 1
    return Awards(Map.of(awards))


def with_units_for_the_first(units: int) -> Callable[[Problem], Outcome]:
    """Round by largest remainders, and give the first some units more."""

    def rule(problem: Problem) -> Outcome:
        outcome, first = largest_remainder(problem), problem.claims[0].claimant
        return Awards(outcome.of.put(first, outcome.of[first] + units)) if isinstance(outcome, Awards) else outcome

    return rule


def second_remainder_first(problem: Problem) -> Outcome:
    """Give one unit that remains among three or more with a remainder to the second of them."""
    given, total = min(problem.estate, claimed(problem)), claimed(problem)
    awards = rounded_down(problem)
    remainders = sorted(
        (-(claim.amount * given % total), claim.claimant) for claim in problem.claims if total and claim.amount * given % total
    )
    if len(remainders) < 3 or given - sum(awards.values()) != 1:
        return largest_remainder(problem)
    return Awards(Map.of({**awards, remainders[1][1]: awards[remainders[1][1]] + 1}))


def cuts_the_last(problem: Problem) -> Outcome:
    """Round all awards down but the last, which is what is its part."""
    last = problem.claims[-1].claimant
    exact = proportional(problem)
    return Awards(Map.of({**rounded_down(problem), last: exact.of[last]})) if isinstance(exact, Awards) else exact


def rounds_what_is_asked(problem: Problem) -> Outcome:
    """Round all amounts down before anything is divided."""
    whole = tuple(evolve(claim, amount=claim.amount // 1) for claim in problem.claims)
    return largest_remainder(Problem(whole, problem.estate // 1))


# ---- the pitfalls

CUTS_UNITS = Pitfall(
    "PRO-7",
    "A unit that cannot be cut is divided all the same: everybody gets a part, and nobody can use it.",
    breaks=spec.units_are_whole,
    subject=LARGEST_REMAINDER_RULE.replaced_by(proportional).on(3, range(6)),
    length=4,
)
KEEPS_THE_REST = Pitfall(
    "proportional_allocation.KeepsTheRest",
    "Awards are rounded down, and the units that are left go to nobody.",
    breaks=claims.efficient,
    subject=LARGEST_REMAINDER_RULE.replaced_by(keeps_the_rest).on(3, range(6)),
    length=4,
)
REST_BY_NAME = Pitfall(
    "proportional_allocation.RestByName",
    "The units that remain go to the first by name, who may claim less than the others.",
    breaks=claims.order_preserving,
    subject=LARGEST_REMAINDER_RULE.replaced_by(rest_by_name).on(3, range(6)),
    length=4,
)
TIES_BY_ARRIVAL = Pitfall(
    "proportional_allocation.TiesByArrival",
    "Of equal remainders, the one that came first gets the unit: a race.",
    breaks=claims.order_of_claims_is_irrelevant,
    subject=LARGEST_REMAINDER_RULE.replaced_by(ties_by_arrival).on(3, range(6)),
    length=5,
)
TIES_TO_THE_LAST = Pitfall(
    "proportional_allocation.TiesToTheLastByName",
    "Of equal remainders, the last by name gets the unit, not the first.",
    breaks=spec.larger_remainders_come_first,
    subject=LARGEST_REMAINDER_RULE.replaced_by(ties_to_the_last_by_name).on(3, range(6)),
    length=4,
)
HIGHEST_AVERAGES = Pitfall(
    "proportional_allocation.HighestAverages",
    "Units go one after the other to the largest claim per unit, which favours large claims by more than a unit.",
    breaks=spec.quota,
    subject=LARGEST_REMAINDER_RULE.replaced_by(highest_averages).on(3, range(6)),
    length=5,
)
ROUNDS_WHAT_IS_ASKED = Pitfall(
    "proportional_allocation.RoundsWhatIsAsked",
    "Half a unit is rounded to none, and nobody is told.",
    breaks=spec.cut_units_are_rejected,
    subject=LARGEST_REMAINDER_RULE.replaced_by(rounds_what_is_asked).over(partial(spec.counted, most=2, options=(0, Fraction(1, 2), 1))),
    length=3,
)
ONE_UNIT_MORE = Pitfall(
    "proportional_allocation.OneUnitMore",
    "The first gets a unit more than its part, also where its part is whole.",
    breaks=spec.quota,
    subject=LARGEST_REMAINDER_RULE.replaced_by(with_units_for_the_first(1)).on(3, range(6)),
    length=3,
)
ONE_UNIT_LESS = Pitfall(
    "proportional_allocation.OneUnitLess",
    "The first gets a unit less than its part, also where its part is whole.",
    breaks=spec.quota,
    subject=LARGEST_REMAINDER_RULE.replaced_by(with_units_for_the_first(-1)).on(3, range(6)),
    length=3,
)
SECOND_REMAINDER_FIRST = Pitfall(
    "proportional_allocation.SecondRemainderFirst",
    "One unit that remains among three or more goes to the second largest remainder: an index is one off.",
    breaks=spec.larger_remainders_come_first,
    subject=LARGEST_REMAINDER_RULE.replaced_by(second_remainder_first).on(3, range(6)),
    length=5,
)
CUTS_THE_LAST = Pitfall(
    "proportional_allocation.CutsTheLast",
    "All awards but the last are rounded down, and the last is a part of a unit.",
    breaks=spec.units_are_whole,
    subject=LARGEST_REMAINDER_RULE.replaced_by(cuts_the_last).on(3, range(6)),
    length=4,
)
