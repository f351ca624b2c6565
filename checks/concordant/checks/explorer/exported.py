"""Places of an explorer in one HTML file: to step through without a server, from which no request leaves.

It holds the run of what is named, then the places that are one move from it, then two, until it is full. What lies
further the page does not have, and says so. Of a rule, it holds a profile, and those that differ from it in one cell.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from typing import Any

from attrs import define, field

from concordant.checks.explorer.as_json import place_as_json, setting_as_json
from concordant.checks.explorer.links import Link
from concordant.checks.explorer.service import Service, Visited
from concordant.checks.explorer.tables.held import tables_held
from concordant.checks.misuse import Misuse
from concordant.checks.page.one_file import one_file

Json = dict[str, Any]
PLACES, MOST = 100, 2_000
"""How many places a page holds where nothing else is said, and at most."""
SHORT = 24
"""How long a part is, as JSON, that is written out each time."""


def exported(link: str, scope: str | None = None, places: int = PLACES) -> str:
    """Return the page of a link or a name with so many places, those nearest to its run."""
    if not 1 <= places <= MOST:
        raise Misuse(f"a page holds 1 to {MOST:,} places, and not {places:,}")
    read = Link.read(link, scope)
    service = Service(read.name, read.scope)
    if service.is_ruled(link):
        return _file(read.name, tables_held(service.tried(link), places))
    home = service.at(link)
    found = {"home": run_text(home.place.numbers), "setting": setting_as_json(home, claims=True), "places": _places(service, home, places)}
    return _file(read.name, found)


def _file(name: str, found: Json) -> str:
    without = f"This page is drawn by a script in this file; concordant explore {name} --terminal does the same."
    return one_file(f"{name}: Concordant", without, "explorer.js", "explored", Shared.of(found))


def run_text(numbers: tuple[int, ...]) -> str:
    """Name a place by its moves.

    >>> run_text((0, 12, 3))
    '0.12.3'
    """
    return ".".join(map(str, numbers))


def _places(service: Service, home: Visited, most: int) -> Json:
    """Return places by their runs: all of the run, and then those nearest to it, from its end. Of a run only the last move is told, where the others are told already."""
    run = home.place.numbers
    found, moves = dict[str, Json](), dict[tuple[int, ...], list[Json]]()

    def keep(numbers: tuple[int, ...]) -> list[tuple[int, ...]]:
        place = place_as_json(service.standing(home.explorer, numbers))
        moves[numbers] = place["trace"]["moves"]
        if numbers and moves[numbers[:-1]] == moves[numbers][:-1]:
            place["trace"] = {**place["trace"], "moves": moves[numbers][-1:], "after": run_text(numbers[:-1])}
        found[run_text(numbers)] = place
        return [(*numbers, option["number"]) for option in place["options"]]

    onward = [keep(run[:length]) for length in range(len(run) + 1)]
    waiting = deque(each for some in reversed(onward) for each in some if each != run[: len(each)])
    while waiting and len(found) < most:
        waiting.extend(keep(waiting.popleft()))
    return found


@define
class Shared:
    """JSON in which what occurs more than once is written once: each part that is left out is its place in the list of parts."""

    counts: Counter[str] = field(factory=Counter)
    parts: list[Any] = field(factory=list)
    known: dict[str, int] = field(factory=dict)

    @classmethod
    def of(cls, value: Any) -> Json:
        """Return a value with its parts: `{"parts": […], "whole": …}`, where `{"$": 3}` stands for the fourth part.

        >>> Shared.of([["the same thing twice, at length"], ["the same thing twice, at length"]])
        {'parts': [['the same thing twice, at length']], 'whole': [{'$': 0}, {'$': 0}]}
        """
        shared = cls()
        shared._count(value)
        whole = shared._written(value)
        return {"parts": shared.parts, "whole": whole}

    def _count(self, value: Any) -> None:
        if not isinstance(value, dict | list):
            return
        self.counts[_key(value)] += 1
        if self.counts[_key(value)] == 1:
            for each in value.values() if isinstance(value, dict) else value:
                self._count(each)

    def _written(self, value: Any) -> Any:
        if not isinstance(value, dict | list):
            return value
        key = _key(value)
        if key in self.known:
            return {"$": self.known[key]}
        written = {name: self._written(each) for name, each in value.items()} if isinstance(value, dict) else [*map(self._written, value)]
        if self.counts[key] == 1 or len(key) < SHORT:
            return written
        self.known[key] = len(self.parts)
        self.parts.append(written)
        return {"$": self.known[key]}


def _key(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
