"""Values, whatever their class: a total order that does not depend on hashes, what is allowed in one, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from attrs import fields, has

from concordant.spec.vocabulary import Address, Bag, Below, CompletionBelow, DeadlineBelow, InternalBelow, Layers, Map, identity, same

V = TypeVar("V")
Key: TypeAlias = tuple[Any, ...]


def order_key(value: object) -> Key:
    """Return a key that sorts values of any classes, the same on every run, and is equal for the same value only.

    A value that may not be in a state is a TypeError.
    """
    identity(value)
    return outline(value)


def outline(value: Any) -> Key:
    """Return the same key also of what is no value: that is taken by its class and how it shows itself."""
    match value:
        case None:
            return ("",)
        case Enum():
            return ("enum", *_name(type(value)), value.name)
        case bool() | int() | Fraction():
            return ("number", value, type(value).__name__)
        case str():
            return ("text", value)
        case Address():
            return ("address", value.role, value.number)
        case tuple():
            return ("tuple", *map(outline, value))
        case frozenset():
            return ("set", *sorted(map(outline, value)))
        case type():
            return ("type", *_name(value))
        case _ if has(type(value)):
            return ("record", *_name(type(value)), *(outline(getattr(value, part.name)) for part in fields(type(value))))
        case _:
            return ("other", *_name(type(value)), repr(value))


def _name(kind: type) -> tuple[str, str, str, int]:
    """Return what orders classes: their names and, of those that even their full names do not tell apart, who came first."""
    namesakes = _NAMESAKES.setdefault((kind.__module__, kind.__qualname__), {})
    return kind.__name__, kind.__module__, kind.__qualname__, namesakes.setdefault(kind, len(namesakes))


_NAMESAKES: dict[tuple[str, str], dict[type, int]] = {}


def distinct(values: Iterable[V]) -> tuple[V, ...]:
    """Return values, each once, in the order in which they come first."""
    return tuple({identity(value): value for value in values}.values())


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
        case frozenset() | set():
            return f"{{{', '.join(text(element) for element in sorted(value, key=outline))}}}"
        case Map() | Mapping():
            return f"{{{', '.join(f'{text(key)}: {text(entry)}' for key, entry in value.items())}}}"
        case Bag():
            return f"[{', '.join(map(text, value))}]"
        case Below(what) | DeadlineBelow(what) | CompletionBelow(what) | InternalBelow(what):
            return f"below: {text(what)}"
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
    if isinstance(before, Layers) and isinstance(after, Layers):
        return tuple(_of_layers(before, after))
    kind = type(before)
    if kind is not type(after) or not has(kind) or isinstance(before, Address | Map | Bag):
        return () if same(before, after) else (("", before, after),)
    pairs = ((part.name, getattr(before, part.name), getattr(after, part.name)) for part in fields(kind))
    return tuple((name, old, new) for name, old, new in pairs if not same(old, new))


def _of_layers(before: Layers, after: Layers) -> Iterator[tuple[str, object, object]]:
    for part in ("above", "below", "waiting"):
        for name, old, new in changes(getattr(before, part), getattr(after, part)):
            yield f"{part}.{name}" if name else part, old, new
