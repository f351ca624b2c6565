"""Whether a theorem notices a mutant: what is proved of the code itself is proved anew, and the bridges are crossed."""

from __future__ import annotations

from collections.abc import Iterable

from concordant.checks.bridge import MOST_STATES, cross
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.scope import Scope
from concordant.checks.mutation.functions import Function, reached
from concordant.checks.registry import Protocol
from concordant.proofs.kernel.role_theorems import RoleTheorem
from concordant.proofs.kernel.theorems import Finding, Theorem

ENOUGH = Budget(states=MOST_STATES)
"""A mutant's states may have no end: in so many it leaves the model, or it does not."""


def refuted_theorem(function: Function, protocol: Protocol, explored: Iterable[object]) -> str | None:
    """Return the theorem that no longer stands while a function is changed, or the scope on which a bridge cannot be crossed."""
    for bridge in protocol.bridges:
        for scope in explored:
            if isinstance(scope, Scope) and cross(bridge, scope.system, scope.reductions, ENOUGH).problem is not None:
                return f"the bridge, on {scope.name}"
    for theorem in protocol.theorems:
        if not theorem.large and is_about(theorem, function) and not _stands(theorem):
            return theorem.id
    return None


def is_about(theorem: Theorem, function: Function) -> bool:
    """Tell whether what a theorem runs reaches a function."""
    module = function.function.__module__
    return any(each.function is function.function for each in reached([theorem], lambda name: name == module))


def _stands(theorem: Theorem) -> bool:
    try:
        # What is on record beside its sentences is of code as it was: that it is another formula breaks no promise.
        return not isinstance(theorem.judged(), Finding) if isinstance(theorem, RoleTheorem) else theorem.prove().good
    except Exception:  # noqa: BLE001  # code that fails on symbols, or that the proof refuses, is not proved
        return False
