"""What was asked of Python in the course of a search, in order: asked again in that order, it fills the same tables.

So a search can be saved as numbers alone. Values of protocols are never written to a file and never read from one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from attrs import define, field

from concordant.checks.tabulated.kernel.words import Longs, Words

USES, GAPS, VISITS, BOUNDS, RESTS = range(5)
"""First uses: state, outcome. Gaps: question, state. Readings of the three panels: state, group, reading."""
FIELDS: Final = (2, 2, 3, 3, 3)


@define(eq=False, repr=False)
class Journal:
    """The journal of one search. `keeps`: whether anything is kept at all, which only a search that is saved needs.

    `before`: what is done before each entry, whenever it was done last: values are numbered in the order in which they are looked
    at, which must be the same when all is asked again, with nothing between the entries.
    """

    keeps: bool = False
    before: Callable[[], None] = lambda: None
    _kinds: list[int] = field(factory=list, init=False)
    _parts: list[Words] = field(factory=list, init=False)

    def note(self, kind: int, records: Any) -> None:
        """Note what is asked next."""
        if self.keeps and len(records):
            self.before()
            self._kinds.append(kind)
            self._parts.append(np.array(records, np.uint64).reshape(-1))

    def saved(self) -> tuple[Longs, Words]:
        """Return all of it: kinds and lengths, and the numbers."""
        heads = [number for kind, part in zip(self._kinds, self._parts, strict=True) for number in (kind, len(part))]
        return np.array(heads, np.int64), np.concatenate([np.zeros(0, np.uint64), *self._parts])

    @staticmethod
    def entries(heads: Longs, numbers: Words) -> Iterator[tuple[int, Words]]:
        """Yield what was noted: the kind, and a row per record."""
        start = 0
        for kind, length in heads.reshape(-1, 2).tolist():
            yield kind, numbers[start : start + length].reshape(-1, FIELDS[kind])
            start += length
