"""Draws: how whoever checks chooses among possibilities, whether in turn, at random, from a record or all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from concordant.spec.vocabulary.values import Amount

V = TypeVar("V")


class Draw(Protocol):
    """Chooses. Every choice has a name of its own, so that a counterexample is a record `{name: value}`."""

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount that is not negative."""
        ...

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options; none to choose from is a ValueError."""
        ...
