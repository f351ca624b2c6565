"""Attacks on reports: a run that is not as claimed, and looks well in one of them."""

from __future__ import annotations

from types import ModuleType

import pytest
from attrs import evolve

from concordant.checks.answers import exit_code
from concordant.checks.exit_codes import OK
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol
from concordant.checks.reports.github_report import summary, workflow_commands
from concordant.checks.reports.gitlab_report import issues
from concordant.checks.reports.junit_report import as_xml
from concordant.checks.reports.markdown_report import lines
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.sarif_report import as_sarif
from concordant.checks.running import decided
from concordant.refimpl.machine import Pitfall
from concordant.spec.vocabulary import Always, Fault, NoHistory
from tests.command import lock

RIGHT = lock.system()
TAME: Always[NoHistory] = evolve(lock.mutual_exclusion, sentence="At most one | holds | 9 |\n\n<!-- holds the lock.")


def ran(**values: object) -> Run:
    module = ModuleType(lock.__name__)  # whose source there is
    vars(module).update(values)
    answers = tuple(decided(question, Means()) for question in to_check([Protocol.of_modules("lock", module)]))
    return Run(("check", "lock.py"), answers, interrupted=False, seconds=0, exit_code=exit_code(answers, whole=True), whole=True)


NOT_REFUTED = ran(TWO=RIGHT, MISTAKE=Pitfall("lock.None", "No mistake.", lock.mutual_exclusion, RIGHT, 2))
NEVER_JUDGED = ran(TWO=evolve(RIGHT, promises=(evolve(lock.mutual_exclusion, under=Fault.LOSS),)))


@pytest.mark.parametrize(
    "run", [pytest.param(NOT_REFUTED, id="a pitfall is not refuted"), pytest.param(NEVER_JUDGED, id="a claim was never judged")]
)
def test_nowhere_does_a_run_look_well_whose_clauses_hold_while(run: Run) -> None:
    assert run.exit_code != OK

    assert len(list(issues(run))) == 1
    assert len(as_sarif(run)["runs"][0]["results"]) == 1
    assert [line.partition(" ")[0] for line in workflow_commands(run)] == ["::error"]
    assert any(line.startswith("- **") for line in summary(run))
    assert len(as_xml(run).findall(".//failure")) == 1
    assert any(line.startswith("## ") for line in lines(run))


def test_a_sentence_ends_no_cell_of_a_table_and_hides_no_line() -> None:
    run = ran(TWO=evolve(lock.system(lock.Careless()), promises=(TAME,)))

    told = r"At most one \| holds \| 9 \| &lt;!-- holds the lock."
    assert list(lines(run))[-1] == f"| `lock` | {told} (`mutual_exclusion`) | violated | 4 |"
    assert list(summary(run))[-1] == f"| `lock` | {told} (`lock.mutual_exclusion`) | violated |"
