"""Supervision by induction over a model of any size: any number of subtasks and agents, one task after another.

Model: a subtask waits, runs or has an outcome; when the last that runs has one, all outcomes are told, also of what waits in vain.
Not covered: which agent runs what, and whether an outcome is true; that a task ends; the handlers for all states. A supervisor says in
words what is wrong with a task, and of such texts there are no symbols.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
WHERE = ("waits", "runs", "over")


def supervision() -> Model:
    """Return the model. `going`: a task is under way; `over`: a subtask of it has an outcome; `gathered`: its client was told all; `told`: of that."""
    m = Model("supervisor")
    subtask = m.sort("Subtask")
    for name in ("planned", *WHERE, "told"):
        m.relation(name, subtask)
    m.relation("going")
    m.relation("gathered")

    def nothing(*_: Term) -> Term:
        return z3.BoolVal(False)  # Z3's own signature

    def without(relation: Relation, a: Term) -> Relation:
        return lambda b: And(relation(b), b != a)

    m.action(
        "accept",
        "A task is taken, when none is under way.",
        lambda s: {"none_is_going": Not(s.going())},
        lambda s: {"going": add(s.going), **dict.fromkeys(("planned", "told", "gathered"), nothing)},
    )
    for name, does, to in (("queue", "A new subtask waits.", "waits"), ("give_at_once", "A new subtask is given to an agent.", "runs")):
        m.action(
            name,
            does,
            lambda s, a: {"is_going": s.going(), "is_new": Not(s.planned(a))},
            lambda s, a, to=to: {"planned": add(s.planned, a), to: add(getattr(s, to), a)},
            a=subtask,
        )
    m.action(
        "give",
        "A subtask that waits is given to an agent.",
        lambda s, a: {"waits": s.waits(a)},
        lambda s, a: {"waits": without(s.waits, a), "runs": add(s.runs, a)},
        a=subtask,
    )
    m.action(
        "end",
        "A subtask that runs has an outcome.",
        lambda s, a: {"runs": s.runs(a)},
        lambda s, a: {"runs": without(s.runs, a), "over": add(s.over, a)},
        a=subtask,
    )
    m.action(
        "gather",
        "The last subtask that runs has an outcome: the client is told that of each, and of what waits that it was not begun.",
        lambda s, a: {"runs": s.runs(a), "is_last": forall(subtask, lambda b: Implies(s.runs(b), b == a))},
        lambda s, a: {
            "gathered": add(s.gathered),
            "told": lambda b: Or(s.told(b), s.over(b), s.waits(b), b == a),
            **dict.fromkeys(("going", *WHERE), nothing),
        },
        a=subtask,
    )

    def is_somewhere(s: State, a: Term) -> Term:
        return Or([getattr(s, name)(a) for name in WHERE])

    m.invariant(
        "nothing_is_lost",
        "While a task is under way each of its subtasks waits, runs or has an outcome.",
        lambda s: Implies(s.going(), forall(subtask, lambda a: Implies(s.planned(a), is_somewhere(s, a)))),
        safety=True,
    )
    m.invariant(
        "nothing_is_twice",
        "No subtask waits and runs, or does either and has an outcome.",
        lambda s: forall(
            subtask,
            lambda a: And([Not(And(getattr(s, x)(a), getattr(s, y)(a))) for place, x in enumerate(WHERE) for y in WHERE[:place]]),
        ),
        safety=True,
    )
    m.invariant(
        "everything_is_told",
        "When a client is told what became of its task, it is told of every subtask.",
        lambda s: Implies(s.gathered(), forall(subtask, lambda a: Implies(s.planned(a), s.told(a)))),
        safety=True,
    )
    m.invariant(
        "nothing_else_is_told",
        "A client is told of its own subtasks only.",
        lambda s: forall(subtask, lambda a: Implies(s.told(a), s.planned(a))),
        safety=True,
    )
    m.invariant(
        "only_what_is_planned",
        "What waits, runs or has an outcome is a subtask of the task that is under way.",
        lambda s: forall(subtask, lambda a: Implies(is_somewhere(s, a), And(s.going(), s.planned(a)))),
    )
    m.invariant("gathered_is_over", "A task of which all was told is not under way.", lambda s: Not(And(s.gathered(), s.going())))
    return m


def leaves_out_what_waits() -> Model:
    """Return the model in which a client is told of what was begun."""
    m = supervision()
    updates = m.actions["gather"].updates
    return m.with_updates("gather", lambda s, a: {**updates(s, a=a), "told": lambda b: Or(s.told(b), s.over(b), b == a)})


def drops_what_ends() -> Model:
    """Return the model in which a subtask that ends leaves no outcome."""
    m = supervision()
    updates = m.actions["end"].updates
    return m.with_updates("end", lambda s, a: {"runs": updates(s, a=a)["runs"]})


def universe(count: int) -> Universe:
    """Return the finite universe of so many subtasks."""
    return Universe({"Subtask": ("a", "b", "c", "d")[:count]}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: supervision().without_guard(action, guard)


GIVEN = (("accept",), ("give_at_once", "a"))
SUPERVISION = Proof(
    stem="supervisor",
    title="every_subtask_is_accounted_for",
    about=__doc__,
    model=supervision,
    start=universe(2),
    real=tuple(universe(count) for count in range(1, 4)),
    mutants=(
        Mutant(
            "ends_before_its_children",
            "A client is told while something runs.",
            _without("gather", "is_last"),
            universe(2),
            (*GIVEN, ("give_at_once", "b"), ("gather", "a")),
        ),
        Mutant(
            "leaves_out_what_waits",
            "A client is not told of what was never begun.",
            leaves_out_what_waits,
            universe(2),
            (*GIVEN, ("queue", "b"), ("gather", "a")),
        ),
        Mutant("drops_what_ends", "A subtask ends, and leaves no outcome.", drops_what_ends, universe(1), (*GIVEN, ("end", "a"))),
        Mutant(
            "gives_it_again",
            "A subtask that has an outcome is given out once more.",
            _without("give", "waits"),
            universe(1),
            (*GIVEN, ("end", "a"), ("give", "a")),
        ),
        Mutant(
            "tells_of_others",
            "A client is told of a subtask that is none of its task.",
            _without("gather", "runs"),
            universe(1),
            (("accept",), ("gather", "a")),
        ),
    ),
)

EVERY_SUBTASK_IS_ACCOUNTED_FOR = proved(SUPERVISION)
