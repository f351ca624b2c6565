"""Values that Python takes for equal are not merged: each way to hide a state behind another is visited or refused."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from attrs import define, field, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.common.consistency import objects as shared
from concordant.spec.common.consistency.judging import linearization
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.common.consistency.ordering import Unordered
from concordant.spec.vocabulary import Address, Announce, Bag, Faults, Malformed, Map, NoHistory, Recorded, Send, identity
from tests.attacks import toys as others
from tests.checks.toys import ANN, A, B, Kept, Later, Log, Note, Tell, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated])


@frozen
class Chooses(Toy):
    """Keeps nothing at first, and then one of these values for good: one state more than there are different values."""

    values: Callable[[], tuple[Any, ...]]

    def armed(self, state: Kept) -> tuple[Later, ...]:
        return () if state.notes else tuple(Later(number) for number in range(len(self.values())))

    def fire(self, state: Kept, trigger: Any) -> Step[Kept]:
        return step(state.plus(self.values()[trigger.number]))


def choosing(values: Callable[[], tuple[Any, ...]]) -> System[NoHistory]:
    return System({A: Chooses(values)}, NoHistory(), ())


# ---- numbers


@ENGINES
@pytest.mark.parametrize(
    "values",
    [
        (0, False),
        (True, 1),
        (1, Fraction(1), True),
        ((0,), (False,)),
        (frozenset({0}), frozenset({False})),
        (Map.of({1: "x"}), Map.of({True: "x"})),
        (Map.of({"x": 1}), Map.of({"x": True})),
        (Bag.of((0, 2)), Bag.of((False, 2))),
        (Note(0), Note(False)),
    ],
)
def test_equal_numbers_of_different_types_are_different_states(engine: Callable[..., Any], values: tuple[Any, ...]) -> None:
    assert engine(choosing(lambda: values), ()).states == 1 + len(values)


@ENGINES
def test_equal_messages_of_different_types_are_different_messages(engine: Callable[..., Any]) -> None:
    class Tells(Toy):
        def start(self) -> Step[Kept]:
            return step(Kept(), Send(B, Note(1)), Send(B, Note(True)))

    # both in flight, either one, or none; B ignores what it receives
    assert engine(System({A: Tells(), B: Toy()}, NoHistory(), ()), ()).states == 4


@ENGINES
def test_equal_triggers_of_different_types_both_fire(engine: Callable[..., Any]) -> None:
    class Fires(Toy):
        def armed(self, state: Kept) -> tuple[Later, ...]:
            return () if state.notes else (Later(1), Later(True))

        def fire(self, state: Kept, trigger: Any) -> Step[Kept]:
            return step(state.plus(10 if trigger.number is True else 20))

    assert engine(System({A: Fires()}, NoHistory(), ()), ()).states == 3


@ENGINES
@pytest.mark.parametrize("requests", [(Malformed(True), Malformed(1.0)), (Malformed(True), Malformed(1)), (Tell(1), Tell(True))])
def test_equal_requests_of_different_types_are_all_asked(engine: Callable[..., Any], requests: tuple[object, ...]) -> None:
    class Looks(Toy):
        def request(self, state: Kept, client: Address, request: Any) -> Step[Kept]:  # noqa: ARG002
            asked = request.number if isinstance(request, Tell) else request
            return step(state.plus(["bool", "float", "int"].index(type(asked).__name__)))

    system = System({A: Looks()}, NoHistory(), (), users=(User(ANN, (A,), (requests,)),))

    assert engine(system, ()).states == 3


@ENGINES
def test_equal_events_of_different_types_are_different_histories(engine: Callable[..., Any]) -> None:
    class Announces(Chooses):
        def fire(self, state: Kept, trigger: Any) -> Step[Kept]:
            return step(state.plus(0), Announce(Note(self.values()[trigger.number])))

    assert engine(System({A: Announces(lambda: (0, False))}, Log(), ()), ()).states == 3


def test_what_a_crash_may_leave_is_told_apart_by_type() -> None:
    class Leaves(Toy):
        def survives(self, state: Kept) -> tuple[Kept, ...]:  # noqa: ARG002
            return Kept((1,)), Kept((True,))

    assert explore(System({A: Leaves()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,))), ()).states == 3


def test_a_handler_that_answers_by_an_equal_number_of_another_type_is_not_deterministic() -> None:
    turns = iter((0, False) * 10)

    class Wavers(Toy):
        def armed(self, state: Kept) -> tuple[Later, ...]:
            return () if state.notes else (Later(),)

        def fire(self, state: Kept, trigger: Any) -> Step[Kept]:  # noqa: ARG002
            return step(state.plus(next(turns)))

    with pytest.raises(
        BrokenProcess, match=r"the handler is not deterministic: Step\(Kept\(\(0,\)\), \(\)\), then Step\(Kept\(\(False,\)\)"
    ):
        explore(System({A: Wavers()}, NoHistory(), ()))


def test_a_recorded_draw_is_of_the_type_that_was_drawn() -> None:
    assert Recorded({"x": 0}).one_of("x", (False, 0)) is not False
    with pytest.raises(ValueError, match="recorded as 0, which is none of"):
        Recorded({"x": 0}).one_of("x", (False, True))


# ---- classes


class Credit(NamedTuple):
    amount: int


class Debit(NamedTuple):
    amount: int


class Colour(StrEnum):
    RED = "a"


class Suit(Enum):
    HEARTS = 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Suit)

    def __hash__(self) -> int:
        return 1


class Level(IntEnum):
    LOW = 1


class Word(str):
    __slots__ = ()


class Whole(int):
    pass


@frozen(eq=False)
class Unequal:
    """Compared by identity."""

    number: int


@frozen(eq=False)
class Mod2:
    """Compares by less than it holds."""

    number: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mod2) and self.number % 2 == other.number % 2

    def __hash__(self) -> int:
        return self.number % 2


@frozen
class Remarked:
    number: int
    remark: int = field(eq=False)


@frozen(slots=False)
class Open:
    """Has room for what is no field."""

    number: int

    def with_more(self, hidden: object) -> Open:
        other = Open(self.number)
        object.__setattr__(other, "hidden", hidden)
        return other


@define(eq=False)
class Box:
    """Mutable, and yet hashable."""

    number: int


class Room:
    """Has a slot that no field is about."""

    __slots__ = ("more",)


@frozen
class Roomy(Room):
    number: int


class Computes(Remarked):
    """Shows one number, whatever it was made of."""

    __slots__ = ()
    number = property(lambda self: 1, lambda self, value: None)  # noqa: ARG005


@frozen
class Looks(Remarked):
    def __getattribute__(self, name: str) -> Any:
        return 1 if name == "number" else super().__getattribute__(name)


@ENGINES
@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            lambda: (Credit(1), Debit(1)),
            "Credit(amount=1) of class Credit may not be in a state, message or event; make it a @frozen class: a tuple of another class is equal to it",
        ),
        (
            lambda: (Colour.RED, "a"),
            "<Colour.RED: 'a'> of class Colour may not be in a state, message or event; derive it from Enum alone: a member that is a str too is equal to that str",
        ),
        (
            lambda: (Level.LOW, 1),
            "<Level.LOW: 1> of class Level may not be in a state, message or event; derive it from Enum alone: a member that is an int too is equal to that int",
        ),
        (
            lambda: (Suit.HEARTS,),
            "<Suit.HEARTS: 1> of class Suit may not be in a state, message or event; let Enum compare its members: leave out __eq__",
        ),
        (
            lambda: (Word("a"), "a"),
            "'a' of class Word may not be in a state, message or event; use a str, or a @frozen class that holds one",
        ),
        (lambda: (Whole(1), 1), "1 of class Whole may not be in a state, message or event; use an int, or a @frozen class that holds one"),
        (
            lambda: (Open(1), Open(1).with_more([])),
            "Open(number=1) of class Open may not be in a state, message or event; it holds hidden, which is no field of its class",
        ),
        (
            lambda: (Roomy(1),),
            "a value of class Roomy may not be in a state, message or event; it has room for more, which is no field of its class",
        ),
        (
            lambda: (Computes(1, 1),),
            "a value of class Computes may not be in a state, message or event; it shows number, which it computes",
        ),
        (
            lambda: (Looks(1, 1),),
            "a value of class Looks may not be in a state, message or event; it shows its fields by a __getattribute__ of its own",
        ),
        (lambda: (Box(1),), "Box(number=1) of class Box may not be in a state, message or event; make its class @frozen"),
    ],
)
def test_what_could_be_taken_for_something_else_is_refused(
    engine: Callable[..., Any], values: Callable[[], tuple[Any, ...]], said: str
) -> None:
    with pytest.raises((BrokenProcess, TypeError)) as found:
        engine(choosing(values), ())

    assert str(found.value).partition("\n")[0].endswith(said)


@ENGINES
@pytest.mark.parametrize("values", [(Remarked(1, 1), Remarked(1, 2)), (Mod2(1), Mod2(3)), (Unequal(1), Unequal(2))])
def test_every_field_counts_whatever_its_class_says_of_equality(engine: Callable[..., Any], values: tuple[Any, ...]) -> None:
    assert engine(choosing(lambda: values), ()).states == 3


@ENGINES
def test_what_is_compared_by_identity_is_the_same_value_by_its_content(engine: Callable[..., Any]) -> None:
    assert engine(choosing(lambda: (Unequal(1), Unequal(1))), ()).states == 2


def test_a_set_of_equal_looking_elements_that_are_not_equal_is_refused() -> None:
    with pytest.raises(
        (BrokenProcess, TypeError), match="holds two elements that look the same; let attrs compare the values of its class"
    ):
        explore(choosing(lambda: (frozenset({Unequal(1), Unequal(1)}),)), ())
    with pytest.raises(TypeError, match="holds two elements that look the same"):
        identity(frozenset({Unequal(1), Unequal(1)}))


# ---- two classes of one name


def classes_of_one_name() -> tuple[type, type]:
    """Return two classes that even their full names do not tell apart."""

    def made() -> type:
        @frozen
        class Twin:
            number: int

        return Twin

    return made(), made()


@frozen
class Sender(Toy):
    """Sends each of these messages when time passes, in any order."""

    messages: tuple[Any, ...]

    def armed(self, state: Kept) -> tuple[Later, ...]:
        return tuple(Later(number) for number in range(len(self.messages)) if number not in state.notes)

    def fire(self, state: Kept, trigger: Any) -> Step[Kept]:
        return step(Kept(tuple(sorted((*state.notes, trigger.number)))), Send(B, self.messages[trigger.number]))


@ENGINES
@pytest.mark.parametrize("messages", [(Note(1), others.Note(1)), (Note(1), Note(True))], ids=["by module", "by type"])
def test_the_order_of_a_bag_does_not_tell_which_of_two_namesakes_was_sent_first(
    engine: Callable[..., Any], messages: tuple[Any, ...]
) -> None:
    # each of two messages is not sent yet, in flight, or received: 3 * 3, as with two of different names
    assert engine(System({A: Sender(messages), B: Toy()}, NoHistory(), ()), ()).states == 9


@ENGINES
def test_two_classes_of_one_full_name_are_told_apart_in_a_bag(engine: Callable[..., Any]) -> None:
    one, other = classes_of_one_name()

    assert engine(System({A: Sender((one(1), other(1))), B: Toy()}, NoHistory(), ()), ()).states == 9


def test_a_bag_or_map_does_not_mix_what_is_equal_but_not_the_same() -> None:
    for mixed in (
        lambda: Bag.of((1, True)),
        lambda: Bag.of((True, 2)).add(1),
        lambda: Map.of([(1, "x"), (True, "y")]),
        lambda: Map.of({1: "x"}).put(True, "y"),
    ):
        with pytest.raises(TypeError, match="are equal but not the same; use one type"):
            mixed()


def test_an_address_has_a_role_that_is_equal_to_no_other() -> None:
    with pytest.raises(TypeError, match=r"address of role <Colour.RED: 'a'> of class Colour; use a plain str: it is equal to that"):
        Address(Colour.RED)


def test_an_address_is_numbered_by_an_int() -> None:
    with pytest.raises(TypeError, match="address of role 'a' has the number True; use an int"):
        Address("a", True)


@pytest.mark.parametrize("asked", [shared.Contains(True), shared.Remove(True)])
def test_a_shared_set_does_not_hold_what_only_equals_an_element(asked: object) -> None:
    put = Operation(A, shared.Insert(1), 0, 1, shared.Present(present=False))
    found = Operation(A, asked, 2, 3, shared.Present(present=True))

    assert linearization(shared.Set(), (put, found)) == {"": Unordered((put,), (found,))}
