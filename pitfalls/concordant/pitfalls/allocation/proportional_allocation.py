"""What goes wrong with proportional allocation. The documents' own formula divides by the claims, in floats, and checks nothing."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

from attrs import evolve

from concordant.refimpl.allocation.constrained_equal_awards import equal_awards
from concordant.refimpl.allocation.proportional_allocation import (
    LARGEST_REMAINDER_RULE,
    PROPORTIONAL_RULE,
    largest_remainder,
    proportional,
)
from concordant.refimpl.allocation.shared.claims import claimed, fault
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import proportional_allocation as spec
from concordant.spec.allocation.shared import claims
from concordant.spec.allocation.shared.claims import NEGATIVE, Awards, Outcome, Problem
from concordant.spec.vocabulary import Amount, Map, ratio

# ---- rules that divide


def as_written(problem: Problem) -> Outcome:
    """Give everybody its part of the claims, times what there is."""
    total = claimed(problem)
    return Awards(Map.of({claim.claimant: ratio(claim.amount, total) * problem.estate for claim in problem.claims}))


def all_of_it(problem: Problem) -> Outcome:
    """Do the same, and nothing where nothing is claimed."""
    return as_written(problem) if claimed(problem) != 0 else proportional(problem)


def takes_negative_claims(problem: Problem) -> Outcome:
    """Look whether amounts are amounts, and not whether they are negative."""
    reason = fault(problem)
    return all_of_it(problem) if reason in (None, NEGATIVE) else reason


def in_floats(problem: Problem) -> Outcome:
    """Do the same in binary fractions, as the documents do."""
    total = claimed(problem)
    awards: dict[str, Any] = {claim.claimant: claim.amount / total * problem.estate if total else 0 for claim in problem.claims}
    return Awards(Map.of(awards))


def each_conflict_by_itself(problem: Problem) -> Outcome:
    """Take the last claim for a conflict of its own, and divide the whole estate in each conflict."""
    awards: dict[str, Amount] = {}
    for conflict in (problem.claims[:-1], problem.claims[-1:]):
        outcome = proportional(evolve(problem, claims=conflict))
        if isinstance(outcome, Awards):
            awards.update(outcome.of.items())
    return Awards(Map.of(awards))


def equal_losses(problem: Problem) -> Outcome:
    """Let everybody lose the same, whatever it claims."""
    loss = ratio(claimed(problem) - min(claimed(problem), problem.estate), len(problem.claims))
    return Awards(Map.of({claim.claimant: claim.amount - loss for claim in problem.claims}))


def first_come_first_served(problem: Problem) -> Outcome:
    """Meet claims one after the other, as long as there is something left."""
    left, awards = problem.estate, {}
    for claim in problem.claims:
        awards[claim.claimant] = min(claim.amount, left)
        left -= awards[claim.claimant]
    return Awards(Map.of(awards))


def largest_first(problem: Problem) -> Outcome:
    """Meet the largest claims first, and of equal ones the first by name."""
    ranked = sorted(problem.claims, key=lambda claim: (-claim.amount, claim.claimant))
    return first_come_first_served(evolve(problem, claims=tuple(ranked)))


# ---- rules that divide whole units


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


def rounds_what_is_asked(problem: Problem) -> Outcome:
    """Round all amounts down before anything is divided."""
    whole = tuple(evolve(claim, amount=claim.amount // 1) for claim in problem.claims)
    return largest_remainder(Problem(whole, problem.estate // 1))


# ---- the pitfalls

DIVIDES_BY_ZERO = Pitfall(
    "PRO-1",
    "The claims' sum is the divisor: when nobody claims anything, there is no answer.",
    breaks=claims.every_claimant_gets_an_award,
    subject=PROPORTIONAL_RULE.replaced_by(as_written).on(3),
    length=3,
)
GIVES_MORE_THAN_IS_CLAIMED = Pitfall(
    "PRO-2",
    "All of the estate is given away, however little is claimed of it.",
    breaks=claims.bounded_by_claims,
    subject=PROPORTIONAL_RULE.replaced_by(all_of_it).on(3),
    length=3,
)
TAKES_NEGATIVE_CLAIMS = Pitfall(
    "PRO-4",
    "A claim of less than nothing is taken for a claim, and awarded.",
    breaks=claims.malformed_problems_are_rejected,
    subject=PROPORTIONAL_RULE.replaced_by(takes_negative_claims).on_malformed(),
    length=5,
)
COUNTS_IN_FLOATS = Pitfall(
    "PRO-5",
    "Parts are rounded to binary fractions: three parts of an estate add up to more than the estate.",
    breaks=claims.feasible,
    subject=PROPORTIONAL_RULE.replaced_by(in_floats).on(3),
    length=5,
)
SPENDS_THE_ESTATE_TWICE = Pitfall(
    "PRO-6",
    "Two conflicts about one estate are resolved one by one, and in each the whole estate is divided.",
    breaks=claims.feasible,
    subject=PROPORTIONAL_RULE.replaced_by(each_conflict_by_itself).on(3),
    length=4,
)
CUTS_UNITS = Pitfall(
    "PRO-7",
    "A unit that cannot be cut is divided all the same: everybody gets a part, and nobody can use it.",
    breaks=spec.units_are_whole,
    subject=LARGEST_REMAINDER_RULE.replaced_by(proportional).on(3, range(6)),
    length=4,
)
EQUAL_LOSSES = Pitfall(
    "proportional_allocation.EqualLosses",
    "Everybody loses the same: whoever claims less than the loss has to pay.",
    breaks=claims.not_negative,
    subject=PROPORTIONAL_RULE.replaced_by(equal_losses).on(3),
    length=4,
)
FIRST_COME_FIRST_SERVED = Pitfall(
    "proportional_allocation.FirstComeFirstServed",
    "Claims are met one after the other: of two equal ones, the first gets everything.",
    breaks=claims.equals_are_treated_equally,
    subject=PROPORTIONAL_RULE.replaced_by(first_come_first_served).on(3),
    length=4,
)
LARGEST_FIRST = Pitfall(
    "proportional_allocation.LargestFirst",
    "The largest claim is met first: two that merge overtake it.",
    breaks=claims.no_gain_by_merging,
    subject=PROPORTIONAL_RULE.replaced_by(largest_first).on(3),
    length=6,
)
SMALLEST_FIRST = Pitfall(
    "proportional_allocation.SmallestFirst",
    "Everybody gets the same, up to its claim: that is fair too, and another rule.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(equal_awards).on(3),
    length=4,
)
SPLITTING_PAYS = Pitfall(
    "proportional_allocation.SplittingPays",
    "Everybody gets the same, up to its claim: whoever appears as two gets two parts.",
    breaks=claims.no_gain_by_splitting,
    subject=PROPORTIONAL_RULE.replaced_by(equal_awards).on(3),
    length=6,
)
KEEPS_THE_REST = Pitfall(
    "proportional_allocation.KeepsTheRest",
    "Awards are rounded down, and the units that remain belong to nobody.",
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
