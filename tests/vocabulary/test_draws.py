"""What a record draws again."""

from __future__ import annotations

import pytest

from concordant.spec.common.names import some_names
from concordant.spec.vocabulary import Recorded


def test_a_record_draws_names_that_nobody_lists() -> None:
    record = Recorded({"agents": 2, "agent 0": "mallory", "agent 1": "ann"})

    assert some_names(record, "agent", 1, 3) == ("mallory", "ann")


def test_a_record_in_which_two_are_called_alike_draws_nothing() -> None:
    record = Recorded({"agents": 2, "agent 0": "mallory", "agent 1": "mallory"})

    with pytest.raises(ValueError, match="'agent 1' is recorded as 'mallory', which is none of"):
        some_names(record, "agent", 1, 3)
