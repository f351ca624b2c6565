"""Epochs of a hierarchy, for any number of agents, roles and reorganisations: no two ever act in one, and nothing is credited twice.

Model: a role is given to an agent in an epoch that is new; the agent acts in it, and comes to an end; its result is taken if the role was given to
nobody since. When a task ends, what its roles were is forgotten, and epochs go on.
Not covered: who has which role when, and how often that changes; that results come; the handlers for all states.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def epochs() -> Model:
    """Return the model. `given(e, r, a)`: a was given r in e; `latest(r, e, a)`: nobody was given r since, and it is not done; `taken(r, e, a)`: it is, by a in e, in this task."""
    m = Model("adaptive_hierarchy")
    epoch, role, agent = (m.sort(name) for name in ("Epoch", "Role", "Agent"))
    for name in ("given", "acts", "acted", "credited"):
        m.relation(name, epoch, role, agent)
    for name in ("latest", "taken"):
        m.relation(name, role, epoch, agent)
    _organiser(m, epoch, role, agent)
    _agents(m, epoch, role, agent)
    _invariant(m, epoch, role, agent)
    return m


def _organiser(m: Model, epoch: z3.SortRef, role: z3.SortRef, agent: z3.SortRef) -> None:
    def is_new(s: State, e: Term) -> Term:
        return forall(role, agent, lambda r, a: Not(s.given(e, r, a)))

    def is_open(s: State, r: Term) -> Term:
        return forall(epoch, agent, lambda e, a: Not(s.taken(r, e, a)))

    m.action(
        "appoint",
        "An agent is given a role that is not done, in a new epoch.",
        lambda s, e, r, a: {"new": is_new(s, e), "open": is_open(s, r)},  # noqa: ARG005  # guards take the parameters
        lambda s, e, r, a: {
            "given": add(s.given, e, r, a),
            "latest": lambda q, f, b: Or(And(q != r, s.latest(q, f, b)), And(q == r, f == e, b == a)),
        },
        e=epoch,
        r=role,
        a=agent,
    )
    m.action(
        "take",
        "The result of who was given a role last is taken, once that has come to an end.",
        lambda s, e, r, a: {"latest": s.latest(r, e, a), "acted": s.acted(e, r, a)},
        lambda s, e, r, a: {
            "credited": add(s.credited, e, r, a),
            "taken": add(s.taken, r, e, a),
            "latest": lambda q, f, b: And(q != r, s.latest(q, f, b)),
        },
        e=epoch,
        r=role,
        a=agent,
    )
    m.action(
        "end",
        "A task ends, and its roles with it.",
        lambda s: {},  # noqa: ARG005
        lambda s: {"latest": lambda r, e, a: z3.BoolVal(False), "taken": lambda r, e, a: z3.BoolVal(False)},  # noqa: ARG005
    )


def _agents(m: Model, epoch: z3.SortRef, role: z3.SortRef, agent: z3.SortRef) -> None:
    m.action(
        "take_up",
        "An agent acts in a role that it was given, and in no other any more.",
        lambda s, e, r, a: {"given": s.given(e, r, a), "once": Not(s.acted(e, r, a))},
        lambda s, e, r, a: {"acts": lambda f, q, b: Or(And(b != a, s.acts(f, q, b)), And(f == e, q == r, b == a))},
        e=epoch,
        r=role,
        a=agent,
    )
    m.action(
        "finish",
        "An agent comes to an end.",
        lambda s, e, r, a: {"acts": s.acts(e, r, a)},
        lambda s, e, r, a: {"acted": add(s.acted, e, r, a), "acts": lambda f, q, b: And(b != a, s.acts(f, q, b))},
        e=epoch,
        r=role,
        a=agent,
    )
    m.action(
        "crash",
        "An agent crashes, and acts no more.",
        lambda s, a: {},  # noqa: ARG005
        lambda s, a: {"acts": lambda f, q, b: And(b != a, s.acts(f, q, b))},
        a=agent,
    )


def _invariant(m: Model, epoch: z3.SortRef, role: z3.SortRef, agent: z3.SortRef) -> None:
    m.invariant(
        "one_in_each_epoch",
        "In an epoch one agent was given one role.",
        lambda s: forall(
            epoch, role, role, agent, agent, lambda e, r, q, a, b: Implies(And(s.given(e, r, a), s.given(e, q, b)), And(r == q, a == b))
        ),
    )
    m.invariant(
        "no_two_act_in_one_epoch",
        "Whoever acts in an epoch acts in it alone, in one role, and has not come to an end in it.",
        lambda s: forall(
            epoch,
            role,
            role,
            agent,
            agent,
            lambda e, r, q, a, b: Implies(
                And(s.acts(e, r, a), Or(s.acts(e, q, b), s.acted(e, q, b))), And(r == q, a == b, Not(s.acted(e, q, b)))
            ),
        ),
        safety=True,
    )
    m.invariant(
        "nothing_is_credited_twice",
        "In a task a role is done in one epoch, by one agent, which is credited with it.",
        lambda s: forall(
            role,
            epoch,
            epoch,
            agent,
            agent,
            lambda r, e, f, a, b: Implies(s.taken(r, e, a), And(s.credited(e, r, a), Implies(s.taken(r, f, b), And(e == f, a == b)))),
        ),
        safety=True,
    )
    m.invariant(
        "a_credit_is_true",
        "Whoever is credited with a role in an epoch has come to an end in it.",
        lambda s: forall(epoch, role, agent, lambda e, r, a: Implies(s.credited(e, r, a), s.acted(e, r, a))),
        safety=True,
    )
    m.invariant(
        "who_acts_was_given_it",
        "Whoever acts in a role, or has come to an end in it, or has it now, was given it in that epoch.",
        lambda s: forall(
            epoch, role, agent, lambda e, r, a: Implies(Or(s.acts(e, r, a), s.acted(e, r, a), s.latest(r, e, a)), s.given(e, r, a))
        ),
    )
    m.invariant(
        "what_is_given_away_is_not_done",
        "A role that somebody has now is not done.",
        lambda s: forall(role, epoch, epoch, agent, agent, lambda r, e, f, a, b: Not(And(s.latest(r, e, a), s.taken(r, f, b)))),
    )


def universe(count: int) -> Universe:
    """Return the finite universe of so many epochs and agents, and a role less."""
    return Universe(
        {"Epoch": ("1", "2", "3")[:count], "Role": ("top", "low")[: max(count - 1, 1)], "Agent": ("a", "b", "c")[:count]},
        {},
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: epochs().without_guard(action, guard)


FIRST = (("appoint", "1", "top", "a"), ("take_up", "1", "top", "a"))
SECOND = (("appoint", "2", "top", "b"), ("take_up", "2", "top", "b"))
DONE, AGAIN = ("finish", "1", "top", "a"), ("finish", "2", "top", "b")
EPOCHS = Proof(
    stem="adaptive_hierarchy",
    title="no_two_act_in_one_epoch",
    about=__doc__,
    model=epochs,
    start=universe(2),
    real=tuple(universe(count) for count in range(1, 4)),
    mutants=(
        Mutant(
            "same_epoch",
            "A role is given to another in the epoch in which the first has it.",
            _without("appoint", "new"),
            universe(2),
            (*FIRST, ("appoint", "1", "top", "b"), ("take_up", "1", "top", "b")),
        ),
        Mutant(
            "starts_over",
            "A role that is done is given away again.",
            _without("appoint", "open"),
            universe(2),
            (*FIRST, DONE, ("take", "1", "top", "a"), *SECOND, AGAIN, ("take", "2", "top", "b")),
        ),
        Mutant(
            "no_fence",
            "A result is taken of any epoch.",
            _without("take", "latest"),
            universe(2),
            (*FIRST, *SECOND, DONE, AGAIN, ("take", "1", "top", "a"), ("take", "2", "top", "b")),
        ),
        Mutant(
            "believes_at_once",
            "A result is taken before it is there.",
            _without("take", "acted"),
            universe(1),
            (*FIRST, ("take", "1", "top", "a")),
        ),
        Mutant(
            "acts_unasked",
            "An agent acts in what it was not given.",
            _without("take_up", "given"),
            universe(2),
            (*FIRST, ("take_up", "1", "top", "b")),
        ),
        Mutant(
            "acts_again",
            "An agent acts again in an epoch in which it has come to an end.",
            _without("take_up", "once"),
            universe(1),
            (*FIRST, DONE, FIRST[1]),
        ),
    ),
)

NO_TWO_ACT_IN_ONE_EPOCH = proved(EPOCHS)
