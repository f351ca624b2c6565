"""Both explorers hand over the same edges, however the tabulated one is tuned and whatever the number of its threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from concordant.checks.exploration.explore import Reductions
from concordant.checks.registry import Protocol, protocols
from concordant.refimpl.machine import System
from tests.tabulated.edges import by_reference, by_tables
from tests.tabulated.equality import TUNINGS, WIDE, suited
from tests.tabulated.random_systems import leaves_ignored, random_system
from tests.tabulated.symmetric_systems import symmetric_system
from tests.tabulated.test_random_systems import blocks

BLOCK = 20
FEW, MANY = 150, 2_000
"""Of each stem `make test` compares the edges of the largest scope with fewer states than that, `make test-all` of all with fewer than so many."""


def scopes_of(protocol: Protocol) -> Iterator[Any]:
    scopes = {
        scope.name: (scope.expected.states, scope)
        for scope in protocol.scopes
        if scope.expected is not None and scope.expected.states < MANY and not scope.reductions.symmetry and suited(scope)
    }
    telling = max(
        ((states, name) for name, (states, _) in scopes.items() if states < FEW and f"{protocol.stem}/{name}" not in WIDE), default=(0, "")
    )
    for name, (_, scope) in scopes.items():
        marks = () if name == telling[1] else pytest.mark.thorough
        yield pytest.param(scope.system, scope.reductions, id=f"{protocol.stem}/{name}", marks=marks)


@pytest.mark.parametrize("first", blocks(100, 200))
def test_both_explorers_hand_over_the_same_edges_of_random_systems(first: int) -> None:
    compared = 0
    for seed in range(first, first + BLOCK):
        system = random_system(seed)
        for reductions in (Reductions(), Reductions(leave_ignored=True)) if leaves_ignored(system) else (Reductions(),):
            expected = by_reference(system, reductions, 600)
            if expected is not None:
                compared += 1
                assert by_tables(system, reductions, TUNINGS[seed % len(TUNINGS)], 1 + seed % 3) == expected, seed

    assert compared >= BLOCK // 4


def test_both_explorers_hand_over_the_same_edges_up_to_symmetry() -> None:
    compared = 0
    for seed in range(24):
        system = symmetric_system(seed)
        expected = by_reference(system, Reductions(symmetry=True), 600)
        if expected is not None:
            compared += 1
            assert by_tables(system, Reductions(symmetry=True), TUNINGS[seed % len(TUNINGS)]) == expected, seed

    assert compared >= 8


@pytest.mark.parametrize(("system", "reductions"), [each for protocol in protocols() for each in scopes_of(protocol)])
def test_both_explorers_hand_over_the_same_edges_of_small_scopes(system: System[Any], reductions: Reductions) -> None:
    assert by_tables(system, reductions) == by_reference(system, reductions)
