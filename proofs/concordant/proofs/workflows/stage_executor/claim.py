"""Stage graphs of any size by induction: what an executor may start, must skip and may tell its user.

Model: a workflow is planned stage by stage, then run; a stage waits until it runs or is skipped; one that runs is done or fails.
Not covered: that workers who can do the stages exist and are free, what stages read, and that stages ever end; that what waits
can go on is the theorems' of `graphs`.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
STATUSES = ("running", "done", "failed", "skipped")


def waits(s: State, a: Term) -> Term:
    """Return that a stage of the workflow is neither running nor ended."""
    return And(s.planned(a), Not(Or(s.running(a), s.done(a), s.failed(a), s.skipped(a))))


def ended(s: State) -> Term:
    """Return that a user was told how the workflow ended."""
    return Or(s.completed(), s.incomplete())


def cleared(*_: Term) -> Term:
    """Return the empty relation's formula."""
    return z3.BoolVal(False)  # Z3's own signature


def stages() -> Model:
    """Return the model of one executor."""
    m = Model("stage_executor")
    stage = m.sort("Stage")
    m.relation("planned", stage)
    m.relation("depends", stage, stage)
    for name in ("optional", "exclusive", "begun", *STATUSES):
        m.relation(name, stage)
    for name in ("completed", "incomplete"):
        m.relation(name)
    _planning(m, stage)
    _running(m, stage)
    _ending(m, stage)
    _invariant(m, stage)
    return m


def _planning(m: Model, stage: z3.SortRef) -> None:
    def untouched(s: State) -> Term:
        return And(Not(ended(s)), forall(stage, lambda a: Not(Or(s.running(a), s.done(a), s.failed(a), s.skipped(a)))))

    m.action(
        "plan",
        "A workflow gets a stage, before anything has begun.",
        lambda s, a: {"untouched": untouched(s)},  # noqa: ARG005  # guards take the parameters
        lambda s, a: {"planned": add(s.planned, a)},
        a=stage,
    )
    m.action(
        "link",
        "A stage is to depend on another.",
        lambda s, a, b: {"untouched": untouched(s), "stages": And(s.planned(a), s.planned(b))},
        lambda s, a, b: {"depends": add(s.depends, a, b)},
        a=stage,
        b=stage,
    )
    for name in ("optional", "exclusive"):
        m.action(
            f"make_{name}",
            f"A stage is to be {name}.",
            lambda s, a: {"untouched": untouched(s)},  # noqa: ARG005  # guards take the parameters
            _adds(name),
            a=stage,
        )


def _adds(name: str) -> Callable[[State, Term], dict[str, Relation]]:
    return lambda s, a: {name: add(getattr(s, name), a)}


def _running(m: Model, stage: z3.SortRef) -> None:
    def may_run(s: State, a: Term) -> Term:
        return forall(stage, lambda b: Implies(s.depends(a, b), Or(s.done(b), And(s.failed(b), s.optional(b)))))

    def is_doomed(s: State, a: Term) -> Term:
        return exists(stage, lambda b: And(s.depends(a, b), Or(s.skipped(b), And(s.failed(b), Not(s.optional(b))))))

    def alone(s: State, a: Term) -> Term:
        return forall(stage, lambda b: Implies(s.running(b), Not(Or(s.exclusive(a), s.exclusive(b)))))

    m.action(
        "begin",
        "A stage runs once all that it depends on is done, or optional and failed; an exclusive one beside no other.",
        lambda s, a: {"waits": waits(s, a), "may_run": may_run(s, a), "alone": alone(s, a)},
        lambda s, a: {"running": add(s.running, a), "begun": add(s.begun, a)},
        a=stage,
    )
    m.action(
        "skip",
        "A stage is skipped once something that it depends on is skipped, or mandatory and failed.",
        lambda s, a: {"waits": waits(s, a), "is_doomed": is_doomed(s, a)},
        lambda s, a: {"skipped": add(s.skipped, a)},
        a=stage,
    )
    for name, does in (("done", "A stage ends well."), ("failed", "A stage ends badly, or is stopped.")):
        m.action(
            {"done": "succeed", "failed": "fail"}[name],
            does,
            lambda s, a: {"runs": s.running(a)},
            lambda s, a, name=name: {"running": lambda b: And(s.running(b), b != a), **_adds(name)(s, a)},
            a=stage,
        )


def _ending(m: Model, stage: z3.SortRef) -> None:
    def over(s: State) -> Term:
        return forall(stage, lambda a: Not(Or(s.running(a), waits(s, a))))

    def wanting(s: State, a: Term) -> Term:
        return And(s.planned(a), Not(s.optional(a)), Not(s.done(a)))

    m.action(
        "complete",
        "The workflow ends, and all its mandatory stages are done.",
        lambda s: {"over": over(s), "all_done": forall(stage, lambda a: Not(wanting(s, a)))},
        lambda s: {"completed": add(s.completed)},
    )
    m.action(
        "give_up",
        "The workflow ends, and a mandatory stage is not done.",
        lambda s: {"over": over(s), "one_is_not": exists(stage, lambda a: wanting(s, a))},
        lambda s: {"incomplete": add(s.incomplete)},
    )
    anew = ("begun", "completed", "incomplete")
    m.action(
        "retry",
        "What has ended is tried again, but for what is done.",
        lambda s: {"ended": ended(s), "one_failed": exists(stage, lambda a: s.failed(a))},
        lambda s: dict.fromkeys(("failed", "skipped", *anew), cleared),  # noqa: ARG005  # updates take the state
    )
    m.action(
        "forget",
        "What has ended makes room for another workflow.",
        lambda s: {"ended": ended(s)},
        lambda s: dict.fromkeys(m.changing, cleared),  # noqa: ARG005  # updates take the state
    )


