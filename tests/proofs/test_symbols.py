"""Symbols: what a handler may do with them, what it must not, and that it is found out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum
from typing import Any, ClassVar

import pytest
import z3
from attrs import evolve, frozen

from concordant.proofs.kernel.paths import Contradictory, Paths, Refuted, every_path, running
from concordant.proofs.kernel.peeking import peeks
from concordant.proofs.kernel.shapes import Shapes
from concordant.proofs.kernel.symbols import Projection, SymbolicClass, domain_of, part_of, shown
from concordant.proofs.kernel.trespassing import Trespass
from concordant.spec.vocabulary import Map

SORT = z3.DeclareSort("Round")
LE = z3.Function("le", SORT, SORT, z3.BoolSort())


@frozen(order=True)
class Round:
    """A numbered thing."""

    number: int


def larger(made: Any, term: Any) -> Any:
    """What is known of a thing with a larger number than another's."""
    other = part_of(made.number)
    return z3.BoolVal(True) if other is None else LE(ROUND.term(other.whole), term)


ROUND = SymbolicClass(Round, "rounds", SORT, order=LE, made=larger)
NAME = SymbolicClass(str, "names", z3.DeclareSort("Name"))
A, B, C = (ROUND.symbol(name) for name in "abc")


@pytest.fixture
def search() -> Iterator[Paths]:
    paths = Paths()
    with running(paths):
        yield paths


def test_every_path_of_a_comparison_is_taken_and_remembered() -> None:
    seen: list[tuple[bool, ...]] = []

    paths = every_path(lambda _: seen.append((A == B, B == C, A == C)), [])

    assert paths == len(seen) == 5
    assert (True, True, False) not in seen


def test_a_goal_that_is_false_on_one_path_is_refuted() -> None:
    def run(paths: Paths) -> None:
        if A != B:
            paths.prove(ROUND.term(A) == ROUND.term(B), "they are equal")

    with pytest.raises(Refuted, match="they are equal"):
        every_path(run, [])


def test_assumptions_that_contradict_each_other_prove_nothing() -> None:
    with pytest.raises(Contradictory, match="the assumptions contradict each other"):
        every_path(lambda _: None, [z3.Bool("p"), z3.Not(z3.Bool("p"))])


def test_a_definition_that_contradicts_what_is_known_is_an_error() -> None:
    with pytest.raises(ValueError, match="q is defined by what contradicts the rest"):
        every_path(lambda paths: paths.define("q", lambda: z3.Not(z3.Bool("p"))), [z3.Bool("p")])


LOOKS: list[Callable[[Any], object]] = [
    repr,
    str,
    bool,
    len,
    dir,
    iter,
    int,
    copy.copy,
    lambda symbol: isinstance(symbol, Round),
    lambda symbol: hasattr(symbol, "term"),
    lambda symbol: symbol.__class__,
    lambda symbol: symbol + 1,
    lambda symbol: symbol < 1,
    lambda symbol: symbol.number.bit_length(),
    lambda symbol: symbol.number + "1",
    lambda symbol: f"{symbol.number!r}",
    lambda symbol: setattr(symbol, "number", 1),
    lambda _: NAME.symbol("x") < NAME.symbol("y"),
]


@pytest.mark.parametrize("look", LOOKS)
def test_looking_inside_a_symbol_fails_aloud_and_is_remembered(look: Callable[[Any], object], search: Paths) -> None:
    with pytest.raises(Trespass):
        look(A)

    assert isinstance(search.trespass, Trespass)


def test_what_is_remembered_ends_the_proof_though_the_run_has_caught_it() -> None:
    def run(_: Paths) -> None:
        with suppress(TypeError):
            bool(A)

    with pytest.raises(Trespass, match=r"test_symbols.py:\d+: the handler tests for truth a Round"):
        every_path(run, [])


def test_a_symbol_may_be_in_sets_and_maps_which_compare_it() -> None:
    sizes: list[int] = []

    every_path(lambda _: sizes.append(len({A, B}) + len(Map.of({A: 1, B: 2}))), [])

    assert set(sizes) == {2, 4}


