"""How the change of a value is told: by what it was and is, or, where that is long, by what is gone and what has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import takewhile

from attrs import frozen

from concordant.checks.semantics.canonical import changes, outline, text
from concordant.spec.vocabulary import Bag, Map

LONG = 80
"""How many signs the change of a value may take before only what differs is told: about a line of a terminal."""


@frozen
class GoneAndCome:
    """What is gone from a set, bag, map or tuple, and what has come, as texts. `where`: empty, unless that is at the front of a tuple."""

    gone: tuple[str, ...]
    come: tuple[str, ...]
    where: str = ""

    def __str__(self) -> str:
        """Return both, each with its sign."""
        signed = (f"{sign} {', '.join(parts)}" for sign, parts in (("-", self.gone), ("+", self.come)) if parts)
        return f"{', '.join(signed)}{self.where}"


def change_lines(where: str, before: object, after: object) -> Iterator[str]:
    """Tell the change of a value, a line each: where it is long, field by field of a record of one class.

    >>> list(change_lines("queue", (1,), (1, 2)))
    ['queue: (1,) → (1, 2)']
    >>> list(change_lines("seen", frozenset(range(100)), frozenset(range(2, 101))))
    ['seen: - 0, 1, + 100']
    """
    parts = changes(before, after) if len(_whole(before, after)) > LONG else ()
    if not parts or parts[0][0] == "" or "__str__" in vars(type(before)):
        yield f"{where}: {difference(before, after) or _whole(before, after)}"
    else:
        for name, old, new in parts:
            yield from change_lines(f"{where}.{name}", old, new)


def difference(before: object, after: object) -> GoneAndCome | None:
    """Return what differs between two values; None where the change is short, is told no shorter, or is in the midst of a tuple."""
    whole = _whole(before, after)
    if len(whole) <= LONG:
        return None
    told = (each for each in _differences(before, after) if each.gone or each.come)  # parts may differ though their texts do not
    return next((each for each in told if len(str(each)) < len(whole)), None)


def _whole(before: object, after: object) -> str:
    return f"{text(before)} → {text(after)}"


def _differences(before: object, after: object) -> Iterator[GoneAndCome]:
    match before, after:
        case (frozenset(), frozenset()) | (Bag(), Bag()) | (Map(), Map()):
            old, new = _parts(before), _parts(after)
            yield GoneAndCome(_less(old, new), _less(new, old)) if set(old) & set(new) else _another(old, new)
        case (tuple(), tuple()):
            old, new = _parts(before), _parts(after)
            front = _alike(old, new)
            back = _alike(old[front:][::-1], new[front:][::-1])
            if front and not back:
                yield GoneAndCome(old[front:], new[front:])
            elif back and not front:
                yield GoneAndCome(old[: len(old) - back], new[: len(new) - back], " at the front")
            elif not set(old) & set(new):
                yield _another(old, new)


def _another(old: tuple[str, ...], new: tuple[str, ...]) -> GoneAndCome:
    """Return the difference where nothing stays: of several that are gone each was told when it came."""
    return GoneAndCome((f"all {len(old)}",) if len(old) > 1 else old, new)


def _parts(value: object) -> tuple[str, ...]:
    """Return the texts of the parts of a value, in its order."""
    match value:
        case Map() | Mapping():
            return tuple(f"{text(key)}: {text(entry)}" for key, entry in value.items())
        case frozenset():
            return tuple(map(text, sorted(value, key=outline)))
        case Bag() | tuple():
            return tuple(map(text, value))
        case _:
            raise AssertionError("values with parts are sets, bags, maps and tuples")


def _less(parts: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts that are not among others, as often as they are not."""
    left = Counter(parts) - Counter(others)
    return tuple(left.elements())


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how many parts two tuples have in common at their fronts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
