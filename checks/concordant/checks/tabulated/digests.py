"""Digests of all values that were numbered: equal numbers stand for equal values, in this run and in the one that was saved."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from attrs import define, field

from concordant.checks.semantics.canonical import outline
from concordant.checks.semantics.tables import Interned
from concordant.checks.tabulated.numbers import Numbers


@define(eq=False, repr=False)
class Digests:
    """One digest for each table of values, to which new values are added as they come."""

    numbers: Numbers
    _hashes: list[Any] = field(factory=list, init=False)
    _counts: list[int] = field(factory=list, init=False)

    def all(self) -> list[str]:
        """Return the digests of everything numbered so far."""
        for place, table in enumerate(self._tables()):
            if place == len(self._hashes):
                self._hashes.append(sha256())
                self._counts.append(0)
            for value in table.values[self._counts[place] :]:
                self._hashes[place].update(repr(outline(value)).encode())
            self._counts[place] = len(table)
        return [each.hexdigest()[:16] for each in self._hashes]

    def _tables(self) -> Iterator[Interned[Any]]:
        parts = self.numbers.semantics.parts
        yield from parts.steps.locals
        yield parts.observations.histories
        yield parts.environment.flight.messages
        yield parts.steps.happened
        yield parts.observations.views