def test_a_value_of_the_handlers_own_is_an_element_like_any_other(search: Paths) -> None:
    other = NAME.term("nothing")

    assert str(other) == "the 'nothing'"
    assert search.possible(other == NAME.term(NAME.symbol("x")))
    assert (NAME.symbol("x") == 1, NAME.symbol("x") == A, A == None) == (False, False, False)  # noqa: E711
    with pytest.raises(Refuted, match="7 stands where a str should"):
        NAME.term(7)


@frozen
class Gone:
    """A value that stands for none."""


@frozen
class Lost:
    """Another."""


def test_a_value_without_fields_may_be_among_any_objects_and_is_compared_as_one_of_them(search: Paths) -> None:
    things = SymbolicClass(object, "things", z3.DeclareSort("Thing"), others=(Gone,))
    some = things.symbol("some")

    assert things.term(Gone()).eq(things.term(Gone()))
    assert search.possible(things.term(some) == things.term(Gone()))
    assert search.possible(things.term(some) != things.term(Gone()))
    assert (some == Gone()) is not (some != Gone())
    with pytest.raises(Refuted, match=r"Lost\(\) stands where a object should"):
        things.term(Lost())
    with pytest.raises(Trespass, match="with a Lost, which is one of its own kind"):
        _ = some == Lost()


def test_of_a_field_nothing_is_known_but_what_it_is_a_field_of() -> None:
    answers: list[tuple[bool, ...]] = []

    paths = every_path(lambda _: answers.append((A.number > 0, A.number == B.number, A.number == A.number, bool(A.number + 1))), [])

    assert (paths, len(set(answers))) == (8, 8)
    assert all(same for _, _, same, _ in answers)
    assert shown(A.number + 2) == "number of a + 2"


def test_a_value_made_of_a_field_is_what_its_domain_says(search: Paths) -> None:
    made = ROUND.term(Round(A.number + 1))

    assert not search.possible(z3.Not(LE(ROUND.term(A), made)))
    assert search.possible(LE(made, ROUND.term(A)))


# ---- shapes


class Colour(Enum):
    """Two of them."""

    RED = 1
    BLUE = 2


@frozen
class Thing:
    """A state."""

    round: Round | None
    colour: Colour
    sure: bool = True


@frozen
class Special(Thing):
    """A state with one more field."""

    more: bool = False


@frozen
class Counting:
    """A state that counts, and lists."""

    last: int = 0
    heard: Map[Round, bool] = Map()


@frozen
class Unknowable:
    """A state with a field of which nothing is known."""

    things: list[int]


SHAPES = Shapes((ROUND, NAME), (ROUND, "number"), {"Counting.heard": 2})


def texts(kind: type) -> list[str]:
    return [shape.text for shape in SHAPES.of(kind, "state")]


def test_shapes_are_made_from_the_fields_by_their_types() -> None:
    assert texts(Thing)[:3] == ["Thing(any Round, RED, False)", "Thing(any Round, RED, True)", "Thing(any Round, BLUE, False)"]
    assert (len(texts(Thing)), len(texts(Special))) == (8, 16)
    assert texts(Counting)[:3] == ["Counting(0, {})", "Counting(0, {any Round: False})", "Counting(0, {any Round: True})"]
    assert len(texts(Counting)) == 2 * (1 + 2 + 4)


def test_a_field_of_a_type_without_symbols_is_refused() -> None:
    with pytest.raises(Refuted, match=r"Unknowable\.things is of type list, for which the proof has no symbols"):
        texts(Unknowable)
    with pytest.raises(Refuted, match=r"Counting\.heard has any number of entries; say how many at most"):
        list(evolve(SHAPES, sizes={}).of(Counting, "state"))


@frozen
class Numbered:
    """Two ints, which are of two sorts, in one class."""

    epoch: int
    number: int


def counted(plural: str, sort: str) -> SymbolicClass:
    """Return ints of a sort of their own, of which 0 is the first."""
    of = z3.DeclareSort(sort)
    return SymbolicClass(int, plural, of, made=lambda value, term: term == z3.Const("first", of) if value == 0 else z3.BoolVal(True))


EPOCHS, NUMBERS = counted("epochs", "Epoch"), counted("numbers", "Number")
BY_FIELD = Shapes((), None, {}, by_field={"Numbered.epoch": (EPOCHS,), "Numbered.number": (NUMBERS,)})


