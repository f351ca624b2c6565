"""Compiled: taking states as rows of words, each once, with the state and the act from which each was first reached."""

from __future__ import annotations

from concordant.checks.tabulated.kernel.words import Ints, Width, Words, entry, hash_of, same


@entry
def admit(
    width: Width,
    batch: Words,
    sources: Ints,
    label: int,
    rows: Words,
    parents: Ints,
    labels: Ints,
    index: Ints,
    count: int,
    numbers: Ints,
) -> int:
    """Number the rows of a batch: those that are known, and the others, which are put after the last. Return how many there are then.

    `index`: open addressing by hash, at least twice as long as there will be rows, -1 where it is free. `numbers`: what each row of the batch is.
    """
    words, mask = len(width), len(index) - 1
    for each in range(len(sources)):
        slot = int(hash_of(width, batch, each * words) & mask)
        while True:
            known = index[slot]
            if known < 0:
                for k in range(words):
                    rows[count * words + k] = batch[each * words + k]
                parents[count] = sources[each]
                labels[count] = label
                index[slot] = count
                numbers[each] = count
                count += 1
                break
            if same(width, batch, each * words, rows, known * words):
                numbers[each] = known
                break
            slot = (slot + 1) & mask
    return count


@entry
def enter(width: Width, rows: Words, index: Ints, first: int, count: int) -> None:
    """Enter rows that are known to differ into an index."""
    words, mask = len(width), len(index) - 1
    for each in range(first, count):
        slot = int(hash_of(width, rows, each * words) & mask)
        while index[slot] >= 0:
            slot = (slot + 1) & mask
        index[slot] = each
