"""What tells each wrong rule from the reference; pinned beside its pitfalls, a line each, as `conform STEM --pitfalls` prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.registry import protocol
from concordant.checks.vectors.pitfalls import tried_rules

PINNED = {
    file.name.partition(".")[0]: file.read_text(encoding="utf-8")
    for file in sorted((Path(__file__).parents[2] / "pitfalls").rglob("*.profiles.txt"))
}
CHEAP = ("vickrey_auction", "capacity_planning")
"""Those that are always asked about."""
STEMS = [pytest.param(stem, marks=() if stem in CHEAP else pytest.mark.thorough, id=stem) for stem in PINNED]


@pytest.mark.parametrize("stem", STEMS)
def test_each_wrong_rule_violates_the_clause_that_is_pinned_on_the_profile_that_is_pinned(stem: str) -> None:
    pinned = PINNED[stem].splitlines()

    assert [each.line for each in tried_rules(protocol(stem))] == pinned


def test_every_wrong_rule_that_is_pinned_is_told_from_the_reference_or_said_not_to_be() -> None:
    rows = [line for pinned in PINNED.values() for line in pinned.splitlines()]
    untold = [line for line in rows if "  is told apart on no profile that was looked at; " in line]

    assert [line for line in rows if "  violates " not in line and "  differs on " not in line and line not in untold] == []
    assert len(untold) * 20 < len(rows)
