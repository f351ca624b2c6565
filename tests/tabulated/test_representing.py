"""What stands for an orbit is chosen by the kernel where there are few permutations, and else by Python."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import Reductions
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.symmetry import Symmetry
from concordant.checks.tabulated import representing
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.representing import suits
from tests.oracles.two_phase import two_phase
from tests.tabulated.equality import differing_up_to_symmetry


def test_tables_are_made_for_at_most_720_permutations() -> None:
    assert [suits(Symmetry(Semantics(two_phase(managers)).parts)) for managers in (3, 6, 7)] == [True, True, False]


def test_beyond_that_python_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(representing, "MOST_PERMUTATIONS", 1)

    report = explore_tabulated(two_phase(3), reductions=Reductions(symmetry=True))

    assert (report.states, report.depth) == (80, 11)
    assert [difference for seed in range(6) for difference in differing_up_to_symmetry(seed, 300)[1]] == []
