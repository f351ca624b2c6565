"""When two values are the same: of one type with the same content, all the way down, whatever `==` says.

Python takes `1`, `True` and `Fraction(1)` for equal, a tuple of a class of its own for any tuple, and records for what their
classes say. Who numbers values by `==` visits one state where there are two. Here a value becomes a key that holds its types:
what has no key is no value.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from enum import Enum
from fractions import Fraction
from inspect import getattr_static
from operator import attrgetter
from types import MemberDescriptorType, NoneType
from typing import Any, TypeAlias, TypeVar

from attrs import fields, frozen, has

K = TypeVar("K", bound=type)
Fields: TypeAlias = Callable[[Any], tuple[object, ...]]
Otherwise: TypeAlias = Callable[[Any], Hashable]
Key: TypeAlias = Callable[[Any, Otherwise], Hashable]

_PLAIN: set[type] = {type(None), int, str}
"""Classes whose members are keys themselves: each is equal to nothing but its like. Enums join when they are first met."""
_ALIKE: dict[type, Callable[[Any, Any], bool]] = {}
"""What tells whether two records of a class are the same: every field, also one that the class leaves out of comparison."""


class _Keys(dict[type, Key]):
    """What makes the key of a value, by its class, found out when the first of a class is met."""

    def __missing__(self, kind: type) -> Key:
        self[kind] = key = _key_of(kind)
        return key


_KEYS = _Keys({bool: lambda value, _: (bool, value), Fraction: lambda value, _: (Fraction, *value.as_integer_ratio())})


def plain(kind: K) -> K:
    """Let members of a class of this package be keys themselves, which is quick: its `==` must look at their types. Another class is a TypeError."""
    if not kind.__module__.startswith(f"{__package__}."):
        raise TypeError(f"@plain above {kind.__name__}: values are told apart by all that they hold, whatever their == says; leave it out")
    _PLAIN.add(kind)
    return kind


def identity(value: object) -> Hashable:
    """Return a key that is equal to that of another value exactly when both are of one type with the same content.

    A value that may not be in a state is a TypeError. Allowed are None, bool, int, Fraction, str, enums, classes, tuples,
    frozensets, and frozen attrs classes of these; no subclasses of what Python compares by content.

    >>> identity(1) == identity(True), identity((1, "a")) == identity((1, "a"))
    (False, True)
    """
    return _key(value, _refuse)


def likeness(value: object) -> Hashable:
    """Return the same key also of what is no value, such as a malformed request: that is taken as its class and itself."""
    return _key(value, _with_class)


def value_of(key: Hashable) -> Any:
    """Return a value that has this key: what a value was, where it was changed since.

    >>> value_of(identity((1, frozenset({True}))))
    (1, frozenset({True}))
    """
    if not isinstance(key, tuple):
        return key
    kind, *parts = key
    if kind is tuple:
        return tuple(map(value_of, parts))
    if kind is frozenset:
        return frozenset(map(value_of, parts[0]))
    if kind is Fraction:
        return Fraction(*parts)
    if not has(kind) or (len(parts) == 1 and isinstance(parts[0], kind)):
        return parts[0]
    record = kind.__new__(kind)
    for part, content in zip(fields(kind), parts, strict=True):
        object.__setattr__(record, part.name, value_of(content))
    return record


def same(first: Any, second: Any) -> bool:
    """Tell whether two values are the same.

    >>> same((0,), (False,))
    False
    """
    if first is second:
        return True
    kind = type(first)
    if kind is type(second):
        if kind in _PLAIN:
            return bool(first == second)
        if kind is tuple:
            return _same_parts(first, second)
        if kind is bool or kind is Fraction:
            return bool(first == second)
        alike = _ALIKE.get(kind)
        if alike is not None:
            return alike(first, second)
    if isinstance(first, frozenset) and isinstance(second, frozenset):
        if _is_plain(first) and _is_plain(second):
            return first == second
        if _hold_the_same(first, second):
            return True
    return likeness(first) == likeness(second)


def _is_plain(values: frozenset[Any]) -> bool:
    return _PLAIN.issuperset(map(type, values))


def _hold_the_same(first: frozenset[Any], second: frozenset[Any]) -> bool:
    """Tell whether each element of one set is found in the other, and is the same there; a no may still be a yes where `==` tells less apart."""
    found = {each: each for each in first}
    return len(first) == len(second) and all(each in found and same(found[each], each) for each in second)


def _same_parts(first: Any, second: Any) -> bool:
    if len(first) != len(second):
        return False
    for one, other in zip(first, second):  # noqa: B905  # as long as each other, and nothing else is done so often
        if one is not other and not (one == other if (kind := type(one)) in _PLAIN and kind is type(other) else same(one, other)):
            return False
    return True


def _key(value: Any, otherwise: Otherwise) -> Hashable:
    kind = type(value)
    return value if kind in _PLAIN else _KEYS[kind](value, otherwise)


def _key_of(kind: type) -> Key:
    """Return what makes the key of values of a class."""
    if issubclass(kind, type):
        return lambda value, _: (type, value)
    if issubclass(kind, Enum) and _compares_as(kind, object):
        _PLAIN.add(kind)
        return lambda value, _: value
    if is_record(kind):
        return _key_of_record(kind, _reader(kind))
    return lambda value, otherwise: otherwise(value)


# What `_key` does stands once more wherever there are many parts: a call for each would take longer than all else.
def _key_of_tuple(value: tuple[Any, ...], otherwise: Otherwise) -> Hashable:
    return (tuple, *[part if (kind := type(part)) in _PLAIN else _KEYS[kind](part, otherwise) for part in value])


def _key_of_set(value: frozenset[Any], otherwise: Otherwise) -> Hashable:
    keys = frozenset([part if (kind := type(part)) in _PLAIN else _KEYS[kind](part, otherwise) for part in value])
    if len(keys) < len(value):
        raise TypeError(f"{value!r} holds two elements that look the same; let attrs compare the values of its class")
    return frozenset, keys


_KEYS[tuple], _KEYS[frozenset] = _key_of_tuple, _key_of_set


def _key_of_record(kind: type, held: Fields) -> Key:
    """Return what makes the key of a record, and note what compares two, both written out field by field: nothing else is done so often."""
    if kind.__dictoffset__:
        _ALIKE[kind] = lambda first, second: _same_parts(held(first), held(second))
        return lambda value, otherwise: (kind, *[_key(part, otherwise) for part in held(value)])
    names = [part.name for part in fields(kind)]
    known = {"kind": kind, "plain": _PLAIN, "keys": _KEYS, "same": same}
    alike = " and ".join(
        f"((one := first.{name}) is (other := second.{name}) or (one == other if (of := type(one)) in plain and of is type(other) else same(one, other)))"
        for name in names
    )
    _ALIKE[kind] = eval(f"lambda first, second: {alike or True}", known)  # noqa: S307  # of names of fields
    parts = "".join(f"part if (of := type(part := value.{name})) in plain else keys[of](part, otherwise), " for name in names)
    made: Key = eval(f"lambda value, otherwise: (kind, {parts})", known)  # noqa: S307  # as above
    return made


def is_record(kind: type) -> bool:
    """Tell whether a class is a frozen attrs class whose values are hashable."""
    return has(kind) and kind.__setattr__ is _Frozen.__setattr__ and kind.__hash__ is not None


@frozen
class _Frozen:
    """A record, to compare others with."""


def _compares_as(kind: Any, other: Any) -> bool:
    return bool(kind.__eq__ is other.__eq__)


def _reader(kind: Any) -> Fields:
    """Return a function that reads all fields of a record, quickly; one that holds more than its fields is a TypeError."""
    names = [part.name for part in fields(kind)]
    _require_plain(kind, names)
    read: Fields = attrgetter(*names) if len(names) > 1 else lambda value: tuple([getattr(value, name) for name in names])
    if not kind.__dictoffset__:
        return read
    allowed = {*names, "_attrs_cached_hash"}

    def read_all(value: Any) -> tuple[object, ...]:
        more = sorted(vars(value).keys() - allowed)
        if more:
            raise TypeError(_not_allowed(value, f"it holds {', '.join(more)}, which is no field of its class"))
        return read(value)

    return read_all


def _require_plain(kind: Any, names: list[str]) -> None:
    """Check that a record holds its fields, shows them as they are, and has no room for more; a TypeError otherwise."""
    more = room(kind)
    if more:
        raise TypeError(
            f"a value of class {kind.__name__} may not be in a state, message or event; it has room for {', '.join(more)}, which is no field of its class"
        )
    hidden = [name for name in names if not isinstance(getattr_static(kind, name, None), MemberDescriptorType | NoneType)]
    if hidden or kind.__getattribute__ is not object.__getattribute__:
        what = f"{', '.join(hidden)}, which it computes" if hidden else "its fields by a __getattribute__ of its own"
        raise TypeError(f"a value of class {kind.__name__} may not be in a state, message or event; it shows {what}")


def room(kind: Any) -> tuple[str, ...]:
    """Name the slots of a class, and of those it is derived from, that are no fields."""
    names = {part.name for part in fields(kind)} if has(kind) else set()
    slots = [slot for base in kind.__mro__ for slot in _slots(base)]
    return tuple(slot for slot in slots if slot not in {*names, "__weakref__", "__dict__", "_attrs_cached_hash"})


def _slots(kind: type) -> tuple[str, ...]:
    slots = vars(kind).get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _with_class(value: Any) -> Hashable:
    return _key_of_set(value, _with_class) if isinstance(value, frozenset) else (type(value), value)


def _refuse(value: object) -> Hashable:
    raise TypeError(_not_allowed(value, _instead(value)))


def _not_allowed(value: object, why: str) -> str:
    return f"{value!r} of class {type(value).__name__} may not be in a state, message or event; {why}"


def _instead(value: object) -> str:
    kind = type(value)
    match value:
        case Enum():
            mixed = next((base for base in (str, int) if issubclass(kind, base)), None)
            if mixed is None:
                return "let Enum compare its members: leave out __eq__"
            article = "an" if mixed is int else "a"
            return f"derive it from Enum alone: a member that is {article} {mixed.__name__} too is equal to that {mixed.__name__}"
        case float():  # no amount
            return "use an int or a Fraction: arithmetic is exact"
        case list():
            return "use a tuple"
        case set():
            return "use a frozenset"
        case dict():
            return "use Map.of(…), which is immutable and sorted"
        case tuple():
            return "make it a @frozen class: a tuple of another class is equal to it"
        case int():
            return "use an int, or a @frozen class that holds one"
        case str() | Fraction() | frozenset():
            base = next(base.__name__ for base in (str, Fraction, frozenset) if isinstance(value, base))
            return f"use a {base}, or a @frozen class that holds one"
        case _ if has(kind):
            return "make its class @frozen"
        case _:
            return "use ints, Fractions, strings, enums, tuples, frozensets, Map, Bag and frozen attrs classes"
