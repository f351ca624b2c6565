"""What is one JSON value: numbers, texts, enums, addresses. Nothing is coerced: a 3.0 or a "3" is no 3, and true is no 1."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from concordant.checks.misuse import Misuse
from concordant.spec.vocabulary import Address

E = TypeVar("E", bound=Enum)
ADDRESS = re.compile(r"([A-Za-z_]+)(0|[1-9][0-9]*)")
FRACTION = re.compile(r"-?(0|[1-9][0-9]*)/([1-9][0-9]*)")


class CannotDecode(Misuse):
    """A JSON value is none of its declared type; the text says where, and what is expected."""


class CannotEncode(Misuse):
    """A value is none of its declared type, or may be in no value of a protocol."""


def written_exactly(kind: type, write: Callable[[Any], Any] = lambda value: value) -> Callable[[Any], Any]:
    """Return what writes a value of exactly this class, and refuses another."""

    def checked(value: Any) -> Any:
        if type(value) is not kind:
            raise CannotEncode(f"{value!r} is no {kind.__name__}")
        return write(value)

    return checked


def exactly(kind: type) -> Callable[[Any, Any], Any]:
    """Return what takes a value of exactly this class, and no other that is equal to it."""

    def take(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise CannotDecode(f"{value!r} is no {kind.__name__}")
        return value

    return take


def address_of(value: Any, _: Any = None) -> Address:
    """Read an address.

    >>> address_of("acceptor2")
    acceptor2
    """
    found = ADDRESS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise CannotDecode(f"{value!r} is no address; write role and number, such as 'acceptor2'")
    return Address(found[1], int(found[2]))


def address_text(value: Address) -> str:
    """Write an address; a role with digits or signs, which could not be told from the number, is a Misuse."""
    if type(value) is not Address:
        raise CannotEncode(f"{value!r} is no Address")
    found = ADDRESS.fullmatch(str(value))
    if found is None or (found[1], int(found[2])) != (value.role, value.number):
        raise CannotEncode(f"the address {value!r} cannot be written: a role is made of letters and underscores")
    return str(value)


def fraction_of(value: Any, _: Any = None) -> Fraction:
    """Read a fraction in lowest terms.

    >>> fraction_of("3/4")
    Fraction(3, 4)
    """
    found = FRACTION.fullmatch(value) if isinstance(value, str) else None
    if found is None or str(Fraction(value)) not in (value, value.removesuffix("/1")):
        raise CannotDecode(f"{value!r} is no fraction in lowest terms; write it such as '3/4', a whole one as '3/1'")
    return Fraction(value)


def fraction_text(value: Fraction) -> str:
    """Write a fraction.

    >>> fraction_text(Fraction(3, 1))
    '3/1'
    """
    return f"{value.numerator}/{value.denominator}"


def amount_of(value: Any, _: Any = None) -> int | Fraction:
    """Read an exact amount: a whole number, or a fraction as a text."""
    return exactly(int)(value, int) if isinstance(value, int) else fraction_of(value)


def enum_of(value: Any, kind: type[E]) -> E:
    """Read a member of an enum by its name in lower case."""
    for member in kind:
        if value == enum_text(member):
            return member
    raise CannotDecode(f"{value!r} is none of {', '.join(map(enum_text, kind))}")


def enum_text(value: Enum) -> str:
    """Write a member of an enum; flags are joined by a bar."""
    return (value.name or "none").lower()


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the fields of an object; one that is given twice is a ValueError."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"it has a field twice, of {', '.join(name for name, _ in pairs)}")
    return found
