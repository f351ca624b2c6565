"""The width of a plan, by a largest matching: a pure function from stages to workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from concordant.refimpl.machine import Mechanism
from concordant.spec.allocation.capacity_planning import (
    CIRCLE,
    CLAUSES,
    DUPLICATE_STAGE,
    NO_STAGES,
    UNKNOWN_STAGE,
    Capacity,
    Outcome,
    Plan,
    Rule,
    malformed,
    malformed_plans_are_rejected,
    plans,
)
from concordant.spec.vocabulary import Draw, Rejected


def width(plan: Plan) -> Outcome:
    """Link as many stages as can be to one that waits for them, each to another: what is not linked to ends up in front of a chain."""
    reason = flaw(plan)
    if reason is not None:
        return reason
    later = followers(plan)
    link = matched(later)
    first = [stage for stage in plan.stages if stage not in link.values()]
    # The hard step. Every stage that is reached from the end of a chain, against a link and along an order in turn, leaves one
    # stage of its chain that may run beside those of the others: there are as many as chains, and no more can be in them (Fulkerson
    # 1956).
    behind, before = reached(later, link)
    together = tuple(stage for stage in plan.stages if stage in behind and stage not in before)
    return Capacity(len(first), together, tuple(chain(stage, link) for stage in first))


def followers(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return for each stage all that wait for it, by way of others or without, as they are listed."""
    later = {stage: {second for first, second in plan.before if first == stage} for stage in plan.stages}
    for through in plan.stages:
        for stage in plan.stages:
            if through in later[stage]:
                later[stage] |= later[through]
    return {stage: tuple(other for other in plan.stages if other in later[stage]) for stage in plan.stages}


def matched(later: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Link as many as can be, each to one that follows it and that no other is linked to."""
    link: dict[str, str] = {}
    for stage in later:
        link = linked(stage, later, link) or link
    return link


def linked(stage: str, later: Mapping[str, tuple[str, ...]], link: dict[str, str]) -> dict[str, str]:
    """Link one more stage, and others anew where that makes room for it; nothing where it cannot be (Berge 1957)."""
    holder = {follower: early for early, follower in link.items()}
    came_from: dict[str, str] = {}
    new = [stage]
    for _ in later:  # whoever holds one that would do is to find another
        found = [(follower, early) for early in new for follower in later[early] if follower not in came_from]
        came_from.update(reversed(found))
        free = next((follower for follower, _ in found if follower not in holder), None)
        if free is not None:
            return turned(free, came_from, link)
        new = [holder[follower] for follower in dict.fromkeys(follower for follower, _ in found)]
    return {}


def turned(free: str, came_from: Mapping[str, str], link: Mapping[str, str]) -> dict[str, str]:
    """Link each stage on the way back from a free one to the one through which it was reached."""
    early = came_from[free]
    changed = {**link, early: free}
    return turned(link[early], came_from, changed) if early in link else changed


def reached(later: Mapping[str, tuple[str, ...]], link: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Go from the ends of chains to whatever follows, and from there to what is linked to it, and so on; return both."""
    holder = {follower: stage for stage, follower in link.items()}
    behind, before = {stage for stage in later if stage not in link}, set[str]()
    new = sorted(behind)
    for _ in later:
        followed = sorted({follower for stage in new for follower in later[stage]} - before)
        before |= set(followed)
        new = [holder[follower] for follower in followed]
        behind |= set(new)
    return behind, before


def chain(stage: str, link: Mapping[str, str]) -> tuple[str, ...]:
    """Follow links from a stage to the end."""
    return (stage, *chain(link[stage], link)) if stage in link else (stage,)


def flaw(plan: Plan) -> Rejected | None:
    """Return why a plan is refused; None where it is not."""
    if not plan.stages:
        return NO_STAGES
    if len(set(plan.stages)) < len(plan.stages):
        return DUPLICATE_STAGE
    if any(early not in plan.stages or late not in plan.stages for early, late in plan.before):
        return UNKNOWN_STAGE
    later = followers(plan)
    return CIRCLE if any(stage in later[stage] for stage in plan.stages) else None


def planning(most: int, rule: Rule = width) -> Mechanism[Plan, Outcome]:
    """Return a rule on plans of up to `most` stages."""
    return over(partial(plans, most=most), rule)


def over(profiles: Callable[[Draw], Plan], rule: Rule = width) -> Mechanism[Plan, Outcome]:
    """Return a rule on some plans, with all that is promised of it."""
    return Mechanism(rule, profiles, CLAUSES)


def on_malformed(rule: Rule = width) -> Mechanism[Plan, Outcome]:
    """Return a rule on plans with a flaw."""
    return Mechanism(rule, malformed, (malformed_plans_are_rejected,))
