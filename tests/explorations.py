"""Explorations that several tests read: each scope is explored once in a process."""

from __future__ import annotations

from functools import cache

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.report import Report
from concordant.checks.exploration.scope import Scope


@cache
def explored(scope: Scope | Family) -> Report:
    """Return what the reference explorer finds in a scope, or in a family."""
    if isinstance(scope, Family):
        return explore_family(scope)
    return explore(scope.system, reductions=scope.reductions)
