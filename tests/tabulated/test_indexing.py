"""What the kernel changes in how numba compiles an index holds for the kernel alone."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from concordant.checks.tabulated.kernel import indexing

numba: Any = import_module("numba")


def test_outside_the_kernel_a_negative_index_still_counts_from_the_end() -> None:
    indexing.trust_indices()

    def taken(array: Any, index: int) -> Any:
        return array[index]

    assert numba.njit(taken)(np.array([1, 2, 3]), -1) == 3
