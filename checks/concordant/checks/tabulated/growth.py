"""Slots that grow: what has no bound ends a search as inconclusive, and the slot is named."""

from __future__ import annotations

from typing import Final

from attrs import define, field

from concordant.checks.tabulated.breakdown import LAST, value_text
from concordant.checks.tabulated.numbers import Numbers

LEVELS: Final = 4
"""Over how many levels growth is told."""
NAMED: Final = 3
"""How many others are named."""


@define(eq=False)
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
        numbers = self.numbers
        sizes = list(numbers.sizes())
        before = [*(self.marks[0] if self.marks else ()), *[0] * len(sizes)]
        grew = [size - old for size, old in zip(sizes, before, strict=False)]
        first, *others = sorted((slot for slot, more in enumerate(grew) if more > 0), key=lambda slot: -grew[slot]) or (None,)
        if first is None:
            return ()
        last = "; ".join(value_text(numbers, first, number) for number in range(max(0, sizes[first] - LAST), sizes[first]))
        also = f"; also grew: {', '.join(map(numbers.slot_name, others[:NAMED]))}" if others else ""
        return (
            f"{numbers.slot_name(first)} grew most: {sizes[first]:,} values, {grew[first]:,} in the last {LEVELS} levels{also}",
            f"its last values: {last}",
        )
