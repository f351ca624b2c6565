"""Judging a mutant of a machine or a rule: what notices it, of clauses, theorems, counts, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field, frozen

from concordant.checks.exploration.budget import Budget, SearchLimit
from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.explore import Reductions, Task, prepare
from concordant.checks.exploration.families import Family, members
from concordant.checks.exploration.judge import Judge, Tally
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.mechanisms.judging import Enumeration, judge_grid
from concordant.checks.mechanisms.sampling import sample
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.checks.misuse import Misuse
from concordant.checks.models.scope import ModelScope
from concordant.checks.mutation.changing import changed
from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.proving import refuted_theorem
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.tables import AnswerTable, Runs, runs_of, says_less_at_a_deadline, table_of
from concordant.checks.registry import Protocol
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import System
from concordant.refimpl.machine.search import Search, Visitor
from concordant.spec.vocabulary import AlwaysPossible, Fault, Sometimes


@frozen(eq=False)
class Original:
    """A small scope as it is without any mutant: what its machine contributes, what is exercised, and its counts."""

    explored: Scope | Family | Grid
    tables: tuple[AnswerTable, ...]
    runs: Runs | None
    exercised: frozenset[str]
    counts: tuple[int, ...]


@define(eq=False)
class Watch(Visitor[State, Taken]):
    """Looks on as a judge does, and has seen enough at the first violation."""

    judge: Judge
    found: str | None = field(default=None, init=False)
    _safety: tuple[Tally, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._safety = tuple(each for each in self.judge.tallies.values() if not isinstance(each.clause, Sometimes))

    def visit(self, state: State) -> bool:
        """Judge a state."""
        return self.judge.visit(state)

    def cross(self, source: State, label: Taken, target: State) -> None:
        """Judge a transition."""
        self.judge.cross(source, label, target)

    def leave(self, state: State) -> None:
        """Judge a state that was left, and look whether anything was violated."""
        self.judge.leave(state)
        for tally in self._safety:
            if tally.telling is not None:
                self.found = tally.clause.id

    @property
    def satisfied(self) -> bool:
        """Whether something was violated."""
        return self.found is not None


def explored(system: System[Any], reductions: Reductions, states: int | None = None) -> tuple[Task, Search[State, Taken], Watch]:
    """Explore a system until something is violated."""
    task = prepare(system, None, reductions)
    watch = Watch(task.judge)
    symmetry = task.semantics.symmetry
    representative = None if symmetry is None else symmetry.canonical
    edges: Edges[Taken] | None = Edges() if task.of_all and not reductions.names else None
    search = Search(task.semantics, watch, SearchLimit(Budget(states=states)), representative=representative, edges=edges).run()
    return task, search, watch


def _violated_on_the_whole(task: Task, search: Search[State, Taken]) -> str | None:
    """Return a clause about the whole graph, such as one of liveness, that a complete search violates."""
    if not isinstance(search.edges, Edges) or search.stopped is not None or search.beyond:
        return None
    from concordant.checks.liveness import deciding, possible  # noqa: PLC0415  # loaded where liveness is decided

    def unasked(clause: object, places: object) -> Fault:  # noqa: ARG001  # under which faults is not asked here
        return Fault.NONE

    graph = search.reached, search.edges, search.path
    for clause in task.of_all:
        if isinstance(clause, AlwaysPossible):
            verdict = possible.decide_possible(task.semantics, clause, *graph, task.judge.is_beyond, unasked)
        else:
            verdict = deciding.decide(task.semantics, clause, *graph, unasked)
        if verdict.status is Status.VIOLATED:
            return clause.id
    return None


@define(eq=False)
class Originals:
    """The small scopes of a protocol as they are, the cheapest first. Each is explored when it is first asked for."""

    protocol: Protocol
    _explored: tuple[Scope | Family | Grid, ...] = field(init=False)
    _known: list[Original] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        small = (each for each in self.protocol.explored if not isinstance(each, ModelScope) and each.size is Size.SMALL)
        self._explored = tuple(sorted(small, key=_cost))

    def __iter__(self) -> Iterator[Original]:
        for place, each in enumerate(self._explored):
            if place == len(self._known):
                self._known.append(_original(each))
            yield self._known[place]


def _cost(each: Scope | Family | Grid) -> int:
    if each.expected is None:
        return 0
    return each.expected.cases if isinstance(each.expected, Profiles) else each.expected.transitions


def _original(each: Scope | Family | Grid) -> Original:
    if isinstance(each, Grid):
        runs, report = runs_of(each)
        _require_as_claimed(each, report.verdicts)
        return Original(each, (), runs, _exercised(report.verdicts), (report.profiles, report.runs, report.cases))
    verdicts: list[Verdict] = []
    tables: list[AnswerTable] = []
    counts = [0, 0, 0, 0]
    for system in systems(each):
        task, search, _ = explored(system, each.reductions)
        verdicts += task.report(search, engine="reference").verdicts
        tables.append(table_of(task))
        counts = [counts[0] + search.states, counts[1] + search.transitions, max(counts[2], search.depth), counts[3] + 1]
    _require_as_claimed(each, verdicts)
    return Original(each, tuple(tables), None, _exercised(verdicts), tuple(counts))


def _require_as_claimed(each: Scope | Family | Grid, verdicts: Iterable[Verdict]) -> None:
    """Refuse what is violated without any change: every mutant would be noticed by that, and nothing be told of it."""
    for verdict in verdicts:
        if verdict.status is Status.VIOLATED and not isinstance(verdict.clause, Sometimes):
            raise Misuse(
                f"{verdict.clause.id} is violated in {each.name} as it is, so that every mutant would be noticed; mend that first, as concordant check shows it"
            )


def systems(each: Scope | Family) -> Iterator[System[Any]]:
    """Yield the system of a scope, or those of a family."""
    if isinstance(each, Scope):
        yield each.system
    else:
        yield from (system for _, system in members(each))


def _exercised(verdicts: Any) -> frozenset[str]:
    return frozenset(each.clause.id for each in verdicts if each.status is Status.HOLDS)


def judge(mutant: Mutant, scopes: Iterable[Original], protocol: Protocol) -> Record:
    """Say what notices a mutant. Its function is changed in place while a scope is explored."""
    by, what = _noticed(mutant, scopes, protocol)
    return Record(mutant.stem, mutant.name, by, what)


@frozen
class Found:
    """What a scope says of a mutant: the clause that is violated, what was exercised, and what else differs."""

    violated: str | None
    exercised: frozenset[str]
    differs: bool = True
    only_liveness: bool = False
    as_counted: bool = False


def _noticed(mutant: Mutant, scopes: Iterable[Original], protocol: Protocol) -> tuple[By, str]:
    exercised: set[str] = set()
    before: set[str] = set()
    counts, liveness, differing = "", True, []
    for scope in scopes:
        before |= scope.exercised
        with changed(mutant.function, mutant.change):
            try:
                found = _found(scope)
            except Exception as error:  # noqa: BLE001  # whatever a mutant makes fail, is noticed by whoever explores the scope
                return By.BROKEN, f"{type(error).__name__} in {scope.explored.name}"
        if found.violated is not None:
            return By.CLAUSE, found.violated
        exercised |= found.exercised
        if found.differs:
            differing.append(scope.explored)
            liveness = liveness and found.only_liveness
            counts = counts or ("" if found.as_counted else scope.explored.name)
    if missed := sorted(before - exercised):
        return By.CLAUSE, f"{missed[0]} (no longer exercised)"
    if not differing:
        return By.SAME, ""
    with changed(mutant.function, mutant.change):
        theorem = refuted_theorem(mutant.function, protocol, differing)
    if theorem is not None:
        return By.THEOREM, theorem
    if liveness:
        return By.LIVENESS, ""
    return (By.COUNTS, counts) if counts else (By.NOTHING, "")


def _found(scope: Original) -> Found:
    if not _differs(scope):
        return Found(None, scope.exercised, differs=False)
    liveness = _liveness_only(scope)
    violated, exercised, as_counted = _judged(scope)
    return Found(violated, exercised, only_liveness=liveness, as_counted=as_counted)


def _differs(scope: Original) -> bool:
    if scope.runs is not None:
        return scope.runs.differ()
    if isinstance(scope.explored, Family) and sum(1 for _ in members(scope.explored)) != len(scope.tables):
        return True
    return any(next(table.differing(), None) is not None for table in scope.tables)


def _liveness_only(scope: Original) -> bool:
    return scope.runs is None and all(says_less_at_a_deadline(*each) for table in scope.tables for each in table.differing())


def _judged(scope: Original) -> tuple[str | None, frozenset[str], bool]:
    """Return the clause that is violated in a scope, or what was exercised; and whether the counts are as before."""
    each = scope.explored
    if isinstance(each, Grid):
        done = Enumeration(each.mechanism, each.amounts, each.clauses, until_found=True).run()
        found = next((tally.clause.id for tally in done.tallies if tally.found is not None), None)
        for mechanism in dict.fromkeys((each.randomly, each.mechanism)):  # what a check draws, first
            if found is None:
                found = next(iter(sample(mechanism, each.clauses, each.examples, until_found=True).found), None)
        if found is not None:
            return found, frozenset(), False
        report = judge_grid(each)
        return None, _exercised(report.verdicts), (report.profiles, report.runs, report.cases) == scope.counts
    exercised: frozenset[str] = frozenset()
    counts = [0, 0, 0, 0]
    for system in systems(each):
        task, search, watch = explored(system, each.reductions, 2 * scope.counts[0] + 1_000)
        violated = watch.found or _violated_on_the_whole(task, search)
        if violated is not None:
            return violated, frozenset(), False
        exercised |= _exercised(task.report(search, engine="reference").verdicts)
        counts = [counts[0] + search.states, counts[1] + search.transitions, max(counts[2], search.depth), counts[3] + 1]
        if search.stopped is not None:
            return None, scope.exercised, False
    return None, exercised, tuple(counts) == scope.counts
