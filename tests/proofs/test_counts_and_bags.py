"""Symbols of counts, bags and maps of any number of symbols, keys that are records of several, and symbols that hold others: what a handler may do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import z3
from attrs import evolve, frozen

from concordant.proofs.kernel.bags_and_maps import AnyBag, AnyMap, is_in, said_at
from concordant.proofs.kernel.numbers import counted, line
from concordant.proofs.kernel.paths import Paths, Refuted, every_path, running
from concordant.proofs.kernel.shapes import ANY, Shapes
from concordant.proofs.kernel.symbols import SymbolicClass, shown
from concordant.proofs.kernel.trespassing import Trespass
from concordant.spec.vocabulary import Bag, Map


@pytest.fixture
def search() -> Iterator[Paths]:
    paths = Paths()
    with running(paths):
        yield paths


NAME = SymbolicClass(str, "names", z3.DeclareSort("Name"))
COUNT = z3.DeclareSort("Count")
ORDER, NEXT, IN_ORDER = line(COUNT)
COUNTS = counted("counts", COUNT, ORDER, NEXT)


def test_of_a_count_the_next_is_known_and_the_one_before_if_there_is_one() -> None:
    some = COUNTS.symbol("some")

    def run(paths: Paths) -> None:
        more = some + 1
        paths.prove(COUNTS.term(more - 1) == COUNTS.term(some), "the one before the next is the same")
        paths.prove(ORDER(COUNTS.term(0), COUNTS.term(1)), "0 comes before 1")

    assert every_path(run, [IN_ORDER]) == 1
    with pytest.raises(Refuted, match="some has a number before it"):
        every_path(lambda _: some - 1, [IN_ORDER])


def test_a_count_less_another_or_one_of_no_order_is_not_computed(search: Paths) -> None:
    with pytest.raises(Trespass, match="computes with a int"):
        COUNTS.symbol("some") - 2
    with pytest.raises(Trespass, match="computes with a str"):
        NAME.symbol("some") - 1
    assert isinstance(search.trespass, Trespass)


ANY_BAG = AnyBag(COUNTS, z3.Function("is in it", COUNT, z3.BoolSort()))


def test_any_bag_may_have_a_symbol_or_not_and_has_what_is_added() -> None:
    some = COUNTS.symbol("some")
    seen: list[tuple[bool, bool]] = []

    assert every_path(lambda _: seen.append((some in ANY_BAG, some in ANY_BAG.add(some))), []) == 2
    assert set(seen) == {(False, True), (True, True)}


def test_what_is_in_any_bag_is_said_by_a_relation_and_of_a_bag_of_symbols_by_these(search: Paths) -> None:
    some, other = COUNTS.term(COUNTS.symbol("some")), COUNTS.term(COUNTS.symbol("other"))

    assert not search.possible(z3.Not(is_in(COUNTS, ANY_BAG.add(COUNTS.symbol("some")), some)))
    assert search.possible(is_in(COUNTS, ANY_BAG, other))
    assert search.possible(z3.Not(is_in(COUNTS, ANY_BAG.add(COUNTS.symbol("some")), other)))
    assert not search.possible(z3.And(some != other, is_in(COUNTS, Bag((COUNTS.symbol("some"),)), other)))


LOOKS_INTO: list[Callable[[Any], object]] = [
    len,
    iter,
    repr,
    hash,
    bool,
    lambda bag: bag.count(COUNTS.symbol("some")),
    lambda bag: bag.elements,
    lambda bag: bag.__class__,
    lambda bag: bag == Bag(),
    lambda bag: bag != Bag(),
    lambda bag: bag | {1},
]


HELD = z3.Function("held at", COUNT, COUNT)
ANY_MAP = AnyMap(COUNTS, z3.Function("is a key", COUNT, z3.BoolSort()), lambda key: COUNTS.element(HELD(key)))


@pytest.mark.parametrize("any_number", [lambda: ANY_BAG, lambda: ANY_MAP], ids=["bag", "map"])
@pytest.mark.parametrize("look", LOOKS_INTO)
def test_looking_into_any_bag_or_map_otherwise_fails_aloud_and_is_remembered(
    look: Callable[[Any], object], any_number: Callable[[], Any], search: Paths
) -> None:
    with pytest.raises(Trespass):
        look(any_number())

    assert isinstance(search.trespass, Trespass)


def test_any_map_has_a_key_or_not_and_then_what_was_put_there_last() -> None:
    some, other = COUNTS.symbol("some"), COUNTS.symbol("other")
    seen: list[tuple[bool, bool, str]] = []

    def run(paths: Paths) -> None:
        put = ANY_MAP.put(some, 1).put(some, 2)
        assert put.get(some) == 2
        held = ANY_MAP.get(other, 0)
        if some != other:
            paths.prove(z3.BoolVal(put.get(other, 0) == held), "what was there still is")
        seen.append((some == other, other in ANY_MAP, shown(held)))

    every_path(run, [IN_ORDER])
    assert set(seen) == {(same, *has) for same in (True, False) for has in ((True, "held at other"), (False, "0"))}


def test_what_is_said_of_a_map_at_a_key_is_said_of_what_was_put_there_last_or_is_there(search: Paths) -> None:
    key, here, there = (COUNTS.symbol(name) for name in ("key", "here", "there"))

    def says(map: Any) -> Any:  # the word for it
        return said_at(map, COUNTS, COUNTS.term(key), lambda held: COUNTS.term(held) == COUNTS.term(here), z3.BoolVal(False))

    for empty in (ANY_MAP, Map[Any, Any]()):
        assert not search.possible(z3.Not(says(empty.put(key, there).put(key, here))))
        assert not search.possible(z3.And(says(empty.put(key, here).put(key, there)), COUNTS.term(here) != COUNTS.term(there)))
    assert search.possible(says(ANY_MAP))
    assert search.possible(z3.Not(says(ANY_MAP)))
    assert not search.possible(says(Map()))


# ---- shapes


@frozen(order=True)
class Place:
    """A key of two parts."""

    name: str
    count: int


@frozen
class Shelf:
    """A state that keeps things by places, and remembers counts."""

    things: Map[Place, bool] = Map()
    counts: Bag[int] = Bag()


def test_keys_may_be_records_of_symbols_which_are_in_order_by_their_first_part_that_differs() -> None:
    def pairs() -> tuple[Any, ...]:
        return tuple(Place(named.symbol(f"name{place}"), COUNTS.symbol(f"count{place}")) for place in range(2))

    named = SymbolicClass(str, "names", COUNT, order=ORDER)
    shapes = Shapes(
        (named,), None, {"Shelf.things": 1}, by_field=dict.fromkeys(("Shelf.counts", "Place.count"), (COUNTS,)), growing=("Shelf.things",)
    )
    one, two = shapes.ascending(Place, ["one", "two"], "Shelf.things")

    assert [shape.text for shape in shapes.of(Shelf, "state")] == [
        "Shelf({}, any counts)",
        "Shelf({Place(any str, any int): False}, any counts)",
        "Shelf({Place(any str, any int): True}, any counts)",
    ]
    assert "one.name" in str(one)
    assert "two.count" in str(two)
    with running(Paths()):
        low, high = pairs()
        more = Shelf(Map(((low, True), (high, True))), Bag((COUNTS.symbol("some"),)))
        assert len(list(shapes.fits(more, Shelf))) == 2, "one more than there are at most, different and in order"
        with pytest.raises(Refuted, match=r"Shelf\.things is .* which is none of the shapes that were run"):
            list(shapes.fits(Shelf(Map(((low, True), (high, True), (low, False)))), Shelf))


@frozen
class Stock:
    """A state that keeps places by any names."""

    places: Map[str, Place] = Map()


def test_a_map_of_any_number_of_records_is_one_shape_and_what_is_put_there_must_be_such_a_record() -> None:
    shapes = Shapes((NAME, COUNTS), None, {"Stock.places": ANY})
    (shape,) = shapes.of(Stock, "state")
    name, count = NAME.symbol("name"), COUNTS.symbol("count")

    def run(_: Paths) -> None:
        stock = shape.build()
        found = stock.places.get(name)
        assert found is None or shown(found) == "Place(state.places.name at name, state.places.count at name)"
        assert list(shapes.fits(evolve(stock, places=stock.places.put(name, Place(name, count))), Stock)) == []
        assert list(shapes.fits(Stock(), Stock)) == []
        with pytest.raises(Refuted, match=r"Stock\.places is None, which is none of the shapes that were run"):
            list(shapes.fits(evolve(stock, places=stock.places.put(name, None)), Stock))

    assert shape.text == "Stock({any names: any Place})"
    assert every_path(run, []) == 2
    with pytest.raises(Refuted, match=r"Stock\.places has any number of entries, of whose keys or values the proof has no symbols"):
        list(Shapes((NAME,), None, {"Stock.places": ANY}).of(Stock, "state"))


AT = z3.Function("count of", z3.DeclareSort("Place"), COUNT)
PLACES = SymbolicClass(Place, "places", AT.domain(0), order=lambda low, high: ORDER(AT(low), AT(high)), holds={"count": (COUNTS, AT)})


def test_what_a_symbol_holds_is_a_symbol_and_that_of_what_a_handler_makes_is_known() -> None:
    here, there = PLACES.symbol("here"), PLACES.symbol("there")

    def run(paths: Paths) -> None:
        more = Place(here.name, here.count + 1)
        paths.prove(NEXT(AT(PLACES.term(here)), AT(PLACES.term(more))), "it counts one more")
        paths.prove(z3.BoolVal(more != here), "it is another")
        paths.prove(z3.BoolVal(more > here), "it is later")
        if here == there:
            paths.prove(z3.BoolVal(here.count == there.count), "it holds the same")
        assert shown(here.count + 1) == "count of here + 1"

    assert every_path(run, [IN_ORDER])


def test_a_bag_of_what_there_are_no_symbols_of_is_refused() -> None:
    with pytest.raises(Refuted, match=r"Shelf\.counts is a bag of int, of which the proof has no symbols"):
        list(Shapes((NAME,), None, {"Shelf.things": 0}, by_field={"Place.count": (COUNTS,)}).of(Shelf, "state"))
