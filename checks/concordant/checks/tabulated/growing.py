"""Arrays that grow on the side of Python."""

from __future__ import annotations

import gc
import mmap
import sys
from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.tabulated.kernel.words import Ints

S = TypeVar("S", bound=np.generic)

NORESERVE = getattr(mmap, "MAP_NORESERVE", 0x4000 if sys.platform == "linux" else 0)
"""Addresses alone count for nothing; Python 3.11 has no name for this flag."""
HUGE = 1 << 22
"""Bytes from which an array asks for large pages: random access to small ones is half as fast."""


def grown(array: NDArray[S], size: int) -> NDArray[S]:
    """Return an array with room for at least so many entries along its first axis: the same, or one twice as long."""
    if size <= len(array):
        return array
    room = np.zeros((max(size, 2 * len(array)), *array.shape[1:]), array.dtype)
    room[: len(array)] = array
    return room


def reserved(size: int, kind: type[S]) -> NDArray[S]:
    """Reserve addresses for an array of zeros; memory comes as it is used. A MemoryError where there are not so many addresses."""
    length = size * np.dtype(kind).itemsize
    try:
        space = _addresses(length)
    except OSError:
        gc.collect()  # searches that have ended keep theirs until somebody looks for garbage, which is seldom
        try:
            space = _addresses(length)
        except OSError as error:
            raise MemoryError(f"cannot reserve {length:,} bytes of addresses: {error}") from error
    if length > HUGE and hasattr(mmap, "MADV_HUGEPAGE"):
        space.madvise(mmap.MADV_HUGEPAGE, HUGE, length - HUGE)
    return np.frombuffer(space, kind)


def _addresses(length: int) -> mmap.mmap:
    return mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | NORESERVE)


@define(eq=False, repr=False)
class Pool:
    """Lists of records, one after another. The first entry is left out, so that no list begins at 0."""

    array: Ints = field(factory=lambda: np.zeros(1 << 10, np.int32), init=False)
    size: int = field(default=1, init=False)

    def put(self, records: Iterable[Iterable[int]], *before: int) -> int:
        """Add a list, after some numbers of its own; return where these, or else the list, begin."""
        rows = [tuple(record) for record in records]
        flat: list[int] = [*before, len(rows), *(number for row in rows for number in row)]
        start, self.size = self.size, self.size + len(flat)
        self.array = grown(self.array, self.size)
        self.array[start : self.size] = flat
        return start
