"""Which rule keeps which axiom of voting: what is kept, on all small elections; what is not, by a smallest election."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.refute import replay_draws, smallest_counterexample
from concordant.refimpl.machine import KnownViolation, Mechanism
from concordant.refimpl.voting.borda_count import BORDA_RULE, borda
from concordant.refimpl.voting.shared.compared import copeland, plurality
from concordant.spec.vocabulary import ForAll, Relates, RuleClause
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.elections import strategy_proof
from concordant.spec.voting.shared.voting import Election, Outcome, Rule

RULES: dict[str, Rule] = {"borda": borda, "plurality": plurality, "copeland": copeland}

ABC, ACB, BAC, BCA, CAB, CBA = (tuple(ranking) for ranking in ("abc", "acb", "bac", "bca", "cab", "cba"))


def votes(*rankings: tuple[str, ...], **drawn: object) -> dict[str, object]:
    """Record an election of three options with these ballots, and whatever is drawn besides."""
    ballots = {f"voter{place}": ranking for place, ranking in enumerate(rankings)}
    return {"options": 3, "voters": len(rankings), **ballots, **{name.replace("_", " "): value for name, value in drawn.items()}}


A_KEPT_AXIOM = None
TABLE: dict[RuleClause, dict[str, dict[str, object] | None]] = {
    voting.anonymous: dict.fromkeys(RULES, A_KEPT_AXIOM),
    voting.neutral: dict.fromkeys(RULES, A_KEPT_AXIOM),
    voting.pareto: dict.fromkeys(RULES, A_KEPT_AXIOM),
    voting.monotone: dict.fromkeys(RULES, A_KEPT_AXIOM),
    voting.majority_winner_is_elected: {"borda": votes(ABC, ABC, BCA), "plurality": A_KEPT_AXIOM, "copeland": A_KEPT_AXIOM},
    voting.condorcet_winner_is_elected: {
        "borda": votes(ABC, ABC, BCA),
        "plurality": votes(ABC, BAC, CAB),
        "copeland": A_KEPT_AXIOM,
    },
    voting.condorcet_winner_is_never_last: {"borda": A_KEPT_AXIOM, "plurality": votes(ABC, BAC, CAB), "copeland": A_KEPT_AXIOM},
    voting.condorcet_loser_is_not_elected: {"borda": A_KEPT_AXIOM, "plurality": votes(ABC, BAC, CAB), "copeland": A_KEPT_AXIOM},
    voting.participation: {
        "borda": A_KEPT_AXIOM,
        "plurality": A_KEPT_AXIOM,
        "copeland": votes(ABC, BCA, BCA, CAB, CAB, who_stays_at_home=1),
    },
    voting.reinforcing: {
        "borda": A_KEPT_AXIOM,
        "plurality": A_KEPT_AXIOM,
        "copeland": votes(ABC, BAC, ABC, BCA, voters_of_the_first=2),
    },
    voting.independent_of_losers: {
        "borda": votes(ABC, BCA, who_withdraws="c"),
        "plurality": votes(ABC, ABC, BAC, CBA, who_withdraws="c"),
        "copeland": votes(ABC, BCA, who_withdraws="c"),
    },
    voting.independent_of_clones: {
        "borda": votes(ABC, BCA, clones=("b", "c")),
        "plurality": votes(ABC, BAC, CAB, clones=("a", "b")),
        "copeland": votes(ABC, BCA, clones=("b", "c")),
    },
    strategy_proof: {
        "borda": votes(ABC, BAC, who_lies=1, the_lie=BCA),
        "plurality": votes(BAC, CAB, who_lies=1, the_lie=ABC),
        "copeland": votes(ABC, BAC, who_lies=1, the_lie=BCA),
    },
}
CELLS = [(clause, rule, witness) for clause, row in TABLE.items() for rule, witness in row.items()]


def id_of(value: Any) -> str | None:
    return value.name if isinstance(value, ForAll | Relates) else value if isinstance(value, str) else ""


@pytest.mark.parametrize(("clause", "rule"), [(clause, rule) for clause, rule, witness in CELLS if witness is None], ids=id_of)
def test_a_rule_keeps_an_axiom_on_all_elections_of_three_voters_or_of_two_with_short_ballots(clause: RuleClause, rule: str) -> None:
    judged = BORDA_RULE.replaced_by(RULES[rule]).promising(clause)
    for subject in (judged.on(3, 3), judged.on(3, 2, truncated=True)):
        assert smallest_counterexample(subject, clause).status is Status.HOLDS


@pytest.mark.parametrize(("clause", "rule", "witness"), [cell for cell in CELLS if cell[2] is not None], ids=id_of)
def test_a_rule_fails_an_axiom_and_this_election_shows_it(clause: RuleClause, rule: str, witness: dict[str, object]) -> None:
    assert replay_draws(KnownViolation(clause, "", as_large_as(witness, clause, rule), witness)).status is Status.VIOLATED


@pytest.mark.parametrize(
    ("clause", "rule", "witness"), [cell for cell in CELLS if cell[2] is not None and cell[2]["voters"] != 5], ids=id_of
)
def test_no_election_is_smaller(clause: RuleClause, rule: str, witness: dict[str, object]) -> None:
    assert dict(smallest_counterexample(as_large_as(witness, clause, rule), clause).given) == witness


def as_large_as(witness: dict[str, object], clause: RuleClause, rule: str) -> Mechanism[Election, Outcome]:
    voters = witness["voters"]
    assert isinstance(voters, int)
    return BORDA_RULE.replaced_by(RULES[rule]).promising(clause).on(3, voters)


def test_copeland_rewards_nobody_for_staying_at_home_among_four() -> None:
    subject = BORDA_RULE.replaced_by(copeland).promising(voting.participation).on(3, 4)

    assert smallest_counterexample(subject, voting.participation).status is Status.HOLDS
