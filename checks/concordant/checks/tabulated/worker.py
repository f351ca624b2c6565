"""A worker of the search: its buffers, and the lists of candidate moves that it compiles for the present layout."""

from __future__ import annotations

import numpy as np
from attrs import define, field, frozen

from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.expanding import expand
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.storing import BATCH
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.numbers import Unsuited
from concordant.checks.tabulated.placing import WORD, Placing
from concordant.checks.tabulated.space import Space

PAIRED_ROOM = 1 << 26
CHANGES = 1 << 17
GAPS = 1 << 13
NO_STATES: Ints = np.zeros(0, np.int32)


@frozen
class Tuning:
    """Sizes on which speed depends, but no result.

    `fused_bits`: channels are fused with their receiver while their contents and its local states together take no more
    bits. `paired_bits`: with so many bits of content and local state heads are looked up directly, with more by hash.
    `room`: how many successors of one state a batch holds at first. `chunk`: how many states are expanded between two
    looks at the clock.
    """

    fused_bits: int = 5
    paired_bits: int = 19
    room: int = 1 << 10
    chunk: int = 1 << 17


@define(eq=False)
class Worker:
    """Buffers of one worker, used again and again."""

    space: Space
    tuning: Tuning
    room: int = field(init=False)
    work: w.Work = field(init=False)
    lists: w.Lists = field(init=False)
    _listed: Placing | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.room = self.tuning.room
        self.work = self._new_work(NO_STATES, np.zeros(w.COUNTERS, np.int64))

    @property
    def counts(self) -> Longs:
        """The counters."""
        return self.work.counts

    def run(self, todo: Ints, memory: q.Memory, readings: Readings, watched: Words, quota: int) -> None:
        """Expand states; what came of it is then in the buffers."""
        space, counts = self.space, self.counts
        if len(todo) > len(self.work.retries) or not self._fits():
            self.work = self._new_work(todo, counts)
        if counts[w.GAPS]:
            self.work.asked[:] = -1
        counts[[w.POSITION, w.RETRIES, w.RESTS, w.CHANGES, w.GAPS, w.FIRSTS]] = 0
        counts[w.QUOTA] = quota
        if self._listed is not space.placing:
            self._listed = space.placing
            self.lists = _lists(space, self.tuning)
            counts[[w.RECORDS, w.LISTS]] = 0
        self.work = self.work._replace(todo=todo)
        expand(space.width, space.rules, space.layout, space.store, memory, readings, self.lists, watched, self.work)

    def make_room(self) -> None:
        """See to whatever made the worker stop early; Unsuited where nothing helps."""
        match int(self.counts[w.STATUS]):
            case w.NARROW:
                self.room *= 2
            case w.CROWDED if 4 * self.counts[w.LISTS] > len(self.lists.hashed):
                self.lists = self.lists._replace(hashed=np.zeros(2 * len(self.lists.hashed), np.uint64))
                self.counts[w.LISTS] = 0
            case w.CROWDED:
                self.lists = self.lists._replace(records=grown(self.lists.records, 2 * len(self.lists.records)))
            case w.WIDE:
                raise Unsuited(f"a process that may do more than {w.MOST_MOVES} things at once")
            case _:
                pass

    def _fits(self) -> bool:
        numbers, work = self.space.numbers, self.work
        return (
            len(work.sources) == BATCH + self.room
            and len(work.batch) == len(work.sources) * self.space.placing.width
            and len(work.pieces) == 2 * len(numbers.channels) + 4
        )

    def _new_work(self, todo: Ints, counts: Longs) -> w.Work:
        numbers, width = self.space.numbers, self.space.placing.width
        rows = BATCH + self.room
        return w.Work(
            counts=counts,
            todo=todo,
            retries=np.zeros(1 + len(todo), np.int32),
            rests=np.zeros(1 + len(todo), np.int32),
            changed=np.zeros(4 * rows + CHANGES, np.int32),
            gaps=np.zeros(GAPS, np.uint64),
            gap_states=np.zeros(GAPS, np.int32),
            asked=np.full(4 * GAPS, -1, np.int32),
            firsts=np.zeros(8 * self.room, np.int32),
            batch=np.zeros(rows * width, np.uint64),
            sources=np.zeros(rows, np.int32),
            hashes=np.zeros(rows, np.uint64),
            found=np.zeros(rows, np.uint64),
            unknown=np.zeros(rows, np.int64),
            heads=np.zeros(2 * numbers.processes + len(numbers.channels) + 1, np.int64),
            pieces=np.zeros(2 * len(numbers.channels) + 4, np.int64),
            bases=np.zeros(rows * width, np.uint64),
            candidates=np.zeros(rows * w.CANDIDATE, np.int64),
            locals=np.zeros(2 * numbers.processes, np.int64),
            scratch=np.zeros(2 + 2 * numbers.first_channel, np.int32),
        )


def _lists(space: Space, tuning: Tuning) -> w.Lists:
    """Return room for the lists of a layout, none made yet, and where the head of each is."""
    numbers, placing, synchronous = space.numbers, space.placing, space.rules.synchronous
    bits = placing.bits[numbers.first_channel :]
    receivers = [channel.receiver for channel in numbers.channels]
    fused: list[list[int]] = [[] for _ in range(numbers.processes)]
    left = [tuning.fused_bits - size for size in placing.bits[: numbers.processes]]
    for channel in sorted(range(len(bits)), key=bits.__getitem__) if not synchronous else ():
        if 0 < bits[channel] <= left[receivers[channel]]:
            left[receivers[channel]] -= bits[channel]
            fused[receivers[channel]].append(channel)
    sizes = [1 << sum((placing.bits[process], *(bits[channel] for channel in into))) for process, into in enumerate(fused)]
    alone = set(range(len(bits))).difference(*fused)
    open_ = [0] * placing.width
    channel_at = np.zeros(WORD * placing.width, np.int64)
    starts, local_bits, end = [-1] * len(bits), [0] * len(bits), 0
    for channel in sorted(alone):
        slot, size = numbers.first_channel + channel, bits[channel]
        word, shift = placing.words[slot], placing.shifts[slot]
        open_[word] |= (1 << size) - 1 << shift
        channel_at[WORD * word + shift : WORD * word + shift + size] = channel
        local_bits[channel] = placing.bits[receivers[channel]]
        together = size + local_bits[channel]
        if together <= tuning.paired_bits and end + (1 << together) <= PAIRED_ROOM:
            starts[channel], end = end, end + (1 << together)
    flat = [channel for into in fused for channel in into]
    return w.Lists(
        records=np.zeros((1 << 12) * (2 * placing.width + 2), np.uint64),
        fused=np.zeros(sum(sizes), np.int64),
        fused_start=np.cumsum([0, *sizes])[:-1].astype(np.int64),
        fused_first=np.cumsum([0, *map(len, fused)]).astype(np.int64),
        fused_channels=np.array(flat, np.int64),
        fused_bits=np.array([bits[channel] for channel in flat], np.int64),
        paired=np.zeros(end, np.int64),
        paired_start=np.array(starts, np.int64),
        paired_bits=np.array(local_bits, np.int64),
        hashed=np.zeros(1 << 12, np.uint64),
        open=np.array(open_, np.uint64),
        channel_at=channel_at,
        receivers=np.array(receivers, np.int64),
    )
