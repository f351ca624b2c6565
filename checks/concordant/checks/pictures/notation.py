"""What a newcomer could not read in values, explained once beside them: notations of their own, and fields without names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from textwrap import wrap
from typing import Any

from attrs import fields, has

from concordant.checks.semantics.canonical import order_key, text
from concordant.spec.vocabulary import Address, Bag, Map

OURS = ("concordant.spec.vocabulary.", "concordant.refimpl.machine.", "concordant.checks.")
"""Modules whose records are shown in words."""
UNBROKEN = "\u00a0"
"""A space at which no line ends."""


def notation_lines(shown: object, width: int) -> Iterator[str]:
    """Explain the first value of each class with a notation of its own, and name the fields of each class that do not speak for themselves.

    What a value in such a notation means, its class says by a method `in_words`.
    """
    told: dict[type, str] = {}
    named: dict[type, str] = {}
    for value in _within(shown):
        kind: Any = type(value)
        if hasattr(kind, "in_words"):
            told.setdefault(kind, f"{text(value)}: {value.in_words()}")
        elif not kind.__module__.startswith(OURS) and "__str__" not in vars(kind) and not _speaks(value):
            named.setdefault(kind, f"{kind.__name__}({', '.join(part.name for part in fields(kind))})")
    yield from told.values()
    if named:
        whole = (each.replace(" ", UNBROKEN) for each in named.values())
        yield from (line.replace(UNBROKEN, " ") for line in wrap(f"fields: {', '.join(whole)}", width, subsequent_indent="  "))


def _speaks(value: Any) -> bool:
    """Tell whether a record says by its one field what it is about: a vote or a name does, a yes or a number does not."""
    parts = fields(type(value))
    return not parts or (len(parts) == 1 and not isinstance(getattr(value, parts[0].name), int | Fraction | None))


def _within(value: Any) -> Iterator[Any]:
    """Yield the records in a value, from outside to inside, in the order in which they are shown."""
    match value:
        case Address() | str():
            return
        case Map() | Mapping():
            for pair in value.items():
                yield from _within(pair)
        case tuple() | list() | Bag():
            for each in value:
                yield from _within(each)
        case frozenset():
            for each in sorted(value, key=order_key):
                yield from _within(each)
        case _ if has(type(value)):
            yield value
            for part in fields(type(value)):
                yield from _within(getattr(value, part.name))
