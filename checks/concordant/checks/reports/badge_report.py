"""The report as a badge: what shields.io reads from an address (its endpoint format, version 1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from concordant.checks.exit_codes import OK, UNDECIDED, VIOLATED
from concordant.checks.exploration.report import Status
from concordant.checks.reports.reporter import AtTheEnd, Run
from concordant.checks.reports.totals import counted

COLOURS = {OK: "brightgreen", VIOLATED: "red", UNDECIDED: "yellow"}


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, lambda run: json.dumps(as_badge(run)) + "\n")


def as_badge(run: Run) -> dict[str, Any]:
    """Return the badge of a run. It is green only where the run ended with exit code 0."""
    statuses = [each.status for each in run.standings]
    match run.exit_code:
        case 0:
            message = f"{counted(statuses.count(Status.HOLDS), 'clause')} checked"
        case 1 if Status.VIOLATED in statuses:
            message = f"{statuses.count(Status.VIOLATED)} violated"
        case 1:
            message = "not as claimed"
        case 3:
            message = "undecided"
        case _:
            message = "failed"
    return {"schemaVersion": 1, "label": "concordant", "message": message, "color": COLOURS.get(run.exit_code, "lightgrey")}
