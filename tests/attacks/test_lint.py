"""What a run may not show is found in the source: state kept outside of states, the world, and the order of a set."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from concordant.checks.lint import ELSEWHERE, KEEPS, ONCE, ORDER, SAME, lint
from concordant.checks.questions.question import Means
from concordant.checks.questions.source import SourceQuestion

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    ".".join(path.relative_to(ROOT / slice).with_suffix("").parts).removesuffix(".__init__")
    for slice in ("spec", "refimpl", "pitfalls")
    for path in sorted((ROOT / slice / "concordant" / slice).rglob("*.py"))
    if not {"vocabulary", "machine"} & set(path.parts)
]


def module(tmp_path: Path, source: str) -> ModuleType:
    """Return a user's module with this source, which is not run."""
    file = tmp_path / "lock.py"
    file.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("lock", file)
    assert spec is not None
    return importlib.util.module_from_spec(spec)


@pytest.mark.parametrize("name", OURS)
def test_our_own_protocols_are_clean(name: str) -> None:
    assert lint(importlib.import_module(name)) == ()


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("SEEN = set()\ndef receive(self, state): SEEN.add(state)", 1, f"SEEN can change: {KEEPS}"),
        ("SEEN: dict[str, int] = {}\ndef receive(self, state): return SEEN[state]", 1, f"SEEN can change: {KEEPS}"),
        ("class Lock:\n    ever = []", 2, f"ever can change: {KEEPS}"),
        ("class Lock:\n    turns = count()", 2, f"turns can change: {KEEPS}"),
        ("LAST = 0\ndef receive(self, state):\n    global LAST\n    LAST = state", 3, KEEPS),
        ("def made():\n    n = 0\n    def receive(self):\n        nonlocal n\n        n += 1\n    return receive", 4, KEEPS),
        ("def made():\n    ever = []\n    def receive(self): ever.append(1)\n    return receive", 2, f"ever can change: {KEEPS}"),
        ("def receive(self, state, ever=[]): pass", 1, KEEPS),
        ("def receive(self, state): object.__setattr__(state, 'n', 1)", 1, "__setattr__ reaches around values: leave it out"),
        ("def receive(self, state): self.__dict__['n'] = 1", 1, "__dict__ reaches around values: leave it out"),
        ("def receive(self, state): return hash(state)", 1, "hash(…) reaches around values: leave it out"),
        ("import random", 1, "read no clock, no randomness and nothing else of the world"),
        ("from time import monotonic", 1, "read no clock, no randomness and nothing else of the world"),
        ("import asyncio.events", 1, "read no clock, no randomness and nothing else of the world"),
        ("from typing import sys", 1, "read no clock, no randomness and nothing else of the world"),
        ("from collections import _sys as s", 1, "read no clock, no randomness and nothing else of the world"),
        ("import typing\ndef start(self): return typing.sys", 2, "read no clock, no randomness and nothing else of the world"),
        ("def start(self): return __builtins__['open']('x')", 1, "__builtins__ reaches around values: leave it out"),
        ("class Lock: pass\ndef start(self): Lock.starts += 1", 2, f"Lock.starts is changed for all: {KEEPS}"),
        ("class Mode: A = 1\ndef start(self): Mode.A.starts = 1", 2, f"Mode.A.starts is changed for all: {KEEPS}"),
        ("def start(self): return 'a'.__hash__() % 2", 1, "__hash__ reaches around values: leave it out"),
        ("from decimal import getcontext", 1, "read no clock, no randomness and nothing else of the world"),
        ("def is_held(seen): is_held.asked = True", 1, f"is_held.asked is changed for all: {KEEPS}"),
        ("from concordant.checks import answers\nanswers.exit_code = print", 2, f"answers.exit_code is changed for all: {KEEPS}"),
        ("def is_held(seen): return seen._state.flight", 1, "_state is somebody's own: leave it out"),
        ("from statistics import NormalDist", 1, "read no clock, no randomness and nothing else of the world"),
        ("def start(self):\n    n = 1\n    self.mode.starts = n", 3, f"self.mode.starts is changed for all: {KEEPS}"),
        ("class Lock:\n    @classmethod\n    def note(cls): cls.starts = 1", 3, f"cls.starts is changed for all: {KEEPS}"),
        ("class Odd(ABC): pass\ndef start(self): Odd.register(int)", 2, f"Odd.register is changed for all: {KEEPS}"),
        ("def is_held(seen): return getattr(seen, '_state')", 1, "getattr(…) reaches around values: leave it out"),
        ("def is_held(seen): return getattr(seen, '_' 'state' + '')", 1, "getattr(…) reaches around values: leave it out"),
        ("def is_held(seen): return attrgetter('flight', '_state')(seen)", 1, "attrgetter(…) reaches around values: leave it out"),
        ("def is_held(seen): return '{0._state}'.format(seen)", 1, "'{0._state}' reaches around values: leave it out"),
        (
            "def is_held(seen):\n    match seen:\n        case object(_state=state): return state",
            3,
            "_state reaches around values: leave it out",
        ),
        ("def start(self): LAST.__init__(1)", 1, "__init__ reaches around values: leave it out"),
        ("def start(self): Last.turn.__set__(LAST, 1)", 1, "__set__ reaches around values: leave it out"),
        ("def start(self): Last.__annotations__['turn'] = 1", 1, "__annotations__ reaches around values: leave it out"),
        ("def receive(self, state, source, vote): return vote is state.vote", 1, SAME),
        ("SEEN = (set(), 1)\ndef receive(self, state): SEEN[0].add(state)", 1, f"SEEN can change: {KEEPS}"),
        ("def total(orders): return sum({order.price for order in orders})", 1, ONCE),
        ("def total(orders): return sum(set(order.price for order in orders))", 1, ONCE),
        ("OPEN = open\ndef start(self): return OPEN('x')", 1, "open reaches around values: leave it out"),
        ("class Lock:\n    id: str\n    def open(self): return min(self.peers, key=id)", 3, "id reaches around values: leave it out"),
    ],
)
def test_what_keeps_something_or_reaches_around_values_is_found(tmp_path: Path, source: str, line: int, what: str) -> None:
    assert lint(module(tmp_path, source)) == (f"lock.py:{line}: {what}",)


