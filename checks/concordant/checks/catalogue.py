"""The catalogue: the systems of the documents, which stems they are, and the defects that their documents' code has.

The data stand in spec/…/catalogue.json. A defect of a system that stands here is a pitfall, a known violation, or has a reason
to be neither: `missing` lists those that have nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from attrs import frozen

from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import Protocol, protocol
from concordant.refimpl.machine import KnownViolation, Pitfall
from concordant.refimpl.machine.pitfalls import Unmodelled

Telling: TypeAlias = Pitfall | KnownViolation | Unmodelled


@frozen
class Defect:
    """A mistake of the documents. `evidence`: how it was seen, such as `run` or `read`; `text`: the property, and the scenario."""

    id: str
    evidence: str
    text: str


@frozen
class Composition:
    """A defect that systems have together. `systems`: which."""

    defect: Defect
    systems: tuple[str, ...]


@frozen
class Entry:
    """An entry of the catalogue. `stems`: the machines and rules that it is. `faults`: those that some property of it survives, as words."""

    entry: int
    system: str
    group: str
    stems: tuple[str, ...]
    title: str
    purpose: str
    faults: tuple[str, ...]
    defects: tuple[Defect, ...]

    @property
    def stands(self) -> bool:
        """Whether it is here: the stem of its name is."""
        return self.system in protocols_by_stem()

    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """Its stems that are here."""
        return tuple(protocol(stem) for stem in self.stems if stem in protocols_by_stem())


@cache
def systems() -> tuple[Entry, ...]:
    """Return all systems of the documents, in the order of the catalogue."""
    return tuple(
        Entry(**{**each, "stems": tuple(each["stems"]), "faults": tuple(each["faults"]), "defects": _defects(each["defects"])})
        for each in _data()["systems"]
    )


@cache
def compositions() -> tuple[Composition, ...]:
    """Return the defects that systems have together, in the order of the catalogue."""
    return tuple(
        Composition(Defect(each["id"], each["evidence"], each["text"]), tuple(each["systems"])) for each in _data()["compositions"]
    )


@cache
def defects() -> tuple[Defect, ...]:
    """Return all defects, in the order of the catalogue: those of each system, and those that systems have together."""
    return (*(defect for system in systems() for defect in system.defects), *(each.defect for each in compositions()))


@cache
def _data() -> Any:
    return json.loads(files("concordant.spec").joinpath("catalogue.json").read_text(encoding="utf-8"))


def _defects(found: list[dict[str, str]]) -> tuple[Defect, ...]:
    return tuple(Defect(**each) for each in found)


def missing(system: Entry) -> Iterator[Defect]:
    """Yield the defects of a system that no pitfall, known violation or reason of its stems, or of another stem, names."""
    return (defect for defect in system.defects if defect.id not in told_by_id())


@cache
def told_by_id() -> Mapping[str, tuple[Telling, ...]]:
    """Return the pitfalls, known violations and reasons that carry each id, or a variant of it."""
    found: dict[str, tuple[Telling, ...]] = {}
    for stem in protocols_by_stem():
        each = protocol(stem)
        parts: tuple[Telling, ...] = (*each.pitfalls, *each.known_violations, *each.unmodelled)
        for part in parts:
            id = part.id.partition("/")[0]
            found[id] = (*found.get(id, ()), part)
    return found
