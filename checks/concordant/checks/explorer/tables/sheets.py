"""Sheets: a profile as cells and tables, one for each of its fields, and back from what was typed into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from attrs import fields, frozen, has

from concordant.checks.explorer.tables.cells import Typeable, kind_of
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.canonical import text
from concordant.spec.vocabulary import Map

MOST = 8
"""How many rows a table may have."""
Typed: TypeAlias = "Sequence[str | Sequence[Sequence[str]]]"
"""What was typed: for each field of the profile a text, or of a table a list of texts for each row."""


@frozen(eq=False)
class Cell:
    """One value. `kind`: what may be typed there; None where it is only shown."""

    name: str
    kind: Typeable | None
    value: object

    @property
    def text(self) -> str:
        """The value as it is typed, or shown."""
        return text(self.value) if self.kind is None else self.kind.write(self.value)

    def read(self, typed: str) -> Any:
        """Return the value that was typed; what cannot be read is a Misuse that names the cell."""
        if self.kind is None:
            return self.value
        try:
            return self.kind.read(typed.strip())
        except Misuse as error:
            raise Misuse(f"{self.name.replace('_', ' ')}: {error}") from None


@frozen(eq=False)
class Records:
    """Records of one class, a row for each. `grows`: whether there may be more or fewer of them; `keys`: what each is called, where that is no part of it."""

    name: str
    record: type
    rows: tuple[tuple[Cell, ...], ...]
    grows: bool
    keys: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(part.name for part in fields(self.record))


Entry: TypeAlias = Cell | Records


def sheet(profile: Any) -> tuple[Entry, ...]:
    """Return the parts of a profile, in the order of its fields."""
    declared = _declared(type(profile))
    return tuple(_part(each.name, declared.get(each.name), getattr(profile, each.name)) for each in fields(type(profile)))


def cells_of(part: Entry) -> list[Cell]:
    """Return the cells of a part, of a table row by row."""
    return [part] if isinstance(part, Cell) else [cell for row in part.rows for cell in row]


def is_typed(part: Entry) -> bool:
    """Tell whether something can be typed into a part."""
    return any(cell.kind is not None for cell in cells_of(part))


def texts(profile: Any) -> Typed:
    """Return what would have to be typed for a profile."""
    return [part.text if isinstance(part, Cell) else [[cell.text for cell in row] for row in part.rows] for part in sheet(profile)]


def typed(profile: Any, found: object) -> Any:
    """Return the profile that was typed into the sheet of another, which keeps what cannot be typed. What cannot be read is a Misuse."""
    parts = sheet(profile)
    if not isinstance(found, list) or len(found) != len(parts):
        raise Misuse(f"a profile of this rule has {len(parts)} fields, each with what was typed there")
    values = {part.name: _read(part, given, getattr(profile, part.name)) for part, given in zip(parts, found, strict=True)}
    return _made(type(profile), values)


def _part(name: str, declared: Any, value: Any) -> Entry:
    origin, inside = get_origin(declared), get_args(declared)
    if origin is tuple and inside[1:] == (...,) and _is_record(inside[0]):
        return Records(name, inside[0], tuple(map(_row, value)), grows=bool(value))
    if origin is Map and _is_record(inside[1]) and value:
        return Records(name, inside[1], tuple(map(_row, value.values())), grows=False, keys=tuple(map(str, value.keys())))
    if _is_record(declared):
        return Records(name, declared, (_row(value),), grows=False)
    return _cell(name, declared, value)


def _row(record: Any) -> tuple[Cell, ...]:
    declared = _declared(type(record))
    return tuple(_cell(each.name, declared.get(each.name), getattr(record, each.name)) for each in fields(type(record)))


def _cell(name: str, declared: Any, value: object) -> Cell:
    kind = kind_of(declared)
    return Cell(name, kind if kind is not None and kind.holds(value) else None, value)


def _is_record(declared: Any) -> bool:
    return isinstance(declared, type) and has(declared) and not issubclass(declared, Map) and "__str__" not in vars(declared)


def _declared(kind: type) -> dict[str, Any]:
    """Return the types of the fields of a record; none where they cannot be found out."""
    try:
        return get_type_hints(kind)
    except (NameError, TypeError):
        return {}


def _read(part: Entry, found: object, value: Any) -> Any:
    if isinstance(part, Cell):
        return part.read(_text(found))
    if not isinstance(found, list) or not all(isinstance(row, list) and len(row) == len(part.columns) for row in found):
        raise Misuse(f"{part.name} is a table: a list of rows, each with {len(part.columns)} cells")
    if len(found) > MOST or (not part.grows and len(found) != len(part.rows)):
        raise Misuse(f"{part.name} has {f'0 to {MOST}' if part.grows else len(part.rows)} rows here, and not {len(found):,}")
    rows = [_record(part, place, row) for place, row in enumerate(found)]
    if isinstance(value, Map):
        return Map.of(zip(value.keys(), rows, strict=True))
    return tuple(rows) if isinstance(value, tuple) else rows[0]


def _record(table: Records, place: int, row: list[object]) -> Any:
    """Return the record that was typed into a row; one that is new is like the last in what cannot be typed."""
    like = table.rows[min(place, len(table.rows) - 1)]
    return _made(table.record, {cell.name: cell.read(_text(given)) for cell, given in zip(like, row, strict=True)})


def _made(kind: Any, values: dict[str, Any]) -> Any:
    try:
        return kind(**{each.alias: values[each.name] for each in fields(kind)})
    except (TypeError, ValueError) as error:
        raise Misuse(f"there is no such {kind.__name__}: {error}") from error


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise Misuse("a cell holds a text")
    return found
