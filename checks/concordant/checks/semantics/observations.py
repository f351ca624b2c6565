"""What can be observed of a system: what happened so far, and what each process shows, by number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
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


class ScrambledByNumber(dict[int, Any]):
    """The values of a table with their sets in another order. Those without sets, which stay as they are, are kept for good."""

    def __init__(self, values: Interned[Any]) -> None:
        super().__init__()
        self._values = values
        self._remembered = lru_cache(ROOM)(lambda number: scrambled(values[number]))

    def __missing__(self, number: int) -> Any:
        """Return the value of this number, scrambled."""
        again = self._remembered(number)
        if again is self._values[number]:
            self[number] = again
        return again


class _Views(dict[int, int]):
    """The numbers of the views of a process, by that of its local state, each asked for when it is first wanted."""

    def __init__(self, ask: Callable[[int], int]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, local: int) -> int:
        self[local] = view = self._ask(local)
        return view


@frozen
class ViewsOfClass:
    """The processes that show a view. `places`: each with its address, and the numbers of its views by local state. `slots`: where they are read."""

    places: tuple[tuple[int, Address, Mapping[int, int]], ...]
    slots: dict[int, None]

    @classmethod
    def of(cls, places: Iterable[tuple[int, Address, Mapping[int, int]]]) -> ViewsOfClass:
        """Return them with their slots."""
        known = tuple(places)
        return cls(known, {2 + 2 * process: None for process, _, _ in known})


@define(eq=False, repr=False)
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
    _view_of: tuple[_Views, ...] = field(init=False)
    _showing: dict[type, ViewsOfClass] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.view_classes = tuple(view_class(handlers.process) for handlers in self.steps.handlers)
        self._view_of = tuple(_Views(partial(self._viewed, process)) for process in range(len(self.view_classes)))
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
        return self._view_of[process][local]

    def _viewed(self, process: int, local: int) -> int:
        return self.views.id(self.steps.handlers[process].view(self.steps.locals[process][local].state))

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

    def looked_at(self) -> dict[str, bool]:
        """Return the classes of views that were asked for, by name, each with whether some process shows it."""
        return {f"{view.__module__}.{view.__qualname__}": bool(showing.places) for view, showing in self._showing.items()}

    def seeing(self, view: type) -> tuple[int, ...]:
        """Return the processes whose view is of a class, by number."""
        return tuple(process for process, _, _ in self.showing(view).places)

    def showing(self, view: type) -> ViewsOfClass:
        """Return the same with all that is needed to read these views."""
        known = self._showing.get(view)
        if known is None:
            shown = zip(self.steps.addresses, self.view_classes, self._view_of, strict=True)
            known = self._showing[view] = ViewsOfClass.of(
                (number, address, views) for number, (address, declared, views) in enumerate(shown) if issubclass(declared, view)
            )
        return known
