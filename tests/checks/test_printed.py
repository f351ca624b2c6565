"""What `print` makes of a report: the counts, a line per clause, and of a violation the moves or the draws."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from tests.command import lock
from tests.mechanisms.toys import halves, honest_claims, mechanism


def test_a_report_prints_its_counts_its_verdicts_and_the_moves_of_a_violation() -> None:
    assert str(explore(lock.system(lock.Careless()))).splitlines() == [
        "5 states, 4 transitions, depth 3",
        "  lock.mutual_exclusion  violated, 4 cases",
        "      1  client0 asks server0: Acquire()",
        "      2  client1 asks server0: Acquire()",
        "      holders: (client0, client1)",
        "  lock.is_held  reached, 2 cases",
    ]
    assert str(explore(lock.system(), budget=Budget(states=1))).splitlines()[:2] == [
        "1 state, 0 transitions, depth 1; stopped, budget of 1 states spent",
        "  lock.mutual_exclusion  inconclusive, 1 case",
    ]


def test_a_report_on_a_rule_prints_what_was_drawn() -> None:
    grid = Grid("small", "claims of 0 to 2", mechanism(halves, honest_claims), (0, 1, 2), examples=0)
    report = judge_grid(grid)

    assert str(report).splitlines()[:3] == [
        "12 profiles, 12 runs of the rule, 54 cases",
        "  toys.truthful  violated, 42 cases",
        "      drawn: {'claimants': 1, 'claim 0': 1, 'who lies': 0, 'the lie': 2}",
    ]
    assert str(evolve(report, stopped="interrupted")).splitlines()[0] == "12 profiles, 12 runs of the rule, 54 cases; stopped, interrupted"
