"""Drawing at random: amounts of every size and denominator, names of every kind, and what stands in the code of a rule."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain, combinations
from math import floor
from typing import Any, TypeVar

from attrs import define, field

from concordant.checks.draws import require_new, some
from concordant.spec.vocabulary import Amount, Open, is_amount

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
POWERS = tuple(2**power for power in range(1, 81))
"""Powers of two, of which so many have amounts too; some do not fit into 64 bits."""
NEARLY: tuple[tuple[Amount, ...], ...] = (
    (1, 10**17, 10**17 + 1, 10**17 + 2),
    (2, 10**31, 10**31 + 1, 10**31 + 2),
    (1, *(Fraction(1, 3) + Fraction(part, 10**31) for part in (0, 1, 10**14)), Fraction(1, 10**31)),
)
"""Amounts that no float tells apart, and some of which no Decimal does; as many have some of them as have such about a number."""
MADE = 10
"""So many have amounts that are made of those before in one way."""
FEW = 5
"""So many agents are drawn anyway."""
STRANGE = (
    ("ß", "é", "名", "ﬀ", "😀", "e"),
    ("\u00e9", "e\u0301", "\u00c5", "\u212b"),
    ("B", "Ann", "ann", "bob", "a_b"),
    (" b", "b", "b ", "a", "\t"),
    ("0", "42", "9", "0x", "-", "a.b", "a_b"),
    tuple("m" * length for length in range(3, 9)),
    tuple("m" * length for length in range(9, 15)),
    tuple(chr(ord("z") - length) * length for length in range(1, 15)),
)
"""Names of other letters, of the same letters written otherwise, in capitals, with blanks, of digits and signs, and of every length: of the long ones, some begin alike, and some come first."""
LONGEST = 100
"""Of how many letters a name is at most that is as long as a number in the code."""
SORTED = 10
"""So many have agents in the order of their names, and so many in the opposite order."""
MOST_MIXED = 60
"""So many names are made of those in the code at most."""
MOST_JOINED = 5
"""Texts that keep parts of names apart at most."""
MOST_COMPUTED = 30
"""About so many computed numbers at most."""
USUAL = frozenset((0, Fraction(1, 2), 1, 2))
"""Numbers that are drawn anyway, and stand in any code."""


def _sums(amounts: Sequence[Amount], terms: int) -> Iterator[Amount]:
    return map(sum, combinations(amounts, terms))


WAYS: tuple[Callable[[Sequence[Amount]], Iterable[Amount]], ...] = (
    lambda before: before,
    lambda before: (each * times for each in before for times in (2, 3)),
    lambda before: (each / Fraction(times) for each in before for times in (2, 3)),
    lambda before: _sums(before, 2),
    lambda before: (one - other for one in before for other in before if one > other),
    lambda before: (both * Fraction(1, 2) for both in _sums(before, 2)),
    lambda before: (one * other for one, other in combinations(before, 2)),
    lambda before: _sums(before, 3),
)
"""How an amount is made of those before: one of them, a multiple or a part of one, sum, difference, mean or product of two, sum of three."""


@define(eq=False)
class Random:
    """Draws at random, the same from the same seed.

    Small whole numbers and fractions as often as all other amounts: large ones that differ by little, tiny ones, odd
    denominators. For every other seed all amounts are some of two, since much depends on ties. `few`: those two. `known`: what may be
    drawn where options are open. `makes`: how amounts are made of those before. `picks`: which name comes next, if not any.
    `opened`: whether any options were open.
    `clashed`: whether somebody is called as a draw is, so that such a profile cannot be drawn.
    """

    chance: random.Random
    drawn: dict[str, object] = field(factory=dict)
    few: tuple[Amount, ...] = ()
    known: tuple[object, ...] = ()
    makes: Callable[[Sequence[Amount]], Iterable[Amount]] | None = None
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
        cls,
        amounts: tuple[Amount, ...],
        names: tuple[str, ...],
        counts: tuple[int, ...],
        seed: int,
        *,
        opened: bool,
        is_read: bool = False,
    ) -> Iterator[Random]:
        """Yield how draws are made of the amounts, names and sizes of tables that stand in the code of a rule, after so many others.

        About each number, and then all of them; its multiples and parts; about each that is made of two; of what was drawn before;
        powers of two; and, if anything was ever open, such as names, of whatever else may be drawn there, of what is made of that,
        of strange names, and in the order of the alphabet. Last, unless the rule is also read by others, come amounts that are nearly
        equal, and each kind of strange names, and of names in parts, with many amounts equal, since among equals much depends on names.
        """
        numbers = [each for each in amounts if each not in USUAL]
        groups = [*map(beside, numbers), *([tuple(numbers)] if len(numbers) > 1 else [])]
        turned = tuple(name[::-1] for name in names)
        mixed = tuple(sorted((one + other for one in names for other in names), key=len))[:MOST_MIXED]
        long = tuple("m" * (each + more) for each in numbers if isinstance(each, int) and each <= LONGEST for more in (0, 1))
        strange = [each for each in (*STRANGE, long) if each and opened]
        known: list[tuple[object, ...]] = (
            [*map(beside, numbers), *(each for each in (names, turned, mixed, counts) if each)] if opened else []
        )
        ways: list[tuple[Callable[[random.Random], Random], int]] = [
            *((partial(cls, few=few), AROUND) for few in groups),
            *((partial(cls, few=beside(each)), COMPUTED) for each in computed(numbers, amounts)),
            *((partial(cls, few=parts(each)), COMPUTED) for each in numbers),
            (partial(cls, few=POWERS), COMPUTED),
            *((partial(cls, makes=way), MADE) for way in WAYS),
            *((partial(cls, known=each), AROUND) for each in known),
            *((partial(cls, known=each), AROUND) for each in ([(*chain(*strange),)] if strange and is_read else [])),
            *((partial(cls, picks=first), SORTED) for first in (min, max) if opened),
            *((partial(cls, few=few), AROUND) for few in NEARLY if not is_read),
            *((partial(cls, known=each, few=(1, 2)), AROUND) for each in (*strange, *joined(names)) if opened and not is_read),
        ]
        for way, times in ways:
            for _ in range(times):
                yield way(random.Random(seed))  # noqa: S311
                seed += 1

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        self._require_new(name)
        few = [each for each in self.few or self._made() if at_most is None or each <= at_most]
        self.drawn[name] = amount = self.chance.choice(few) if few else self.new(at_most, (*KINDS, *("large",) * (6 if self.makes else 0)))
        return amount

    def _require_new(self, name: str) -> None:
        self.clashed = name in self.drawn and bool(self.known)
        require_new(name, self.drawn)

    def _made(self) -> tuple[Amount, ...]:
        """Return what is made of the amounts drawn before; now and then nothing."""
        if self.makes is None or self.chance.choice((True, False, False)):
            return ()
        return tuple(self.makes([each for each in self.drawn.values() if is_amount(each) and each > 0]))

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
        """Return an amount that need not be one of few, of one of these kinds; instead of a larger one than may be, that or whatever is less."""
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
        if at_most is None or other <= at_most:
            return other
        little = at_most / Fraction(other + 1)
        return self.chance.choice((at_most, at_most, floor(at_most), number(0, floor(at_most)), at_most - little, little))


def beside(number: Amount) -> tuple[Amount, ...]:
    """Return a number, one less and one more, none below 0."""
    return tuple(number + step for step in (-1, 0, 1) if number + step >= 0)


def joined(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return names of parts that the first few of these texts keep apart, as `@` and `.` do, beside others; none where there are no texts.

    >>> joined((".",))
    (('a-b', 'a b', 'ab', 'a.b', 'a.c', 'b.a'),)
    """
    names = tuple(f"{one}{text}{other}" for text in texts[:MOST_JOINED] for one, other in ("ab", "ac", "ba"))
    return (("a-b", "a b", "ab", *names),) if names else ()


def parts(number: Amount) -> tuple[Amount, ...]:
    """Return multiples of a number above 0, what is made of parts as small as it says, and both."""
    return (number, number * 2, number * 100, 1 / Fraction(number), 1 + 1 / Fraction(number), number + 1 / Fraction(number))


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
