"""A layout in text: lanes from left to right, time downwards. It fits the width that there is: rows are never wrapped."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from concordant.checks.pictures.layout import Arrow, Diagram, Mark, roles
from concordant.spec.vocabulary import Address

LABEL = 40
"""So much room is left for what a move says, before lanes get short names."""
MOST_LEFT = 8
"""How many messages in flight are listed."""
SIGNS = {Mark.INSIDE: "●", Mark.DOWN: "✗", Mark.LOST: "✗", Mark.UP: "↑"}


def drawn(picture: Diagram, width: int = 100, marked: Collection[int] = ()) -> Iterator[str]:
    """Draw a layout in lines of at most so many signs. `marked`: the moves before which a `◆` stands, counted from 1.

    An arrow is a delivery, a request or an answer; *from 2* says in which move a message was sent; `●` something inside, `✗` a crash or
    a loss, `↑` a recovery. Where names of lanes take too much room they are shortened, and a last line explains them.
    """
    names = _names(picture.lanes, width)
    across = max(5, max(map(len, names.values()), default=0) + 2)
    yield "      " + "".join(f"{names[lane]:^{across}}" for lane in picture.lanes).rstrip()
    for number, row in enumerate(picture.rows, start=1):
        sent = f"  from {row.sent}" if row.sent is not None and row.sent != number - 1 else ""
        line = f"{'◆' if number in marked else ' '}{number:>3}  {_cells(picture.lanes, across, row)}  "
        yield line + cut(row.label, width - len(line) - len(sent)) + sent
    short = any(names[lane] != str(lane) for lane in picture.lanes)
    yield from (f"      {', '.join(f'{_short(role, picture.lanes)} {role}' for role in roles(picture.lanes))}",) if short else ()
    yield from _left(picture, width)
    first = next(_sent(picture), None)
    yield from () if first is None else (f"      from {first}: sent in move {first}",)


def cut(label: str, room: int) -> str:
    """Cut a text to the room that there is.

    >>> cut("Promise(2.proposer1, None)", 12)
    'Promise(2.p…'
    """
    return label if len(label) <= room else f"{label[: max(room - 1, 8)]}…"


def _sent(picture: Diagram) -> Iterator[int]:
    """Yield the moves of which it is shown that a message was sent in them."""
    yield from (row.sent for number, row in enumerate(picture.rows) if row.sent is not None and row.sent != number)
    yield from (each.sent for each in picture.left[:MOST_LEFT] if each.sent is not None)


def _left(picture: Diagram, width: int) -> Iterator[str]:
    if not picture.left:
        return
    yield "      in flight at the end:"
    for each in picture.left[:MOST_LEFT]:
        sent = "" if each.sent is None else f"  from {each.sent}"
        line = f"        {each.source} → {each.to}  "
        yield line + cut(each.label, width - len(line) - len(sent)) + sent
    if len(picture.left) > MOST_LEFT:
        yield f"        and {len(picture.left) - MOST_LEFT} more"


def _names(lanes: tuple[Address, ...], width: int) -> dict[Address, str]:
    whole = {lane: str(lane) for lane in lanes}
    across = max(map(len, whole.values()), default=0) + 2
    if 6 + across * len(lanes) + LABEL <= width:
        return whole
    return {lane: f"{_short(lane.role, lanes)}{lane.number}" for lane in lanes}


def _short(role: str, lanes: tuple[Address, ...]) -> str:
    """Return the first letters of a role that tell it from the others."""
    others = [other for other in roles(lanes) if other != role]
    for length in range(1, len(role) + 1):
        if not any(other.startswith(role[:length]) for other in others):
            return role[:length]
    return role


def _cells(lanes: tuple[Address, ...], across: int, row: Arrow) -> str:
    centre = {lane: place * across + (across - 1) // 2 for place, lane in enumerate(lanes)}
    cells = [" "] * (across * len(lanes))
    for place in centre.values():
        cells[place] = "│"
    start, end = centre[row.start], centre[row.end]
    if start != end:
        for place in range(min(start, end) + 1, max(start, end)):
            cells[place] = "┼" if cells[place] == "│" else "─"
        cells[start] = "├" if start < end else "┤"
    cells[end] = SIGNS.get(row.mark, "▶" if start < end else "◀")
    return "".join(cells)
