"""What grew in a search that was stopped: where a part of the states has no bound, the search has no end."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from attrs import frozen

from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State

LAST = 3
"""How many of the last values are shown."""
MOST = 500_000
"""How many parts of states are looked at, at most: that takes a moment."""
NAMED = 3
"""How many others are named."""


@frozen
class Grown:
    """A part of the states: how many values it took, how many of them of late, and what shows the values from a place on, in order."""

    name: str
    values: int
    new: int
    shown: Callable[[int], Iterable[str]]


def growth_lines(parts: Iterable[Grown], since: str) -> tuple[str, ...]:
    """Say which part grew most, with its last values, and which others did; nothing where none grew. `since`: what *of late* means."""
    grew = sorted((part for part in parts if part.new > 0 and part.values > 1), key=lambda part: -part.new)
    if not grew:
        return ()
    first, *others = grew
    also = f"; also grew: {', '.join(part.name for part in others[:NAMED])}" if others else ""
    return (
        f"{first.name} grew most: {first.values:,} values, {first.new:,} of them in {since}{also}",
        f"its last values: {'; '.join(first.shown(max(0, first.values - LAST)))}",
    )


def told(semantics: Semantics, states: Sequence[State]) -> tuple[str, ...]:
    """Say which part of states, in the order in which they were met, took most new values in the later half; of so many that it is soon known."""
    looked_at = states[: max(2, MOST // (len(semantics.parts.addresses) + 2))]
    half = len(looked_at) // 2

    def grown(name: str, took: Sequence[Hashable]) -> Grown:
        values = tuple(dict.fromkeys(took))
        new = len(values) - len(set(took[:half]))
        return Grown(name, len(values), new, lambda first: (_text(semantics, name, value) for value in values[first:]))

    of = "the states" if len(looked_at) == len(states) else f"the first {len(looked_at):,} states"
    return growth_lines((grown(name, took) for name, took in _parts(semantics, looked_at)), f"the later half of {of}")


def _parts(semantics: Semantics, states: Sequence[State]) -> Iterator[tuple[str, Sequence[Hashable]]]:
    """Yield the parts of states by name, each with what it is in one state after the other."""
    of_each = zip(*(state.locals for state in states), strict=True)
    for address, locals_ in zip(semantics.parts.addresses, of_each, strict=False):  # of no state it is of none
        yield f"the local state of {address}", locals_
    yield "the history", [state.history for state in states]
    yield "what is in flight", [state.flight for state in states]


def _text(semantics: Semantics, name: str, value: Hashable) -> str:
    parts = semantics.parts
    if name == "the history":
        return text(parts.observations.histories[value])  # type: ignore[index]  # its number
    if name == "what is in flight":
        blocks = [parts.environment.flight.blocks[number] for number in value]  # type: ignore[attr-defined]  # numbers of blocks
        return f"{sum(len(block.messages) for block in blocks)} messages"
    process = next(place for place, address in enumerate(parts.addresses) if name.endswith(f" {address}"))
    return text(parts.steps.locals[process][value].state)  # type: ignore[index]  # its number
