"""What tells each wrong rule from the reference; pinned beside this file, a line each, as `conform STEM --pitfalls` prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.registry import protocol
from concordant.checks.vectors.pitfalls import tried_rules

ROWS = Path(__file__).parent / "rows"
CHEAP = ("vickrey_auction", "capacity_planning")
"""Those that are always asked about."""
STEMS = [
    pytest.param(file.stem, marks=() if file.stem in CHEAP else pytest.mark.thorough, id=file.stem) for file in sorted(ROWS.glob("*.txt"))
]


@pytest.mark.parametrize("stem", STEMS)
def test_each_wrong_rule_violates_the_clause_that_is_pinned_on_the_profile_that_is_pinned(stem: str) -> None:
    pinned = (ROWS / f"{stem}.txt").read_text(encoding="utf-8").splitlines()

    assert [each.line for each in tried_rules(protocol(stem))] == pinned


def test_every_wrong_rule_that_is_pinned_is_told_from_the_reference_or_said_not_to_be() -> None:
    rows = [line for file in ROWS.glob("*.txt") for line in file.read_text(encoding="utf-8").splitlines()]
    untold = [line for line in rows if "  is told apart on no profile that was looked at; " in line]

    assert [line for line in rows if "  violates " not in line and "  differs on " not in line and line not in untold] == []
    assert len(untold) * 20 < len(rows)
