"""What measures the tests: coverage that was left to pause goes on."""

from __future__ import annotations

from typing import ClassVar

import pytest

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
