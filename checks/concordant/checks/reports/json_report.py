"""The report as JSON, format `concordant-report/2`: everything that the terminal shows, and more, for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import asdict

from concordant.checks.answers import Answer, Note
from concordant.checks.codec.codec import Codec, codec_of
from concordant.checks.codec.frames import FORMAT, frame_as_json
from concordant.checks.exploration.report import Frame, Verdict, status_word
from concordant.checks.misuse import Misuse
from concordant.checks.pins import MISSING
from concordant.checks.registry import protocol, protocols_loaded
from concordant.checks.reports.breakdown import breakdown_as_json
from concordant.checks.reports.reporter import AtTheEnd, Run
from concordant.checks.reports.standing import by_rule
from concordant.checks.reports.words import note_lines, unjudged_lines
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import move_text
from concordant.spec.vocabulary import Fault


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, lambda run: json.dumps(as_json(run), indent=2, ensure_ascii=False) + "\n")


def as_json(run: Run, codec: Callable[[str], Codec] = lambda stem: codec_of(protocol(stem))) -> dict[str, Any]:
    """Return a run as JSON values. `codec`: that of a protocol, by its stem. Facts of clauses are texts; moves, states and draws are values."""
    from importlib.metadata import version  # noqa: PLC0415

    stems = dict.fromkeys(answer.stem for answer in run.answers)
    rules = {stem: by_rule([answer for answer in run.answers if answer.stem == stem]) for stem in stems}
    return {
        "format": FORMAT,
        "version": version("concordant"),
        "command": list(run.command),
        "sources": {stem: _source(stem) for stem in stems},
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
                "rules": rules[each.stem].get(each.clause, {}),
            }
            for each in run.standings
        ],
        "never_judged": list(unjudged_lines(run.answers)) if run.whole else [],
        "answers": [_answer(answer, codec(answer.stem)) for answer in run.answers],
    }


def _source(stem: str) -> str:
    return protocols_loaded()[stem].source if stem in protocols_loaded() else stem


def _answer(answer: Answer, codec: Codec) -> dict[str, Any]:
    return {
        "question": answer.question,
        "kind": answer.kind,
        "protocol": answer.stem,
        "name": answer.name,
        "title": answer.title,
        "conclusion": answer.conclusion.value,
        "word": answer.word,
        "counts": dict(answer.counts),
        "expected": None if answer.expected is None else {name: count for name, count in answer.expected.items() if count != MISSING},
        "as_expected": answer.as_expected,
        "stopped": answer.stopped,
        "notes": [_note(note, codec) for note in answer.notes],
        "said": list(note_lines(answer)),
        "seconds": round(answer.seconds, 3),
        "verdicts": [_verdict(verdict, codec) for verdict in answer.verdicts],
        "breakdown": breakdown_as_json(answer.breakdown),
        "branches": None if answer.branches is None else asdict(answer.branches),
    }


def _note(note: Note, codec: Codec) -> dict[str, Any]:
    return {"code": note.code, **{name: _plain(value, codec) for name, value in note.fields.items()}}


def _plain(value: object, codec: Codec) -> Any:
    match value:
        case None | bool() | str():
            return value
        case Fault():
            return [(fault.name or "").lower() for fault in value]
        case int():
            return value
        case Frame():
            return frame_as_json(value, codec)
        case tuple():
            return [_plain(each, codec) for each in value]
        case _:
            return text(value)


def _verdict(verdict: Verdict, codec: Codec) -> dict[str, Any]:
    """Return a verdict as JSON. A run with values of other types than declared, which is somebody's mistake, is told in words alone."""
    facts, trace = dict(verdict.facts), None
    try:
        trace = None if verdict.trace is None else [frame_as_json(frame, codec) for frame in verdict.trace]
    except Misuse as refused:
        facts = {**facts, "not_of_the_declared_types": str(refused), "run": tuple(move_text(frame.move) for frame in verdict.trace or ())}
    return {
        "clause": verdict.clause.id,
        "rule": verdict.rule,
        "sentence": verdict.clause.sentence,
        "status": status_word(verdict.clause, verdict.status),
        "cases": verdict.cases,
        "judged_under": [(fault.name or "").lower() for fault in verdict.judged_under],
        "facts": {name: text(value) for name, value in facts.items()},
        "given": {name: _drawn(value, codec) for name, value in verdict.given.items()},
        "trace": trace,
        "combinations": verdict.combinations,
        "examples": verdict.examples,
        "members": verdict.members,
        "cycle": verdict.cycle,
        "stopped": verdict.stopped,
    }


def _drawn(value: object, codec: Codec) -> Any:
    """Return a draw as JSON; one that is no value of the protocol, such as a float that a rule must reject, as a text."""
    try:
        return codec.encode(value)
    except Misuse:
        return text(value)
