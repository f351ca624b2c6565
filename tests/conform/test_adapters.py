"""The same acceptor in three more languages: each conforms, and with one comparison wrong fails with the clause that it violates."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conform.conftest import Conform

EXAMPLES = Path(__file__).parents[2] / "examples/adapters"
ACCEPTOR = ("paxos_synod.acceptor", "--scope", "one_acceptor_and_recovery", "--")


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed: the acceptor that needs it is not tried")


def command_of(file: Path, built: Path) -> tuple[str, ...]:
    match file.suffix:
        case ".c":
            subprocess.run(["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", built, file], check=True)  # noqa: S603, S607
            return (str(built),)
        case ".java":
            return ("java", str(file))
        case _:
            return ("node", str(file))


ADAPTERS = [
    pytest.param("acceptor.js", "ballot.round < other.round :", "ballot.round > other.round :", marks=needs("node")),
    pytest.param("acceptor.c", "one.round < other.round :", "one.round > other.round :", marks=needs("cc")),
    pytest.param(
        "Acceptor.java",
        "Long.compare(round, other.round)",
        "Long.compare(other.round, round)",
        marks=[needs("javac"), pytest.mark.thorough],
    ),
]


@pytest.mark.parametrize(("name", "right", "wrong"), ADAPTERS)
def test_an_acceptor_conforms_in_every_language_and_fails_with_one_comparison_wrong(
    name: str, right: str, wrong: str, tmp_path: Path, conform: Conform
) -> None:
    run = conform(*ACCEPTOR, *command_of(EXAMPLES / name, tmp_path / "right"))
    assert (run.returncode, run.stderr) == (0, "")
    assert "1 of 1 role conforming" in run.stdout

    text = (EXAMPLES / name).read_text()
    assert text.count(right) == 1
    (tmp_path / name).write_text(text.replace(right, wrong))
    run = conform(*ACCEPTOR, *command_of(tmp_path / name, tmp_path / "wrong"))
    assert run.returncode == 1
    assert "violates paxos_synod.a_message_is_true" in run.stdout
