"""The report as JSON, format `concordant-report/1`: everything that the terminal shows, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from concordant.checks.exploration.refute import Refutation
from concordant.checks.exploration.report import Frame, Report, Verdict
from concordant.checks.mechanisms.report import RuleReport
from concordant.checks.reports.terminal import grid_notes, notes
from concordant.checks.run import Explored, Judged, Replayed, Result, stem_of
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import move_text

FORMAT = "concordant-report/1"


def write_json(path: Path, results: Iterable[Result]) -> None:
    """Write the report to a file."""
    path.write_text(json.dumps(as_json(results), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def as_json(results: Iterable[Result]) -> dict[str, Any]:
    """Return the report as JSON values; values of protocols are texts."""
    return {"format": FORMAT, "results": [_result(result) for result in results]}


def _result(result: Result) -> dict[str, Any]:
    match result:
        case Explored():
            return {
                "kind": "scope",
                "protocol": result.stem,
                "scope": result.scope,
                "shows": result.shows,
                "as_expected": result.as_expected,
                "notes": list(notes(result)),
                **_report(result.report),
            }
        case Judged():
            return {
                "kind": "grid",
                "protocol": result.stem,
                "scope": result.scope,
                "shows": result.shows,
                "as_expected": result.as_expected,
                "notes": list(grid_notes(result)),
                **_rule_report(result.report),
            }
        case Refutation():
            return {
                "kind": "pitfall",
                "protocol": stem_of(result),
                "pitfall": result.pitfall.id,
                "mistake": result.pitfall.mistake,
                "refuted": result.refuted,
                "problem": result.problem,
                "states": result.states,
                "seconds": round(result.seconds, 3),
                "verdict": _verdict(result.verdict),
            }
        case Replayed():
            return {"kind": "truth", "protocol": result.stem, "why": result.why, "shown": result.shown, "verdict": _verdict(result.verdict)}


def _report(report: Report) -> dict[str, Any]:
    return {
        "engine": report.engine,
        "reductions": list(report.reductions),
        "members": report.members,
        "states": report.states,
        "transitions": report.transitions,
        "depth": report.depth,
        "at_rest": report.at_rest,
        "beyond": report.beyond,
        "dropped": report.dropped,
        "occurred": [(fault.name or "").lower() for fault in report.occurred],
        "never": [f"{role} {what}" for role, what in report.never],
        "stopped": report.stopped,
        "seconds": round(report.seconds, 3),
        "verdicts": [_verdict(verdict) for verdict in report.verdicts],
    }


def _rule_report(report: RuleReport) -> dict[str, Any]:
    return {
        "profiles": report.profiles,
        "runs": report.runs,
        "cases": report.cases,
        "examples": report.examples,
        "stopped": report.stopped,
        "seconds": round(report.seconds, 3),
        "verdicts": [_verdict(verdict) for verdict in report.verdicts],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "clause": verdict.clause.id,
        "sentence": verdict.clause.sentence,
        "status": verdict.status.value,
        "cases": verdict.cases,
        "facts": {name: text(value) for name, value in verdict.facts.items()},
        "given": {name: text(value) for name, value in verdict.given.items()},
        "trace": None if verdict.trace is None else [_frame(frame) for frame in verdict.trace],
        **({"shown": {"grid": verdict.combinations, "random": verdict.examples}} if verdict.combinations else {}),
    }


def _frame(frame: Frame) -> dict[str, Any]:
    return {
        "kind": type(frame.move).__name__,
        "move": move_text(frame.move),
        "effects": list(frame.effects),
        "changes": [
            {"who": change.who, "field": change.field, "before": text(change.before), "after": text(change.after)}
            for change in frame.changes
        ],
    }
