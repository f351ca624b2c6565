"""The README is true: its table is current, its transcript is what the command prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from concordant.checks.mutation import page as mutants
from concordant.checks.reports import audited, defects, larger
from concordant.checks.reports.table import catalogue, with_table

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_pages_that_are_generated_are_current() -> None:
    assert with_table(README) == README, "run `make pages`"
    assert catalogue() == (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8"), "run `make pages`"
    assert defects.page() == (ROOT / "docs" / "defects.md").read_text(encoding="utf-8"), "run `make pages`"
    assert audited.page() == (ROOT / "docs" / "audit.md").read_text(encoding="utf-8"), "run `make pages`"
    assert larger.page() == (ROOT / "docs" / "larger.md").read_text(encoding="utf-8"), "run `make pages`"
    assert mutants.page() == (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8"), "run `make pages`"


TRANSCRIPTS = re.findall(r"^```console\n\$ concordant (.+)\n([^`]*)```", README, re.MULTILINE)
"""Whole ones; what is marked as text is an extract, and its figures vary."""


@pytest.mark.parametrize(("arguments", "transcript"), TRANSCRIPTS, ids=[arguments for arguments, _ in TRANSCRIPTS])
def test_a_transcript_is_what_the_command_prints(arguments: str, transcript: str) -> None:
    command = [sys.executable, "-m", "concordant.checks", *arguments.split()]

    wide = {**os.environ, "COLUMNS": "104"}
    printed = subprocess.run(command, env=wide, capture_output=True, text=True, check=True).stdout  # noqa: S603  # our own command

    assert printed.rstrip() == transcript.rstrip()


def test_a_document_without_marks_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="has no marks <!-- systems: begin --> and <!-- systems: end -->"):
        with_table("# Something else")


def test_every_page_is_in_the_index_of_the_site() -> None:
    listed = {line for line in (ROOT / "docs" / "index.md").read_text(encoding="utf-8").splitlines() if line.isidentifier()}

    assert listed == {file.stem for file in (ROOT / "docs").glob("*.md")} - {"index"}
