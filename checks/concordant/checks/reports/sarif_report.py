"""The report as SARIF 2.1.0: a rule per clause, a result for whatever is not as claimed, of a clause at the line where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from concordant.checks.answers import Standing
from concordant.checks.exploration.report import status_word
from concordant.checks.reports.cases import beside_clauses
from concordant.checks.reports.counterexamples import verdict_lines
from concordant.checks.reports.places import LEVELS, handler_place, place
from concordant.checks.reports.reporter import AtTheEnd, Run
from concordant.checks.reports.words import command
from concordant.checks.semantics.texts import move_text
from concordant.spec.vocabulary import Clause

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, lambda run: json.dumps(as_sarif(run), indent=2, ensure_ascii=False) + "\n")


def as_sarif(run: Run) -> dict[str, Any]:
    """Return a run as SARIF. A rule's help is the argument of its clause; a result's text the counterexample."""
    found = run.standings
    rules = list({each.clause.id: each.clause for each in found}.values())
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "concordant", "version": version("concordant"), "rules": [_rule(clause) for clause in rules]}},
                "invocations": [{"executionSuccessful": run.exit_code in (0, 1), "exitCode": run.exit_code}],
                "results": [*_results(found, rules), *_others(run)],
            }
        ],
    }


def _rule(clause: Clause) -> dict[str, Any]:
    help_ = {"help": {"text": clause.argument}} if clause.argument else {}
    return {"id": clause.id, "shortDescription": {"text": clause.sentence}, **help_}


def _results(found: Iterable[Standing], rules: list[Clause]) -> Iterator[dict[str, Any]]:
    for each in found:
        if each.status in LEVELS:
            lines = "\n".join(_lines(each))
            yield {
                "ruleId": each.clause.id,
                "ruleIndex": [rule.id for rule in rules].index(each.clause.id),
                "level": LEVELS[each.status],
                "message": {"text": f"{each.stem}: {status_word(each.clause, each.status)}. {each.clause.sentence}\n{lines}".rstrip()},
                "locations": [_location(place(each.clause))],
                **_handler(each),
            }


def _others(run: Run) -> Iterator[dict[str, Any]]:
    """Yield a result for whatever else is not as claimed, and stands in no line."""
    for case in beside_clauses(run):
        if not case.is_well:
            text = "\n".join((f"{case.stem}: {case.name}: {case.message}", *case.text))
            nowhere = {"physicalLocation": {"artifactLocation": {"uri": "unknown"}, "region": {"startLine": 1}}}
            yield {"ruleId": case.name, "level": "error", "message": {"text": text}, "locations": [nowhere]}


def _lines(standing: Standing) -> Iterator[str]:
    for answer, verdict in zip(standing.answers, standing.verdicts, strict=True):
        if verdict.status is standing.status:
            yield command(answer)
            if verdict.trace is not None or verdict.given:
                yield from verdict_lines(verdict)
            return


def _handler(standing: Standing) -> dict[str, Any]:
    """Point at the handler that makes the last move of the counterexample."""
    for answer, verdict in zip(standing.answers, standing.verdicts, strict=True):
        where = handler_place(answer, verdict) if verdict.status is standing.status else None
        if where is not None and verdict.trace:
            said = f"the last move: {move_text(verdict.trace[-1].move)}"
            return {"relatedLocations": [{**_location(where), "message": {"text": said}}]}
    return {}


def _location(where: tuple[Path, int] | None) -> dict[str, Any]:
    file, line = where or (Path("unknown"), 1)
    uri = file.as_uri() if file.is_absolute() else file.as_posix()
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
