"""No verdict, count or fact depends on how strings hash: the cheapest small scope of every protocol, under two hash seeds."""

from __future__ import annotations

import os
import subprocess
import sys

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.registry import protocols
from concordant.checks.semantics.canonical import text


def cheapest(scopes: tuple[Scope, ...]) -> Scope:
    """Return the small scope with the fewest states."""
    small = (scope for scope in scopes if scope.size is Size.SMALL and scope.expected is not None)
    return min(small, key=lambda scope: 0 if scope.expected is None else scope.expected.states)


def told() -> str:
    """Return what is found of each protocol, a line each."""
    lines: list[str] = []
    for each in protocols():
        if each.scopes:
            scope = cheapest(each.scopes)
            report = explore(scope.system, reductions=scope.reductions)
            lines.append(f"{each.stem}/{scope.name}: {report.states} {report.transitions} {report.depth} {report.never}")
            for verdict in report.verdicts:
                moves = [text(frame.move) for frame in verdict.trace or ()]
                lines.append(f"  {verdict.clause.id} {verdict.status.value} {verdict.cases} {text(dict(verdict.facts))} {moves}")
    return "\n".join(lines)


def test_small_scopes_say_the_same_under_two_hash_seeds() -> None:
    command = [sys.executable, "-c", "from tests.attacks.test_hash_seeds import told; print(told())"]
    runs = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True)  # noqa: S603  # our own
        for seed in ("1", "2")
    ]

    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout.splitlines()) > len([each for each in protocols() if each.scopes])
