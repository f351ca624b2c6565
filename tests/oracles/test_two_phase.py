"""Two-phase commit through processes has the counts that TLC, Stateright, SPIN and rumur give for the TLA+ module."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.tabulated.explore import explore_tabulated
from tests.oracles.two_phase import two_phase


def assert_as_others_find(report: Report, managers: int, distinct: int, generated: int, depth: int) -> None:
    assert (report.states, report.transitions + 1, report.depth) == (distinct, generated, depth)
    assert {verdict.clause.name: verdict.status for verdict in report.verdicts} == {"consistent": Status.HOLDS, "commits": Status.HOLDS}
    assert report.verdict("two_phase.commits").length == 3 * managers + 1


@pytest.mark.parametrize(("managers", "distinct", "generated", "depth"), [(3, 288, 1_146, 11), (5, 8_832, 58_146, 17)])
def test_two_phase_commit_has_the_states_that_four_model_checkers_find(managers: int, distinct: int, generated: int, depth: int) -> None:
    assert_as_others_find(explore(two_phase(managers)), managers, distinct, generated, depth)


@pytest.mark.parametrize(("managers", "distinct", "generated", "depth"), [(7, 296_448, 2_744_706, 23), (8, 1_745_408, 18_507_778, 26)])
def test_so_it_has_with_more_managers_by_tables(managers: int, distinct: int, generated: int, depth: int) -> None:
    assert_as_others_find(explore_tabulated(two_phase(managers)), managers, distinct, generated, depth)


@pytest.mark.parametrize(
    ("managers", "distinct", "depth"),
    [(3, 80, 11), (5, 314, 17), *(pytest.param(*each, marks=pytest.mark.thorough) for each in ((7, 920, 23), (8, 1_461, 26)))],
)
def test_up_to_symmetry_it_has_the_states_that_tlc_and_rumur_find(managers: int, distinct: int, depth: int) -> None:
    report = explore_tabulated(two_phase(managers), reductions=Reductions(symmetry=True))

    assert_as_others_find(report, managers, distinct, report.transitions + 1, depth)
