"""How fast the bridge is crossed: `python bench/bridge.py [SIZE]`, for small (the default) or medium scopes."""

from __future__ import annotations

import sys
import time

from concordant.checks.bridge import cross
from concordant.checks.registry import protocol
from concordant.proofs.consensus.paxos_synod import bridge as paxos_synod
from concordant.proofs.consensus.two_phase_commit import bridge as two_phase_commit


def main(size: str) -> None:
    """Cross every scope of a size, and print what was checked and how fast."""
    for bridge in (two_phase_commit.BRIDGE, paxos_synod.BRIDGE):
        for scope in protocol(bridge.stem).scopes:
            if scope.size.value == size:
                began = time.perf_counter()
                found = cross(bridge, scope.system, scope.reductions)
                seconds = time.perf_counter() - began
                verdict = found.problem or "every transition is a step of the proved model or a stutter"
                print(
                    f"{bridge.stem} {scope.name}: {found.transitions:,} transitions, {found.abstract_states:,} abstract states, {verdict}"
                )
                print(
                    f"    {seconds:.1f} s in all, {found.transitions / seconds:,.0f} transitions/s; exploring alone took {found.seconds:.1f} s"
                )


if __name__ == "__main__":
    main(*sys.argv[1:] or ["small"])
