"""Addresses, exact amounts, sorted maps and bags."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from concordant.spec.vocabulary import Address, Bag, Fault, Map, Send, addresses, broadcast, identity, ratio, same, value_of

KEYS = some.text(alphabet="abc", max_size=2)
DICTS = some.dictionaries(KEYS, some.integers(), max_size=4)
LISTS = some.lists(some.integers(0, 3), max_size=5)

# ---- addresses and amounts


def test_addresses_sort_by_role_and_then_by_number_and_show_both() -> None:
    assert sorted([Address("b"), Address("a", 10), Address("a", 2)]) == [Address("a", 2), Address("a", 10), Address("b")]
    assert str(addresses("peer", 2)) == "(peer0, peer1)"
    assert addresses("peer", 0) == ()


def test_an_address_is_neither_less_nor_more_than_what_is_none() -> None:
    with pytest.raises(TypeError, match="'<' not supported between instances of 'Address' and 'tuple'"):
        Address("a") < ("a", 0)  # type: ignore[operator]  # noqa: B015  # asked, to be refused


@pytest.mark.parametrize(
    "value",
    [None, 1, True, "a", Fraction(1, 3), Fraction(1), Fault.LOSS, Address, (1, (True,)), frozenset({Fraction(2)}), Map.of({"a": (1,)})],
)
def test_what_a_value_was_is_read_off_its_key(value: object) -> None:
    assert same(value_of(identity(value)), value)


def test_a_broadcast_sends_to_each_in_the_order_given() -> None:
    assert broadcast((Address("b"), Address("a")), 1) == (Send(Address("b"), 1), Send(Address("a"), 1))


def test_a_ratio_is_exact() -> None:
    assert ratio(1, 3) == Fraction(1, 3)
    assert ratio(Fraction(1, 2), 2) * 4 == 1
    with pytest.raises(ZeroDivisionError):
        ratio(1, 0)


# ---- maps


@given(DICTS)
def test_a_map_holds_what_the_dict_holds_sorted_by_key(entries: dict[str, int]) -> None:
    made = Map.of(entries)

    assert made.items() == tuple(sorted(entries.items()))
    assert (made.keys(), made.values(), list(made), len(made)) == (
        tuple(sorted(entries)),
        tuple(entries[key] for key in sorted(entries)),
        sorted(entries),
        len(entries),
    )


@given(DICTS)
def test_maps_of_equal_content_are_equal_whatever_the_order_in_which_they_were_made(entries: dict[str, int]) -> None:
    grown: Map[str, int] = Map()
    for key in reversed(list(entries)):
        grown = grown.put(key, entries[key])

    assert grown == Map.of(entries) == Map.of(tuple(entries.items()))
    assert hash(grown) == hash(Map.of(entries))


@given(DICTS, KEYS, some.integers())
def test_put_and_drop_do_what_a_dict_does_and_leave_the_map_as_it_was(entries: dict[str, int], key: str, value: int) -> None:
    made = Map.of(entries)

    assert made.put(key, value) == Map.of({**entries, key: value})
    assert made.drop(key) == Map.of({other: each for other, each in entries.items() if other != key})
    assert made == Map.of(entries)


@given(DICTS, KEYS)
def test_a_map_finds_what_a_dict_finds(entries: dict[str, int], key: str) -> None:
    made = Map.of(entries)

    assert (key in made, made.get(key), made.get(key, "none")) == (key in entries, entries.get(key), entries.get(key, "none"))
    if key in entries:
        assert made[key] == entries[key]
        assert made.change(key, lambda value: value + 1) == Map.of({**entries, key: entries[key] + 1})
    else:
        with pytest.raises(KeyError, match=f"^{key!r}$"):
            made[key]
        with pytest.raises(KeyError, match=f"^{key!r}$"):
            made.change(key, abs)


def test_of_two_pairs_with_one_key_the_later_stays() -> None:
    assert Map.of((("a", 1), ("b", 2), ("a", 3))) == Map.of({"a": 3, "b": 2})


def test_a_map_has_no_sets_as_keys() -> None:
    with pytest.raises(TypeError, match=r"^Map key frozenset\(\{1\}\): sets have no total order; use a sorted tuple as key$"):
        Map.of({frozenset({1}): 1})


def test_a_map_shows_itself_like_a_dict() -> None:
    assert repr(Map.of({"b": 1, "a": Address("x")})) == "{'a': x0, 'b': 1}"


# ---- bags


@given(LISTS)
def test_a_bag_holds_each_element_as_often_as_the_list_sorted(elements: list[int]) -> None:
    made = Bag.of(elements)

    assert list(made) == sorted(elements)
    assert len(made) == len(elements)
    assert {element: made.count(element) for element in made} == Counter(elements)


@given(LISTS, some.integers(0, 3))
def test_a_bag_gains_one_and_loses_one(elements: list[int], element: int) -> None:
    made = Bag.of(elements)

    assert made.add(element) == Bag.of([*elements, element])
    assert made.add(element).remove(element) == made
    assert (element in made) == (element in elements)


def test_what_is_not_in_a_bag_cannot_be_taken_from_it() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        Bag.of((1, 2)).remove(3)


def test_bags_of_equal_content_are_equal() -> None:
    assert Bag.of("banana") == Bag.of("nabana")
    assert repr(Bag.of("ba")) == "['a', 'b']"
