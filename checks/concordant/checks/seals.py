"""Seals: what of Concordant a user's module finds is what it leaves, or nothing that is said of it counts.

A module that puts another function in the place of ours, such as the one that makes the exit code, would judge itself. So it is noted
before such a module is imported which functions, classes and constants ours are, and compared after the import and after each answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import EnumType
from functools import cache, cached_property, partial
from operator import attrgetter, is_
from types import FunctionType, MappingProxyType, ModuleType
from typing import Any, TypeAlias

from attrs import frozen

import concordant
from concordant.checks.misuse import Misuse

OURS = "concordant."
JUDGING = ("answers", "running", "questions.asking", "exploration.explore", "mechanisms.judging", "cache.answers", "covering.recorder")
"""Modules that decide, and load what they decide by: they are there before any module of a user's."""
DOES = tuple(attrgetter(part) for part in ("__code__", "__defaults__", "__kwdefaults__"))
"""What a function does, whatever its name."""
MADE_OF_FUNCTIONS = (FunctionType, staticmethod, classmethod, property, cached_property, partial)
KNOWN = (*concordant.__path__, sys.prefix, sys.base_prefix, "<")
"""With what the files of functions begin that may be in modules of ours which are loaded later."""
Entries: TypeAlias = Mapping[str, tuple[object, ...]]
"""By name in one module, what stands there, and what it does."""


@frozen(eq=False)
class Seal:
    """What one module held. `print`: everything that decides about it, one by one; as long as it is the same, nothing has changed."""

    print: tuple[object, ...]
    entries: Entries


Seals: TypeAlias = Mapping[str, Seal]
"""By module."""
_seals: Seals = MappingProxyType({})
"""The last ones, while a user's module may have changed something."""
_known: dict[str, Seal] = {}
"""By module, the last one made: few change, and to look at a print takes a tenth of the time."""


def seal() -> Seals:
    """Note what there is of ours, and return it."""
    for name in JUDGING:
        __import__(f"concordant.checks.{name}")
    for where, module in _ours():
        now = _print(where, module)
        if where not in _known or not _is_same(_known[where].print, now):
            _known[where] = Seal(now, dict(_entries(where, module)))
    return sealed(MappingProxyType({where: _known[where] for where, _ in _ours()}))


def sealed(again: Seals | None = None) -> Seals:
    """Return what was noted last. Whoever is to be judged by it holds it meanwhile: a user's module could note something else. `again`: note this."""
    global _seals  # noqa: PLW0603  # which is replaced whole, and never changed
    if again is not None:
        _seals = again
    return _seals


def require_ours() -> None:
    """Raise a Misuse where somebody, whose module was imported before, has put a function of his own among ours."""
    for where, module in _ours():
        for name, (what, *_) in _entries(where, module):
            if _is_foreign(what, where):
                raise Misuse(f"{name} of {where} is not ours; whatever is said then says nothing")


def require_sealed(module: str, seals: Seals) -> None:
    """Raise a Misuse where something of ours is no longer what it was when this was noted; nothing where nothing was."""
    for where, ours in _ours() if seals else ():
        was = seals.get(where)
        if was is None or not _is_same(was.print, _print(where, ours)):
            for name in _changed({} if was is None else was.entries, dict(_entries(where, ours)), where):
                raise Misuse(f"{module} changes {name} of {where}, which is not its own; whatever is said of it then says nothing")
    if seals is not _seals:
        raise Misuse(f"{module} changes what was noted of Concordant, which is not its own; whatever is said of it then says nothing")


def _changed(before: Entries, now: Entries, where: str) -> Iterator[str]:
    yield from (name for name, what in before.items() if name in now and not _is_same(what, now[name]))
    yield from (name for name in before if name not in now)
    yield from (name for name, (what, *_) in now.items() if name not in before and _is_foreign(what, where))


def _is_same(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    return len(before) == len(after) and all(map(is_, before, after))


def _is_foreign(value: object, where: str) -> bool:
    """Tell whether a function in a module stands neither there, nor with ours, nor in what is installed."""
    file = value.__code__.co_filename if isinstance(value, FunctionType) else "<"
    return not file.startswith(KNOWN) and file != getattr(sys.modules.get(where), "__file__", None)


def _ours() -> Iterator[tuple[str, ModuleType]]:
    for where, module in tuple(sys.modules.items()):
        if where.startswith(OURS) and isinstance(module, ModuleType):
            yield where, module


def _print(where: str, module: ModuleType) -> tuple[object, ...]:
    """Return names and values of a module and of its classes, what its functions do, and what its constants map: all that entries tell, and more."""
    held = vars(module)
    found: list[Any] = [*held, *held.values()]
    for value in tuple(held.values()):
        if isinstance(value, type) and value.__module__ == where:
            found += (*vars(value), *vars(value).values())
    kinds: Iterable[Any] = map(type, found)
    functions = [
        function for value, kind in zip(found, kinds, strict=True) if _may_be_made_of_functions(kind) for function in _functions(value)
    ]
    for part in DOES:
        found += map(part, functions)
    found += [part for value in held.values() if isinstance(value, EnumType) for part in _of_members(value)]
    for name, value in tuple(held.items()):
        if name.isupper() and isinstance(value, Mapping):
            found += (*value.keys(), *value.values())
    return tuple(found)


def _entries(where: str, module: ModuleType) -> Iterator[tuple[str, tuple[object, ...]]]:
    for name, value in tuple(vars(module).items()):
        if isinstance(value, type) and value.__module__ == where:
            yield name, (value, *(_of_members(value) if isinstance(value, EnumType) else ()))
            for part, held in tuple(vars(value).items()):  # maps in a class may grow, as that of all flags does
                yield f"{name}.{part}", (held,) if isinstance(held, Mapping) else _what(held)
        elif _counts(name, value):
            yield name, _what(value)


def _counts(name: str, value: object) -> bool:
    """Tell whether something is there for good: a function or the like, or a constant; what a module notes has small letters."""
    constant = name.isupper() and not name.startswith("_")
    return callable(value) or isinstance(value, property | staticmethod | classmethod) or constant


def _what(value: object) -> tuple[object, ...]:
    """Return what tells whether something is the same, and does the same."""
    maps = (*value.keys(), *value.values()) if isinstance(value, Mapping) else ()
    return (value, *(part(function) for function in _functions(value) for part in DOES), *maps)


@cache
def _may_be_made_of_functions(kind: type) -> bool:
    """Tell whether what is of a class may be made of functions: most are names, and classes."""
    return issubclass(kind, MADE_OF_FUNCTIONS) or hasattr(kind, "cache_info")


def _functions(value: object) -> Iterator[FunctionType]:
    """Yield the function that something is, or is made of: a method, a property, what is cached or a context."""
    inside: tuple[object, ...] = ()
    match value:
        case FunctionType():
            yield value
            inside = (vars(value).get("__wrapped__"),)
        case staticmethod() | classmethod():
            inside = (value.__func__,)
        case property():
            inside = (value.fget, value.fset)
        case cached_property() | partial():
            inside = (value.func,)
        case _ if hasattr(type(value), "cache_info"):
            inside = (value.__wrapped__,)  # type: ignore[attr-defined]
        case _:
            pass
    for each in inside:
        yield from _functions(each)


def _of_members(kind: EnumType) -> list[object]:
    """List what the members of an enum are, which is compared and printed."""
    members: Iterable[object] = kind
    return [part for member in members for part in (member, vars(member)["_value_"], vars(member)["_name_"])]