FIELD = "class State:\n    votes: frozenset[int]\n"


@pytest.mark.parametrize(
    "through",
    [
        "return list(once(self.peers))\n\ndef once(names):\n    return {*names}",
        "return once({*self.peers})\n\ndef once(names):\n    return list(names)",
        "votes, others = {*self.peers}, ()\n    return list(votes)",
        "votes = others = {*self.peers}\n    return list(others)",
        "if votes := {*self.peers}:\n        return list(votes)",
        "return self.once(names={*self.peers})\n\ndef once(self, *, names):\n    return list(names)",
        "yield from state.votes",
        "first, second = state.votes\n    return first",
        "for vote in state.votes: pass",
        "return tuple(state.votes)",
        "return [vote for vote in state.votes]",
        "return [*state.votes][1]",
        "return {vote: 1 for vote in state.votes}",
        "return next(iter(state.votes))",
        "return (*state.votes,)",
        "return min(state.votes, key=abs)",
        "return sorted(state.votes, key=abs)",
        "return sorted((vote for vote in state.votes), key=abs)",
        "return tuple({0} | state.votes)",
        "return tuple(state.votes - {1})",
        "return tuple(state.votes.union({1}))",
        "return tuple({1, 2})",
        "return tuple(frozenset(self.peers))",
        "votes = set(self.peers)\n    return list(votes)",
        "return ', '.join(state.votes)",
        "return broadcast(state.votes, 1)",
        "return state.votes.pop()",
        "return tuple(state.votes if state else {1})",
    ],
)
def test_what_goes_through_a_set_in_its_order_is_found(tmp_path: Path, through: str) -> None:
    source = f"{FIELD}def receive(self, state):\n    {through}"

    found = lint(module(tmp_path, source))

    assert found != ()
    assert all(each.endswith(f": {ORDER}") for each in found)
    lines = source.splitlines()
    assert lint(module(tmp_path, "\n".join([*lines[:3], *(f"{line}  # on purpose" for line in lines[3:])]))) == ()


