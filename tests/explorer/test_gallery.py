"""The gallery of defects: every mistake has its story and its picture, and each link to one leads there."""

from __future__ import annotations

import importlib
import re
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest

from concordant.checks.catalogue import told_by_id
from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import protocol
from concordant.refimpl.machine import KnownViolation, Pitfall

DOCS = Path(__file__).resolve().parents[2] / "docs"
SOME = ("two_phase_commit", "vickrey_auction")


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        return importlib.import_module("gallery")


@pytest.fixture(scope="module")
def folder(gallery: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gallery")
    for stem in SOME:
        gallery.write(made, made, stem)
    return made


@pytest.mark.parametrize("stem", SOME)
def test_every_mistake_has_its_sentence_the_clause_that_it_breaks_a_picture_and_a_command(folder: Path, stem: str) -> None:
    about = protocol(stem)
    stories = dict(re.findall(r"^## `(.*?)`\n(.*?)(?=^## |\Z)", (folder / f"{stem}.md").read_text(), re.MULTILINE | re.DOTALL))
    mistakes: tuple[Pitfall | KnownViolation, ...] = (*about.pitfalls, *about.known_violations)
    for each in mistakes:
        told, clause = stories[each.id], each.breaks if isinstance(each, Pitfall) else each.clause
        assert f"`{clause.id}`: " in told
        assert told.startswith("\n**")
        assert f"\n$ concordant explore {each.id}\n" in told
        assert ("<img " in told) is (stem == "two_phase_commit")
        assert "<table" in told or "<img " in told, told
    assert len(stories) == len(mistakes)


def test_a_picture_of_a_run_is_there_follows_the_colours_and_is_told_in_words(folder: Path) -> None:
    page = (folder / "two_phase_commit.md").read_text()
    named = re.findall(r'<img src="(.*?)"', page)
    assert len(set(named)) == len(named) == page.count("<summary>its moves in words</summary>") > 10
    for name in named:
        drawn = (folder / name).read_text()
        assert (drawn.startswith("<svg "), drawn.endswith("</svg>\n")) == (True, True)
        assert "prefers-color-scheme:dark" in drawn
    told = unescape(page.partition("two_phase_commit.CountsAMajority`")[2].partition("<pre>")[2].partition("</pre>")[0])
    assert told.lstrip().startswith("1  user0 asks coordinator0: Commit()")


def test_the_table_of_a_lie_has_honesty_beside_it(folder: Path) -> None:
    told = (folder / "vickrey_auction.md").read_text().partition("## `SPA-2`")[2].partition("## `")[0]
    cells = [
        re.sub(r"<[^>]*>", "", unescape(each))
        for each in re.findall(r"<tr><th>(?:honest|lying)</th>.*?</table></td><td>(\d+)</td></tr>", told)
    ]
    assert "<th>utility of bidder0</th>" in told
    assert cells == ["0", "1"]


def test_every_defect_that_is_refuted_or_shown_has_a_link_to_its_story(gallery: ModuleType) -> None:
    linked = gallery.linked((DOCS / "defects.md").read_text())
    rows = dict(re.findall(r"^\| \[([\w-]+)\]\(gallery/(.*?)\) \|", linked, re.MULTILINE))
    shown = {id for id, told in told_by_id().items() if any(isinstance(each, Pitfall | KnownViolation) for each in told)}
    told = {f"{stem}.md#{gallery.anchor(each.id)}" for stem in protocols_by_stem() for each in gallery.mistakes(protocol(stem))}
    assert rows.keys() == shown & set(re.findall(r"^\| ([\w-]+) \|", (DOCS / "defects.md").read_text(), re.MULTILINE))
    assert (len(rows) > 400, gallery.anchor("WrongRule/first_places/winner")) == (True, "wrongrulefirst_placeswinner")
    assert set(rows.values()) <= told


def test_the_list_of_all_names_each_protocol_that_has_a_mistake(gallery: ModuleType) -> None:
    page = "\n".join(gallery.index(SOME))
    assert page.startswith("# The gallery of defects\n\n")
    assert all(f"- [`{stem}`]({stem}.md), " in page for stem in SOME)
