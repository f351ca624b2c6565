"""Waits of an executor of retries where nobody has a clock: a tick may pass at any moment."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.recovery.retry_recovery import Executing
from concordant.spec.recovery.retry_recovery import Waiting
from concordant.spec.vocabulary import Deadline


@frozen
class Elapses(Deadline):
    """A tick of a wait has passed."""


def elapsing(executing: Executing) -> tuple[Elapses, ...]:
    """Return that a tick may pass, where an execution waits."""
    return (Elapses(),) if any(isinstance(each.phase, Waiting) for each in executing.open.values()) else ()
