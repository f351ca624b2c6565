"""Borda's rule keeps its clauses in every electorate with three options, however many voters; and fails others in some.

Claim: `borda` keeps each of its clauses for one voter, who may deviate, beside any number of others for each of the six
rankings. A number of voters is any real number from 0, so that every electorate is among them.
Assumes: complete rankings; that whoever deviates is one ballot, as the clauses do.
Not covered: more than three options, for which the paths are too many, and truncated ballots, which grids and random
elections show with few voters; that it does not pay to lie, of which the grid has a counterexample with two voters.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.voting.borda_count import BORDA_RULE
from concordant.refimpl.voting.shared.compared import copeland, plurality
from concordant.spec.voting.borda_count import CLAUSES
from concordant.spec.voting.shared.elections import all_electorates
from concordant.spec.voting.shared.voting import (
    condorcet_loser_is_not_elected,
    condorcet_winner_is_elected,
    majority_winner_is_elected,
)

ANY_ELECTORATE = "three options; one voter, and any number of voters besides for each of the six rankings"

KEEPS = tuple(by_running(f"borda_count.{clause.name}", clause, BORDA_RULE.over(all_electorates), ANY_ELECTORATE) for clause in CLAUSES)
FAILS = tuple(
    by_running(f"borda_count.not_{clause.name}", clause, BORDA_RULE.over(all_electorates), claim=claim, holds=False)
    for clause, claim in (
        (majority_winner_is_elected, "Whom most voters rank first may lose."),
        (condorcet_winner_is_elected, "Who beats every other in a contest of two may lose."),
    )
)
COPELAND = by_running(
    "borda_count.copeland_elects_the_condorcet_winner",
    condorcet_winner_is_elected,
    BORDA_RULE.replaced_by(copeland).over(all_electorates),
    ANY_ELECTORATE,
    claim="Copeland's rule, which counts contests, elects the Condorcet winner.",
)
PLURALITY = by_running(
    "borda_count.plurality_elects_the_majority_winner",
    majority_winner_is_elected,
    BORDA_RULE.replaced_by(plurality).over(all_electorates),
    ANY_ELECTORATE,
    claim="Plurality elects whom more than half rank first.",
)
SPLIT_VOTE = by_running(
    "borda_count.plurality_elects_a_condorcet_loser",
    condorcet_loser_is_not_elected,
    BORDA_RULE.replaced_by(plurality).over(all_electorates),
    claim="Plurality may elect who loses against every other.",
    holds=False,
)
