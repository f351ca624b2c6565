"""Attacks by recorded runs of pitfalls, and by witnesses: what a search would not say, a run that is made again does not say either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.exploration.directed import direct
from concordant.checks.exploration.report import Status
from concordant.checks.misuse import Misuse
from concordant.checks.refuting import recorded
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.refuting.recorded import Numbered, recorded_of, refuted_again
from concordant.refimpl.machine import KnownViolation, Pitfall, Receive, Step, System, Tick
from concordant.spec.vocabulary import (
    Cases,
    Clause,
    Clocks,
    Fair,
    NoHistory,
    Seen,
    always,
    always_possible,
    at_rest,
    case,
    eventually,
    every_step,
    sometimes,
)
from tests.checks.toys import A, B, Kept, Listener, Note, Teller, Toy


@always()
def two_is_never_last(seen: Seen[NoHistory]) -> Cases:
    """The second note is never the last of two."""
    yield case(seen.views(Kept)[B].notes != (1, 2))


@always_possible()
def two_may_come(seen: Seen[NoHistory]) -> Cases:
    """It is always possible that two notes come."""
    yield case(len(seen.views(Kept)[B].notes) == 2)


@at_rest()
def both_have_come(seen: Seen[NoHistory]) -> Cases:
    """At rest the second note was the first to come."""
    yield case(seen.views(Kept)[B].notes == (2, 1))


@every_step(Kept)
def none_changes_its_mind(before: Kept, after: Kept) -> Cases:
    """Nobody takes in a second note."""
    yield case(len(before.notes) != 1 or before == after)


@sometimes
def two_come(seen: Seen[NoHistory]) -> Cases:
    """Two notes come."""
    yield case(len(seen.views(Kept)[B].notes) == 2)


@eventually(given=Fair.NONE)
def none_comes(seen: Seen[NoHistory]) -> Cases:
    """In the end fewer than two have come."""
    yield case(len(seen.views(Kept)[B].notes) < 2)


@always_possible()
def time_may_pass(seen: Seen[NoHistory]) -> Cases:
    """It is always possible that more time passes."""
    yield case(max(view.notes for view in seen.views(Kept).values()) >= (5,))


@eventually(given=Fair.TIME)
def much_time_passes(seen: Seen[NoHistory]) -> Cases:
    """In the end much time has passed."""
    yield case(max(view.notes for view in seen.views(Kept).values()) >= (5,))


class Reader(Toy):
    """Keeps what its clock shows."""

    def tick(self, state: Kept, now: int) -> Step[Kept]:  # noqa: ARG002  # the time alone counts
        return Step(Kept((now,)))


def fewer_than(most: int) -> Any:
    return lambda seen: len(seen.views(Kept)[B].notes) < most


def notes(clause: Clause, most: int) -> System[NoHistory]:
    return System({A: Teller(B, (1, 2)), B: Listener()}, NoHistory(), (clause,), within=(fewer_than(most),))


def clocked(clause: Clause) -> System[NoHistory]:
    return System({A: Reader()}, NoHistory(), (clause,), clocks=Clocks(2))


FIRST, SECOND = Receive(B, A, Note(1)), Receive(B, A, Note(2))


def pitfall(system: System[NoHistory], length: int) -> Pitfall:
    (clause,) = system.promises
    return Pitfall("mine.None", "None.", clause, system, length)


@pytest.mark.parametrize(
    ("wrong", "run"),
    [
        pytest.param(pitfall(notes(two_is_never_last, 1), 2), "0 0", id="through a state beyond the bound"),
        pytest.param(pitfall(notes(two_may_come, 1), 1), "0", id="what would be possible beyond the bound"),
        pytest.param(pitfall(notes(both_have_come, 2), 2), "0 0", id="at rest beyond the bound"),
        pytest.param(pitfall(notes(none_comes, 2), 2), "0 0 |", id="staying for ever beyond the bound"),
        pytest.param(pitfall(clocked(time_may_pass), 2), "0 0", id="what would be possible after the end of time"),
        pytest.param(pitfall(clocked(much_time_passes), 2), "0 0 |", id="staying for ever where time ends"),
    ],
)
def test_a_recorded_run_refutes_nothing_that_a_search_does_not(wrong: Pitfall, run: str) -> None:
    assert refuted_again(wrong, Numbered.read(run)) is None
    assert not refute(wrong).refuted


def test_a_run_within_the_bound_refutes() -> None:
    assert refuted_again(pitfall(notes(two_is_never_last, 2), 2), Numbered.read("0 0")) is not None


@pytest.mark.parametrize(
    ("clause", "most", "witness"),
    [(two_is_never_last, 1, (FIRST, SECOND)), (both_have_come, 2, (FIRST, SECOND)), (none_changes_its_mind, 1, (FIRST,))],
    ids=["through it", "at rest there", "by a step out of it"],
)
def test_a_witness_shows_nothing_beyond_the_bound_of_its_scope(clause: Clause, most: int, witness: tuple[Receive, ...]) -> None:
    assert replay_known_violation(KnownViolation(clause, "It is bound.", notes(clause, most), witness)).status is not Status.VIOLATED
    assert replay_known_violation(KnownViolation(clause, "It is not.", notes(clause, 3), witness)).status is Status.VIOLATED


@pytest.mark.parametrize(("clause", "most"), [(two_is_never_last, 1), (both_have_come, 2)], ids=["through it", "at rest there"])
def test_a_schedule_shows_nothing_beyond_the_bound_of_its_scope(clause: Clause, most: int) -> None:
    assert direct(notes(clause, most), (FIRST, SECOND), clause).verdict.status is not Status.VIOLATED
    assert direct(notes(clause, 3), (FIRST, SECOND), clause).verdict.status is Status.VIOLATED


def test_what_was_recorded_before_a_pitfall_had_a_schedule_does_not_stand_for_the_system_without_the_mistake() -> None:
    both = notes(two_is_never_last, 3)
    wrong = Pitfall("mine.None", "None.", two_is_never_last, both, 2, schedule=(FIRST, SECOND), correct=both)

    assert refute(wrong).problem == "the correct system breaks the clause on the same schedule"
    assert refuted_again(wrong, Numbered.read("0 0")) is None


def test_no_run_shows_that_something_is_never_reached() -> None:
    with pytest.raises(ValueError, match="no run shows that something is never reached"):
        pitfall(notes(two_come, 3), 1)


def test_no_schedule_shows_what_a_clause_says_of_all_that_follows() -> None:
    both = notes(none_comes, 3)
    with pytest.raises(ValueError, match=r"does not show what .*none_comes says of all that follows"):
        Pitfall("mine.None", "None.", none_comes, both, 1, schedule=(FIRST,), correct=both)


@pytest.mark.parametrize("clause", [much_time_passes, time_may_pass], ids=["eventually", "always possible"])
def test_a_witness_that_ends_where_time_does_shows_nothing(clause: Clause) -> None:
    known = KnownViolation(clause, "Time ends.", clocked(clause), (Tick(A, 1), Tick(A, 2)))

    assert replay_known_violation(known).status is Status.INCONCLUSIVE


@pytest.fixture
def damaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "mine.runs.json"
    monkeypatch.setattr(recorded, "file_of", lambda _stem: file)
    recorded_of.cache_clear()
    yield file
    recorded_of.cache_clear()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Expecting value"),
        (b'{"A": "0 0"', "Expecting"),
        (b"[" * 100_000, "recursion"),
        (b"\xff", "decode"),
        (b'["0 0"]', "instead of runs by the ids of pitfalls"),
        (b'{"A": "0 -1"}', "'0 -1' is no run: it must be numbers"),
        (b'{"A": "0 | 1 | 2"}', "is no run"),
        (b'{"A": "99999999999999999999"}', "is no run"),
        (b'{"A": [0, 1]}', r"\[0, 1\] is no run"),
        (b'{"A": {"A": "0"}}', "is no run"),
        (b'{"A": "0 0", "A": "1"}', "it has two runs of one pitfall"),
    ],
)
def test_a_file_of_runs_that_is_damaged_is_told_in_a_sentence(damaged: Path, content: bytes, said: str) -> None:
    damaged.write_bytes(content)

    with pytest.raises(Misuse, match=f"(?s)mine.runs.json is damaged: .*{said}.*; remove it, and `make pages` records these runs anew"):
        recorded_of("mine")
