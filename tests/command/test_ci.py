"""The parts for CI: the action's script with the files that GitHub gives it, the hook, GitLab's report."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from concordant.checks.reports.gitlab_report import issues
from tests.command.test_own_protocols import LOCK, ROOT, SLICES
from tests.command.test_report_formats import BAD, GOOD


def step(where: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the action as GitHub does, with the command `concordant` of this checkout."""
    command = where / "bin" / "concordant"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m concordant "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    files = {"GITHUB_STEP_SUMMARY": str(where / "summary.md"), "GITHUB_OUTPUT": str(where / "output")}
    paths = {"PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in SLICES)}
    environment = {**os.environ, **files, **paths, **variables}
    return subprocess.run([ROOT / "ci" / "check.sh"], cwd=where, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own script


@pytest.mark.parametrize(
    ("change", "code"),
    [(("", ""), 0), (("TWO = system()", "TWO = system(Careless())"), 1), (("step((*state, client), ", "step([*state, client], "), 2)],
    ids=["holds", "violated", "broken"],
)
def test_the_step_writes_every_report_and_ends_with_the_code_of_the_check(tmp_path: Path, change: tuple[str, str], code: int) -> None:
    (tmp_path / "lock.py").write_text(LOCK.replace(*change), encoding="utf-8")

    done = step(tmp_path, PROTOCOLS="lock.py", OPTIONS="--budget 1m")

    assert (done.returncode, done.stderr) == (code, "")
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"exit-code={code}\n"
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("### Concordant: ")
    assert {file.name for file in (tmp_path / "concordant-report").iterdir()} == {
        "junit.xml",
        "concordant.sarif",
        "report.json",
        "report.html",
    }
    assert ("::error file=lock.py,line=" in done.stdout) == (code == 1)


def test_the_action_runs_that_script_with_the_inputs_that_it_declares() -> None:
    action = (ROOT / "action.yml").read_text(encoding="utf-8")

    assert "run: $GITHUB_ACTION_PATH/ci/check.sh" in action
    assert set(re.findall(r"inputs\.([\w-]+)", action)) == {"protocols", "options", "package", "python-version"}


def test_gitlab_is_told_of_each_clause_that_is_not_as_claimed_and_of_no_other() -> None:
    (issue,) = issues(BAD)

    assert (issue["check_name"], issue["severity"]) == ("lock.mutual_exclusion", "critical")
    assert issue["description"] == "lock: violated: At most one client holds the lock."
    assert issue["location"]["path"].endswith("tests/command/lock.py")
    assert list(issues(GOOD)) == []
