"""Stage graphs of any size: that something may run, and when an executor is stuck.

Model: that of `claim`, of which the bridge checks that it is the code's; its invariant says that what a stage depends on is planned,
and that a stage has one status. The guards of `begin` and `skip` are besides compared with the shipped executor's, on every graph
of up to three stages in every combination of statuses, optional or not (the tests say so).
Not covered: that workers who can do the stages exist and are free, which validation and the clauses check; that stages ever end.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.lemmas import Lemma, Lemmas
from concordant.proofs.kernel.models import Term, exists, forall
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.proofs.workflows.stage_executor.claim import stages, waits

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


MODEL = stages()
STAGE = MODEL.sorts["Stage"]
S = MODEL.state()
CIRCLE, MEMBER = (z3.Function(name, STAGE, z3.BoolSort()) for name in ("circle", "member"))
REACHES = z3.Function("reaches", STAGE, STAGE, z3.BoolSort())
"""That one depends on another, also by way of others: the transitive closure, of which only these two things are used."""
ONE, NEW, LAST = (z3.Const(name, STAGE) for name in ("one", "new", "last"))
TRANSITIVE = forall(STAGE, STAGE, STAGE, lambda a, b, c: Implies(And(REACHES(a, b), REACHES(b, c)), REACHES(a, c)))
DEPENDS_REACHES = forall(STAGE, STAGE, lambda a, b: Implies(S.depends(a, b), REACHES(a, b)))
PLANNED = forall(STAGE, STAGE, lambda a, b: Implies(S.depends(a, b), S.planned(b)))
NOTHING_RUNS = forall(STAGE, lambda a: Not(S.running(a)))
ONE_STATUS = forall(STAGE, lambda a: Implies(S.skipped(a), Not(Or(S.running(a), S.done(a), S.failed(a)))))


def can(action: str, a: Term) -> Term:
    """Return that an action of the model is enabled for a stage."""
    return And(*MODEL.actions[action].guards(S, a=a).values())


def _reaches_none(a: Term, *also: Term) -> Term:
    """A stage reaches none of the set, and none of these."""
    return And(forall(STAGE, lambda b: Implies(MEMBER(b), Not(REACHES(a, b)))), *(Not(REACHES(a, b)) for b in also))


INDUCTION = "By induction on the number of stages in a set, one of them reaches none of them unless one reaches itself: lemmas 1 and 2."
LAST_OF_A_SET = (
    Lemma(
        "1, a set of one stage",
        "It reaches nothing in the set.",
        {"it does not reach itself": Not(REACHES(ONE, ONE))},
        forall(STAGE, lambda b: Implies(b == ONE, Not(REACHES(ONE, b)))),
    ),
    Lemma(
        "2, one stage more",
        "Either that one or the new one reaches nothing in the larger set.",
        {
            "one of the smaller set reaches nothing in it": And(MEMBER(LAST), _reaches_none(LAST)),
            "the new one does not reach itself": Not(REACHES(NEW, NEW)),
            "what is reached by way of another is reached": TRANSITIVE,
        },
        Or(_reaches_none(LAST, NEW), _reaches_none(NEW, NEW)),
    ),
)
PROGRESS = Lemmas(
    "stage_executor",
    "something_may_run",
    "for all finite graphs of stages, optional or not, and all that has ended, failed or been skipped",
    INDUCTION,
    (
        *LAST_OF_A_SET,
        Lemma(
            "3, the last of those that wait",
            "While stages of a graph without a circle wait and nothing runs, one of them may start or must be skipped.",
            {
                "a stage waits": waits(S, LAST),
                "it reaches none of those that wait (lemmas 1 and 2)": forall(STAGE, lambda b: Implies(waits(S, b), Not(REACHES(LAST, b)))),
                "what a stage depends on it reaches": DEPENDS_REACHES,
                "what a stage depends on is planned": PLANNED,
                "nothing runs": NOTHING_RUNS,
            },
            Or(can("begin", LAST), can("skip", LAST)),
        ),
    ),
)
STUCK = Lemmas(
    "stage_executor",
    "stuck_means_a_circle",
    "for all finite graphs of stages, optional or not, and all that has ended, failed or been skipped",
    f"{INDUCTION} Of those that wait, that one would have to depend on another: lemma 3.",
    (
        *LAST_OF_A_SET,
        Lemma(
            "3, who waits waits for another",
            "A stage that waits where nothing can happen depends on another that waits.",
            {
                "it waits": waits(S, ONE),
                "it may not start": Not(can("begin", ONE)),
                "it must not be skipped": Not(can("skip", ONE)),
                "what a stage depends on is planned": PLANNED,
                "nothing runs": NOTHING_RUNS,
            },
            exists(STAGE, lambda b: And(S.depends(ONE, b), waits(S, b))),
        ),
        Lemma(
            "4, stuck",
            "Where stages wait and nothing can happen any more, one of them depends on itself by way of others that wait.",
            {
                "unless one of those that wait reaches itself, one of them reaches none of them (lemmas 1 and 2)": Implies(
                    forall(STAGE, lambda a: Implies(waits(S, a), Not(REACHES(a, a)))),
                    forall(STAGE, lambda b: Implies(waits(S, b), Not(REACHES(LAST, b)))),
                ),
                "it depends on another that waits (lemma 3)": exists(STAGE, lambda b: And(S.depends(LAST, b), waits(S, b))),
                "what a stage depends on it reaches": DEPENDS_REACHES,
            },
            exists(STAGE, lambda a: And(waits(S, a), REACHES(a, a))),
        ),
    ),
)
WHOLE = forall(STAGE, lambda a: Implies(CIRCLE(a), Or(waits(S, a), S.skipped(a))))
NEVER_RUNS = Lemmas(
    "stage_executor",
    "a_circle_never_runs",
    "for all graphs, all orders of starting, ending and skipping",
    "By induction on steps: at the start all stages wait; what is skipped stays in the circle's whole; what ends was running.",
    (
        Lemma(
            "1, what ends",
            "A stage that ends is none of the circle.",
            {
                "each stage of the circle waits or was skipped": WHOLE,
                "what was skipped does not run": ONE_STATUS,
                "it runs": S.running(ONE),
            },
            Not(CIRCLE(ONE)),
        ),
        Lemma(
            "2, what starts",
            "No stage of a circle ever starts.",
            {
                "each stage of the circle waits or was skipped": WHOLE,
                "what was skipped is neither done nor failed": ONE_STATUS,
                "a stage of the circle depends on one of the circle": Implies(
                    CIRCLE(ONE), exists(STAGE, lambda b: And(S.depends(ONE, b), CIRCLE(b)))
                ),
                "it may start": can("begin", ONE),
            },
            Not(CIRCLE(ONE)),
        ),
    ),
)
THEOREMS = tuple(each.theorem() for each in (PROGRESS, STUCK, NEVER_RUNS))
CIRCLES_ARE_STUCK = theorem(
    "stage_executor.a_circle_may_be_stuck",
    "Where a stage of those that wait may reach itself, it may be that none can start and none must be skipped.",
    EXAMPLE,
    lambda: ([waits(S, ONE), NOTHING_RUNS, DEPENDS_REACHES, TRANSITIVE], exists(STAGE, _something_happens)),
    holds=False,
)


def _something_happens(a: Term) -> Term:
    return Or(can("begin", a), can("skip", a))
