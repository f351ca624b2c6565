"""The report for GitHub Actions: annotations on standard output, and a summary of the job in Markdown in the file.

`--report github=$GITHUB_STEP_SUMMARY` appends to the summary that GitHub shows on the page of the run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from concordant.checks.answers import Standing
from concordant.checks.exploration.report import status_word
from concordant.checks.reports.cases import beside_clauses
from concordant.checks.reports.marking import plainly
from concordant.checks.reports.places import LEVELS, place
from concordant.checks.reports.reporter import AtTheEnd, Run
from concordant.checks.reports.totals import Totals
from concordant.checks.reports.words import failing_lines, unjudged_lines


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that appends to a file, and prints the annotations."""

    def text(run: Run) -> str:
        sys.stdout.writelines(f"{line}\n" for line in workflow_commands(run))
        return "".join(f"{line}\n" for line in summary(run))

    return AtTheEnd(file, text, append=True)


def workflow_commands(run: Run) -> Iterator[str]:
    """Yield a workflow command for each clause that is not as claimed, at the line where it stands, and for whatever else is not."""
    for each in run.standings:
        if each.status in LEVELS:
            text = _escaped(f"{each.stem}: {status_word(each.clause, each.status)}: {each.clause.sentence}")
            yield f"::{LEVELS[each.status]} {_place(each)}title={each.clause.id}::{text}"
    for case in beside_clauses(run):
        if not case.is_well:
            yield f"::error title={_escaped(case.name)}::{_escaped(f'{case.stem}: {case.message}')}"


def _place(standing: Standing) -> str:
    file, line = place(standing.clause) or (Path("/"), 0)
    return "" if file.is_absolute() else f"file={file.as_posix()},line={line},"


def _escaped(text: str) -> str:
    """Escape what workflow commands give a meaning."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def summary(run: Run) -> Iterator[str]:
    """Yield the summary in Markdown: totals, what is not as claimed, and a row per clause."""
    yield f"### Concordant: {Totals.of(run.answers)}"
    yield ""
    for line in (*failing_lines(run.answers, run.unfinished), *(unjudged_lines(run.answers) if run.whole else ())):
        yield f"- **{plainly(line)}**"
    yield ""
    yield "| protocol | clause | verdict |"
    yield "|---|---|---|"
    for each in run.standings:
        yield f"| `{each.stem}` | {plainly(each.clause.sentence)} (`{each.clause.id}`) | {status_word(each.clause, each.status)} |"
