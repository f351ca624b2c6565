"""Workflows of any size in the log of a durable engine, by induction: what it may start, must skip and may tell, however often it crashes.

Model: one workflow of the log. It is created task by task, then wanted or called off; a task waits until it runs, is skipped or fails;
an attempt that is broken off, by an error, the loss of its agent or a crash, leaves the task waiting, and that it was started is logged.
Not covered: how often a task is tried, who does it, what tasks read, other workflows of the same engine, and that a workflow ever ends;
the handlers for all states. An engine counts attempts, and says in words what is wrong with a graph, of which there are no symbols: it is
explored, and tied to the model there.
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
    """Return that a task of the workflow is neither running nor ended."""
    return And(s.planned(a), Not(Or(s.running(a), s.done(a), s.failed(a), s.skipped(a))))


def ended(s: State) -> Term:
    """Return that a user was told how the workflow ended."""
    return Or(s.completed(), s.incomplete())


def asked(s: State) -> Term:
    """Return that somebody wants the workflow to go on, or to be called off."""
    return Or(s.wanted(), s.cancelled())


def engine() -> Model:
    """Return the model of one workflow. `tried`: it was logged that a task was started."""
    m = Model("workflow_engine")
    task = m.sort("Task")
    m.relation("planned", task)
    m.relation("depends", task, task)
    for name in ("optional", "exclusive", "tried", *STATUSES):
        m.relation(name, task)
    for name in ("wanted", "cancelled", "completed", "incomplete"):
        m.relation(name)
    _asking(m, task)
    _running(m, task)
    _ending(m, task)
    _invariant(m, task)
    return m


def _adds(name: str) -> Callable[..., dict[str, Relation]]:
    return lambda s, *row, **named: {name: add(getattr(s, name), *row, *named.values())}


def _asking(m: Model, task: z3.SortRef) -> None:
    m.action(
        "plan",
        "A workflow that is created has a task.",
        lambda s, a: {"unasked": Not(asked(s))},  # noqa: ARG005  # guards take the parameters
        _adds("planned"),
        a=task,
    )
    m.action(
        "link",
        "A task of a workflow that is created depends on another.",
        lambda s, a, b: {"unasked": Not(asked(s)), "tasks": And(s.planned(a), s.planned(b))},
        _adds("depends"),
        a=task,
        b=task,
    )
    for name in ("optional", "exclusive"):
        m.action(
            f"make_{name}",
            f"A task of a workflow that is created is {name}.",
            lambda s, a: {"unasked": Not(asked(s))},  # noqa: ARG005  # guards take the parameters
            _adds(name),
            a=task,
        )
    m.action("want", "A user wants the workflow to be executed.", lambda s: {}, _adds("wanted"))  # noqa: ARG005  # whoever asks
    m.action("call_off", "A user calls the workflow off.", lambda s: {}, _adds("cancelled"))  # noqa: ARG005  # whoever asks


def _running(m: Model, task: z3.SortRef) -> None:
    def may_start(s: State, a: Term) -> dict[str, Term]:
        return {
            "waits": waits(s, a),
            "may_run": forall(task, lambda b: Implies(s.depends(a, b), Or(s.done(b), And(s.failed(b), s.optional(b))))),
            "alone": forall(task, lambda b: Implies(s.running(b), Not(Or(s.exclusive(a), s.exclusive(b))))),
            "is_wanted": And(s.wanted(), Not(s.cancelled())),
        }

    m.action(
        "begin",
        "A task runs once all that it depends on is done, or optional and failed; an exclusive one beside no other.",
        may_start,
        lambda s, a: {"running": add(s.running, a), "tried": add(s.tried, a)},
        a=task,
    )
    m.action(
        "begin_in_vain",
        "It is logged that a task starts, and the engine crashes before it runs.",
        may_start,
        _adds("tried"),
        a=task,
    )
    m.action(
        "break_off",
        "An attempt ends without success: by an error, the loss of its agent, or a crash of the engine.",
        lambda s, a: {"runs": s.running(a)},
        lambda s, a: {"running": lambda b: And(s.running(b), b != a)},
        a=task,
    )
    m.action(
        "succeed",
        "A task ends well.",
        lambda s, a: {"runs": s.running(a)},
        lambda s, a: {"running": lambda b: And(s.running(b), b != a), "done": add(s.done, a)},
        a=task,
    )
    m.action(
        "fail",
        "A task that was tried fails, and so does one that could run and that nobody is left to do.",
        lambda s, a: {"waits": waits(s, a), "is_asked": asked(s), "had_its_turn": Or(s.tried(a), may_start(s, a)["may_run"])},
        _adds("failed"),
        a=task,
    )
    m.action(
        "skip",
        "A task is skipped once the workflow is called off, or something that it depends on is skipped, or mandatory and failed.",
        lambda s, a: {
            "waits": waits(s, a),
            "untried": Not(s.tried(a)),
            "is_doomed": Or(
                s.cancelled(),
                And(s.wanted(), exists(task, lambda b: And(s.depends(a, b), Or(s.skipped(b), And(s.failed(b), Not(s.optional(b))))))),
            ),
        },
        _adds("skipped"),
        a=task,
    )


def _ending(m: Model, task: z3.SortRef) -> None:
    def over(s: State) -> Term:
        return forall(task, lambda a: Not(Or(s.running(a), waits(s, a))))

    def wanting(s: State, a: Term) -> Term:
        return And(s.planned(a), Not(s.optional(a)), Not(s.done(a)))

    m.action(
        "complete",
        "The workflow ends, and all its mandatory tasks are done.",
        lambda s: {"is_asked": asked(s), "over": over(s), "all_done": forall(task, lambda a: Not(wanting(s, a)))},
        _adds("completed"),
    )
    m.action(
        "give_up",
        "The workflow ends, and a mandatory task is not done.",
        lambda s: {"is_asked": asked(s), "over": over(s), "one_is_not": exists(task, lambda a: wanting(s, a))},
        _adds("incomplete"),
    )


def _invariant(m: Model, task: z3.SortRef) -> None:
    m.invariant(
        "precedence",
        "A task was started only if all that it depends on is done, or optional and failed.",
        lambda s: forall(
            task,
            task,
            lambda a, b: Implies(And(s.tried(a), s.depends(a, b)), Or(s.done(b), And(s.failed(b), s.optional(b)))),
        ),
        safety=True,
    )
    m.invariant(
        "exclusive_runs_alone",
        "An exclusive task runs beside no other.",
        lambda s: forall(task, task, lambda a, b: Implies(And(s.running(a), s.running(b), s.exclusive(a)), a == b)),
        safety=True,
    )
    m.invariant(
        "nothing_starts_that_nobody_wants",
        "A task was started only if somebody wants its workflow.",
        lambda s: forall(task, lambda a: Implies(s.tried(a), s.wanted())),
        safety=True,
    )
    m.invariant(
        "what_ends_was_started",
        "What runs or is done was started, and what is skipped never was.",
        lambda s: forall(task, lambda a: And(Implies(Or(s.running(a), s.done(a)), s.tried(a)), Not(And(s.skipped(a), s.tried(a))))),
        safety=True,
    )
    m.invariant(
        "one_status",
        "A task has one status.",
        lambda s: forall(
            task,
            lambda a: And(*(Not(And(getattr(s, x)(a), getattr(s, y)(a))) for place, x in enumerate(STATUSES) for y in STATUSES[:place])),
        ),
        safety=True,
    )
    m.invariant(
        "completed_is_true",
        "Completed means that every mandatory task is done.",
        lambda s: Implies(s.completed(), forall(task, lambda a: Implies(And(s.planned(a), Not(s.optional(a))), s.done(a)))),
        safety=True,
    )
    m.invariant(
        "an_incomplete_end_is_true",
        "Failed or called off means that a mandatory task is not done.",
        lambda s: Implies(s.incomplete(), exists(task, lambda a: And(s.planned(a), Not(s.optional(a)), Not(s.done(a))))),
        safety=True,
    )
    m.invariant(
        "one_outcome",
        "Nobody is told both that the workflow was completed and that it was not.",
        lambda s: Not(And(s.completed(), s.incomplete())),
        safety=True,
    )
    m.invariant(
        "nothing_runs_after_the_end",
        "Where a user was told that the workflow ended, nothing runs or waits.",
        lambda s: Implies(ended(s), forall(task, lambda a: Not(Or(s.running(a), waits(s, a))))),
        safety=True,
    )
    m.invariant(
        "what_is_depended_on_is_planned",
        "A task depends on tasks of its workflow.",
        lambda s: forall(task, task, lambda a, b: Implies(s.depends(a, b), s.planned(b))),
        safety=True,
    )
    m.invariant(
        "only_what_is_asked_ends",
        "A workflow ends once it is wanted or called off.",
        lambda s: Implies(ended(s), asked(s)),
    )


def universe(count: int) -> Universe:
    """Return the finite universe of so many tasks."""
    return Universe({"Task": ("a", "b", "c", "d")[:count]}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: engine().without_guard(action, guard)


ONE = (("plan", "a"), ("want",), ("begin", "a"))
TWO = (("plan", "a"), ("plan", "b"))
ENGINE = Proof(
    stem="workflow_engine",
    title="what_is_started_and_told",
    about=__doc__,
    model=engine,
    start=universe(2),
    real=tuple(universe(count) for count in range(1, 5)),
    mutants=(
        Mutant(
            "starts_at_once",
            "A task starts before what it depends on has ended.",
            _without("begin", "may_run"),
            universe(2),
            (*TWO, ("link", "b", "a"), ("want",), ("begin", "b")),
        ),
        Mutant(
            "starts_beside",
            "An exclusive task starts beside another.",
            _without("begin", "alone"),
            universe(2),
            (*TWO, ("make_exclusive", "a"), ("want",), ("begin", "b"), ("begin", "a")),
        ),
        Mutant("starts_unasked", "A task starts as soon as it is created.", _without("begin", "is_wanted"), universe(1), (ONE[0], ONE[2])),
        Mutant(
            "starts_again",
            "A task that is done starts once more.",
            _without("begin", "waits"),
            universe(1),
            (*ONE, ("succeed", "a"), ("begin", "a")),
        ),
        Mutant(
            "skips_what_was_started",
            "A task whose attempt a crash has cut short is skipped when its workflow is called off.",
            _without("skip", "untried"),
            universe(1),
            (*ONE, ("break_off", "a"), ("call_off",), ("skip", "a")),
        ),
        Mutant("fails_what_runs", "A task fails while an attempt runs.", _without("fail", "waits"), universe(1), (*ONE, ("fail", "a"))),
        Mutant(
            "calls_it_complete",
            "A workflow is called completed once it has ended.",
            _without("complete", "all_done"),
            universe(1),
            (*ONE, ("break_off", "a"), ("fail", "a"), ("complete",)),
        ),
        Mutant(
            "gives_up_what_is_done",
            "A workflow is called failed once it has ended.",
            _without("give_up", "one_is_not"),
            universe(1),
            (*ONE, ("succeed", "a"), ("complete",), ("give_up",)),
        ),
        Mutant(
            "does_not_wait_for_optional_tasks",
            "A workflow ends once all that is mandatory is done.",
            _without("complete", "over"),
            universe(1),
            (("plan", "a"), ("make_optional", "a"), ("want",), ("begin", "a"), ("complete",)),
        ),
        Mutant(
            "depends_on_others",
            "A task depends on one of another workflow.",
            _without("link", "tasks"),
            universe(2),
            (("plan", "a"), ("link", "a", "b")),
        ),
    ),
)

WHAT_IS_STARTED_AND_TOLD = proved(ENGINE)
