"""A working memory, input in and step out."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, step
from concordant.refimpl.memory.working_memory import EXAMPLES, MEMORY, PROMISES, Item, Memory, Remembering, system
from concordant.spec.memory.working_memory import (
    FULL,
    NOT_THERE,
    UNIMPORTANT,
    Demoted,
    Forget,
    Forgotten,
    Found,
    MemoryView,
    Promoted,
    Retrieve,
    Store,
    Stored,
)
from concordant.spec.vocabulary import Announce, Map, Reply, addresses

ANN = addresses("user", 1)[0]
ONE, TWO = Memory(1, 1, 2), Memory(2, 1)
A, B = Item("x", 1, 1, 0), Item("y", 1, 1, 0)
BOTH = Remembering(Map.of({"b": B}), Map.of({"a": A}))


def test_what_is_stored_is_at_hand_and_exactly_what_is_too_much_is_demoted() -> None:
    assert ONE.start() == step(Remembering())
    assert ONE.request(Remembering(), ANN, Store("a", "x")) == step(Remembering(Map.of({"a": A})), Reply(ANN, Stored()))
    assert ONE.request(Remembering(Map.of({"a": A})), ANN, Store("b", "y")) == step(BOTH, Announce(Demoted("a")), Reply(ANN, Stored()))


def test_of_equal_scores_the_first_by_name_is_demoted_and_age_lowers_a_score() -> None:
    short = Map.of({"a": A, "b": B})
    later = Item("z", 1, 1, 1)

    assert TWO.request(Remembering(short), ANN, Store("c", "z")).effects == (Announce(Demoted("a")), Reply(ANN, Stored()))
    assert TWO.request(Remembering(Map.of({"a": later, "b": B}), ticks=1), ANN, Store("c", "z")) == step(
        Remembering(Map.of({"a": later, "c": later}), Map.of({"b": B}), 1), Announce(Demoted("b")), Reply(ANN, Stored())
    )


def test_a_key_that_is_stored_again_comes_to_hand_and_that_is_a_use() -> None:
    assert ONE.request(BOTH, ANN, Store("a", "new", 3)) == step(
        Remembering(Map.of({"a": Item("new", 3, 2, 0)}), Map.of({"b": B})), Announce(Demoted("b")), Reply(ANN, Stored())
    )


def test_a_use_counts_in_either_tier_and_with_enough_of_them_a_key_is_promoted() -> None:
    used = Item("x", 1, 2, 0)

    assert ONE.request(Remembering(Map.of({"a": A})), ANN, Retrieve("a")) == step(Remembering(Map.of({"a": used})), Reply(ANN, Found("x")))
    assert Memory(1, 1).request(BOTH, ANN, Retrieve("a")) == step(Remembering(BOTH.short, Map.of({"a": used})), Reply(ANN, Found("x")))
    assert ONE.request(BOTH, ANN, Retrieve("a")) == step(
        Remembering(Map.of({"a": used}), Map.of({"b": B})), Announce(Promoted("a")), Announce(Demoted("b")), Reply(ANN, Found("x"))
    )


@pytest.mark.parametrize("key", ["a", "b"])
def test_a_key_is_forgotten_in_either_tier(key: str) -> None:
    assert ONE.request(BOTH, ANN, Forget(key)) == step(Remembering(BOTH.short.drop(key), BOTH.long.drop(key)), Reply(ANN, Forgotten()))


def test_what_is_not_there_is_neither_found_nor_forgotten_and_none_is_a_value() -> None:
    nothing = Remembering(Map.of({"a": Item(None, 1, 2, 0)}))

    assert ONE.request(BOTH, ANN, Retrieve("c")) == step(BOTH, Reply(ANN, NOT_THERE))
    assert ONE.request(BOTH, ANN, Forget("c")) == step(BOTH, Reply(ANN, NOT_THERE))
    assert ONE.request(nothing, ANN, Retrieve("a")).effects == (Reply(ANN, Found(None)),)


def test_a_new_key_is_turned_down_where_there_is_no_room_and_one_that_is_known_is_not() -> None:
    assert ONE.request(BOTH, ANN, Store("c", "z")) == step(BOTH, Reply(ANN, FULL))
    assert ONE.request(BOTH, ANN, Store("b", "new")).effects == (Reply(ANN, Stored()),)


def test_what_has_no_importance_is_turned_down() -> None:
    assert ONE.request(Remembering(), ANN, Store("a", "x", 0)) == step(Remembering(), Reply(ANN, UNIMPORTANT))


def test_time_goes_on_with_the_clock_and_does_not_go_back_with_it() -> None:
    assert ONE.tick(Remembering(ticks=3, clock=1), 2) == step(Remembering(ticks=4, clock=2))
    assert ONE.tick(Remembering(ticks=3, clock=1), 0) == step(Remembering(ticks=3))


def test_an_outsider_sees_what_is_in_which_tier() -> None:
    assert ONE.view(BOTH) == MemoryView(frozenset({"b"}), frozenset({"a"}))


def test_a_memory_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="'capacity' must be >= 1: 0"):
        Memory(0, 1)
    with pytest.raises(ValueError, match="'beyond' must be >= 0: -1"):
        Memory(1, -1)


def test_a_key_is_promoted_after_three_moves() -> None:
    script = (Store("a", "x"), Store("b", "y"), Retrieve("a"))
    trace = explore(system(script, promises=(*PROMISES, *EXAMPLES))).verdict("working_memory.a_key_is_promoted").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [Ask(MEMORY, ANN, each) for each in script]
