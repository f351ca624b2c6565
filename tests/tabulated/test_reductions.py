"""No reduced run differs from the full one, on random systems and random clauses that read what they like."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.tabulated.reductions import Compared, compared_among_many, compared_leaving_ignored, compared_up_to_symmetry

MOST = 1_000
"""How many states a full run may have, so that a pair takes little time."""


@pytest.mark.parametrize(
    ("compare", "seeds", "pairs"),
    [
        (compared_up_to_symmetry, range(40), 200),
        (compared_leaving_ignored, range(90), 200),
        (compared_among_many, (10, 23, 36, 42, 46), 60),
    ],
    ids=["symmetry", "leave_ignored", "symmetry of many"],
)
def test_a_reduced_run_says_of_every_random_clause_what_the_full_run_says(
    compare: Callable[[int, int], Compared], seeds: Iterable[int], pairs: int
) -> None:
    total = sum((compare(seed, MOST) for seed in seeds), Compared())

    assert not total.differences, "\n".join(total.differences)
    assert total.pairs >= pairs
    assert total.told >= pairs // 10
