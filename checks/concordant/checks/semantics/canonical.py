"""Values, whatever their class: a total order that does not depend on hashes, what is allowed in one, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from attrs import fields, has

from concordant.spec.vocabulary import Address, Bag, Map

Key: TypeAlias = tuple[Any, ...]


def order_key(value: object) -> Key:
    """Return a key that sorts values of any classes, the same on every run. A value that may not be in a state is a TypeError.

    Allowed are None, bool, int, Fraction, str, enums, classes, tuples, frozensets, and frozen attrs classes of these.
    """
    match value:
        case None:
            return ("",)
        case Enum():
            return ("enum", type(value).__name__, value.name)
        case bool() | int() | Fraction():
            return ("number", value)
        case str():
            return ("text", value)
        case Address():
            return ("address", value.role, value.number)
        case tuple():
            return ("tuple", *map(order_key, value))
        case frozenset():
            return ("set", *sorted(map(order_key, value)))
        case type():
            return ("type", value.__name__)
        case _:
            kind = type(value)
            if not has(kind) or kind.__hash__ is None:
                raise TypeError(f"{value!r} of class {kind.__name__} may not be in a state, message or event; {_instead(value)}")
            return ("record", kind.__name__, *(order_key(getattr(value, part.name)) for part in fields(kind) if part.eq))


def require_legal(value: object) -> None:
    """Check that a value may be in a state, message or event: what `order_key` sorts. Another is a TypeError.

    Every value that a handler returns is checked, so this makes no keys.
    """
    kind = type(value)
    if kind in _SCALARS:
        return
    for part in _parts(value, kind):
        require_legal(part)


_SCALARS = frozenset({type(None), bool, int, Fraction, str, Address})


def _parts(value: Any, kind: type) -> Iterable[object]:
    if kind is tuple or kind is frozenset:
        elements: Iterable[object] = value
        return elements
    names = _compared(kind)
    if names is None:
        order_key(value)
        return ()
    return [getattr(value, name) for name in names]


@cache
def _compared(kind: type) -> tuple[str, ...] | None:
    """Return the fields by which values of a record class are compared; None for other classes."""
    return tuple(part.name for part in fields(kind) if part.eq) if has(kind) and kind.__hash__ is not None else None


def _instead(value: object) -> str:
    match value:
        case float():
            return "use an int or a Fraction: arithmetic is exact"
        case list():
            return "use a tuple"
        case set():
            return "use a frozenset"
        case dict():
            return "use Map.of(…), which is immutable and sorted"
        case _ if has(type(value)):
            return "make its class @frozen"
        case _:
            return "use ints, Fractions, strings, enums, tuples, frozensets, Map, Bag and frozen attrs classes"


def text(value: object) -> str:
    """Show a value as a reader of the protocol would write it, without field names; sets in order.

    >>> text((Address("acceptor", 1), frozenset({3, 2})))
    '(acceptor1, {2, 3})'
    """
    match value:
        case Enum():
            return value.name.lower()
        case str():
            return repr(value)
        case type():
            return value.__name__
        case tuple():
            return f"({', '.join(map(text, value))}{',' if len(value) == 1 else ''})"
        case frozenset():
            return f"{{{', '.join(text(element) for element in sorted(value, key=order_key))}}}"
        case Map() | Mapping():
            return f"{{{', '.join(f'{text(key)}: {text(entry)}' for key, entry in value.items())}}}"
        case Bag():
            return f"[{', '.join(map(text, value))}]"
        case _:
            kind = type(value)
            if not has(kind) or "__str__" in vars(kind):
                return str(value)
            return f"{kind.__name__}({', '.join(text(getattr(value, part.name)) for part in fields(kind))})"


def changes(before: object, after: object) -> tuple[tuple[str, object, object], ...]:
    """List what differs between two values: (field, before, after), down to the field of a record of one class.

    >>> from concordant.spec.vocabulary import Send
    >>> changes(Send(Address("a"), 1), Send(Address("a"), 2))
    (('message', 1, 2),)
    """
    kind = type(before)
    if kind is not type(after) or not has(kind) or isinstance(before, Address | Map | Bag):
        return () if before == after else (("", before, after),)
    pairs = ((part.name, getattr(before, part.name), getattr(after, part.name)) for part in fields(kind))
    return tuple((name, old, new) for name, old, new in pairs if old != new)
