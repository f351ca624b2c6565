"""Families: many systems explored as one, such as an executor on every small graph."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from attrs import define, evolve, field, fields, frozen

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.budget import Budget, BudgetSpent, Meter, in_time
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status, Verdict, seen_anywhere
from concordant.checks.exploration.scope import Counts, Size
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.semantics.holding import held
from concordant.checks.semantics.scrambling import in_order, scrambled
from concordant.checks.semantics.turning import NAME, turned
from concordant.checks.semantics.watching import watched, watching
from concordant.refimpl.machine import System
from concordant.refimpl.machine.search import INTERRUPTED
from concordant.spec.vocabulary import Address, Amount, Draw, Fault, Sometimes, identity
from concordant.spec.vocabulary.clauses import content_of

V = TypeVar("V")
TOGETHER = 100
"""What the searches of so many members leave behind is given back together: a megabyte or two each, in circles, for which Python seldom looks here."""


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
    makes_sets = NAME in getattr(family.systems, "__globals__", {})  # which can be turned
    while True:
        system = _member(family, draw)
        again = {name: scrambled(value) for name, value in draw.drawn.items()}
        if makes_sets or any(again[name] is not value for name, value in draw.drawn.items()):
            with turned():
                other = _member(family, _Again(again))
            _require_the_same(family, system, other)
        if system is not None:
            yield dict(draw.drawn), system
        if not draw.advance():
            return


def _member(family: Family, draw: Draw) -> System[Any] | None:
    try:
        return watched(lambda: family.systems(draw))
    except (BrokenRule, Misuse):
        raise
    except Exception as error:
        given = getattr(draw, "drawn", {})
        raise BrokenRule(f"the systems of family {family.name} raised {type(error).__name__} with {given}: {error}") from error


@define(eq=False, repr=False)
class _Again:
    """Draws what was drawn before, with sets in another order."""

    drawn: Mapping[str, Any]

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:  # noqa: ARG002  # it was within that
        """Return the amount."""
        return self.drawn[name]  # type: ignore[no-any-return]

    def one_of(self, name: str, options: Iterable[V], /) -> V:  # noqa: ARG002
        """Return the option."""
        return self.drawn[name]  # type: ignore[no-any-return]


def _require_the_same(family: Family, system: System[Any] | None, again: System[Any] | None) -> None:
    """Raise a BrokenRule where a system depends on the order of a set that was drawn, or made, for it."""
    if _made_of(system) != _made_of(again):
        raise BrokenRule(f"the systems of family {family.name}: the order of a set shows; sort it before you go through it")


def _made_of(system: System[Any] | None) -> Hashable:
    """Return a key of all that decides about a system but functions; None of what can change, which its exploration refuses."""
    if system is None:
        return "none"
    parts: dict[Address, Hashable] = {}
    try:
        parts |= {address: held(in_order(process)) for address, process in system.processes.items()}
        parts |= {user.name: identity(in_order(user)) for user in system.users}
        history = identity(in_order(system.history))
    except TypeError:
        return None
    return frozenset(parts.items()), history, system.network, system.faults, system.clocks, tuple(each.id for each in system.promises)


def explore_family(family: Family, budget: Budget | None = None, explorer: Callable[..., Report] = explore) -> Report:
    """Explore every member, and report on all of them together: totals, and per clause the first member that tells.

    `explorer`: the engine, with the interface of `explore`. The budget is that of all members. A clause is judged in the members that
    promise it, and its verdict says how many they are. It is vacuous if none of them has a case of it; a `sometimes` is reached if one
    member reaches it.
    """
    meter = (budget or Budget()).start()
    with watching(meter.budget.seconds):
        return _explored(family, meter, explorer)


def _explored(family: Family, meter: Meter, explorer: Callable[..., Report]) -> Report:
    total: Report | None = None
    drawn = members(family)
    all_of_it: object = None
    alike = True
    try:
        while (member := _next(drawn, meter)) is not None:
            given, system = member
            if alike:  # up to the first that differs
                made = _content(system)
                alike, all_of_it = total is None or made == all_of_it, made
            report = explorer(system, reductions=family.reductions, budget=meter.rest(0 if total is None else total.states))
            report = evolve(report, verdicts=tuple(_of_a_member(each, given, report.states) for each in report.verdicts))
            total = report if total is None else _together(total, report)
            if total.members % TOGETHER == 0:
                gc.collect()
            spent = meter.spent(total.states)
            stopped = spent if spent and report.stopped != INTERRUPTED else report.stopped  # its own budget, not what was left for a member
            if stopped:
                return _stopped(total, stopped)
    except BudgetSpent as spent:
        if total is None:
            raise
        return _stopped(total, meter.over() or str(spent))
    if total is None:
        raise Misuse(f"family {family.name} has no member: systems(draw) returned None for every combination")
    return evolve(total, alike=alike and total.members > 1)


def _content(system: System[Any]) -> object:
    """Return all that a system is made of, functions by what they do; what can change, which its exploration refuses, is like nothing else."""
    parts = tuple(getattr(system, each.name) for each in fields(System) if each.name != "processes")
    try:
        return content_of(parts), *((address, held(process)) for address, process in system.processes.items())
    except TypeError:
        return object()


def _next(drawn: Iterator[tuple[dict[str, object], System[Any]]], meter: Meter) -> tuple[dict[str, object], System[Any]] | None:
    with in_time(meter):
        return next(drawn, None)


def _stopped(total: Report, stopped: str) -> Report:
    return evolve(total, stopped=stopped, verdicts=tuple(_unfinished(each) for each in total.verdicts))


def _of_a_member(verdict: Verdict, given: dict[str, object], states: int) -> Verdict:
    promised = verdict.status is not Status.NOT_PROMISED
    return evolve(verdict, given=given if verdict.trace else {}, members=int(promised), states=states if promised else 0)


def _together(first: Report, second: Report) -> Report:
    verdicts = {each.clause.id: each for each in first.verdicts}
    for each in second.verdicts:
        known = verdicts.get(each.clause.id)
        if known is not None and known.clause is not each.clause and content_of(known.clause) != content_of(each.clause):
            raise Misuse(f"two clauses are called {each.clause.id} in systems of one family; give one of them a function of its own")
        verdicts[each.clause.id] = each if known is None else _either(known, each)
    return evolve(
        first,
        members=first.members + second.members,
        states=first.states + second.states,
        transitions=first.transitions + second.transitions,
        depth=max(first.depth, second.depth),
        at_rest=first.at_rest + second.at_rest,
        beyond=first.beyond + second.beyond,
        horizon=max(first.horizon, second.horizon),
        verdicts=tuple(verdicts.values()),
        allowed=first.allowed | second.allowed,
        occurred=reduce(or_, (first.occurred, second.occurred), Fault.NONE),
        dropped=first.dropped + second.dropped,
        never=tuple(each for each in first.never if each in second.never),
        handler_calls=first.handler_calls + second.handler_calls,
        seconds=first.seconds + second.seconds,
        looked_at=seen_anywhere((first.looked_at, second.looked_at)),
    )


def _either(known: Verdict, new: Verdict) -> Verdict:
    """Return the verdict on two members: the worse, and of a `sometimes` the better."""
    order = [Status.VIOLATED, Status.INCONCLUSIVE, Status.NOT_DECIDED, Status.HOLDS, Status.VACUOUS, Status.NOT_PROMISED]
    if isinstance(known.clause, Sometimes):
        order.sort(key=lambda status: status is not Status.HOLDS)
    best = known if order.index(known.status) <= order.index(new.status) else new
    return evolve(
        best,
        cases=known.cases + new.cases,
        judged_under=known.judged_under | new.judged_under,
        members=(known.members or 0) + (new.members or 0),
        states=(known.states or 0) + (new.states or 0),
    )


def _unfinished(verdict: Verdict) -> Verdict:
    final = verdict.status is Status.VIOLATED and not isinstance(verdict.clause, Sometimes)
    reached = verdict.status is Status.HOLDS and isinstance(verdict.clause, Sometimes)
    decided = verdict.status in (Status.HOLDS, Status.VIOLATED, Status.VACUOUS)
    return verdict if final or reached or not decided else evolve(verdict, status=Status.INCONCLUSIVE)
