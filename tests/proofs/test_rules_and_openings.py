"""Fields that are left open until a handler looks, and rules that are run on their own: what is run, what is refused, and what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import z3
from attrs import evolve, frozen

from concordant.proofs.kernel.looking_in import looked_into
from concordant.proofs.kernel.meaning import WHO, members
from concordant.proofs.kernel.openings import LeftOpen, entries, once, parts, raw
from concordant.proofs.kernel.paths import Paths, Refuted, every_path, running
from concordant.proofs.kernel.peeking import peeks, telling_types
from concordant.proofs.kernel.rules import misapplied, so_far, standing_for
from concordant.proofs.kernel.shapes import Shapes, records
from concordant.proofs.kernel.symbols import SymbolicClass, shown
from concordant.proofs.kernel.trespassing import Trespass
from concordant.refimpl.machine import Step, step
from concordant.spec.vocabulary import Address, Announce, Map

COUNT = z3.DeclareSort("Count")
FIRST = z3.Const("first", COUNT)
NAMES = SymbolicClass(str, "names", z3.DeclareSort("Name"))
COUNTS = SymbolicClass(int, "counts", COUNT, made=lambda made, term: z3.And(term == FIRST, made == 0), sure=True)
ONE, OTHER = members("process", 2)


@frozen
class Cried:
    """One kind of what was heard."""

    by: Address


@frozen
class Hushed:
    """Another."""

    by: Address


@frozen
class Box:
    """What is open."""

    name: str
    count: int | None = None
    who: frozenset[Address] = frozenset()
    told: Map[Address, int | None] = Map()
    heard: frozenset[Cried | Hushed] = frozenset()


OPEN = ("Box.count", "Box.who", "Box.told", "Box.heard")
SHAPES = Shapes(
    (WHO, NAMES, COUNTS),
    None,
    {"Box.heard": 1, "Box.who": 2, "Box.told": 2},
    growing=("Box.heard",),
    open=OPEN,
    among={"Box.who": (ONE, OTHER), "Box.told": (ONE,)},
)
(SHAPE,) = SHAPES.of(Box, "box")
BOX = SHAPE.build()
FACTS = (*SHAPE.facts, WHO.term(ONE) != WHO.term(OTHER))


@pytest.fixture
def search() -> Iterator[Paths]:
    paths = Paths(FACTS)
    with running(paths):
        yield paths


def _seen(look: Callable[[Any], Any]) -> list[Any]:
    """Return what a look sees on every path."""
    seen: list[Any] = []
    with looked_into({Box: dict.fromkeys(each.rpartition(".")[2] for each in OPEN)}):
        every_path(lambda _: seen.append(look(BOX)), FACTS)
    return seen


def test_a_record_whose_fields_are_open_has_one_shape_which_says_what_may_be() -> None:
    assert SHAPE.text == (
        "Box(any str, any int or None, any set among 2, any map among 1 keys, at most 1 of Cried(any Address) | Hushed(any Address))"
    )
    assert [type(each) is LeftOpen for each in parts(BOX)] == [False, True, True, True, True]
    assert sorted(kind.__name__ for kind in records(Box)) == ["Address", "Box", "Cried", "Hushed"]


def test_whoever_looks_into_a_field_sees_each_form_on_a_path_of_its_own() -> None:
    assert sorted(map(shown, _seen(lambda box: box.count))) == ["None", "box.count"]
    assert sorted(len(who) for who in _seen(lambda box: box.who)) == [0, 1, 1, 2]
    assert (
        sorted(map(shown, _seen(lambda box: box.told)))
        == [
            "Map({})",
            "Map({{process0, None}})",
            "Map({{process0, box.told[process0]}})",
        ]
        or len(_seen(lambda box: box.told)) == 3
    )
    assert sorted(",".join(type(each).__name__ for each in heard) for heard in _seen(lambda box: box.heard)) == ["", "Cried", "Hushed"]


def test_whoever_carries_a_field_along_does_not_look() -> None:
    (carried,) = _seen(lambda box: evolve(box, name=box.name))

    assert raw(carried, "heard") is raw(BOX, "heard")


def test_fields_that_are_open_may_be_equal_or_not_and_are_not_looked_into() -> None:
    assert sorted(_seen(lambda box: box == evolve(box, who=frozenset()))) == [False, True]
    assert _seen(lambda box: box == evolve(box)) == [True]
    assert _seen(lambda box: len({box, evolve(box)})) == [1]


def test_what_may_be_in_a_field_is_told_with_its_condition() -> None:
    assert [shown(value) for _, value in entries(raw(BOX, "who"))] == ["process0", "process1"]
    assert entries(None) == ()
    assert [value for condition, value in entries(Map.of({1: 2})) if z3.is_true(condition)] == [(1, 2)]
    assert [value for _, value in entries(frozenset({1}))] == [1]
    assert [value for _, value in entries(3)] == [3]


def test_what_is_open_or_was_made_fits_and_what_is_larger_or_of_others_does_not(search: Paths) -> None:
    stranger = WHO.symbol("stranger")

    assert list(SHAPES.fits(BOX, Box)) == []
    assert list(SHAPES.fits(evolve(BOX, heard=frozenset({Cried(stranger), Hushed(stranger)})), Box)) == [], (
        "one more than there are at most"
    )
    (goal,) = SHAPES.fits(evolve(BOX, who=frozenset({stranger})), Box)
    assert search.possible(z3.Not(goal[0]))
    with pytest.raises(Refuted, match=r"Box\.count is"):
        list(SHAPES.fits(evolve(BOX, count=raw(BOX, "name")), Box))
    with pytest.raises(Refuted, match=r"Box\.who has .*, which is none of the shapes"):
        list(SHAPES.fits(evolve(BOX, who=frozenset({3})), Box))


def test_what_is_left_open_has_one_form_inside() -> None:
    several = Shapes((WHO, NAMES, COUNTS), None, {}, open=("Choice.what",))

    with pytest.raises(Refuted, match=r"Choice\.what cannot be left open: there is Cried"):
        list(several.of(Choice, "choice"))


@frozen
class Choice:
    """What is not open."""

    what: Cried | Hushed | None = None


def test_what_is_written_once_is_the_same_on_every_path(search: Paths) -> None:
    assert once(z3.Not, z3.Bool("p")) is not None
    p = z3.Bool("p")
    assert once(z3.Not, p) is once(z3.Not, p)
    assert search.terms


# ---- numbers and records of just one class


def test_of_a_sure_number_it_may_be_asked_whether_it_is_0_and_what_another_leaves_of_it() -> None:
    count, left = COUNTS.symbol("some"), list[tuple[bool, int]]()

    every_path(lambda _: left.append((bool(count), count % 3)), [])

    assert sorted(left) == [(each, rest) for each in (False, True) for rest in range(3)]
    assert hash(count) == hash(0)


def test_a_sure_symbol_is_of_its_class_and_what_holds_it_is_not_told(search: Paths) -> None:
    seen: list[type] = []
    with telling_types(Asking):
        every_path(lambda _: seen.append(Asking().of_a_record(Cried(ONE))), [])
        with pytest.raises(Trespass, match="asks for the type of a int"):
            Asking().of_a_record(COUNTS.symbol("some"))
        with pytest.raises(Trespass, match="asks for the type of"):
            Asking().of_a_record(LeftOpen("a field left open", (), frozenset))

    assert seen == [Cried]
    assert "type" not in globals()
    search.trespass = None
    assert [each.partition(": ")[2] for each in peeks(Asking)] == []
    assert any("`type` sees or keeps" in each for each in peeks(Aliased))


class Asking:
    """Asks for types by their name."""

    def of_a_record(self, record: object) -> type:
        return type(record)


KIND = type


class Aliased:
    """Asks for them by another."""

    def of_a_record(self, record: object) -> object:
        return KIND(record)


# ---- rules


class Ruled:
    """Goes on to its rules."""

    def handle(self, state: int) -> Step[int]:
        return step(state + 1, Announce("counted")).then(self.double).then(self.halve)

    def double(self, state: int) -> Step[int] | None:
        return step(state * 2, Announce("doubled"))

    def halve(self, state: int) -> Step[int] | None:
        return step(state // 2, Announce("halved"))


RULES = ("double", "halve")


class LooksBack(Ruled):
    """Does something with what a rule does."""

    def handle(self, state: int) -> Step[int]:
        return step(super().handle(state).state, Announce("done"))


class TellsFirst(Ruled):
    """Tells something after its rules."""

    def handle(self, state: int) -> Step[int]:
        after = super().handle(state)
        return step(after.state, *after.effects, Announce("done"))


class KeepsTheOldState(Ruled):
    """Goes on to a rule, and keeps the state of before."""

    def handle(self, state: int) -> Step[int]:
        return Step(state, step(state).then(self.double).effects)


class Peeks(Ruled):
    """Looks what a rule has made of the state."""

    def handle(self, state: int) -> Any:
        return step(state).then(self.double).state.real


class CountsWhatWasDone(Ruled):
    """Does nothing where a rule has nothing to say."""

    def handle(self, state: int) -> Step[int]:
        after = step(state).then(self.double)
        return after if after.effects else step(0)


class ComparesWhatIsMade(Ruled):
    """Does nothing where a rule changes nothing."""

    def handle(self, state: int) -> Step[int]:
        after = step(state).then(self.double)
        return step(0) if after == step(state) else after


class KeepsWhatIsMade(Ruled):
    """Sends along what a rule makes of the state."""

    def handle(self, state: int) -> Step[int]:
        return step(state).then(self.double).then(lambda doubled: step(state, Announce(doubled)))


class TellsInBetween(Ruled):
    """Tells something before its second rule."""

    def handle(self, state: int) -> Step[int]:
        return step(state).then(self.double).then(lambda doubled: step(doubled, Announce("half done")).then(self.halve))


class AsksByAPattern(Ruled):
    """Asks whether a rule applies, which it finds by a pattern."""

    def handle(self, state: int) -> Step[int]:
        match self:
            case Ruled(double=rule):
                return step(state) if rule(state) is None else step(0)
        return step(state)


class AsksWhether(Ruled):
    """Asks whether a rule applies."""

    def handle(self, state: int) -> Step[int]:
        return step(state) if self.double(state) is None else step(0)

    def halve(self, state: int) -> Step[int] | None:
        return super().halve(state + 1)


def test_what_is_done_before_the_first_rule_is_a_step_of_its_own() -> None:
    with standing_for(Ruled, RULES, None):
        after = so_far(Ruled().handle(1))

    assert (after.state, after.effects) == (2, (Announce("counted"),))
    assert so_far(Ruled().handle(1)).state == 2, "the rules are themselves again"
    assert so_far(None) is None


def test_a_rule_is_itself_where_it_is_run_and_in_its_own_stead() -> None:
    with standing_for(AsksWhether, RULES, "halve"):
        assert AsksWhether().halve(3) == step(2, Announce("halved"))
        assert type(so_far(AsksWhether().double(3)).state) is int
    assert AsksWhether().double(2) == step(4, Announce("doubled"))


@pytest.mark.parametrize(
    ("kind", "does"),
    [
        (LooksBack, "looks at state of"),
        (TellsFirst, "looks at state of"),
        (KeepsTheOldState, "looks at effects of"),
        (Peeks, "looks at state of"),
        (CountsWhatWasDone, "looks at effects of"),
        (ComparesWhatIsMade, "compares"),
        (KeepsWhatIsMade, "does something with"),
        (TellsInBetween, "does something with"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_whoever_does_anything_with_what_rules_make_but_go_on_from_it_is_refuted(kind: type[Ruled], does: str, search: Paths) -> None:
    with standing_for(kind, RULES, None), pytest.raises(Refuted, match=f"it {does} what its rules have yet to make") as found:
        so_far(kind().handle(1))
    assert search.trespass is found.value
    search.trespass = None


def test_a_rule_is_named_for_then_alone_or_by_itself() -> None:
    assert list(misapplied(Ruled, RULES)) == []
    for kind in (AsksWhether, AsksByAPattern):
        (found,) = misapplied(kind, RULES)
        assert found.endswith("`double` is a rule, which is run on its own: go on to it by `then`")
