"""What tells each mistake from the reference; pinned beside its pitfalls, a line each, as `--pitfalls` prints it where it names no clause."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from concordant.checks.conform.elsewhere import tried_elsewhere
from concordant.checks.conform.pitfalls import tried
from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import protocol
from concordant.refimpl.machine import System
from tests.conform.conftest import named

PINNED = {
    file.name.partition(".")[0]: file.read_text(encoding="utf-8")
    for file in sorted((Path(__file__).parents[2] / "pitfalls").rglob("*.rows.txt"))
}
CHEAP = ("sequential_execution", "time_sharing")
"""Those that are always asked about."""
TOLD = ("  conforms", "  violates ", "  differs in ", "  no run of its tables tells it apart", "  is not driven: it ")
STEMS = [pytest.param(stem, marks=() if stem in CHEAP else pytest.mark.thorough, id=stem) for stem in PINNED]


@pytest.mark.parametrize("stem", STEMS)
def test_each_mistake_violates_the_clause_that_is_pinned_or_differs_as_pinned(stem: str) -> None:
    pinned = PINNED[stem].splitlines()

    clauses = any("  violates " in line for line in pinned)  # of the others how they differ is pinned, which costs less
    found = named(stem) if clauses else tried(protocol(stem), naming=False)
    assert [each.line for each in (*found, *tried_elsewhere(protocol(stem)))] == pinned


@pytest.mark.thorough
def test_every_mistake_of_a_system_has_a_row_and_no_other() -> None:
    known = {stem: {each.id for each in protocol(stem).pitfalls if isinstance(each.subject, System)} for stem in protocols_by_stem()}
    rows = {stem: {line.partition("  ")[0] for line in pinned.splitlines()} - {"the reference"} for stem, pinned in PINNED.items()}

    wanted = {stem: ids for stem, ids in known.items() if ids}
    assert {stem: rows.get(stem) for stem in wanted} == wanted


def test_a_mistake_in_a_rule_that_a_process_holds_is_told_apart_and_of_the_others_it_is_said_why_they_are_not_driven() -> None:
    assert [each.line for each in tried_elsewhere(protocol("priority_lending"))] == PINNED["priority_lending"].splitlines()[-3:]
    assert [each.line for each in tried_elsewhere(protocol("resource_pool"))] == PINNED["resource_pool"].splitlines()[-2:]


def test_every_mistake_that_is_pinned_is_told_from_the_reference_or_shown_to_be_beyond_any_test() -> None:
    rows = [line for pinned in PINNED.values() for line in pinned.splitlines()]

    assert [line for line in rows if not any(word in line for word in TOLD)] == []


def test_no_reference_is_pinned_as_one_that_differs() -> None:
    rows = [line for pinned in PINNED.values() for line in pinned.splitlines()]

    assert [line for line in rows if line.startswith("the reference  ") and not line.endswith("  conforms")] == []


HURRIED = """
import itertools, time
clock = itertools.count(0, 1_000)
time.monotonic = time.monotonic_ns = lambda: next(clock)
from concordant.checks.conform.pitfalls import tried
from concordant.checks.registry import protocol
others = protocol("gossip").clauses
next(iter(tried(protocol("time_sharing"))))
for stem in ("sequential_execution", "state_checkpoint"):
    print(*(each.line for each in tried(protocol(stem))), sep="\\n")
"""


def test_rows_depend_on_no_clock_no_hash_and_no_other_protocol() -> None:
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", HURRIED], capture_output=True, text=True, check=False, env=os.environ | {"PYTHONHASHSEED": "7"}
    )

    assert (run.stderr, run.returncode) == ("", 0)
    assert run.stdout == PINNED["sequential_execution"] + PINNED["state_checkpoint"]
