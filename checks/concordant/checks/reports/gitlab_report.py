"""The report for GitLab's code quality widget: an issue per clause that is not as claimed, at the line where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from concordant.checks.answers import standings
from concordant.checks.exploration.report import Status, status_word
from concordant.checks.reports.places import LEVELS, place
from concordant.checks.reports.reporter import AtTheEnd, Run

SEVERITIES = {Status.VIOLATED: "critical", Status.VACUOUS: "major", Status.INCONCLUSIVE: "major"}


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, lambda run: json.dumps(list(issues(run)), indent=2, ensure_ascii=False) + "\n")


def issues(run: Run) -> Iterator[dict[str, Any]]:
    """Yield an issue for each clause that is not as claimed; one with the same fingerprint is the same issue in the next run."""
    for each in standings(run.answers):
        if each.status in LEVELS:
            file, line = place(each.clause) or (Path("unknown"), 1)
            yield {
                "description": f"{each.stem}: {status_word(each.clause, each.status)}: {each.clause.sentence}",
                "check_name": each.clause.id,
                "fingerprint": sha256(f"{each.stem} {each.clause.id} {each.status.value}".encode()).hexdigest(),
                "severity": SEVERITIES[each.status],
                "location": {"path": file.as_posix(), "lines": {"begin": line}},
            }
