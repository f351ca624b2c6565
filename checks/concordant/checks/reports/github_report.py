"""The report for GitHub Actions: annotations on standard output, and a summary of the job in Markdown in the file.

`--report github=$GITHUB_STEP_SUMMARY` appends to the summary that GitHub shows on the page of the run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import define

from concordant.checks.answers import Standing, standings
from concordant.checks.exploration.report import Status
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.words import failing_lines, status_word, totals
from concordant.checks.running import Event

LEVELS = {Status.VIOLATED: "error", Status.VACUOUS: "warning", Status.INCONCLUSIVE: "warning"}


@define(eq=False)
class GithubReport:
    """Writes annotations and the summary when the run has ended."""

    file: Path

    def hear(self, event: Event) -> None:
        """Wait for the end."""

    def end(self, run: Run) -> None:
        """Write both."""
        sys.stdout.writelines(f"{line}\n" for line in workflow_commands(run))
        with self.file.open("a", encoding="utf-8") as to:
            to.writelines(f"{line}\n" for line in summary(run))


def reporter(file: Path) -> GithubReport:
    """Return the reporter that appends to a file."""
    return GithubReport(file)


def workflow_commands(run: Run) -> Iterator[str]:
    """Yield a workflow command for each clause that is not as claimed, at the line where it stands."""
    for each in standings(run.answers):
        if each.status in LEVELS:
            text = _escaped(f"{each.stem}: {status_word(each.clause, each.status)}: {each.clause.sentence}")
            yield f"::{LEVELS[each.status]} {_place(each)}title={each.clause.id}::{text}"


def _place(standing: Standing) -> str:
    code = getattr(getattr(standing.clause, "cases", None), "__code__", None)
    if code is None or not Path(code.co_filename).is_relative_to(Path.cwd()):
        return ""
    return f"file={Path(code.co_filename).relative_to(Path.cwd()).as_posix()},line={code.co_firstlineno},"


def _escaped(text: str) -> str:
    """Escape what workflow commands give a meaning."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def summary(run: Run) -> Iterator[str]:
    """Yield the summary in Markdown: totals, what is not as claimed, and a row per clause."""
    yield f"### Concordant: {totals(run.answers) or 'nothing was decided'}"
    yield ""
    for line in failing_lines(run.answers):
        yield f"- **{line}**"
    yield ""
    yield "| protocol | clause | verdict |"
    yield "|---|---|---|"
    for each in standings(run.answers):
        yield f"| `{each.stem}` | {each.clause.sentence} (`{each.clause.id}`) | {status_word(each.clause, each.status)} |"
