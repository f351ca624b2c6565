"""The page on the audit: what the catalogue asks of each system, what stands for it here, and where the project departs from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from concordant.checks.audit import Asked, audited
from concordant.checks.reports.marking import in_cell

HEAD = """# The audit

What the documents' catalogue asks of each system, entry by entry: properties, faults, scopes and theorems, {all} in all. {here} stand
here, each by the ids beside it: `concordant explain ID` shows a clause, `concordant check STEM --scope NAME` a scope, `concordant
refute STEM` its pitfalls, `pytest FILE::NAME` a test. {missing}, and {departures} are departures on purpose, which come
first. `make pages` makes this page of spec/concordant/spec/audit.json; do not edit it.
"""


def page() -> str:
    """Return the page."""
    everything = audited()
    missing, departures = [each for each in everything if each.missing], [each for each in everything if each.departure]
    here = len(everything) - len(missing) - len(departures)
    lacking = f"{len(missing)} are missing, at least in part" if missing else "Nothing is missing"
    parts = [HEAD.format(all=len(everything), here=here, missing=lacking, departures=len(departures))]
    if missing:
        rows = ((_named(each), each.text, each.missing) for each in missing)
        parts.append(_table("Missing", ("entry", "asked", "what would close it"), rows))
    parts.append(_table("Departures", ("entry", "asked", "instead"), ((_named(each), each.text, each.departure) for each in departures)))
    for name, asked in groupby(everything, _named):
        parts.append(_table(name, ("asked", "what", "here"), ((each.kind.value, each.text, _here(each)) for each in asked)))
    return "\n".join(parts)


def _named(each: Asked) -> str:
    return f"{each.entry}. `{each.system}`"


def _here(each: Asked) -> str:
    what = "**missing**" if each.missing else "*departure*" if each.departure else ""
    return "; ".join(part for part in (", ".join(f"`{id}`" for id in each.by), what, each.note) if part)


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join((f"## {title}\n", *_lines(head, rows))) + "\n"


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(map(in_cell, row))} |" for row in rows)
