"""Which of the two engines is chosen, and how many threads it is given."""

from __future__ import annotations

import subprocess
import sys

import pytest
from attrs import evolve

from concordant.checks.exit_codes import MISUSE, UNDECIDED
from concordant.checks.exploration.choosing import explore_as_suits
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.scope import Counts
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import WITHOUT, Engine, explorer
from concordant.checks.registry import protocol, protocols
from concordant.checks.tabulated.explore import explore_tabulated

SMALL, LARGE = Counts(19_999, 1, 1), Counts(100_000, 1, 1)
SYMMETRY = Reductions(symmetry=True)


@pytest.mark.parametrize(
    ("engine", "reductions", "expected", "chosen"),
    [
        (Engine.AUTO, Reductions(), LARGE, explore_as_suits),
        (Engine.AUTO, SYMMETRY, None, explore_as_suits),
        (Engine.REFERENCE, Reductions(), LARGE, explore),
        (Engine.TABULATED, Reductions(), SMALL, explore_tabulated),
        (Engine.TABULATED, SYMMETRY, None, explore_tabulated),
    ],
)
def test_unless_an_engine_is_named_it_is_chosen_by_what_is_seen(
    engine: Engine, reductions: Reductions, expected: Counts | None, chosen: object
) -> None:
    assert explorer(engine, reductions, expected) is chosen


def without_numba(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as if numba were not installed."""
    line = "import sys; sys.modules['numba'] = None; from concordant.checks.main import code; sys.exit(code())"
    return subprocess.run([sys.executable, "-c", line, *arguments], capture_output=True, text=True, check=False)  # noqa: S603  # our own command


def test_without_numba_a_large_scope_is_left_to_the_reference_engine_which_is_said() -> None:
    done = without_numba("check", "paxos_synod", "--scope", "large", "--budget", "50 states", "--no-cache", "--jobs", "1")

    assert done.stderr == f"{WITHOUT}\n"
    assert done.returncode == UNDECIDED
    assert "by the tabulated engine" not in done.stdout


@pytest.mark.parametrize("arguments", [("walk", "gossip"), ("check", "gossip", "--engine", "tabulated", "--no-cache", "--jobs", "1")])
def test_what_cannot_be_done_without_numba_is_refused_with_what_to_install(arguments: tuple[str, ...]) -> None:
    done = without_numba(*arguments)

    assert done.returncode == MISUSE
    assert "pip install numba, or the extra fast, brings it" in done.stdout


def test_two_threads_find_in_a_scope_what_one_finds() -> None:
    (question, *_) = to_check(protocols(("two_phase_commit",)), "medium")

    alone, together = (question.answer(Means(engine="tabulated", threads=threads)) for threads in (1, 2))

    assert evolve(alone, seconds=0) == evolve(together, seconds=0)


@pytest.mark.thorough
def test_the_large_scope_of_paxos_has_the_counts_of_its_file() -> None:
    scope = next(each for each in protocol("paxos_synod").scopes if each.name == "forgetful_proposer")

    report = explore_tabulated(scope.system, reductions=scope.reductions)

    assert Counts(report.states, report.transitions, report.depth) == scope.expected
