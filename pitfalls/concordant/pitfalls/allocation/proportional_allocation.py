"""What goes wrong with proportional allocation. The documents' own formula divides by the claims, in floats, and checks nothing."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from concordant.refimpl.allocation.constrained_equal_awards import equal_awards
from concordant.refimpl.allocation.proportional_allocation import (
    largest_remainder,
    mechanism,
    of_cut_units,
    of_malformed_problems,
    of_whole_units,
    proportional,
)
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import proportional_allocation as spec
from concordant.spec.allocation.shared import claims
from concordant.spec.allocation.shared.claims import NEGATIVE, Awards, Outcome, Problem, fault
from concordant.spec.vocabulary import Amount, Map, ratio

# ---- rules that divide


def as_written(problem: Problem) -> Outcome:
    """Give everybody its part of the claims, times what there is."""
    total = problem.total()
    return Awards(Map.of({claim.claimant: ratio(claim.amount, total) * problem.estate for claim in problem.claims}))


def all_of_it(problem: Problem) -> Outcome:
    """Do the same, and nothing where nothing is claimed."""
    return as_written(problem) if problem.total() != 0 else proportional(problem)


def takes_negative_claims(problem: Problem) -> Outcome:
    """Look whether amounts are amounts, and not whether they are negative."""
    reason = fault(problem)
    return all_of_it(problem) if reason in (None, NEGATIVE) else reason


def in_floats(problem: Problem) -> Outcome:
    """Do the same in binary fractions, as the documents do."""
    total = problem.total()
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
    loss = ratio(problem.total() - min(problem.total(), problem.estate), len(problem.claims))
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
    given, total = min(problem.estate, problem.total()), problem.total()
    return {claim.claimant: claim.amount * given // total if total else 0 for claim in problem.claims}


def keeps_the_rest(problem: Problem) -> Outcome:
    """Round down, and leave it at that."""
    return Awards(Map.of(rounded_down(problem)))


def rest_by_name(problem: Problem) -> Outcome:
    """Give the units that remain to the first by name, whatever their remainders."""
    awards = rounded_down(problem)
    for name in sorted(awards)[: int(min(problem.estate, problem.total()) - sum(awards.values()))]:
        awards[name] += 1
    return Awards(Map.of(awards))


def ties_by_arrival(problem: Problem) -> Outcome:
    """Break ties between remainders by who came first."""
    places = {claim.claimant: f"{place:09}" for place, claim in enumerate(problem.claims)}
    outcome = largest_remainder(evolve(problem, claims=tuple(evolve(claim, claimant=places[claim.claimant]) for claim in problem.claims)))
    if not isinstance(outcome, Awards):
        return outcome
    return Awards(Map.of({claimant: outcome.of[place] for claimant, place in places.items()}))


def highest_averages(problem: Problem) -> Outcome:
    """Give one unit after the other to whoever has the largest claim per unit, its next one counted (Jefferson, D'Hondt)."""
    awards: dict[str, Amount] = {claim.claimant: 0 for claim in problem.claims}
    for _ in range(int(min(problem.estate, problem.total()))):
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
    subject=mechanism(rule=as_written),
    length=3,
)
GIVES_MORE_THAN_IS_CLAIMED = Pitfall(
    "PRO-2",
    "All of the estate is given away, however little is claimed of it.",
    breaks=claims.bounded_by_claims,
    subject=mechanism(rule=all_of_it),
    length=3,
)
TAKES_NEGATIVE_CLAIMS = Pitfall(
    "PRO-4",
    "A claim of less than nothing is taken for a claim, and awarded.",
    breaks=claims.malformed_problems_are_rejected,
    subject=of_malformed_problems(takes_negative_claims),
    length=5,
)
COUNTS_IN_FLOATS = Pitfall(
    "PRO-5",
    "Parts are rounded to binary fractions: three parts of an estate add up to more than the estate.",
    breaks=claims.feasible,
    subject=mechanism(rule=in_floats),
    length=5,
)
SPENDS_THE_ESTATE_TWICE = Pitfall(
    "PRO-6",
    "Two conflicts about one estate are resolved one by one, and in each the whole estate is divided.",
    breaks=claims.feasible,
    subject=mechanism(rule=each_conflict_by_itself),
    length=4,
)
CUTS_UNITS = Pitfall(
    "PRO-7",
    "A unit that cannot be cut is divided all the same: everybody gets a part, and nobody can use it.",
    breaks=spec.units_are_whole,
    subject=of_whole_units(rule=proportional),
    length=4,
)
EQUAL_LOSSES = Pitfall(
    "proportional_allocation.EqualLosses",
    "Everybody loses the same: whoever claims less than the loss has to pay.",
    breaks=claims.not_negative,
    subject=mechanism(rule=equal_losses),
    length=4,
)
FIRST_COME_FIRST_SERVED = Pitfall(
    "proportional_allocation.FirstComeFirstServed",
    "Claims are met one after the other: of two equal ones, the first gets everything.",
    breaks=claims.equals_are_treated_equally,
    subject=mechanism(rule=first_come_first_served),
    length=4,
)
LARGEST_FIRST = Pitfall(
    "proportional_allocation.LargestFirst",
    "The largest claim is met first: two that merge overtake it.",
    breaks=claims.no_gain_by_merging,
    subject=mechanism(rule=largest_first),
    length=6,
)
SMALLEST_FIRST = Pitfall(
    "proportional_allocation.SmallestFirst",
    "Everybody gets the same, up to its claim: that is fair too, and another rule.",
    breaks=spec.everybody_gets_the_same_part,
    subject=mechanism(rule=equal_awards),
    length=4,
)
SPLITTING_PAYS = Pitfall(
    "proportional_allocation.SplittingPays",
    "Everybody gets the same, up to its claim: whoever appears as two gets two parts.",
    breaks=claims.no_gain_by_splitting,
    subject=mechanism(rule=equal_awards),
    length=6,
)
KEEPS_THE_REST = Pitfall(
    "proportional_allocation.KeepsTheRest",
    "Awards are rounded down, and the units that remain belong to nobody.",
    breaks=claims.efficient,
    subject=of_whole_units(rule=keeps_the_rest),
    length=4,
)
REST_BY_NAME = Pitfall(
    "proportional_allocation.RestByName",
    "The units that remain go to the first by name, who may claim less than the others.",
    breaks=claims.order_preserving,
    subject=of_whole_units(rule=rest_by_name),
    length=4,
)
TIES_BY_ARRIVAL = Pitfall(
    "proportional_allocation.TiesByArrival",
    "Of equal remainders, the one that came first gets the unit: a race.",
    breaks=claims.order_of_claims_is_irrelevant,
    subject=of_whole_units(rule=ties_by_arrival),
    length=5,
)
HIGHEST_AVERAGES = Pitfall(
    "proportional_allocation.HighestAverages",
    "Units go one after the other to the largest claim per unit, which favours large claims by more than a unit.",
    breaks=spec.quota,
    subject=of_whole_units(rule=highest_averages),
    length=5,
)
ROUNDS_WHAT_IS_ASKED = Pitfall(
    "proportional_allocation.RoundsWhatIsAsked",
    "Half a unit is rounded to none, and nobody is told.",
    breaks=spec.cut_units_are_rejected,
    subject=of_cut_units(rounds_what_is_asked),
    length=3,
)
