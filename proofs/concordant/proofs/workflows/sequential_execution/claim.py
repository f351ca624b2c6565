"""Sequences by induction over a model of any size: any number of stages, one sequence after another, whatever stages return.

Model: the context, the copy on which a sequence works, and what its stages have returned; all of that comes to count, or nothing.
Not covered: the order of stages, and which of them begin; that a sequence ends; the handlers for all states. A sequencer says in words
what is wrong with a sequence, by the names of its stages, and of texts there are no symbols.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def sequences() -> Model:
    """Return the model. `counts`: complete sequences have returned it; `returned`: this one has; `sees`: what the stage that runs was shown.

    `read`: somebody else was ever shown that.
    """
    m = Model("sequential_execution")
    stage, result = m.sort("Stage"), m.sort("Result")
    for name in ("context", "copy", "sees", "counts", "returned", "read"):
        m.relation(name, stage, result)
    m.relation("running", stage)

    def nothing(*_: Term) -> Term:
        return z3.BoolVal(False)  # Z3's own signature

    def nothing_runs(s: State) -> Term:
        return forall(stage, lambda a: Not(s.running(a)))

    def with_returned(s: State) -> Relation:
        return lambda a, v: Or(s.counts(a, v), s.returned(a, v))

    m.action(
        "begin",
        "A stage begins, and is shown the copy.",
        lambda s, a: {"nothing_runs": nothing_runs(s)},  # noqa: ARG005  # guards take the parameters
        lambda s, a: {"running": add(s.running, a), "sees": s.copy},
        a=stage,
    )
    m.action(
        "succeed",
        "A stage ends, and what it returns is put into the copy, which has nothing of its name.",
        lambda s, a, v: {"runs": s.running(a), "is_new": forall(result, lambda w: Not(s.copy(a, w)))},  # noqa: ARG005
        lambda s, a, v: {"running": nothing, "returned": add(s.returned, a, v), "copy": add(s.copy, a, v)},
        a=stage,
        v=result,
    )
    m.action(
        "complete",
        "All that was returned comes to count, and the copy is the context.",
        lambda s: {"nothing_runs": nothing_runs(s)},
        lambda s: {"context": s.copy, "counts": with_returned(s), "returned": nothing},
    )
    m.action(
        "undo",
        "A stage has failed, or the run was cancelled: the copy is given up.",
        lambda s: {},  # noqa: ARG005
        lambda s: {"running": nothing, "returned": nothing, "copy": s.context},
    )

    m.action(
        "tell",
        "Somebody reads the context.",
        lambda s: {},  # noqa: ARG005
        lambda s: {"read": lambda a, v: Or(s.read(a, v), s.context(a, v))},
    )

    m.invariant(
        "a_context_is_a_fold",
        "The context is what the stages of complete sequences have returned: all of it, and nothing else.",
        lambda s: forall(stage, result, lambda a, v: s.context(a, v) == s.counts(a, v)),
        safety=True,
    )
    m.invariant(
        "a_copy_is_a_fold",
        "The copy is the context with what the stages of this sequence have returned by now.",
        lambda s: forall(stage, result, lambda a, v: s.copy(a, v) == Or(s.context(a, v), s.returned(a, v))),
        safety=True,
    )
    m.invariant(
        "each_sees_what_went_before",
        "A stage that runs was shown the context and what those before it have returned.",
        lambda s: forall(
            stage, stage, result, lambda a, b, v: Implies(s.running(a), s.sees(b, v) == Or(s.context(b, v), s.returned(b, v)))
        ),
        safety=True,
    )
    m.invariant(
        "nothing_is_overwritten",
        "Of each stage there is one result.",
        lambda s: forall(stage, result, result, lambda a, v, w: Implies(And(s.copy(a, v), s.copy(a, w)), v == w)),
        safety=True,
    )
    m.invariant(
        "nobody_reads_a_part",
        "What anybody was ever shown besides has come to count.",
        lambda s: forall(stage, result, lambda a, v: Implies(s.read(a, v), s.counts(a, v))),
        safety=True,
    )
    m.invariant(
        "one_at_a_time",
        "One stage runs at a time.",
        lambda s: forall(stage, stage, lambda a, b: Implies(And(s.running(a), s.running(b)), a == b)),
        safety=True,
    )
    return m


def changed(action: str, relation: str, to: str) -> Model:
    """Return the model in which an action makes one relation what another is."""
    m = sequences()
    updates = m.actions[action].updates
    return m.with_updates(action, lambda s, **given: {**updates(s, **given), relation: getattr(s, to)})


def in_place() -> Model:
    """Return the model in which what a stage returns is in the context at once."""
    m = sequences()
    updates = m.actions["succeed"].updates
    return m.with_updates("succeed", lambda s, a, v: {**updates(s, a=a, v=v), "context": add(s.context, a, v)})


def universe(stages: int, results: int) -> Universe:
    """Return the finite universe of so many stages and results."""
    return Universe({"Stage": ("a", "b", "c")[:stages], "Result": tuple(f"r{number}" for number in range(results))}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: sequences().without_guard(action, guard)


A_SUCCEEDS = (("begin", "a"), ("succeed", "a", "r0"))
SEQUENCES = Proof(
    stem="sequential_execution",
    title="a_context_is_a_fold",
    about=__doc__,
    model=sequences,
    start=universe(2, 1),
    real=tuple(universe(stages, results) for stages in range(1, 4) for results in range(1, 3)),
    mutants=(
        Mutant(
            "updates_in_place",
            "What a stage returns is put into the context at once.",
            in_place,
            universe(1, 1),
            A_SUCCEEDS,
        ),
        Mutant(
            "keeps_what_was_done",
            "What was returned before a failure counts.",
            lambda: changed("undo", "context", "copy"),
            universe(1, 1),
            (*A_SUCCEEDS, ("undo",)),
        ),
        Mutant(
            "shows_the_context_alone",
            "A stage is shown the context, and not what those before it have returned.",
            lambda: changed("begin", "sees", "context"),
            universe(2, 1),
            (*A_SUCCEEDS, ("begin", "b")),
        ),
        Mutant(
            "reads_the_copy",
            "Somebody else reads what is being worked on.",
            lambda: changed("tell", "read", "copy"),
            universe(1, 1),
            (*A_SUCCEEDS, ("tell",)),
        ),
        Mutant(
            "begins_beside",
            "A stage begins while another runs.",
            _without("begin", "nothing_runs"),
            universe(2, 1),
            (("begin", "a"), ("begin", "b")),
        ),
        Mutant(
            "overwrites",
            "A stage may return something under a name that is taken.",
            _without("succeed", "is_new"),
            universe(1, 2),
            (*A_SUCCEEDS, ("begin", "a"), ("succeed", "a", "r1")),
        ),
    ),
)


A_CONTEXT_IS_A_FOLD = proved(SEQUENCES)
