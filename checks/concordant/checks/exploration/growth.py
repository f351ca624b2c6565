"""What grew in a search that was stopped: where a part of the states has no bound, the search has no end."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State

LAST = 3
"""How many of the last values are shown."""
NAMED = 3
"""How many others are named."""


def told(semantics: Semantics, states: Sequence[State]) -> tuple[str, ...]:
    """Say which part of states, in the order in which they were met, took most new values in the later half; nothing where none did."""
    half = len(states) // 2
    seen: dict[str, dict[Hashable, None]] = {}
    for state in states[:half]:
        for name, value in _parts(semantics, state):
            seen.setdefault(name, {})[value] = None
    before = {name: len(values) for name, values in seen.items()}
    for state in states[half:]:
        for name, value in _parts(semantics, state):
            seen.setdefault(name, {})[value] = None
    grew = {name: len(values) - before.get(name, 0) for name, values in seen.items()}
    first, *others = sorted((name for name, more in grew.items() if more), key=lambda name: -grew[name]) or ("",)
    if not first:
        return ()
    last = "; ".join(_text(semantics, first, value) for value in list(seen[first])[-LAST:])
    also = f"; also grew: {', '.join(others[:NAMED])}" if others else ""
    return (
        f"{first} grew most: {len(seen[first]):,} values, {grew[first]:,} of them in the later half of the states{also}",
        f"its last values: {last}",
    )


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
