"""Values of any class have one order, one text, and differences that can be named."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as some

from concordant.checks.semantics import observations
from concordant.checks.semantics.canonical import changes, order_key, text
from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.tables import Interned
from concordant.spec.vocabulary import Address, Bag, Call, Map, Send, identity, same
from tests.checks.toys import Kept, Note


class Colour(Enum):
    RED = 2
    BLUE = 1


ATOMS = some.none() | some.booleans() | some.integers(-2, 2) | some.fractions(-1, 1) | some.text("ab", max_size=2)
VALUES = some.recursive(
    ATOMS | some.sampled_from([*Colour, Address("a"), Address("a", 1)]),
    lambda inner: some.lists(inner, max_size=3).map(tuple) | some.frozensets(inner, max_size=3) | inner.map(Note),
    max_leaves=4,
)

# ---- what is the same


@frozen(eq=False)
class Unequal:
    """Is equal to itself alone."""

    number: int


@frozen
class Remarked:
    """Is equal whatever the remark."""

    number: int
    remark: int = field(eq=False)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ((1,), (1,), True),
        ((1,), (True,), False),
        ((Fraction(1),), (1,), False),
        (frozenset({(1, "a")}), frozenset({(1, "a")}), True),
        (frozenset({(1, "a")}), frozenset({(True, "a")}), False),
        (Unequal(1), Unequal(1), True),
        (Remarked(1, 1), Remarked(1, 2), False),
    ],
)
def test_sets_are_the_same_where_each_element_is(one: object, other: object, *, alike: bool) -> None:
    assert same(frozenset({one}), frozenset({other})) is alike
    assert same(scrambled(frozenset({one})), frozenset({other})) is alike
    assert not same(frozenset({one, "more"}), frozenset({other}))


# ---- order


@given(VALUES, VALUES)
def test_two_values_have_the_same_key_exactly_when_they_are_the_same(first: object, second: object) -> None:
    assert (order_key(first) == order_key(second)) == same(first, second)


@given(some.lists(VALUES, max_size=4))
def test_any_values_can_be_sorted_whatever_their_classes(values: list[object]) -> None:
    keys = sorted(map(order_key, values))

    assert all(before <= after for before, after in pairwise(keys))
    assert all(sorted(map(order_key, order)) == keys for order in permutations(values))


def test_the_order_is_by_kind_and_then_by_content() -> None:
    values = [
        "b",
        Address("x", 2),
        3,
        Colour.RED,
        None,
        Fraction(1, 2),
        Note(1),
        (2,),
        frozenset({1}),
        int,
        Colour.BLUE,
        Address("x", 10),
        (),
    ]

    assert sorted(values, key=order_key) == [
        None,
        Address("x", 2),
        Address("x", 10),
        Colour.BLUE,
        Colour.RED,
        Fraction(1, 2),
        3,
        Note(1),
        frozenset({1}),
        "b",
        (),
        (2,),
        int,
    ]


def test_maps_and_bags_are_values_by_their_content() -> None:
    assert order_key(Map.of({"a": 1})) < order_key(Map.of({"a": 2}))
    assert order_key(Bag.of("ab")) == order_key(Bag.of("ba"))


@pytest.mark.parametrize("value", [0.5, [1], {1}, {1: 1}, b"x", object(), (1, [2]), Note([1])])  # type: ignore[arg-type]  # the mistake
def test_what_is_no_value_has_no_key(value: object) -> None:
    with pytest.raises(TypeError, match="may not be in a state, message or event; "):
        order_key(value)


# ---- text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "None"),
        (True, "True"),
        (Fraction(1, 2), "1/2"),
        ("it's", '"it\'s"'),
        (Colour.RED, "red"),
        (Address("a", 3), "a3"),
        ((), "()"),
        ((1,), "(1,)"),
        ((1, "x"), "(1, 'x')"),
        (frozenset({3, 1, 2}), "{1, 2, 3}"),
        (frozenset(), "{}"),
        (Map.of({"b": Colour.BLUE, "a": 1}), "{'a': 1, 'b': blue}"),
        (Bag.of((2, 1)), "[1, 2]"),
        (Send(Address("a"), Note(1)), "Send(a0, Note(1))"),
        (Call(Address("ann"), Address("a")), "ann0 at a0"),
        (Note, "Note"),
        ({"first": Kept((1,)), "second": Colour.RED}, "{'first': Kept((1,)), 'second': red}"),
    ],
)
def test_a_value_is_shown_as_a_reader_would_write_it(value: object, shown: str) -> None:
    assert text(value) == shown


# ---- changes


def test_changes_name_the_fields_of_a_record_that_differ() -> None:
    assert changes(Send(Address("a"), 1), Send(Address("b"), 1)) == (("to", Address("a"), Address("b")),)
    assert changes(Kept((1,)), Kept((1,))) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (1, 2),
        (Note(1), Kept()),
        (Address("a"), Address("b")),
        (Map.of({"a": 1}), Map.of({"a": 2})),
        (Bag.of("a"), Bag.of("b")),
        ((1, 2), (1, 3)),
    ],
)
def test_what_is_no_record_of_one_class_changes_as_a_whole(before: object, after: object) -> None:
    assert changes(before, after) == (("", before, after),)
    assert changes(before, before) == ()


@given(VALUES)
def test_a_value_reads_the_same_whichever_way_its_sets_are_gone_through(value: object) -> None:
    assert text(scrambled(value)) == text(value)


def test_values_are_scrambled_by_number_and_those_without_sets_are_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def looks(value: object) -> object:
        looked.append(value)
        return scrambled(value)

    monkeypatch.setattr(observations, "ROOM", 1)
    monkeypatch.setattr(observations, "scrambled", looks)
    plain, other, sets = (1, "a"), (2, "b"), (frozenset({1, 2}),)
    table = Interned(identity)
    again = observations.ScrambledByNumber(table)

    for _ in range(2):
        for value in (plain, other, sets):
            assert again[table.id(value)] == value
    assert again[table.id(plain)] is plain
    assert list(again[table.id(sets)][0]) == list(reversed(list(sets[0])))
    assert looked == [plain, other, sets]
