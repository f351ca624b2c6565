"""What the clocks of a system show, and how they may go on: none too far ahead of another, none beyond the horizon.

One clock moves at a time, so that every move has one mover. At least the slowest clock may go on, until the scope ends; so time
passes on every path on which each clock does what it can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from concordant.refimpl.machine import AnySystem, SetBack, Tick, has_clock
from concordant.spec.vocabulary import Address, Clocks, Ticks


class Clock(NamedTuple):
    """A clock: how often it went on, and by how much it was set back."""

    ticks: int = 0
    back: int = 0


Dials: TypeAlias = tuple[Clock | None, ...]
"""One place per process, None where it has no clock; empty in a system without clocks."""


class ClockChange(NamedTuple):
    """A clock goes on or is set back: the move, the clocks after it, and whether two of them then differ by two or more."""

    move: Tick | SetBack
    after: Dials
    skews: bool = False


@frozen(eq=False)
class Time:
    """The clocks of one system."""

    clocks: Clocks
    addresses: tuple[Address, ...]
    begun: Dials
    _ticks: dict[tuple[Dials, int], ClockChange | None] = field(factory=dict, init=False)

    @classmethod
    def of(cls, system: AnySystem) -> Time | None:
        """Return the clocks of a system; None where it has none."""
        if system.clocks is None:
            return None
        begun = tuple(Clock() if has_clock(process) else None for process in system.processes.values())
        return cls(system.clocks, tuple(system.processes), begun)

    def now(self, dials: Dials, process: int) -> Ticks | None:
        """Return what the clock of a process shows; None where it has none."""
        clock = dials[process]
        return None if clock is None else clock.ticks - clock.back

    def tick(self, dials: Dials, process: int) -> ClockChange | None:
        """Return how a clock goes on; None where it would leave another too far behind, or the scope."""
        key = dials, process
        if key not in self._ticks:
            self._ticks[key] = self._tick(dials, process)
        return self._ticks[key]

    def _tick(self, dials: Dials, process: int) -> ClockChange | None:
        clock = dials[process]
        if clock is None or (clock.ticks == self.clocks.horizon and not self.clocks.wraps):
            return None
        ahead = max(self._ahead(clock, other) for other in dials if other is not None)
        if ahead == self.clocks.skew:
            return None
        gone_on = clock._replace(ticks=(clock.ticks + 1) % self._readings)
        return ClockChange(Tick(self.addresses[process], gone_on.ticks - gone_on.back), _put(dials, process, gone_on), ahead > 0)

    def setbacks(self, dials: Dials, process: int) -> Iterator[ClockChange]:
        """Yield how a clock may be set back: to all that it has shown, the earliest first."""
        clock = dials[process]
        if clock is not None:
            for reading in range(clock.ticks - clock.back):
                back = Clock(clock.ticks, clock.ticks - reading)
                yield ClockChange(SetBack(self.addresses[process], reading), _put(dials, process, back))

    def ends(self, dials: Dials) -> bool:
        """Tell whether a clock shows the last reading of the scope: what would happen later is unknown."""
        return not self.clocks.wraps and any(clock is not None and clock.ticks == self.clocks.horizon for clock in dials)

    @property
    def _readings(self) -> int:
        return self.clocks.horizon + 1

    def _ahead(self, clock: Clock, other: Clock) -> int:
        """Return how far a clock is ahead of another, as if neither had been set back; negative where it is behind."""
        ahead, skew = clock.ticks - other.ticks, self.clocks.skew
        return (ahead + skew) % self._readings - skew if self.clocks.wraps else ahead


def _put(dials: Dials, process: int, clock: Clock) -> Dials:
    return (*dials[:process], clock, *dials[process + 1 :])
