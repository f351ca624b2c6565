"""Counterexamples to what a rule promises, in text: the draws, the profile, and for a lie what it gains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from concordant.checks.exploration.report import Verdict
from concordant.checks.pictures.words import lie_rows
from concordant.checks.reports.words import counted
from concordant.checks.semantics.canonical import text
from concordant.refimpl.machine import Mechanism, Pitfall


def length_text(pitfall: Pitfall, length: int | None = None) -> str:
    """Say how long a counterexample to a pitfall is, by default as the pitfall claims."""
    return counted(length or pitfall.length, "draw" if isinstance(pitfall.subject, Mechanism) else "move")


def counterexample_lines(verdict: Verdict) -> Iterator[str]:
    """Show the clause, the facts of the case that fails, of a lie honesty beside it, and the draws that give it."""
    yield f"{verdict.clause.id}: {verdict.clause.sentence}"
    rows = lie_rows(verdict.facts)
    yield from (f"       {line}" for line in (aligned(rows) if rows else facts_lines(verdict.facts)))
    yield f"       {drawn_line(verdict)}"


def facts_lines(facts: Mapping[str, object]) -> Iterator[str]:
    """Show facts by name."""
    return (f"{name.replace('_', ' ')}: {text(value)}" for name, value in facts.items())


def drawn_line(verdict: Verdict) -> str:
    """Show the draws, in their order: a record that replays the counterexample, and may be the witness of a `KnownViolation`."""
    return f"drawn: {text(verdict.given)}"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Align rows of texts in columns.

    >>> list(aligned((("a", "bb"), ("aa", "b"))))
    ['a   bb', 'aa  b']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
