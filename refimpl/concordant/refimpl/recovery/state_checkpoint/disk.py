"""A disk as programs see it: what is written is in a cache first, and only what is synced outlives a crash for sure.

Of the pages of a file that are not synced a crash leaves any; of the changes of names that are not synced any, each whole, in their order.
So it is with the file systems that reorder most (Pillai et al., OSDI 2014, section 2).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.vocabulary import Map

Pages: TypeAlias = tuple[str | None, ...]
"""What a file holds, page by page; None of a page that was never written."""


@frozen(order=True)
class Name:
    """The name of a file: an agent's checkpoint with a number from 1; 0 for the file in which its state is written first."""

    agent: str
    number: int = 0


@frozen
class File:
    """What programs read, and what the disk holds."""

    cached: Pages
    durable: Pages

    def left(self) -> Iterator[File]:
        """Yield what a crash may leave: of each page what the disk holds, or what was written since."""
        for pages in product(*({old, new} for old, new in zip(self.durable, self.cached, strict=True))):
            yield File(pages, pages)


@frozen
class Change:
    """A change of a directory: each of these names is that of this file from now on, or of none. It is made at once or not at all."""

    entries: tuple[tuple[Name, int | None], ...]

    def after(self, names: Map[Name, int]) -> Map[Name, int]:
        """Return a directory after it."""
        for name, file in self.entries:
            names = names.drop(name) if file is None else names.put(name, file)
        return names


@frozen
class Disk:
    """Files by their numbers, the directory as the disk holds it, and the changes of that which are not synced."""

    files: Map[int, File] = Map()
    durable: Map[Name, int] = Map()
    changes: tuple[Change, ...] = ()

    @property
    def names(self) -> Map[Name, int]:
        """The directory as programs see it."""
        return _after(self.changes, self.durable)

    def read(self, name: Name) -> Pages:
        """Return what a file holds; an absent name is a KeyError."""
        return self.files[self.names[name]].cached

    def write(self, name: Name, pages: Pages) -> Disk:
        """Write a file: a new one, or over what one of this name holds."""
        if name in self.names:
            return evolve(self, files=self.files.change(self.names[name], lambda file: evolve(file, cached=pages)))
        number = max(self.files, default=0) + 1
        files = self.files.put(number, File(pages, (None,) * len(pages)))
        return evolve(self, files=files).change(Change(((name, number),)))

    def sync(self, name: Name) -> Disk:
        """Sync what a file holds."""
        return evolve(self, files=self.files.change(self.names[name], lambda file: File(file.cached, file.cached)))

    def rename(self, old: Name, new: Name) -> Disk:
        """Give a file another name, which is then no other's."""
        return self.change(Change(((old, None), (new, self.names[old]))))

    def remove(self, name: Name) -> Disk:
        """Remove a file."""
        return self.change(Change(((name, None),)))

    def change(self, change: Change) -> Disk:
        """Change the directory, for now in the cache alone."""
        return evolve(self, changes=(*self.changes, change))

    def sync_names(self) -> Disk:
        """Sync the directory; a file that has no name any more is gone."""
        return _tidy(Disk(self.files, self.names))

    def left(self) -> Iterator[Disk]:
        """Yield what a crash may leave."""
        for made in product((False, True), repeat=len(self.changes)):
            names = _after(tuple(change for change, is_made in zip(self.changes, made, strict=True) if is_made), self.durable)
            tidy = _tidy(Disk(self.files, names))
            for files in product(*(tuple(file.left()) for file in tidy.files.values())):
                yield Disk(Map(tuple(zip(tidy.files, files, strict=True))), names)


def _tidy(disk: Disk) -> Disk:
    return evolve(disk, files=Map(tuple((number, file) for number, file in disk.files.items() if number in disk.durable.values())))


def _after(changes: tuple[Change, ...], names: Map[Name, int]) -> Map[Name, int]:
    for change in changes:
        names = change.after(names)
    return names
