"""What grew in a search that was stopped: where a part of the states has no bound, the search has no end."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from time import process_time

from attrs import frozen

from concordant.checks.exploration.budget import LITTLE
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State

LAST = 3
"""How many of the last values are shown."""
SOME = 20
"""How many states are looked at to find out how long that takes, at most."""
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
    looked_at = states[: _soon_seen(semantics, states)]
    half = len(looked_at) // 2
    seen: dict[str, dict[Hashable, None]] = {}
    before: dict[str, int] = {}
    for place, state in enumerate(looked_at):
        if place == half:
            before = {name: len(values) for name, values in seen.items()}
        for name, value in _parts(semantics, state):
            seen.setdefault(name, {})[value] = None

    def grown(name: str, values: Sequence[Hashable]) -> Grown:
        return Grown(
            name, len(values), len(values) - before.get(name, 0), lambda first: (_text(semantics, name, value) for value in values[first:])
        )

    of = "the states" if len(looked_at) == len(states) else f"the first {len(looked_at):,} states"
    return growth_lines((grown(name, tuple(values)) for name, values in seen.items()), f"the later half of {of}")


def _soon_seen(semantics: Semantics, states: Sequence[State]) -> int:
    """Return of how many states the parts are seen in half of a little while, since they are also kept; two of them can be compared.

    By the one of the first that took least, since the machine may be busy.
    """
    began, quickest = process_time(), LITTLE
    for state in states[:SOME]:
        since = process_time()
        for _ in _parts(semantics, state):
            pass
        now = process_time()
        quickest = min(quickest, now - since)
        if now - began > LITTLE / 4:
            break
    return max(2, int(LITTLE / 2 / max(1e-6, quickest)))


def _parts(semantics: Semantics, state: State) -> Iterator[tuple[str, Hashable]]:
    for address, local in zip(semantics.parts.addresses, state.locals, strict=True):
        yield f"the local state of {address}", local
    yield "the history", state.history
    yield "what is in flight", state.flight


def _text(semantics: Semantics, name: str, value: Hashable) -> str:
    parts = semantics.parts
    if name == "the history":
        return text(parts.observations.histories[value])  # type: ignore[index]  # its number
    if name == "what is in flight":
        blocks = [parts.environment.flight.blocks[number] for number in value]  # type: ignore[attr-defined]  # numbers of blocks
        return f"{sum(len(block.messages) for block in blocks)} messages"
    process = next(place for place, address in enumerate(parts.addresses) if name.endswith(f" {address}"))
    return text(parts.steps.locals[process][value].state)  # type: ignore[index]  # its number
