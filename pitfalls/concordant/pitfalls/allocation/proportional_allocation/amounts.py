"""What goes wrong where an estate can be cut into any parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve

from concordant.refimpl.allocation.constrained_equal_awards import equal_awards
from concordant.refimpl.allocation.proportional_allocation import PROPORTIONAL_RULE, proportional
from concordant.refimpl.allocation.shared.claims import claimed, flaw
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import proportional_allocation as spec
from concordant.spec.allocation.shared import claims
from concordant.spec.allocation.shared.claims import NEGATIVE, NO_CLAIMANTS, Awards, Outcome, Problem
from concordant.spec.vocabulary import Amount, Map, ratio

# ---- rules


def as_written(problem: Problem) -> Outcome:
    """Give everybody its part of the claims, times what there is."""
    total = claimed(problem)
    return Awards(Map.of({claim.claimant: ratio(claim.amount, total) * problem.estate for claim in problem.claims}))


def all_of_it(problem: Problem) -> Outcome:
    """Do the same, and nothing where nothing is claimed."""
    return as_written(problem) if claimed(problem) != 0 else proportional(problem)


def takes_negative_claims(problem: Problem) -> Outcome:
    """Look whether amounts are amounts, and not whether they are negative."""
    reason = flaw(problem)
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


def last_come_first_served(problem: Problem) -> Outcome:
    """Meet the latest claim first."""
    return first_come_first_served(evolve(problem, claims=problem.claims[::-1]))


def smallest_first(problem: Problem) -> Outcome:
    """Meet the smallest claims first."""
    return first_come_first_served(evolve(problem, claims=tuple(sorted(problem.claims, key=lambda claim: claim.amount))))


def second_largest_first(problem: Problem) -> Outcome:
    """Meet the largest claims first, but for an index that is one off: of three or more the second goes before the first."""
    ranked = sorted(problem.claims, key=lambda claim: -claim.amount)
    if len(ranked) < 3:
        return proportional(problem)
    return first_come_first_served(evolve(problem, claims=(ranked[1], ranked[0], *ranked[2:])))


def changed(change: Callable[[Problem, Map[str, Amount]], Mapping[str, Any]]) -> Callable[[Problem], Outcome]:
    """Divide in proportion, and change the awards."""

    def rule(problem: Problem) -> Outcome:
        outcome = proportional(problem)
        return Awards(Map.of(change(problem, outcome.of))) if isinstance(outcome, Awards) else outcome

    return rule


def only_awards(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:  # noqa: ARG001
    """Leave out who gets nothing."""
    return {claimant: award for claimant, award in awards.items() if award != 0}


def first_is_exact(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Any]:
    """Compute all awards but the first as binary fractions."""
    first = problem.claims[0].claimant
    return {claimant: award if claimant == first else award / 1 for claimant, award in awards.items()}


def rest_to_the_last(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:
    """Give the last of several what nobody claims."""
    last, rest = problem.claims[-1].claimant, problem.estate - sum(awards.values())
    return dict(awards.items()) if len(awards) == 1 else {**dict(awards.items()), last: awards[last] + rest}


def third_forgotten(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:
    """Give nothing to those who come after the second."""
    late = {claim.claimant for claim in problem.claims[2:]}
    return {claimant: 0 if claimant in late else award for claimant, award in awards.items()}


def third_forgotten_when_scarce(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:
    """Give nothing to those who come after the second, unless there is enough for all."""
    return dict(awards.items()) if claimed(problem) <= problem.estate else third_forgotten(problem, awards)


def all_to_the_only_claim(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:
    """Give the whole estate to who alone of several claims anything."""
    claiming = [claim.claimant for claim in problem.claims if claim.amount != 0]
    return {**dict(awards.items()), claiming[0]: problem.estate} if len(awards) > len(claiming) == 1 else dict(awards.items())


def rounded_where_all_claim_the_same(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:
    """Where all claim the same, round the parts to hundredths, and give the last what remains."""
    if len({claim.amount for claim in problem.claims}) > 1:
        return dict(awards.items())
    rounded = {claimant: Fraction(round(Fraction(award) * 100), 100) for claimant, award in awards.items()}
    last = problem.claims[-1].claimant
    return {**rounded, last: sum(awards.values()) - sum(rounded.values()) + rounded[last]}


def a_tenth_kept(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:  # noqa: ARG001
    """Keep a tenth of every award."""
    return {claimant: award * Fraction(9, 10) for claimant, award in awards.items()}


def a_tenth_kept_of_little(problem: Problem, awards: Map[str, Amount]) -> Mapping[str, Amount]:
    """Keep a tenth of every award unless more is there than is claimed."""
    return dict(awards.items()) if claimed(problem) < problem.estate else a_tenth_kept(problem, awards)


def nothing_claimed_nothing_solved(problem: Problem) -> Outcome:
    """Turn down a problem in which nothing is claimed."""
    return NO_CLAIMANTS if claimed(problem) == 0 else proportional(problem)


# ---- the pitfalls

DIVIDES_BY_ZERO = Pitfall(
    "PRO-1",
    "The sum of the claims is the divisor: when nobody claims anything, there is no answer.",
    breaks=claims.every_claimant_gets_an_award,
    subject=PROPORTIONAL_RULE.replaced_by(as_written).on(3),
    length=3,
    raises=True,
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
    "A claim of less than nothing is accepted, and awarded.",
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
NOTHING_CLAIMED = Pitfall(
    "proportional_allocation.NothingClaimedNothingSolved",
    "A problem in which nothing is claimed is rejected, as if nobody were there.",
    breaks=claims.every_claimant_gets_an_award,
    subject=PROPORTIONAL_RULE.replaced_by(nothing_claimed_nothing_solved).on(3),
    length=3,
)
ONLY_AWARDS = Pitfall(
    "proportional_allocation.OnlyAwards",
    "A claimant that gets nothing is left out of the awards.",
    breaks=claims.every_claimant_gets_an_award,
    subject=PROPORTIONAL_RULE.replaced_by(changed(only_awards)).on(3),
    length=3,
)
FIRST_IS_EXACT = Pitfall(
    "proportional_allocation.FirstIsExact",
    "All awards but the first are binary fractions.",
    breaks=claims.every_claimant_gets_an_award,
    subject=PROPORTIONAL_RULE.replaced_by(changed(first_is_exact)).on(3),
    length=4,
)
GIVES_ALL_AWAY = Pitfall(
    "proportional_allocation.AllOfIt",
    "All of the estate is given away, although less is claimed.",
    breaks=claims.efficient,
    subject=PROPORTIONAL_RULE.replaced_by(all_of_it).on(3),
    length=3,
)
REST_TO_THE_LAST = Pitfall(
    "proportional_allocation.RestToTheLast",
    "What nobody claims goes to the last of several, who did not claim it either.",
    breaks=claims.bounded_by_claims,
    subject=PROPORTIONAL_RULE.replaced_by(changed(rest_to_the_last)).on(3),
    length=4,
)
LARGEST_FIRST_LOSES_LESS = Pitfall(
    "proportional_allocation.LargestFirst/losses",
    "The largest claim is met first: whoever claims less loses more.",
    breaks=claims.order_preserving,
    subject=PROPORTIONAL_RULE.replaced_by(largest_first).on(3),
    length=4,
)
SMALLEST_SERVED_FIRST = Pitfall(
    "proportional_allocation.SmallestServedFirst",
    "The smallest claim is met first: whoever claims more gets less.",
    breaks=claims.order_preserving,
    subject=PROPORTIONAL_RULE.replaced_by(smallest_first).on(3),
    length=4,
)
SECOND_LARGEST_FIRST = Pitfall(
    "proportional_allocation.SecondLargestFirst",
    "Of three or more the second largest claim is met before the largest: an index is one off.",
    breaks=claims.order_preserving,
    subject=PROPORTIONAL_RULE.replaced_by(second_largest_first).on(3),
    length=5,
)
LAST_COME_FIRST_SERVED = Pitfall(
    "proportional_allocation.LastComeFirstServed",
    "The latest claim is met first: of two equal ones, the last gets everything.",
    breaks=claims.equals_are_treated_equally,
    subject=PROPORTIONAL_RULE.replaced_by(last_come_first_served).on(3),
    length=4,
)
THIRD_FORGOTTEN = Pitfall(
    "proportional_allocation.ThirdForgotten",
    "The third to come gets nothing, while the first two are treated as equals.",
    breaks=claims.equals_are_treated_equally,
    subject=PROPORTIONAL_RULE.replaced_by(changed(third_forgotten)).on(3),
    length=5,
)
THIRD_FORGOTTEN_IN_PROPORTION = Pitfall(
    "proportional_allocation.ThirdForgotten/proportion",
    "Where there is not enough, the first two get the same part of their claims, and the third none of its.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(changed(third_forgotten_when_scarce)).on(3),
    length=5,
)
FIRST_COME_IN_PROPORTION = Pitfall(
    "proportional_allocation.FirstComeFirstServed/proportion",
    "Claims are met one after the other: the first gets a larger part of its claim.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(first_come_first_served).on(3),
    length=4,
)
LAST_COME_IN_PROPORTION = Pitfall(
    "proportional_allocation.LastComeFirstServed/proportion",
    "The latest claim is met first: the last gets a larger part of its claim.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(last_come_first_served).on(3),
    length=4,
)
ALL_OF_IT_IN_PROPORTION = Pitfall(
    "proportional_allocation.AllOfIt/proportion",
    "All get the same part of their claims, and more than they claim.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(all_of_it).on(3),
    length=3,
)
A_TENTH_KEPT = Pitfall(
    "proportional_allocation.ATenthKept",
    "A tenth of every award is kept: the parts are the same, and the claims not met although there is enough.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(changed(a_tenth_kept)).on(3),
    length=3,
)
A_TENTH_KEPT_OF_LITTLE = Pitfall(
    "proportional_allocation.ATenthKeptOfLittle",
    "Where there is just enough, it is taken for too little, of which a tenth is kept.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(changed(a_tenth_kept_of_little)).on(3),
    length=3,
)
ALL_TO_THE_ONLY_CLAIM = Pitfall(
    "proportional_allocation.AllToTheOnlyClaim",
    "Who alone of several claims anything gets the whole estate, however little that is.",
    breaks=spec.everybody_gets_the_same_part,
    subject=PROPORTIONAL_RULE.replaced_by(changed(all_to_the_only_claim)).on(3),
    length=4,
)
ROUNDED_WHERE_ALL_CLAIM_THE_SAME = Pitfall(
    "proportional_allocation.RoundedWhereAllClaimTheSame",
    "Equal parts are rounded to hundredths, and the last gets what remains: of three equal claims the last gets more.",
    breaks=claims.equals_are_treated_equally,
    subject=PROPORTIONAL_RULE.replaced_by(changed(rounded_where_all_claim_the_same)).on(3),
    length=5,
)
