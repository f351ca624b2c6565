"""Pools by induction over a model of any size: any number of agents, and of units.

Assumes: who gives a unit back, or is said to have failed, uses it no more.
Not covered: the order of the queue, and that waits end. That the model is the code is not claimed here: the bridge checks it of every
step of explored scopes, the proofs of the handlers for all states of a pool of up to two units, for up to three agents.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def pool() -> Model:
    """Return the model. `granted`: what agents were told that they hold, now or before; `let_go`: who was told last that it holds nothing."""
    m = Model("resource_pool")
    agent = m.sort("Agent", "agents")
    unit = m.sort("Unit", "units")
    m.relation("holds", agent, unit)
    m.relation("waits", agent)
    m.relation("granted", agent, unit)
    m.relation("let_go", agent)

    def holds_none(s: State, a: Term) -> Term:
        return forall(unit, lambda u: Not(s.holds(a, u)))

    m.action(
        "come",
        "An agent that holds nothing waits for a unit.",
        lambda s, a: {"holds_none": holds_none(s, a)},
        lambda s, a: {"waits": add(s.waits, a), "let_go": lambda b: And(s.let_go(b), b != a)},
        a=agent,
    )
    m.action(
        "grant",
        "An agent that holds nothing gets a unit that nobody holds.",
        lambda s, a, u: {"is_free": forall(agent, lambda b: Not(s.holds(b, u))), "holds_none": holds_none(s, a)},
        lambda s, a, u: {
            "holds": add(s.holds, a, u),
            "waits": lambda b: And(s.waits(b), b != a),
            "granted": add(s.granted, a, u),
            "let_go": lambda b: And(s.let_go(b), b != a),
        },
        a=agent,
        u=unit,
    )
    m.action(
        "give_back",
        "An agent gives a unit back, or has failed.",
        lambda s, a, u: {},  # noqa: ARG005  # what it does not hold it may give back
        lambda s, a, u: {"holds": lambda b, v: And(s.holds(b, v), Not(And(b == a, v == u)))},
        a=agent,
        u=unit,
    )
    m.action(
        "leave",
        "An agent waits no more: its time has run out, its wait was cancelled, or it has failed.",
        lambda s, a: {},  # noqa: ARG005
        lambda s, a: {"waits": lambda b: And(s.waits(b), b != a)},
        a=agent,
    )
    m.action(
        "tell",
        "An agent is told that it holds nothing, and waits no more.",
        lambda s, a: {"holds_none": holds_none(s, a), "waits_no_more": Not(s.waits(a))},
        lambda s, a: {"let_go": add(s.let_go, a)},
        a=agent,
    )

    m.invariant(
        "no_unit_is_held_twice",
        "No unit is held by two agents.",
        lambda s: forall(agent, agent, unit, lambda a, b, u: Implies(And(s.holds(a, u), s.holds(b, u)), a == b)),
        safety=True,
    )
    m.invariant(
        "nobody_holds_two",
        "No agent holds two units.",
        lambda s: forall(agent, unit, unit, lambda a, u, v: Implies(And(s.holds(a, u), s.holds(a, v)), u == v)),
        safety=True,
    )
    m.invariant(
        "who_holds_waits_for_nothing",
        "No agent that holds a unit waits for another.",
        lambda s: forall(agent, unit, lambda a, u: Not(And(s.holds(a, u), s.waits(a)))),
        safety=True,
    )
    m.invariant(
        "who_holds_was_told",
        "Who holds a unit was told that it does.",
        lambda s: forall(agent, unit, lambda a, u: Implies(s.holds(a, u), s.granted(a, u))),
        safety=True,
    )
    m.invariant(
        "a_no_is_true",
        "Who was told last that it holds nothing holds nothing, and waits for nothing.",
        lambda s: forall(agent, unit, lambda a, u: Implies(s.let_go(a), Not(Or(s.holds(a, u), s.waits(a))))),
        safety=True,
    )
    return m


def grants_silently() -> Model:
    """Return the model in which an agent that gets a unit is not told."""
    m = pool()
    updates = m.actions["grant"].updates
    return m.with_updates("grant", lambda s, a, u: {name: update for name, update in updates(s, a, u).items() if name != "granted"})


def universe(agents: int, units: int) -> Universe:
    """Return the finite universe of so many agents and units."""
    return Universe({"Agent": tuple(f"a{number}" for number in range(agents)), "Unit": tuple(f"u{number}" for number in range(units))}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: pool().without_guard(action, guard)


POOL = Proof(
    stem="resource_pool",
    title="no_unit_is_held_twice",
    about=__doc__,
    model=pool,
    start=universe(2, 2),
    real=tuple(universe(agents, units) for agents in range(1, 4) for units in range(1, 4)),
    mutants=(
        Mutant(
            "checks_then_waits",
            "A unit is granted that was free when it was looked at.",
            _without("grant", "is_free"),
            universe(2, 1),
            (("grant", "a0", "u0"), ("grant", "a1", "u0")),
        ),
        Mutant(
            "grants_silently",
            "An agent that waits gets a unit, and is not told.",
            grants_silently,
            universe(1, 1),
            (("come", "a0"), ("grant", "a0", "u0")),
        ),
        Mutant(
            "says_no_to_a_holder",
            "An agent that holds a unit is told that it holds nothing.",
            _without("tell", "holds_none"),
            universe(1, 1),
            (("grant", "a0", "u0"), ("tell", "a0")),
        ),
        Mutant(
            "holds_again",
            "An agent that holds a unit gets another.",
            _without("grant", "holds_none"),
            universe(1, 2),
            (("grant", "a0", "u0"), ("grant", "a0", "u1")),
        ),
        Mutant(
            "holds_and_waits",
            "An agent that holds a unit waits for another.",
            _without("come", "holds_none"),
            universe(1, 1),
            (("grant", "a0", "u0"), ("come", "a0")),
        ),
    ),
)

NO_UNIT_IS_HELD_TWICE = proved(POOL)
