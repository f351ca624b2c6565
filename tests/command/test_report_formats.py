"""Reports for CI: JUnit, SARIF, GitHub. All are made of the answers of one run."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from concordant.checks.answers import Answer, Conclusion, exit_code
from concordant.checks.misuse import Misuse
from concordant.checks.questions import scope
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol
from concordant.checks.reports.badge_report import as_badge
from concordant.checks.reports.github_report import summary, workflow_commands
from concordant.checks.reports.junit_report import as_xml
from concordant.checks.reports.markdown_report import lines
from concordant.checks.reports.reporter import Run, reporters
from concordant.checks.reports.sarif_report import as_sarif
from concordant.checks.running import decided
from tests.command import lock


def answers(careless: bool) -> list[Answer]:
    module = ModuleType("lock")
    vars(module)["TWO"] = lock.system(lock.Careless() if careless else None)
    return [decided(question, Means()) for question in scope.ask(Protocol.of_modules("lock", module))]


def ended(*found: Answer) -> Run:
    return Run(("check", "lock.py"), found, interrupted=False, seconds=0.5, exit_code=exit_code(found))


GOOD, BAD = ended(*answers(careless=False)), ended(*answers(careless=True))


def test_junit_has_a_case_per_clause_and_question_and_a_failure_with_the_trace() -> None:
    (suite,) = as_xml(BAD)

    assert {key: suite.attrib[key] for key in ("name", "tests", "failures", "errors", "skipped")} == {
        "name": "lock",
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
    }
    assert [case.attrib["name"] for case in suite] == ["lock.mutual_exclusion", "lock.is_held", "scope lock two"]
    failure = suite[0].find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "violated", "message": "violated: At most one client holds the lock."}
    assert "client1 asks server0: Acquire()" in (failure.text or "")


def test_junit_of_a_run_that_holds_has_no_failure() -> None:
    assert [each.tag for case in as_xml(GOOD)[0] for each in case] == []


@pytest.mark.parametrize(
    ("conclusion", "tag"),
    [(Conclusion.UNDECIDED, "failure"), (Conclusion.INTERRUPTED, "failure"), (Conclusion.BROKEN, "error"), (Conclusion.BUG, "error")],
)
def test_in_junit_nothing_that_is_not_as_claimed_looks_well(conclusion: Conclusion, tag: str) -> None:
    (suite,) = as_xml(ended(Answer("pitfall:lock/T-1", "lock", "A mistake.", conclusion)))

    assert [each.tag for each in suite[0]] == [tag]


def test_sarif_has_a_rule_per_clause_and_a_result_at_the_line_of_the_violated_one() -> None:
    (run,) = as_sarif(BAD)["runs"]

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["lock.mutual_exclusion", "lock.is_held"]
    (result,) = run["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("lock.mutual_exclusion", 0, "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("tests/command/lock.py")
    line = Path(lock.__file__).read_text(encoding="utf-8").splitlines()[place["region"]["startLine"] - 1]
    assert line == "@always()"
    assert as_sarif(GOOD)["runs"][0]["results"] == []


def test_github_gets_an_annotation_and_a_summary() -> None:
    (line,) = workflow_commands(BAD)

    assert line.startswith("::error ")
    assert line.endswith("title=lock.mutual_exclusion::lock: violated: At most one client holds the lock.")
    assert "| `lock` | At most one client holds the lock. (`lock.mutual_exclusion`) | violated |" in list(summary(BAD))
    assert list(workflow_commands(GOOD)) == []


def test_each_format_writes_its_file(tmp_path: Path) -> None:
    wanted = [f"{name}={tmp_path / name}" for name in ("json", "junit", "sarif", "github")]
    for reporter in reporters(wanted):
        reporter.end(ended())

    assert json.loads((tmp_path / "json").read_text(encoding="utf-8"))["exit_code"] == 3
    assert ET.parse(tmp_path / "junit").getroot().tag == "testsuites"  # noqa: S314  # our own file
    assert json.loads((tmp_path / "sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "github").read_text(encoding="utf-8").startswith("### Concordant: nothing was decided")


def test_a_file_that_cannot_be_written_is_refused_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="cannot be written"):
        reporters([f"junit={tmp_path / 'no' / 'folder'}"])


def test_a_badge_is_green_only_for_a_run_that_ends_with_0() -> None:
    def badge(run: Run) -> tuple[str, str]:
        made = as_badge(run)
        return made["message"], made["color"]

    def coded(code: int) -> Run:
        return Run(("check",), GOOD.answers, interrupted=False, seconds=0, exit_code=code)

    assert badge(GOOD) == ("2 clauses checked", "brightgreen")
    assert badge(BAD) == ("1 violated", "red")
    assert [badge(coded(code)) for code in (1, 2, 3, 70, 130)] == [
        ("not as claimed", "red"),
        ("failed", "lightgrey"),
        ("undecided", "yellow"),
        ("failed", "lightgrey"),
        ("failed", "lightgrey"),
    ]


def test_markdown_shows_the_counterexample_and_a_row_per_clause() -> None:
    text = "\n".join(lines(BAD))

    assert "## lock: lock.mutual_exclusion\n\nviolated: At most one client holds the lock.\n\n```text\nin scope two; " in text
    assert "| `lock` | At most one client holds the lock. (`mutual_exclusion`) | violated | 4 |" in text
    assert "```" not in "\n".join(lines(GOOD))
