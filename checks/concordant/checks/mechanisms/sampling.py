"""Judging a mechanism on random profiles, with amounts of every size and denominator; what fails is made smaller."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import takewhile
from math import floor
from typing import Any, TypeVar

from attrs import define, field, frozen

from concordant.checks.draws import require_new, some
from concordant.checks.exploration.budget import Budget, Meter
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.mechanisms.constants import constants, sizes, texts
from concordant.checks.mechanisms.report import Counterexample
from concordant.checks.mechanisms.running import Running, judge, profile_of
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Draw, Open, RuleClause, is_amount, likeness

V = TypeVar("V")

LARGEST = 16
DENOMINATORS = 6
ODD = (7, 11, 97, 101, 1009)
"""Denominators of which nobody thinks."""
DIGITS = range(2, 13)
"""How many digits a large amount has, or a small one after the point."""
KINDS = ("whole", "whole", "part", "large", "odd", "tiny")
"""How amounts are drawn, each equally often."""
AROUND = 30
"""So many random profiles have amounts about a number that stands in the code of the rule, or agents called as a text there."""
COMPUTED = 10
"""So many have amounts about a number that is made of two of these."""
FEW = 5
"""So many agents are drawn anyway."""
SORTED = 10
"""So many have agents in the order of their names, and so many in the opposite order."""
MOST_MIXED = 60
"""So many names are made of those in the code at most."""
MOST_COMPUTED = 30
"""About so many computed numbers at most."""
USUAL = frozenset((0, Fraction(1, 2), 1, 2))
"""Numbers that are drawn anyway, and stand in any code."""


@define(eq=False)
class Random:
    """Draws at random, the same from the same seed.

    Small whole numbers and fractions as often as all other amounts: large ones that differ by little, tiny ones, odd
    denominators. For every other seed all amounts are some of two, since much depends on ties. `few`: those two. `known`: what may be
    drawn where options are open. `adds`: whether amounts are made of those before. `picks`: which
    name comes next, if not any. `opened`: whether any options were open.
    `clashed`: whether somebody is called as a draw is, so that such a profile cannot be drawn.
    """

    chance: random.Random
    drawn: dict[str, object] = field(factory=dict)
    few: tuple[Amount, ...] = ()
    known: tuple[object, ...] = ()
    adds: bool = False
    picks: Callable[[Any], Any] | None = None
    opened: bool = field(default=False, init=False)
    clashed: bool = field(default=False, init=False)

    @classmethod
    def of(cls, seed: int) -> Random:
        """Return how draws are made from a seed."""
        draw = cls(random.Random(seed))  # noqa: S311  # nobody attacks a profile
        return cls(draw.chance, few=(draw.new(), draw.new())) if seed % 2 else draw

    @classmethod
    def about(
        cls, amounts: tuple[Amount, ...], names: tuple[str, ...], counts: tuple[int, ...], seed: int, *, opened: bool
    ) -> Iterator[Random]:
        """Yield how draws are made of the amounts, names and sizes of tables that stand in the code of a rule, after so many others.

        About each number, and then all of them; about each that is made of two; from sums of what was drawn before; and, if anything was
        ever open, such as names, of whatever else may be drawn there, of what is made of that, and in the order of the alphabet.
        """
        numbers = [each for each in amounts if each not in USUAL]
        groups = [*map(beside, numbers), *([tuple(numbers)] if len(numbers) > 1 else [])]
        mixed = (*(name[::-1] for name in names), *sorted((one + other for one in names for other in names), key=len))[:MOST_MIXED]
        known: list[tuple[object, ...]] = [*map(beside, numbers), *(each for each in (names, mixed, counts) if each)] if opened else []
        ways: list[tuple[Callable[[random.Random], Random], int]] = [
            *((partial(cls, few=few), AROUND) for few in groups),
            *((partial(cls, few=beside(each)), COMPUTED) for each in computed(numbers, amounts)),
            (partial(cls, adds=True), AROUND),
            *((partial(cls, known=each), AROUND) for each in known),
            *((partial(cls, picks=first), SORTED) for first in (min, max) if opened),
        ]
        for way, times in ways:
            for _ in range(times):
                yield way(random.Random(seed))  # noqa: S311
                seed += 1

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        self._require_new(name)
        few = [each for each in (*self.few, *self._made()) if at_most is None or each <= at_most]
        self.drawn[name] = amount = self.chance.choice(few) if few else self.new(at_most, (*KINDS, *("large",) * (6 * self.adds)))
        return amount

    def _require_new(self, name: str) -> None:
        self.clashed = name in self.drawn and bool(self.known)
        require_new(name, self.drawn)

    def _made(self) -> Iterator[Amount]:
        """Yield what is made of the amounts drawn before: sums and differences of two, and halves; now and then nothing."""
        if not self.adds or self.chance.choice((True, False, False)):
            return
        before: list[Amount] = [each for each in self.drawn.values() if is_amount(each) and each > 0]
        yield from before
        yield from (one + other for one in before for other in before)
        yield from (one - other for one in before for other in before if one >= other)
        yield from (each / Fraction(2) for each in before)

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        self._require_new(name)
        choices = some(name, options)
        if isinstance(options, Open):
            self.opened = True
            others: tuple[Any, ...] = tuple(each for each in self.known if options.also(each))
            choices = self.chance.choice((choices, others, others)) if others else choices
        is_sorted = self.picks is not None and isinstance(options, Open) and all(isinstance(each, str) for each in choices)
        self.drawn[name] = option = self.picks(choices) if self.picks and is_sorted else self.chance.choice(choices)
        return option

    def new(self, at_most: Amount | None = None, kinds: tuple[str, ...] = KINDS) -> Amount:
        """Return an amount that need not be one of few, of one of these kinds."""
        number = self.chance.randint
        top = LARGEST if at_most is None else min(at_most, LARGEST)
        match self.chance.choice(kinds):
            case "whole":
                return number(0, floor(top))
            case "part":
                denominator = number(2, DENOMINATORS)
                return Fraction(number(0, floor(top * denominator)), denominator)
            case "large":
                other: Amount = 10 ** self.chance.choice(DIGITS) + number(0, LARGEST)
            case "odd":
                denominator = self.chance.choice(ODD)
                other = number(0, LARGEST) + Fraction(number(1, denominator - 1), denominator)
            case _:
                other = Fraction(number(1, LARGEST), 10 ** self.chance.choice(DIGITS))
        return other if at_most is None or other <= at_most else at_most / Fraction(other + 1)


def beside(number: Amount) -> tuple[Amount, ...]:
    """Return a number, one less and one more, none below 0."""
    return tuple(number + step for step in (-1, 0, 1) if number + step >= 0)


def computed(numbers: Iterable[Amount], all_numbers: Iterable[Amount]) -> tuple[Amount, ...]:
    """Return what is made of two numbers, first of those among the first: sum, difference, product; not what is beside one anyway."""
    one = tuple(numbers)
    pairs = [(first, second) for others in (one, tuple(all_numbers)) for first in one for second in others]
    made: list[Amount] = []
    for first, second in pairs:
        less = first - second if first >= second else second - first
        made += [first + second, less, first * second]
    usual = USUAL.union(*map(beside, one))
    return tuple(dict.fromkeys(each for each in made if each not in usual))[:MOST_COMPUTED]


@frozen
class Sampled:
    """What random profiles showed: how many there were, and by clause a counterexample."""

    examples: int
    found: Mapping[str, Counterexample]
    stopped: str | None = None


def sample(
    mechanism: Mechanism[Any, Any], clauses: Sequence[RuleClause], examples: int, meter: Meter | None = None, *, until_found: bool = False
) -> Sampled:
    """Judge clauses on so many random profiles, the same on every run, and on more about the numbers in the code of the rule.

    Counterexamples are made smaller, not claimed to be smallest; with `until_found` the first one ends it, and is as it was drawn.
    """
    found: dict[str, Counterexample] = {}
    meter, rule = meter or Budget().start(), Running(mechanism.rule, twice=True)
    tried = 0
    for draw in _draws(mechanism.rule, examples):
        own = draw
        try:
            stopped = meter.spent(tried)
            if stopped is not None:
                return Sampled(tried, found, stopped)
            profile = profile_of(mechanism, draw)
            for clause in (each for each in clauses if each.id not in found):
                own = Random(draw.chance, dict(draw.drawn), draw.few, draw.known, draw.adds, draw.picks)
                facts = judge(clause, rule, profile, own).facts
                if facts is not None and until_found:
                    return Sampled(tried, {clause.id: Counterexample(own.drawn, facts)})
                if facts is not None:
                    found[clause.id] = smaller(mechanism, clause, own.drawn)
        except KeyboardInterrupt:
            return Sampled(tried, found, "interrupted")
        except Exception:
            if own.clashed:
                continue
            raise
        tried += 1
    rule.ask_again()
    return Sampled(tried, found)


def _draws(rule: Callable[[Any], Any], examples: int) -> Iterator[Random]:
    """Yield how random profiles are drawn; what is in the code of the rule, after as many others."""
    amounts, names, opened = constants(rule), texts(rule), False  # before the rule runs, which may keep what it is asked
    counts = tuple(size for size in sizes(rule) if size > FEW)
    for seed in range(examples):
        draw = Random.of(seed)
        yield draw
        opened |= draw.opened
    yield from Random.about(amounts, names, counts, examples, opened=opened) if examples else ()


# ---- making a counterexample smaller


@define(eq=False)
class Again:
    """Draws again what is wanted, as far as that can be drawn, and else what comes first: nothing, or the first option."""

    wanted: Mapping[str, object]
    drawn: dict[str, object] = field(factory=dict)
    options: dict[str, tuple[object, ...]] = field(factory=dict)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        require_new(name, self.drawn)
        wanted: Any = self.wanted.get(name, 0)
        amount: Amount = wanted if is_amount(wanted) and (at_most is None or wanted <= at_most) else 0
        self.drawn[name] = amount
        return amount

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        require_new(name, self.drawn)
        choices = some(name, options)
        if isinstance(options, Open) and name in self.wanted and options.also(self.wanted[name]):
            other: Any = self.wanted[name]
            choices = (*choices, other)
        self.options[name] = choices
        wanted = likeness(self.wanted[name]) if name in self.wanted else None
        option = next((each for each in choices if likeness(each) == wanted), choices[0])
        self.drawn[name] = option
        return option


def smaller(mechanism: Mechanism[Any, Any], clause: RuleClause, draws: Mapping[str, object]) -> Counterexample:
    """Make the draws of a counterexample smaller, one at a time, for as long as the clause fails: earlier options, lesser amounts.

    What does not fail again on the same draws is an error.
    """
    best = Again(draws)
    facts = _facts(mechanism, clause, best)
    if facts is None:
        raise BrokenClause("the rule, its profiles or a clause does not do the same on equal draws; let it read nothing else")
    while True:
        for name, value in _lesser(best):
            other = Again({**best.drawn, name: value})
            others_facts = _facts(mechanism, clause, other)
            if others_facts is not None:
                best, facts = other, others_facts
                break
        else:
            return Counterexample(best.drawn, facts)


def _facts(mechanism: Mechanism[Any, Any], clause: RuleClause, draw: Draw) -> Mapping[str, object] | None:
    return judge(clause, Running(mechanism.rule), profile_of(mechanism, draw), draw).facts


def _lesser(draws: Again) -> Iterator[tuple[str, object]]:
    """Yield each draw with what it could be instead, the least first."""
    for name, value in draws.drawn.items():
        if name in draws.options:
            yield from ((name, option) for option in takewhile(lambda option: option is not value, draws.options[name]))  # noqa: B023
        elif is_amount(value):
            few = [*range(LARGEST + 1), floor(value)]
            yield from ((name, amount) for amount in few if amount < value)
            yield from ((name, floor(value) - floor(value) // 2**half) for half in range(1, floor(value).bit_length()))
