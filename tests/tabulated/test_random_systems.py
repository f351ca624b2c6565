"""Both explorers report the same of random systems in which every construct of the vocabulary meets every other."""

from __future__ import annotations

import pytest

from tests.tabulated.equality import differing

BLOCK = 20


@pytest.mark.parametrize("first", range(0, 400, BLOCK))
def test_both_explorers_report_the_same_of_random_systems(first: int) -> None:
    compared, differences = 0, []
    for seed in range(first, first + BLOCK):
        count, found = differing(seed, most=1_500)
        compared += count
        differences += found

    assert not differences, "\n".join(differences)
    assert compared >= BLOCK // 4
