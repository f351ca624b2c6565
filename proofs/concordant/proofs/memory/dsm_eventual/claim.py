"""Replicated memory by induction over a model of any size: any number of nodes, keys and writes, heard in any order, and again.

Assumes: the stamps of a key are totally ordered, as `stamps` proves, and one that counts more is above one that counts less. A node
keeps what it holds through crashes.
Not covered: that versions are heard at all; the handlers for more than two keys; the counter's, `Counting`, which adds up what is written,
counts as none what is no number, and writes under the text of an address: of sums and texts there are no symbols. It is explored, for up to
two nodes.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Relation, State, Term, add, exists, forall, total_order
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def memory() -> Model:
    """Return the model. `heard`: a node has heard of the version of a key with a stamp; `holds`: it holds that; `filled`: it holds one."""
    m = Model("dsm_eventual")
    node, key = m.sort("Node"), m.sort("Key")
    stamp = m.sort("Stamp")
    le = m.rigid("le", stamp, stamp)
    total_order(m, le, stamp)
    m.relation("written", key, stamp)
    m.relation("heard", node, key, stamp)
    m.relation("holds", node, key, stamp)
    m.relation("filled", node, key)

    def puts(s: State, n: Term, k: Term, t: Term) -> dict[str, Relation]:
        """Return that a node has heard of a version, and holds it in place of another."""

        def holds(o: Term, j: Term, u: Term) -> Term:
            here = And(o == n, j == k)
            return Or(And(s.holds(o, j, u), Not(here)), And(here, u == t))

        return {"heard": add(s.heard, n, k, t), "filled": add(s.filled, n, k), "holds": holds}

    m.action(
        "write",
        "A node writes a version, with a stamp above all that it has heard of the key.",
        lambda s, n, k, t: {
            "new": Not(s.written(k, t)),
            "newest": forall(stamp, lambda u: Implies(s.heard(n, k, u), Not(le(t, u)))),
        },
        lambda s, n, k, t: {"written": add(s.written, k, t), **puts(s, n, k, t)},
        n=node,
        k=key,
        t=stamp,
    )
    m.action(
        "take",
        "A node hears of a version with a greater stamp than it holds, if it holds any, and puts it there.",
        lambda s, n, k, t: {
            "was_written": s.written(k, t),
            "newer": forall(stamp, lambda u: Implies(s.holds(n, k, u), Not(le(t, u)))),
        },
        puts,
        n=node,
        k=key,
        t=stamp,
    )
    m.action(
        "keep",
        "A node hears of a version with a stamp that is not greater than what it holds, and keeps that.",
        lambda s, n, k, t, u: {"was_written": s.written(k, t), "holds": s.holds(n, k, u), "older": le(t, u)},
        lambda s, n, k, t, u: {"heard": add(s.heard, n, k, t)},  # noqa: ARG005  # what is held stays
        n=node,
        k=key,
        t=stamp,
        u=stamp,
    )

    m.invariant(
        "convergence",
        "Two nodes of which each has heard of the version that the other holds hold the same, in whatever order they heard them.",
        lambda s: forall(
            node,
            node,
            key,
            stamp,
            stamp,
            lambda n, o, k, t, u: Implies(And(s.holds(n, k, t), s.holds(o, k, u), s.heard(n, k, u), s.heard(o, k, t)), t == u),
        ),
        safety=True,
    )
    m.invariant(
        "the_latest_wins",
        "What a node holds has the greatest stamp of all that it has heard of the key.",
        lambda s: forall(node, key, stamp, stamp, lambda n, k, t, u: Implies(And(s.holds(n, k, t), s.heard(n, k, u)), le(u, t))),
        safety=True,
    )
    m.invariant(
        "one_version",
        "A node holds one version of a key.",
        lambda s: forall(node, key, stamp, stamp, lambda n, k, t, u: Implies(And(s.holds(n, k, t), s.holds(n, k, u)), t == u)),
        safety=True,
    )
    m.invariant(
        "no_creation",
        "What a node has heard of was written.",
        lambda s: forall(node, key, stamp, lambda n, k, t: Implies(s.heard(n, k, t), s.written(k, t))),
        safety=True,
    )
    m.invariant(
        "holds_what_it_heard",
        "A node has heard of what it holds.",
        lambda s: forall(node, key, stamp, lambda n, k, t: Implies(s.holds(n, k, t), s.heard(n, k, t))),
    )
    m.invariant(
        "something_is_held",
        "A node that has heard of a version of a key holds one.",
        lambda s: forall(node, key, lambda n, k: Implies(s.filled(n, k), exists(stamp, lambda t: s.holds(n, k, t)))),
    )
    m.invariant(
        "what_was_heard_fills",
        "A node whose copy is not filled has heard of nothing.",
        lambda s: forall(node, key, stamp, lambda n, k, t: Implies(s.heard(n, k, t), s.filled(n, k))),
    )
    return m


def keeps_both() -> Model:
    """Return the model in which what a node takes does not replace what it holds."""
    return memory().with_updates(
        "take",
        lambda s, n, k, t: {"heard": add(s.heard, n, k, t), "filled": add(s.filled, n, k), "holds": add(s.holds, n, k, t)},
    )


def universe(nodes: int, keys: int, stamps: int) -> Universe:
    """Return the finite universe of so many nodes, keys and stamps, in their order."""
    names = {
        sort: tuple(f"{sort[0].lower()}{number}" for number in range(count))
        for sort, count in (("Node", nodes), ("Key", keys), ("Stamp", stamps))
    }
    return Universe(names, {"le": frozenset((low, high) for high in range(stamps) for low in range(high + 1))})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: memory().without_guard(action, guard)


MEMORY = Proof(
    stem="dsm_eventual",
    title="any_order_of_merges",
    about=__doc__,
    model=memory,
    start=universe(2, 1, 2),
    real=tuple(universe(nodes, 1, stamps) for nodes in range(1, 3) for stamps in range(1, 4)),
    mutants=(
        Mutant(
            "last_arrival_wins",
            "A node holds what it has heard last.",
            _without("take", "newer"),
            universe(2, 1, 2),
            (("write", "n0", "k0", "s0"), ("write", "n1", "k0", "s1"), ("take", "n1", "k0", "s0"), ("take", "n0", "k0", "s1")),
        ),
        Mutant(
            "keeps_both",
            "A node holds a version beside the one before it.",
            keeps_both,
            universe(2, 1, 2),
            (("write", "n0", "k0", "s0"), ("write", "n1", "k0", "s1"), ("take", "n0", "k0", "s1")),
        ),
        Mutant(
            "makes_up",
            "A node hears of a version that nobody wrote.",
            _without("take", "was_written"),
            universe(1, 1, 1),
            (("take", "n0", "k0", "s0"),),
        ),
        Mutant(
            "counts_its_own",
            "A node stamps a write by its own count, below what it has heard.",
            _without("write", "newest"),
            universe(2, 1, 2),
            (("write", "n0", "k0", "s1"), ("take", "n1", "k0", "s1"), ("write", "n1", "k0", "s0")),
        ),
        Mutant(
            "first_wins",
            "A node keeps what it holds, whatever it hears of.",
            _without("keep", "older"),
            universe(2, 1, 2),
            (("write", "n0", "k0", "s0"), ("write", "n1", "k0", "s1"), ("keep", "n0", "k0", "s1", "s0")),
        ),
    ),
)

ANY_ORDER_OF_MERGES = proved(MEMORY)
