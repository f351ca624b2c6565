"""Interning: every distinct value gets a small number, so that states are tuples of ints."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

from attrs import define, field

X = TypeVar("X")


@define(eq=False, repr=False)
class Interned(Generic[X]):
    """Values by number and numbers by value, in the order in which they were first met.

    `key`: what tells values of protocols apart, which `==` does not; tuples of numbers need none.
    """

    key: Callable[[X], Hashable] | None = None
    values: list[X] = field(factory=list, init=False)
    ids: dict[Any, int] = field(factory=dict, init=False)

    def id(self, value: X) -> int:
        """Return the number of a value, a new one where it was not met before."""
        return self.under(value if self.key is None else self.key(value), value)

    def under(self, key: Any, value: X) -> int:
        """Return the number of a value whose key is known."""
        known = self.ids.setdefault(key, len(self.values))
        if known == len(self.values):
            self.values.append(value)
        return known

    def changed(self) -> Iterator[tuple[X, Any]]:
        """Yield the values that are no longer what they were when they were numbered, with the keys that they had then."""
        pairs = zip(self.values, self.ids, strict=True)
        return ((value, key) for value, key in pairs if self.key is not None and self.key(value) != key)

    def __getitem__(self, number: int) -> X:
        return self.values[number]

    def __len__(self) -> int:
        return len(self.values)
