"""Sequence numbers that wrap: how many there must be for a window, so that no two messages under way are taken for one.

The link numbers without end, so that this is what it would take to do otherwise: selective repeat, whose sender and receiver may be apart
by a window (Tanenbaum, "Computer Networks", 3.4.3).
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

NUMBERS, WINDOW, OLDEST, ONE, OTHER = z3.Ints("numbers window oldest one other")


def _told_apart(*, short_of: int = 0) -> tuple[list[Term], Term]:
    under_way = [z3.And(each >= OLDEST, each < OLDEST + 2 * WINDOW) for each in (ONE, OTHER)]
    enough = [NUMBERS >= 1, WINDOW >= 1, 2 * WINDOW - short_of <= NUMBERS]
    return [*enough, *under_way, ONE % NUMBERS == OTHER % NUMBERS], ONE == OTHER


TOLD_APART = theorem(
    "guaranteed_delivery.twice_the_window_is_enough",
    "Of messages in two windows that follow each other no two have one number, if there are twice as many numbers as places in a window.",
    "any window, any number of numbers that wrap, and any number of messages before",
    _told_apart,
    why="two such messages are less than twice a window apart, and those that share a number are at least as many apart as there are numbers.",
)
ONE_LESS = theorem(
    "guaranteed_delivery.one_number_less", "One number less is enough.", EXAMPLE, lambda: _told_apart(short_of=1), holds=False
)
