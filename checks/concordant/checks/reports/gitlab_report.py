"""The report for GitLab's code quality widget: an issue for whatever is not as claimed, of a clause at the line where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from concordant.checks.exploration.report import Status, status_word
from concordant.checks.reports.cases import beside_clauses
from concordant.checks.reports.places import LEVELS, place
from concordant.checks.reports.reporter import AtTheEnd, Run

SEVERITIES = {Status.VIOLATED: "critical", Status.VACUOUS: "major", Status.INCONCLUSIVE: "major"}


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, lambda run: json.dumps(list(issues(run)), indent=2, ensure_ascii=False) + "\n")


def issues(run: Run) -> Iterator[dict[str, Any]]:
    """Yield an issue for each clause that is not as claimed, and for whatever else is not; the same one has its fingerprint in the next run."""
    for each in run.standings:
        if each.status in LEVELS:
            file, line = place(each.clause) or (Path("unknown"), 1)
            word = status_word(each.clause, each.status)
            known = f"{each.stem} {each.clause.id} {each.status.value}"
            yield _issue(f"{each.stem}: {word}: {each.clause.sentence}", each.clause.id, known, SEVERITIES[each.status], file, line)
    for case in beside_clauses(run):
        if not case.is_well:
            known = f"{case.stem} {case.name} {case.word}"
            yield _issue(f"{case.stem}: {case.name}: {case.message}", case.name, known, "critical", Path("unknown"), 1)


def _issue(description: str, name: str, known: str, severity: str, file: Path, line: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": name,
        "fingerprint": sha256(known.encode()).hexdigest(),
        "severity": severity,
        "location": {"path": file.as_posix(), "lines": {"begin": line}},
    }
