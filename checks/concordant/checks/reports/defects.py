"""The page on defects: every mistake of the documents, and which pitfall, known violation or reason stands for it here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from functools import cache

from attrs import frozen

from concordant.checks.catalogue import Defect, compositions, defects, systems, told_by_id
from concordant.checks.reports.marking import in_cell
from concordant.refimpl.machine import KnownViolation, Pitfall
from concordant.refimpl.machine.pitfalls import Unmodelled

HEAD = """# The defects of the documents

The code and the text of the five documents, S1 to S5, have {all} known defects. `concordant explain ID` shows the shortest run,
or the smallest profile, of each that is refuted or shown here. `make pages` makes this page of the catalogue and of the
pitfalls; do not edit it.

| what became of it | defects |
|---|--:|
{counts}
"""
TABLE = "| id | what goes wrong | here |\n|---|---|---|"


class Fate(Enum):
    """What became of a defect here, in the words of the page."""

    REFUTED = "a pitfall, which a clause refutes"
    SHOWN = "a known violation, which a witness shows"
    SAME = "the same as another"
    EXCUSED = "no behaviour: by type, by speed, or without code"
    MISSING = "not here yet"


@frozen
class Treated:
    """A defect, what became of it, and what stands for it, as text."""

    defect: Defect
    fate: Fate
    here: str


def treated(some: tuple[Defect, ...]) -> tuple[Treated, ...]:
    """Say of each defect what stands for it."""
    return tuple(_treated(defect) for defect in some)


def _treated(defect: Defect) -> Treated:
    told = told_by_id().get(defect.id, ())
    broken = _named(part.breaks.id for part in told if isinstance(part, Pitfall))
    shown = _named(part.clause.id for part in told if isinstance(part, KnownViolation))
    if broken:
        return Treated(defect, Fate.REFUTED, f"refuted by {broken}" + (f"; {shown} fails" if shown else ""))
    if shown:
        return Treated(defect, Fate.SHOWN, f"shown: {shown} fails")
    for part in told:
        if isinstance(part, Unmodelled):
            text = f"as `{part.same}`: {in_cell(part.why)}" if part.same else f"{part.reason.value}: {in_cell(part.why)}"
            return Treated(defect, Fate.SAME if part.same else Fate.EXCUSED, text)
    return Treated(defect, Fate.MISSING, Fate.MISSING.value)


def _named(ids: Iterator[str]) -> str:
    return ", ".join(f"`{id}`" for id in dict.fromkeys(ids))


@cache
def counted() -> Counter[Fate]:
    """Count what became of the defects of all systems and of what they are composed to."""
    return Counter(each.fate for each in treated(defects()))


def page() -> str:
    """Return the page."""
    found = counted()
    counts = "\n".join(f"| {fate.value} | {found[fate]} |" for fate in Fate)
    parts = [HEAD.format(all=found.total(), counts=counts)]
    parts += [_table(f"{each.entry}. `{each.system}`: {each.title}", each.defects) for each in systems() if each.defects]
    parts.append(_table("Systems that are put together", tuple(each.defect for each in compositions())))
    return "\n".join(parts)


def _table(title: str, some: tuple[Defect, ...]) -> str:
    lines = (f"| {each.defect.id} | {in_cell(each.defect.text)} | {each.here} |" for each in treated(some))
    return "\n".join((f"## {title}\n", TABLE, *lines)) + "\n"
