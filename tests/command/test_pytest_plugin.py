"""Protocols under pytest: each clause, scope and pitfall is a test, named as everywhere else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from concordant.checks import pytest_plugin

LOCK = Path(__file__).with_name("lock.py").read_text(encoding="utf-8")
SLICES = ("spec", "refimpl", "pitfalls", "proofs", "checks")
ROOT = Path(__file__).resolve().parents[2]
ALL = ["lock.mutual_exclusion", "lock.is_held", "scope two", "pitfall lock.Careless", "source lock", "what is claimed is judged"]


@pytest.fixture
def where(tmp_path: Path) -> Path:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    return tmp_path


def run(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Where CI or BUILD_NUMBER is set, pytest says each error twice, whole in its summary too.
    inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER")}
    environment = {**inherited, "PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in SLICES)}
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *arguments]
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own command


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return dict(re.findall(r"^(\S+::.+?) (PASSED|FAILED|SKIPPED|ERROR)", done.stdout, flags=re.MULTILINE))


def test_a_file_named_on_the_command_line_is_a_test_per_clause_and_question(where: Path) -> None:
    done = run(where, "lock.py")

    assert outcomes(done) == {f"lock.py::{name}": "PASSED" for name in ALL}
    assert done.returncode == 0


def test_a_violated_clause_fails_with_its_shortest_trace_and_no_line_of_ours(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("TWO = system()", "TWO = system(Careless())"), encoding="utf-8")

    done = run(where, "lock.py")

    assert (done.returncode, outcomes(done)["lock.py::lock.mutual_exclusion"]) == (1, "FAILED")
    assert "violated: At most one client holds the lock.\nin scope two; concordant check " in done.stdout
    assert "   2  client1 asks server0: Acquire()\n       answers client1: Granted()\n" in done.stdout
    assert "Traceback" not in done.stdout
    assert "pytest_plugin.py" not in done.stdout


def test_a_broken_handler_fails_every_test_that_needs_it_and_says_so(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("step((*state, client), ", "step([*state, client], "), encoding="utf-8")

    done = run(where, "lock.py")

    assert outcomes(done) == {f"lock.py::{name}": "PASSED" if name == "source lock" else "FAILED" for name in ALL}
    assert "breaks a rule\n" in done.stdout
    assert "of class list may not be in a state, message or event; use a tuple" in done.stdout


def test_files_that_match_the_configuration_are_collected_wherever_pytest_looks(where: Path) -> None:
    (where / "pytest.ini").write_text("[pytest]\nconcordant_files = lock.py\n", encoding="utf-8")

    assert outcomes(run(where)) == {f"lock.py::{name}": "PASSED" for name in ALL}
    (where / "lock.py").write_text("", encoding="utf-8")
    assert "has nothing to check; give a System" in run(where).stdout


def test_a_test_module_names_any_protocol_ours_too(where: Path) -> None:
    lines = ["from concordant.checks.pytest_plugin import protocol_tests", 'test_lock = protocol_tests("lock")']
    (where / "test_them.py").write_text("\n".join([*lines, 'test_unknown = protocol_tests("no_such")']), encoding="utf-8")

    done = run(where, "test_them.py", "--continue-on-collection-errors")

    assert outcomes(done) == {f"test_them.py::test_lock::{name}": "PASSED" for name in ALL}
    assert "no protocol, file or module is named 'no_such'" in done.stdout


def test_a_scope_and_a_budget_can_be_chosen(where: Path) -> None:
    assert "scope nowhere" not in run(where, "lock.py", "--concordant-scope", "two").stdout
    assert "no scope or size is named 'nowhere'" in run(where, "lock.py", "--concordant-scope", "nowhere").stdout
    stopped = run(where, "lock.py", "--concordant-budget", "1 states")
    assert outcomes(stopped)["lock.py::lock.mutual_exclusion"] == "FAILED"
    assert "inconclusive: At most one client holds the lock." in stopped.stdout


def test_a_clause_that_no_system_promises_is_skipped_by_name(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("(mutual_exclusion, is_held), users", "(mutual_exclusion,), users"), encoding="utf-8")

    assert outcomes(run(where, "lock.py"))["lock.py::lock.is_held"] == "SKIPPED"


def test_an_ordinary_module_named_on_the_command_line_is_left_alone(where: Path) -> None:
    (where / "plain.py").write_text('"""Mentions concordant, and holds no protocol."""\n', encoding="utf-8")

    assert outcomes(run(where, "plain.py")) == {}
    assert run(where, "plain.py").returncode == pytest.ExitCode.NO_TESTS_COLLECTED


IMPLEMENTATION = """
from concordant.checks import Adapter


class Plain(Adapter):
    def hello(self):
        return {"protocol": 1, "impl": {"name": "plain"}, "supports": [{"stem": "lock", "roles": ["server"], "control": [], "observe": {}}]}

    def start(self, at, config):
        return self.step()

    def request(self, at, user, request):
        return self.step({"reply": {"type": "Granted"}, "to": user})

    def step(self, *effects):
        return {"effects": list(effects), "armed": [], "view": None}


class Silent(Plain):
    def request(self, at, user, request):
        return self.step()


def test_a_class(conforms):
    conforms("lock.server", Plain)


def test_a_command(conforms):
    conforms("lock.server", "test_them:Plain", quick=True)


def test_a_wrong_one(conforms):
    conforms("lock.py.server", Silent, scope="two")
"""


def test_the_plugin_is_a_module_at_the_top_with_all_that_it_offers_so_that_pytest_takes_nothing_else_for_a_part_of_it() -> None:
    (found,) = entry_points(group="pytest11", name="concordant")
    offered = {name for name in vars(pytest_plugin) if name.startswith("pytest_")} | {"conforms"}

    assert found.value == "pytest_concordant"
    assert set(import_module("pytest_concordant").__all__) == offered


def test_nothing_warns_without_xdist(where: Path) -> None:
    done = run(where, "lock.py", "-p", "no:xdist", "-W", "error")

    assert (done.returncode, "warning" in done.stdout) == (0, False)


def test_an_implementation_is_driven_by_a_fixture_which_says_where_it_differs(where: Path) -> None:
    (where / "test_them.py").write_text(IMPLEMENTATION, encoding="utf-8")

    done = run(where, "test_them.py")

    assert outcomes(done) == {
        "test_them.py::test_a_class": "PASSED",
        "test_them.py::test_a_command": "PASSED",
        "test_them.py::test_a_wrong_one": "FAILED",
    }
    assert "      1  client0 asks server0: Acquire()\n    differs in replies\n" in done.stdout
    assert "--scope two --case 0.0 -- test_them:Silent" in done.stdout
    assert "pytest_plugin.py" not in done.stdout
