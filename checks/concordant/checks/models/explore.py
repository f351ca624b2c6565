"""Exploring a model: every reachable state, every clause, shortest traces; the plain search, which defines what that means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias

from attrs import evolve

from concordant.checks.exploration.budget import Budget, BudgetSpent, Meter, Progress, SearchLimit, in_time, with_remark
from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.explore import EndedSearch
from concordant.checks.exploration.judge import Decided, OfAll, decided, require_ids_of_their_own
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.misuse import Misuse
from concordant.checks.models.judging import ModelJudge, ModelTally, Showing
from concordant.checks.models.semantics import ModelSemantics, Path, State
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import Model
from concordant.refimpl.machine.models import require_fit
from concordant.refimpl.machine.search import INTERRUPTED, Search
from concordant.spec.vocabulary import Clause, Fault, Sometimes

if TYPE_CHECKING:
    from concordant.checks.models.liveness import WholeModel


class SearchedModel(EndedSearch, Protocol):
    """One of a model."""

    def path(self, state: State, /) -> Path:
        """Return an initial state and a shortest path from it to this one."""
        ...


class JudgedModel(Protocol):
    """Who has judged it."""

    tallies: dict[str, ModelTally]
    found: dict[str, Showing]
    came: set[int]
    at_rest: int
    semantics: ModelSemantics

    @property
    def satisfied(self) -> bool:
        """Whether a clause that was searched for has shown itself."""
        ...

    def check_again(self, over: Callable[[], object], /) -> None:
        """Ask everything again."""
        ...


def explore_model(
    model: Model,
    clauses: tuple[Clause, ...] | None = None,
    *,
    budget: Budget | None = None,
    until: Clause | tuple[Clause, ...] = (),
    progress: Callable[[Progress], None] | None = None,
    tabulated: bool = False,
) -> Report:
    """Explore a model breadth first and judge its promises, or the clauses given. With `until`, the search ends at the first telling case of one of those.

    `tabulated`: by columns of numbers, for models of millions of states, instead of by the plain search, which defines what it means.

    Raises BrokenModel or BrokenClause where a function of the model breaks the rules; BudgetSpent where the budget is spent before the first state is made.
    """
    wanted = model.promises if clauses is None else clauses
    require_ids_of_their_own(wanted)
    for clause in wanted:
        try:
            require_fit(clause)
        except ValueError as error:
            raise Misuse(str(error)) from error
    safety, of_all = decided(wanted)
    awaited = until if isinstance(until, tuple) else (until,)
    for clause in awaited:
        if clause not in wanted:
            raise Misuse(f"until={clause.id}, which is not judged here: it is not among the clauses; leave until out, or add it")
    judged = tuple(clause for clause in awaited if clause in safety)
    with watching(None if budget is None else budget.seconds):
        limits = SearchLimit(budget or Budget(), progress)
        with in_time(limits.meter):
            find = _walked if tabulated else _searched
            search, judge, whole = find(ModelSemantics(model), safety, judged, limits, bool(of_all))
        if search.stopped != INTERRUPTED:
            _ask_again(search, judge, limits.meter)
        report = evolve(_report(search, judge, wanted, limits.seconds), engine="tabulated" if tabulated else "reference")
        return _decided_on_the_whole(report, of_all, whole, limits) if of_all and report.complete else report


Found: TypeAlias = "tuple[SearchedModel, JudgedModel, Callable[[], WholeModel]]"


def _searched(semantics: ModelSemantics, safety: tuple[Decided, ...], until: tuple[Clause, ...], limits: SearchLimit, whole: bool) -> Found:
    judge = ModelJudge(semantics, safety, until)
    edges: Edges[int] | None = Edges() if whole else None
    search = Search(semantics, judge, limits, edges=edges).run()

    def all_of_it() -> WholeModel:
        from concordant.checks.models.liveness import WholeModel  # noqa: PLC0415  # loaded where liveness is decided

        return WholeModel.of_search(semantics, search, edges or Edges())

    return search, judge, all_of_it


def _walked(semantics: ModelSemantics, safety: tuple[Decided, ...], until: tuple[Clause, ...], limits: SearchLimit, whole: bool) -> Found:
    from concordant.checks.columns.walking import WalkByColumns  # noqa: PLC0415  # which is compiled

    walk = WalkByColumns(semantics, safety, until, limits, whole).run()
    return walk, walk, walk.whole


def _ask_again(search: SearchedModel, judge: JudgedModel, meter: Meter) -> None:
    """Ask everything again; a complete search for which a budget leaves no time to do so is undecided."""
    complete = search.stopped is None
    left = meter if complete else Budget.for_a_little()
    over = bool if complete else left.over
    try:
        with in_time(left):
            judge.check_again(over)
    except BudgetSpent as spent:
        if complete:
            search.stopped = with_remark(str(spent), ", when all states were found and not all was asked again")


def _report(search: SearchedModel, judge: JudgedModel, wanted: tuple[Clause, ...], seconds: float) -> Report:
    semantics = judge.semantics
    verdicts = {tally.clause.id: _verdict(tally, search, judge) for tally in judge.tallies.values()}
    came = {semantics.acts[number][0].name for number in judge.came}
    complete = search.stopped is None and not judge.satisfied
    return Report(
        states=search.states,
        transitions=search.transitions,
        depth=search.depth,
        at_rest=judge.at_rest,
        beyond=search.beyond,
        verdicts=tuple(verdicts.get(clause.id) or Verdict(clause, Status.NOT_DECIDED) for clause in wanted),
        allowed=Fault.NONE,
        occurred=Fault.NONE,
        dropped=0,
        never=tuple(("action", each.name) for each in semantics.model.actions if complete and each.name not in came),
        handler_calls=semantics.calls,
        seconds=seconds,
        stopped="found" if judge.satisfied else search.stopped,
    )


def _verdict(tally: ModelTally, search: SearchedModel, judge: JudgedModel) -> Verdict:
    clause, sometimes, found = tally.clause, isinstance(tally.clause, Sometimes), judge.found.get(tally.clause.id)
    if found is not None and tally.telling is not None:
        start, steps = search.path(found.state)
        path = start, steps if found.edge is None else (*steps, found.edge)
        status = Status.HOLDS if sometimes else Status.VIOLATED
        return Verdict(clause, status, tally.cases, judge.semantics.frames(path), tally.telling.facts, judge.semantics.begun(start))
    if search.stopped is not None or judge.satisfied:
        return Verdict(clause, Status.INCONCLUSIVE, tally.cases)
    if sometimes:
        return Verdict(clause, Status.VIOLATED, tally.cases)
    return Verdict(clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases)


def _decided_on_the_whole(report: Report, of_all: tuple[OfAll, ...], whole: Callable[[], WholeModel], limits: SearchLimit) -> Report:
    """Decide what only the whole graph shows."""
    found: dict[str, Verdict | None] = {}
    stopped = None
    try:
        with in_time(limits.meter):
            graph = whole()
            for clause in of_all:
                found[clause.id] = graph.decided(clause)
    except BudgetSpent as spent:
        stopped = with_remark(str(spent), ", when all states were found and not all clauses decided")
    undecided = {clause.id: found.get(clause.id) or Verdict(clause, Status.INCONCLUSIVE) for clause in of_all}
    return evolve(report, verdicts=tuple(undecided.get(each.clause.id, each) for each in report.verdicts), stopped=stopped)
