"""How changes are told: short ones whole, of long ones what is gone and what has come."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import frozen

from concordant.checks.semantics.differences import LONG, change_lines
from concordant.spec.vocabulary import Bag, Map

A, B, C, D = (letter * 30 for letter in "abcd")
"""Texts of which two make a change that takes more than a line."""


@frozen
class Inner:
    """Something with a part that is long."""

    short: int
    long: tuple[str, ...]


@frozen
class Other:
    """Something of another class."""

    long: tuple[str, ...]


@frozen
class Written:
    """Something that is written in a way of its own."""

    said: tuple[str, ...]

    def __str__(self) -> str:
        return " and ".join(self.said)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (frozenset({"a"}), frozenset({"a", "b"}), "{'a'} → {'a', 'b'}"),
        (frozenset({A, B}), frozenset({A, B, C, D}), f"+ '{C}', '{D}'"),
        (frozenset({A, B}), frozenset({A, C}), f"- '{B}', + '{C}'"),
        (frozenset({A, B, C}), frozenset({A}), f"- '{B}', '{C}'"),
        (frozenset({A, B}), frozenset({C}), f"- all 2, + '{C}'"),
        (frozenset({A, B, C}), frozenset(), "- all 3"),
        (frozenset({A, B}), (A, B), f"{{'{A}', '{B}'}} → ('{A}', '{B}')"),
        (Map.of({1: A, 2: B}), Map.of({1: A, 2: C}), f"- 2: '{B}', + 2: '{C}'"),
        (Bag.of((A, A, B)), Bag.of((A, B)), f"- '{A}'"),
        ((A, B), (A, B, C), f"+ '{C}'"),
        ((A, B), (A, C), f"- '{B}', + '{C}'"),
        ((A, B), (B,), f"- '{A}' at the front"),
        ((A, B), (C, A, B), f"+ '{C}' at the front"),
        ((A, B, C), (A, D, C), f"('{A}', '{B}', '{C}') → ('{A}', '{D}', '{C}')"),
        ((A, B), (B, C), f"('{A}', '{B}') → ('{B}', '{C}')"),
        ((A, B), (C, D), f"- all 2, + '{C}', '{D}'"),
        (A, A + B, f"'{A}' → '{A}{B}'"),
        (Inner(1, (A, B)), Other((A, B)), f"Inner(1, ('{A}', '{B}')) → Other(('{A}', '{B}'))"),
        (Written((A, B)), Written((A, C)), f"{A} and {B} → {A} and {C}"),
    ],
)
def test_of_a_long_change_only_what_is_gone_and_what_has_come_is_told(before: object, after: object, told: str) -> None:
    assert list(change_lines("who.field", before, after)) == [f"who.field: {told}"]


def test_a_long_record_is_told_field_by_field_and_a_short_one_whole() -> None:
    assert list(change_lines("who", Inner(1, (A, B)), Inner(2, (A, B, C)))) == ["who.short: 1 → 2", f"who.long: + '{C}'"]
    assert list(change_lines("who", Inner(1, ("a",)), Inner(2, ("a",)))) == ["who: Inner(1, ('a',)) → Inner(2, ('a',))"]


def test_a_change_is_long_where_it_takes_more_than_so_many_signs() -> None:
    fits = frozenset({"a" * (LONG - len("{''} → {}"))})

    assert list(change_lines("x", fits, frozenset())) == [f"x: {{'{min(fits)}'}} → {{}}"]
    assert list(change_lines("x", fits, frozenset({1}))) == [f"x: - '{min(fits)}', + 1"]


def test_parts_that_differ_only_in_what_their_texts_do_not_show_are_told_whole() -> None:
    assert list(change_lines("x", (A, B, 1), (A, B, Fraction(1)))) == [f"x: ('{A}', '{B}', 1) → ('{A}', '{B}', 1)"]
