"""Traces in text: as a picture, and move by move with what changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping

from concordant.checks.exploration.report import Frame, Verdict
from concordant.checks.pictures.in_text import drawn
from concordant.checks.pictures.layout import layout
from concordant.checks.pictures.words import departure_lines, lasso_line
from concordant.checks.refuting.repaired import Departure
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import effect_texts, move_text
from concordant.refimpl.machine import Crash
from concordant.spec.vocabulary import Clause

INDENTATION = 4


def columns() -> int:
    """Return how many signs a line may have, within the indentation of reports."""
    return max(60, shutil.get_terminal_size((104, 24)).columns - INDENTATION)


def trace_lines(trace: tuple[Frame, ...], departs: Departure | None = None) -> Iterator[str]:
    """Show each move: who did what, what it sent, answered or announced, and only the fields that changed."""
    for number, frame in enumerate(trace, start=1):
        here = departs is not None and departs.move == number
        yield f"{'◆' if here else ' '}{number:>3}  {move_text(frame.move)}"
        for effect in effect_texts(frame.happened):
            yield f"       {effect}"
        for change in frame.changes:
            where = f"{change.who}.{change.field}" if change.field else f"{change.who}"
            yield f"       {where}: {text(change.before)} → {text(change.after)}"
        if here and departs is not None:
            yield from (f"       {line}" for line in departure_lines(departs, crash=isinstance(frame.move, Crash)))


def trace_pictured(trace: tuple[Frame, ...], departs: Departure | None = None) -> Iterator[str]:
    """Show a trace as a diagram, then move by move. `departs`: where a mistake acts."""
    yield from drawn(layout(trace), columns(), () if departs is None else (departs.move,))
    yield ""
    yield from trace_lines(trace, departs)
    yield ""


def pictured(verdict: Verdict, departs: Departure | None = None) -> Iterator[str]:
    """Show a trace as a diagram, then move by move, then the clause with its witness. `departs`: where a mistake acts."""
    if verdict.trace:
        yield from trace_pictured(verdict.trace, departs)
    if verdict.cycle is not None:
        yield lasso_line(verdict.cycle, len(verdict.trace or ()))
        yield ""
    yield from witness_lines(verdict.clause, verdict.facts)


def witness_lines(clause: Clause, facts: Mapping[str, object]) -> Iterator[str]:
    """Show the clause, its sentence, and the facts of the case that tells."""
    yield f"{clause.id}: {clause.sentence}"
    for name, value in facts.items():
        yield f"       {name.replace('_', ' ')}: {text(value)}"
