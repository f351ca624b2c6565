"""Refuting pitfalls: each mistake must break its clause, by a shortest counterexample of the length that it claims."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from attrs import frozen

from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.directed import Directed, direct
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.mechanisms.refute import LARGEST, smallest_counterexample
from concordant.checks.misuse import MisuseOfType
from concordant.checks.semantics.promises import is_promised
from concordant.refimpl.machine import Mechanism, Pitfall, System
from concordant.spec.vocabulary import AlwaysPossible, AtRest, Eventually, ForAll, InfinitelyOften, Relates


@frozen
class Refutation:
    """What became of a pitfall. `verdict` is on the clause that it breaks; `problem` says what is wrong, None if nothing.

    `correct`: of a pitfall with a schedule, how far the system without the mistake follows it. `states`: of a rule, the
    combinations of draws that were judged. `stopped`: why the search ended before it could tell; None where it did not.
    """

    pitfall: Pitfall
    verdict: Verdict
    states: int
    seconds: float
    problem: str | None = None
    correct: Directed | None = None
    stopped: str | None = None

    @property
    def refuted(self) -> bool:
        """Whether the mistake was caught as it claims to be."""
        return self.problem is None


def refute(pitfall: Pitfall, *, budget: Budget | None = None, progress: Callable[[Progress], None] | None = None) -> Refutation:
    """Search the pitfall's system for a counterexample to its clause, along its schedule where it has one; or judge its rule on growing grids."""
    if isinstance(pitfall.subject, Mechanism):
        return _refute_rule(pitfall, pitfall.subject, budget, progress)
    system, clause = pitfall.system, pitfall.breaks
    if not is_promised(clause, system):
        verdict = Verdict(clause, Status.NOT_PROMISED)
        return Refutation(pitfall, verdict, 0, 0, f"{clause.id} is not promised under the faults of its system; choose a tamer one")
    if pitfall.schedule:
        return _refute_by_schedule(pitfall)
    report = explore(system, (clause,), budget=budget, reductions=reductions_of(pitfall), until=clause, progress=progress)
    verdict = report.verdict(clause)
    return Refutation(pitfall, verdict, report.states, report.seconds, problem_of(pitfall, verdict), stopped=_cut(verdict, report.stopped))


def _cut(verdict: Verdict, stopped: str | None) -> str | None:
    return stopped if verdict.status is Status.INCONCLUSIVE else None


def reductions_of(pitfall: Pitfall) -> Reductions:
    """Return with which reductions a pitfall's system is searched."""
    of_all = isinstance(pitfall.breaks, AtRest | Eventually | InfinitelyOften | AlwaysPossible)
    return Reductions(leave_ignored=may_leave_ignored(pitfall.system) and not of_all)


def may_leave_ignored(system: System[Any]) -> bool:
    """Tell whether ignored messages may stay in flight without changing what clauses of safety say."""
    network = system.network
    return not network.fifo and network.capacity is None and not system.faults.synchronous


def problem_of(pitfall: Pitfall, verdict: Verdict) -> str | None:
    """Say how a verdict is not what a pitfall claims; None where it is."""
    raised = verdict.facts.get("raised") if "run_on" in verdict.facts else None
    match verdict.status:
        case Status.VIOLATED if raised is not None and not pitfall.raises:
            return f"the wrong rule raises {raised}, which breaks whatever is promised; mend it, or say Pitfall(…, raises=True) if that is the mistake"
        case Status.VIOLATED if pitfall.raises and raised is None:
            return "the wrong rule raises no error, though its pitfall says raises=True; leave that out"
        case Status.VIOLATED if verdict.length == pitfall.length:
            return None
        case Status.VIOLATED if verdict.trace is None:
            return f"the smallest counterexample has {verdict.length} draws, not {pitfall.length} as the pitfall claims"
        case Status.VIOLATED:
            return f"the shortest counterexample has {verdict.length} moves, not {pitfall.length} as the pitfall claims"
        case Status.INCONCLUSIVE:
            return "the search was stopped before a counterexample was found"
        case _:
            where = f" on every profile with amounts up to {LARGEST}" if verdict.combinations else ""
            return f"it breaks nothing: {verdict.clause.id} {verdict.status.value}{where}"


def _refute_rule(
    pitfall: Pitfall, subject: Mechanism[Any, Any], budget: Budget | None, progress: Callable[[Progress], None] | None
) -> Refutation:
    if not isinstance(pitfall.breaks, ForAll | Relates):
        raise MisuseOfType(f"pitfall {pitfall.id} breaks {pitfall.breaks.id}, which is not about rules; its subject is a mechanism")
    began = time.perf_counter()
    verdict = smallest_counterexample(subject, pitfall.breaks, budget=budget, progress=progress)
    seconds = time.perf_counter() - began
    return Refutation(pitfall, verdict, verdict.combinations, seconds, problem_of(pitfall, verdict), stopped=_cut(verdict, verdict.stopped))


def _refute_by_schedule(pitfall: Pitfall) -> Refutation:
    wrong = direct(pitfall.system, pitfall.schedule, pitfall.breaks)
    problem = problem_of(pitfall, wrong.verdict)
    correct = None if pitfall.correct is None else direct(pitfall.correct, pitfall.schedule, pitfall.breaks)
    if correct is not None and problem is None:
        if correct.verdict.status is Status.VIOLATED:
            problem = "the correct system breaks the clause on the same schedule"
        elif correct.stuck_at != pitfall.correct_stops_at:
            problem = f"the correct system stops at move {correct.stuck_at} of the schedule, not at {pitfall.correct_stops_at} as claimed"
    return Refutation(pitfall, wrong.verdict, wrong.states, wrong.seconds, problem, correct)
