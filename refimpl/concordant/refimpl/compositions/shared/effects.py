"""How what one machine does is taken by another, within one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from concordant.refimpl.machine import Step, step
from concordant.spec.vocabulary import Effect

S = TypeVar("S")


def taken(state: S, effects: tuple[Effect, ...], take: Callable[[Effect, S], Step[S]]) -> Step[S]:
    """Take each of the effects of a machine in turn, in the state that those before it have left."""
    after = step(state)
    for effect in effects:
        after = after.then(partial(take, effect))
    return after
