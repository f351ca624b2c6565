"""What measures the tests: while coverage pauses, nothing does; coverage that was left to pause goes on."""

from __future__ import annotations

import sys
from typing import ClassVar

import pytest
from coverage import Coverage

from tests import measuring


class Measures:
    """In the place of coverage."""

    running: ClassVar[list[Measures]] = []

    @classmethod
    def current(cls) -> Measures | None:
        return cls.running[-1] if cls.running else None

    def start(self) -> None:
        self.running.append(self)

    def stop(self) -> None:
        self.running.remove(self)


def test_coverage_goes_on_before_the_next_test_where_a_signal_left_it_to_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "Coverage", Measures)
    one = Measures()
    one.start()
    left = measuring.unmeasured()
    left.__enter__()  # and never left: what was raised then was raised elsewhere
    paused = list(Measures.running)

    measuring.measured_again()
    measuring.measured_again()

    assert (paused, Measures.running) == ([], [one])


@pytest.mark.skipif(Coverage.current() is None, reason="where coverage does not run, nothing pauses")
def test_nothing_is_measured_while_coverage_pauses_in_a_process_of_several_as_in_one() -> None:
    before = sys.gettrace()
    with measuring.unmeasured():
        meanwhile = sys.gettrace()

    assert (before is None, meanwhile, sys.gettrace() is None) == (False, None, False)
