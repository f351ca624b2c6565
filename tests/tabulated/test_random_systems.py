"""Both explorers report the same of random systems in which every construct of the vocabulary meets every other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from concordant.checks.tabulated import panels
from tests.tabulated.equality import (
    differing,
    differing_in_time,
    differing_reading_late,
    differing_up_to_symmetry,
    differing_up_to_symmetry_in_time,
    differing_with_names,
)
from tests.tabulated.smallest import cut_into_the_smallest_pieces

BLOCK = 20
FEW, MANY = 120, 1_000
"""How many random systems are compared by `make test`, and by `make test-all`."""


def blocks(few: int, many: int) -> list[Any]:
    """Return where each block begins; those after the few are thorough."""
    return [pytest.param(first, marks=() if first < few else pytest.mark.thorough) for first in range(0, many, BLOCK)]


@pytest.mark.parametrize("first", blocks(FEW, MANY))
def test_both_explorers_report_the_same_of_random_systems_whatever_the_number_of_threads(first: int) -> None:
    _assert_equal(differing, range(first, first + BLOCK), most=1_500)


@pytest.mark.parametrize("long", [0.0, 60.0], ids=["each look takes long", "no look takes long"])
def test_both_explorers_report_the_same_however_many_states_and_readings_are_looked_at_together(
    long: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "FIRST", 1)
    monkeypatch.setattr(panels, "QUARTER", long)
    monkeypatch.setattr(panels, "ROOM", 1)  # for fewer new readings than a state has

    _assert_equal(differing, range(BLOCK // 2), most=300)


@pytest.mark.parametrize(("first", "many"), [(20, 6), (30, 6), pytest.param(100, 300, marks=pytest.mark.thorough)])
def test_both_explorers_report_the_same_where_all_work_is_cut_into_the_smallest_pieces_and_much_is_read_late(
    first: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_into_the_smallest_pieces(monkeypatch)

    _assert_equal(differing_reading_late, range(first, first + many), most=300)


@pytest.mark.parametrize(
    ("compare", "seeds"),
    [
        pytest.param(differing_up_to_symmetry, range(10), id="few names"),
        pytest.param(differing_with_names, (2, 5, 10, 11, 18, 19), id="full of names"),
        pytest.param(differing_up_to_symmetry, range(10, 60), id="few names, many", marks=pytest.mark.thorough),
        pytest.param(differing_with_names, range(20, 80), id="full of names, many", marks=pytest.mark.thorough),
    ],
)
def test_both_explorers_report_the_same_of_random_symmetric_systems(
    compare: Callable[[int, int], tuple[int, list[str]]], seeds: Iterable[int]
) -> None:
    _assert_equal(compare, seeds, most=600)


@pytest.mark.parametrize("first", blocks(BLOCK, 60))
def test_both_explorers_report_the_same_of_random_systems_with_clocks(first: int) -> None:
    _assert_equal(differing_in_time, range(first, first + BLOCK), most=1_000)


def test_both_explorers_report_the_same_of_random_symmetric_systems_with_clocks() -> None:
    _assert_equal(differing_up_to_symmetry_in_time, range(BLOCK), most=1_200)


def _assert_equal(compare: Callable[[int, int], tuple[int, list[str]]], seeds: Iterable[int], most: int) -> None:
    compared, differences = 0, []
    for seed in seeds:
        count, found = compare(seed, most)
        compared += count
        differences += found

    assert not differences, "\n".join(differences)
    assert compared >= BLOCK // 4
