"""Names of every kind: a rule must not care what anybody is called, but for breaking ties."""

from __future__ import annotations

from concordant.spec.vocabulary import Draw

NAMES = ("b", "A", "a", "B", "", "b10", "b9", " c")
"""Such as sort otherwise by length, without regard to case, or as numbers; an empty one; one with a blank."""


def some_names(draw: Draw, who: str, least: int, most: int) -> tuple[str, ...]:
    """Draw so many names, all different, in any order."""
    names: tuple[str, ...] = ()
    for number in range(draw.one_of(f"{who}s", range(least, most + 1))):
        names += (draw.one_of(f"{who} {number}", tuple(name for name in NAMES if name not in names)),)
    return names
