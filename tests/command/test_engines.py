"""Which of the two engines is chosen, and how many threads it is given."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.scope import Counts
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import Engine, explorer
from concordant.checks.registry import protocol, protocols
from concordant.checks.tabulated.explore import explore_tabulated

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


def test_two_threads_find_in_a_scope_what_one_finds() -> None:
    (question, *_) = to_check(protocols(("two_phase_commit",)), "medium")

    alone, together = (question.answer(Means(engine="tabulated", threads=threads)) for threads in (1, 2))

    assert evolve(alone, seconds=0) == evolve(together, seconds=0)


@pytest.mark.thorough
def test_the_large_scope_of_paxos_has_the_counts_of_its_file() -> None:
    scope = next(each for each in protocol("paxos_synod").scopes if each.name == "forgetful_proposer")

    report = explore_tabulated(scope.system, reductions=scope.reductions)

    assert Counts(report.states, report.transitions, report.depth) == scope.expected
