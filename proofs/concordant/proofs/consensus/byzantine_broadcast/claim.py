"""Byzantine broadcast by induction over a model of any size.

Assumes: at most f of n processes lie; the honest ones do not forget. Only they are in the model: of a quorum, and of enough that are
ready, it knows the honest members, and what liars may say of themselves limits nobody. That the honest parts of two quorums meet is
`quorums.byzantine_quorums_meet`; that one of f + 1 is honest, `quorums.f_plus_one_have_a_witness`.
Not covered: that anything is delivered; that all deliver or none, for which 2f + 1 that are ready leave f + 1 honest ones, whom
everybody hears: `quorums.two_f_plus_one_hold_f_plus_one_witnesses`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Term, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def bracha() -> Model:
    """Return the model."""
    m = Model("byzantine_broadcast")
    node, quorum, value = m.sort("Node", "honest processes"), m.sort("Quorum"), m.sort("Value")
    member, is_sender = m.rigid("member", node, quorum), m.rigid("is_sender", node)
    meet = forall(quorum, quorum, lambda p, q: exists(node, lambda n: And(member(n, p), member(n, q))))
    m.axiom("quorums_meet", "any two quorums have an honest member in common", meet)

    m.relation("told", value)
    m.relation("echo", node, value)
    m.relation("ready", node, value)
    m.relation("delivered", node, value)

    def sender_is_honest() -> Term:
        return exists(node, lambda n: is_sender(n))

    m.action(
        "broadcast",
        "The sender tells a value, one if it is honest; if it lies, what it told is not asked.",
        lambda s, v: {"once": forall(value, lambda w: Not(s.told(w)))},  # noqa: ARG005  # guards take the parameters
        lambda s, v: {"told": add(s.told, v)},
        v=value,
    )
    m.action(
        "echo",
        "A process tells what the sender told it, which may be anything if that lies.",
        lambda s, n, v: {"was_told": Or(s.told(v), Not(sender_is_honest())), "once": forall(value, lambda w: Not(s.echo(n, w)))},
        lambda s, n, v: {"echo": add(s.echo, n, v)},
        n=node,
        v=value,
    )
    m.action(
        "be_ready",
        "A process is ready for what a quorum has echoed: it heard them, or it heard f + 1 that are ready, of whom one honest one did.",
        lambda s, n, v, q: {"quorum_echoed": forall(node, lambda k: Implies(member(k, q), s.echo(k, v)))},  # noqa: ARG005
        lambda s, n, v, q: {"ready": add(s.ready, n, v)},  # noqa: ARG005  # the quorum is for the guard
        n=node,
        v=value,
        q=quorum,
    )
    m.action(
        "deliver",
        "A process delivers what 2f + 1 are ready for.",
        lambda s, n, v, w: {"witness_is_ready": s.ready(w, v)},  # noqa: ARG005  # guards take the parameters
        lambda s, n, v, w: {"delivered": add(s.delivered, n, v)},  # noqa: ARG005  # the witness is for the guard
        n=node,
        v=value,
        w=node,
    )

    m.invariant(
        "agreement",
        "No two honest processes deliver different values.",
        lambda s: forall(node, node, value, value, lambda n, k, v, w: Implies(And(s.delivered(n, v), s.delivered(k, w)), v == w)),
        safety=True,
    )
    m.invariant(
        "validity",
        "If the sender is honest, what is delivered is the one value that it told.",
        lambda s: forall(
            node,
            value,
            value,
            lambda n, v, w: Implies(And(s.delivered(n, v), sender_is_honest()), And(s.told(v), Implies(s.told(w), v == w))),
        ),
        safety=True,
    )
    m.invariant(
        "told_once",
        "An honest sender tells one value.",
        lambda s: forall(value, value, lambda v, w: Implies(And(s.told(v), s.told(w)), v == w)),
    )
    m.invariant(
        "echo_is_told",
        "What a process echoes it was told.",
        lambda s: forall(node, value, lambda n, v: Implies(And(s.echo(n, v), sender_is_honest()), s.told(v))),
    )
    m.invariant(
        "echo_once",
        "A process echoes one value.",
        lambda s: forall(node, value, value, lambda n, v, w: Implies(And(s.echo(n, v), s.echo(n, w)), v == w)),
    )
    m.invariant(
        "ready_has_quorum",
        "A quorum has echoed what somebody is ready for.",
        lambda s: forall(
            value,
            lambda v: Implies(
                exists(node, lambda n: s.ready(n, v)),
                exists(quorum, lambda q: forall(node, lambda k: Implies(member(k, q), s.echo(k, v)))),
            ),
        ),
    )
    m.invariant(
        "delivered_has_ready",
        "What is delivered somebody honest is ready for.",
        lambda s: forall(value, lambda v: Implies(exists(node, lambda n: s.delivered(n, v)), exists(node, lambda n: s.ready(n, v)))),
    )
    return m


def universe(nodes: int, values: int, *, sender: bool, members: int = 0) -> Universe:
    """Return a finite universe: processes n0 and so on, quorums their majorities or sets of `members`, values x and y. `sender`: whether n0, who is it, is honest."""
    chosen = tuple(combinations(range(nodes), members or nodes // 2 + 1))
    return Universe(
        {
            "Node": tuple(f"n{number}" for number in range(nodes)),
            "Quorum": tuple("".join(f"n{number}" for number in each) for each in chosen),
            "Value": ("x", "y")[:values],
        },
        {
            "member": frozenset((node, number) for number, each in enumerate(chosen) for node in each),
            "is_sender": frozenset({(0,)} if sender else ()),
        },
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: bracha().without_guard(action, guard)


DISAGREE = (  # n1 is in both quorums
    ("echo", "n0", "x"),
    ("echo", "n1", "x"),
    ("be_ready", "n0", "x", "n0n1"),
    ("deliver", "n0", "x", "n0"),
    ("echo", "n1", "y"),
    ("echo", "n2", "y"),
    ("be_ready", "n2", "y", "n1n2"),
    ("deliver", "n2", "y", "n2"),
)

BRACHA = Proof(
    stem="byzantine_broadcast",
    title="agreement",
    about=__doc__,
    model=bracha,
    start=universe(2, 1, sender=True),
    real=tuple(universe(nodes, 2, sender=sender) for nodes in range(1, 6) for sender in (True, False)),
    mutants=(
        Mutant(
            "echoes_twice", "A process echoes each value that it is told.", _without("echo", "once"), universe(3, 2, sender=False), DISAGREE
        ),
        Mutant(
            "ready_for_anything",
            "A process is ready for what it was told, without a quorum, or because f others are, all of whom may lie.",
            _without("be_ready", "quorum_echoed"),
            universe(2, 2, sender=False),
            (
                ("be_ready", "n0", "x", "n0n1"),
                ("deliver", "n0", "x", "n0"),
                ("be_ready", "n1", "y", "n0n1"),
                ("deliver", "n1", "y", "n1"),
            ),
        ),
        Mutant(
            "delivers_at_once",
            "A process delivers what nobody honest is ready for.",
            _without("deliver", "witness_is_ready"),
            universe(2, 2, sender=False),
            (("deliver", "n0", "x", "n0"), ("deliver", "n1", "y", "n1")),
        ),
        Mutant(
            "believes_whoever_says_so",
            "A process takes whoever says so for the sender.",
            _without("echo", "was_told"),
            universe(2, 1, sender=True),
            (("echo", "n0", "x"), ("echo", "n1", "x"), ("be_ready", "n0", "x", "n0n1"), ("deliver", "n0", "x", "n0")),
        ),
        Mutant(
            "quorums_that_miss",
            "Two quorums have only liars in common: there are three times as many processes as liars, and no more.",
            lambda: bracha().without_axiom("quorums_meet"),
            universe(2, 2, sender=False, members=1),
            (
                ("echo", "n0", "x"),
                ("be_ready", "n0", "x", "n0"),
                ("deliver", "n0", "x", "n0"),
                ("echo", "n1", "y"),
                ("be_ready", "n1", "y", "n1"),
                ("deliver", "n1", "y", "n1"),
            ),
        ),
    ),
)

AGREEMENT = proved(BRACHA)
