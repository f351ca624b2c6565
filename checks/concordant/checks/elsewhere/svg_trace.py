"""A run as a picture in SVG, for documents: a lane per participant, time downwards, what each move says on the right."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from xml.sax.saxutils import escape

from attrs import field, frozen

from concordant.checks.elsewhere.shown import Shown
from concordant.checks.pictures.layout import Arrow, Diagram, Left, Mark, layout
from concordant.checks.pictures.notation import notation_lines
from concordant.checks.pictures.words import lasso_line, legend
from concordant.checks.refuting.repaired import departure
from concordant.spec.vocabulary import Address

LANE, STEP, TOP, LEFT = 112, 30, 44, 60
SIGN = 7.3
"""About how wide a sign is."""
WORDS = 110
"""How many signs a line of explanations has."""
STYLE = (
    "text{font:12px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1b1f24}.dim{fill:#57606a}.head{font-weight:600;text-anchor:middle}"
    "path,line{stroke:#1b1f24;stroke-width:1.5;fill:none}.lane{stroke:#c8ced6;stroke-width:1}.down{stroke-dasharray:1 5}.ask{stroke-width:2.5}"
    ".again{stroke-dasharray:7 3}.lost{stroke-dasharray:4 4}.flight{stroke-dasharray:1 4;stroke-linecap:round}.solid{fill:#1b1f24}.paper{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#e4e8ed}.dim{fill:#a0a9b4}path,line{stroke:#e4e8ed}.lane{stroke:#3d444d}.solid{fill:#e4e8ed}.paper{fill:#14171b}}"
)
TIP = '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path class="solid" d="M0 0 L8 4 L0 8 z"/></marker>'


def written(shown: Shown) -> str:
    """Return the picture. It has no script, asks for nothing, and follows the colours of whoever looks at it."""
    trace, clause = shown.trace, shown.clause
    departs = departure(shown.system, trace)
    picture = layout(trace)
    below = [
        *((lasso_line(shown.cycle, len(trace)),) if shown.cycle is not None else ()),
        *wrap("; ".join(legend(picture, acts=departs is not None)), WORDS),
        *notation_lines(trace, WORDS),
        *((f"{clause.id}: {clause.sentence}",) if clause else ()),
    ]
    drawing = _Drawing(picture, shown.cycle or 0, None if departs is None else departs.move, tuple(below))
    named = f"{shown.in_words}: {shown.sentence}".removesuffix(": ")
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width}" height="{drawing.height}" viewBox="0 0 {drawing.width} {drawing.height}" role="img">',
            f"<title>{escape(named)}</title>",
            f"<style>{STYLE}</style>",
            f"<defs>{TIP}</defs>",
            f'<rect class="paper" width="{drawing.width}" height="{drawing.height}"/>',
            *drawing.parts(),
            "</svg>",
            "",
        )
    )


@frozen
class _Drawing:
    """`cycle`: how many of the last moves are repeated; `acts`: the move in which a mistake acts; `below`: lines under the picture."""

    picture: Diagram
    cycle: int
    acts: int | None
    below: tuple[str, ...]
    end: int = field(init=False)
    width: int = field(init=False)
    height: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        rows, lanes = self.picture.rows, self.picture.lanes
        beside = LEFT + len(lanes) * LANE + SIGN * max((len(row.label) for row in rows), default=0)
        object.__setattr__(self, "end", int(TOP + (len(rows) + (1.6 if self.picture.left else 0.8)) * STEP))
        object.__setattr__(self, "width", int(max(beside, *(SIGN * len(line) for line in self.below)) + 20))
        object.__setattr__(self, "height", self.end + 20 * len(self.below) + 12)

    def parts(self) -> Iterator[str]:
        for lane in self.picture.lanes:
            yield f'<text class="head" x="{self._x(lane)}" y="18">{escape(str(lane))}</text>'
            yield from self._lane(lane)
        for number, row in enumerate(self.picture.rows, start=1):
            yield from self._row(number, row)
        for each in self.picture.left:
            yield from self._in_flight(each)
        if self.cycle:
            last, first = self._y(len(self.picture.rows)), self._y(len(self.picture.rows) - self.cycle + 1)
            yield f'<path marker-end="url(#tip)" d="M14 {last} H6 V{first} H16"/>'
        for place, line in enumerate(self.below):
            yield f'<text class="dim" x="8" y="{self.end + 20 * (place + 1)}">{escape(line)}</text>'

    def _x(self, lane: Address) -> int:
        return LEFT + self.picture.lanes.index(lane) * LANE + LANE // 2

    def _y(self, number: int) -> int:
        return TOP + (number - 1) * STEP + STEP // 2

    def _lane(self, lane: Address) -> Iterator[str]:
        """Draw a lane, dotted while its participant is down."""
        turns = [(self._y(number), row.mark) for number, row in enumerate(self.picture.rows, start=1) if row.end == lane]
        begins, down = 26, False
        for y, mark in (*((y, mark) for y, mark in turns if mark in (Mark.DOWN, Mark.UP)), (self.end - 8, Mark.UP)):
            yield f'<line class="lane{" down" if down else ""}" x1="{self._x(lane)}" x2="{self._x(lane)}" y1="{begins}" y2="{y}"/>'
            begins, down = y, mark is Mark.DOWN

    def _row(self, number: int, row: Arrow) -> Iterator[str]:
        y = self._y(number)
        yield f'<text class="dim" x="22" y="{y + 4}">{number}</text>'
        if number == self.acts:
            yield f'<text x="42" y="{y + 4}">◆</text>'
        yield f'<text x="{LEFT + len(self.picture.lanes) * LANE}" y="{y + 4}">{escape(row.label)}</text>'
        x, start = self._x(row.end), self._x(row.start)
        sent = y if row.sent is None or row.sent == 0 else self._y(row.sent)
        match row.mark:
            case Mark.INSIDE:
                yield f'<circle class="solid" cx="{x}" cy="{y}" r="4.5"/>'
            case Mark.DOWN:
                yield _cross(x, y)
            case Mark.UP:
                yield f'<path class="solid" d="M{x - 6} {y + 5} L{x} {y - 6} L{x + 6} {y + 5} z"/>'
            case Mark.LOST:
                middle, halfway = (start + x) // 2, (sent + y) // 2
                yield f'<line class="lost" x1="{start}" y1="{sent}" x2="{middle}" y2="{halfway}"/>{_cross(middle, halfway)}'
            case Mark.ARRIVES:
                kind = "again" if row.again else "ask" if row.sent is None else "message"
                to = f"L{x} {y}" if start != x else f"C{x + 34} {sent} {x + 34} {y} {x + 5} {y}"
                yield f'<path class="{kind}" marker-end="url(#tip)" d="M{start} {sent} {to}"/>'

    def _in_flight(self, each: Left) -> Iterator[str]:
        if each.sent and {each.source, each.to} <= set(self.picture.lanes):
            x1, y1, x2, y2 = self._x(each.source), self._y(each.sent), self._x(each.to), self.end - 14
            x, y = x1 + (x2 - x1) * 4 // 5, y1 + (y2 - y1) * 4 // 5
            yield f'<line class="flight" x1="{x1}" y1="{y1}" x2="{x}" y2="{y}"/><circle class="paper" cx="{x}" cy="{y}" r="4" stroke="currentColor"/>'


def _cross(x: int, y: int) -> str:
    return f'<path d="M{x - 5} {y - 5} L{x + 5} {y + 5} M{x + 5} {y - 5} L{x - 5} {y + 5}"/>'
