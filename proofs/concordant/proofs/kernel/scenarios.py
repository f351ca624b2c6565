"""Scenarios: a named attack must succeed on the mutant, and get stuck on the protocol."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from concordant.proofs.kernel.finite import FiniteModel, Firing, Rows

Script: TypeAlias = tuple[tuple[str, ...], ...]
"""One place per step: an action, then the names of its arguments."""


@frozen
class Played:
    """What a script led to. `stuck_at`: the first step, from 1, that is not enabled, and the guard that forbids it."""

    state: tuple[Rows, ...]
    broken: tuple[str, ...]
    stuck_at: int | None = None
    guard: str | None = None


def play(finite: FiniteModel, script: Script) -> Played:
    """Play a script from the empty state. Stops at the first step that is not enabled.

    `broken` lists the conjuncts of the invariant that are false in the last state reached.
    """
    state = finite.empty
    for number, (action, *names) in enumerate(script, start=1):
        row = Firing(action, tuple(_element(finite, action, place, name) for place, name in enumerate(names)))
        guard = finite.failing_guard(state, row)
        if guard is not None:
            return Played(state, finite.failing_invariants(state), number, guard)
        state = finite.after(state, row)
    return Played(state, finite.failing_invariants(state))


def _element(finite: FiniteModel, action: str, place: int, name: str) -> int:
    sort = str(list(finite.model.actions[action].parameters.values())[place])
    names = finite.universe.names[sort]
    if name not in names:
        raise ValueError(f"step {action} names {name!r}, but the elements of {sort} are {', '.join(names)}")
    return names.index(name)
