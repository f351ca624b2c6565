"""Why a majority is asked and told: a read, or a write, learns of every version that was told before it began, for any number of nodes.

Claim: if a version is stored at a majority, then of any majority that is asked later one node answers with that version or a later one,
so that the latest of the answers is as late. A write has its version stored at a majority before it is told, and a read has what it
found stored there too (its second round), so this is of what either has told. Half of the nodes would not do.
Assumes: a node never goes back to an earlier version, which the clause `nothing_goes_back` says; that is explored, as is that a majority
stores what was told (`a_majority_stores_what_was_served`).
Not covered: that the machine waits for a majority in both rounds, and linearizability as a whole, which are explored for up to five nodes.
"""

from __future__ import annotations

from concordant.proofs.kernel.counting import Sets, theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE


def _asked_later(*, strict: bool) -> tuple[list[Term], Term]:
    s = Sets("stored", "as late", "asked")
    stored, asked, nodes = 2 * s.size("stored"), 2 * s.size("asked"), s.size()
    enough = [stored > nodes, asked > nodes] if strict else [nodes > 0, stored >= nodes, asked >= nodes]
    return [*s.facts, *enough, s.size("stored", outside=("as late",)) == 0], s.size("asked", "as late") >= 1


LEARNS_OF_ALL_THAT_WAS_TOLD = theorem(
    "dsm_strong.what_was_told_is_learned",
    "Of a majority that is asked, one node has what a majority has stored before, or something later.",
    "for all numbers of nodes",
    lambda: _asked_later(strict=True),
    why="the two majorities have a node in common, and that has not gone back since.",
)
HALF_IS_NOT_ENOUGH = theorem(
    "dsm_strong.half_is_not_enough",
    "What half of the nodes store may be missed by another half.",
    EXAMPLE,
    lambda: _asked_later(strict=False),
    holds=False,
)
