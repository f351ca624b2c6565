"""Two engines, one report: the choice between them, and that they agree on scopes and families."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.engines import Engine, explorer
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.families import explore_family
from concordant.checks.exploration.report import Report, Status
from concordant.checks.exploration.scope import Counts
from concordant.checks.registry import protocol
from concordant.checks.tabulated.explore import explore_tabulated

SMALL, LARGE = Counts(99_999, 1, 1), Counts(100_000, 1, 1)


@pytest.mark.parametrize(
    ("engine", "reductions", "expected", "chosen"),
    [
        (Engine.AUTO, Reductions(), SMALL, explore),
        (Engine.AUTO, Reductions(), LARGE, explore_tabulated),
        (Engine.AUTO, Reductions(symmetry=True), LARGE, explore),
        (Engine.AUTO, Reductions(), None, explore),
        (Engine.REFERENCE, Reductions(), LARGE, explore),
        (Engine.TABULATED, Reductions(), SMALL, explore_tabulated),
    ],
)
def test_large_scopes_without_symmetry_go_to_the_tabulated_engine(
    engine: Engine, reductions: Reductions, expected: Counts | None, chosen: object
) -> None:
    assert explorer(engine, reductions, expected) is chosen


def test_the_tabulated_engine_refuses_symmetry_by_name() -> None:
    with pytest.raises(ValueError, match="the tabulated engine does not reduce by symmetry yet; use --engine reference"):
        explorer(Engine.TABULATED, Reductions(symmetry=True), None)


def comparable(report: Report) -> tuple[Report, list[tuple[str, Status, int | None, bool]]]:
    """Leave out what may differ: the time, the engine, and which of several shortest traces was found."""
    verdicts = [(each.clause.id, each.status, each.length, bool(each.cases)) for each in report.verdicts]
    return evolve(report, seconds=0, engine="", handler_calls=0, verdicts=()), verdicts


def test_both_engines_agree_on_every_acyclic_graph_of_up_to_three_stages_and_on_every_circle() -> None:
    for name in ("graphs_of_three", "circles_of_three"):
        family = next(each for each in protocol("stage_executor").families if each.name == name)

        assert comparable(explore_family(family)) == comparable(explore_family(family, None, explore_tabulated))


@pytest.mark.parametrize("stem", ["two_phase_commit", "unanimous_consent", "stage_executor"])
def test_both_engines_agree_on_the_small_scopes(stem: str) -> None:
    for scope in protocol(stem).scopes:
        if scope.size.value == "small":
            reductions = evolve(scope.reductions, symmetry=False)
            plain, fast = (run(scope.system, reductions=reductions) for run in (explore, explore_tabulated))
            assert (scope.name, comparable(plain)) == (scope.name, comparable(fast))


def test_the_large_scope_of_paxos_has_the_counts_of_its_file() -> None:
    scope = next(each for each in protocol("paxos_synod").scopes if each.name == "forgetful_proposer")

    report = explore_tabulated(scope.system, reductions=scope.reductions)

    assert Counts(report.states, report.transitions, report.depth) == scope.expected
