"""TLA+ `TCommit` (Gray and Lamport, 2006, section 2), as a transition system of its own: no processes, no messages."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

import pytest
from attrs import frozen

from concordant.refimpl.machine.search import Search


class Phase(Enum):
    WORKING = 1
    PREPARED = 2
    COMMITTED = 3
    ABORTED = 4


Phases: TypeAlias = tuple[Phase, ...]
"""One phase per resource manager."""


@frozen
class TransactionCommit:
    managers: int

    def initial(self) -> tuple[Phases]:
        return ((Phase.WORKING,) * self.managers,)

    def successors(self, phases: Phases) -> Iterator[tuple[tuple[str, int], Phases]]:
        all_ready = {Phase.PREPARED, Phase.COMMITTED}.issuperset(phases)
        for manager, phase in enumerate(phases):
            if phase is Phase.WORKING:
                yield ("prepares", manager), changed(phases, manager, Phase.PREPARED)
            if phase is Phase.PREPARED and all_ready:
                yield ("commits", manager), changed(phases, manager, Phase.COMMITTED)
            if phase in {Phase.WORKING, Phase.PREPARED} and Phase.COMMITTED not in phases:
                yield ("aborts", manager), changed(phases, manager, Phase.ABORTED)


def changed(phases: Phases, manager: int, phase: Phase) -> Phases:
    return (*phases[:manager], phase, *phases[manager + 1 :])


@pytest.mark.parametrize(
    ("managers", "distinct", "generated", "depth"),
    [(2, 12, 23, 5), (3, 34, 94, 7), (4, 96, 357, 9), (5, 274, 1_296, 11), (6, 792, 4_567, 13)],
)
def test_transaction_commit_has_the_states_that_tlc_finds(managers: int, distinct: int, generated: int, depth: int) -> None:
    search = Search(TransactionCommit(managers)).run()

    assert (search.states, search.transitions + 1, search.depth, search.stopped) == (distinct, generated, depth, None)


def test_the_path_to_a_state_of_any_transition_system_is_a_shortest_one() -> None:
    search = Search(TransactionCommit(2)).run()

    start, steps = search.path((Phase.COMMITTED, Phase.ABORTED)) if (Phase.COMMITTED, Phase.ABORTED) in search.reached else ((), ())
    assert (start, steps) == ((), ()), "no manager commits while another aborts"
    assert search.path((Phase.COMMITTED, Phase.PREPARED)) == (
        (Phase.WORKING, Phase.WORKING),
        (
            (("prepares", 0), (Phase.PREPARED, Phase.WORKING)),
            (("prepares", 1), (Phase.PREPARED, Phase.PREPARED)),
            (("commits", 0), (Phase.COMMITTED, Phase.PREPARED)),
        ),
    )
