"""Two-phase commit by induction over a model of any size.

Assumes: logs survive crashes, so that a crash changes nothing that the model speaks of; nobody lies.
Not covered: that a decision is ever reached, which fails when the coordinator stops; timing.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, add, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def commit() -> Model:
    """Return the model."""
    m = Model("two_phase_commit")
    node = m.sort("Node", "participants")
    for name in ("prepared", "refused", "committed", "aborted"):
        m.relation(name, node)
    m.relation("commit_logged")
    m.relation("abort_logged")

    m.action(
        "prepare",
        "A participant logs that it can commit.",
        lambda s, n: {"not_refused": Not(s.refused(n)), "not_aborted": Not(s.aborted(n))},
        lambda s, n: {"prepared": add(s.prepared, n)},
        n=node,
    )
    m.action(
        "refuse",
        "A participant aborts by itself.",
        lambda s, n: {"not_prepared": Not(s.prepared(n))},
        lambda s, n: {"refused": add(s.refused, n), "aborted": add(s.aborted, n)},
        n=node,
    )
    m.action(
        "log_commit",
        "The coordinator decides to commit.",
        lambda s: {"all_prepared": forall(node, lambda n: s.prepared(n)), "not_aborted": Not(s.abort_logged())},
        lambda s: {"commit_logged": add(s.commit_logged)},
    )
    m.action(
        "log_abort",
        "The coordinator decides to abort.",
        lambda s: {"not_committed": Not(s.commit_logged())},
        lambda s: {"abort_logged": add(s.abort_logged)},
    )
    m.action(
        "commit",
        "A participant is told to commit.",
        lambda s, n: {"commit_logged": s.commit_logged()},  # noqa: ARG005  # guards take the parameters
        lambda s, n: {"committed": add(s.committed, n)},
        n=node,
    )
    m.action(
        "abort",
        "A participant is told to abort.",
        lambda s, n: {"abort_logged": s.abort_logged()},  # noqa: ARG005  # guards take the parameters
        lambda s, n: {"aborted": add(s.aborted, n)},
        n=node,
    )

    m.invariant(
        "agreement",
        "Nobody has committed while another has aborted.",
        lambda s: forall(node, node, lambda n, k: Not(And(s.committed(n), s.aborted(k)))),
        safety=True,
    )
    m.invariant(
        "a_commit_needs_every_vote",
        "A commit is logged only when all are prepared.",
        lambda s: Implies(s.commit_logged(), forall(node, lambda n: s.prepared(n))),
        safety=True,
    )
    m.invariant(
        "one_decision",
        "The coordinator logs one decision.",
        lambda s: Not(And(s.commit_logged(), s.abort_logged())),
    )
    m.invariant(
        "commits_are_logged",
        "Who has committed was told so.",
        lambda s: forall(node, lambda n: Implies(s.committed(n), s.commit_logged())),
    )
    m.invariant(
        "aborts_have_a_reason",
        "Who has aborted was told so, or has refused.",
        lambda s: forall(node, lambda n: Implies(s.aborted(n), Or(s.abort_logged(), s.refused(n)))),
    )
    m.invariant(
        "who_refused_is_not_prepared",
        "A participant that refused cannot be among the votes of a commit.",
        lambda s: forall(node, lambda n: Not(And(s.refused(n), s.prepared(n)))),
    )
    return m


def universe(nodes: int) -> Universe:
    """Return the finite universe of so many participants."""
    return Universe({"Node": tuple(f"n{number}" for number in range(nodes))}, {})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: commit().without_guard(action, guard)


ALL_PREPARED = (("prepare", "n0"), ("prepare", "n1"), ("log_commit",), ("commit", "n0"))

COMMIT = Proof(
    stem="two_phase_commit",
    title="agreement",
    about=__doc__,
    model=commit,
    start=universe(2),
    real=tuple(universe(nodes) for nodes in range(1, 5)),
    mutants=(
        Mutant(
            "decides_alone",
            "A participant that is prepared aborts by itself.",
            _without("refuse", "not_prepared"),
            universe(2),
            (*ALL_PREPARED, ("refuse", "n1")),
        ),
        Mutant(
            "some_votes",
            "The coordinator commits before all are prepared.",
            _without("log_commit", "all_prepared"),
            universe(2),
            (("prepare", "n0"), ("refuse", "n1"), ("log_commit",), ("commit", "n0")),
        ),
        Mutant(
            "changes_its_mind",
            "The coordinator aborts what it has committed.",
            _without("log_abort", "not_committed"),
            universe(2),
            (*ALL_PREPARED, ("log_abort",), ("abort", "n1")),
        ),
        Mutant(
            "prepares_after_all",
            "A participant that has refused prepares all the same.",
            lambda: commit().without_guard("prepare", "not_refused").without_guard("prepare", "not_aborted"),
            universe(2),
            (("refuse", "n1"), ("prepare", "n0"), ("prepare", "n1"), ("log_commit",), ("commit", "n0")),
        ),
    ),
)

AGREEMENT = proved(COMMIT)
