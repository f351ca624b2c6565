"""Trying a rule in a terminal, by keyboard: a line in, what it shows out."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import define, field

from concordant.checks.explorer.tables.differing import told
from concordant.checks.explorer.tables.judged import Came, OfProfile, TriedOn, tried
from concordant.checks.explorer.tables.lies import lies
from concordant.checks.explorer.tables.links import link_to
from concordant.checks.explorer.tables.sheets import Cell, Entry, cells_of, sheet, texts, typed
from concordant.checks.explorer.truths import TELLING
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.pictures.in_text import cut
from concordant.checks.reports.counterexamples import columns
from concordant.checks.reports.words import indented
from concordant.checks.semantics.canonical import text

HELP = (
    "CELL VALUE       type a value into a cell, such as a1.2 3/4; '' for nothing",
    "add a, drop a1   one more row in table a, like the last; take a row away",
    "g                who gains by lying here?",
    "c                what every clause says here",
    "b                back to the profile before",
    "y                a link to this profile: concordant explore LINK",
    "q                leave",
)


@define(eq=False)
class Trial:
    """A reader's way through the profiles of a rule."""

    here: TriedOn
    over: bool = field(default=False, init=False)
    been: list[TriedOn] = field(factory=list, init=False)

    def greeting(self) -> Iterator[str]:
        """Say which rule it is, show its first profile, and say how to go on."""
        about = self.here.about
        yield f"{about.name}{f', scope {about.scope}' if about.scope else ''}: {about.mechanism.name}; {about.shows}"
        yield ""
        yield from self._shown()
        yield ""
        yield "CELL VALUE types into a cell; ? lists the rest"

    def say(self, line: str) -> Iterator[str]:
        """Do what a line says, and yield what it shows. One that is not understood says so and changes nothing."""
        try:
            yield from self._said(shlex.split(line))
        except (ValueError, BrokenRule) as error:  # a Misuse, quotes that do not end, or a rule that does not
            yield str(error)

    def _said(self, words: list[str]) -> Iterable[str]:
        shown: dict[str, Callable[[], Iterable[str]]] = {
            "": self._shown,
            "?": lambda: HELP,
            "g": self._lies,
            "c": lambda: (line for said in self.here.said for line in said_lines(said)),
            "y": lambda: (link_to(self.here),),
            "b": self._back,
            "q": self._leave,
        }
        match words:
            case [] | [_] if (word := " ".join(words)) in shown:
                return shown[word]()
            case ["add", table]:
                return self._go(self._grown(table))
            case ["drop", row]:
                return self._go(self._dropped(row))
            case [cell, *value] if value:
                return self._go(self._typed(cell, " ".join(value)))
            case _:
                raise Misuse(f"{' '.join(words)} is no command; ? lists what is")

    def _shown(self) -> Iterator[str]:
        for place, part in enumerate(sheet(self.here.profile)):
            yield from part_lines(letter(place), part)
        yield ""
        yield cut(f"outcome: {outcome_text(self.here.outcome)}", columns())
        if self.here.right is not None:
            yield cut(f"the right rule: {outcome_text(self.here.right)}", columns())
        for said in self.here.said:
            if said.here in TELLING:
                yield from said_lines(said)

    def _go(self, given: object) -> Iterator[str]:
        found = tried(self.here.about, typed(self.here.about.start, given))
        self.been.append(self.here)
        self.here = found
        return self._shown()

    def _back(self) -> Iterable[str]:
        if not self.been:
            return ("there is nothing that way",)
        self.here = self.been.pop()
        return self._shown()

    def _leave(self) -> Iterable[str]:
        self.over = True
        return ()

    def _typed(self, cell: str, value: str) -> object:
        given: Any = texts(self.here.profile)
        shown = (each for part in sheet(self.here.profile) for each in cells_of(part))
        for (name, cells, place), there in zip(named_cells(given), shown, strict=True):
            if name == cell:
                if there.kind is None:
                    raise Misuse(f"what stands in {cell} is only shown: it cannot be typed")
                cells[place] = value
                return given
        raise Misuse(f"there is no cell {cell}; the names stand beside the values")

    def _grown(self, table: str) -> object:
        given: Any = texts(self.here.profile)
        rows = self._table(given, table)
        if not rows:
            raise Misuse(f"table {table} has no row to be like; b goes back to where it had")
        rows.append([*rows[-1]])
        return given

    def _dropped(self, row: str) -> object:
        given: Any = texts(self.here.profile)
        rows = self._table(given, row[:1])
        if not row[1:].isdecimal() or not 1 <= int(row[1:]) <= len(rows):
            raise Misuse(f"there is no row {row}")
        del rows[int(row[1:]) - 1]
        return given

    def _table(self, given: list[Any], name: str) -> list[list[str]]:
        for place, part in enumerate(given):
            if letter(place) == name and isinstance(part, list):
                return part
        raise Misuse(f"there is no table {name}")

    def _lies(self) -> Iterator[str]:
        found = lies(self.here.about, self.here.profile)
        yield found.says
        for lie in found.best:
            if lie.pays:
                yield f"  {lie.who}, {told(lie.truth, lie.profile)}: worth {text(lie.would_gain)} to it, and {text(lie.gains)} when it is honest"
                yield cut(f"    {text(lie.lying)}", columns())


def letter(place: int) -> str:
    """Name a part of a profile.

    >>> letter(0), letter(1)
    ('a', 'b')
    """
    return chr(ord("a") + place)


def named_cells(given: list[Any]) -> Iterator[tuple[str, list[Any], int]]:
    """Yield each cell by its name, with the list in which it stands and its place there: `b`, or of the first row of a table `a1.1`, `a1.2`, and so on.

    >>> [name for name, _, _ in named_cells([[["ann", "3"]], "0"])]
    ['a1.1', 'a1.2', 'b']
    """
    for place, part in enumerate(given):
        if isinstance(part, str):
            yield letter(place), given, place
            continue
        for row, cells in enumerate(part, start=1):
            for column in range(len(cells)):
                yield f"{letter(place)}{row}.{column + 1}", cells, column


def part_lines(name: str, part: Entry) -> Iterator[str]:
    """Show a part with the names of its cells."""
    if isinstance(part, Cell):
        yield f"{name:>5}  {part.name.replace('_', ' ')}: {part.text or 'nothing'}"
        return
    heads = [f"{number} {each.replace('_', ' ')}" for number, each in enumerate(part.columns, start=1)]
    widths = [max(map(len, (head, *(row[column].text for row in part.rows)))) for column, head in enumerate(heads)]
    keys = max(map(len, part.keys), default=0)
    yield cut(f"{'':7}{'':{keys}}{_in_columns(heads, widths)}  ({part.name.replace('_', ' ')})", columns())
    for number, row in enumerate(part.rows):
        key = part.keys[number] if part.keys else ""
        yield cut(f"{f'{name}{number + 1}':>5}  {key:{keys}}{_in_columns([cell.text for cell in row], widths)}", columns())


def _in_columns(texts: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(f"{each:{width}}" for each, width in zip(texts, widths, strict=True))


def outcome_text(outcome: Came) -> str:
    """Say what came of a profile."""
    return text(outcome.value) if outcome.raised is None else f"an error: {outcome.raised}"


def said_lines(said: OfProfile) -> Iterator[str]:
    """Say what a clause says of the profile, and by which facts."""
    yield f"{said.here.value}: {said.clause.id}  {said.clause.sentence}"
    yield from indented((f"{name.replace('_', ' ')}: {text(value)}" for name, value in said.facts.items()), 4)
