"""Small models for tests of what models mean, and of what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concordant.checks.exploration.report import Report, Verdict
from concordant.checks.models.explore import explore_model
from concordant.refimpl.machine import Action, Model, action
from concordant.spec.vocabulary import Clause, Now, Then, Variable

count = Variable("count", 0)
group: Variable[frozenset[str]] = Variable("group", frozenset({"a", "b", "c"}))


@action()
def goes_up(now: Now, then: Then) -> None:
    if now[count] < 3:
        then[count] = now[count] + 1


@action()
def goes_round(now: Now, then: Then) -> None:
    then[count] = (now[count] + 1) % 4


def explored(*promises: Clause, by: tuple[Action, ...] = (goes_up,), **others: Any) -> Report:
    """Explore a counter by some actions."""
    return explore_model(Model((count, group), by, promises, **others))


def judged(clause: Clause, by: tuple[Action, ...] = (goes_up,), **others: Any) -> Verdict:
    """Return the verdict on a clause of a counter."""
    return explored(clause, by=by, **others).verdict(clause)


def doing(function: Callable[..., None]) -> Model:
    """Return a model with one action, which is what a test is about."""
    return Model((count, group), (action()(function),))
