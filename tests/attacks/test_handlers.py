"""A handler that keeps something outside its state, or lets the order of a set show, is caught, however well it hides it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import pytest
from attrs import define, evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore, prepare
from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.again import check_again
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Step, System, step
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Address, Bag, Cases, Fault, Map, NoHistory, Seen, always, case
from tests.checks.toys import A, B, C, Counter, Ends, Goes, Kept, Later, Note, Teller, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated])
LATER = "the handler answers otherwise when it is asked again"


def telling(process: Toy, *numbers: int) -> System[NoHistory]:
    """Return a system in which `b` tells the process these numbers, in any order."""
    return System({A: process, B: Teller(A, numbers or (1, 2))}, NoHistory(), ())


def caught(engine: Callable[..., Any], system: System[Any]) -> str:
    with pytest.raises(BrokenRule) as found:
        engine(system)
    return str(found.value)


# ---- kept in self


class KeepsInSelf(Toy):
    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        self.latest = message.number
        return step(state.plus(message.number))


class KeepsInItsDictionary(Toy):
    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        vars(self)["latest"] = message.number
        return step(state.plus(message.number))


@frozen
class KeepsInAField(Toy):
    latest: int = 0

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        object.__setattr__(self, "latest", message.number)
        return step(state.plus(message.number))


@ENGINES
@pytest.mark.parametrize(
    ("process", "said"),
    [
        (KeepsInSelf(), "a0: the handler raised TypeError: KeepsInSelf.latest = 1: a process keeps nothing in self; put it into the state"),
        (KeepsInItsDictionary(), "a0: the handler changed what the process holds, which keeps nothing in self; put it into the state"),
        (KeepsInAField(), "a0: the handler changed what the process holds, which keeps nothing in self; put it into the state"),
    ],
)
def test_what_is_kept_in_self_is_caught_also_where_it_has_no_effect(engine: Callable[..., Any], process: Toy, said: str) -> None:
    assert caught(engine, telling(process)).startswith(said)


def test_a_process_is_not_built_around_its_fields() -> None:
    class Plain(Toy):
        def __init__(self, limit: int) -> None:
            self.limit = limit

    @define
    class Mutable(Toy):
        limit: int

    for kind in (Plain, Mutable):
        with pytest.raises(
            TypeError,
            match=r"\.limit = 1: a process keeps nothing in self; put it into the state, or make the class @frozen and limit a field",
        ):
            kind(1)


@frozen
class Ruled(Toy):
    """Holds something."""

    rule: Any


def counting() -> Callable[[], int]:
    counted = []

    def count() -> int:
        counted.append(1)
        return len(counted)

    return count


def with_default(into: list[int] = []) -> list[int]:  # noqa: B006  # the mistake
    return into


def recursive() -> Callable[[int], int]:
    def factorial(number: int) -> int:
        return 1 if number < 2 else number * factorial(number - 1)

    return factorial


@define
class Box:
    content: int


@frozen
class Tool:
    use: Any


@ENGINES
@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ([1], "[1] of class list"),
        ({"a": 1}, "{'a': 1} of class dict"),
        (counting(), "[] of class list"),
        (with_default, "[] of class list"),
        (partial(pow, {1}), "{1} of class set"),
        ([].append, "[] of class list"),
        ((1, [2]), "[2] of class list"),
        (Map.of({1: [2]}), "[2] of class list"),
        (Box(1), "Box(content=1) of class Box"),
        (Tool(counting()), "[] of class list"),
        (iter(()), "of class tuple_iterator"),
    ],
)
def test_what_a_process_holds_cannot_change(engine: Callable[..., Any], rule: Any, what: str) -> None:
    with pytest.raises(TypeError) as found:
        engine(telling(Ruled(rule)))

    assert f"a0 holds {what}" in str(found.value) or what in str(found.value)
    assert str(found.value).endswith(
        "a process holds values, functions of values, and records of these, or else it could keep something there"
    )


@pytest.mark.parametrize(
    "rule",
    [
        1,
        max,
        Toy,
        partial(pow, 2),
        recursive(),
        lambda: with_default,
        Tool(recursive()),
        Map.of({"a": abs}),
        (recursive(), None),
        Ruled(3),
        Bag.of,
    ],
)
def test_a_process_may_hold_values_functions_and_records_of_them(rule: Any) -> None:
    if rule is not None:
        assert explore(telling(Ruled(rule if not callable(rule) or getattr(rule, "__name__", "") != "<lambda>" else recursive()))).complete


# ---- kept in what is shared


class KeepsInItsClass(Toy):
    """Hidden, and idempotent: it remembers which notes it ever took, whatever its state."""

    ever: ClassVar[set[int]] = set()

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        self.ever.add(message.number)
        return step(Kept(tuple(sorted(self.ever))))


EVER: set[int] = set()


class KeepsInItsModule(Toy):
    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        EVER.add(message.number)
        return step(Kept(tuple(sorted(EVER))))


class ArmsByWhatItKnows(Toy):
    ever: ClassVar[set[int]] = set()

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        self.ever.add(len(state.notes))
        return step(state.plus(message.number))

    def armed(self, state: Kept) -> tuple[Later, ...]:  # noqa: ARG002
        return (Later(),) if len(self.ever) > 1 else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(state)


class ShowsWhatItKnows(Toy):
    ever: ClassVar[set[int]] = set()

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        self.ever.add(message.number)
        return step(state.plus(message.number))

    def view(self, state: Kept) -> Kept:
        return state.plus(len(self.ever))


@always(under=~Fault.NONE)
def takes_no_nine(seen: Seen[NoHistory]) -> Cases:
    """Nobody takes a nine."""
    yield case(9 not in seen.views(Kept)[A].notes)


@ENGINES
@pytest.mark.parametrize(
    ("process", "input_"),
    [
        (KeepsInItsClass, "Receive(a0, b0, Note(1))"),
        (KeepsInItsModule, "Receive(a0, b0, Note(1))"),
        (ArmsByWhatItKnows, "armed(state)"),
        (ShowsWhatItKnows, "view(state)"),
    ],
)
def test_what_is_kept_in_what_is_shared_is_caught_also_where_one_call_after_the_other_sees_nothing(
    engine: Callable[..., Any], process: type[Toy], input_: str
) -> None:
    EVER.clear()
    for kind in (KeepsInItsClass, ArmsByWhatItKnows, ShowsWhatItKnows):
        kind.ever.clear()

    said = caught(lambda system: engine(system, (takes_no_nine,)), telling(process()))

    assert said.startswith(f"a0: {LATER}: ")
    assert f"\n  input: {input_}\n" in said


@frozen
class Counts:
    """A history that keeps a tally on the side."""

    seen: int = 0
    all: ClassVar[list[object]] = []

    def after(self, at: Address, by: Address, happening: object) -> Counts:  # noqa: ARG002
        if happening not in self.all:
            self.all.append(happening)
        return Counts(len(self.all))


@ENGINES
def test_a_history_that_keeps_something_on_the_side_is_caught(engine: Callable[..., Any]) -> None:
    Counts.all.clear()

    said = caught(engine, System({A: Counter(), B: Teller(C, (1, 2)), C: Toy()}, Counts(), ()))

    assert said.startswith("Counts.after answers otherwise when it is asked again: ")


# ---- changed in place


@always()
def nothing_is_said(seen: Seen[NoHistory]) -> Cases:
    """There is a history of nothing."""
    yield case(seen.history == NoHistory())


@frozen
class Nested:
    inner: Kept = Kept()


@frozen
class ChangesWhatItShares:
    """A history that writes into a part that it hands on, so that the next one holds the very same part."""

    heard: Kept = Kept()
    told: int = 0

    def after(self, at: Address, by: Address, what: object) -> ChangesWhatItShares:  # noqa: ARG002
        object.__setattr__(self.heard, "notes", (*self.heard.notes, 1))
        return ChangesWhatItShares(self.heard, self.told + 1)


@ENGINES
def test_a_part_that_two_histories_share_is_not_changed_in_place(engine: Callable[..., Any]) -> None:
    system = System({A: Toy(), B: Teller(A, (1, 2))}, ChangesWhatItShares(Kept()), ())

    assert caught(engine, system).startswith("a value was changed in place: it was ChangesWhatItShares(Kept(")


class ChangesAnOlderState(Counter):
    """Changes the first state that it was ever in, long after that was left."""

    first: ClassVar[list[Kept]] = []

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        self.first.append(state)
        if len(state.notes) == 2:
            object.__setattr__(self.first[0], "notes", (7,))
        return super().fire(state, trigger)


@ENGINES
def test_a_value_that_is_changed_in_place_is_caught_long_after_it_was_left(engine: Callable[..., Any]) -> None:
    ChangesAnOlderState.first.clear()

    assert caught(engine, System({A: ChangesAnOlderState()}, NoHistory(), ())).startswith(
        "a value was changed in place: it was Kept(()), and is Kept((7,)) now"
    )


def test_a_value_that_is_changed_in_place_is_caught_also_where_no_time_is_left_to_ask_anything_again() -> None:
    ChangesAnOlderState.first.clear()
    task = prepare(System({A: ChangesAnOlderState()}, NoHistory(), (nothing_is_said,)), None, Reductions(), ())
    Search(task.semantics, task.judge).run()

    with pytest.raises(BrokenRule, match="a value was changed in place"):
        check_again(task.semantics.parts, lambda: True)


class ChangesAndRestores(Counter):
    """Changes its state when asked first, and back when asked again."""

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        object.__setattr__(state, "notes", state.notes[:-1] if 9 in state.notes else (*state.notes, 9))
        return step(Kept((trigger.number,) * 3))


class ChangesItsType(Counter):
    """Makes True of 1, which is equal."""

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        object.__setattr__(state, "notes", tuple(bool(note) if note == 1 else note for note in state.notes))
        return step(Kept((*(int(note) for note in state.notes), trigger.number)))


@pytest.mark.parametrize(("process", "before"), [(ChangesAndRestores(), "Kept(())"), (ChangesItsType(), "Kept((1,))")])
def test_a_state_that_is_changed_in_place_is_shown_as_it_was_before(process: Toy, before: str) -> None:
    said = caught(explore, System({A: process}, NoHistory(), ()))

    assert said.startswith("a0: the handler changed its state in place; return step(new_state) instead\n")
    assert said.endswith(f"\n  state: {before}")


# ---- shown as another class than is declared


@frozen
class More(Kept):
    """What only some show."""


class ShowsMore(Toy):
    def view(self, state: Kept) -> Kept:
        return More(state.notes)


@always(under=~Fault.NONE)
def more_is_little(seen: Seen[NoHistory]) -> Cases:
    """Nobody shows more."""
    yield case(not seen.views(More))


@ENGINES
def test_no_process_shows_what_clauses_do_not_find_by_what_is_declared(engine: Callable[..., Any]) -> None:
    said = caught(engine, evolve(telling(ShowsMore()), promises=(more_is_little,)))

    assert said.startswith("a0: view(state) returned More(()), but is annotated to return Kept\n")
