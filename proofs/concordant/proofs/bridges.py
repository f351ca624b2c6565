"""What ties each protocol's code to its proved model."""

from __future__ import annotations

from concordant.proofs.kernel.refinement import Bridge
from concordant.proofs.kernel.theorems import collected


def bridges() -> tuple[Bridge, ...]:
    """Find the bridges of every module of proofs, by protocol."""
    return tuple(sorted(collected(Bridge), key=lambda bridge: bridge.stem))
