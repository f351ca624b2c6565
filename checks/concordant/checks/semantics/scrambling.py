"""Values whose sets are gone through in another order: what a function makes of one must not depend on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from fractions import Fraction
from operator import is_
from typing import Any, TypeVar

from attrs import fields, has

from concordant.spec.vocabulary import Address

V = TypeVar("V")


class Scrambled(frozenset[Any]):
    """A frozenset that is gone through the other way round. What is derived from it is scrambled too."""

    __slots__ = ("original", "parts")

    original: frozenset[Any]
    parts: list[Any]

    @classmethod
    def of(cls, original: frozenset[Any]) -> Scrambled:
        """Return a set with the same elements, themselves scrambled."""
        parts = [_scrambled(part) for part in original]
        made = cls(parts)
        made.original, made.parts = original, parts[::-1]
        return made

    def __iter__(self) -> Iterator[Any]:
        return iter(self.parts)

    def __repr__(self) -> str:
        """Show itself as a frozenset does, in the order in which it is gone through: of one element there is one order."""
        return f"frozenset({{{', '.join(map(repr, self))}}})"


def _derived(name: str) -> Callable[..., Any]:
    derive = getattr(frozenset, name)

    def method(self: Scrambled, *others: Any) -> Any:
        plain = [other.original if isinstance(other, Scrambled) else other for other in others]
        return _scrambled(derive(self.original, *plain))

    return method


for _name in ("and", "or", "sub", "xor"):
    for _method in (f"__{_name}__", f"__r{_name}__"):
        setattr(Scrambled, _method, _derived(_method))
for _method in ("copy", "difference", "intersection", "symmetric_difference", "union"):
    setattr(Scrambled, _method, _derived(_method))


_WITHOUT_SETS = {type(None), bool, int, str, Fraction, Address}
"""Classes whose values hold no sets; others that are no records join when they are first met."""
_RECORDS: dict[type, Callable[[Any], Any]] = {}
"""What scrambles the sets in a record, by its class."""


def scrambled(value: V) -> V:
    """Return a value with its sets scrambled, down to the fields of records; one without sets is returned itself."""
    return _scrambled(value)  # type: ignore[no-any-return]  # of the class of the value, or of one derived from it


def _scrambled(value: Any) -> Any:
    kind = type(value)
    if kind in _WITHOUT_SETS:
        return value
    if kind is frozenset:
        return Scrambled.of(value) if value else value
    if kind is tuple:
        parts = [part if type(part) in _WITHOUT_SETS else _scrambled(part) for part in value]
        return value if all(map(is_, parts, value)) else tuple(parts)
    return (_RECORDS.get(kind) or _met(kind))(value)


def _met(kind: Any) -> Callable[[Any], Any]:
    """Note how records of a class are scrambled, written out field by field since nothing else is done so often; or that it has no records."""
    parts = _parts_of(kind)
    if not parts:
        _WITHOUT_SETS.add(kind)
        return lambda value: value
    same = " & ".join(
        f"((new{n} := old{n} if type(old{n} := value.{name}) in without_sets else scrambled(old{n})) is old{n})"
        for n, name in enumerate(parts)
    )
    contents = ", ".join(f"{alias}=new{n}" for n, alias in enumerate(parts.values()))
    known = {"kind": kind, "without_sets": _WITHOUT_SETS, "scrambled": _scrambled}
    made: Callable[[Any], Any] = eval(f"lambda value: value if {same} else kind({contents})", known)  # noqa: S307  # of names of fields
    _RECORDS[kind] = made
    return made


def _parts_of(kind: Any) -> dict[str, str]:
    """Return the fields of a record by which it is made anew, and how each is then called; also of a dataclass or a NamedTuple of a user's."""
    if has(kind):
        return {part.name: part.alias for part in fields(kind) if part.init}
    if dataclasses.is_dataclass(kind):
        return {part.name: part.name for part in dataclasses.fields(kind) if part.init}
    return {name: name for name in getattr(kind, "_fields", ())} if issubclass(kind, tuple) else {}


def in_order(value: V) -> V:
    """Return a value with its scrambled sets as they were, down to the fields of records; one without such sets is returned itself."""
    return _in_order(value)  # type: ignore[no-any-return]  # of the class of the value


def _in_order(value: Any) -> Any:
    kind = type(value)
    if kind is Scrambled:
        return value.original
    if kind is tuple:
        parts = [_in_order(part) for part in value]
        return value if all(map(is_, parts, value)) else tuple(parts)
    named = [(alias, getattr(value, name)) for name, alias in _parts_of(kind).items()]
    contents = {alias: _in_order(old) for alias, old in named}
    return kind(**contents) if any(contents[alias] is not old for alias, old in named) else value
