"""Serial dictatorship: a pure function from requests to grants; the more important choose first."""

from __future__ import annotations

from collections.abc import Callable

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.conflict.priority_override import (
    CLAUSES,
    DUPLICATE_AGENT,
    NEGATIVE_TIME,
    NOBODY_ASKS,
    NOT_EXACT,
    NOTHING_NEEDED,
    REQUESTS,
    WITH_AGING,
    Conflict,
    Granted,
    Outcome,
    Request,
    nobody_starves,
)
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount


def override(conflict: Conflict) -> Outcome:
    """Serve by priority alone."""
    return served(conflict, lambda request: request.priority)


def override_with_aging(conflict: Conflict) -> Outcome:
    """Serve by priority, and by what was waited."""
    return served(conflict, lambda request: request.priority + request.waited)


def served(conflict: Conflict, rank: Callable[[Request], Amount]) -> Outcome:
    """Serve one after the other, the highest rank first, whoever can still have all that it needs; the others wait."""
    reason = flaw(conflict)
    if reason is not None:
        return reason
    holders: dict[str, str] = {}
    queue: list[str] = []
    # The hard step. Nobody's report decides when its turn comes, and at its turn what is free does not depend on it: so honesty
    # pays.
    for request in sorted(conflict.requests, key=lambda request: (-rank(request), request.agent)):
        if any(need in holders for need in request.needs):
            queue.append(request.agent)
        else:
            holders.update(dict.fromkeys(request.needs, request.agent))
    return Granted(Map.of(holders), tuple(queue))


def flaw(conflict: Conflict) -> Rejected | None:
    """Return why a conflict is refused; None where it is not."""
    if not conflict.requests:
        return NOBODY_ASKS
    if len({request.agent for request in conflict.requests}) < len(conflict.requests):
        return DUPLICATE_AGENT
    if not all(request.needs for request in conflict.requests):
        return NOTHING_NEEDED
    if not all(is_amount(request.priority) and is_amount(request.waited) for request in conflict.requests):
        return NOT_EXACT
    return NEGATIVE_TIME if any(request.waited < 0 for request in conflict.requests) else None


PRIORITY = NamedRule("priority", override, REQUESTS, CLAUSES)
PRIORITY_WITH_AGING = NamedRule("priority with aging", override_with_aging, REQUESTS, WITH_AGING)

STARVATION = KnownViolation(
    nobody_starves,
    "Where no round is counted, the second of two that need the disk is passed over in every round.",
    PRIORITY.on(2),
    id="CFD-9",
    witness={
        "agents": 2,
        "agent0 needs": frozenset({"disk"}),
        "agent0": 1,
        "agent1 needs": frozenset({"disk"}),
        "agent1": 0,
        "who waits": "agent1",
    },
)
