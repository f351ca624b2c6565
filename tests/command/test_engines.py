"""Which of the two engines is chosen, and how many threads it is given."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.engines import Engine, explorer
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.scope import Counts
from concordant.checks.registry import protocol, protocols
from concordant.checks.run import Explored, tasks_to_check, with_cores
from concordant.checks.tabulated.explore import explore_tabulated
from tests.tabulated.equality import found

SMALL, MIDDLING, LARGE = Counts(49_999, 1, 1), Counts(99_999, 1, 1), Counts(100_000, 1, 1)
SYMMETRY = Reductions(symmetry=True)


@pytest.mark.parametrize(
    ("engine", "reductions", "expected", "chosen"),
    [
        (Engine.AUTO, Reductions(), MIDDLING, explore),
        (Engine.AUTO, Reductions(), LARGE, explore_tabulated),
        (Engine.AUTO, SYMMETRY, SMALL, explore),
        (Engine.AUTO, SYMMETRY, MIDDLING, explore_tabulated),
        (Engine.AUTO, Reductions(), None, explore),
        (Engine.REFERENCE, Reductions(), LARGE, explore),
        (Engine.TABULATED, Reductions(), SMALL, explore_tabulated),
        (Engine.TABULATED, SYMMETRY, None, explore_tabulated),
    ],
)
def test_large_scopes_go_to_the_tabulated_engine(engine: Engine, reductions: Reductions, expected: Counts | None, chosen: object) -> None:
    assert explorer(engine, reductions, expected) is chosen


def test_cores_that_are_not_needed_side_by_side_work_on_the_same_scope() -> None:
    two_phase, *others = tasks_to_check(protocols(("two_phase_commit",)), "medium", Engine.TABULATED)

    assert [task.workers for task in with_cores([two_phase], 4)] == [4]
    assert [task.workers for task in with_cores([two_phase, *others], 4)] == [2, 2]
    assert [task.workers for task in with_cores([two_phase] * 8, 4)] == [1] * 8
    alone, together = two_phase.run(), evolve(two_phase, workers=2).run()
    assert isinstance(alone, Explored)
    assert isinstance(together, Explored)
    assert found(alone.report) == found(together.report)


def test_the_large_scope_of_paxos_has_the_counts_of_its_file() -> None:
    scope = next(each for each in protocol("paxos_synod").scopes if each.name == "forgetful_proposer")

    report = explore_tabulated(scope.system, reductions=scope.reductions)

    assert Counts(report.states, report.transitions, report.depth) == scope.expected
