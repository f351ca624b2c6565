"""A run as a Mermaid sequence diagram, for documents that draw those."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.checks.elsewhere.shown import Shown
from concordant.checks.pictures.layout import Arrow, Mark, layout

SPECIAL = str.maketrans({"#": "#35;", ";": "#59;", "<": "#lt;", ">": "#gt;", "{": "#123;", "}": "#125;", "%": "#37;", ":": "#58;"})
"""What would end or change a line of Mermaid, as its entities."""


def written(shown: Shown) -> str:
    """Return the text of the diagram. A message is drawn where it arrives; `(from 2)` says in which move it was sent."""
    return "\n".join((*_lines(shown), ""))


def _lines(shown: Shown) -> Iterator[str]:
    picture = layout(shown.trace)
    yield "sequenceDiagram"
    yield f"  %% {shown.in_words}"
    yield "  autonumber"
    for lane in picture.lanes:
        yield f"  participant {lane}"
    for number, row in enumerate(picture.rows, start=1):
        yield f"  {_line(row, number)}"
    for each in picture.left:
        yield f"  Note over {each.source},{each.to}: in flight: {_safe(each.label)}"
    if shown.clause is not None:
        about = f"{picture.lanes[0]},{picture.lanes[-1]}" if len(picture.lanes) > 1 else str(picture.lanes[0])
        yield f"  Note over {about}: {_safe(shown.sentence)}"


def _line(row: Arrow, number: int) -> str:
    sent = f" (from {row.sent})" if row.sent and row.sent != number - 1 else ""
    label = _safe(f"{row.label}{sent}")
    arrows = {Mark.ARRIVES: "->>", Mark.LOST: "-x", Mark.DOWN: "-x", Mark.INSIDE: "->>", Mark.UP: "->>"}
    return f"{row.start}{arrows[row.mark]}{row.end}: {label}"


def _safe(label: str) -> str:
    return label.translate(SPECIAL)
