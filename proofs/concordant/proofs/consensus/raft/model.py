"""The model of Raft, whole, and finite instances of it."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from concordant.proofs.consensus.raft.actions import actions, words
from concordant.proofs.consensus.raft.commitments import commitments
from concordant.proofs.consensus.raft.elections import elections
from concordant.proofs.consensus.raft.logs import logs
from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model


@cache
def raft() -> Model:
    """Return the model, always the same one, so that a mutant shares all that it does not change."""
    m = Model("raft")
    w = words(m)
    actions(m, w)
    elections(m, w)
    logs(m, w)
    commitments(m, w)
    return m


def universe(nodes: int, terms: int, indices: int, values: int, *, members: int | None = None) -> Universe:
    """Return a finite universe; terms and indices are the real ones, above t0 and i0, which stand for none.

    Quorums are all sets of `members` servers, by default the smallest majorities.
    """
    chosen = tuple(combinations(range(nodes), members or nodes // 2 + 1))
    return Universe(
        {
            "Node": tuple(f"n{number}" for number in range(nodes)),
            "Quorum": tuple("".join(f"n{number}" for number in each) for each in chosen),
            "Term": tuple(f"t{number}" for number in range(terms + 1)),
            "Index": tuple(f"i{number}" for number in range(indices + 1)),
            "Value": ("x", "y", "z")[:values],
        },
        {
            "le": frozenset((low, high) for high in range(terms + 1) for low in range(high + 1)),
            "upto": frozenset((low, high) for high in range(indices + 1) for low in range(high + 1)),
            "none": 0,
            "zero": 0,
            "member": frozenset((node, number) for number, each in enumerate(chosen) for node in each),
        },
    )
