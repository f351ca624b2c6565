"""What ties each protocol's code to its proved model."""

from __future__ import annotations

from concordant.proofs.kernel.refinement import Bridge
from concordant.proofs.kernel.theorems import modules


def bridges() -> tuple[Bridge, ...]:
    """Find the bridges of every module of proofs, by protocol."""
    found = {value.stem: value for module in modules() for value in vars(module).values() if isinstance(value, Bridge)}
    return tuple(found[stem] for stem in sorted(found))
