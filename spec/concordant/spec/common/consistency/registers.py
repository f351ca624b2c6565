"""Registers in which every value is written once: who read from whom is known there, and an order is found at once.

Gibbons and Korach, "Testing shared memories" (SIAM Journal on Computing 1997), section 4.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import chain

from attrs import frozen

from concordant.spec.common.consistency.objects import Done, Read, Value, Write
from concordant.spec.common.consistency.operations import Operation, split
from concordant.spec.common.consistency.ordering import Ordered, Unordered
from concordant.spec.vocabulary import likeness


@frozen
class Sources:
    """Operations of one register by who read from whom. `writes`: by value; `reads`: by the value read, the initial one among them."""

    initial: Hashable
    writes: dict[Hashable, Operation]
    reads: dict[Hashable, list[Operation]]

    @property
    def from_nowhere(self) -> tuple[Operation, ...]:
        """The reads of what was never written."""
        return tuple(read for value, reads in self.reads.items() if value != self.initial and value not in self.writes for read in reads)


def sources(initial: object, operations: Iterable[Operation]) -> Sources | None:
    """Tell who read from whom; None where some operation swaps or has an answer of another kind, or a value is written twice."""
    found = Sources(likeness(initial), {}, {})
    returned, unanswered = split(operations)
    for each in (*returned, *unanswered):
        match each.request, each.answer:
            case Write(value), _ if each.ends is None or each.answer == Done():
                key = likeness(value)
                if key == found.initial or key in found.writes:
                    return None
                found.writes[key] = each
            case Read(), Value(value) if each.ends is not None:
                found.reads.setdefault(likeness(value), []).append(each)
            case Read(), _ if each.ends is None:
                pass
            case _:
                return None
    return found


@frozen
class _Zone:
    """A write, or none of the initial value, and the reads of what it wrote, which stand together in any order.

    A zone comes before another if one of its operations does: if its first end is before the other's last begin.
    """

    operations: tuple[Operation, ...]
    ends: int
    begins: int

    @property
    def place(self) -> tuple[int, bool]:
        return min(self.ends, self.begins), self.ends < self.begins


def register_order(initial: object, operations: Iterable[Operation]) -> Ordered | Unordered | None:
    """Order operations of a register; None where it is not known who read from whom."""
    known = sources(initial, operations)
    if known is None:
        return None
    early = [read for value, reads in known.reads.items() if value in known.writes for read in reads if read.before(known.writes[value])]
    if early or known.from_nowhere:
        return Unordered((), (*known.from_nowhere, *early)[:1])
    # Of two zones sorted like this the one that comes before the other stands before it, unless each comes before the other.
    zones = sorted(_zones(known), key=lambda zone: zone.place)
    last = None
    for zone in zones:
        if last is not None and zone.ends < last.begins:
            return Unordered((), _contradiction(last, zone))
        if last is None or zone.begins > last.begins:
            last = zone
    return Ordered(tuple(operation for zone in zones for operation in zone.operations))


def _zones(known: Sources) -> list[_Zone]:
    """Make the zones: of the initial value, and of each that was written, if that was answered or somebody read it."""
    every = (*known.writes.values(), *chain.from_iterable(known.reads.values()))
    moments = [moment for each in every for moment in (each.begins, each.begins if each.ends is None else each.ends)]
    never, ever = max(moments, default=0) + 1, min(moments, default=0) - 1
    old = known.reads.get(known.initial, [])
    zones = [_Zone(tuple(old), ever, max((each.begins for each in old), default=ever))]
    for value, write in known.writes.items():
        together = (write, *known.reads.get(value, ()))
        if write.ends is not None or len(together) > 1:
            ends = min(never if each.ends is None else each.ends for each in together)
            zones.append(_Zone(together, ends, max(each.begins for each in together)))
    return zones


def _contradiction(one: _Zone, other: _Zone) -> tuple[Operation, ...]:
    """Name operations of two zones of which each comes before the other."""
    found = []
    for first, second in ((one, other), (other, one)):
        found += [
            min(first.operations, key=lambda each: (each.ends is None, each.ends)),
            max(second.operations, key=lambda each: each.begins),
        ]
    return tuple(dict.fromkeys(found))
