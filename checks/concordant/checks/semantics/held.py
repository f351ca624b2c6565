"""Sets that a user's modules hold while they are run: constants, what classes and enums hold, and defaults.

They were made when the module was imported, once, and so cannot be turned as they are made. The second time that a function is asked
each stands there with its sets in another order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, EnumType
from fractions import Fraction
from functools import partial
from operator import is_
from types import FunctionType, ModuleType
from typing import Any

from attrs import fields

from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.turning import HELD, HeldSet
from concordant.spec.vocabulary import Address, Bag, Map, is_record

Put = Callable[[Any], None]
PLAIN = (bool, int, str, Fraction, Enum, Address, Bag, Map)


def hold(modules: Iterable[ModuleType]) -> None:
    """Let the sets that these modules hold be gone through the other way round, where that is wanted."""
    modules = tuple(modules)
    names = frozenset(module.__name__ for module in modules)
    HELD[:] = [each for each in HELD if each.module not in names]
    for module in modules:
        for value, put in _held_in(module):
            again = _again(value, names)
            if again is not value:
                HELD.append(HeldSet(module.__name__, put, value, again))


def _held_in(module: ModuleType) -> Iterator[tuple[Any, Put]]:
    """Yield what a module holds, with what puts something else in its place."""
    for name, value in tuple(vars(module).items()):
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield from _defaults(value)
        elif isinstance(value, type) and value.__module__ == module.__name__:
            yield from _held_by(value)
        elif not name.startswith("__"):
            yield value, partial(vars(module).__setitem__, name)


def _held_by(kind: type) -> Iterator[tuple[Any, Put]]:
    for name, value in tuple(vars(kind).items()):
        if isinstance(value, FunctionType):
            yield from _defaults(value)
        elif isinstance(kind, EnumType) and isinstance(value, Enum):
            yield value.value, partial(setattr, value, "_value_")
        elif not name.startswith("__") and not isinstance(kind, EnumType):
            yield value, partial(setattr, kind, name)


def _defaults(function: FunctionType) -> Iterator[tuple[Any, Put]]:
    if function.__defaults__:
        yield function.__defaults__, partial(setattr, function, "__defaults__")
    given: dict[str, Any] = function.__kwdefaults__ or {}
    yield from ((value, partial(given.__setitem__, part)) for part, value in tuple(given.items()))


def _again(value: Any, theirs: frozenset[str]) -> Any:
    """Return something with the sets of its values in another order; itself, where it has none."""
    if type(value) is tuple:
        parts = tuple(_again(part, theirs) for part in value)
        return value if all(map(is_, parts, value)) else parts
    return scrambled(value) if _is_value(value, theirs) else value


def _is_value(value: Any, theirs: frozenset[str]) -> bool:
    """Tell whether something is a value, of classes of theirs if of any: a system, say, is not made anew."""
    kind = type(value)
    if kind in (tuple, frozenset):
        return all(_is_value(part, theirs) for part in value)
    if is_record(kind) and kind.__module__ in theirs:
        return all(_is_value(getattr(value, part.name), theirs) for part in fields(kind))
    return value is None or isinstance(value, PLAIN)
