"""Where coverage is measured: not while a search or a long enumeration runs, which it would slow down to a half or a third of its speed.

What a search asked of a protocol is asked once more when it has ended, and measured then: of handlers the first questions, of clauses
the first and the last, of histories a few after each happening. So are the first combinations of an enumeration, and the first random profiles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import count, islice
from typing import Any, Self, TypeVar

import pytest
from coverage import Coverage

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration import explore
from concordant.checks.exploration.under import Occasions
from concordant.checks.mechanisms import judging, sampling
from concordant.checks.mechanisms.running import Running
from concordant.checks.semantics import again
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.twice import KEPT, Twice
from concordant.refimpl.machine.search import Search

D = TypeVar("D")
FIRST = 50
"""So many combinations of an enumeration are measured, so many random profiles, and so many questions of a kind after a search."""
FEW = 2
"""So many histories are measured after each happening."""


def measure_once(config: pytest.Config) -> None:
    """Stop what pytest-cov has started too early in a process of pytest-xdist, by whose arguments it takes that for the one that hands out tests.

    It starts another for that process, and a pause of one would only let the other go on.
    """
    plugin = config.pluginmanager.getplugin("_cov")
    if hasattr(config, "workerinput") and plugin is not None and plugin.cov_controller is not None:
        plugin.cov_controller.cov.stop()


_pausing: list[Coverage] = []


@contextmanager
def unmeasured() -> Iterator[None]:
    """Let coverage pause."""
    coverage = Coverage.current()
    if coverage is None:
        yield
        return
    _pausing.append(coverage)
    try:
        coverage.stop()
        yield
    finally:
        measured_again()


def measured_again() -> None:
    """Let coverage go on where it pauses. Asked before each test, too: a budget may end a search between any two lines, of ours as well."""
    while _pausing:
        if Coverage.current() is not _pausing[-1]:
            _pausing[-1].start()
        _pausing.pop()


def paused(call: Callable[..., D]) -> Callable[..., D]:
    """Return what does the same unmeasured."""

    def unseen(*given: Any) -> D:
        with unmeasured():
            return call(*given)

    return unseen


class Unmeasured(Search[Any, Any]):
    """A search during which coverage pauses."""

    def run(self) -> Self:
        with unmeasured():
            return super().run()


def glimpsed(draws: Iterator[D]) -> Iterator[D]:
    """Yield all draws; coverage pauses after the first."""
    yield from islice(draws, FIRST)
    with unmeasured():
        yield from draws


def glimpsed_of(questions: Callable[[Parts], Iterator[None]]) -> Callable[[Parts], Iterator[None]]:
    """Return what asks the same questions, of which the first are measured."""
    return lambda parts: glimpsed(questions(parts))


def ends_of(ask_again: Callable[..., None]) -> Callable[..., None]:
    """Return what asks the same questions, of which the first and the last are measured: before each, it asks whether it is over."""

    def asks(asked: Twice[Any], over: Callable[[], object] = bool) -> None:
        questions, last = count(), len(asked._kept) - FIRST
        with ExitStack() as between:

            def is_over() -> object:
                number = next(questions)
                if number == FIRST < last:
                    between.enter_context(unmeasured())
                if number == last:
                    between.close()
                return over()

            ask_again(asked, is_over)

    return asks


def few_of(questions: Callable[[Parts], Iterator[None]]) -> Callable[[Parts], Iterator[None]]:
    """Return what folds the same once more, of which a few histories are measured after each happening; what folds stops before each."""

    def asks(parts: Parts) -> Iterator[None]:
        seen, asked = Counter[int](), questions(parts)
        next(asked, None)
        for (_, happened), _ in reversed(parts.observations.folds()[:KEPT]):
            yield
            seen[happened] += 1
            with unmeasured() if seen[happened] > FEW else nullcontext():
                next(asked, None)

    return asks


class Glimpsed(judging.Enumeration):
    """An enumeration of which the first combinations are measured."""

    def _combinations(self) -> Iterator[Exhaustive]:
        yield from glimpsed(super()._combinations())


def measure_no_searches() -> None:
    """Let explorations, enumerations and random profiles run unmeasured from now on, but for their first questions."""
    for name in ("_rows", "_views", "_armed"):
        setattr(again, name, glimpsed_of(getattr(again, name)))
    for kind, name in ((again, "_values"), (Running, "ask_again"), (Occasions, "of_all")):
        setattr(kind, name, paused(getattr(kind, name)))
    setattr(again, "_folds", few_of(again._folds))  # noqa: B010  # a name that the module has for itself
    setattr(Twice, "ask_again", ends_of(Twice.ask_again))  # noqa: B010  # as above
    setattr(explore, "Search", Unmeasured)  # noqa: B010  # a name that the module has for itself
    setattr(judging, "Enumeration", Glimpsed)  # noqa: B010  # the same
    drawn = sampling._draws
    setattr(sampling, "_draws", lambda *known: glimpsed(drawn(*known)))  # noqa: B010  # the same
