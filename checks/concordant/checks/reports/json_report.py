"""The report as JSON, format `concordant-report/2`: everything that the terminal shows, and more, for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import asdict, define

from concordant.checks.answers import Answer, Note, standings
from concordant.checks.exploration.report import Frame, Verdict
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.words import note_lines, status_word, unjudged_lines
from concordant.checks.running import Event
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import effect_texts, move_text
from concordant.spec.vocabulary import Fault

FORMAT = "concordant-report/2"


@define(eq=False)
class JsonReport:
    """Writes the whole run to a file when it has ended."""

    file: Path

    def hear(self, event: Event) -> None:
        """Wait for the end."""

    def end(self, run: Run) -> None:
        """Write the file."""
        self.file.write_text(json.dumps(as_json(run), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def reporter(file: Path) -> JsonReport:
    """Return the reporter that writes to a file."""
    return JsonReport(file)


def as_json(run: Run) -> dict[str, Any]:
    """Return a run as JSON values; values of protocols are texts."""
    from importlib.metadata import version  # noqa: PLC0415

    return {
        "format": FORMAT,
        "version": version("concordant"),
        "command": list(run.command),
        "exit_code": run.exit_code,
        "interrupted": run.interrupted,
        "seconds": round(run.seconds, 3),
        "clauses": [
            {
                "protocol": each.stem,
                "clause": each.clause.id,
                "sentence": each.clause.sentence,
                "status": status_word(each.clause, each.status),
                "cases": each.cases,
            }
            for each in standings(run.answers)
        ],
        "never_judged": list(unjudged_lines(run.answers)) if run.whole else [],
        "answers": [_answer(answer) for answer in run.answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "kind": answer.kind,
        "protocol": answer.stem,
        "name": answer.name,
        "title": answer.title,
        "conclusion": answer.conclusion.value,
        "word": answer.word,
        "counts": dict(answer.counts),
        "expected": None if answer.expected is None else dict(answer.expected),
        "as_expected": answer.as_expected,
        "stopped": answer.stopped,
        "notes": [_note(note) for note in answer.notes],
        "said": list(note_lines(answer)),
        "seconds": round(answer.seconds, 3),
        "verdicts": [_verdict(verdict) for verdict in answer.verdicts],
        "profile": None if answer.profile is None else asdict(answer.profile),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, **{name: _plain(value) for name, value in note.fields.items()}}


def _plain(value: object) -> Any:
    match value:
        case None | bool() | str():
            return value
        case Fault():
            return [(fault.name or "").lower() for fault in value]
        case int():
            return value
        case Frame():
            return _frame(value)
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return text(value)


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "clause": verdict.clause.id,
        "sentence": verdict.clause.sentence,
        "status": status_word(verdict.clause, verdict.status),
        "cases": verdict.cases,
        "facts": {name: text(value) for name, value in verdict.facts.items()},
        "given": {name: text(value) for name, value in verdict.given.items()},
        "trace": None if verdict.trace is None else [_frame(frame) for frame in verdict.trace],
        "combinations": verdict.combinations,
        "examples": verdict.examples,
    }


def _frame(frame: Frame) -> dict[str, Any]:
    return {
        "kind": type(frame.move).__name__,
        "move": move_text(frame.move),
        "effects": list(effect_texts(frame.happened)),
        "changes": [
            {"who": str(change.who), "field": change.field, "before": text(change.before), "after": text(change.after)}
            for change in frame.changes
        ],
        "in_flight": [
            {"from": str(channel.source), "to": str(channel.to), "messages": [text(message) for message in channel.messages]}
            for channel in frame.in_flight
        ],
    }
