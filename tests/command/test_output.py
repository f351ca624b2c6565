"""What becomes of output: a reader that stops reading, a terminal without Unicode, a shell that completes names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from concordant.checks.exit_codes import INTERRUPTED

COMMAND = [sys.executable, "-m", "concordant.checks"]


@pytest.mark.parametrize("arguments", [("list",), ("check", "unanimous_consent", "--scope", "in_time", "--jobs", "1")])
def test_a_reader_that_has_read_enough_ends_the_run_quietly_and_nothing_is_said_to_hold(arguments: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as unread:
        done = subprocess.run([*COMMAND, *arguments], stdout=unread, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603  # our own command

    assert (done.returncode, done.stderr) == (INTERRUPTED, "")


def test_signs_have_a_form_in_ascii() -> None:
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMAND, "explain", "UNA-2"], capture_output=True, text=True, env=plain, check=False)  # noqa: S603  # our own command

    assert "     1        +------------->         Put()\n  #  2        |             *         Close()\n" in done.stdout
    assert "?" not in done.stdout


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("concordant check paxos_", ["paxos_synod"]),
        ("concordant walk vick", ["vickrey_auction"]),
        ("concordant check unanimous_consent --scope dup", ["duplication"]),
        ("concordant check vickrey_auction --scope s", ["small"]),
        ("concordant check unanimous_consent --scope small,med", ["small,medium"]),
        ("concordant check --scope dup", ["duplication"]),
    ],
)
def test_a_shell_completes_protocols_and_the_scopes_of_those_named_before(typed: str, names: list[str]) -> None:
    words = typed.split()
    asking = {**os.environ, "_CONCORDANT_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run([Path(sys.executable).with_name("concordant")], capture_output=True, text=True, env=asking, check=False)  # noqa: S603  # our own command

    assert (done.returncode, done.stdout.split(), done.stderr) == (0, names, "")
