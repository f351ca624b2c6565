"""Interning: every distinct value gets a small number, so that states are tuples of ints."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from attrs import define, field

X = TypeVar("X", bound=Hashable)


@define(eq=False)
class Interned(Generic[X]):
    """Values by number and numbers by value, in the order in which they were first met."""

    values: list[X] = field(factory=list, init=False)
    ids: dict[X, int] = field(factory=dict, init=False)

    def id(self, value: X) -> int:
        """Return the number of a value, a new one where it was not met before."""
        known = self.ids.setdefault(value, len(self.values))
        if known == len(self.values):
            self.values.append(value)
        return known

    def __getitem__(self, number: int) -> X:
        return self.values[number]

    def __len__(self) -> int:
        return len(self.values)
