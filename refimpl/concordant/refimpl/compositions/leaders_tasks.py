"""Members of whom the most important leads, as by `bully_election`, and a task of each, in the order of `adaptive_scheduler`."""

from __future__ import annotations

from collections.abc import Iterable

from concordant.refimpl.allocation.adaptive_scheduler import by_priority, priority_alone
from concordant.refimpl.consensus.bully_election import Member
from concordant.refimpl.machine import Mechanism
from concordant.spec.allocation.adaptive_scheduler import Outcome, Rule, Task, Workload
from concordant.spec.vocabulary import Address, Amount, Draw, Map, addresses

MEMBERS = addresses("member", 2)


def leader(priorities: Map[Address, int]) -> Address | None:
    """Return who leads among members of these priorities while all are up."""
    first = next(iter(priorities))
    return Member(first, priorities).start().state.leader


def tasks(priorities: Iterable[tuple[Address, Amount]]) -> Workload:
    """Return a task of each member, as important as the member is, and named after it."""
    return Workload(tuple(Task(str(member), "any", priority, 0, frozenset()) for member, priority in priorities), (), 1)


def ranked(draw: Draw) -> Workload:
    """Draw how important two members are."""
    return tasks((member, draw.amount(f"priority of {member}")) for member in MEMBERS)


def scheduling(rule: Rule = by_priority) -> Mechanism[Workload, Outcome]:
    """Return a scheduler of their tasks."""
    return priority_alone(ranked, rule)
