"""Systems as state machines of Hypothesis: a mistake is found and shown as its run; the right system passes."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from concordant.checks.starting import lock
from concordant.checks.stateful import Violated, state_machine

FEW = settings(max_examples=20, stateful_step_count=10, derandomize=True, database=None, deadline=None)


def test_a_mistake_is_shown_by_a_run_that_was_shrunk() -> None:
    with pytest.raises(Violated) as raised:
        run_state_machine_as_test(state_machine(lock.system(lock.GrantsToAll())), settings=FEW)

    text = str(raised.value)
    assert "lock.mutual_exclusion: At most one client holds the lock." in text
    assert text.count("asks server0: Acquire()") == 2


def test_what_is_right_passes_and_ends_where_nothing_is_possible() -> None:
    run_state_machine_as_test(state_machine(lock.system()), settings=FEW)
