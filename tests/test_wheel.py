"""The wheel works by itself, outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "COVERAGE_PROCESS_START"}}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=clean, capture_output=True, text=True, check=False)  # noqa: S603  # our own commands
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.thorough
def test_the_wheel_installs_outside_the_tree_and_checks_paxos_there(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "fresh", with_pip=True)
    fresh = tmp_path / "fresh" / "bin"

    run(fresh / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    printed = run(fresh / "concordant", "check", "paxos_synod", "--scope", "learning", "--verbose", cwd=tmp_path)

    assert "paxos_synod" in printed
    assert "what_is_learned_is_chosen" in printed
    where = run(fresh / "python", "-c", "import concordant.spec.consensus.paxos_synod as module; print(module.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(tmp_path)
