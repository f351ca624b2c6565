"""Slots that grow: what has no bound ends a search as inconclusive, and the slot is named."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from attrs import define, field

from concordant.checks.exploration.growth import Grown, growth_lines
from concordant.checks.tabulated.breakdown import value_text
from concordant.checks.tabulated.numbers import Numbers

LEVELS: Final = 4
"""Over how many levels growth is told."""


@define(eq=False, repr=False)
class Growth:
    """How many values each slot had when the last levels began.

    `explodes`: how many values one slot may have before a search ends in which most states have a value of their own
    there. Tables are then of no use: handlers are called for nearly every state.
    """

    numbers: Numbers
    explodes: int
    marks: list[list[int]] = field(factory=list, init=False)

    def mark(self) -> None:
        """Note that a level begins."""
        self.marks = [*self.marks, list(self.numbers.sizes())][-LEVELS - 1 :]

    def exploded(self, states: int) -> str | None:
        """Say which slot explodes, if one does."""
        for slot, values in enumerate(self.numbers.sizes()):
            if values > self.explodes and 2 * values > states:
                return f"{self.numbers.slot_name(slot)} shows no bound: {values:,} values in {states:,} states; bound it by within, copies or capacity"
        return None

    def told(self) -> tuple[str, ...]:
        """Say which slot grew most of late, with its last values, and which others did; nothing where none grew."""
        before = self.marks[0] if self.marks else []
        grown = (
            Grown(self.numbers.slot_name(slot), size, size - (before[slot] if slot < len(before) else 0), partial(self._shown, slot, size))
            for slot, size in enumerate(self.numbers.sizes())
        )
        return growth_lines(grown, f"the last {LEVELS} levels")

    def _shown(self, slot: int, size: int, first: int) -> Iterator[str]:
        return (value_text(self.numbers, slot, number) for number in range(first, size))
