"""Counterexamples in text: of a system its run, as a picture and move by move; of a rule the draws, the profile, and what a lie gains."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from concordant.checks.answers import Answer
from concordant.checks.exploration.report import Frame, Status, Verdict
from concordant.checks.pictures.in_text import drawn
from concordant.checks.pictures.layout import layout
from concordant.checks.pictures.notation import notation_lines
from concordant.checks.pictures.words import departure_lines, lasso_line, lie_rows
from concordant.checks.refuting.repaired import Departure
from concordant.checks.reports.totals import counted
from concordant.checks.reports.words import indented
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.differences import change_lines
from concordant.checks.semantics.texts import effect_texts, move_text
from concordant.refimpl.machine import Crash, Mechanism, Pitfall, is_of_model
from concordant.spec.vocabulary import Clause

INDENTATION = 4


def counterexamples(answers: Sequence[Answer]) -> Iterator[Text]:
    """Yield the counterexample of every violated clause, of each clause the first; a run that violates several is shown once, and so is one on which a rule raises."""
    told: set[str] = set()
    for answer in answers:
        scope = answer.note("scope")
        where = answer.name if scope is None else scope.fields["value"]
        violated = [each for each in answer.verdicts if each.status is Status.VIOLATED] if answer.is_on_clauses else []
        for verdict in violated:
            shows = verdict.trace is not None or bool(verdict.given)
            if shows and _named(verdict) not in told:
                alike = [each for each in violated if _same_run(each, verdict) and _named(each) not in told]
                told |= {_named(each) for each in alike}
                of = f" to {len(alike)} clauses" if len(alike) > 1 else ""
                yield Text(f"\n  counterexample{of} in scope {where}, {_length(verdict)}, {_how_short(answer, verdict)}", "bold red")
                yield from map(Text, indented(verdict_lines(verdict)))
                for each in alike[1:]:
                    yield from map(Text, indented(witness_lines(each.clause, each.facts)))


def _named(verdict: Verdict) -> str:
    """By what a counterexample is known: by its clause, but where a rule raises by what that happens on."""
    return text(verdict.facts.get("run_on")) if "raised" in verdict.facts else verdict.clause.id


def _same_run(one: Verdict, other: Verdict) -> bool:
    """Whether two counterexamples are one, or one run of a system."""
    same_run = one.trace is not None and (one.trace, one.cycle, one.given) == (other.trace, other.cycle, other.given)
    return one is other or same_run


def _length(verdict: Verdict) -> str:
    return counted(verdict.length or 0, "draw" if verdict.combinations else "move")


def _how_short(answer: Answer, verdict: Verdict) -> str:
    if answer.note("sampled"):
        return "minimised, not claimed to be shortest"
    if verdict.combinations:
        return "drawn at random and shrunk" if verdict.examples else "as small as any"
    return "as short as any"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Show a counterexample: of a system as a picture and move by move, of a rule by its draws."""
    if verdict.trace is None:
        yield from counterexample_lines(verdict)
        return
    if verdict.given:
        yield f"given {', '.join(f'{name}: {text(value)}' for name, value in verdict.given.items())}"
    yield from pictured(verdict)


# ---- of a system


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
            yield from (f"       {line}" for line in change_lines(change.where, change.before, change.after))
        if here and departs is not None:
            yield from (f"       {line}" for line in departure_lines(departs, crash=isinstance(frame.move, Crash)))


def trace_pictured(trace: tuple[Frame, ...], departs: Departure | None = None) -> Iterator[str]:
    """Show a trace as a diagram, then move by move. `departs`: where a mistake acts."""
    if not all(is_of_model(frame.move) for frame in trace):  # of which the actions say all that a picture would
        yield from drawn(layout(trace), columns(), () if departs is None else (departs.move,))
        yield from (f"      {line}" for line in notation_lines(trace, columns() - 6))
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


# ---- of a rule


def length_text(pitfall: Pitfall, length: int | None = None) -> str:
    """Say how long a counterexample to a pitfall is, by default as the pitfall claims."""
    return counted(length or pitfall.length, "draw" if isinstance(pitfall.subject, Mechanism) else "move")


def counterexample_lines(verdict: Verdict) -> Iterator[str]:
    """Show the clause, the facts of the case that fails, of a lie honesty beside it, and the draws that give it."""
    yield f"{verdict.clause.id}: {verdict.clause.sentence}"
    rows, room = lie_rows(verdict.facts), columns() - 7
    yield from (f"       {line}" for line in (aligned(rows, room) if rows else facts_lines(verdict.facts)))
    yield from (f"       {line}" for line in notation_lines(tuple(verdict.facts.values()), room))
    yield f"       {drawn_line(verdict)}"


def facts_lines(facts: Mapping[str, object]) -> Iterator[str]:
    """Show facts by name."""
    return (f"{name.replace('_', ' ')}: {text(value)}" for name, value in facts.items())


def drawn_line(verdict: Verdict) -> str:
    """Show the draws, in their order: a record that replays the counterexample, and may be the witness of a `KnownViolation`."""
    return f"drawn: {text(verdict.given)}"


def aligned(rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """Align rows of texts in columns; where these take more than so many signs, give each cell a line, with its heading.

    >>> list(aligned((("", "bid"), ("honest", "2")), 80))
    ['        bid', 'honest  2']
    >>> list(aligned((("", "bid"), ("honest", "2")), 10))
    ['honest', '  bid: 2']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) > room:
        (_, *headings), *others = rows
        for name, *cells in others:
            yield name
            yield from (f"  {heading}: {cell}" for heading, cell in zip(headings, cells, strict=True))
        return
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
