"""The wheel works by itself, outside the checkout: what a reader of the README and of the tutorials does first."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.test_tutorial import PAGES, ROOT, WIDTH, follow

pytestmark = pytest.mark.thorough


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without anything of the checkout."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "COVERAGE_PROCESS_START"}}
    return subprocess.run([str(part) for part in command], cwd=cwd, env={**clean, **WIDTH}, capture_output=True, text=True, check=False)  # noqa: S603  # our own commands


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the commands of an environment that has the wheel, and pytest, alone."""
    where = tmp_path_factory.mktemp("installed")
    built = run(sys.executable, "-m", "build", "--wheel", "--outdir", where / "dist", ROOT, cwd=where)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (where / "dist").glob("*.whl")
    venv.create(where / "fresh", with_pip=True)
    fresh = where / "fresh" / "bin"
    installed = run(fresh / "pip", "install", "--quiet", wheel, "pytest", cwd=where)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return fresh


def printed_by(commands: Path, line: str, where: Path) -> str:
    """Return what a command of the environment prints; a word on the standard error is a failure."""
    name, *arguments = line.split()
    done = run(commands / name, *arguments, cwd=where)
    assert done.stderr == "", done.stderr
    return done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_a_tutorial_is_true_in_an_empty_directory_with_only_the_wheel(commands: Path, tmp_path: Path, page: str) -> None:
    follow(page, tmp_path, lambda line, where: printed_by(commands, line, where))


def test_the_first_screen_of_the_readme_is_true_with_only_the_wheel(commands: Path, tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```console\n\$ (concordant explain UNA-2)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert printed_by(commands, shown[1], tmp_path) == shown[2]

    for line, code in (
        ("concordant list", 0),
        ("concordant new my_lock", 0),
        ("concordant check my_lock.py", 0),
        ("pytest my_lock.py test_my_lock.py", 0),
        ("concordant check paxos_synod --scope learning --verbose", 0),
    ):
        name, *arguments = line.split()
        done = run(commands / name, *arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (code, ""), line

    where = run(commands / "python", "-c", "import concordant.spec.consensus.paxos_synod as module; print(module.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(commands.parent)
    assert "site-packages" in where.stdout
