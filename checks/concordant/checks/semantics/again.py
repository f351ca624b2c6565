"""Asking everything again after a search, in the other order: whatever was kept outside of states shows now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.rows import Local, Row
from concordant.checks.semantics.twice import KEPT
from concordant.spec.vocabulary import same, value_of


def check_again(parts: Parts, over: Callable[[], object] = bool) -> None:
    """Raise BrokenRule where a value is no longer what it was, or where a function of the protocol answers otherwise now.

    The last question comes first, so that what was kept meanwhile is known to all. `over`: asked before each, and ends it all.
    """
    for asked in parts.observations.asked:
        asked.ask_again(over)
    _values(parts)
    for _ in chain(_rows(parts), _views(parts), _armed(parts), _folds(parts)):
        if over():
            return


def _values(parts: Parts) -> None:
    for table in (*parts.steps.locals, parts.observations.histories, parts.observations.views, parts.environment.flight.messages):
        for value, key in table.changed():
            match value, key:
                case Local(state), (_, was):  # the key of whether it is up, and of the state
                    now: object = state
                case tuple() as on_channel, (_, was):
                    now = on_channel[1]
                case _:
                    now, was = value, key
            raise BrokenRule(
                f"a value was changed in place: it was {text(value_of(was))}, and is {text(now)} now; make another by evolve(…)"
            )


def _rows(parts: Parts) -> Iterator[None]:
    for (process, local, move), row in reversed(parts.steps.rows()):
        yield
        again = parts.steps.row_again(process, local, move)
        if _compared(again) != _compared(row):
            raise _otherwise(parts, process, local, move, _shown(parts, process, row), _shown(parts, process, again))


def _compared(row: Row | None) -> object:
    return None if row is None else (row.local, row.messages, row.happened, row.answered)


def _shown(parts: Parts, process: int, row: Row | None) -> object:
    return None if row is None else (parts.steps.locals[process][row.local].state, *(happening.what for happening in row.happenings))


def _views(parts: Parts) -> Iterator[None]:
    for process in parts.observations.passed_over():
        for local in range(len(parts.steps.locals[process].values)):
            yield
            parts.observations.view(process, local)  # which is refused unless it is as declared
    for process, handlers in enumerate(parts.steps.handlers):
        for local, view in reversed(parts.observations.views_of(process)):
            yield
            again = handlers.view(parts.steps.locals[process][local].state)
            if not same(parts.observations.views[view], again):
                raise _otherwise(parts, process, local, "view(state)", parts.observations.views[view], again)


def _armed(parts: Parts) -> Iterator[None]:
    for (process, local), fires in reversed(parts.steps.armings()):
        yield
        triggers = tuple(fire.trigger for fire in fires)
        again = parts.steps.handlers[process].armed(parts.steps.locals[process][local].state)
        if not same(triggers, again):
            raise _otherwise(parts, process, local, "armed(state)", triggers, again)


def _otherwise(parts: Parts, process: int, local: int, doing: object, first: object, second: object) -> BrokenProcess:
    what = (
        f"the handler answers otherwise when it is asked again: {text(first)}, then {text(second)}; it keeps nothing outside of its state"
    )
    return BrokenProcess.of(parts.addresses[process], what, parts.steps.locals[process][local].state, doing)


def _folds(parts: Parts) -> Iterator[None]:
    for (history, happened), _ in reversed(parts.observations.folds()[:KEPT]):
        yield
        parts.observations.fold_again(history, happened)
