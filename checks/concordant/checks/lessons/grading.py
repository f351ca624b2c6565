"""What exercises are graded with: modules and answers of a student's folder, and a search that must find nothing wrong."""

from __future__ import annotations

import importlib
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status, status_word
from concordant.checks.lessons.lesson import Grade
from concordant.checks.misuse import Misuse
from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary import Sometimes

BUDGET = Budget(seconds=60, states=50_000)
"""How long an exercise may take."""


def loaded(folder: Path, name: str) -> ModuleType:
    """Return a module of a student's folder; one that cannot be imported is a Misuse, as is one of that name from elsewhere."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    try:
        module = importlib.import_module(name)
    except Exception as error:
        raise Misuse(f"{name}.py cannot be imported: {type(error).__name__}: {error}") from error
    if Path(module.__file__ or "").parent != folder:
        raise Misuse(f"{name} would be imported from {module.__file__}")
    return module


def answers(folder: Path) -> dict[str, Any]:
    """Return what a student has answered; a file that cannot be read is a Misuse."""
    try:
        return tomllib.loads((folder / "answers.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misuse(f"answers.toml cannot be read: {error}") from error


def held(system: AnySystem, what: str) -> Grade:
    """Grade a system: all that it promises must hold, in every state, and be exercised."""
    report = explore(system, budget=BUDGET)
    if report.stopped:
        return Grade(False, f"the search was stopped, {report.stopped}, so that nothing is known of {what}")
    for verdict in report.verdicts:
        if verdict.status is not Status.HOLDS:
            word = status_word(verdict.clause, verdict.status)
            after = f" after {len(verdict.trace)} moves" if verdict.trace and not isinstance(verdict.clause, Sometimes) else ""
            return Grade(False, f"{verdict.clause.name} is {word}{after}, of {what}")
    return Grade(True, f"no violation in {report.states:,} states")
