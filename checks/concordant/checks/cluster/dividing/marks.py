"""By what the owner of a state is known, whatever the layout of its row is at the moment."""

from __future__ import annotations

from typing import Final

import numpy as np

from concordant.checks.tabulated.kernel.parting import BYTES, VALUES
from concordant.checks.tabulated.kernel.words import Words
from concordant.checks.tabulated.placing import Placing

WORD: Final = (1 << 64) - 1


def marks_of(placing: Placing) -> Words:
    """Return, for each byte of a row and each value of that byte, what its bits add to the mark of a state."""
    marks = np.zeros((BYTES * placing.width, VALUES), np.uint64)
    values = np.arange(VALUES)
    for slot, (bits, word, shift) in enumerate(zip(placing.bits, placing.words, placing.shifts, strict=True)):
        constant = _constant(slot)
        for bit in range(bits):
            place = shift + bit
            marks[BYTES * word + place // 8, values >> place % 8 & 1 == 1] += np.uint64(constant << bit & WORD)
    return marks.reshape(-1)


def _constant(slot: int) -> int:
    """Return an odd constant of a slot: what the generator SplitMix64 draws after so many."""
    word = (slot + 1) * 0x9E37_79B9_7F4A_7C15 & WORD
    word = (word ^ word >> 30) * 0xBF58_476D_1CE4_E5B9 & WORD
    word = (word ^ word >> 27) * 0x94D0_49BB_1331_11EB & WORD
    return word ^ word >> 31 | 1
