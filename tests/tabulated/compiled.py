"""Compiles the tabulated engine, so that no test does, and not each process of the tests for itself: `python -m tests.tabulated.compiled`."""

from __future__ import annotations

from concordant.checks.registry import protocol
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.walking import walk

SCOPES = (("two_phase_commit", "two_users"), ("paxos_synod", "one_acceptor"), ("paxos_synod", "one_loss"))
"""Rows of one word and of two; what is asked of states, of steps and of liveness."""


def compile_all() -> None:
    """Explore some scopes, and walk through one."""
    for stem, name in SCOPES:
        system = next(scope.system for scope in protocol(stem).scopes if scope.name == name)
        explore_tabulated(system)
        explore_tabulated(system, workers=2)
        walk(system, walks=2, moves=5)


if __name__ == "__main__":
    compile_all()