def _invariant(m: Model, stage: z3.SortRef) -> None:
    m.invariant(
        "precedence",
        "A stage runs only once all that it depends on is done, or optional and failed.",
        lambda s: forall(
            stage,
            stage,
            lambda a, b: Implies(And(s.running(a), s.depends(a, b)), Or(s.done(b), And(s.failed(b), s.optional(b)))),
        ),
        safety=True,
    )
    m.invariant(
        "exclusive_runs_alone",
        "An exclusive stage runs beside no other.",
        lambda s: forall(stage, stage, lambda a, b: Implies(And(s.running(a), s.running(b), s.exclusive(a)), a == b)),
        safety=True,
    )
    m.invariant(
        "completed_is_true",
        "Completed means that every mandatory stage is done.",
        lambda s: Implies(s.completed(), forall(stage, lambda a: Implies(And(s.planned(a), Not(s.optional(a))), s.done(a)))),
        safety=True,
    )
    m.invariant(
        "nothing_runs_after_the_end",
        "Where a user was told that the workflow ended, nothing runs or waits.",
        lambda s: Implies(ended(s), forall(stage, lambda a: Not(Or(s.running(a), waits(s, a))))),
        safety=True,
    )
    m.invariant(
        "a_start_is_true",
        "A stage that was said to start runs, or is done, or failed.",
        lambda s: forall(stage, lambda a: Implies(s.begun(a), Or(s.running(a), s.done(a), s.failed(a)))),
        safety=True,
    )
    m.invariant(
        "one_outcome",
        "A user is not told both that the workflow was completed and that it was not.",
        lambda s: Not(And(s.completed(), s.incomplete())),
        safety=True,
    )
    m.invariant(
        "one_status",
        "A stage has one status.",
        lambda s: forall(
            stage,
            lambda a: And(*(Not(And(getattr(s, x)(a), getattr(s, y)(a))) for place, x in enumerate(STATUSES) for y in STATUSES[:place])),
        ),
        safety=True,
    )
    m.invariant(
        "what_is_depended_on_is_planned",
        "A stage depends on stages of its workflow.",
        lambda s: forall(stage, stage, lambda a, b: Implies(s.depends(a, b), s.planned(b))),
        safety=True,
    )
    m.invariant(
        "an_incomplete_end_is_true",
        "Not completed means that a mandatory stage is not done.",
        lambda s: Implies(s.incomplete(), exists(stage, lambda a: And(s.planned(a), Not(s.optional(a)), Not(s.done(a))))),
        safety=True,
    )


def forgets_little(kept: str) -> Model:
    """Return the model in which something that was said of an attempt is left when it is tried again."""
    m = stages()
    updates = m.actions["retry"].updates
    return m.with_updates("retry", lambda s: {name: update for name, update in updates(s).items() if name != kept})


def universe(count: int) -> Universe:
    """Return the finite universe of so many stages."""
    return Universe({"Stage": ("a", "b", "c", "d")[:count]}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: stages().without_guard(action, guard)


TWO = (("plan", "a"), ("plan", "b"))
FAILED_AND_RETRIED = (("plan", "a"), ("begin", "a"), ("fail", "a"), ("give_up",), ("retry",))
STAGES = Proof(
    stem="stage_executor",
    title="what_runs_and_is_told",
    about=__doc__,
    model=stages,
    start=universe(2),
    real=tuple(universe(count) for count in range(1, 5)),
    mutants=(
        Mutant(
            "starts_at_once",
            "A stage starts before what it depends on has ended.",
            _without("begin", "may_run"),
            universe(2),
            (*TWO, ("link", "b", "a"), ("begin", "b")),
        ),
        Mutant(
            "starts_beside",
            "An exclusive stage starts beside another.",
            _without("begin", "alone"),
            universe(2),
            (*TWO, ("make_exclusive", "a"), ("begin", "b"), ("begin", "a")),
        ),
        Mutant(
            "calls_it_complete",
            "A workflow is called completed once it has ended.",
            _without("complete", "all_done"),
            universe(1),
            (("plan", "a"), ("begin", "a"), ("fail", "a"), ("complete",)),
        ),
        Mutant(
            "starts_again",
            "A stage that is done starts once more.",
            _without("begin", "waits"),
            universe(1),
            (("plan", "a"), ("begin", "a"), ("succeed", "a"), ("begin", "a")),
        ),
        Mutant(
            "depends_on_others",
            "A stage is to depend on one of another workflow.",
            _without("link", "stages"),
            universe(2),
            (("plan", "a"), ("link", "a", "b")),
        ),
        Mutant(
            "gives_up_what_is_done",
            "A workflow is called incomplete once it has ended.",
            _without("give_up", "one_is_not"),
            universe(1),
            (("plan", "a"), ("begin", "a"), ("succeed", "a"), ("give_up",)),
        ),
        Mutant(
            "starts_are_left",
            "What was said to start stays said when it is tried again.",
            lambda: forgets_little("begun"),
            universe(1),
            FAILED_AND_RETRIED,
        ),
        Mutant(
            "an_end_is_left",
            "That it was not completed stays said when it is tried again.",
            lambda: forgets_little("incomplete"),
            universe(1),
            (*FAILED_AND_RETRIED, ("begin", "a"), ("succeed", "a"), ("complete",)),
        ),
        Mutant(
            "does_not_wait_for_optional_stages",
            "A workflow ends once all that is mandatory is done.",
            _without("complete", "over"),
            universe(1),
            (("plan", "a"), ("make_optional", "a"), ("begin", "a"), ("complete",)),
        ),
    ),
)

WHAT_RUNS_AND_IS_TOLD = proved(STAGES)
