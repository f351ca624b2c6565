"""Attacks on a search that goes on from a file: what was left out under one environment is not missing under another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.tabulated.checkpoint import Checkpoint, StaleCheckpoint
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Move, Receive, System
from concordant.spec.vocabulary import Address, Always, Cases, Clause, Fault, Need, NoHistory, Seen, always, case
from tests.checks.toys import A, B, C, Kept, Listener, Note, Teller


@always()
def four_is_never_first(seen: Seen[NoHistory]) -> Cases:
    """The fourth note is never the first to be kept."""
    yield case(seen.views(Kept)[B].notes[:1] != (4,))


def all_but(number: int) -> Any:
    """Assume that one of the notes does not come."""
    return lambda move, seen: not (isinstance(move, Receive) and move.message == Note(number))  # noqa: ARG005


def fewer_than(most: int) -> Any:
    """Bound a scope by how many notes are kept."""
    return lambda seen: len(seen.views(Kept)[B].notes) < most


def anything(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
    return True


NOTES = System({A: Teller(B, (1, 2, 3, 4)), B: Listener()}, NoHistory(), (four_is_never_first,))


@pytest.mark.parametrize(
    ("saved", "resumed"),
    [
        (evolve(NOTES, assume=(all_but(4),)), evolve(NOTES, assume=(anything,))),
        (evolve(NOTES, assume=(all_but(4),)), evolve(NOTES, assume=(all_but(5),))),
        (evolve(NOTES, within=(fewer_than(2),)), evolve(NOTES, within=(fewer_than(3),))),
    ],
    ids=["another assumption", "an assumption of another note", "another bound"],
)
def test_a_search_does_not_go_on_where_the_environment_is_another(tmp_path: Path, saved: System[Any], resumed: System[Any]) -> None:
    tuning = Tuning(chunk=1)
    stopped = explore_tabulated(saved, budget=Budget(states=12), checkpoint=Checkpoint(tmp_path / "saved"), tuning=tuning)
    assert stopped.stopped == "budget of 12 states spent"

    with pytest.raises(StaleCheckpoint, match="was saved with another environment"):
        explore_tabulated(resumed, checkpoint=Checkpoint(tmp_path / "saved"), tuning=tuning)


D = Address("d")


@frozen
class Heard:
    notes: tuple[int, ...]


class Hearer(Listener):
    def view(self, state: Kept) -> Heard:  # type: ignore[override]  # a view of its own, so that one can be read without the other
        return Heard(state.notes)


def of_one(seen: Seen[NoHistory]) -> Cases:
    yield case(len(seen.views(Heard)[D].notes) < 9)


def of_both(seen: Seen[NoHistory]) -> Cases:
    kept, heard = seen.views(Kept)[B].notes, seen.views(Heard)[D].notes
    yield case((kept, heard) != ((1,), (1,)))


def two_lines(says: Callable[[Seen[NoHistory]], Cases]) -> System[Any]:
    """Let two hear three notes each; a clause of one name says something of them."""
    other: Clause = Always("mine.other", "Mine.", "", Fault.NONE, Need.NONE, of_the_other)
    this: Clause = Always("mine.this", "Mine.", "", Fault.NONE, Need.NONE, says)
    return System({A: Teller(B, (1, 2, 3)), B: Listener(), C: Teller(D, (1, 2, 3)), D: Hearer()}, NoHistory(), (other, this))


def of_the_other(seen: Seen[NoHistory]) -> Cases:
    yield case(len(seen.views(Kept)[B].notes) < 9)


def test_a_search_does_not_go_on_with_another_clause_of_the_same_name(tmp_path: Path) -> None:
    tuning = Tuning(chunk=5)
    explore_tabulated(two_lines(of_one), budget=Budget(states=120), checkpoint=Checkpoint(tmp_path / "saved"), tuning=tuning)

    with pytest.raises(StaleCheckpoint, match="was saved with another content of clauses"):
        explore_tabulated(two_lines(of_both), checkpoint=Checkpoint(tmp_path / "saved"), tuning=tuning)
