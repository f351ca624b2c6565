"""Refuting wrong rules by a smallest counterexample, and replaying the witnesses of known truths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from concordant.checks.draws import Noted
from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.mechanisms.judging import Enumeration
from concordant.checks.mechanisms.running import Running, judge, profile_of
from concordant.checks.misuse import CannotReplay, MisuseOfType
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import KnownViolation, Mechanism
from concordant.spec.vocabulary import ForAll, Recorded, Relates, RuleClause

LARGEST = 4
"""Grids grow from the amount 0 alone to the amounts up to this one; a mistake that needs larger ones is better shown smaller."""


@watching()
def smallest_counterexample(
    subject: Mechanism[Any, Any],
    clause: RuleClause,
    *,
    budget: Budget | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Verdict:
    """Judge a clause on the amount 0, then 0 and 1, and so on, until a grid breaks it, and return the smallest counterexample there.

    Where profiles have no amounts there is but one grid.
    """
    meter = (budget or Budget()).start()
    combinations = 0
    for largest in range(LARGEST + 1):
        done = Enumeration(subject, range(largest + 1), (clause,), meter, progress).run()
        verdict = done.tallies[0].verdict(complete=done.stopped is None)
        combinations += verdict.combinations
        if verdict.status in (Status.VIOLATED, Status.INCONCLUSIVE) or not done.drew_amounts:
            break
    return evolve(verdict, combinations=combinations, stopped=done.stopped, rule=subject.name)


def replay_draws(known: KnownViolation) -> Verdict:
    """Judge the clause of a `KnownViolation` of a mechanism on its witness: violated, if the witness shows what it claims.

    A witness that lacks a draw, has one that is never made, or on which the rule raises, is a ValueError.
    """
    subject, clause, witness = known.subject, known.clause, known.witness
    if not isinstance(subject, Mechanism) or not isinstance(clause, ForAll | Relates) or isinstance(witness, tuple):
        raise MisuseOfType(
            f"{clause.id} fails of a mechanism: the clause must be about rules, and the witness a record of draws, {{name: value}}"
        )
    draw, rule = Noted(Recorded(witness)), Running(subject.rule)
    judged = judge(clause, rule, profile_of(subject, draw), draw)
    if unused := [name for name in witness if name not in draw.drawn]:
        raise CannotReplay(f"the witness of {clause.id} records {', '.join(unused)}, which is never drawn; leave it out")
    if judged.raised is not None:
        raise CannotReplay(
            f"the witness of {clause.id} shows no failing case: the rule raised {judged.raised}; choose draws on which it has an outcome"
        )
    status = Status.VIOLATED if judged.facts is not None else Status.HOLDS if judged.cases else Status.VACUOUS
    return Verdict(clause, status, judged.cases, facts=judged.facts or {}, given=dict(draw.drawn), combinations=1, rule=subject.name)
