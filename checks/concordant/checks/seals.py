"""Seals: what of Concordant a user's module finds is what it leaves, or nothing that is said of it counts.

A module that puts another function in the place of ours, such as the one that makes the exit code, would judge itself. So it is noted
before such a module is imported which functions, classes and constants ours are, and compared after the import and after each answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType
from typing import TypeAlias

import concordant
from concordant.checks.misuse import Misuse

OURS = "concordant."
JUDGING = ("answers", "running", "questions.asking", "exploration.explore", "mechanisms.judging", "cache.answers", "covering.recorder")
"""Modules that decide, and load what they decide by: they are there before any module of a user's."""
KNOWN = (*concordant.__path__, sys.prefix, sys.base_prefix, "<")
"""With what the files of functions begin that may be in modules of ours which are loaded later."""
Seal: TypeAlias = Mapping[tuple[str, str], tuple[object, ...]]
"""By module and name, what stands there, and what it does."""
_seals: list[Seal] = []


def seal() -> None:
    """Note what there is of ours."""
    for name in JUDGING:
        __import__(f"concordant.checks.{name}")
    _seals[:] = [dict(_sealed())]


def require_ours() -> None:
    """Raise a Misuse where somebody, whose module was imported before, has put a function of his own among ours."""
    for (where, name), (what, *_) in _sealed():
        if _is_foreign(what, where):
            raise Misuse(f"{name} of {where} is not ours; whatever is said then says nothing")


def require_sealed(module: str) -> None:
    """Raise a Misuse where something of ours is no longer what it was when a user's module was imported; nothing where there was none."""
    for before in _seals:
        now = dict(_sealed())
        broken = [key for key, what in before.items() if key in now and not _is_same(what, now[key])]
        gone = [key for key in before if key not in now and key[0] in sys.modules]
        new = [key for key, (what, *_) in now.items() if key not in before and _is_foreign(what, key[0])]
        for where, name in (*broken, *gone, *new):
            raise Misuse(f"{module} changes {name} of {where}, which is not its own; whatever is said of it then says nothing")


def _is_same(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    return len(before) == len(after) and all(one is other for one, other in zip(before, after, strict=True))


def _is_foreign(value: object, where: str) -> bool:
    """Tell whether a function in a module stands neither there, nor with ours, nor in what is installed."""
    file = value.__code__.co_filename if isinstance(value, FunctionType) else "<"
    return not file.startswith(KNOWN) and file != getattr(sys.modules.get(where), "__file__", None)


def _sealed() -> Iterator[tuple[tuple[str, str], tuple[object, ...]]]:
    for where, module in tuple(sys.modules.items()):
        if where.startswith(OURS) and isinstance(module, ModuleType):
            for name, value in tuple(vars(module).items()):
                if isinstance(value, type) and value.__module__ == where:
                    yield (where, name), (value,)
                    for part, held in tuple(vars(value).items()):  # maps in a class may grow, as that of all flags does
                        yield (where, f"{name}.{part}"), (held,) if isinstance(held, Mapping) else _what(held)
                elif _counts(name, value):
                    yield (where, name), _what(value)


def _counts(name: str, value: object) -> bool:
    """Tell whether something is there for good: a function or the like, or a constant; what a module notes has small letters."""
    constant = name.isupper() and not name.startswith("_")
    return callable(value) or isinstance(value, property | staticmethod | classmethod) or constant


def _what(value: object) -> tuple[object, ...]:
    """Return what tells whether something is the same, and does the same."""
    match value:
        case FunctionType():
            return (value, value.__code__, value.__defaults__, value.__kwdefaults__)
        case Mapping():
            return (value, *value.keys(), *value.values())
        case _:
            return (value,)
