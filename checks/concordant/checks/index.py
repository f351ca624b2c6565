"""Which stems there are, by the names of the files that specify them. Nothing of theirs is imported, so that this is quick."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from attrs import frozen

from concordant.checks.misuse import Misuse

NO_GROUPS = ("vocabulary", "common")
SHARED = "shared"
"""As `concordant.spec.vocabulary.stems` has it, with which all of the vocabulary would be loaded."""
THEOREMS = "theorems"
"""The group of theorems that are about no protocol alone; they have proofs and nothing else."""


@frozen
class Indexed:
    """A stem: its group, and the file that says first what it is."""

    stem: str
    group: str
    file: Path

    @property
    def title(self) -> str:
        """The first sentence of its text."""
        with self.file.open(encoding="utf-8") as lines:
            return next(lines, "").strip().strip('"') or self.stem


@cache
def protocols_by_stem() -> dict[str, Indexed]:
    """Return the protocols that have a specification: by group, and in each group by name."""
    package = importlib.import_module("concordant.spec")
    groups = [each.name for each in pkgutil.iter_modules(package.__path__) if each.ispkg and each.name not in NO_GROUPS]
    return by_stem(entry for group in groups for entry in _inside(package.__path__, group))


def by_stem(entries: Iterable[Indexed]) -> dict[str, Indexed]:
    """Return entries by stem; a Misuse where one stem stands in two groups, since only one of the two would ever be asked about."""
    found: dict[str, Indexed] = {}
    for entry in entries:
        other = found.setdefault(entry.stem, entry)
        if other.group != entry.group:
            raise Misuse(
                f"two protocols are called {entry.stem}, in {other.group} and in {entry.group}; a stem is one name in all groups: rename one"
            )
    return found


@cache
def theorems_by_stem() -> dict[str, Indexed]:
    """Return the theorems that are about no protocol alone, by the names of their files."""
    return {entry.stem: entry for entry in _inside(importlib.import_module("concordant.proofs").__path__, THEOREMS)}


def _inside(roots: Iterable[str], group: str) -> list[Indexed]:
    found = []
    for root in roots:
        for each in pkgutil.iter_modules([str(Path(root, group))]):
            if each.name != SHARED:
                file = Path(root, group, each.name, "__init__.py") if each.ispkg else Path(root, group, f"{each.name}.py")
                found.append(Indexed(each.name, group, file))
    return found
