"""The cheapest of the hostile conditions; `make hostile-conditions` has all of them."""

from __future__ import annotations

import pytest

from tests.hostile.all import conditions
from tests.hostile.conditions import Condition

QUICK = [each for each in conditions(0) if isinstance(each, Condition) and each.quick]


@pytest.mark.parametrize("condition", QUICK, ids=lambda each: each.name)
def test_a_hostile_condition_ends_in_a_sentence_and_the_right_exit_code(condition: Condition) -> None:
    assert list(condition.wrong()) == []
