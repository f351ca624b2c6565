"""What can be observed of a system: what happened so far, and what each process shows, by number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from attrs import define, field, frozen

from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.handlers import view_class
from concordant.checks.semantics.rows import BrokenHistory, Happening
from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.steps import Steps
from concordant.checks.semantics.tables import Interned
from concordant.checks.semantics.twice import KEPT, Twice
from concordant.checks.semantics.watching import watched
from concordant.spec.vocabulary import Address, identity, same

ROOM = 1 << 14
"""How many scrambled values of a kind are remembered."""
AT_ONCE = 100
"""How many folds are compared at once in any case: a history that counts on the side, or reads a clock, would make a search that never ends."""


@frozen
class Wider:
    """A history that remembers more than those are told who ask for it: they are told its `own`, so that it compares and matches as it does alone."""

    own: Any


def told(history: Any) -> Any:
    """Return what is told of a history."""
    return history.own if isinstance(history, Wider) else history


@define(eq=False)
class ScrambledByNumber:
    """The values of a table with their sets in another order. Those without sets, which stay as they are, are known for good."""

    values: Interned[Any]
    _without_sets: set[int] = field(factory=set, init=False)
    _remembered: Callable[[int], Any] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._remembered = lru_cache(ROOM)(lambda number: scrambled(self.values[number]))

    def __getitem__(self, number: int) -> Any:
        """Return the value of this number, scrambled."""
        value = self.values[number]
        if number in self._without_sets:
            return value
        again = self._remembered(number)
        if again is value:
            self._without_sets.add(number)
        return again


@define(eq=False)
class Observations:
    """Histories and views. A fold says what the happenings of a step do to one history.

    `asks_later`: whoever explores asks everything again in the end, so that what is kept till then need not be compared at once.
    `asked`: what clauses, bounds and assumptions were asked. `scrambled_view`, `scrambled_history`: a value by its number, with its
    sets in another order.
    """

    steps: Steps
    asks_later: bool = False
    histories: Interned[Any] = field(factory=lambda: Interned(identity), init=False)
    views: Interned[object] = field(factory=lambda: Interned(identity), init=False)
    view_classes: tuple[type, ...] = field(init=False)
    asked: list[Twice[Any]] = field(factory=list, init=False)
    scrambled_view: ScrambledByNumber = field(init=False)
    scrambled_history: ScrambledByNumber = field(init=False)
    _scrambled_happened: Callable[[int], tuple[Happening, ...]] = field(init=False)
    _folds: dict[tuple[int, int], int] = field(factory=dict, init=False)
    _view_of: tuple[dict[int, int], ...] = field(init=False)
    _showing: dict[type, tuple[tuple[int, Address, dict[int, int]], ...]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.view_classes = tuple(view_class(handlers.process) for handlers in self.steps.handlers)
        self._view_of = tuple({} for _ in self.view_classes)
        self.scrambled_view, self.scrambled_history = ScrambledByNumber(self.views), ScrambledByNumber(self.histories)
        self._scrambled_happened = lru_cache(ROOM)(
            lambda number: tuple(Happening(at, by, scrambled(what)) for at, by, what in self.steps.happened[number])
        )

    def fold(self, history: int, happenings: int) -> int:
        """Return the history after these happenings, both by number."""
        known = self._folds.get((history, happenings))
        if known is None:
            past, happened = self.histories[history], self.steps.happened[happenings]
            value = self._through(past, happened)
            known = history if value is past else self.histories.under(self._key(past, happened, value), value)
            self._folds[history, happenings] = known
            if not (self.asks_later and AT_ONCE < len(self._folds) <= KEPT):
                self.fold_again(history, happenings)
        return known

    def fold_again(self, history: int, happenings: int) -> None:
        """Ask a history once more what becomes of it, with its sets scrambled; another answer is a BrokenHistory."""
        past, after = self.scrambled_history[history], self._folds[history, happenings]
        value = self._through(past, self._scrambled_happened(happenings))
        if after != history if value is past else not same(value, self.histories[after]):
            raise BrokenHistory(
                f"{type(past).__name__}.after answers otherwise when it is asked again: {text(self.histories[after])}, then {text(value)}; "
                f"it keeps nothing outside of itself, and sorts a set before it goes through it\n  history: {text(self.histories[history])}"
            )

    def _through(self, history: Any, happenings: Iterable[Happening]) -> Any:
        for at, by, what in happenings:
            history = self._after(history, at, by, what)
        return history

    def _key(self, past: Any, happenings: tuple[Happening, ...], value: Any) -> Hashable:
        """Return the key of the history after these happenings; where it is no value, say after which it is none."""
        try:
            return identity(value)
        except TypeError:
            for happening in happenings:
                past = self.after(past, *happening)
            raise

    def told(self, history: int, *, again: bool = False) -> Any:
        """Return what clauses, bounds and participants that lie are told of a history. `again`: with its sets in another order."""
        return told(self.scrambled_history[history] if again else self.histories[history])

    def folds(self) -> tuple[tuple[tuple[int, int], int], ...]:
        """List the folds computed so far: history and happenings, and the history after."""
        return tuple(self._folds.items())

    def after(self, history: Any, at: Address, by: Address, what: object) -> Any:
        """Return the history after one happening, checked to be a value."""
        value = self._after(history, at, by, what)
        if value is not history:
            try:
                identity(value)
            except TypeError as error:
                raise BrokenHistory.of(history, at, by, what, f"raised TypeError: {error}") from error
        return value

    def heard(self, past: Any, happenings: Iterable[Happening], kinds: tuple[type, ...]) -> Iterator[tuple[Any, Address, object]]:
        """Yield what clauses about events of these classes see of each: the history just before, who announced it, and the event."""
        since: list[Happening] = []
        for happening in happenings:
            if isinstance(happening.what, kinds):
                for at, by, what in since:
                    past = self.after(past, at, by, what)
                since.clear()
                yield told(past), happening.by, happening.what
            since.append(happening)

    def _after(self, history: Any, at: Address, by: Address, what: object) -> Any:
        try:
            value = watched(lambda: history.after(at, by, what))
        except Exception as error:
            raise BrokenHistory.of(history, at, by, what, f"raised {type(error).__name__}: {error}") from error
        if value is None:
            raise BrokenHistory.of(history, at, by, what, "returned None; return the history after it, or self")
        return value

    def view(self, process: int, local: int) -> int:
        """Return the number of the view of a local state."""
        known = self._view_of[process].get(local)
        if known is None:
            known = self._view_of[process][local] = self.views.id(
                self.steps.handlers[process].view(self.steps.locals[process][local].state)
            )
        return known

    def views_of(self, process: int) -> tuple[tuple[int, int], ...]:
        """List the local states of a process whose view was asked for, with that."""
        return tuple(self._view_of[process].items())

    def passed_over(self) -> tuple[int, ...]:
        """List the processes of whose view a special class was asked for, so that those are passed over which show it and do not declare it."""
        asked = tuple(self._showing)
        return tuple(
            number
            for number, declared in enumerate(self.view_classes)
            if any(view is not declared and issubclass(view, declared) for view in asked)
        )

    def seeing(self, view: type) -> tuple[int, ...]:
        """Return the processes whose view is of a class, by number."""
        return tuple(process for process, _, _ in self.showing(view))

    def showing(self, view: type) -> tuple[tuple[int, Address, dict[int, int]], ...]:
        """Return the same, each with its address and the numbers of the views that were asked for, by local state."""
        if view not in self._showing:
            shown = zip(self.steps.addresses, self.view_classes, self._view_of, strict=True)
            self._showing[view] = tuple(
                (number, address, views) for number, (address, declared, views) in enumerate(shown) if issubclass(declared, view)
            )
        return self._showing[view]
