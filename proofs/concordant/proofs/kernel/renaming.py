"""Whether a theorem by running depends on what those in its profiles are called: symbols stand for amounts, and for no name.

Profiles of a proof have a few names, mostly of one length and in the order of the alphabet. A rule that breaks ties by the order in which
bids came, or by the length of a name, is there the same as one that breaks them by name, on every path. So a clause that is proved is
judged besides on small profiles whose names are others. That proves nothing of all names; `concordant check` draws more of them.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import Factory, define, evolve, fields, has

from concordant.proofs.kernel.reach import is_of_the_run, parts, reached
from concordant.proofs.kernel.theorems import Finding, ProofStatus
from concordant.refimpl.machine import AnyMechanism
from concordant.spec.vocabulary import REFUTING, Address, Amount, Bag, Case, Map, Recorded, RuleClause
from concordant.spec.vocabulary.draws import Draw

V = TypeVar("V")

TIMES = 40
"""So many small profiles are drawn."""
SMALL: tuple[Amount, ...] = (0, 1, 1, 2)
"""Amounts of which many are equal, since among equals much depends on names."""
OTHERS = ("b", "Ann", "mmmmmmmmmmmm", "10", "9", "aa", " c", "B", "ß", "a", "zzz", "_")
"""Names of several lengths, in capitals, of digits, with a blank."""


@define(eq=False)
class _AtRandom:
    """Draws small amounts, and any option."""

    chance: random.Random
    drawn: dict[str, object] = Factory(dict)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        self.drawn[name] = amount = self.chance.choice([each for each in SMALL if at_most is None or each <= at_most])
        return amount

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        self.drawn[name] = option = self.chance.choice(tuple(options))
        return option


def whatever_the_names(found: Finding, clause: RuleClause, mechanism: AnyMechanism) -> Finding:
    """Return what was found, or, of what is proved with the names that are drawn, that it fails with others."""
    failed = fails_with_other_names(clause, mechanism) if found.standing is ProofStatus.PROVED else None
    return found if failed is None else Finding(ProofStatus.FAILED, f"{failed}; as they are drawn, it holds on {found.detail}")


def fails_with_other_names(clause: RuleClause, mechanism: AnyMechanism) -> str | None:
    """Return how a clause fails where names are others, though not with those that are drawn; None where it was not seen to.

    Names that stand in the code of the clause, or of the rule, stay as they are: that is about those who are called so.
    """
    fixed = {"", *_texts(mechanism.rule, clause.cases)}
    for seed in range(TIMES):
        chance = random.Random(seed)  # noqa: S311  # nobody attacks a profile
        draw = _AtRandom(chance)
        try:
            names = sorted(set(texts_in(mechanism.profiles(draw))) - fixed)
        except REFUTING:
            continue  # such a profile cannot be drawn, whoever draws
        drawn = dict(draw.drawn)
        for others in (names[::-1], _sampled(chance, len(names))):
            called = dict(zip(names, others, strict=True))
            failed = _failed(clause, mechanism, _Again(drawn, chance), called)
            if failed is not None and _failed(clause, mechanism, _Again(drawn, chance), {}) is None:
                named = ", ".join(f"{name} is called {other!r}" for name, other in called.items())
                return f"fails where {named}: {', '.join(f'{name} = {value}' for name, value in drawn.items())}"
    return None


@define(eq=False)
class _Again:
    """Draws what a profile was drawn from once more, and what a clause draws besides at random."""

    drawn: Mapping[str, object]
    chance: random.Random

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        draw: Draw = Recorded(self.drawn) if name in self.drawn else _AtRandom(self.chance)
        return draw.amount(name, at_most)

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        draw: Draw = Recorded(self.drawn) if name in self.drawn else _AtRandom(self.chance)
        return draw.one_of(name, options)


def _failed(clause: RuleClause, mechanism: AnyMechanism, draw: Draw, called: Mapping[str, str]) -> Case | None:
    """Return the first case that fails with these names."""
    try:
        cases = evolve(mechanism, profiles=lambda draw: renamed(mechanism.profiles(draw), called)).cases(clause, draw)
        return next((case for case in cases if not case.holds), None)
    except REFUTING as raised:
        return Case(holds=False, facts={"raises": repr(raised)})


def _sampled(chance: random.Random, count: int) -> list[str]:
    return chance.sample((*OTHERS, *(f"x{number}" for number in range(len(OTHERS), count))), count)


def _texts(*functions: object) -> Iterator[str]:
    """Yield the texts in the code of functions, and of those that they reach."""
    for value, _ in reached(*functions):
        if is_of_the_run(value):
            yield from (each.value for each in parts(value) if isinstance(each, ast.Constant) and isinstance(each.value, str))
        elif isinstance(value, str):
            yield value


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts that a value holds.

    >>> list(texts_in(("b", 1, frozenset({"a"}))))
    ['b', 'a']
    """
    match value:
        case str():
            yield value
        case Address():
            pass
        case Map():
            yield from (name for pair in value.items() for part in pair for name in texts_in(part))
        case Bag() | tuple() | frozenset():
            yield from (name for part in value for name in texts_in(part))
        case _ if has(type(value)):
            yield from (name for part in fields(type(value)) for name in texts_in(getattr(value, part.name)))
        case _:
            pass


def renamed(value: Any, called: Mapping[str, str]) -> Any:
    """Return a value in which some are called otherwise.

    >>> renamed(("b", 1, frozenset({"a"})), {"a": "c"})
    ('b', 1, frozenset({'c'}))
    """
    match value:
        case str():
            return called.get(value, value)
        case Address():
            return value
        case Map():
            return Map.of([(renamed(key, called), renamed(entry, called)) for key, entry in value.items()])
        case Bag():
            return Bag.of(renamed(part, called) for part in value)
        case tuple():
            return tuple(renamed(part, called) for part in value)
        case frozenset():
            return frozenset(renamed(part, called) for part in value)
        case _ if has(type(value)):
            return type(value)(**{part.alias: renamed(getattr(value, part.name), called) for part in fields(type(value))})
        case _:
            return value
