"""Which parts of a state are looked up together, and where the lists of candidate moves for them are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import define, field, frozen

from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.numbers import Numbers
from concordant.checks.tabulated.placing import WORD, Placing
from concordant.refimpl.machine import Process

PAIRED_ROOM = 1 << 26
"""Heads that are looked up directly, at most."""


@frozen
class Tuning:
    """Sizes on which speed depends, but no result.

    `fused_bits`: a process and small channels to it are looked up together while they take no more bits. `cluster_bits`:
    the same of channels to one process without it. `paired_bits`: with so many bits of channels and receiver, heads are
    looked up directly, with more by hash. `room`: how many successors of one state a batch holds at first. `chunk`: how
    many states are expanded between two looks at the clock. `piece`: how many of them one of several workers takes at a
    time: a few milliseconds. `word_bits`: how much of each word is used. `words`: how many a row has at least. `explodes`:
    see `Growth`.
    """

    fused_bits: int = 8
    cluster_bits: int = 8
    paired_bits: int = 16
    room: int = 1 << 10
    chunk: int = 1 << 17
    piece: int = 1 << 13
    word_bits: int = WORD
    words: int = 1
    explodes: int = 1 << 20


@define(eq=False, repr=False)
class Clusters:
    """The units of slots of one system: processes with what is fused to them, then clusters of other channels."""

    numbers: Numbers
    tuning: Tuning
    fuses: bool
    """Whether channels are fused with processes; not where a Deadline waits until they are empty."""
    fused: list[list[int]] = field(factory=list, init=False)
    clusters: list[list[int]] = field(factory=list, init=False)

    def unite(self, bits: Sequence[int]) -> list[list[int]]:
        """Return the units of slots that lie side by side, and keep them."""
        numbers, tuning = self.numbers, self.tuning
        first = numbers.first_channel
        self.fused = [[process] for process in range(numbers.processes)]
        open_: list[list[int]] = [[] for _ in range(numbers.processes)]
        self.clusters = []
        for slot in sorted(range(first, len(bits)), key=lambda slot: (bits[slot], slot)):
            receiver = numbers.channels[slot - first].receiver
            own = self.fused[receiver]
            if self.fuses and sum(bits[other] for other in own) + bits[slot] <= tuning.fused_bits:
                own.append(slot)
                continue
            if not open_[receiver] or sum(bits[other] for other in open_[receiver]) + bits[slot] > tuning.cluster_bits:
                open_[receiver] = []
                self.clusters.append(open_[receiver])
            open_[receiver].append(slot)
        return [*self.fused, *self.clusters, *([slot] for slot in range(numbers.processes, first))]

    def _idle(self, process: int, fused: int) -> bool:
        """Tell whether nothing is ever armed at a process, and nothing is fused to it. Flags of its states are then not needed either."""
        system = self.numbers.semantics.system
        kind = type(system.processes[self.numbers.semantics.parts.addresses[process]])
        flagged = system.faults.crashes or system.faults.detector or system.faults.synchronous
        return not fused and not flagged and kind.armed is Process.armed

    def lists(self, placing: Placing) -> w.Lists:
        """Return room for the lists of a layout that was made of these units, none made yet, and where the head of each is."""
        numbers = self.numbers
        bits, first = placing.bits, numbers.first_channel

        def size_of(unit: list[int]) -> int:
            return sum(bits[slot] for slot in unit)

        sizes = [1 << size_of(unit) for unit in self.fused]
        starts = np.cumsum([0, *sizes])
        seats: list[tuple[int, ...]] = []
        for process, unit in enumerate(self.fused):
            if self._idle(process, size_of(unit[1:])):
                continue
            slot = next((slot for slot in unit if bits[slot]), process)
            seats.append((placing.words[slot], placing.shifts[slot], sizes[process] - 1, int(starts[process]), process))
        clusters = [unit for unit in self.clusters if size_of(unit)]
        records: list[tuple[int, ...]] = []
        open_, cluster_at, end = [0] * placing.width, np.zeros(WORD * placing.width, np.int64), 0
        for number, unit in enumerate(clusters):
            slot = next(slot for slot in unit if bits[slot])
            process = numbers.channels[slot - first].receiver
            word, shift, size = placing.words[slot], placing.shifts[slot], size_of(unit)
            together = size + bits[process]
            direct = together <= self.tuning.paired_bits and end + (1 << together) <= PAIRED_ROOM
            local = placing.words[process], placing.shifts[process], (1 << bits[process]) - 1, bits[process]
            records.append((shift, (1 << size) - 1, process, end if direct else -1, *local))
            end += 1 << together if direct else 0
            open_[word] |= (1 << size) - 1 << shift
            cluster_at[WORD * word + shift : WORD * word + shift + size] = number
        channels = [[slot - first for slot in unit if slot >= first and bits[slot]] for unit in (*self.fused, *clusters)]
        return w.Lists(
            records=np.zeros((1 << 12) * (2 * placing.width + 2), np.uint64),
            seats=np.array(seats, np.int64).reshape(-1),
            fused=np.zeros(sum(sizes), np.int64),
            clusters=np.array(records, np.int64).reshape(-1),
            paired=np.zeros(end, np.int64),
            hashed=np.zeros(1 << 12, np.uint64),
            open=np.array(open_, np.uint64),
            cluster_at=cluster_at,
            firsts=np.cumsum([0, *map(len, channels)]).astype(np.int64),
            channels=np.array([channel for unit in channels for channel in unit], np.int64),
            folds=np.full(2 * w.FOLDS_KEPT, w.NO_FOLD),
        )
