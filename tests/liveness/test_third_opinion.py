"""What both engines say of liveness agrees with a procedure that shares nothing with them but the semantics."""

from __future__ import annotations

import pytest

from tests.liveness.third_opinion import compared
from tests.tabulated.timed_systems import timed_system

BLOCK = 20


@pytest.mark.parametrize("first", range(0, 60, BLOCK))
def test_a_nested_search_of_the_product_with_the_negated_property_says_the_same(first: int) -> None:
    found = compared(first, first + BLOCK)

    assert not found.differences, "\n".join(found.differences)
    assert min(found.violated, found.clauses - found.violated) >= BLOCK // 4


def test_it_says_the_same_of_systems_with_clocks_that_wrap() -> None:
    found = compared(0, 3 * BLOCK, timed_system)

    assert not found.differences, "\n".join(found.differences)
    assert min(found.violated, found.clauses - found.violated) >= BLOCK // 4
