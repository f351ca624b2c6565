"""Where the states of a search come from, as records."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class FieldBreakdown:
    """A field of the values of a slot, named from the outside in: how many values it took, and the size of the largest.

    In a slot for a channel, the messages of one class. `largest` is None where values have no size.
    """

    name: str
    values: int
    largest: int | None = None


@frozen
class SlotBreakdown:
    """One slot of a global state: what it holds, how many values it took in the states found, its fields, its last values."""

    name: str
    values: int
    fields: tuple[FieldBreakdown, ...] = ()
    last: tuple[str, ...] = ()


@frozen
class InputBreakdown:
    """Inputs of one kind to one process.

    `inputs`: distinct ones. `calls`: how often the handler was called, once for each local state and input. `taken`: how
    many of these calls had an effect. `leads_to`: to how many distinct local states.
    """

    process: str
    role: str
    kind: str
    inputs: int
    calls: int
    taken: int
    leads_to: int


@frozen
class Breakdown:
    """Where states come from, and where the time went. `seconds`: by phase, in order."""

    slots: tuple[SlotBreakdown, ...]
    inputs: tuple[InputBreakdown, ...]
    seconds: Mapping[str, float] = field(factory=dict)
