"""Scopes: systems small enough to explore, with the counts that their exploration gives."""

from __future__ import annotations

from enum import Enum
from typing import Any

from attrs import field, frozen

from concordant.checks.exploration.explore import Reductions
from concordant.refimpl.machine import System


class Size(Enum):
    """When a scope is run: `small` on every `concordant check`, the others on request."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@frozen
class Counts:
    """What the exploration of a scope gives, pinned in the scope's file: a model that changes silently is noticed."""

    states: int
    transitions: int
    depth: int
    members: int = 1


@frozen(eq=False)
class Scope:
    """A system to explore. `name` is unique within its protocol; `shows` says in a sentence what it covers.

    `expected` is None while a scope is being written; a report whose counts differ is not accepted by the tests.
    """

    name: str
    shows: str
    system: System[Any]
    expected: Counts | None = None
    size: Size = field(default=Size.SMALL, kw_only=True)
    reductions: Reductions = field(default=Reductions(), kw_only=True)
