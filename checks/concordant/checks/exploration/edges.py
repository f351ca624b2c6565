"""Edges: every transition of a search, for what must see the whole graph: which faults lead where, and what may go on for ever."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, Protocol, TypeVar

from attrs import define, field

from concordant.checks.semantics.tables import Interned

L = TypeVar("L", bound=Hashable)
M = TypeVar("M", bound=Hashable)


class Column(Protocol):
    """Numbers of 32 bits, one after another."""

    def tobytes(self) -> bytes:
        """Return them as bytes."""
        ...


def _column() -> array[int]:
    return array("i")


@define(eq=False, repr=False)
class Edges(Generic[L]):
    """Transitions as three columns: the numbers of source, label and target of each.

    States are numbered in the order in which they were met. `labels`: by number; those of an exploration are its moves, whose
    classes and fields say what fairness owes: which message, which trigger, of which process.
    """

    labels: Interned[L] = field(factory=Interned, init=False)
    sources: array[int] = field(factory=_column, init=False)
    targets: array[int] = field(factory=_column, init=False)
    named: array[int] = field(factory=_column, init=False)

    def add(self, source: int, label: L, target: int) -> None:
        """Take one transition."""
        self.sources.append(source)
        self.targets.append(target)
        self.named.append(self.labels.id(label))

    def extend(self, sources: Column, named: Column, targets: Column) -> None:
        """Take many transitions, by the numbers of their labels."""
        for column, more in ((self.sources, sources), (self.named, named), (self.targets, targets)):
            column.frombytes(more.tobytes())

    def take(self, others: Edges[M], label: Callable[[M], L]) -> None:
        """Take the transitions of another search, each under the label given for its own."""
        names = [self.labels.id(label(other)) for other in others.labels.values]
        self.sources.extend(others.sources)
        self.targets.extend(others.targets)
        self.named.extend(names[name] for name in others.named)

    def __len__(self) -> int:
        return len(self.sources)

    def __iter__(self) -> Iterator[tuple[int, L, int]]:
        return ((source, self.labels[name], target) for source, name, target in zip(self.sources, self.named, self.targets, strict=True))
