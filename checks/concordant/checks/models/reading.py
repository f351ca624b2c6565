"""Calling what a user writes about a model: actions, clauses and predicates, with everything checked that a wrong one could get wrong.

Each gets a state that can be read while it is called, and no longer: what it keeps is of no use to it.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from attrs import define, field

from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.watching import Exits, StillRunning, watched
from concordant.refimpl.machine import Act, Action
from concordant.spec.vocabulary import Now, Then, Variable, Variables
from concordant.spec.vocabulary.variables import Readable

X = TypeVar("X")


class BrokenModel(BrokenRule):
    """An action, a clause or a bound of a model broke a rule. The text names it, the state and the rule."""


@define(eq=False, repr=False)
class Watched:
    """What is open for one call, and knows what was done with it that breaks a rule, also where the caller swallows the error."""

    open: bool = field(default=True, init=False)
    _broken: list[BrokenModel] = field(factory=list, init=False)

    def breaks(self, what: str) -> BrokenModel:
        """Return the error for what breaks a rule, and remember it."""
        self._broken.append(BrokenModel(what))
        return self._broken[-1]

    def close(self) -> None:
        """End the call; a BrokenModel where something broke a rule in it."""
        self.open = False
        if self._broken:
            raise self._broken[0]


@define(eq=False, repr=False)
class OpenState(Watched):
    """What all variables hold in one state, as long as it is open."""

    values: Mapping[Variable[Any], Any]

    def read(self, variable: Readable[Any]) -> Any:
        """Return what a variable holds."""
        if not self.open:
            raise self.breaks(f"{variable!r} is read from a state that was kept: now is there for one call; keep nothing outside of states")
        try:
            return self.values[variable]  # type: ignore[index]  # of another class there is none
        except (KeyError, TypeError):
            raise self.breaks(_no_variable("reads", "now", variable)) from None


class RecordedValues(Mapping[Variable[Any], Any]):
    """The same values, whose reads are added to a list as they are made, each as its place."""

    def __init__(self, values: Mapping[Variable[Any], Any], places: Mapping[Variable[Any], int], reads: list[int]) -> None:
        self._values, self._places, self._reads = values, places, reads

    def __getitem__(self, variable: Variable[Any]) -> Any:
        found = self._values[variable]
        self._reads.append(self._places[variable])
        return found

    def __iter__(self) -> Iterator[Variable[Any]]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, variable: object) -> bool:
        return variable in self._values

    def items(self) -> ItemsView[Variable[Any], Any]:
        """Return all of them, unread."""
        return self._values.items()


@define(eq=False, repr=False)
class Writing(Watched):
    """What an action writes, as long as it is open."""

    known: Mapping[Variable[Any], Any]
    written: dict[Variable[Any], Any] = field(factory=dict)

    def write(self, variable: Variable[Any], value: object) -> None:
        """Take what a variable is to hold."""
        if not self.open:
            raise self.breaks(
                f"{variable!r} is written after the action has returned: then is there for one call; keep nothing outside of states"
            )
        if not isinstance(variable, Variable) or variable not in self.known:
            raise self.breaks(_no_variable("writes", "then", variable))
        if variable in self.written:
            raise self.breaks(f"it writes {variable} twice; decide first what it is to hold, and write that once")
        self.written[variable] = value


def _no_variable(does: str, where: str, variable: object) -> str:
    if isinstance(variable, Variables):
        return f"it {does} {variable}, which are many: give the key of one, such as {where}[{variable}[{next(iter(variable))!r}]]"
    if isinstance(variable, Variable):
        return f"it {does} {variable}, which is no variable of this model: list it in variables=(…)"
    return f"it {does} {variable!r}, which is no variable: write {where}[variable]"


@contextmanager
def opened(values: Mapping[Variable[Any], Any]) -> Iterator[Now]:
    """Give a state that can be read within."""
    reading = OpenState(values)
    try:
        yield Now(reading.read)
    finally:
        reading.close()


def taken(action: Action, act: Act, values: Mapping[Variable[Any], Any]) -> dict[Variable[Any], Any]:
    """Take an action in a state, and return what it writes; nothing where it is not possible there."""
    writing = Writing(values)

    def take() -> object:
        with opened(values) as now:
            done = action.take(act, now, Then(writing.write))
        writing.close()
        return done

    returned = called(f"action {act}", take, values)
    if returned is not None:
        raise BrokenModel(
            f"action {act} returned {returned!r}; let it return nothing: where it is not possible, it writes nothing" + in_state(values)
        )
    return writing.written


def called(what: str, call: Callable[[], X], values: Mapping[Variable[Any], Any] | None = None) -> X:
    """Call something of a user's; whatever it raises is a BrokenModel that names it."""
    try:
        return watched(call)
    except BrokenModel as broken:
        raise BrokenModel(f"{what}: {broken}{in_state(values)}") from broken
    except BrokenRule:
        raise
    except (StillRunning, Exits) as stopped:
        raise BrokenModel(f"{what}: {stopped}{in_state(values)}") from stopped
    except Exception as error:
        raise BrokenModel(f"{what} raised {type(error).__name__}: {error}{in_state(values)}") from error


def in_state(values: Mapping[Variable[Any], Any] | None) -> str:
    """Say in which state something was."""
    from concordant.checks.semantics.canonical import text  # noqa: PLC0415

    return "" if values is None else f"\n  state: {', '.join(f'{variable}: {text(value)}' for variable, value in values.items())}"
