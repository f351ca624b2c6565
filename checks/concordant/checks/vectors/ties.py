"""Ties: which outcomes a rule has if ties are broken otherwise. Rules break them by names, or by the order in which options are listed, which say nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise, permutations
from typing import Any, TypeAlias

from attrs import define, evolve, field, fields, has

from concordant.checks.mechanisms.running import RuleRaised, Running
from concordant.spec.vocabulary import Bag, Map, likeness
from concordant.spec.voting.shared.voting import Election

MOST = 6
"""Of a profile with more names no other outcome is looked for: of so many there are 720 orders."""
Names: TypeAlias = tuple[str, ...]
Orders: TypeAlias = Callable[[Names], Iterable[Names]]
Key: TypeAlias = tuple[int, ...]
"""Which of its texts something is sorted by: by the first of these, then by the next."""


@define(eq=False)
class Ties:
    """The ties of a rule. `keys`: by class and field, what lists there are sorted by in all outcomes that were seen, the longest first. Where names are exchanged, they are sorted again."""

    rule: Running
    keys: dict[tuple[type, str], list[Key]] = field(factory=dict, init=False)

    def learn(self, profiles: Iterable[object]) -> None:
        """See from outcomes, and from those where all names are in reverse order, which fields list by name."""
        for profile in profiles:
            for outcome, _ in self._outcomes(profile, _in_reverse):
                for kind, name, parts in _lists(outcome):
                    known = self.keys.get((kind, name))
                    keys = _keys(min(len(names_in(part)) for part in parts)) if known is None else known
                    self.keys[kind, name] = [key for key in keys if _is_sorted(parts, key)]

    def allowed(self, profile: object) -> tuple[object, ...]:
        """Return the outcomes that a profile may have, that of the rule first. It is the only one where no tie is broken, or where the rule raises."""
        found: dict[object, object] = {}
        for orders in (
            _in_reverse,
            permutations,
        ):  # in reverse, whatever is chosen by name is another: if that makes no difference, nothing is
            for outcome, back in self._outcomes(profile, orders):
                again = self._with_names(outcome, back)
                found.setdefault(likeness(again), again)
            if len(found) < 2:
                break
        return tuple(found.values())

    def _outcomes(self, profile: object, orders: Orders) -> Iterator[tuple[object, Mapping[str, str]]]:
        """Yield the outcome of a profile, and those with its names exchanged, each with the names that lead back; of an election, with its options listed in other orders."""
        try:
            yield self.rule(profile), {}
            if isinstance(profile, Election):
                yield from ((self.rule(evolve(profile, options=options)), {}) for options in orders(profile.options))
                return
            names = tuple(sorted({*names_in(profile)} - {""}))  # to have no name may be a flaw
            for order in orders(names) if len(names) <= MOST else ():
                there, back = dict(zip(names, order, strict=True)), dict(zip(order, names, strict=True))
                yield self.rule(self._with_names(profile, there)), back
        except RuleRaised:
            return

    def _with_names(self, value: Any, names: Mapping[str, str]) -> Any:
        """Return a value with other names. What its class lists by name is sorted by these."""
        match value:
            case str():
                return names.get(value, value)
            case Map():
                return Map.of([(self._with_names(key, names), self._with_names(entry, names)) for key, entry in value.items()])
            case Bag():
                return Bag.of(self._with_names(part, names) for part in value)
            case tuple():
                return tuple(self._with_names(part, names) for part in value)
            case frozenset():
                return frozenset(self._with_names(part, names) for part in value)
        kind = type(value)
        if not has(kind):
            return value
        parts = {part.alias: self._with_names(getattr(value, part.name), names) for part in fields(kind)}
        for part in fields(kind):
            for key in self.keys.get((kind, part.name), ())[:1]:
                parts[part.alias] = tuple(sorted(parts[part.alias], key=partial(_by, key)))
        return kind(**parts)


def _in_reverse(names: Names) -> tuple[Names, ...]:
    return (names[::-1],)


def _keys(texts: int) -> list[Key]:
    """List what may be sorted by that has so many texts, of which the first three are looked at.

    >>> _keys(2)
    [(0, 1), (1, 0), (0,), (1,)]
    """
    most = min(texts, 3)
    return [key for length in range(most, 0, -1) for key in permutations(range(most), length)]


def _is_sorted(parts: tuple[object, ...], key: Key) -> bool:
    return all(len(names_in(part)) > max(key) for part in parts) and all(_by(key, one) <= _by(key, two) for one, two in pairwise(parts))


def _by(key: Key, part: object) -> list[str]:
    names = names_in(part)
    return [names[place] for place in key]


def names_in(value: Any) -> list[str]:
    """List the texts in a value, as they stand there.

    >>> names_in(("b", 1, ("a", "b")))
    ['b', 'a', 'b']
    """
    match value:
        case str():
            return [value]
        case Map():
            return [name for pair in value.items() for name in names_in(pair)]
        case Bag() | tuple() | frozenset():
            return [name for part in value for name in names_in(part)]
        case _ if has(type(value)):
            return [name for part in fields(type(value)) for name in names_in(getattr(value, part.name))]
        case _:
            return []


def _lists(value: Any) -> Iterator[tuple[type, str, tuple[object, ...]]]:
    """Yield what records in a value list: their class, the name of the field, and what stands there, if it is more than one thing."""
    match value:
        case Map():
            yield from (each for pair in value.items() for part in pair for each in _lists(part))
        case Bag() | tuple() | frozenset():
            yield from (each for part in value for each in _lists(part))
        case _ if has(type(value)):
            for part in fields(type(value)):
                listed = getattr(value, part.name)
                if isinstance(listed, tuple) and len(listed) > 1:
                    yield type(value), part.name, listed
                yield from _lists(listed)
