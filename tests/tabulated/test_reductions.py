"""No reduced run differs from the full one, on random systems and random clauses that read what they like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pytest

from tests.tabulated.naming_systems import naming_system
from tests.tabulated.reductions import Compared, compared_among_many, compared_leaving_ignored, compared_up_to_symmetry
from tests.tabulated.timed_systems import timed_symmetric_system, timed_system

MOST = 1_000
"""How many states a full run may have, so that a pair takes little time."""


@pytest.mark.parametrize(
    ("compare", "seeds", "pairs"),
    [
        (compared_up_to_symmetry, range(20), 100),
        (partial(compared_up_to_symmetry, make=naming_system), (0, 2, 5, 10, 14, 22, 29, 30, 33), 100),
        (partial(compared_up_to_symmetry, make=timed_symmetric_system), (2, 10, 30), 20),
        (compared_leaving_ignored, range(40), 80),
        (partial(compared_leaving_ignored, make=naming_system), (18, 29, 30, 33, 35, 38), 50),
        (partial(compared_leaving_ignored, make=timed_system), (5, 14, 30), 20),
        (compared_among_many, (10, 23, 36, 42, 46), 60),
    ],
    ids=[
        "symmetry",
        "symmetry of names",
        "symmetry in time",
        "leave_ignored",
        "leave_ignored of names",
        "leave_ignored in time",
        "symmetry of many",
    ],
)
def test_a_reduced_run_says_of_every_random_clause_what_the_full_run_says(
    compare: Callable[[int, int], Compared], seeds: Iterable[int], pairs: int
) -> None:
    total = sum((compare(seed, MOST) for seed in seeds), Compared())

    assert not total.differences, "\n".join(total.differences)
    assert total.pairs >= pairs
    assert total.told >= pairs // 10
