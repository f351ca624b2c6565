"""Ways to draw: each makes the choices that a rule's profiles ask for, and notes them by name."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from concordant.checks.draws import Exhaustive, Noted
from concordant.checks.mechanisms.at_random import Random
from concordant.spec.vocabulary import Amount, Recorded, is_amount


def test_draws_go_through_every_combination_the_first_slowest() -> None:
    draw, seen = Exhaustive((0, 1)), []
    while True:
        seen.append((draw.one_of("who", "ab"), draw.amount("bid", at_most=1)))
        if not draw.advance():
            break

    assert seen == [("a", 0), ("a", 1), ("b", 0), ("b", 1)]


def test_later_draws_may_depend_on_earlier_ones() -> None:
    draw, seen = Exhaustive(), []
    while True:
        count = draw.one_of("count", (1, 2))
        seen.append((count, *(draw.one_of(f"bit {number}", (0, 1)) for number in range(count))))
        if not draw.advance():
            break

    assert seen == [(1, 0), (1, 1), (2, 0, 0), (2, 0, 1), (2, 1, 0), (2, 1, 1)]


def test_the_first_choices_are_unchanged_until_the_last_of_the_later_ones_was_taken() -> None:
    draw, unchanged = Exhaustive(), []
    while True:
        unchanged.append(draw.unchanged)
        for name in ("first", "second", "third"):
            draw.one_of(name, (0, 1))
        if not draw.advance():
            break

    assert unchanged == [0, 2, 1, 2, 0, 2, 1, 2]


def test_a_name_is_drawn_once_and_something_must_be_there_to_draw() -> None:
    draw = Exhaustive()
    draw.one_of("who", "ab")

    with pytest.raises(ValueError, match="draw 'who' was drawn before; give each choice a name of its own"):
        draw.one_of("who", "ab")
    with pytest.raises(ValueError, match="draw 'whom' has nothing to choose from"):
        draw.one_of("whom", ())
    with pytest.raises(ValueError, match="draw 'bid' has nothing to choose from"):
        draw.amount("bid")


def test_the_amounts_of_a_combination_are_summed_and_bounded() -> None:
    draw, seen = Exhaustive((0, Fraction(1, 2), 2)), []
    while True:
        drawn = (draw.amount("bid"), draw.amount("share", at_most=1))
        seen.append((*drawn, draw.total))
        if not draw.advance():
            break

    half = Fraction(1, 2)
    assert seen == [(0, 0, 0), (0, half, half), (half, 0, half), (half, half, 1), (2, 0, 2), (2, half, 2 + half)]


def unsteady(names: Iterator[str], draw: Exhaustive) -> None:
    draw.one_of("first", (1,))
    draw.one_of(next(names), (1, 2))


def test_a_draw_that_depends_on_more_than_earlier_draws_is_an_error() -> None:
    draw, names = Exhaustive(), iter(("this", "that"))
    unsteady(names, draw)
    draw.advance()

    with pytest.raises(ValueError, match=r"after the same choices, 'this' of \(1, 2\) was drawn before and 'that' of \(1, 2\) now"):
        unsteady(names, draw)


def test_other_options_after_the_same_choices_are_an_error() -> None:
    draw = Exhaustive()
    draw.one_of("who", ("a", "b"))
    draw.advance()

    with pytest.raises(ValueError, match=r"after the same choices, 'who' of \('a', 'b'\) was drawn before and 'who' of \('b', 'a'\) now"):
        draw.one_of("who", ("b", "a"))


def test_a_draw_that_is_not_made_again_is_an_error() -> None:
    draw = Exhaustive()
    draw.one_of("who", "ab")
    draw.one_of("what", "ab")
    draw.advance()
    draw.one_of("who", "ab")

    with pytest.raises(ValueError, match="after the same choices, 'what' was drawn before and nothing now"):
        draw.advance()


def test_what_differs_from_itself_may_be_drawn() -> None:
    draw = Exhaustive()
    draw.one_of("what", (float("nan"), 1))
    draw.advance()

    assert draw.one_of("what", (float("nan"), 1)) == 1


def test_random_draws_are_exact_within_their_bounds_and_of_every_size_and_denominator() -> None:
    def drawn(seed: int) -> tuple[Amount, Amount, Amount]:
        draw = Random.of(seed)
        assert draw.one_of("who", "ab") in "ab"
        found = draw.amount("free"), draw.amount("another"), draw.amount("bound", Fraction(7, 3))
        assert draw.drawn.keys() == {"who", "free", "another", "bound"}
        return found

    seen = [drawn(seed) for seed in range(100)]

    assert all(is_amount(amount) and amount >= 0 for amounts in seen for amount in amounts)
    assert all(bound <= Fraction(7, 3) for _, _, bound in seen)
    assert {type(free) for free, _, _ in seen} == {int, Fraction}
    for amounts in zip(*seen, strict=True):
        assert any(0 < amount < Fraction(1, 1000) for amount in amounts)
        assert any(amount.denominator > 1 and amount.denominator % 2 for amount in amounts)
    assert any(free > 10**6 and free.denominator == 1 for free, _, _ in seen)
    assert any(free == another > 10**6 for free, another, _ in seen)
    assert [drawn(seed) for seed in range(100)] == seen


def test_a_name_is_drawn_once_at_random_too() -> None:
    draw = Random.of(1)
    draw.amount("bid")

    with pytest.raises(ValueError, match="draw 'bid' was drawn before; give each choice a name of its own"):
        draw.amount("bid")


def test_what_another_draws_is_noted() -> None:
    draw = Noted(Recorded({"who": "b", "bid": 2, "never drawn": 3}))

    assert (draw.one_of("who", "ab"), draw.amount("bid"), draw.drawn) == ("b", 2, {"who": "b", "bid": 2})


@pytest.mark.parametrize("amount", [-1, 0.5, True, "1", 3])
def test_a_recorded_amount_that_could_not_be_drawn_is_an_error(amount: object) -> None:
    with pytest.raises(ValueError, match=r"'bid' is recorded as .*; it must be an exact amount between 0 and 2"):
        Recorded({"bid": amount}).amount("bid", at_most=2)


def test_a_recorded_option_that_could_not_be_drawn_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"'who' is recorded as 'c', which is none of \('a', 'b'\)"):
        Recorded({"who": "c"}).one_of("who", "ab")
