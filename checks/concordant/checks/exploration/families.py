"""Families: many systems explored as one, such as an executor on every small graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from attrs import evolve, field, frozen

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.exploration.scope import Counts, Size
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Draw, Fault, Sometimes


@frozen(eq=False)
class Family:
    """A scope of many systems: one per combination of draws. `systems` returns None for a combination that is none of it."""

    name: str
    shows: str
    systems: Callable[[Draw], System[Any] | None]
    expected: Counts | None = None
    size: Size = field(default=Size.SMALL, kw_only=True)
    reductions: Reductions = field(default=Reductions(), kw_only=True)


def members(family: Family) -> Iterator[tuple[dict[str, object], System[Any]]]:
    """Yield every system of a family, with the draws that give it."""
    draw = Exhaustive()
    while True:
        system = _member(family, draw)
        if system is not None:
            yield dict(draw.drawn), system
        if not draw.advance():
            return


def _member(family: Family, draw: Draw) -> System[Any] | None:
    try:
        return family.systems(draw)
    except (BrokenRule, Misuse):
        raise
    except Exception as error:
        given = getattr(draw, "drawn", {})
        raise BrokenRule(f"the systems of family {family.name} raised {type(error).__name__} with {given}: {error}") from error


def explore_family(family: Family, budget: Budget | None = None, explorer: Callable[..., Report] = explore) -> Report:
    """Explore every member, and report on all of them together: totals, and per clause the first member that tells.

    `explorer`: the engine, with the interface of `explore`. A clause is vacuous if no member has a case of it; a `sometimes` is reached if one member reaches it.
    """
    total: Report | None = None
    meter = (budget or Budget()).start()
    for given, system in members(family):
        report = explorer(system, reductions=family.reductions, budget=budget)
        named = evolve(report, verdicts=tuple(evolve(each, given=given) if each.trace else each for each in report.verdicts))
        total = named if total is None else _together(total, named)
        stopped = report.stopped or meter.spent(total.states)
        if stopped:
            return evolve(total, stopped=stopped, verdicts=tuple(_unfinished(each) for each in total.verdicts))
    if total is None:
        raise Misuse(f"family {family.name} has no member: systems(draw) returned None for every combination")
    return total


def _together(first: Report, second: Report) -> Report:
    verdicts = {each.clause.id: each for each in first.verdicts}
    for each in second.verdicts:
        known = verdicts.get(each.clause.id)
        verdicts[each.clause.id] = each if known is None else _either(known, each)
    return evolve(
        first,
        members=first.members + second.members,
        states=first.states + second.states,
        transitions=first.transitions + second.transitions,
        depth=max(first.depth, second.depth),
        at_rest=first.at_rest + second.at_rest,
        beyond=first.beyond + second.beyond,
        verdicts=tuple(verdicts.values()),
        allowed=first.allowed | second.allowed,
        occurred=reduce(or_, (first.occurred, second.occurred), Fault.NONE),
        dropped=first.dropped + second.dropped,
        never=tuple(each for each in first.never if each in second.never),
        handler_calls=first.handler_calls + second.handler_calls,
        seconds=first.seconds + second.seconds,
    )


def _either(known: Verdict, new: Verdict) -> Verdict:
    """Return the verdict on two members: the worse, and of a `sometimes` the better."""
    order = [Status.VIOLATED, Status.INCONCLUSIVE, Status.HOLDS, Status.VACUOUS, Status.NOT_DECIDED, Status.NOT_PROMISED]
    if isinstance(known.clause, Sometimes):
        order.sort(key=lambda status: status is not Status.HOLDS)
    best = known if order.index(known.status) <= order.index(new.status) else new
    return evolve(best, cases=known.cases + new.cases, judged_under=known.judged_under | new.judged_under)


def _unfinished(verdict: Verdict) -> Verdict:
    final = verdict.status is Status.VIOLATED and not isinstance(verdict.clause, Sometimes)
    reached = verdict.status is Status.HOLDS and isinstance(verdict.clause, Sometimes)
    decided = verdict.status in (Status.HOLDS, Status.VIOLATED, Status.VACUOUS)
    return verdict if final or reached or not decided else evolve(verdict, status=Status.INCONCLUSIVE)