@pytest.mark.parametrize(
    "through",
    [
        "return sorted(state.votes)",
        "return any(vote > 1 for vote in state.votes)",
        "return sum(vote for vote in state.votes)",
        "return frozenset(vote + 1 for vote in state.votes)",
        "return {vote + 1 for vote in state.votes}",
        "return max(state.votes)",
        "return len(state.votes)",
        "return 1 in state.votes",
        "return Map.of((vote, 1) for vote in state.votes)",
        "return set().union(*({vote} for vote in state.votes))",
        "votes = (1, 2)\n    return tuple(votes)",
        "return tuple(sorted(state.votes))",
        "return type(state) is int or state is None or state.mode is Mode.OPEN",
        "return getattr(state, 'votes')",
        "id = state.votes\n    return id",
    ],
)
def test_what_shows_neither_order_nor_identity_is_left_alone(tmp_path: Path, through: str) -> None:
    assert lint(module(tmp_path, f"{FIELD}def receive(self, state):\n    {through}")) == ()


def test_what_a_function_holds_while_it_runs_is_left_alone(tmp_path: Path) -> None:
    assert (
        lint(module(tmp_path, "def receive(self, state):\n    seen = []\n    for each in state: seen.append(each)\n    return tuple(seen)"))
        == ()
    )


def test_a_name_that_is_a_set_in_another_function_is_left_alone(tmp_path: Path) -> None:
    assert lint(module(tmp_path, "def one(state: frozenset[int]): return 1\ndef other(state: tuple[int, ...]): return (*state, 2)")) == ()


def test_a_constant_that_no_function_reads_is_left_alone(tmp_path: Path) -> None:
    assert lint(module(tmp_path, "WITNESS = {'n': 1}\n__all__ = ['WITNESS']")) == ()


def test_what_is_kept_in_a_module_where_no_function_reads_it_is_found_if_another_module_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "their_shelf.py").write_text("SEEN = []\n", encoding="utf-8")
    (tmp_path / "their_reader.py").write_text("from their_shelf import SEEN\n\ndef receive(state): SEEN.append(state)\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    answer = SourceQuestion("their_reader", ("their_reader",)).answer(Means())

    assert [note.fields["value"] for note in answer.notes] == [f"their_shelf.py:1: SEEN can change: {KEEPS}"]


def test_a_set_by_another_name_of_another_module_is_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "their_state.py").write_text("Votes = frozenset[int]\nclass State:\n    votes: Votes\n", encoding="utf-8")
    (tmp_path / "their_voting.py").write_text(
        "from their_state import Votes\ndef second(state): return [*state.votes][1]\ndef first(votes: Votes): return [*votes][0]\n",
        encoding="utf-8",
    )

    answer = SourceQuestion("their_voting", ("their_voting",)).answer(Means())

    assert [note.fields["value"] for note in answer.notes] == [f"their_voting.py:{line}: {ORDER}" for line in (2, 3)]


@pytest.mark.parametrize(
    "made",
    [
        "votes = tuple(map(frozenset, (self.peers,)))",
        "votes = Votes(converter=frozenset)",
        "make = set",
        "votes = [make(self.peers) for make in (set, frozenset)]",
        "def one(make=frozenset): pass",
        "class Votes(frozenset): pass",
        "votes = reduce(frozenset.union, self.peers)",
    ],
)
def test_a_class_of_sets_that_is_handed_to_others_is_found(tmp_path: Path, made: str) -> None:
    assert {*lint(module(tmp_path, f"def handler(self, state):\n    {made}\n"))} == {f"lock.py:2: {ELSEWHERE}"}


@pytest.mark.parametrize(
    "asked",
    [
        "votes: frozenset[int] = frozenset(self.peers)",
        "if isinstance(state, (set, frozenset)) or type(state) is frozenset: pass",
        "votes = frozenset.union(frozenset(), self.peers)",
        "votes = field(validator=instance_of(frozenset))",
        "match state:\n        case frozenset(): pass",
    ],
)
def test_a_class_of_sets_that_is_called_or_asked_about_is_left_alone(tmp_path: Path, asked: str) -> None:
    assert lint(module(tmp_path, f"def handler(self, state: frozenset | None) -> frozenset:\n    {asked}\n")) == ()
