"""Attacks by an end that somebody asks for: what was judged in a hurry must not be taken for what was found."""

from __future__ import annotations

import pytest

from concordant.checks.exploration import interruption
from concordant.checks.mutation import running
from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.records import By, Record
from tests.mutation.test_running import MUTANTS


def noticed(mutant: Mutant) -> Record:
    """Say of any mutant that a clause notices it."""
    return Record(mutant.stem, mutant.name, By.CLAUSE, "a clause (no longer exercised)")


def test_no_mutant_is_judged_once_somebody_has_asked_to_end_since_every_search_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_WISH", interruption._Wish(noted=True))  # as a signal sets it

    assert list(running.side_by_side(MUTANTS[:2], noticed, 1)) == []


def test_a_judgement_during_which_somebody_asks_to_end_is_not_believed() -> None:
    def hurried(mutant: Mutant) -> Record:
        interruption._WISH.noted = True  # as a signal sets it, in the process of the judgement
        return noticed(mutant)

    ((mutant, record),) = running.side_by_side(MUTANTS[:1], hurried, 1)

    assert record == Record(mutant.stem, mutant.name, By.UNFINISHED, "not decided within 300 s")
