"""No verdict, count or fact depends on how strings hash: a small scope of every protocol, under several hash seeds."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.registry import protocols
from concordant.checks.semantics.canonical import text

FEW, MANY = 200, 2_000
"""How many states a scope may have, in `make test` and in `make test-all`."""


def telling(scopes: tuple[Scope, ...], most: int) -> Scope:
    """Return the small scope with the most states that is explored in a moment, or else the first: sets and bags must hold several things."""
    small = [scope for scope in scopes if scope.size is Size.SMALL]
    return max(small, key=lambda scope: scope.expected.states if scope.expected and scope.expected.states <= most else 0)


def told(most: int) -> str:
    """Return what is found of each protocol, a line each."""
    lines: list[str] = []
    for each in protocols():
        if each.scopes:
            scope = telling(each.scopes, most)
            report = explore(scope.system, reductions=evolve(scope.reductions, symmetry=False))
            lines.append(f"{each.stem}/{scope.name}: {report.states} {report.transitions} {report.depth} {report.never}")
            for verdict in report.verdicts:
                moves = [(text(frame.move), text(frame.happened), text(frame.changes)) for frame in verdict.trace or ()]
                lines.append(f"  {verdict.clause.id} {verdict.status.value} {verdict.cases} {text(dict(verdict.facts))} {moves}")
    return "\n".join(lines)


@pytest.mark.parametrize(("seeds", "most"), [(("1", "2"), FEW), pytest.param(("1", "3", "4", "5"), MANY, marks=pytest.mark.thorough)])
def test_small_scopes_say_the_same_under_several_hash_seeds(seeds: tuple[str, ...], most: int) -> None:
    command = [sys.executable, "-c", f"from tests.attacks.test_hash_seeds import told; print(told({most}))"]
    first, *others = (
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True).stdout  # noqa: S603  # our own
        for seed in seeds
    )

    assert [other == first for other in others] == [True] * len(others)
    assert len(first.splitlines()) > len([each for each in protocols() if each.scopes])
