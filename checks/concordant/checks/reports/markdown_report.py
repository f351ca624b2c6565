"""The report in Markdown: totals, what is not as claimed with its counterexample, and a row per clause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from concordant.checks.exploration.report import status_word
from concordant.checks.reports.cases import cases
from concordant.checks.reports.marking import fenced, plainly
from concordant.checks.reports.reporter import AtTheEnd, Run
from concordant.checks.reports.totals import Totals


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, lambda run: "".join(f"{line}\n" for line in lines(run)))


def lines(run: Run) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"# Concordant: {Totals.of(run.answers)}"
    yield ""
    yield f"`concordant {' '.join(run.command)}` ended with exit code {run.exit_code}."
    for case in cases(run):
        if not case.is_well:
            yield ""
            yield f"## {plainly(case.stem)}: {plainly(case.name)}"
            yield ""
            yield plainly(case.message)
            yield ""
            yield from fenced(case.text)
    yield ""
    yield "| protocol | clause | verdict | cases |"
    yield "|---|---|---|--:|"
    for each in run.standings:
        yield f"| `{each.stem}` | {plainly(each.clause.sentence)} (`{each.clause.name}`) | {status_word(each.clause, each.status)} | {each.cases:,} |"
