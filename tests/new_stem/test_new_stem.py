"""Adding a stem adds files and edits none: a machine and a rule are put into a copy of the tree, and everything is run on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SLICES = ("spec", "refimpl", "pitfalls", "proofs", "checks")
FOLDERS = {"spec": "spec/concordant/spec", "refimpl": "refimpl/concordant/refimpl", "pitfalls": "pitfalls/concordant/pitfalls"}
FOLDERS |= {"scopes": "checks/concordant/checks/scopes"}


class New(NamedTuple):
    """A stem that no document describes, and its group."""

    system: str
    group: str


MACHINE, RULE = New("try_lock", "synchronization"), New("first_of_all", "novelties")
"""The group of the rule is new, too."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the tree with two stems more, all of it in new files."""
    copy = tmp_path_factory.mktemp("tree")
    for name in (*SLICES, "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for kind, system in (("machine", MACHINE), ("rule", RULE)):
        for part, folder in FOLDERS.items():
            text = (HERE / kind / f"{part}.txt").read_text(encoding="utf-8")
            file = copy / folder / system.group / f"{system.system}.py"
            file.parent.mkdir(exist_ok=True)
            _write_new(file.parent / "__init__.py", f'"""{system.group.capitalize()}."""\n', may_exist=True)
            _write_new(file, text.replace("GROUP", system.group).replace("STEM", system.system))
    return copy


def _write_new(file: Path, text: str, *, may_exist: bool = False) -> None:
    assert may_exist or not file.exists()
    if not file.exists():
        file.write_text(text, encoding="utf-8")


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(tree / each) for each in SLICES)}
    return subprocess.run([sys.executable, "-m", *command], cwd=tree, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own command


def test_new_stems_are_listed_checked_refuted_and_explained(tree: Path) -> None:
    listed = run(tree, "concordant", "list").stdout
    assert f"{MACHINE.system}  " in listed
    assert "A lock: at most one client holds it at a time." in listed
    checked = run(tree, "concordant", "check", MACHINE.system, RULE.system)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "4 clauses; 1 scope, 8 states; 3 of 3 pitfalls refuted" in checked.stdout
    assert "3 clauses; 1 scope, 4 profiles; 2 of 2 pitfalls refuted" in checked.stdout
    assert run(tree, "concordant", "refute", f"{MACHINE.system}.Silent").returncode == 0
    assert "is reached" in run(tree, "concordant", "explain", f"{MACHINE.system}.is_held").stdout
    report = tree / "report.json"
    run(tree, "concordant", "check", MACHINE.system, "--report", f"json={report}")
    assert run(tree, "concordant", "replay", str(report)).returncode == 0


def test_what_holds_of_every_protocol_is_tested_of_the_new_ones_too(tree: Path) -> None:
    tests = (
        "tests/protocols/test_every_protocol.py",
        "tests/protocols/test_catalogue.py",
        "tests/checks/test_codec.py",
        "tests/test_house.py",
    )
    wanted = f"{MACHINE.system} or {RULE.system} or parts_of_a_slice or imports_go_one_way or documents"
    done = run(tree, "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", wanted)

    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
