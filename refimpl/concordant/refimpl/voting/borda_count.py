"""Borda's rule: a pure function from ballots to an outcome."""

from __future__ import annotations

from collections.abc import Mapping

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.refimpl.voting.shared.voting import elected_by
from concordant.spec.vocabulary import Amount, RuleClause, ratio
from concordant.spec.voting.borda_count import CLAUSES
from concordant.spec.voting.shared.elections import ELECTIONS, strategy_proof
from concordant.spec.voting.shared.voting import (
    Election,
    Outcome,
    Ranking,
    condorcet_winner_is_elected,
    independent_of_clones,
    independent_of_losers,
    majority_winner_is_elected,
)


def borda(election: Election) -> Outcome:
    """Elect who gets the most points; ties go to the option that is listed first."""
    return elected_by(election, score)


def score(election: Election, option: str) -> Amount:
    """Add up the points that an option gets."""
    return sum(points(ballot.ranking, option, len(election.options)) * ballot.weight for ballot in election.ballots)


def points(ranking: Ranking, option: str, options: int) -> Amount:
    """Return the points that a ballot gives to an option: the average of the places it shares, counted from below.

    >>> points(("a", "b"), "b", 4), points(("a", "b"), "c", 4)
    (2, Fraction(1, 2))
    """
    if option in ranking:
        return options - 1 - ranking.index(option)
    return ratio(options - len(ranking) - 1, 2)


BORDA_RULE = NamedRule("Borda count", borda, ELECTIONS, CLAUSES)

# ---- what the rule does not promise


def known_violation(clause: RuleClause, why: str, witness: Mapping[str, object], id: str = "") -> KnownViolation:
    """State that Borda's rule does not keep an axiom."""
    return KnownViolation(clause, why, BORDA_RULE.promising(clause).on(3, 3), witness, id=id or clause.id)


TWO_AGAINST_ONE = {"options": 3, "voters": 3, "voter0": ("a", "b", "c"), "voter1": ("a", "b", "c"), "voter2": ("b", "c", "a")}
ONE_EACH = {"options": 3, "voters": 2, "voter0": ("a", "b", "c"), "voter1": ("b", "c", "a")}

NOT_THE_MAJORITY = known_violation(
    majority_winner_is_elected,
    "The option that the minority ranks last falls behind: with 3 for a>b>c and 2 for b>c>a even alone, 7 points to 6.",
    TWO_AGAINST_ONE,
    id="BRD-6",
)
NOT_CONDORCET = known_violation(
    condorcet_winner_is_elected, "No scoring rule always elects the Condorcet winner (Fishburn 1973).", TWO_AGAINST_ONE
)
SPOILED = known_violation(
    independent_of_losers,
    "The points between two options depend on how many others stand between them.",
    {**ONE_EACH, "who withdraws": "c"},
)
CLONED = known_violation(
    independent_of_clones, "A clone below an option is worth a point to it on every ballot.", {**ONE_EACH, "clones": ("b", "c")}
)
MANIPULABLE = known_violation(
    strategy_proof,
    "To rank the rival last costs nothing (burying). Every rule that is no dictatorship can be manipulated (Gibbard 1973, Satterthwaite 1975).",
    {"options": 3, "voters": 2, "voter0": ("a", "b", "c"), "voter1": ("b", "a", "c"), "who lies": 1, "the lie": ("b", "c", "a")},
)
