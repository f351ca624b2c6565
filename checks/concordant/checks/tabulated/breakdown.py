"""Counting where the states of a search come from: by slot, by field, by input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from attrs import fields, has
from numpy.typing import NDArray

from concordant.checks.exploration.breakdown import FieldBreakdown, InputBreakdown, SlotBreakdown
from concordant.checks.semantics.canonical import text
from concordant.checks.tabulated.numbers import EMPTY_CHANNEL, Numbers
from concordant.checks.tabulated.space import Space
from concordant.refimpl.machine import Ask, Cancel, Fire, Forge, Handled, Receive, Recover, SetBack, Suspect, Tick, Trust
from concordant.spec.vocabulary import Address, Bag, Map

ROWS: Final = 1 << 20
"""How many rows are looked at together."""
NESTED: Final = 2
"""How deep fields of fields are counted."""
LONGEST_TEXT: Final = 120
LAST: Final = 3


def slots(space: Space) -> tuple[SlotBreakdown, ...]:
    """Break down every slot that took more than one value in the states found, by the number of values."""
    numbers = space.numbers
    found: list[SlotBreakdown] = []
    for slot, taken in enumerate(_taken(space)):
        if len(taken) > 1:
            held = [value_in(numbers, slot, number) for number in taken]
            last = tuple(value_text(numbers, slot, number) for number in taken[-LAST:])
            parts = _messages(held) if slot >= numbers.first_channel else _fields(held, "", NESTED)
            found.append(SlotBreakdown(numbers.slot_name(slot), len(taken), tuple(parts), last))
    return tuple(sorted(found, key=lambda each: -each.values))


def _taken(space: Space) -> Iterator[list[int]]:
    """Yield, by slot, the numbers that it holds in some state."""
    placing, sizes = space.placing, list(space.numbers.sizes())
    seen: list[NDArray[np.bool_]] = [np.zeros(1 << bits, np.bool_) for bits in placing.bits]
    for flat, _ in space.states.parts():
        rows = flat.reshape(-1, placing.width)
        for low in range(0, len(rows), ROWS):
            part = rows[low : low + ROWS]
            for slot, met in enumerate(seen):
                if sizes[slot] > 1:
                    shifted = part[:, placing.words[slot]] >> np.uint64(placing.shifts[slot])
                    met[shifted & np.uint64((1 << placing.bits[slot]) - 1)] = True
    for met in seen:
        yield np.flatnonzero(met).tolist()


def value_in(numbers: Numbers, slot: int, number: int) -> Any:
    """Return the value for which a number in a slot stands; of a channel, the messages."""
    parts = numbers.semantics.parts
    if slot < numbers.processes:
        return parts.steps.locals[slot][number].state
    if slot < numbers.history:
        return numbers.user_states[slot - numbers.processes][number]
    if slot == numbers.history:
        return parts.observations.histories[number]
    if slot == numbers.clocks:
        return numbers.dials[number]
    if slot < numbers.first_channel:
        return number
    block = numbers.channels[slot - numbers.first_channel].contents[number]
    messages = () if block == EMPTY_CHANNEL else parts.environment.flight.blocks[block].messages
    return tuple(parts.environment.flight.messages[message][1] for message in messages)


def value_text(numbers: Numbers, slot: int, number: int) -> str:
    """Show a value; of a long one, as much as fits into a line."""
    value = value_in(numbers, slot, number)
    if numbers.processes <= slot < numbers.history:
        place, calls = value
        value = (place, tuple(numbers.semantics.parts.addresses[process] for process in calls))
    shown = text(value)
    return shown if len(shown) <= LONGEST_TEXT else f"{shown[: LONGEST_TEXT - 1]}…"


def _fields(values: list[Any], prefix: str, deep: int) -> Iterator[FieldBreakdown]:
    kinds = [kind for kind in dict.fromkeys(map(type, values)) if _is_record(kind)]
    for kind in kinds:
        own = [value for value in values if type(value) is kind]
        name = prefix
        if len(kinds) > 1:
            name = f"{prefix}{kind.__name__}"
            yield FieldBreakdown(name, len(own))
            name += "."
        for part in fields(kind):
            distinct = list(dict.fromkeys(getattr(value, part.name) for value in own))
            if len(distinct) > 1:
                yield FieldBreakdown(f"{name}{part.name}", len(distinct), _largest(distinct))
                if deep > 1:
                    yield from _fields(distinct, f"{name}{part.name}.", deep - 1)


def _is_record(kind: type) -> bool:
    return has(kind) and not issubclass(kind, Address | Map | Bag)


def _largest(values: Iterable[Any]) -> int | None:
    sizes = [len(value) for value in values if isinstance(value, tuple | frozenset | Map | Bag)]
    return max(sizes, default=None)


def _messages(contents: list[tuple[Any, ...]]) -> Iterator[FieldBreakdown]:
    carried = dict.fromkeys(message for content in contents for message in content)
    for kind in dict.fromkeys(map(type, carried)):
        most = max(sum(type(message) is kind for message in content) for content in contents)
        yield FieldBreakdown(kind.__name__, sum(type(message) is kind for message in carried), most)


def inputs(numbers: Numbers) -> tuple[InputBreakdown, ...]:
    """Break down the inputs of every process by kind, by the number of local states to which they led."""
    parts = numbers.semantics.parts
    calls: dict[tuple[int, str], list[tuple[Handled, int | None]]] = {}
    for (process, _, move), row in parts.steps.rows():
        calls.setdefault((process, _kind(move)), []).append((move, None if row is None else row.local))
    found = [
        InputBreakdown(
            str(parts.addresses[process]),
            parts.addresses[process].role,
            kind,
            len({move for move, _ in made}),
            len(made),
            sum(after is not None for _, after in made),
            len({after for _, after in made if after is not None}),
        )
        for (process, kind), made in calls.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.leads_to, -each.calls)))


def _kind(move: Handled) -> str:
    match move:
        case Receive(message=item):
            return f"receives {type(item).__name__}"
        case Forge(message=item):
            return f"is sent a forged {type(item).__name__}"
        case Ask(request=item):
            return f"is asked {type(item).__name__}"
        case Fire(trigger=item):
            return f"fires {type(item).__name__}"
        case Cancel():
            return "hears a cancellation"
        case Suspect():
            return "suspects"
        case Trust():
            return "trusts"
        case Tick() | SetBack():
            return "reads its clock"
        case Recover():
            return "recovers"
