"""Prefetching by induction over a model of any size: any number of stages, any window, and a store that is changed any number of times.

Model: for any stage that has not begun may be fetched, at any time, so that a window is no more than a choice among what is allowed here;
the sequential run is another, that of fetching for the next stage alone, once none runs. What is claimed fixes on which version a
stage begins, whatever was chosen: so each has had what it would have had in sequence, where stages change the store alike.
Not covered: what is fetched, and that it has come before a stage begins; that a run ends; what failed and who is told what; the handlers
for all states, which are explored.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def prefetching() -> Model:
    """Return the model. `store`: the present version; `fetched`: for that stage, from that version; `begun`: a stage runs or ran.

    `amiss`: a stage began on a version that was not the present one.
    """
    m = Model("prefetch_execution")
    stage, version = m.sort("Stage"), m.sort("Version")
    le = m.rigid("le", stage, stage)
    total_order(m, le, stage)
    m.relation("store", version)
    m.relation("fetched", stage, version)
    for name in ("begun", "runs"):
        m.relation(name, stage)
    m.relation("amiss", stage)

    def nothing(*_: Term) -> Term:
        return z3.BoolVal(False)  # Z3's own signature

    def without(relation: Relation, i: Term) -> Relation:
        return lambda j, *v: And(relation(j, *v), j != i)

    def none_runs(s: State) -> Term:
        return forall(stage, lambda j: Not(s.runs(j)))

    m.action(
        "set_out",
        "A run begins, on the store as it is.",
        lambda s, v: {"none_is_under_way": forall(version, lambda w: Not(s.store(w)))},  # noqa: ARG005  # guards take the parameters
        lambda s, v: {"store": add(s.store, v)},
        v=version,
    )
    m.action(
        "fetch",
        "What a stage needs that has not begun is being fetched from the store as it is.",
        lambda s, i, v: {"is_present": s.store(v), "has_not_begun": Not(s.begun(i))},
        lambda s, i, v: {"fetched": add(s.fetched, i, v)},
        i=stage,
        v=version,
    )
    m.action(
        "begin",
        "The next stage begins on what was fetched for it, when the one before has ended.",
        lambda s, i, v: {
            "is_fetched": s.fetched(i, v),
            "none_runs": none_runs(s),
            "is_new": Not(s.begun(i)),
            "is_next": forall(stage, lambda j: Implies(And(le(j, i), j != i), s.begun(j))),
        },
        lambda s, i, v: {
            "begun": add(s.begun, i),
            "runs": add(s.runs, i),
            "fetched": without(s.fetched, i),
            "amiss": lambda j: Or(s.amiss(j), And(j == i, Not(s.store(v)))),
        },
        i=stage,
        v=version,
    )
    m.action(
        "end_stage",
        "A stage ends, and leaves the store as it was.",
        lambda s, i: {"runs": s.runs(i)},
        lambda s, i: {"runs": without(s.runs, i)},
        i=stage,
    )
    m.action(
        "change",
        "A stage ends that has changed the store: what was fetched from it before is discarded.",
        lambda s, i, v: {"runs": s.runs(i)},  # noqa: ARG005
        lambda s, i, v: {"runs": without(s.runs, i), "store": lambda w: w == v, "fetched": nothing},
        i=stage,
        v=version,
    )
    m.action(
        "end",
        "A run ends, as its last stage does, or fails, or is cancelled.",
        lambda s: {},  # noqa: ARG005
        lambda s: dict.fromkeys(("store", "fetched", "begun", "runs"), nothing),  # noqa: ARG005
    )

    m.invariant(
        "as_in_sequence",
        "Every stage begins on the present version of the store, which the stage before has left.",
        lambda s: forall(stage, lambda i: Not(s.amiss(i))),
        safety=True,
    )
    m.invariant(
        "in_order",
        "A stage begins after all before it.",
        lambda s: forall(stage, stage, lambda i, j: Implies(And(s.begun(i), le(j, i)), s.begun(j))),
        safety=True,
    )
    m.invariant(
        "one_after_the_other",
        "While a stage runs none has begun that comes after it, and no other runs.",
        lambda s: forall(stage, stage, lambda i, j: Implies(And(s.runs(i), s.begun(j)), And(le(j, i), Implies(s.runs(j), j == i)))),
        safety=True,
    )
    m.invariant(
        "one_version",
        "The store has one version at a time.",
        lambda s: forall(version, version, lambda v, w: Implies(And(s.store(v), s.store(w)), v == w)),
        safety=True,
    )
    m.invariant(
        "what_is_fetched_is_present",
        "What is kept was fetched from the present version of the store.",
        lambda s: forall(stage, version, lambda i, v: Implies(s.fetched(i, v), s.store(v))),
    )
    return m


def keeps(*relations: str) -> Model:
    """Return the model in which a stage that changes the store leaves what was fetched."""
    m = prefetching()
    updates = m.actions["change"].updates
    return m.with_updates("change", lambda s, i, v: {name: new for name, new in updates(s, i=i, v=v).items() if name not in relations})


def universe(stages: int = 2, versions: int = 2) -> Universe:
    """Return the finite universe of so many stages, in order, and versions."""
    names = {"Stage": tuple(f"s{number}" for number in range(stages)), "Version": tuple(f"v{number}" for number in range(versions))}
    return Universe(names, {"le": {(low, high) for high in range(stages) for low in range(high + 1)}})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: prefetching().without_guard(action, guard)


FIRST = (("set_out", "v0"), ("fetch", "s0", "v0"), ("begin", "s0", "v0"))
PREFETCHING = Proof(
    stem="prefetch_execution",
    title="as_in_sequence",
    about=__doc__,
    model=prefetching,
    start=universe(),
    real=(universe(1, 1), universe(2, 2), universe(3, 2)),
    mutants=(
        Mutant(
            "uses_what_it_has",
            "What was fetched is kept when the store is changed.",
            lambda: keeps("fetched"),
            universe(),
            (*FIRST, ("fetch", "s1", "v0"), ("change", "s0", "v1"), ("begin", "s1", "v0")),
        ),
        Mutant(
            "runs_beside",
            "A stage begins as soon as what it needs has come.",
            _without("begin", "none_runs"),
            universe(),
            (*FIRST, ("fetch", "s1", "v0"), ("begin", "s1", "v0")),
        ),
        Mutant(
            "begins_with_what_is_there",
            "The stage begins for which something has come.",
            _without("begin", "is_next"),
            universe(),
            (("set_out", "v0"), ("fetch", "s1", "v0"), ("begin", "s1", "v0")),
        ),
        Mutant(
            "sets_out_twice",
            "A run begins while another is under way, on a store of its own.",
            _without("set_out", "none_is_under_way"),
            universe(),
            (("set_out", "v0"), ("set_out", "v1")),
        ),
        Mutant(
            "fetches_what_was",
            "What a stage needs is fetched from a version that is over.",
            _without("fetch", "is_present"),
            universe(),
            (("set_out", "v1"), ("fetch", "s0", "v0"), ("begin", "s0", "v0")),
        ),
    ),
)

AS_IN_SEQUENCE = proved(PREFETCHING)
