"""Where a clause stands, and the handler that breaks it, and how grave that is: for reports that point at source."""

from __future__ import annotations

from pathlib import Path

from concordant.checks.answers import Answer
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.index import protocols_by_stem
from concordant.checks.questions.model import ModelQuestion
from concordant.checks.questions.question import question
from concordant.checks.questions.scope import ScopeQuestion
from concordant.checks.registry import protocols_loaded
from concordant.refimpl.machine import Act, Ask, Cancel, Crash, Fire, Forge, Lose, Receive, Recover, SetBack, Suspect, Tick, Trust
from concordant.spec.vocabulary import Clause

LEVELS = {Status.VIOLATED: "error", Status.VACUOUS: "warning", Status.INCONCLUSIVE: "warning"}
"""What is pointed at, in the words of SARIF and of GitHub."""


HANDLERS = {
    Receive: "receive",
    Forge: "receive",
    Ask: "request",
    Cancel: "cancel",
    Fire: "fire",
    Suspect: "suspect",
    Trust: "trust",
    Tick: "tick",
    SetBack: "tick",
    Recover: "recover",
    Crash: "survives",
}
"""The method of a process that takes a move."""


def place(clause: Clause) -> tuple[Path, int] | None:
    """Return file and line of a clause's function; the file from the working directory where it lies within, else absolute."""
    return _place(getattr(clause, "cases", None))


def handler_place(answer: Answer, verdict: Verdict) -> tuple[Path, int] | None:
    """Return where the handler stands that makes the last move of a counterexample; None where none does, or it is not known."""
    if (
        answer.kind not in ("scope", "model")
        or not verdict.trace
        or (answer.stem not in protocols_loaded() and answer.stem not in protocols_by_stem())
    ):
        return None
    asked, move = question(answer.question), verdict.trace[-1].move
    if isinstance(asked, ModelQuestion) and isinstance(move, Fire) and isinstance(move.trigger, Act):
        taken = move.trigger.action
        return _place(next(each.function for each in asked.scope.model.actions if each.name == taken))
    if isinstance(move, Lose) or not isinstance(asked, ScopeQuestion):
        return None
    return _place(getattr(type(asked.scope.system.processes[move.at]), HANDLERS[type(move)]))


def _place(function: object) -> tuple[Path, int] | None:
    code = getattr(function, "__code__", None)
    if code is None:
        return None
    file, here = Path(code.co_filename), Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file), code.co_firstlineno
