"""The profiles that an exported page holds: one, those that differ from it in one cell, and the lies that pay in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from concordant.checks.explorer.tables.as_json import lies_as_json, table_as_json
from concordant.checks.explorer.tables.cells import AMOUNT
from concordant.checks.explorer.tables.judged import TriedOn, tried
from concordant.checks.explorer.tables.lies import lies
from concordant.checks.explorer.tables.rules import Ruled
from concordant.checks.explorer.tables.sheets import Cell, sheet, texts, typed
from concordant.checks.misuse import Misuse

Json = dict[str, Any]
AMOUNTS = ("0", "1/2", "1", "2", "3", "4", "5")
"""What stands instead in a cell for an amount, besides the amounts of the scope."""


def tables_held(home: TriedOn, most: int) -> Json:
    """Return what a page of a rule holds: so many profiles, by what is typed for them."""
    about, found = home.about, {_key(home.profile): home}
    truths = {} if about.honesty is None else {_key(home.profile): lies(about, home.profile)}
    paying = [lie.profile for each in truths.values() for lie in each.best if lie.pays]
    for profile in (*paying, *_near(about, home.profile)):
        if len(found) == most:
            break
        if (key := _key(profile)) not in found:
            found[key] = tried(about, profile)
    return {
        "home": _key(home.profile),
        "setting": None,
        "places": {},
        "tables": {key: table_as_json(each) for key, each in found.items()},
        "lies": {key: lies_as_json(home, each) for key, each in truths.items()},
    }


def _key(profile: object) -> str:
    """Name a profile as the page does: by what is typed for it, as JavaScript writes that."""
    return json.dumps(texts(profile), ensure_ascii=False, separators=(",", ":"))


def _near(about: Ruled, profile: Any) -> Iterator[Any]:
    """Yield the profiles that differ in one cell."""
    given: Any = texts(profile)
    for place, part in enumerate(sheet(profile)):
        for row, cells in enumerate([(part,)] if isinstance(part, Cell) else part.rows):
            for column, cell in enumerate(cells):
                for text in _others(about, cell):
                    changed = json.loads(json.dumps(given))
                    if isinstance(part, Cell):
                        changed[place] = text
                    else:
                        changed[place][row][column] = text
                    try:
                        yield typed(profile, changed)
                    except Misuse:
                        continue


def _others(about: Ruled, cell: Cell) -> tuple[str, ...]:
    if cell.kind is None:
        return ()
    amounts = tuple(dict.fromkeys((*map(str, about.amounts), *AMOUNTS)))
    return cell.kind.options or (amounts if cell.kind.says.removesuffix(", or nothing") == AMOUNT.says else ())
