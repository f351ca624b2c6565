"""Tries of reads: what a function of a state answers, asked once for each distinct reading.

A function of a state reads one variable first, always the same one, and which it reads next depends on what it found. So its answers
form a trie: a node names the variable that is read next, and has a branch for each value; a leaf holds the answer. States are sorted
through it by columns of numbers. Where a branch is missing, the function is asked in one state that would go there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.models.reading import BrokenModel

A = TypeVar("A")
Numbers: TypeAlias = NDArray[np.int64]
Given: TypeAlias = tuple[tuple[int, ...], ...]
"""What a function is asked of: a state, or one and the next."""


class Columns(Protocol):
    """States to be sorted."""

    def column(self, place: int, where: Numbers) -> NDArray[Any]:
        """Return what some of them hold at a place, by number."""
        ...

    def given(self, which: int) -> Given:
        """Return one of them."""
        ...


@define(eq=False, repr=False)
class Leaf(Generic[A]):
    """An answer. `first`, `last`: the states that came here first and last, in which it should be the same."""

    answer: A
    first: Given
    last: Given


@define(eq=False, repr=False)
class Node(Generic[A]):
    """The place that is read next, and what follows for each number that was found there."""

    place: int
    branches: dict[int, Node[A] | Leaf[A]] = field(factory=dict)


@define(eq=False, repr=False)
class Trie(Generic[A]):
    """A function and what it answered so far.

    `ask`: calls it on what is given, and adds the places that it reads to a list, in order. `called`: how errors name it.
    """

    called: str
    ask: Callable[[Given, list[int]], A]
    root: Node[A] | Leaf[A] | None = None
    leaves: list[Leaf[A]] = field(factory=list, init=False)
    places: set[int] = field(factory=set, init=False)
    """All places that are read anywhere in it."""

    def sorted_out(self, table: Columns, where: Numbers) -> Iterator[tuple[A, Numbers]]:
        """Yield each answer with the states of a table that have it."""
        waiting: list[tuple[Node[A] | None, int, Numbers]] = [(None, 0, where)] if len(where) else []
        while waiting:
            above, number, part = waiting.pop()
            below = self.root if above is None else above.branches.get(number)
            if below is None:
                below = self._grown(above, number, table.given(int(part[0])))
            if isinstance(below, Leaf):
                below.last = table.given(int(part[-1]))
                yield below.answer, part
            else:
                waiting += [(below, value, some) for value, some in parted(table.column(below.place, part), part)]

    def _grown(self, above: Node[A] | None, number: int, given: Given) -> Node[A] | Leaf[A]:
        """Ask in a state that comes to a missing branch, and return what is there then."""
        held = [each for state in given for each in state]
        reads: list[int] = []
        leaf = Leaf(self.ask(given, reads), given, given)
        places = list(dict.fromkeys(reads))
        walked, known = self.root, 0
        while isinstance(walked, Node):
            if places[known : known + 1] != [walked.place]:
                raise self._otherwise()
            known += 1
            if walked is above:
                break
            walked = walked.branches[held[walked.place]]
        self.leaves.append(leaf)
        self.places.update(places)
        grown: Node[A] | Leaf[A] = leaf
        for place in reversed(places[known:]):
            grown = Node(place, {held[place]: grown})
        if above is None:
            self.root = grown
        else:
            above.branches[number] = grown
        return grown

    def check_again(self, over: Callable[[], object]) -> None:
        """Ask each answer again in the last state that had it, the last answer first; another one than in the first is a BrokenModel."""
        for leaf in reversed(self.leaves):
            if over():
                return
            if self.ask(leaf.last, []) != leaf.answer or self.ask(leaf.first, []) != leaf.answer:
                raise self._otherwise()

    def _otherwise(self) -> BrokenModel:
        return BrokenModel(
            f"{self.called}: it does otherwise when it is asked again, where it reads the same; keep nothing outside of states, and read them as now[variable]"
        )


def parted(column: NDArray[Any], where: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Yield the numbers of a column, each with those of the states that have it."""
    low, high = int(column.min()), int(column.max())
    if high - low <= 1:
        are_high = column == high
        yield high, where if low == high else where[are_high]
        if low < high:
            yield low, where[~are_high]
        return
    order = np.argsort(column, kind="stable")
    ordered, spread = column[order], where[order]
    cuts = [0, *(np.flatnonzero(ordered[1:] != ordered[:-1]) + 1).tolist(), len(ordered)]
    yield from ((int(ordered[first]), spread[first:end]) for first, end in pairwise(cuts))
