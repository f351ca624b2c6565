"""Naming the clause: an implementation that differs is explored in the systems of its role, and a violation is made again to be sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import Any

from attrs import evolve, frozen

from concordant.checks.conform.cases import Plan
from concordant.checks.conform.driving import Driver
from concordant.checks.conform.implementation import AsReference, Implementation, StateAfter, Tested
from concordant.checks.conform.roles import Role, repaired, scope_of, small, without
from concordant.checks.conform.runs import EMPTY
from concordant.checks.conform.stepping import as_input, stepped
from concordant.checks.conform.telling import Told
from concordant.checks.exploration.budget import Budget, SearchLimit
from concordant.checks.exploration.explore import Reductions, prepare
from concordant.checks.exploration.judge import Judge
from concordant.checks.exploration.report import Change, Frame, Status, Verdict
from concordant.checks.exploration.scope import Scope
from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.canonical import changes
from concordant.refimpl.machine import AnySystem, Crash, Handled, Lose, Pitfall, Step
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import AtRest, Clause, Sometimes, likeness

IN_EACH = Budget(states=4_000)
"""How much of each system is searched."""
IN_EACH_OF_ADAPTERS = evolve(IN_EACH, seconds=60)
"""How much of it where an adapter must be asked, which takes its time."""


@frozen
class Named:
    """What an exploration found. `verdict`: on the clause that is violated, with a trace that the implementation made again; None without one.

    `scope`: where. `states`: how many were searched in how many `systems`. `left_out`: clauses that look at fields which are not
    observed, and systems with faults that the adapter does not control, in sentences. `doubtful`: whether a violation was found that the
    implementation did not make again, so that one of its states was wrongly taken for the reference's.
    """

    verdict: Verdict | None
    scope: str
    states: int
    systems: int
    left_out: tuple[str, ...] = ()
    doubtful: bool = False


class _First(Judge):
    """Ends a search where the first clause is violated."""

    @property
    def satisfied(self) -> bool:
        """Whether one is."""
        return any(tally.telling is not None and not isinstance(tally.clause, Sometimes) for tally in self.tallies.values())


def named(
    role: Role,
    driver: Driver,
    plans: Sequence[Plan],
    scope: str | None = None,
    in_each: Budget = IN_EACH_OF_ADAPTERS,
    mistake: Pitfall | None = None,
) -> Named:
    """Explore an implementation some of whose cases differed, up to the first violation that it makes again. `scope`: in one alone. `mistake`: where to look first, and for which clause."""
    found = _explored(Implementation(driver, plans, in_each), role, scope, mistake)
    if found.verdict is None and found.doubtful:
        found = _explored(Implementation(driver, plans, in_each, trusting=False), role, scope, mistake)
    return found


def _explored(implementation: Implementation, role: Role, name: str | None, mistake: Pitfall | None) -> Named:
    states, systems, left_out, doubtful = 0, 0, dict[str, None](), False
    try:
        for scope in systems_of(role, implementation, name, mistake):
            if reason := why_not(scope.system, implementation.driver.supports.control):
                left_out[f"{scope.name}, since {reason}"] = None
                continue
            systems += 1
            for verdict, searched, complaint in _searched(implementation, scope):
                states += searched
                if complaint:
                    left_out[complaint] = None
                if verdict is not None and verdict.trace is not None:
                    if is_made_again(implementation, scope.system, verdict.trace):
                        trace = tuple(as_shown(frame, scope.system) for frame in verdict.trace)
                        return Named(evolve(verdict, trace=trace), scope.name, states, systems, tuple(left_out))
                    doubtful = True
    finally:
        implementation.close()
    return Named(None, "", states, systems, tuple(left_out), doubtful)


def systems_of(role: Role, implementation: Implementation, name: str | None, mistake: Pitfall | None = None) -> Iterator[Scope]:
    """Yield the small scopes of the role and the systems of its pitfalls without their mistakes, or one by its name, with the implementation in place.

    They promise nothing of what is at rest where that cannot be told. Of a known mistake the first is its own, which promises only what it breaks.
    """
    promises = {pitfall.id: pitfall.subject.promises for pitfall in role.protocol.pitfalls}
    others = [evolve(scope, system=evolve(scope.system, promises=promises[scope.name])) for scope in repaired(role.protocol)]
    ordered = sorted(small(role.protocol), key=lambda each: each.expected.states if each.expected else 0)
    own = (
        []
        if mistake is None
        else [Scope(each.name, each.shows, evolve(each.system, promises=(mistake.breaks,))) for each in without(mistake)]
    )
    for scope in (*own, *ordered, *others) if name is None else (scope_of(role.protocol, name),):
        promised = [clause for clause in scope.system.promises if implementation.tells_rest() or not isinstance(clause, AtRest)]
        system = implementation.within(evolve(scope.system, symmetric=(), promises=tuple(promised)))
        if system is not None:
            yield evolve(scope, system=system)


def why_not(system: AnySystem, control: frozenset[str]) -> str:
    """Return why a system is not explored with an implementation; empty where it is."""
    faults = system.faults
    needed = {"crash": faults.crashes, "cancel": faults.cancellations, "suspect": faults.detector, "clock": system.clocks is not None}
    lacking = [name for name, there in needed.items() if there and name not in control]
    if system.clocks is not None and faults.recoveries:
        return "its clocks are not followed where a process comes up again"
    return f"the adapter does not control {', '.join(lacking)}" if lacking else ""


def _searched(implementation: Implementation, scope: Scope) -> Iterator[tuple[Verdict | None, int, str]]:
    """Search a system for a violation: of all clauses, or, where some look at what is not shown, of each by itself. Yield verdict, states, and a complaint."""
    implementation.hides = False
    complaint = yield from _tried(implementation, scope.system, None)
    if implementation.hides:
        for clause in scope.system.promises:
            implementation.hides = False
            complaint = yield from _tried(implementation, scope.system, (clause,))
            if complaint and implementation.hides:
                yield None, 0, f"{clause.id}, which looks at fields that are not observed"
            elif complaint:
                yield None, 0, f"{scope.name}: {complaint}"
    elif complaint:
        yield None, 0, f"{scope.name}: {complaint}"


def _tried(
    implementation: Implementation, system: AnySystem, clauses: tuple[Clause, ...] | None
) -> Generator[tuple[Verdict | None, int, str], None, str]:
    """Search a system, and return which rule of processes was broken; empty where none was."""
    try:
        yield *_search(system, clauses, implementation.in_each), ""
    except BrokenRule as error:
        if implementation.broken is not None:
            raise implementation.broken from error
        return str(error).splitlines()[0]
    return ""


def _search(system: AnySystem, clauses: tuple[Clause, ...] | None, budget: Budget) -> tuple[Verdict | None, int]:
    task = prepare(system, clauses, Reductions())
    judge = _First(task.semantics, task.judge.clauses)
    search = Search(task.semantics, judge, SearchLimit(budget)).run()
    if not judge.satisfied:
        return None, search.states
    report = evolve(task, judge=judge).report(search, engine="reference")
    violated = [verdict for verdict in report.verdicts if verdict.status is Status.VIOLATED and verdict.trace is not None]
    return min(violated, key=lambda verdict: verdict.length or 0), search.states


def is_made_again(implementation: Implementation, system: AnySystem, trace: Sequence[Frame]) -> bool:
    """Tell whether each instance, given its inputs of a trace from its start on, does what it was taken to do."""
    moves = [frame.move for frame in trace]
    return all(
        _does(implementation, process, [move for move in moves if not isinstance(move, Lose) and move.at == address])
        for address, process in system.processes.items()
        if isinstance(process, Tested)
    )


def _does(implementation: Implementation, process: Tested, moves: Sequence[Handled | Crash]) -> bool:
    at, run = implementation.plans[process.table].table.at, EMPTY
    taken: Step[Any] = process.start()
    for move in (*moves, None):
        told = implementation.told(process.table, run)
        if told is None or not _is_told(process, taken, told):
            return False
        if move is not None:
            run = implementation.runs.after(run, as_input(move, at))
            taken = stepped(process, taken.state, move)  # type: ignore[arg-type]  # it is mixed into a process
            taken = evolve(taken, state=move.survivor) if isinstance(move, Crash) else taken
    return True


def _is_told(process: Tested, taken: Step[Any], told: Told) -> bool:
    """Tell whether a step has the effects that are told, and the view that is shown where it is taken for the reference's."""
    if Counter(map(likeness, taken.effects)) != Counter(map(likeness, told.effects)):
        return False
    view = process.view(taken.state) if isinstance(taken.state, AsReference) and not told.down else None
    return view is None or all(likeness(getattr(view, name)) == likeness(value) for name, value in told.observed)


def as_shown(frame: Frame, system: AnySystem) -> Frame:
    """Return a frame in which an implementation changes what it shows, not what it is known by."""
    move, changed = frame.move, list[Change]()
    for change in frame.changes:
        process = None if isinstance(change.who, str) else system.processes[change.who]
        changed += _shown(process, change) if isinstance(process, Tested) else [change]
    if isinstance(move, Crash) and isinstance(system.processes[move.at], Tested):
        move = evolve(move, survivor=None)
    return evolve(frame, move=move, changes=tuple(changed))


def _shown(process: Tested, change: Change) -> Iterator[Change]:
    """Yield how the view changes; nothing where the implementation does not show it."""
    kind = {"state": AsReference, "run": StateAfter}.get(change.field)
    before, after = (change.before, change.after) if kind is None else (kind(change.before), kind(change.after))  # type: ignore[arg-type]  # of its class
    with suppress(LookupError):
        yield from (Change(change.who, *each) for each in changes(process.view(before), process.view(after)))
