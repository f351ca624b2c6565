"""Where a clause stands, and how grave it is that it does not hold: for reports that point at source."""

from __future__ import annotations

from pathlib import Path

from concordant.checks.exploration.report import Status
from concordant.spec.vocabulary import Clause

LEVELS = {Status.VIOLATED: "error", Status.VACUOUS: "warning", Status.INCONCLUSIVE: "warning"}
"""What is pointed at, in the words of SARIF and of GitHub."""


def place(clause: Clause) -> tuple[Path, int] | None:
    """Return file and line of a clause's function; the file from the working directory where it lies within, else absolute."""
    code = getattr(getattr(clause, "cases", None), "__code__", None)
    if code is None:
        return None
    file, here = Path(code.co_filename), Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file), code.co_firstlineno
