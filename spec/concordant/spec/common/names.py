"""Names of every kind: a rule must not care what anybody is called, but for breaking ties."""

from __future__ import annotations

from collections.abc import Callable

from concordant.spec.vocabulary import Draw, Open

NAMES = ("b", "A", "a", "B", "", "b10", "b9", " c")
"""Such as sort otherwise by length, without regard to case, or as numbers; an empty one; one with a blank."""
ENOUGH = 24
"""So many agents at most: a rule that goes wrong from some number of them on names that number, and there is no end of numbers."""


def some_names(draw: Draw, who: str, least: int, most: int) -> tuple[str, ...]:
    """Draw so many names, all different, in any order."""
    names: tuple[str, ...] = ()
    for number in range(draw.one_of(f"{who}s", Open(tuple(range(least, most + 1)), lambda count: count in range(most, ENOUGH + 1)))):
        free = tuple(name for name in NAMES if name not in names) or (f"{who}{number}",)
        names += (draw.one_of(f"{who} {number}", Open(free, _other_than(names))),)
    return names


def _other_than(names: tuple[str, ...]) -> Callable[[object], bool]:
    return lambda name: isinstance(name, str) and name not in names
