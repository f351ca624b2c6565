"""Where the states of a scope come from, for a person in a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import asdict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from concordant.checks.exploration.breakdown import Breakdown, FieldBreakdown, InputBreakdown

MOST = 12
"""How many lines a table has, those with the largest numbers."""
FIELDS = 6


def print_breakdown(console: Console, scope: str, breakdown: Breakdown) -> None:
    """Print what multiplies the states: parts of a state with their fields, inputs by role, and time by phase."""
    console.print(Text.assemble("  where the states of ", (scope, "bold"), " come from"))
    table = _table(("part of a state", "left"), ("values", "right"), ("fields with their values", "left"))
    for slot in breakdown.slots[:MOST]:
        table.add_row(f"    {slot.name}", f"{slot.values:,}", ", ".join(_field_text(each) for each in _most(slot.fields)))
    console.print(table)
    for line in _left_out([slot.values for slot in breakdown.slots[MOST:]], "values"):
        console.print(line)
    table = _table(
        ("handler calls", "left"), ("inputs", "right"), ("calls", "right"), ("with effect", "right"), ("lead to local states", "right")
    )
    for name, (inputs, calls, taken, leads_to) in _by_role(breakdown.inputs):
        table.add_row(f"    {name}", *(f"{number:,}" for number in (inputs, calls, taken, leads_to)))
    console.print(table)
    shares = ", ".join(f"{phase} {seconds:.2f} s" for phase, seconds in breakdown.seconds.items())
    console.print(f"    time: {shares}\n", soft_wrap=True)


def _table(*columns: tuple[str, str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for number, (heading, justify) in enumerate(columns):
        table.add_column(heading if number else f"    {heading}", justify=justify, no_wrap=justify == "right" or not number)  # type: ignore[arg-type]  # rich spells out the words
    return table


def _most(fields: Iterable[FieldBreakdown]) -> list[FieldBreakdown]:
    return sorted(fields, key=lambda each: -each.values)[:FIELDS]


def _field_text(part: FieldBreakdown) -> str:
    size = "" if part.largest is None else f" (size up to {part.largest})"
    return f"{part.name} {part.values:,}{size}"


def _left_out(numbers: list[int], what: str) -> Iterator[str]:
    if numbers:
        yield f"    and {len(numbers)} more, of at most {max(numbers):,} {what}"


def _by_role(inputs: Iterable[InputBreakdown]) -> list[tuple[str, tuple[int, int, int, int]]]:
    sums: dict[str, tuple[int, int, int, int]] = {}
    for each in inputs:
        name = f"{each.role} {each.kind}"
        before = sums.get(name, (0, 0, 0, 0))
        sums[name] = (
            before[0] + each.inputs,
            before[1] + each.calls,
            before[2] + each.taken,
            before[3] + each.leads_to,
        )
    return sorted(sums.items(), key=lambda item: (-item[1][3], -item[1][1]))[:MOST]


def breakdown_as_json(breakdown: Breakdown | None) -> dict[str, Any] | None:
    """Return a breakdown as JSON values, whole."""
    if breakdown is None:
        return None
    values = asdict(breakdown)
    values["seconds"] = {phase: round(seconds, 3) for phase, seconds in breakdown.seconds.items()}
    return values
