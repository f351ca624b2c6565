"""Following a schedule, and replaying moves."""

from __future__ import annotations

import re

import pytest

from concordant.checks.exploration.directed import direct
from concordant.checks.exploration.replay import replay
from concordant.checks.exploration.report import Change, Frame, Status
from concordant.checks.misuse import CannotReplay
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.semantics.rows import Happening
from concordant.refimpl.machine import ANY, Ask, Fire, KnownViolation, System, User
from concordant.spec.vocabulary import Cases, Clause, NoHistory, Seen, always, at_rest, case, every_step, on_event
from tests.checks.toys import ANN, A, Counter, Do, Goes, Kept, Noticed, Silent


@always()
def below_two(seen: Seen[NoHistory]) -> Cases:
    """Nobody counts to two."""
    yield case(len(seen.views(Kept)[A].notes) < 2)


@every_step(Kept)
def not_from_one(before: Kept, after: Kept) -> Cases:
    """Nobody counts on from one."""
    yield case(before.notes != (1,), after=after.notes)


@on_event(Noticed)
def not_two(history: NoHistory, who: object, event: Noticed) -> Cases:  # noqa: ARG001
    """Two is never announced."""
    yield case(event.number != 2, event=event)


@at_rest()
def ends_below_three(seen: Seen[NoHistory]) -> Cases:
    """It ends before three."""
    yield case(len(seen.views(Kept)[A].notes) < 3)


@always()
def below_four(seen: Seen[NoHistory]) -> Cases:
    """Nobody counts to four."""
    yield case(len(seen.views(Kept)[A].notes) < 4)


COUNTING = System({A: Counter()}, NoHistory(), (below_two,))
THREE = (Fire(A, Goes(1)), Fire(ANY, Goes), Fire(A, ANY))


def counted(number: int) -> Frame:
    before = tuple(range(1, number))
    return Frame(Fire(A, Goes(number)), (Happening(A, A, Noticed(number)),), (Change(A, "notes", before, (*before, number)),))


# ---- schedules


@pytest.mark.parametrize(
    ("clause", "length"),
    [(below_two, 2), (not_from_one, 2), (not_two, 2), (ends_below_three, 3)],
)
def test_a_clause_of_any_kind_is_violated_on_the_way_along_a_schedule(clause: Clause, length: int) -> None:
    found = direct(COUNTING, THREE, clause)

    assert (found.verdict.status, found.stuck_at, found.possible) == (Status.VIOLATED, None, ())
    assert found.verdict.trace == tuple(map(counted, range(1, length + 1)))


def test_a_schedule_that_violates_nothing_is_followed_to_its_end() -> None:
    found = direct(COUNTING, THREE, below_four)

    assert (found.verdict.status, found.verdict.cases, found.states, found.stuck_at) == (Status.HOLDS, 4, 4, None)


def test_a_schedule_that_gets_stuck_says_where_and_what_was_possible_instead() -> None:
    found = direct(COUNTING, (Fire(A, Goes(1)), Fire(A, Goes(3))), below_two)

    assert (found.verdict.status, found.stuck_at, found.possible) == (Status.HOLDS, 2, ("a0: Goes(2)",))


def test_a_schedule_follows_every_move_that_fits() -> None:
    system = System({A: Silent()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1), Do(2)),)),))

    # the first state, and one for each alternative
    assert direct(system, (Ask(A, ANN, ANY),), below_two).states == 3


# ---- replay


def test_a_replay_shows_each_move_with_what_it_changed() -> None:
    assert replay(COUNTING, (Fire(A, Goes(1)), Fire(A, Goes(2)))) == (counted(1), counted(2))


def test_a_move_that_cannot_be_replayed_is_named_with_what_is_possible() -> None:
    said = "move 2, a0: Goes(1), is not possible; possible are\n  a0: Goes(2)"

    with pytest.raises(CannotReplay, match=f"^{re.escape(said)}$"):
        replay(COUNTING, (Fire(A, Goes(1)), Fire(A, Goes(1))))
    with pytest.raises(CannotReplay, match=r"possible are\n  nothing$"):
        replay(COUNTING, (*(Fire(A, Goes(number)) for number in (1, 2, 3)), Fire(A, Goes(4))))


def test_the_witness_of_a_truth_shows_it_or_does_not() -> None:
    two = Fire(A, Goes(1)), Fire(A, Goes(2))

    assert replay_known_violation(KnownViolation(below_two, "it counts", COUNTING, two)).status is Status.VIOLATED
    assert replay_known_violation(KnownViolation(below_two, "it counts", COUNTING, two)).trace == (counted(1), counted(2))
    assert replay_known_violation(KnownViolation(below_two, "it counts", COUNTING, two[:1])).status is Status.HOLDS
    assert replay_known_violation(KnownViolation(ends_below_three, "it counts", COUNTING, two)).status is Status.VACUOUS


def test_the_witness_of_a_truth_about_a_system_is_a_tuple_of_moves() -> None:
    with pytest.raises(TypeError, match=r"^the witness of test_directed\.below_two for a system must be a tuple of moves, not \{'x': 1\}$"):
        replay_known_violation(KnownViolation(below_two, "it counts", COUNTING, {"x": 1}))
