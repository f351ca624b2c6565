"""The model of strong memory, whole."""

from __future__ import annotations

from functools import cache

from concordant.proofs.kernel.models import Model
from concordant.proofs.memory.dsm_strong.actions import actions
from concordant.proofs.memory.dsm_strong.invariants import invariants
from concordant.proofs.memory.dsm_strong.words import words


@cache
def abd() -> Model:
    """Return the model, always the same one, so that a mutant shares all that it does not change."""
    m = Model("dsm_strong")
    w = words(m)
    actions(m, w)
    invariants(m, w)
    return m
