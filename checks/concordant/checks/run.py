"""Running what is to be decided about protocols: scopes, pitfalls, known truths; one after the other or side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.checks.engines import Engine, explorer
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.refute import Refutation, refute
from concordant.checks.exploration.replay import replay_fails
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.search import Progress
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.report import RuleReport
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.checks.registry import Protocol, UnknownName, protocol
from concordant.refimpl.machine import Fails
from concordant.spec.vocabulary import Clause, Sometimes


@frozen
class Explored:
    """A scope and what its exploration found."""

    stem: str
    scope: str
    shows: str
    expected: Counts | None
    report: Report

    @property
    def as_expected(self) -> bool:
        """Whether the counts are those of the scope's file, as far as the search went."""
        found = Counts(self.report.states, self.report.transitions, self.report.depth, self.report.members)
        return self.expected is None or not self.report.complete or found == self.expected


@frozen
class Judged:
    """A grid and what judging its rule found."""

    stem: str
    scope: str
    shows: str
    expected: Profiles | None
    report: RuleReport

    @property
    def as_expected(self) -> bool:
        """Whether the counts are those of the scope's file, as far as the judgement went."""
        found = Profiles(self.report.profiles, self.report.runs, self.report.cases)
        return self.expected is None or not self.report.complete or found == self.expected


@frozen
class Replayed:
    """A known truth about a protocol, and whether its witness shows it."""

    stem: str
    why: str
    verdict: Verdict

    @property
    def shown(self) -> bool:
        """Whether the witness shows the clause failing."""
        return self.verdict.status is Status.VIOLATED


Result: TypeAlias = Explored | Judged | Refutation | Replayed


How: TypeAlias = Callable[[Scope, Budget | None, int, Callable[[Progress], None] | None], Report]
"""A way to run a scope, with so many threads."""


@frozen
class Task:
    """One thing to decide, by name, so that it can be sent to another process. `how`: to run a scope other than by an engine."""

    stem: str
    kind: str
    name: str
    engine: Engine = Engine.AUTO
    workers: int = 1
    how: How | None = None

    @property
    def text(self) -> str:
        """What is being done, for a progress line."""
        return f"{self.stem} {self.name}"

    def run(self, budget: Budget | None = None, progress: Callable[[Progress], None] | None = None) -> Result:
        """Decide it."""
        where = protocol(self.stem)
        match self.kind:
            case "scope":
                scope = next(scope for scope in where.scopes if scope.name == self.name)
                if self.how is not None:
                    return Explored(self.stem, scope.name, scope.shows, scope.expected, self.how(scope, budget, self.workers, progress))
                explore = explorer(self.engine, scope.reductions, scope.expected, self.workers)
                report = explore(scope.system, budget=budget, reductions=scope.reductions, progress=progress)
                return Explored(self.stem, scope.name, scope.shows, scope.expected, report)
            case "family":
                family = next(family for family in where.families if family.name == self.name)
                return Explored(
                    self.stem,
                    family.name,
                    family.shows,
                    family.expected,
                    explore_family(family, budget, explorer(self.engine, family.reductions, None)),
                )
            case "grid":
                grid = next(grid for grid in where.grids if grid.name == self.name)
                return Judged(self.stem, grid.name, grid.shows, grid.expected, judge_grid(grid, budget, progress))
            case "pitfall":
                pitfall = next(each for each in where.pitfalls if each.id == self.name)
                return evolve(refute(pitfall, budget=budget, progress=progress), stem=self.stem)
            case "fails":
                fails = truths(where)[self.name]
                return Replayed(self.stem, fails.why, replay_fails(fails))
            case _:
                raise ValueError(f"task {self.kind!r} is none of scope, family, grid, pitfall, fails")


def truths(where: Protocol) -> dict[str, Fails]:
    """Name the known truths of a protocol: by the clause that fails, and where it fails of several subjects by a number too."""
    named: dict[str, Fails] = {}
    for fails in where.fails:
        same = sum(each.clause is fails.clause for each in named.values())
        named[f"{fails.clause.id}/{same + 1}" if same else fails.clause.id] = fails
    return named


