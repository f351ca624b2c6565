"""Images: up to symmetry one state stands for all its renamings, and what is promised must hold of each of them.

A search up to symmetry says of every clause what the whole search says, whatever the clause is like. Let G be all renamings
that put each block of a group in the place of another of it.

1. *The whole search reaches the images of the representatives, and nothing else.* The first state is its own image, which is
   checked at the start. `check_symmetry` shows that whatever a handler, a fold, or a crash made in the run, it makes of the images
   too, renamed. Bounds and assumptions say the same of all images, which is checked wherever they are asked. So by
   induction over moves: what is reached in n moves is closed under G, and for g in G the moves out of g(s) are the images
   of those out of s. Being at rest is decided by these moves, so it is the same for all images too.
2. *A clause sees of an image what `Everywhere` or `Images` shows it.* It is a function of what it reads. Of a state it reads
   slots; the slots collected in `Everywhere` contain with each slot all its images, so that what g(s) shows in them depends
   on g and on what s shows in them. Of one process or one step it is given a tuple of values, renamed as a whole;
   of an event, what the renamed row makes happen.
3. *All of G is tried.* Exchanges of neighbouring blocks generate G, and an orbit is closed under them: from each image found so
   far, each exchange is tried. To judge a state and its images under the exchanges alone would not do, since a clause
   need not be symmetric itself: it may fail in g(s) for a single g, a product of many exchanges.

Hence each clause is asked just what it would be asked in the whole search, and at the same depth.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import reduce
from operator import itemgetter
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import define, field

from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.renaming import Renamer, Renaming, after
from concordant.checks.semantics.seen import HISTORY, WAITING, Memo, read
from concordant.checks.semantics.states import State
from concordant.checks.semantics.symmetry_check import Asymmetry, UntrueSymmetry, versions
from concordant.refimpl.machine import Block, Handled

A = TypeVar("A")
X = TypeVar("X", bound=Hashable)
Glance: TypeAlias = tuple[int, Any]
"""A slot of what is seen, and what stands in it."""
Reading: TypeAlias = tuple[tuple[object, ...], tuple[Glance, ...]]
"""Further arguments, such as a move, and glances in the order of their slots."""
Way: TypeAlias = tuple[Renaming, ...]
"""The exchanges that lead to an image, one after the other."""
Orbit: TypeAlias = dict[X, Way]
"""All images of something, in the order found, and the way to each."""
Answer: TypeAlias = tuple[A, Way]
"""An answer about an image, and the way to it."""


@define(eq=False, repr=False)
class Images:
    """The images of whatever is seen. `exchanges`: of neighbouring blocks; without any, everything is its only image."""

    renamer: Renamer
    exchanges: Mapping[Renaming, tuple[Block, Block]] = field(factory=dict)
    _origins: dict[int, tuple[int, int, Handled, int]] = field(factory=dict, init=False)
    """By what happens, a row that makes it happen: process, local state, move, and which version of the row."""
    _looked_through: int = field(default=0, init=False)
    _counterparts: dict[tuple[int, Renaming], int] = field(factory=dict, init=False)
    _glances: dict[Renaming, dict[Glance, Glance]] = field(factory=dict, init=False)

    def orbit(self, thing: X, renamed: Callable[[X, Renaming], X]) -> Orbit[X]:
        """Return all images of a thing, itself first."""
        found: Orbit[X] = {thing: ()}
        queue = [thing]
        for each in queue:  # which grows
            for exchange in self.exchanges:
                image = renamed(each, exchange)
                if image not in found:
                    found[image] = (*found[each], exchange)
                    queue.append(image)
        return found

    def one(self, seen: tuple[int, int, int], names: Renaming) -> tuple[int, int, int]:
        """Return what is seen of one process, all by number, renamed: process, view, history."""
        process, view, history = seen
        return self.renamer.process(process, names), self.renamer.view(view, names), self.renamer.history(history, names)

    def step(self, seen: tuple[int, int, int], names: Renaming) -> tuple[int, int, int]:
        """Return what is seen of a step, all by number, renamed: process, view before, view after."""
        process, before, after = seen
        return self.renamer.process(process, names), self.renamer.view(before, names), self.renamer.view(after, names)

    def occasion(self, occasion: tuple[int, int], names: Renaming) -> tuple[int, int]:
        """Return what happens after a history, both by number, renamed by an exchange.

        A process may send in an order of names, which is not renamed along: what happens is what the renamed row makes happen.
        """
        history, happened = occasion
        key = happened, names
        if key not in self._counterparts:
            self._counterparts[key] = self._counterpart(happened, names)
        return self.renamer.history(history, names), self._counterparts[key]

    def _counterpart(self, happened: int, names: Renaming) -> int:
        parts, renamer = self.renamer.parts, self.renamer
        if happened not in self._origins:
            rows = parts.steps.rows()
            for (process, local, move), row in rows[self._looked_through :]:
                for version, made in enumerate(() if row is None else versions(parts, process, row)):
                    self._origins.setdefault(made, (process, local, move, version))
            self._looked_through = len(rows)
        origin = self._origins.get(happened)
        if origin is None:  # of a crash between two steps
            return renamer.happened(happened, names)
        process, local, move, version = origin
        there = renamer.process(process, names)
        row = parts.steps.row(there, renamer.local(process, local, names), renamer.value(move, names))
        others = [] if row is None else list(versions(parts, there, row, names))
        return others[version] if version < len(others) else renamer.happened(happened, names)  # the symmetry is untrue

    def reading(self, reading: Reading, names: Renaming) -> Reading:
        """Return what is read, renamed."""
        given, glances = reading
        known = self._glances.setdefault(names, {})
        for glance in glances:
            if glance not in known:
                known[glance] = self._glance(glance, names)
        return self.renamer.value(given, names) if given else given, tuple(sorted([known[glance] for glance in glances]))

    def _glance(self, glance: Glance, names: Renaming) -> Glance:
        slot, value = glance
        match slot:
            case _ if slot == HISTORY:
                return slot, self.renamer.history(value, names)
            case _ if slot == WAITING:
                return slot, self.renamer.calls(value, names)
            case _:
                return self.slot(slot, names), value if slot % 2 else self.renamer.view(value, names)

    def slot(self, slot: int, names: Renaming) -> int:
        """Return the slot that a slot becomes."""
        if slot in (HISTORY, WAITING):
            return slot
        process, is_up = divmod(slot - 2, 2)
        return 2 + 2 * self.renamer.process(process, names) + is_up


def product(way: Way) -> Renaming:
    """Return the renaming that renames by each in turn."""
    return reduce(after, way, ())


@define(eq=False, repr=False)
class Everywhere(Generic[A]):
    """A function of what is seen, asked of all images of states.

    `reads`: the slots that decide its answers, with each slot all its images.
    """

    memo: Memo[A]
    images: Images
    reads: tuple[int, ...] = field(default=(), init=False)
    _asked: dict[Reading, A] = field(factory=dict, init=False)
    _shown: Callable[[State], Hashable] = field(default=lambda _: (), init=False)
    _met: dict[tuple[tuple[object, ...], Hashable], A] = field(factory=dict, init=False)
    _somewhere: dict[Hashable, bool] = field(factory=dict, init=False)

    def new(self, state: State, *given: object) -> Sequence[Answer[A]]:
        """Return the answers about the images of a state, itself first; none if all were returned before."""
        if not self.images.exchanges:
            return ((self.memo(state, *given), ()),)
        return () if (given, self._shown(state)) in self._met else self._ask(state, given)

    def agreed(self, state: State, *given: object) -> A:
        """Return the answer about a state; if it is another about an image, the symmetry is untrue."""
        if not self.images.exchanges:
            return self.memo(state, *given)
        key = given, self._shown(state)
        if key in self._met:
            return self._met[key]
        answers = self._ask(state, given)
        for answer, way in answers:
            if answer != answers[0][0]:  # the image before it on its way agrees
                what = f"tells them apart, of {' '.join(map(text, given)) or 'a state'}"
                raise UntrueSymmetry(str(Asymmetry(*self.images.exchanges[way[-1]], "an assumption or bound of the system", what)))
        return self._met[given, self._shown(state)]

    def somewhere(self, state: State) -> bool:
        """Tell whether the answer about some image of a state is true."""
        if not self.images.exchanges:
            return bool(self.memo(state))
        if self._shown(state) not in self._somewhere:
            self._ask(state, ())
            orbit = self.images.orbit(self._reading(state, ()), self.images.reading)
            self._somewhere[self._shown(state)] = any(self._asked[image] for image in orbit)
        return self._somewhere[self._shown(state)]

    def asked(self, state: State, *given: object) -> tuple[A, Iterable[int]]:
        """Return what `agreed` returns, and the slots that decide it; without a symmetry, the function is run, whatever is known."""
        return (self.agreed(state, *given), self.reads) if self.images.exchanges else self.memo.run(state, *given)

    def _ask(self, state: State, given: tuple[object, ...]) -> Sequence[Answer[A]]:
        """Ask about all images of a state, if its reading is new."""
        reading = self._reading(state, given)
        answers: list[Answer[A]] = []
        while reading not in self._asked:
            orbit = self.images.orbit(reading, self.images.reading)
            answers = [(self._answer(state, image, way), way) for image, way in orbit.items()]
            if self.memo.reads.issubset(self.reads):
                self._asked.update(zip(orbit, (answer for answer, _ in answers), strict=True))
            else:  # what was read beyond the slots may differ between states that show the same in them
                self._widen()
                reading = self._reading(state, given)
        self._met[given, self._shown(state)] = self._asked[reading]
        return answers

    def _reading(self, state: State, given: tuple[object, ...]) -> Reading:
        parts = self.memo.parts
        return given, tuple((slot, read(parts, state, slot)) for slot in self.reads)

    def _answer(self, state: State, image: Reading, way: Way) -> A:
        given, glances = image
        known = self.memo.known(dict(glances), given)
        if known is not None:
            return known[0]
        renamer = self.images.renamer
        for exchange in way:
            state = renamer.state(state, exchange)
        return self.memo(state, *given)

    def _widen(self) -> None:
        slots: set[int] = set()
        for slot in self.memo.reads:
            slots.update(self.images.orbit(slot, self.images.slot))
        self.reads = tuple(sorted(slots))
        self._shown = _what_decides(self.reads)
        self._asked.clear()
        self._met.clear()
        self._somewhere.clear()


def _what_decides(slots: tuple[int, ...]) -> Callable[[State], Hashable]:
    """Return a function that picks from a state what decides what it shows in these slots, and is quicker than to read them."""
    history, waiting = HISTORY in slots, WAITING in slots
    processes = sorted({(slot - 2) // 2 for slot in slots if slot not in (HISTORY, WAITING)})
    locals_ = itemgetter(*processes) if processes else len
    return lambda state: (history and state.history, waiting and state.users, locals_(state.locals))
