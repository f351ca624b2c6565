"""Exploring a model: every reachable state, every clause, shortest traces; the plain search, which defines what that means."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from concordant.checks.exploration.budget import Budget, BudgetSpent, Meter, Progress, SearchLimit, in_time, with_remark
from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.judge import OfAll, decided
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.misuse import Misuse
from concordant.checks.models.judging import ModelJudge, ModelTally
from concordant.checks.models.semantics import ModelSemantics, State
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import Model
from concordant.refimpl.machine.models import require_fit
from concordant.refimpl.machine.search import INTERRUPTED, Search
from concordant.spec.vocabulary import AlwaysPossible, Clause, Fault, Sometimes


def explore_model(
    model: Model,
    clauses: tuple[Clause, ...] | None = None,
    *,
    budget: Budget | None = None,
    until: Clause | tuple[Clause, ...] = (),
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Explore a model breadth first and judge its promises, or the clauses given. With `until`, the search ends at the first telling case of one of those.

    Raises BrokenModel or BrokenClause where a function of the model breaks the rules; BudgetSpent where the budget is spent before the first state is made.
    """
    wanted = model.promises if clauses is None else clauses
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
    with watching(None if budget is None else budget.seconds):
        limits = SearchLimit(budget or Budget(), progress)
        with in_time(limits.meter):
            judge = ModelJudge(ModelSemantics(model), safety, tuple(clause for clause in awaited if clause in safety))
        edges: Edges[int] | None = Edges() if of_all else None
        search = Search(judge.semantics, judge, limits, edges=edges)
        with in_time(limits.meter):
            search.run()
        if search.stopped != INTERRUPTED:
            _ask_again(search, judge, limits.meter)
        report = _report(search, judge, wanted, limits.seconds)
        return report if edges is None or not report.complete else _decided_on_the_whole(report, of_all, search, judge, edges, limits)


def _ask_again(search: Search[State, int], judge: ModelJudge, meter: Meter) -> None:
    """Ask everything again; a complete search for which a budget leaves no time to do so is undecided."""
    complete = search.stopped is None
    left = meter if complete else Budget.for_a_little()
    over = bool if complete else left.over
    try:
        with in_time(left):
            for tally in judge.tallies.values():
                tally.asked.ask_again(over)
            judge.semantics.check_again(over)
    except BudgetSpent as spent:
        if complete:
            search.stopped = with_remark(str(spent), ", when all states were found and not all was asked again")


def _report(search: Search[State, int], judge: ModelJudge, wanted: tuple[Clause, ...], seconds: float) -> Report:
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


def _verdict(tally: ModelTally, search: Search[State, int], judge: ModelJudge) -> Verdict:
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


def _decided_on_the_whole(
    report: Report, of_all: tuple[OfAll, ...], search: Search[State, int], judge: ModelJudge, edges: Edges[int], limits: SearchLimit
) -> Report:
    """Decide what only the whole graph shows. A state on the bound of the scope was not left, so that what would go on there for ever is unknown."""
    from concordant.checks.models.liveness import decide, decide_possible  # noqa: PLC0415  # scipy is loaded where liveness is decided

    found: dict[str, Verdict] = {}
    stopped = None
    try:
        with in_time(limits.meter):
            for clause in of_all:
                if isinstance(clause, AlwaysPossible):
                    found[clause.id] = decide_possible(judge.semantics, clause, search.reached, edges, search.path)
                elif not search.beyond:
                    found[clause.id] = decide(judge.semantics, clause, search.reached, edges, search.path)
    except BudgetSpent as spent:
        stopped = with_remark(str(spent), ", when all states were found and not all clauses decided")
    undecided = {clause.id: Verdict(clause, Status.INCONCLUSIVE) for clause in of_all}
    verdicts = tuple({**undecided, **found}.get(each.clause.id, each) for each in report.verdicts)
    return evolve(report, verdicts=verdicts, stopped=stopped)
