"""What measures the tests: coverage that was left to pause goes on."""

from __future__ import annotations

import pytest
from coverage import Coverage

from tests.measuring import measured_again, unmeasured


@pytest.mark.no_cover
def test_coverage_goes_on_before_the_next_test_where_a_signal_left_it_to_pause() -> None:
    coverage = Coverage(data_file=None)
    coverage.start()
    left = unmeasured()
    left.__enter__()  # and never left: what was raised then was raised elsewhere
    paused = Coverage.current()

    measured_again()

    assert (paused, Coverage.current()) == (None, coverage)
    coverage.stop()
