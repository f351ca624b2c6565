"""Attacks by the order of a set, which is another one in another process."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import explore_family
from concordant.checks.misuse import BrokenRule
from concordant.checks.own import own
from concordant.checks.registry import protocols_loaded
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Step, System, step
from concordant.spec.vocabulary import Address, Faults, Map, NoHistory, Send, broadcast
from tests.checks.toys import A, B, C, Counter, Ends, Goes, Kept, Later, Note, Noticed, Teller, Toy
from tests.command.test_own_protocols import LOCK

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated])
LATER = "the handler answers otherwise when it is asked again"


def telling(process: Toy, *numbers: int) -> System[NoHistory]:
    """Return a system in which `b` tells the process these numbers, in any order."""
    return System({A: process, B: Teller(A, numbers or (1, 2))}, NoHistory(), ())


def caught(engine: Callable[..., Any], system: System[Any]) -> str:
    with pytest.raises(BrokenRule) as found:
        engine(system)
    return str(found.value)


# ---- the order of a set


@frozen
class Set:
    """A message, a trigger and an event with a set in it."""

    notes: frozenset[int] = frozenset({1, 2})


@frozen
class Tells(Toy):
    """Sends the process a set."""

    def start(self) -> Step[Kept]:
        return step(Kept(), Send(A, Set()))


SETS = frozenset({1, 2})


class ByReceiving(Toy):
    def receive(self, state: Kept, source: Address, message: Any) -> Step[Kept]:  # noqa: ARG002
        return step(Kept(tuple(message.notes)))


@frozen
class ByItsField(Toy):
    peers: frozenset[Address] = frozenset({B, C})

    def receive(self, state: Kept, source: Address, message: Any) -> Step[Kept]:  # noqa: ARG002
        return step(state, *broadcast(self.peers, Note(1)))


@frozen
class ByItsState(Toy):
    """Derives what it goes through from the set in its state."""

    derive: Callable[[frozenset[int]], Iterable[int]]

    def start(self) -> Step[Kept]:
        return step(Kept((SETS,)))  # type: ignore[arg-type]

    def armed(self, state: Kept) -> tuple[Later, ...]:
        return (Later(),) if len(state.notes) == 1 else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        held: Any = state.notes[0]
        return step(Kept((SETS, *self.derive(held))))  # type: ignore[arg-type]


ORDERED: list[Callable[[frozenset[int]], Iterable[int]]] = [
    tuple,
    list,
    iter,
    lambda notes: [note for note in notes],  # noqa: C416
    lambda notes: (next(iter(notes)),),
    lambda notes: notes | {3},
    lambda notes: notes - {4},
    lambda notes: notes & {1, 2, 3},
    lambda notes: notes ^ {5},
    lambda notes: notes.union({3}),
    lambda notes: notes.difference({3}),
    lambda notes: notes.intersection({1, 2}),
    lambda notes: notes.symmetric_difference({3}),
    lambda notes: notes.copy(),
    lambda notes: (min(notes, key=lambda _: 0),),
    lambda notes: sorted(notes, key=lambda _: 0),
    lambda notes: Map.of(dict.fromkeys(notes, 1)).keys() + tuple(dict.fromkeys(notes)),
    lambda notes: map(ord, repr(notes)),
]


@ENGINES
@pytest.mark.parametrize("process", [ByReceiving(), ByItsField(), *map(ByItsState, ORDERED)])
def test_the_order_of_a_set_may_not_show_in_what_a_handler_does(engine: Callable[..., Any], process: Toy) -> None:
    said = caught(engine, System({A: process, B: Tells(), C: Toy()}, NoHistory(), ()))

    assert said.startswith("a0: the order of a set shows: ")
    assert "; sort a set before you go through it\n" in said


@pytest.mark.parametrize(
    "derive",
    [
        sorted,
        lambda notes: (sum(notes), len(notes), max(notes)),
        lambda notes: (1 in notes,),
        lambda notes: (notes - {2},),
        lambda notes: map(ord, repr(notes - {2})),
    ],
)
def test_what_does_not_depend_on_the_order_of_a_set_may_be_done(derive: Any) -> None:
    assert explore(System({A: ByItsState(derive), B: Toy()}, NoHistory(), ())).complete


def test_what_survives_a_crash_has_no_order() -> None:
    class Leaves(Toy):
        def start(self) -> Step[Kept]:
            return step(Kept((SETS,)))  # type: ignore[arg-type]

        def survives(self, state: Kept) -> Iterable[Kept]:
            held: Any = state.notes[0]
            return (Kept((note,)) for note in held)

    assert explore(System({A: Leaves()}, NoHistory(), (), faults=Faults(crashes=1, who=(A,)))).states == 3


@frozen
class Votes:
    """A history that remembers who was first, of those that come at once."""

    votes: frozenset[int] = frozenset()
    first: int | None = None

    def after(self, at: Address, by: Address, happening: object) -> Votes:  # noqa: ARG002
        votes = self.votes | ({happening.number} if isinstance(happening, Noticed) else set())
        return evolve(self, votes=votes, first=next(iter(self.votes), None))


@ENGINES
def test_the_order_of_a_set_may_not_show_in_a_history(engine: Callable[..., Any]) -> None:
    assert caught(engine, System({A: Counter()}, Votes(), ())).startswith("Votes.after answers otherwise when it is asked again: ")


# ---- sets that are made, in modules of a user


FIRST = """
from collections.abc import Iterable
from enum import Enum
from heapq import nsmallest
from itertools import chain, permutations


