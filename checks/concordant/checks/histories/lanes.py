"""Operations as lanes: a row for each process, in which an operation stands from where it begins to where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from concordant.checks.semantics.canonical import text
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.vocabulary import Address

MOST = 12
"""How many operations are drawn."""


def around(stuck: Sequence[Operation], operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """Return what stands at the same time as operations that cannot be ordered, and what ended last before them; as much as can be drawn."""
    least = min(each.begins for each in stuck)
    most = max(each.begins if each.ends is None else each.ends for each in stuck)
    others = [each for each in operations if each not in stuck and each.begins <= most]
    others.sort(key=lambda each: (each.ends is not None and each.ends < least, -each.begins))
    chosen = (*stuck[:MOST], *others[: max(0, MOST - len(stuck))])
    return tuple(sorted(chosen, key=lambda each: each.begins))


def lanes(shown: Sequence[Operation], stuck: Sequence[Operation], processes: Mapping[Address, str]) -> Iterator[str]:
    """Draw operations, number them, and say below what each is; those that cannot be ordered are marked.

    An operation without an answer has no end. Columns are moments, at equal distances.
    """
    moments = sorted({moment for each in shown for moment in (each.begins, each.ends) if moment is not None})
    places = {moment: 5 * place for place, moment in enumerate(moments)}
    width = max(len(processes[each.client]) for each in shown)
    numbers = {each: number for number, each in enumerate(shown, start=1)}
    for client in dict.fromkeys(each.client for each in shown):
        row = [" "] * (5 * len(moments) + 1)
        for each in shown:
            if each.client == client:
                _draw(row, each, numbers[each], places)
        yield f"  process {processes[client]:{width}}  {''.join(row).rstrip()}"
    for each in shown:
        lines = f"lines {each.begins} to {'the end' if each.ends is None else each.ends}"
        answer = "no answer" if each.ends is None else text(each.answer)
        mark = "  ← cannot be ordered" if each in stuck else ""
        yield f"  {numbers[each]:>3}  process {processes[each.client]:{width}}  {lines:20}  {text(each.request)} → {answer}{mark}"


def _draw(row: list[str], operation: Operation, number: int, places: Mapping[int, int]) -> None:
    start = places[operation.begins]
    end = len(row) - 1 if operation.ends is None else places[operation.ends]
    row[start : end + 1] = "─" * (end + 1 - start)
    row[start], row[end] = "├", "▷" if operation.ends is None else "┤"
    label = str(number)
    row[start + 1 : start + 1 + len(label)] = label
