"""What tells each mistake from the reference, at the first of its inputs; pinned beside this file, one line as `--pitfalls` prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.conform.pitfalls import tried
from concordant.checks.registry import protocol

ROWS = Path(__file__).parent / "rows"
COSTLY = ("barrier", "resource_pool", "unanimous_consent")
COSTLY_TO_NAME = ("supervisor",)


@pytest.mark.parametrize("stem", ["time_sharing", *(pytest.param(stem, marks=pytest.mark.thorough) for stem in COSTLY)])
def test_each_mistake_differs_from_the_reference_as_pinned(stem: str) -> None:
    pinned = (ROWS / f"{stem}.txt").read_text(encoding="utf-8").splitlines()

    assert [each.line for each in tried(protocol(stem), naming=False)] == pinned


@pytest.mark.parametrize("stem", ["sequential_execution", *(pytest.param(stem, marks=pytest.mark.thorough) for stem in COSTLY_TO_NAME)])
def test_each_mistake_violates_the_clause_that_is_pinned_or_differs_as_pinned(stem: str) -> None:
    pinned = (ROWS / f"{stem}.txt").read_text(encoding="utf-8").splitlines()

    assert [each.line for each in tried(protocol(stem))] == pinned
