"""The tutorial is true: its file is written block by block, and each command prints what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
SLICES = ("spec", "refimpl", "pitfalls", "proofs", "checks")
BLOCKS = re.findall(r"^```(python|console)\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def printed(command: str, where: Path) -> str:
    """Run `concordant …` or `pytest …` as a reader does, with this checkout instead of an installed package."""
    paths = {"PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in SLICES), "COLUMNS": "110"}
    line = [sys.executable, "-m", *command.split()]
    done = subprocess.run(line, cwd=where, env={**os.environ, **paths}, capture_output=True, text=True, check=False)  # noqa: S603  # the page's own
    assert done.stderr == ""
    return done.stdout


def pattern(shown: str) -> str:
    """Return what a transcript means: a line of `...` is any lines, `...` in a line the rest of it."""
    lines = [r"(?:.*\n)*?" if line == "..." else f"{re.escape(line).replace(re.escape('...'), '.*')}\n" for line in shown.splitlines()]
    return "".join(lines)


def test_each_block_is_added_and_each_command_prints_what_the_page_shows(tmp_path: Path) -> None:
    file = tmp_path / "lock.py"
    for kind, text in BLOCKS:
        if kind == "python":
            before = file.read_text(encoding="utf-8") + "\n\n" if file.exists() else ""
            file.write_text(before + text, encoding="utf-8")
            continue
        first, _, shown = text.partition("\n")
        output = printed(first.removeprefix("$ "), tmp_path)
        assert re.fullmatch(pattern(shown), output), f"{first} prints\n{output}"

    assert (tmp_path / "concordant.lock.json").exists()
