"""What differs between two profiles, in words."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from concordant.checks.explorer.tables.sheets import Cell, sheet


@frozen
class _Difference:
    """A cell that differs. `row`: what its row is called, if it is in a table."""

    row: str
    name: str
    before: str
    after: str


def told(before: object, after: object) -> str:
    """Say what differs, cell by cell."""
    return "; ".join(f"{each.name}: {each.before or 'nothing'} → {each.after or 'nothing'}" for each in _differences(before, after))


def whose(agent: object, before: object, after: object) -> str:
    """Say who an agent is that differs in a profile: its name, or that of the first row that differs."""
    if isinstance(agent, str):
        return agent
    return next((each.row for each in _differences(before, after) if each.row), str(agent))


def _differences(before: object, after: object) -> Iterator[_Difference]:
    for one, other in zip(sheet(before), sheet(after), strict=True):
        if isinstance(one, Cell) and isinstance(other, Cell):
            yield from _of_cells("", (one,), (other,))
        elif not isinstance(one, Cell) and not isinstance(other, Cell):
            for row, changed in zip(one.rows, other.rows, strict=False):
                yield from _of_cells(row[0].text, row, changed)


def _of_cells(row: str, before: tuple[Cell, ...], after: tuple[Cell, ...]) -> Iterator[_Difference]:
    for one, other in zip(before, after, strict=True):
        if one.text != other.text:
            yield _Difference(row, one.name.replace("_", " "), one.text, other.text)
