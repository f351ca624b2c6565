"""Scopes of models: models small enough to explore, with the counts that their exploration gives."""

from __future__ import annotations

from attrs import field, frozen

from concordant.checks.exploration.scope import Counts, Size
from concordant.refimpl.machine import Model


@frozen(eq=False)
class ModelScope:
    """A model to explore. `name` is unique within its module; `shows` says in a sentence what it covers."""

    name: str
    shows: str
    model: Model
    expected: Counts | None = None
    size: Size = field(default=Size.SMALL, kw_only=True)
