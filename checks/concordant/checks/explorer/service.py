"""What the page asks for, answered from the link that it gives: nothing is kept of who asks, and the run is the state.

Explorers and places are kept, as many as fit, only to be quick. Which names may be asked for: what the command was given, and what
comes with Concordant. No name of a page leads to an import, a file, or anything that is evaluated.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from attrs import define, field, frozen

from concordant.checks.catalogue import defects
from concordant.checks.elsewhere.shown import Shown
from concordant.checks.explorer.links import Link, seal
from concordant.checks.explorer.setting import Setting, of
from concordant.checks.explorer.tables.judged import TriedOn, tried
from concordant.checks.explorer.tables.links import profile_in
from concordant.checks.explorer.tables.links import seal as table_seal
from concordant.checks.explorer.tables.rules import Ruled, is_ruled, ruled
from concordant.checks.explorer.truths import Here
from concordant.checks.explorer.viewpoint import Explorer, Viewpoint
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.own import meant
from concordant.checks.registry import Named, Protocol, UnknownName, find

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
EXPLORERS, PLACES = 8, 400
"""How many are kept: those that were asked for last."""
NAME = re.compile(r"[A-Za-z0-9_./-]{1,100}")
LONGEST = 4096
"""How many signs a link may have."""


@frozen(eq=False)
class Visited:
    """A place of an explorer."""

    explorer: Explorer
    place: Viewpoint

    @property
    def about(self) -> Setting:
        """What is stepped through."""
        return self.explorer.setting


@define(eq=False)
class Service:
    """Answers for what a command was given, by name and scope, and for all protocols that come with Concordant."""

    home: str
    scope: str | None = None
    _explorers: OrderedDict[tuple[str, str | None], Explorer] = field(factory=OrderedDict, init=False)
    _places: OrderedDict[tuple[str, str, tuple[int, ...]], Viewpoint] = field(factory=OrderedDict, init=False)
    _rules: OrderedDict[tuple[str, str | None], Ruled] = field(factory=OrderedDict, init=False)

    def at(self, link: str, *, take: int | None = None, back: int = 0) -> Visited:
        """Return the place of a link, or one from which a move more, or some fewer, lead on. A link of another machine is Stale."""
        read = _read(link)
        explorer = self._explorer(read)
        numbers = explorer.numbers_of(explorer.setting.run) if read.numbers is None else read.numbers
        there = self._place(explorer, numbers)
        read.require(seal(explorer.setting, there))
        if take is None and not back:
            return Visited(explorer, there)
        if not 0 <= back <= len(numbers):
            raise Misuse(f"there are {len(numbers)} moves to take back, and not {back}")
        run = numbers[: len(numbers) - back]
        return Visited(explorer, self._place(explorer, run if take is None else (*run, take)))

    def is_ruled(self, link: str) -> bool:
        """Tell whether a link leads to a rule, which has a table, and to no system."""
        name, scope = self._key(_read(link))
        return is_ruled(*self._meaning(name), scope)

    def tried(self, link: str) -> TriedOn:
        """Return what the rule of a link makes of the profile in it. A link of another machine is Stale."""
        read = _read(link)
        about = _kept(self._rules, key := self._key(read), EXPLORERS, lambda: ruled(*self._meaning(key[0]), *key))
        found = tried(about, profile_in(about, read.typed))
        read.require(table_seal(found))
        return found

    def wandered(self, there: Visited, seed: int) -> Visited:
        """Return the place some moves further, at random: the same for the same place and seed."""
        return self.standing(there.explorer, there.explorer.wandered(there.place.numbers, seed))

    def start(self, name: str, scope: str | None = None) -> Visited:
        """Return the start of what a name means."""
        return self.standing(self._explorer(Link("", name, scope)), ())

    def standing(self, explorer: Explorer, numbers: tuple[int, ...]) -> Visited:
        """Return a place by its numbers."""
        return Visited(explorer, self._place(explorer, numbers))

    def _explorer(self, link: Link) -> Explorer:
        key = self._key(link)
        return _kept(self._explorers, key, EXPLORERS, lambda: Explorer(of(*self._meaning(key[0]), *key)))

    def _key(self, link: Link) -> tuple[str, str | None]:
        return link.name, link.scope or (self.scope if link.name == self.home else None)

    def _meaning(self, name: str) -> tuple[Protocol, Named | None]:
        if name == self.home:
            return meant(name)
        if not NAME.fullmatch(name) or not _may_be_ours(name):
            raise UnknownName(name, (self.home, *protocols_by_stem()))
        return find(name)

    def _place(self, explorer: Explorer, numbers: tuple[int, ...]) -> Viewpoint:
        about = explorer.setting
        return _kept(self._places, (about.name, about.scope, numbers), PLACES, lambda: explorer.at(numbers))


def _read(link: str) -> Link:
    if len(link) > LONGEST:
        raise Misuse(f"a link has at most {LONGEST:,} signs")
    return Link.read(link)


def _may_be_ours(name: str) -> bool:
    """Tell whether a name can mean something of ours, before all of ours is loaded to look for it."""
    first = re.split(r"[./]", name.lower(), maxsplit=1)[0]
    return first in protocols_by_stem() or any(defect.id.lower() == first for defect in defects())


def _kept(kept: OrderedDict[K, V], key: K, most: int, make: Callable[[], V]) -> V:
    """Return what is kept under a key, made where it is not; the longest unused is forgotten."""
    if key not in kept:
        kept[key] = make()
        while len(kept) > most:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def shown_at(standing: Visited) -> Shown:
    """Return the run to a place, for other formats; with the first clause that is false at its end, or else reached."""
    about, place = standing.about, standing.place
    if not place.frames:
        raise Misuse("no move has been made, so that there is no run to write")
    told = sorted((each for each in place.truths if each.here in (Here.FALSE, Here.REACHED)), key=lambda each: each.here is Here.REACHED)
    return Shown(about.name, about.protocol, about.system, place.frames, told[0].clause if told else None, scope=about.scope)