def tasks_to_check(chosen: Iterable[Protocol], scope: str | None = None, engine: Engine = Engine.AUTO) -> Iterator[Task]:
    """List what `check` decides: scopes of a size or with a name, the quick pitfalls, and the known truths.

    Without a scope, the small ones. A scope that no chosen protocol has is an UnknownName.
    """
    chosen = tuple(chosen)
    wanted = [(each, item) for each in chosen for item in each.explored if _fits(item, scope)]
    if not wanted and scope is not None:
        names = {name for each in chosen for item in each.explored for name in (item.name, item.size.value)}
        raise UnknownName(scope, names, "scope or size")
    for each in chosen:
        for owner, item in wanted:
            if owner is each:
                yield Task(each.stem, _kind(item), item.name, engine)
        if scope is None:
            yield from (Task(each.stem, "pitfall", pitfall.id) for pitfall in each.pitfalls if pitfall.quick)
            yield from (Task(each.stem, "fails", name) for name in truths(each))


def _kind(item: Scope | Family | Grid) -> str:
    match item:
        case Scope():
            return "scope"
        case Family():
            return "family"
        case Grid():
            return "grid"
        case _ as unreachable:
            assert_never(unreachable)


def _fits(item: Scope | Family | Grid, wanted: str | None) -> bool:
    return item.size is Size.SMALL if wanted is None else wanted in (item.name, item.size.value)


def with_cores(tasks: Sequence[Task], jobs: int) -> list[Task]:
    """Give each task its share of the cores that are not needed to run all of them side by side."""
    return [evolve(task, workers=max(1, jobs // len(tasks))) for task in tasks]


def summary(clause: Clause, results: Iterable[Result]) -> tuple[Status, int]:
    """Return the verdict on a clause over all scopes of a run, and in how many states it was judged, or on how many combinations of draws.

    Violated anywhere is violated; a `sometimes` needs to be reached in one scope; vacuous means no case in any scope.
    """
    found: list[Status] = []
    states = 0
    for result in results:
        if isinstance(result, Explored):
            for verdict in result.report.verdicts:
                if verdict.clause.id == clause.id:
                    found.append(verdict.status)
                    states += 0 if verdict.status in (Status.NOT_PROMISED, Status.NOT_DECIDED) else result.report.states
        elif isinstance(result, Judged):
            for verdict in result.report.verdicts:
                if verdict.clause.id == clause.id:
                    found.append(verdict.status)
                    states += verdict.combinations
    order = (
        [Status.HOLDS, Status.INCONCLUSIVE, Status.VIOLATED]
        if isinstance(clause, Sometimes)
        else [Status.VIOLATED, Status.INCONCLUSIVE, Status.HOLDS]
    )
    for status in (*order, Status.VACUOUS, Status.NOT_DECIDED):
        if status in found:
            return status, states
    return Status.NOT_PROMISED, states


OK, VIOLATED, USAGE, UNDECIDED, ADAPTER = 0, 1, 2, 3, 4


def exit_code(chosen: Iterable[Protocol], results: Iterable[Result]) -> int:
    """Return 0 where all holds, 1 where anything is violated or not as it claims to be, 3 where anything is undecided."""
    results = tuple(results)
    statuses = [summary(clause, _of(each, results))[0] for each in chosen for clause in each.clauses]
    refutations = [result for result in results if isinstance(result, Refutation)]
    open_ = [each for each in refutations if not each.refuted and each.verdict.status is Status.INCONCLUSIVE]
    wrong = [each for each in refutations if not each.refuted and each not in open_]
    mismatch = any(isinstance(each, Explored | Judged) and not each.as_expected for each in results)
    if Status.VIOLATED in statuses or wrong or mismatch or any(isinstance(each, Replayed) and not each.shown for each in results):
        return VIOLATED
    unfinished = any(isinstance(each, Explored | Judged) and not each.report.complete for each in results)
    return UNDECIDED if unfinished or open_ or Status.VACUOUS in statuses or Status.INCONCLUSIVE in statuses else OK


def _of(each: Protocol, results: tuple[Result, ...]) -> tuple[Result, ...]:
    return tuple(result for result in results if stem_of(result) == each.stem)


def stem_of(result: Result) -> str:
    """Return the protocol that a result is about."""
    return result.stem
