"""Moves as values, and patterns of moves."""

from __future__ import annotations

import pytest

from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import ANY, Ask, Cancel, Crash, Fire, Forge, Lose, Move, Receive, Recover, Step, Suspect, matches, step
from concordant.spec.vocabulary import Address, Deadline, Internal, Send
from tests.checks.toys import ANN, A, B, Do, Goes, Kept, Later, Note

RECEIVE = Receive(A, B, Note(1))
CUT = Crash(A, Kept((1,)), RECEIVE, 2)

# ---- patterns


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        (RECEIVE, True),
        (ANY, True),
        (Receive, True),
        (Fire, False),
        (Receive(A, B, ANY), True),
        (Receive(ANY, ANY, Note), True),
        (Receive(A, B, Note(ANY)), True),
        (Receive(A, B, Note(2)), False),
        (Receive(B, ANY, ANY), False),
        (Receive(ANY, ANY, Kept), False),
        (Lose(ANY, ANY, ANY), False),
        (Receive(Address("a", ANY), B, Note(1)), True),
        (Receive(Address(ANY, 7), B, Note(1)), False),
    ],
)
def test_a_pattern_is_a_move_with_anything_or_a_class_in_some_field(pattern: object, fits: bool) -> None:
    assert matches(pattern, RECEIVE) is fits


def test_patterns_go_down_into_moves_that_a_crash_cuts() -> None:
    assert matches(Crash(A, ANY, Receive(ANY, ANY, ANY), ANY), CUT)
    assert not matches(Crash(A, ANY, None, ANY), CUT)
    assert not matches(Crash(A, ANY, ANY, 1), CUT)
    assert matches(Fire(A, Deadline), Fire(A, Later(1)))
    assert not matches(Fire(A, Internal), Fire(A, Later(1)))


def test_a_value_without_fields_fits_only_its_equal() -> None:
    assert matches((1, 2), (1, 2))
    assert not matches((1, ANY), (1, 2))
    assert repr(ANY) == "ANY"


# ---- words


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (RECEIVE, "a0 receives Note(1) from b0"),
        (Ask(A, ANN, Do(1)), "ann0 asks a0: Do(1)"),
        (Cancel(A, ANN), "ann0 cancels its call of a0"),
        (Fire(A, Goes(1)), "a0: Goes(1)"),
        (Suspect(A, B), "a0 suspects b0"),
        (Recover(A), "a0 recovers"),
        (Lose(A, B, Note(1)), "the network loses Note(1) from a0 to b0"),
        (Forge(A, B, Note(1)), "b0 forges Note(1) to a0"),
        (Crash(A, Kept((1,))), "a0 crashes; Kept((1,)) survives"),
        (CUT, "a0 crashes after 2 of the sends of: a0 receives Note(1) from b0; Kept((1,)) survives"),
    ],
)
def test_a_move_says_who_does_what(move: Move, said: str) -> None:
    assert move_text(move) == said


def test_a_recovery_shows_what_the_clock_shows_where_there_is_one() -> None:
    assert (str(Recover(A)), str(Recover(A, 3))) == ("Recover(a0)", "Recover(a0, 3)")


# ---- steps


def test_a_step_goes_on_from_the_state_it_reached_with_both_effects_in_order() -> None:
    first, second = Send(A, Note(1)), Send(B, Note(2))

    assert step(Kept((1,)), first).then(lambda state: step(state.plus(2), second)) == Step(Kept((1, 2)), (first, second))
    assert step(Kept((1,)), first).then(lambda _: None) == Step(Kept((1,)), (first,))