def first(names: Iterable[str]) -> str:
    return next(iter(names))


HELD = (frozenset(("client", "server")),)


class Holder:
    NAMES = frozenset(("client", "server"))


class Members(Enum):
    ALL = frozenset(("client", "server"))


def grown(numbers: Iterable[int]) -> set[int]:
    found = set()
    for number in numbers:
        found.add(number)
    return found


def by_default(names: Iterable[str] = frozenset(("client", "server")), *, more: Iterable[str] = frozenset(("client", "server"))) -> list[str]:
    return [first(names), first(more)]
"""
BIASED = """

@frozen
class Biased(Server):
    def is_taken(self, state: Holders) -> bool:
        names = {each.role for each in (*state, SERVER)}
        return bool(state) and (ORDER)[0] == "client"


ONE = system(Biased())
"""
MADE = LOCK.partition("TWO = system()")[0].replace("from attrs import frozen\n", "from attrs import frozen\nfrom their_orders import *\n")


@pytest.fixture
def of_a_user(tmp_path: Path) -> Iterator[Callable[[str], System[Any]]]:
    """Return a function that makes a system of a user in which a set is gone through; forget afterwards what was imported."""
    paths, loaded, known = list(sys.path), set(sys.modules), set(protocols_loaded())

    def system(order: str) -> System[Any]:
        (tmp_path / "their_orders.py").write_text(FIRST, encoding="utf-8")
        file = tmp_path / "biased.py"
        file.write_text(MADE + BIASED.replace("ORDER", order), encoding="utf-8")
        (scope,) = own(str(file)).scopes
        return scope.system

    yield system
    sys.path[:] = paths
    for name in set(sys.modules) - loaded:
        del sys.modules[name]
    for stem in set(protocols_loaded()) - known:
        del protocols_loaded()[stem]


@pytest.mark.parametrize(
    "order",
    [
        "[first(names)]",
        "[*chain(names)]",
        "next(permutations(names))",
        "[min(names | {'server'}, key=bool)]",
        "nsmallest(1, names, key=bool)",
        "[set(names).pop()]",
        "[f'{names}'[2:8]]",
        "sum({('client',), ('server',)}, ())",
        "[first(frozenset(names))]",
        "[first(names.union(['guest']) - {'guest'})]",
        "(lambda a, b: (a, b))(*names)",
        "[first(type(names)(names))]",
        "[first(HELD[0])]",
        "[first(Holder.NAMES)]",
        "[first(Members.ALL.value)]",
        "by_default()",
        "by_default(('server',))[1:]",
    ],
)
def test_the_order_of_a_set_that_is_made_may_not_show_wherever_it_is_gone_through(
    of_a_user: Callable[[str], System[Any]], order: str
) -> None:
    said = caught(explore, of_a_user(order))

    assert said.startswith("server0: the order of a set shows: ")


COLLIDING = "{0, 8}"
"""Numbers that share a place in the table of a set, under every hash seed."""


@pytest.mark.parametrize("again", ["{number for number in SET}", "frozenset([*SET])", "SET | {8}", "set().union(SET)", "grown(SET)"])
def test_a_set_that_is_made_of_one_in_another_order_does_not_turn_back(of_a_user: Callable[[str], System[Any]], again: str) -> None:
    said = caught(explore, of_a_user(f"[('client', 'server')[first({again.replace('SET', COLLIDING)}) // 8]]"))

    assert said.startswith("server0: the order of a set shows: ")


def test_the_order_of_a_set_may_not_show_in_a_module_that_somebody_has_imported_before(
    of_a_user: Callable[[str], System[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "their_orders.py").write_text(FIRST, encoding="utf-8")
    (tmp_path / "biased.py").write_text(MADE + BIASED.replace("ORDER", "[first(names)]"), encoding="utf-8")
    importlib.import_module("biased")

    assert caught(explore, of_a_user("[first(names)]")).startswith("server0: the order of a set shows: ")


FAMILY = """
from concordant.checks.exploration.families import Family

ANY = Family("any", "a lock", lambda draw: system(Careless() if first({"client", "server"}) == draw.one_of("name", ("client",)) else Server()))
"""


def test_no_system_of_a_family_depends_on_the_order_of_a_set_that_is_made_for_it(
    of_a_user: Callable[[str], System[Any]], tmp_path: Path
) -> None:
    of_a_user("sorted(names)")
    (tmp_path / "many_locks.py").write_text(MADE + FAMILY, encoding="utf-8")
    (family,) = own(str(tmp_path / "many_locks.py")).families

    with pytest.raises(BrokenRule, match="the systems of family any: the order of a set shows"):
        explore_family(family)


def test_a_set_that_is_made_and_sorted_shows_none(of_a_user: Callable[[str], System[Any]]) -> None:
    assert explore(of_a_user("sorted(names)")).states == 3
