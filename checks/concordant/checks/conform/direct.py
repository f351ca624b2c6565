"""A machine driven in place of a role as it is, without JSON: what the kit is tried on many times must not cost what adapters cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field, fields

from concordant.checks.conform.instance import Raised
from concordant.checks.conform.shapes import quoted
from concordant.checks.conform.stepping import left_by_crash
from concordant.checks.conform.table import INTERNAL_STEPS, Input, Table, is_own
from concordant.checks.conform.telling import Supports, Told
from concordant.checks.semantics.canonical import order_key
from concordant.checks.semantics.handlers import asked_of
from concordant.refimpl.machine import AnyProcess, Crash, Fire, Handled, Step
from concordant.spec.vocabulary import Completion, Deadline, Effect, Internal


def settled(process: AnyProcess, taken: Step[Any]) -> tuple[Any, list[Effect]]:
    """Return where a process comes to rest after a step, and all effects up to there: of its own next steps it makes the first each time."""
    state, effects = taken.state, [*taken.effects]
    for _ in range(INTERNAL_STEPS):
        own = next((trigger for trigger in process.armed(state) if isinstance(trigger, Internal)), None)
        if own is None:
            return state, effects
        made: Step[Any] = process.fire(state, own)
        state, effects = made.state, [*effects, *made.effects]
    raise RuntimeError(f"it makes more than {INTERNAL_STEPS} steps of its own on end")


def next_step(process: AnyProcess, state: Any, move: Handled) -> Handled:
    """Return a move as the process itself calls it: of its own next steps the first."""
    if not is_own(move):
        return move
    return Fire(move.at, next(trigger for trigger in process.armed(state) if isinstance(trigger, Internal)))


@define(eq=False)
class Direct:
    """A process that is made as `kind` makes it, configured as that of a table. It answers as an adapter would that shows what it supports."""

    table: Table
    kind: Callable[..., AnyProcess]
    supports: Supports
    _process: AnyProcess = field(init=False)
    state: Any = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        given: Any = self.table.process
        self._process = self.kind(**{part.alias: getattr(given, part.name) for part in fields(type(given)) if part.init})

    def start(self, case: str) -> Told:  # noqa: ARG002  # whatever it is called
        """Start it."""
        return self._told(self._process.start)

    def give(self, move: Input) -> Told:
        """Give it an input. Raises Raised where it raises."""
        if not isinstance(move, Crash):
            return self._handled(move)
        effects = () if move.during is None else tuple(left_by_crash(self._handled(move.during, cut=True).effects, move.sends))
        self.state = min(self._process.survives(self.state), key=order_key)
        return Told(effects, down=True)

    def saved(self) -> Callable[[], None]:
        """Return what leads back to how it is."""
        state = self.state

        def back() -> None:
            self.state = state

        return back

    def end(self) -> None:
        """End nothing."""

    def _handled(self, move: Handled, *, cut: bool = False) -> Told:
        return self._told(lambda: asked_of(self._process, self.state, next_step(self._process, self.state, move)), cut=cut)

    def _told(self, taken: Callable[[], object], *, cut: bool = False) -> Told:
        try:
            return self._settled(taken(), rests=not self.table.stepwise and not cut)
        except Exception as error:  # whatever it raises is its failure
            raise Raised(f"it raised {quoted(f'{type(error).__name__}: {error}')}") from error

    def _settled(self, taken: object, *, rests: bool) -> Told:
        effects: list[Effect] = []
        if isinstance(taken, Step):
            self.state, effects = settled(self._process, taken) if rests else (taken.state, [*taken.effects])
        armed, view = self._process.armed(self.state), self._process.view(self.state)
        return Told(
            tuple(effects),
            tuple(trigger for trigger in armed if isinstance(trigger, Deadline)),
            tuple(trigger for trigger in armed if isinstance(trigger, Completion)),
            tuple((name, getattr(view, name)) for name in self.supports.observed),
            own=tuple(trigger for trigger in armed if isinstance(trigger, Internal)),
        )
