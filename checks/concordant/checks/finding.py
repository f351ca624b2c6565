"""What a value of a module holds: scopes stand in tuples, in dicts, in classes and in records."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from enum import Enum, EnumType
from types import MappingProxyType, SimpleNamespace


def within(value: object, module: str, around: tuple[int, ...] = ()) -> Iterator[object]:
    """Yield what is in a collection or namespace, in a class of the module, or in an instance of one, at any depth; anything else is itself."""
    inside: Iterable[object]
    match value:
        case tuple() | list() | set() | frozenset() | deque() | ValuesView():
            inside = value
        case Mapping() | MappingProxyType():
            inside = value.values()
        case EnumType():
            members: Iterable[Enum] = value.__members__.values()
            inside = [each.value for each in members]
        case type() if value.__module__ == module:
            inside = vars(value).values()
        case SimpleNamespace():
            inside = vars(value).values()
        case _:
            yield value
            inside = _attributes(value) if type(value).__module__ == module else ()
    for each in inside if id(value) not in around else ():
        yield from within(each, module, (*around, id(value)))


def _attributes(value: object) -> Iterator[object]:
    """Yield what an object has in its fields and attributes."""
    yield from getattr(value, "__dict__", {}).values()
    yield from (getattr(value, name) for kind in type(value).__mro__ for name in _slots(kind) if hasattr(value, name))


def _slots(kind: type) -> tuple[str, ...]:
    """Return the names of what a class has room for."""
    slots = vars(kind).get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)
