"""Compiles the tabulated engine, so that no test does, and not each process of the tests for itself: `python -m tests.tabulated.compiled`."""

from __future__ import annotations

from concordant.checks.registry import protocol
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.walking import walk

SCOPES = (("two_phase_commit", "two_users"), ("paxos_synod", "one_acceptor"))
"""What is asked of states, of steps and of liveness; whatever makes rows grow."""
WIDTHS = (1, 2)
"""For each number of words in a row, code is compiled anew: most systems of the tests need one, those that are tuned to it two."""


def compile_all() -> None:
    """Explore some scopes, by rows of each width, and walk through one."""
    for stem, name in SCOPES:
        scope = next(scope for scope in protocol(stem).scopes if scope.name == name)
        for words in WIDTHS:
            for workers in (1, 2):
                explore_tabulated(scope.system, workers=workers, tuning=Tuning(words=words), breakdown=workers == 1)
        walk(scope.system, walks=2, moves=5)


if __name__ == "__main__":
    compile_all()