def test_ints_are_of_the_sort_of_the_field_in_which_they_stand(search: Paths) -> None:
    (shape,) = BY_FIELD.of(Numbered, "it")
    it = shape.build()

    assert shape.text == "Numbered(any int, any int)"
    assert (domain_of(it.epoch), domain_of(it.number)) == (EPOCHS, NUMBERS)
    assert list(BY_FIELD.fits(Numbered(it.epoch, 0), Numbered)) == []
    assert not any(search.possible(each.term(0) != z3.Const("first", each.sort)) for each in (EPOCHS, NUMBERS))
    with pytest.raises(Refuted, match=r"Numbered\.epoch is it\.number, which is none of the shapes"):
        list(BY_FIELD.fits(Numbered(it.number, 0), Numbered))


def test_ints_of_two_sorts_are_not_compared_since_nothing_is_known_of_that(search: Paths) -> None:
    (shape,) = BY_FIELD.of(Numbered, "it")
    it = shape.build()

    with pytest.raises(Trespass, match="compares one of the epochs with one of the numbers, which may be equal or not"):
        _ = it.epoch == it.number
    assert search.trespass is not None
    search.trespass = None


NUMBER: Any = Projection(A, "number")
WRONG: Any = 1


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Thing(A, Colour.RED), Thing),
        (Thing(Round(3), Colour.RED), Thing),
        (Thing(None, Colour.RED), Thing),
        (Counting(), Counting),
        (Counting(NUMBER), Counting),
    ],
)
def test_what_is_of_one_of_the_shapes_fits(value: object, kind: type) -> None:
    assert list(SHAPES.fits(value, kind)) == []


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize(
    ("value", "kind", "what"),
    [
        (Special(None, Colour.RED), Thing, "what it becomes is Special(None, <Colour.RED: 1>, True, False)"),
        (Thing(None, Colour.RED, WRONG), Thing, "Thing.sure is 1"),
        (Counting(NUMBER + 1), Counting, "Counting.last is number of a + 1"),
        (Counting(7), Counting, "Counting.last is 7"),
        (Counting(0, Map(((A, True), (B, True), (C, True)))), Counting, "Counting.heard is Map({{a, True}, {b, True}, {c, True}})"),
        (Counting(0, Map(((A, WRONG),))), Counting, "Counting.heard is 1"),
    ],
)
def test_what_a_state_becomes_is_refused_where_it_is_of_no_shape(value: object, kind: type, what: str) -> None:
    with pytest.raises(Refuted) as refuted:
        list(SHAPES.fits(value, kind))

    assert str(refuted.value) == f"{what}, which is none of the shapes that were run"


def test_a_map_with_a_key_twice_is_of_no_shape(search: Paths) -> None:
    goals = list(SHAPES.fits(Counting(0, Map(((A, True), (A, False)))), Counting))

    assert any(search.possible(z3.Not(goal)) for goal, _ in goals)


# ---- what is found in the source


class Peeking:
    """One method per way to look."""

    looks = type

    def by_identity(self, one: object, other: object) -> bool:
        return one is other or one is None

    def by_module(self, one: object) -> object:
        return copy.copy(one)

    def hidden(self, one: object) -> object:
        import sys  # noqa: PLC0415  # that is what is looked for

        return sys.getrefcount(one)

    remembered: ClassVar[list[object]] = []

    def by_memory(self, one: object) -> bool:
        self.remembered.append(one)
        return len(REMEMBERED) > 1

    def by_force(self, one: object) -> None:
        object.__setattr__(self, "one", one)


REMEMBERED: set[object] = set()


def test_what_nothing_would_notice_at_run_time_is_found_in_the_source() -> None:
    found = list(dict.fromkeys(each.partition(": ")[2] for each in peeks(Peeking)))

    assert sorted(found) == [
        "REMEMBERED is a set, which all calls share; keep what is remembered in the state",
        "`__setattr__` sees what holds a value, or changes what is frozen",
        "`copy` of copy knows what no state, input or field holds, on which no protocol may depend",
        "`is` asks which object holds a value; compare by ==",
        "`type` sees or keeps what is no part of any value, on which no protocol may depend",
        "remembered is a list, which all calls share; keep what is remembered in the state",
        "sys is imported within a handler, where nobody looks for it",
    ]
