"""Two-phase commit through processes has the counts that TLC, Stateright, SPIN and rumur give for the TLA+ module."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from tests.oracles.two_phase import two_phase


@pytest.mark.parametrize(("managers", "distinct", "generated", "depth"), [(3, 288, 1_146, 11), (5, 8_832, 58_146, 17)])
def test_two_phase_commit_has_the_states_that_four_model_checkers_find(managers: int, distinct: int, generated: int, depth: int) -> None:
    report = explore(two_phase(managers))

    assert (report.states, report.transitions + 1, report.depth) == (distinct, generated, depth)
    assert {verdict.clause.name: verdict.status for verdict in report.verdicts} == {"consistent": Status.HOLDS, "commits": Status.HOLDS}
    assert report.verdict("two_phase.commits").length == 3 * managers + 1
