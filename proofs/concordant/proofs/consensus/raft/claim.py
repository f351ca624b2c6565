"""Raft by induction over a model of any size.

Assumes: what a server has voted and its term are never forgotten; nobody lies; the servers are fixed.
Model: what servers have said stays said, since messages may be lost, duplicated and late; of a state, what an election needs.
Not covered: that anybody is ever elected. That the model is the code is not claimed here: the bridge checks it of every step of explored
scopes.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from concordant.proofs.consensus.raft.elections import elections, without
from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof


def raft() -> Model:
    """Return the model."""
    m = Model("raft")
    elections(m)
    return m


def universe(nodes: int, terms: int, *, members: int | None = None) -> Universe:
    """Return a finite universe: servers n0 and so on, terms t0 and so on. Quorums are all sets of `members` servers, by default majorities."""
    chosen = tuple(combinations(range(nodes), members or nodes // 2 + 1))
    return Universe(
        {
            "Node": tuple(f"n{number}" for number in range(nodes)),
            "Quorum": tuple("".join(f"n{number}" for number in each) for each in chosen),
            "Term": tuple(f"t{number}" for number in range(terms)),
        },
        {
            "member": frozenset((node, number) for number, each in enumerate(chosen) for node in each),
            "le": frozenset((low, high) for high in range(terms) for low in range(high + 1)),
        },
    )


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: raft().without_guard(action, guard)


def forgets_its_vote() -> Model:
    """Return the model in which a server that crashes comes back without its vote."""
    m = raft()
    updates = m.actions["enter"].updates
    return m.with_updates("enter", lambda s, n, t: {**updates(s, n, t), "vote": without(s.vote, n)})


N0_LEADS = (("stand", "n0", "t0", "t1"), ("enter", "n1", "t1"), ("vote", "n1", "t1", "n0"), ("elect", "n0", "t1", "n0n1"))
N2_LEADS = (("stand", "n2", "t0", "t1"), ("vote", "n1", "t1", "n2"), ("elect", "n2", "t1", "n1n2"))

RAFT = Proof(
    stem="raft",
    title="election_safety",
    about=__doc__,
    model=raft,
    start=universe(2, 2),
    real=tuple(universe(nodes, 3) for nodes in range(1, 8)),
    mutants=(
        Mutant(
            "votes_twice",
            "A server votes for everybody who asks.",
            _without("vote", "not_voted"),
            universe(3, 2),
            (*N0_LEADS, *N2_LEADS),
        ),
        Mutant(
            "votes_ahead",
            "A server votes in a term that it does not enter.",
            _without("vote", "in_term"),
            universe(3, 2),
            (
                ("stand", "n0", "t0", "t1"),
                ("vote", "n1", "t1", "n0"),
                ("elect", "n0", "t1", "n0n1"),
                ("stand", "n1", "t0", "t1"),
                ("enter", "n2", "t1"),
                ("vote", "n2", "t1", "n1"),
                ("elect", "n1", "t1", "n1n2"),
            ),
        ),
        Mutant(
            "forgets_its_vote",
            "A server that crashes comes back without its vote.",
            forgets_its_vote,
            universe(3, 2),
            (*N0_LEADS, ("enter", "n1", "t1"), *N2_LEADS),
        ),
        Mutant(
            "elects_itself",
            "A candidate leads without waiting for votes.",
            _without("elect", "quorum_voted"),
            universe(2, 2),
            (("stand", "n0", "t0", "t1"), ("elect", "n0", "t1", "n0n1"), ("stand", "n1", "t0", "t1"), ("elect", "n1", "t1", "n0n1")),
        ),
        Mutant(
            "quorums_that_miss",
            "Two quorums need not have a member in common.",
            lambda: raft().without_axiom("quorums_meet"),
            universe(2, 2, members=1),
            (("stand", "n0", "t0", "t1"), ("elect", "n0", "t1", "n0"), ("stand", "n1", "t0", "t1"), ("elect", "n1", "t1", "n1")),
        ),
    ),
)

ELECTION_SAFETY = proved(RAFT)
