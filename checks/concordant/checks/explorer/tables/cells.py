"""Cells: values as texts that somebody types, read by the type that is declared for them. Nothing that is typed is evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from attrs import frozen

from concordant.checks.misuse import Misuse
from concordant.spec.vocabulary import Map

NUMBER = re.compile(r"(-?[0-9]{1,12})(?:/([0-9]{1,12}))?")
WORD = re.compile(r"[^\x00-\x1f,:>]{1,40}")
MOST = 12
"""How many parts a list in a cell may have."""
SHOWN = 40
"""How much of what cannot be read is repeated."""


@frozen(eq=False)
class Typeable:
    """What may be typed into a cell. `says`: that in words; `options`: all of it, where these can be listed."""

    says: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    options: tuple[str, ...] = ()

    def holds(self, value: object) -> bool:
        """Tell whether a value can be typed."""
        try:
            return bool(self.read(self.write(value)) == value)
        except (Misuse, AttributeError, TypeError, ValueError):
            return False


def kind_of(declared: Any) -> Typeable | None:
    """Return the kind of a declared type; None of one whose values are only shown.

    >>> kind = kind_of(int | Fraction | None)
    >>> [kind.read(text) for text in ("3/4", "2", "")]
    [Fraction(3, 4), 2, None]
    >>> kind_of(tuple[str, ...]).read("a, b")
    ('a', 'b')
    >>> kind_of(Map[str, int]).write(Map.of({"quality": 2}))
    'quality: 2'
    >>> kind_of(Map[str, tuple[str, ...]]).write(Map.of({"ann": ("x", "y")}))
    'ann: x > y'
    """
    origin, inside = get_origin(declared), get_args(declared)
    if origin in (Union, UnionType):
        return _of_union(inside)
    if origin is frozenset or (origin is tuple and inside[1:] == (...,)):
        return _several(kind_of(inside[0]), origin)
    if origin is tuple:
        return _joined([kind_of(each) for each in inside])
    if origin is Map:
        return _mapped(_plain(inside[0]), _entry(inside[1]))
    return _plain(declared)


def _plain(declared: Any) -> Typeable | None:
    """Return the kind of what has no parts."""
    if declared is int:
        return WHOLE
    if declared is str:
        return NAME
    if declared is bool:
        return _chosen({"yes": True, "no": False})
    if isinstance(declared, type) and issubclass(declared, Enum):
        return _chosen({each.name.lower(): each for each in declared})
    return AMOUNT if {*get_args(declared)} == {int, Fraction} else None


def _entry(declared: Any) -> Typeable | None:
    """Return the kind of what stands behind a name: also a list, with `>` between its parts, since commas end an entry."""
    if get_origin(declared) is not tuple or get_args(declared)[1:] != (...,):
        return _plain(declared)
    kind = _plain(get_args(declared)[0])
    if kind is None:
        return None
    return Typeable(
        f"{kind.says} > {kind.says} > and so on",
        lambda text: tuple(kind.read(part.strip()) for part in text.split(">")) if text else (),
        lambda value: " > ".join(map(kind.write, value)),
    )


def _of_union(inside: tuple[Any, ...]) -> Typeable | None:
    rest = [each for each in inside if each is not NoneType]
    kind = AMOUNT if {*rest} == {int, Fraction} else kind_of(rest[0]) if len(rest) == 1 else None
    return kind if kind is None or len(rest) == len(inside) else _perhaps(kind)


def _perhaps(kind: Typeable) -> Typeable:
    """Return a kind of which there may be none."""
    return Typeable(
        f"{kind.says}, or nothing",
        lambda text: kind.read(text) if text else None,
        lambda value: "" if value is None else kind.write(value),
        ("", *kind.options) if kind.options else (),
    )


def _chosen(options: dict[str, Any]) -> Typeable:
    says = f"one of {', '.join(options)}"

    def read(text: str) -> Any:
        if text not in options:
            raise _unread(text, says)
        return options[text]

    return Typeable(says, read, lambda value: next(name for name, each in options.items() if each is value), tuple(options))


def _several(kind: Typeable | None, made: Callable[[Iterable[Any]], Any]) -> Typeable | None:
    """Return the kind of a tuple or a set whose parts are of a kind, with commas between them."""
    if kind is None:
        return None

    def write(value: Any) -> str:
        texts = map(kind.write, value)
        return ", ".join(sorted(texts) if isinstance(value, frozenset) else texts)

    return Typeable(f"{kind.says}, and so on, with commas between", lambda text: made([kind.read(each) for each in _parts(text)]), write)


def _joined(kinds: list[Typeable | None]) -> Typeable | None:
    """Return the kind of a tuple of fixed length: its parts with `>` between them."""
    known = [each for each in kinds if each is not None]
    if not known or len(known) < len(kinds):
        return None
    says = " > ".join(each.says for each in known)

    def read(text: str) -> Any:
        parts = [part.strip() for part in text.split(">")]
        if len(parts) != len(known):
            raise _unread(text, says)
        return tuple(kind.read(part) for kind, part in zip(known, parts, strict=True))

    def write(value: Any) -> str:
        return " > ".join(kind.write(part) for kind, part in zip(known, value, strict=True))

    return Typeable(says, read, write)


def _mapped(key: Typeable | None, entry: Typeable | None) -> Typeable | None:
    if key is None or entry is None:
        return None
    says = f"{key.says}: {entry.says}, and so on, with commas between"

    def read(text: str) -> Any:
        pairs = [part.split(":") for part in _parts(text)]
        if any(len(pair) != 2 for pair in pairs):
            raise _unread(text, says)
        found = {key.read(name.strip()): entry.read(value.strip()) for name, value in pairs}
        if len(found) < len(pairs):
            raise Misuse(f"{text[:SHOWN]!r} names something twice")
        return Map.of(found)

    return Typeable(says, read, lambda value: ", ".join(f"{key.write(name)}: {entry.write(each)}" for name, each in value.items()))


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if len(parts) > MOST:
        raise Misuse(f"a cell has at most {MOST} parts, and not {len(parts):,}")
    return parts


def _amount(text: str) -> Any:
    found = NUMBER.fullmatch(text)
    if found is None or int(found[2] or 1) == 0:
        raise _unread(text, AMOUNT.says)
    value = Fraction(int(found[1]), int(found[2] or 1))
    return int(value) if value.denominator == 1 else value


def _whole(text: str) -> int:
    if NUMBER.fullmatch(text) is None or "/" in text:
        raise _unread(text, WHOLE.says)
    return int(text)


def _name(text: str) -> str:
    if WORD.fullmatch(text) is None or text != text.strip():
        raise _unread(text, f"{NAME.says} of at most 40 signs, none of them , : or >")
    return text


def _unread(text: str, says: str) -> Misuse:
    return Misuse(f"{text[:SHOWN]!r} cannot be read; what stands here is {says}")


AMOUNT = Typeable("an exact amount such as 3 or 3/4", _amount, str)
WHOLE = Typeable("a whole number", _whole, str)
NAME = Typeable("a name", _name, str)
