"""The page of a protocol on the site: all that its specification promises stands there, and nothing in it is taken for markup."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import ModuleType

import pytest

from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import Protocol, protocol

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def stem_pages() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        return importlib.import_module("stem_pages")


def has_all(stem_pages: ModuleType, about: Protocol) -> None:
    page = "\n".join(stem_pages.page(about))
    assert page.startswith(f"# {about.stem}\n")
    for clause in about.clauses:
        assert clause.stem != about.stem or f"**{clause.name.replace('_', ' ')}**: " in page, clause.id
    for id in (*(each.id for each in about.pitfalls), *(each.id for each in about.known_violations)):
        assert f"| [`{id}`](../gallery/" in page, id
    for scope in about.explored:
        assert f"| `{scope.name}` |" in page, scope.name
    assert f"spec/concordant/spec/{protocols_by_stem()[about.stem].group}/{about.stem}" in page
    hard = sum(inspect.getsource(module).count(stem_pages.HARD) for module in about.load("refimpl"))
    assert page.count("## The hard step\n") == page.count("# the hard step\n") == hard


@pytest.mark.parametrize("stem", ["vickrey_auction", "two_phase_commit"])
def test_a_page_has_all_that_is_promised_and_what_breaks_it(stem_pages: ModuleType, stem: str) -> None:
    has_all(stem_pages, protocol(stem))


def test_a_page_embeds_a_situation_or_a_table(stem_pages: ModuleType) -> None:
    assert "```{explorer} vickrey_auction" in list(stem_pages.page(protocol("vickrey_auction")))
    assert "```{explorer} two_phase_commit.one_vote_is_missing" in list(stem_pages.page(protocol("two_phase_commit")))


def test_what_is_assumed_and_what_is_not_promised_are_paragraphs(stem_pages: ModuleType) -> None:
    page = "\n".join(stem_pages.page(protocol("stage_executor")))
    assert "\n\nAssumes: the executor does not crash" in page
    assert "\n\nDoes not promise: that a stage ever ends" in page


def test_a_page_says_why_the_hard_step_holds_and_shows_it(stem_pages: ModuleType) -> None:
    page = "\n".join(stem_pages.page(protocol("raft")))
    argument = page.partition("## The hard step\n")[2]

    assert argument.startswith("\nA majority that stores an entry of this term votes for nobody whose log lacks it")
    assert "\ndef may_commit(self, state: State, role: Leader, index: int) -> bool:\n    # the hard step\n    own_term = " in argument


@pytest.mark.thorough
def test_every_page_has_all_that_is_promised(stem_pages: ModuleType) -> None:
    for stem in protocols_by_stem():
        has_all(stem_pages, protocol(stem))


def test_signs_of_markdown_are_escaped_but_in_code(stem_pages: ModuleType) -> None:
    assert stem_pages._plain("a * b of `x * y` in {z}") == r"a \* b of `x * y` in \{z\}"
    assert stem_pages._plain("one ` alone") == r"one \` alone"
