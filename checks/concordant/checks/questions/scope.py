"""Scopes: does every clause hold in every state of one small system? Explored, or walked through at random."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache, partial
from importlib.util import find_spec

from attrs import evolve, frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.choosing import explore_as_suits
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.questions.question import Means, Walk, ended, noted
from concordant.checks.registry import Protocol

STATES_A_SECOND = 5_000
LARGE_STATES = 100_000
"""From so many expected states on it is said where the tabulated engine is missing."""
LARGE_ORBITS = 20_000
"""The same for states up to symmetry, each of which takes the reference four or five times as long."""


WITHOUT = (
    "numba is not installed, so that large scopes are left to the reference engine, which is much slower; "
    "pip install numba, or the extra fast, brings the compiled one"
)
UNASKED = Budget(states=100_000)
"""The budget of a search that no other was given for, and whose size nobody has stated: it may have no end."""


class Engine(Enum):
    """An explorer, or the choice between them."""

    AUTO = "auto"
    REFERENCE = "reference"
    TABULATED = "tabulated"


@frozen(eq=False)
class ScopeQuestion:
    """Whether every promise holds in every state of a scope."""

    stem: str
    scope: Scope

    @property
    def id(self) -> str:
        """Its id."""
        return f"scope:{self.stem}/{self.scope.name}"

    @property
    def title(self) -> str:
        """What the scope shows."""
        return self.scope.shows

    @property
    def cost(self) -> float:
        """From the number of states that are expected."""
        return cost(self.scope.expected)

    def answer(self, means: Means) -> Answer:
        """Explore it, or walk through it."""
        found = answer_of(self.id, self.stem, self.title, self.scope.expected, self._report(means))
        return told_of_the_end(found, bounded(means, self.scope.expected))

    def _report(self, means: Means) -> Report:
        scope = self.scope
        if means.walk is not None:
            return _walked(scope, means, means.walk)
        if means.breakdown or means.checkpoint is not None:
            return _searched(scope, means)
        chosen = means.divided or explorer(Engine(means.engine), scope.reductions, scope.expected, means.threads)
        return chosen(scope.system, budget=bounded(means, scope.expected), reductions=scope.reductions, progress=means.progress)


def ask(protocol: Protocol) -> Iterator[ScopeQuestion]:
    """List the scopes of a protocol."""
    return (ScopeQuestion(protocol.stem, scope) for scope in protocol.scopes)


def bounded(means: Means, expected: Counts | None) -> Budget | None:
    """Return the budget of a search: what was given; else none where it is known to end, or is saved or broken down on request."""
    asked = means.budget is not None or means.walk is not None or means.breakdown or means.checkpoint is not None
    return means.budget if asked or expected is not None else UNASKED


def told_of_the_end(answer: Answer, budget: Budget | None) -> Answer:
    """Add why a search was stopped that nobody had asked to stop."""
    if answer.stopped is None or budget is not UNASKED:
        return answer
    why = (
        f"it was stopped after {UNASKED.states:,} states, since its size is not stated and no budget was given; --budget 10m gives it more"
    )
    return evolve(answer, notes=(*answer.notes, *noted(problem=why)))


def cost(expected: Counts | None) -> float:
    """Return about how many seconds an exploration takes."""
    return 1 if expected is None else expected.states / STATES_A_SECOND


def answer_of(id: str, stem: str, title: str, expected: Counts | None, report: Report) -> Answer:
    """Return what an exploration found as an answer."""
    problem = report.nothing_happens or report.nothing_varies
    word = "nothing happens" if report.nothing_happens else "nothing varies" if problem else ""
    unseen = report.divided and any(verdict.status is Status.INCONCLUSIVE for verdict in report.verdicts)
    return Answer(
        id,
        stem,
        title,
        Conclusion.UNDECIDED if problem or unseen else ended(report.stopped),
        word,
        verdicts=report.verdicts,
        counts={"states": report.states, "transitions": report.transitions, "depth": report.depth, "members": report.members},
        expected=None
        if expected is None or report.sampled
        else {"states": expected.states, "transitions": expected.transitions, "depth": expected.depth, "members": expected.members},
        notes=noted(
            problem=problem,
            sampled=report.sampled,
            engine=report.engine,
            begun_anew=report.begun_anew,
            reductions=report.reductions,
            occurred=report.occurred,
            never_occurred=report.allowed & ~report.occurred,
            grew=report.grew,
            dropped=report.dropped,
            beyond=report.beyond,
            horizon=report.horizon,
            divided=report.divided,
            never_enabled=report.never,
            at_rest=report.at_rest,
            views_shown=tuple(view for view, is_shown in report.looked_at.items() if is_shown),
            views_unshown=tuple(view for view, is_shown in report.looked_at.items() if not is_shown),
        ),
        stopped=report.stopped,
        seconds=report.seconds,
        breakdown=report.breakdown,
    )


def explorer(engine: Engine, reductions: Reductions, expected: Counts | None, workers: int = 1) -> Callable[..., Report]:
    """Return the explorer to use. Automatically: one that begins by the reference, and takes tables where it sees that these would be quicker.

    `workers`: threads of the tabulated engine, which find the same.
    """
    large = expected is not None and expected.states >= (LARGE_ORBITS if reductions.symmetry else LARGE_STATES)
    if engine is Engine.REFERENCE or (engine is Engine.AUTO and not _compiles(large)):
        return explore
    chosen: Callable[..., Report] = explore_as_suits
    if engine is Engine.TABULATED:
        from concordant.checks.tabulated.explore import explore_tabulated  # noqa: PLC0415  # loading what compiles takes a third of a second

        chosen = explore_tabulated
    return chosen if workers == 1 else partial(chosen, workers=workers)


def _compiles(large: bool) -> bool:
    """Tell whether the tabulated engine can be compiled here; where numba is missing for a scope that is large, say once what that means."""
    if find_spec("numba") is None:
        if large:
            _tell_what_is_missing()
        return False
    return os.environ.get("NUMBA_DISABLE_JIT", "0") == "0"


@cache
def _tell_what_is_missing() -> None:
    sys.stderr.write(f"{WITHOUT}\n")


def _walked(scope: Scope, means: Means, walk_: Walk) -> Report:
    from concordant.checks.tabulated.walking import walk  # noqa: PLC0415  # the compiled kernel is loaded where it is used

    return walk(
        scope.system,
        walks=walk_.walks,
        moves=walk_.moves,
        seed=walk_.seed,
        budget=means.budget,
        reductions=scope.reductions,
        progress=means.progress,
    )


def _searched(scope: Scope, means: Means) -> Report:
    from concordant.checks.tabulated.checkpoint import Checkpoint  # noqa: PLC0415  # as above
    from concordant.checks.tabulated.explore import explore_tabulated  # noqa: PLC0415

    return explore_tabulated(
        scope.system,
        budget=means.budget,
        reductions=scope.reductions,
        progress=means.progress,
        workers=means.threads,
        checkpoint=None if means.checkpoint is None else Checkpoint(means.checkpoint, scope.name),
        breakdown=means.breakdown,
    )
