"""The majority rule keeps its clauses in every electorate, however many vote, abstain or are absent.

Claim: `majority` keeps each of its clauses for one voter beside any number of others for each option, any number that
abstain and any that are absent; and for two to four electors of any weights. The thresholds are 1/2, 2/3, 1, and 2/5, which
is refused. Numbers of voters and weights are any reals from 0.
Not covered: other thresholds; more than three options.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.voting.majority_vote import MAJORITY_RULE
from concordant.spec.voting.majority_vote import (
    CLAUSES,
    always_decides,
    any_polls,
    at_most_one_is_elected,
    elected_by_enough_of_the_electorate,
    exclusive_proposals_never_both_pass,
    positively_responsive_whoever_abstains,
    weighted_polls,
)

ANY_ELECTORATE = "one voter, any number of others for each option, any number who abstain or are absent; thresholds 1/2, 2/3 and 1, and 2/5, which is refused"

OF_TWO = tuple(
    by_running(
        f"majority_vote.{clause.name}", clause, MAJORITY_RULE.over(partial(any_polls, options=("a", "b"))), f"two options; {ANY_ELECTORATE}"
    )
    for clause in CLAUSES
)
OF_THREE = tuple(
    by_running(
        f"majority_vote.{clause.name}_of_three",
        clause,
        MAJORITY_RULE.over(partial(any_polls, options=("a", "b", "c"))),
        f"three options; {ANY_ELECTORATE}",
    )
    for clause in (elected_by_enough_of_the_electorate, at_most_one_is_elected)
)
WEIGHTED = tuple(
    by_running(
        f"majority_vote.{clause.name}_of_{electors}_weights",
        clause,
        MAJORITY_RULE.over(partial(weighted_polls, electors=electors)),
        f"two options; {electors} electors of any weights, who vote, abstain or are absent; thresholds 1/2, 2/3 and 1, and 2/5, which is refused",
    )
    for electors in (2, 3, 4)
    for clause in (elected_by_enough_of_the_electorate, at_most_one_is_elected, exclusive_proposals_never_both_pass)
)
FAILS = tuple(
    by_running(
        f"majority_vote.not_{clause.name}", clause, MAJORITY_RULE.over(partial(any_polls, options=("a", "b"))), claim=claim, holds=False
    )
    for clause, claim in (
        (always_decides, "A tie elects nothing."),
        (positively_responsive_whoever_abstains, "Where many abstain, one vote more decides nothing."),
    )
)
