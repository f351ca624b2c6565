"""What exercises are graded with: modules and answers of a student's folder, and a search that must find nothing wrong."""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Report, Status, status_word
from concordant.checks.lessons.lesson import ANSWERS, Grade
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.report import RuleReport
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import Misuse
from concordant.checks.reports.totals import counted
from concordant.checks.semantics.promises import is_promised
from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary import Clause, Sometimes

Subject: TypeAlias = AnySystem | Grid

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
        return tomllib.loads((folder / ANSWERS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misuse(f"{ANSWERS} cannot be read: {error}") from error


def asked(subject: Subject, clause: Clause | None = None) -> Report | RuleReport:
    """Ask whether a system, or a rule on all profiles of a grid, keeps what it promises; of a system, one clause alone if that is given.

    Of a system, the search ends where that clause tells, or the first of its promises is broken, which is what would be said.
    """
    if isinstance(subject, Grid):
        return judge_grid(subject, BUDGET)
    clauses = subject.promises if clause is None else (clause,)
    first = clauses[:1] if clause is not None or (not isinstance(clauses[0], Sometimes) and is_promised(clauses[0], subject)) else ()
    return explore(subject, clauses, budget=BUDGET, until=first)


def held(subject: Subject, what: str) -> Grade:
    """Grade a system, or a rule: all that it promises must hold, in every state or on every profile, and be exercised."""
    report = asked(subject)
    for verdict in report.verdicts:
        if verdict.status is Status.VIOLATED or (verdict.status is not Status.HOLDS and not report.stopped):
            word = status_word(verdict.clause, verdict.status)
            told = verdict.trace and not isinstance(verdict.clause, Sometimes)
            after = f" after {counted(len(verdict.trace or ()), 'move')}" if told else ""
            return Grade(False, f"{verdict.clause.name} is {word}{after}, of {what}")
    if report.stopped:
        return Grade(False, f"the search was stopped, {report.stopped}, so that nothing is known of {what}", stopped=True)
    if isinstance(report, RuleReport):
        besides = f", nor on {report.examples} at random" if report.examples else ""
        return Grade(True, f"no violation on {counted(report.profiles, 'profile')}{besides}")
    return Grade(True, f"no violation in {counted(report.states, 'state')}")


def missed(wrong: Mapping[str, Subject], clause: Clause) -> list[str]:
    """List which of some that are wrong, by what they do, a clause holds of."""
    return [what for what, subject in wrong.items() if asked(subject, clause).verdict(clause.id).status is not Status.VIOLATED]
