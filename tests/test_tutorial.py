"""The tutorials are true: their files are written block by block, and each command prints what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SLICES = ("spec", "refimpl", "pitfalls", "proofs", "checks")


def blocks(page: str) -> list[tuple[str, str]]:
    """Return the blocks of a page: of Python, or what a console shows."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"^```(python|console)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


WIDTH = {"COLUMNS": "110"}


def printed(command: str, where: Path) -> str:
    """Run `concordant …` or `pytest …` as a reader does, with this checkout instead of an installed package."""
    paths = {"PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in SLICES)}
    line = [sys.executable, "-m", *command.split()]
    done = subprocess.run(line, cwd=where, env={**os.environ, **paths, **WIDTH}, capture_output=True, text=True, check=False)  # noqa: S603  # the page's own
    assert done.stderr == ""
    return done.stdout


def pattern(shown: str) -> str:
    """Return what a transcript means: a line of `...` is any lines, `...` in a line the rest of it."""
    lines = [r"(?:.*\n)*?" if line == "..." else f"{re.escape(line).replace(re.escape('...'), '.*')}\n" for line in shown.splitlines()]
    return "".join(lines)


def transcripts(text: str) -> list[tuple[str, str]]:
    """Return the commands of a console, each with what it shows."""
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in text.split("$ ")[1:])]


PAGES = {"tutorial.md": "lock.py", "lending.md": "lending.py", "truthful.md": "auction.py"}


def follow(page: str, where: Path, printed: Callable[[str, Path], str]) -> int:
    """Do in a folder what a page says, and compare what its commands print; return how many commands there were."""
    file, commands = where / PAGES[page], 0
    for kind, text in blocks(page):
        if kind == "python":
            before = file.read_text(encoding="utf-8") + "\n\n" if file.exists() else ""
            file.write_text(before + text, encoding="utf-8")
            continue
        for command, shown in transcripts(text):
            output = printed(command, where)
            assert re.fullmatch(pattern(shown), output), f"{command} prints\n{output}"
            commands += 1
    assert (where / "concordant.lock.json").exists() == any("--update-counts" in text for kind, text in blocks(page) if kind == "console")
    return commands


@pytest.mark.parametrize(("page", "commands"), [("tutorial.md", 8), pytest.param("lending.md", 11, marks=pytest.mark.thorough)])
def test_each_block_is_added_and_each_command_prints_what_the_page_shows(tmp_path: Path, page: str, commands: int) -> None:
    assert follow(page, tmp_path, printed) == commands


def test_a_rule_of_ones_own_is_refuted_by_a_lie_repaired_and_proved_as_the_page_on_truthfulness_shows(tmp_path: Path) -> None:
    assert follow("truthful.md", tmp_path, printed) == 3
