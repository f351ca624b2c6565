"""What a module holds is looked at itself: whatever its source calls it, what can change is found."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from concordant.checks.lint import KEEPS, lint
from tests.attacks.test_files_of_users import folder, written
from tests.command.test_own_protocols import LOCK, concordant

__all__ = ["folder"]
NAMES = map("theirs_{}".format, itertools.count())


@pytest.fixture
def name() -> Iterator[str]:
    """Return a name for a module, which is forgotten afterwards."""
    name = next(NAMES)
    yield name
    sys.modules.pop(name, None)


def imported(file: Path, name: str, source: str) -> ModuleType:
    """Return a user's module, which is run."""
    file.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "made",
    [
        "class Any:\n    def __init__(self): self.ever = []\nSHELF = Any()",
        "from itertools import count as numbers\nSHELF = numbers()",
        "SHELF = ''.split()",
        "SHELF = [1] + []",
        "SHELF, OTHER = [], []",
        "SHELF = OTHER = []",
        "(SHELF := [])",
        "for SHELF in ([],): pass",
        "if True:\n    SHELF = []",
        "Box = list\nSHELF = Box()",
        "class Box(list): pass\nSHELF = Box()",
        "class Box(tuple): pass\nSHELF = Box()",
        "def numbers(): yield 1\nSHELF = numbers()",
        "SHELF = map(str, (1, 2))",
        "from functools import cache\n@cache\ndef SHELF(): return []",
        "from functools import partial\nSHELF = partial(print, [])",
        "SHELF = (lambda ever: lambda: ever)([])",
        "from unittest.mock import Mock\nSHELF = Mock()",
        "import hashlib\nSHELF = hashlib.sha256()",
        "from functools import singledispatch\n@singledispatch\ndef SHELF(x): return 0",
        "from enum import Enum\nclass Mode(Enum):\n    ODD = []\nSHELF = Mode.ODD",
        "from attrs import frozen\n@frozen(eq=False)\nclass Box:\n    ever: list\nSHELF = Box([])",
        "from concordant.spec.vocabulary import Map\nSHELF = Map.of({1: []})",
        "__all__ = SHELF = []",
    ],
)
def test_what_can_change_is_found_whatever_makes_it(tmp_path: Path, name: str, made: str) -> None:
    found = lint(imported(tmp_path / "lock.py", name, f"{made}\ndef receive(self, state): return SHELF"))

    assert f"SHELF can change: {KEEPS}" in [line.partition(": ")[2] for line in found]


@pytest.mark.parametrize(
    ("made", "held"),
    [
        ("class Lock:\n    ever, turns = [], 0", "ever"),
        ("class Lock:\n    _ever = [1] + []", "_ever"),
        ("def made(ever):\n    class Lock:\n        def receive(self): return ever\n    return Lock\nLock = made([])", "receive"),
        (
            "from concordant.spec.vocabulary import always\ndef made(ever):\n    @always()\n    def held(seen): 'It.'; return ever\n    return held\nHELD = made([])",
            "HELD",
        ),
        ("import copy\ndef receive(self, state): copy.dispatch_table[int] = state", "copy.dispatch_table"),
    ],
)
def test_what_can_change_in_a_class_or_a_clause_is_found_too(tmp_path: Path, name: str, made: str, held: str) -> None:
    (found,) = lint(imported(tmp_path / "lock.py", name, made))

    assert found.endswith(f": {held} can change: {KEEPS}")


@pytest.mark.parametrize(
    "made",
    [
        "SHELF = (1, 'a', frozenset({2}), None, ...)",
        "from collections.abc import Callable\nSHELF = Callable[[int], int] | tuple[int, ...]",
        "from typing import TypeVar\nSHELF = TypeVar('SHELF')",
        "import re\nSHELF = re.compile('a')",
        "from types import MappingProxyType\nSHELF = MappingProxyType({'a': 1})",
        "from enum import Enum\nclass Mode(Enum):\n    ODD = 1\nSHELF = Mode.ODD",
        "from fractions import Fraction\nSHELF = Fraction(1, 2)",
        "from functools import partial\nSHELF = partial(print, 1)",
        "def SHELF(n): return SHELF(n - 1) if n else 0",
        "from concordant.spec.vocabulary import Map\nSHELF = Map.of({1: 2})",
    ],
)
def test_what_cannot_change_is_left_alone(tmp_path: Path, name: str, made: str) -> None:
    assert lint(imported(tmp_path / "lock.py", name, f"{made}\ndef receive(self, state): return SHELF")) == ()


SHELF = """
class Shelf:
    def __init__(self) -> None:
        self.ever: list[object] = []
SHELF = Shelf()
"""


def test_a_handler_that_is_wrong_once_it_was_asked_often_does_not_hold(folder: Path) -> None:
    keeps = LOCK.replace("return bool(state)\n", "SHELF.ever.append(state)\n        return bool(state) and len(SHELF.ever) < 1000\n")
    written(folder / "lock.py", f"{keeps}{SHELF}")

    done = concordant(folder, "check", "lock.py")

    assert done.returncode == 3
    assert f"SHELF can change: {KEEPS}" in done.stdout
