"""What tells each wrong rule from the reference; pinned beside its pitfalls, a line each, as `conform STEM --pitfalls` prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import protocol
from concordant.checks.vectors.pitfalls import tried_rules
from concordant.refimpl.machine import Mechanism

PINNED = {
    file.name.partition(".")[0]: file.read_text(encoding="utf-8")
    for file in sorted((Path(__file__).parents[2] / "pitfalls").rglob("*.profiles.txt"))
}
CHEAP = ("vickrey_auction", "compromise_value")
"""Those that are always asked about."""
STEMS = [pytest.param(stem, marks=() if stem in CHEAP else pytest.mark.thorough, id=stem) for stem in PINNED]


@pytest.mark.parametrize("stem", STEMS)
def test_each_wrong_rule_violates_the_clause_that_is_pinned_on_the_profile_that_is_pinned(stem: str) -> None:
    pinned = PINNED[stem].splitlines()

    assert [each.line for each in tried_rules(protocol(stem))] == pinned


@pytest.mark.thorough
def test_every_wrong_rule_has_a_row_that_names_the_clause_which_it_is_about() -> None:
    known = {stem: [each for each in protocol(stem).pitfalls if isinstance(each.subject, Mechanism)] for stem in protocols_by_stem()}

    assert {
        stem: [(row.split("  ")[0], row.split("  ")[2].split(" on ")[0]) for row in PINNED.get(stem, "").splitlines()]
        for stem, wrong in known.items()
        if wrong
    } == {stem: [(each.id, f"violates {each.breaks.id}") for each in wrong] for stem, wrong in known.items() if wrong}
