"""Subtasks: what a task is divided into, and what is wrong with such a division, whoever carries it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary import Address, Map


@frozen
class Subtask:
    """A part of a task. `needs`: the capability that its agent must have."""

    name: str
    needs: str = "any"

    def __str__(self) -> str:
        return self.name if self.needs == "any" else f"{self.name} (needs {self.needs})"


Able: TypeAlias = Map[Address, frozenset[str]]
"""What each agent can do."""


def complaints(subtasks: tuple[Subtask, ...], able: Able) -> Iterator[str]:
    """Yield everything that is wrong with a division for these agents, each in the words in which it may be rejected.

    >>> list(complaints((Subtask("a"), Subtask("a", needs="drawing")), Map.of({Address("agent"): frozenset({"any"})})))
    ['two subtasks are named a', 'two subtasks are named a', 'no agent can do a']
    """
    if not subtasks:
        yield "there is nothing to do"
    names = [subtask.name for subtask in subtasks]
    for subtask in subtasks:
        if names.count(subtask.name) != 1:
            yield f"two subtasks are named {subtask.name}"
        if all(subtask.needs not in can for can in able.values()):
            yield f"no agent can do {subtask.name}"
