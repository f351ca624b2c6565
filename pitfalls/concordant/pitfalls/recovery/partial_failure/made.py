"""How pitfalls of partial failures are made: a wrong gatherer, and what it is asked for."""

from __future__ import annotations

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.recovery.partial_failure import PAIR, Gatherer, system
from concordant.spec.recovery.partial_failure import (
    Policy,
    RunAll,
)
from concordant.spec.vocabulary import Clause, Faults

ANY, ALL_OR_UNDO = Policy(1), Policy(undoes=True)


def wrong(
    kind: type[Gatherer],
    mistake: str,
    breaks: Clause,
    length: int,
    asked: RunAll = PAIR,
    *,
    policy: Policy = Policy(),
    faults: Faults = Faults(),
    id: str = "",
) -> Pitfall:
    """Return the pitfall of a wrong gatherer, by default named by its class."""
    subject = system((asked,), policy=policy, faults=faults, gatherer=kind)
    return Pitfall(id or f"partial_failure.{kind.__name__}", mistake, breaks=breaks, subject=subject, length=length)
