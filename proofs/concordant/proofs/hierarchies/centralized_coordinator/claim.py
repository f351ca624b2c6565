"""Central coordination by induction over a model of any size: any number of subtasks and agents, one task after another.

Model: a task is taken, subtask by subtask; somebody does them; the coordinator hears of each, and performs the task when none is left, or
aborts it. Which agent does what, and in which order, the model leaves open.
Not covered: who is given a subtask; that a task ends; the handlers for all states. A coordinator counts what each agent has had, and says
in words what is wrong with a task: of such texts there are no symbols.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def coordination() -> Model:
    """Return the model. `going`: a task is under way; `left`, `heard`: what of it is not known to be done, and what is.

    `told`: its client was told the result of that; `counts`: so was a client ever; `common`: the common state holds it.
    """
    m = Model("centralized_coordinator")
    subtask = m.sort("Subtask")
    for name in ("planned", "left", "done", "heard", "told", "counts", "common"):
        m.relation(name, subtask)
    m.relation("going")
    m.relation("performed")

    def nothing(*_: Term) -> Term:
        return z3.BoolVal(False)  # Z3's own signature

    def ended(s: State) -> dict[str, Callable[..., Term]]:  # noqa: ARG001
        return {"going": nothing, "left": nothing, "heard": nothing}

    def with_heard(s: State, relation: Relation, a: Term) -> Relation:
        return lambda b: Or(relation(b), s.heard(b), b == a)

    m.action(
        "accept",
        "A task is taken, when none is under way.",
        lambda s: {"none_is_going": Not(s.going())},
        lambda s: {"going": add(s.going), **dict.fromkeys(("planned", "done", "told", "performed"), nothing)},
    )
    m.action(
        "plan",
        "The task gets a subtask.",
        lambda s, a: {"is_going": s.going()},  # noqa: ARG005  # guards take the parameters
        lambda s, a: {"planned": add(s.planned, a), "left": add(s.left, a)},
        a=subtask,
    )
    m.action(
        "do",
        "An agent does a subtask.",
        lambda s, a: {},  # noqa: ARG005
        lambda s, a: {"done": add(s.done, a)},
        a=subtask,
    )
    m.action(
        "hear",
        "The coordinator hears that a subtask which is left is done.",
        lambda s, a: {"is_left": s.left(a), "is_done": s.done(a)},
        lambda s, a: {"left": lambda b: And(s.left(b), b != a), "heard": add(s.heard, a)},
        a=subtask,
    )
    m.action(
        "perform",
        "The coordinator hears that the last subtask is done: the task is performed, and its results become common.",
        lambda s, a: {
            "is_left": s.left(a),
            "is_done": s.done(a),
            "is_last": forall(subtask, lambda b: Implies(s.left(b), b == a)),
        },
        lambda s, a: {
            "performed": add(s.performed),
            "told": with_heard(s, s.told, a),
            "counts": with_heard(s, s.counts, a),
            "common": with_heard(s, s.common, a),
            **ended(s),
        },
        a=subtask,
    )
    m.action(
        "abort",
        "The task is given up.",
        lambda s: {},  # noqa: ARG005
        ended,
    )

    m.invariant(
        "performed_is_done",
        "When a client is told that its task is performed, every subtask of it is done, and its result is told.",
        lambda s: Implies(s.performed(), forall(subtask, lambda a: Implies(s.planned(a), And(s.done(a), s.told(a))))),
        safety=True,
    )
    m.invariant(
        "what_is_told_is_done",
        "The result of a subtask is told only if it is one of the task, and done.",
        lambda s: forall(subtask, lambda a: Implies(s.told(a), And(s.planned(a), s.done(a)))),
        safety=True,
    )
    m.invariant(
        "common_is_performed",
        "The common state holds the results of tasks that were performed, and nothing of others.",
        lambda s: forall(subtask, lambda a: s.common(a) == s.counts(a)),
        safety=True,
    )
    m.invariant(
        "nothing_is_lost",
        "Of a task that is under way each subtask is left, or known to be done.",
        lambda s: Implies(s.going(), forall(subtask, lambda a: Implies(s.planned(a), Or(s.left(a), s.heard(a))))),
    )
    m.invariant(
        "what_is_heard_is_true",
        "What is known to be done is a subtask of the task, and done; nothing is known when none is under way.",
        lambda s: forall(subtask, lambda a: Implies(s.heard(a), And(s.going(), s.planned(a), s.done(a)))),
    )
    m.invariant(
        "what_is_left_is_planned",
        "What is left is a subtask of the task that is under way.",
        lambda s: forall(subtask, lambda a: Implies(s.left(a), And(s.going(), s.planned(a)))),
    )
    m.invariant("performed_is_over", "A task that was performed is not under way.", lambda s: Not(And(s.performed(), s.going())))
    return m


def keeps_what_was_done() -> Model:
    """Return the model in which what was done of an aborted task is common."""
    m = coordination()
    updates = m.actions["abort"].updates
    return m.with_updates("abort", lambda s: {**updates(s), "common": lambda a: Or(s.common(a), s.heard(a))})


def universe(count: int) -> Universe:
    """Return the finite universe of so many subtasks."""
    return Universe({"Subtask": ("a", "b", "c", "d")[:count]}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: coordination().without_guard(action, guard)


TAKEN = (("accept",), ("plan", "a"))
COORDINATION = Proof(
    stem="centralized_coordinator",
    title="what_is_performed_is_done",
    about=__doc__,
    model=coordination,
    start=universe(2),
    real=tuple(universe(count) for count in range(1, 4)),
    mutants=(
        Mutant(
            "good_enough",
            "A task is performed while something else is left.",
            _without("perform", "is_last"),
            universe(2),
            (*TAKEN, ("plan", "b"), ("do", "a"), ("perform", "a")),
        ),
        Mutant(
            "takes_it_for_done",
            "The coordinator takes a subtask for done that nobody has done.",
            _without("hear", "is_done"),
            universe(2),
            (*TAKEN, ("plan", "b"), ("do", "b"), ("hear", "a"), ("perform", "b")),
        ),
        Mutant(
            "adds_what_nobody_wanted",
            "A result is told that is no subtask's of the task.",
            _without("perform", "is_left"),
            universe(1),
            (("accept",), ("do", "a"), ("perform", "a")),
        ),
        Mutant(
            "keeps_what_was_done",
            "What was done of a task that is aborted stays common.",
            keeps_what_was_done,
            universe(1),
            (*TAKEN, ("do", "a"), ("hear", "a"), ("abort",)),
        ),
    ),
)

WHAT_IS_PERFORMED_IS_DONE = proved(COORDINATION)
