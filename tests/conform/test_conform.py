"""The kit from end to end: implementations that conform pass, those with one comparison wrong fail, and broken adapters are told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from concordant.checks.answers import Answer, Conclusion, exit_code
from concordant.checks.conform.serving import adapter_of
from concordant.checks.questions.question import noted
from concordant.checks.reports.reporter import Run, reporters
from tests.conform.conftest import Conform

ROOT = Path(__file__).parents[2]
PARTICIPANT = ROOT / "examples/adapters/participant.py"
FAULTS = ("--scope", "two_users_and_faults")


def concordant(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return subprocess.run([sys.executable, "-m", "concordant", *words], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603


def changed(file: Path, folder: Path, right: str, wrong: str) -> str:
    text = file.read_text()
    assert text.count(right) == 1
    (folder / file.name).write_text(text.replace(right, wrong))
    return str(folder / file.name)


def test_a_participant_in_plain_python_conforms() -> None:
    run = concordant("conform", "two_phase_commit.participant", *FAULTS, "-v", "--", sys.executable, str(PARTICIPANT))

    assert (run.returncode, run.stderr) == (0, "")
    assert "conformance participant  conforms" in run.stdout
    assert "44 of 44 rows" in run.stdout


def test_a_participant_that_forgets_its_promise_fails_with_the_shortest_case_and_the_command_that_drives_it(
    tmp_path: Path, conform: Conform
) -> None:
    wrong = changed(
        PARTICIPANT,
        tmp_path,
        'if self.log in ("working", "prepared"):\n            self.on_timeout',
        "if False:\n            self.on_timeout",
    )
    report = tmp_path / "report.json"
    asked = ("conform", "two_phase_commit.participant", *FAULTS, "--budget", "2000 states")
    run = concordant(*asked, "--report", f"json={report}", "--", sys.executable, wrong)

    assert run.returncode == 1
    (answer,) = json.loads(report.read_text())["answers"]
    assert answer["said"][0].splitlines() == [
        "participant0, as configured in two_users_and_faults, after 2 inputs:",
        "      1  participant0 crashes",
        "      2  participant0 recovers",
        "    differs in announcements",
        "      expected  Refused()",
        "      found     none",
        "    no clause is violated in 2,001 states of 1 of its systems, which were explored with it",
    ]
    case = next(note["value"] for note in answer["notes"] if note["code"] == "case")
    command = f"concordant conform two_phase_commit.participant --scope two_users_and_faults --case {case} -- {sys.executable} {wrong}"
    assert command in run.stdout
    again = conform("two_phase_commit.participant", *FAULTS, "--case", case, "--", sys.executable, wrong)
    assert again.returncode == 1
    assert "after 2 inputs" in again.stdout


def test_an_adapter_that_breaks_the_protocol_has_an_exit_code_of_its_own(conform: Conform) -> None:
    run = conform("two_phase_commit.participant", *FAULTS, "--", "echo", "hello")

    assert run.returncode == 4
    assert "broken adapter: it said" in run.stdout


def test_of_what_an_adapter_logs_the_end_is_told(tmp_path: Path, conform: Conform) -> None:
    (tmp_path / "adapter.py").write_text("import sys\nprint('word ' * 1000, file=sys.stderr)\nsys.exit('no such library')\n")
    run = conform("two_phase_commit.participant", *FAULTS, "--", sys.executable, str(tmp_path / "adapter.py"))

    assert run.returncode == 4
    assert "no such library'" in run.stdout


def test_a_smoke_test_does_not_judge_what_is_answered(tmp_path: Path, conform: Conform) -> None:
    wrong = changed(PARTICIPANT, tmp_path, 'self.log = "prepared"\n', 'self.log = "committed"\n')
    run = conform("two_phase_commit.participant", *FAULTS, "--smoke", "-v", "--", sys.executable, wrong)

    assert run.returncode == 0
    assert "speaks the protocol" in run.stdout


def test_an_adapter_as_a_python_class_is_served(tmp_path: Path, conform: Conform, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.py").write_text(
        "from concordant.checks import Adapter\n\n"
        "class Silent(Adapter):\n"
        "    def hello(self):\n"
        "        print('a word to the log')\n"
        "        supports = [{'stem': 'two_phase_commit', 'roles': ['participant']}]\n"
        "        return {'protocol': 1, 'impl': {'name': 'silent'}, 'supports': supports}\n\n"
        "    def start(self, at, config):\n"
        "        return {'effects': [], 'armed': [], 'view': None}\n\n"
        "    def receive(self, at, source, message):\n"
        "        raise OSError('the disk is full')\n"
    )
    monkeypatch.chdir(tmp_path)
    run = conform("two_phase_commit.participant", *FAULTS, "mine:Silent")

    assert run.returncode == 1
    assert "it raised 'OSError: the disk is full'" in run.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere:Adapter", "there is no module nowhere, neither in this folder nor installed"),
        ("json:Adapter", "the module json has no class Adapter"),
        ("json:JSONDecoder", "json:JSONDecoder makes a JSONDecoder; derive the class from concordant.checks.Adapter"),
    ],
)
def test_whoever_names_no_adapter_is_told_so_in_a_sentence(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    with pytest.raises(SystemExit, match=f"^{said}$"):
        adapter_of(name)


@pytest.mark.parametrize("format", ["badge", "github", "gitlab", "html", "json", "junit", "markdown", "sarif"])
def test_every_report_tells_of_conformance(format: str, tmp_path: Path) -> None:
    problem = noted(problem="differs in sends", case="0.1", adapter="node a.js")
    answer = Answer("conformance:paxos_synod/acceptor", "paxos_synod", "It does.", Conclusion.NOT_AS_CLAIMED, "differs", notes=problem)
    (reporter,) = reporters([f"{format}={tmp_path / 'report'}"])
    reporter.end(Run(("conform",), (answer,), False, 1, exit_code([answer]), False))

    assert (tmp_path / "report").read_text()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("two_phase_commit", "two_phase_commit has several roles: give one of two_phase_commit.coordinator, two_phase_commit.participant"),
        ("two_phase_commit.acceptor", "no role is named 'two_phase_commit.acceptor'"),
        ("vickrey_auction.bidder", "vickrey_auction is a rule and has no roles"),
    ],
)
def test_a_role_that_there_is_not_is_misuse(name: str, said: str, conform: Conform) -> None:
    run = conform(name, "--", "true")

    assert run.returncode == 2
    assert said in run.stderr
