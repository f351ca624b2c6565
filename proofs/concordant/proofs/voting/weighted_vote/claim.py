"""The weighted rule keeps its clauses for all weights.

Claim: `weighted` keeps each of its clauses for up to two electors, and elects at most one, by enough of the weight, for three, of any weights, who vote for
one of two options, abstain or are absent. Weights are any reals from 0. The thresholds are 1/2, 2/3, 1, and 2/5, which is refused.
That two winning sets have an elector in common, for all numbers of electors, is `quorums.weighted_majorities_meet`.
Not covered: other thresholds; more options.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.voting.weighted_vote import WEIGHTED_RULE
from concordant.spec.voting.weighted_vote import (
    all_are_exchangeable,
    at_most_one_is_elected,
    elected_by_enough_of_the_weight,
)

CHOICES = "of any weights, who vote, abstain or are absent; two options; thresholds 1/2, 2/3 and 1, and 2/5, which is refused"

OF_TWO = tuple(by_running(clause.id, clause, WEIGHTED_RULE.on(2, 2), f"1 to 2 electors {CHOICES}") for clause in WEIGHTED_RULE.promises)
OF_THREE = tuple(
    by_running(f"{clause.id}_of_three", clause, WEIGHTED_RULE.on(2, 3), f"1 to 3 electors {CHOICES}")
    for clause in (elected_by_enough_of_the_weight, at_most_one_is_elected)
)
FAILS = by_running(
    "weighted_vote.not_all_are_exchangeable",
    all_are_exchangeable,
    WEIGHTED_RULE.on(2, 2),
    claim="If the heavy one votes as the light one did, another option is elected.",
    holds=False,
)
