"""What a sort that is left out leaves: of a set, which has no order of its own, one that is the same on every run."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TypeVar

V = TypeVar("V")


def unsorted(values: Iterable[V]) -> list[V]:
    """List values as they come; those of a set in an order that is none of theirs, and the same under every hash seed.

    A set that a check has scrambled, which is of a class of its own, is listed the other way round: so the check sees that its order shows.

    >>> unsorted("ba"), unsorted({"a", "b", "c"})
    (['b', 'a'], ['c', 'a', 'b'])
    """
    if not isinstance(values, set | frozenset):
        return list(values)
    return sorted(values, key=_digest, reverse=type(values) not in (set, frozenset))


def _digest(value: object) -> bytes:
    return sha256(repr(value).encode()).digest()
