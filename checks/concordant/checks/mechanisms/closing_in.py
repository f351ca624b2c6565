"""Closing in on what amounts are compared with: a bid may matter only where it is just above twice another.

Some of the profiles and lies that were drawn at random run again, with amounts that tell what they are compared with. Each draw that
moves such a comparison is changed to where both sides are equal, to the whole numbers next to that, and to half the way from there to
another such place. What comes of that is judged as any profile is. Where the rule then goes another way than on any run before, it goes on
from there: so what takes several coincidences at once is come to by one after the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from fractions import Fraction
from itertools import zip_longest
from math import ceil, floor
from typing import Any, TypeAlias

from attrs import Factory, define, field, frozen

from concordant.checks.mechanisms.followed import Contrast, Followed, Site, noted, noting, plain
from concordant.checks.mechanisms.smaller import Again
from concordant.checks.semantics.watching import StillRunning, watched
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Draw, ForAll, Relates, RuleClause, is_amount

Record: TypeAlias = Mapping[str, object]
HALF = Fraction(1, 2)
Places: TypeAlias = dict[str, list[Amount]]
"""Where, of each draw, something compared is equal, ascending."""


Place: TypeAlias = tuple[Site, frozenset[tuple[str, bool]]]
"""Where something is compared, and with what of that which a clause draws besides the profile; for each, whether it makes the first side more."""


@frozen
class Reach:
    """How much is tried for each clause: from how many records, of how many that are kept, how often by each place in the code, how many records, how many runs that tell."""

    begins: int
    kept: int
    turns: int
    records: int
    runs: int


FULL, LITTLE = Reach(24, 100, 12, 400, 300), Reach(1, 1, 1, 20, 4)
"""What is spent on a user's rule, and on one of ours, which is read by others, and mostly proved."""


@define(eq=False)
class FollowedDraw:
    """Draws from a record, amounts such that they tell what they are compared with."""

    draw: Again

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        return Followed(self.draw.amount(name, plain(at_most)), {name: 1})

    def one_of(self, name: str, options: Iterable[Any], /) -> Any:
        """Choose one of some options."""
        return self.draw.one_of(name, options)


@frozen(eq=False)
class _Other:
    """A record in which one draw was changed, and the places that are known of that draw."""

    record: Record
    name: str
    places: list[Amount]


@frozen(eq=False)
class _Run:
    """What is compared in a run on a record, and where all that is equal. `besides`: what the clause draws besides the profile, such as a lie.

    `tried`: which draws were already changed, and to what.
    """

    record: Record
    compared: Sequence[Contrast]
    places: Places
    besides: AbstractSet[str]
    tried: set[tuple[str, Amount]] = field(
        init=False, default=Factory(lambda self: {(name, each) for name, each in self.record.items() if is_amount(each)}, takes_self=True)
    )

    def place(self, compared: Contrast) -> Place:
        """Return where something is compared, and, of a lie, on which side."""
        return compared.site, frozenset((name, slope > 0) for name, slope in compared.slopes.items() if name in self.besides)

    def others(self, compared: Contrast, *, beside: bool = True) -> Iterator[_Other]:
        """Yield the record with one draw changed, each once: of what is compared with a lie, the lie. What is equal at 0 the grid has asked.

        `beside`: to what is near to where both sides are equal, too.
        """
        besides = tuple(name for name in compared.slopes if name in self.besides)
        for name in besides or compared.slopes:
            place = _place(self.record, compared, name)
            for amount in (_near(place, self.places[name]) if beside else (place,)) if place else ():
                if amount >= 0 and (name, amount) not in self.tried:
                    self.tried.add((name, amount))
                    yield _Other({**self.record, name: amount}, name, self.places[name])


@define(eq=False)
class ClosingIn:
    """Goes on from records of draws to others where what is compared is equal, or nearly so.

    `known`: where something was compared so far; `ways`: with what sign. `count`: of the records made; `runs`: of those that tell.
    """

    mechanism: Mechanism[Any, Any]
    clauses: Sequence[RuleClause]
    effort: Reach
    known: set[Place] = field(factory=set, init=False)
    ways: set[tuple[Place, int]] = field(factory=set, init=False)
    count: int = field(default=0, init=False)
    runs: int = field(default=0, init=False)

    def records(self, begin: Sequence[Record]) -> Iterator[Record]:
        """Yield records to judge, each like one to begin with but for a few amounts."""
        waiting = [self._from(varied(begin, self.effort.begins))]
        while waiting and self.count < self.effort.records:
            other = next(waiting[-1], None)
            if other is None:
                waiting.pop()
                continue
            self.count += 1
            yield other.record
            if self.runs < self.effort.runs and self._goes_a_new_way(run := self._run(other.record, {other.name: other.places})):
                waiting.append(self._further(run))

    def _from(self, begin: Sequence[Record]) -> Iterator[_Other]:
        """Go on from what is compared at each place in the code: in one run, then in another, and so on; what the rule compares first."""
        at: dict[Place, list[tuple[int, int, Contrast, _Run]]] = {}
        for number, record in enumerate(begin):
            run, here = self._run(record), Counter[Place]()
            self._goes_a_new_way(run)
            for each in run.compared:
                place = run.place(each)
                known = at.setdefault(place, [])
                known.append((here[place], (number + len(at)) % len(begin), each, run))
                here[place] += 1
        self.known |= at.keys()
        for known in at.values():
            known.sort(key=lambda each: each[:2])
        in_order = sorted(at.values(), key=lambda known: not known[0][2].by_rule)
        for turn in range(self.effort.turns):
            asked = [(compared, run) for known in in_order for _, _, compared, run in known[turn : turn + 1]]
            for beside in (False, True):
                for compared, run in asked:
                    yield from run.others(compared, beside=beside)

    def _further(self, run: _Run) -> Iterator[_Other]:
        """Go on from a run that went a new way: by what is compared for the first time, or else by all."""
        by_rule = {run.place(each): each for each in run.compared if each.by_rule}
        new = {place: each for place, each in by_rule.items() if place not in self.known}
        self.known |= by_rule.keys()
        for each in (new or by_rule).values():
            yield from run.others(each)

    def _goes_a_new_way(self, run: _Run) -> bool:
        """Tell whether the rule, somewhere, compared with another sign than ever before."""
        ways = {(run.place(each), (each.more > 0) - (each.more < 0)) for each in run.compared if each.by_rule}
        is_new = not ways <= self.ways
        self.ways |= ways
        return is_new

    def _run(self, record: Record, known: Places | None = None) -> _Run:
        """Run the rule, and what judges it, with amounts that tell; whatever comes of it."""
        self.runs += 1
        draw, besides = FollowedDraw(Again(record)), set(record)
        noted()
        with suppress(Exception):  # whether the rule raises is asked with amounts as they are
            try:
                profile = watched(lambda: self.mechanism.profiles(draw))
                besides = set(record) - set(draw.draw.drawn)
                watched(lambda: self._judge(profile, draw))
            except StillRunning:
                self.runs = self.effort.runs
        compared = noted()
        return _Run(record, compared, _places(record, compared, known or {}), besides)

    def _judge(self, profile: Any, draw: Draw) -> None:
        rule = noting(self.mechanism.rule)
        for clause in self.clauses:
            if isinstance(clause, Relates):
                for _ in clause.cases(rule, profile, draw):
                    pass
        outcome = rule(profile) if any(isinstance(clause, ForAll) for clause in self.clauses) else None
        for clause in self.clauses:
            if isinstance(clause, ForAll):
                for _ in clause.cases(profile, outcome):
                    pass


def varied(records: Sequence[Record], most: int) -> list[Record]:
    """Return so many records at most, of each number of amounts, and of different ones, the first, then the second, and so on: what a rule asks only of four that differ is compared in few."""
    alike: dict[tuple[int, int], list[Record]] = {}
    for record in records:
        amounts = [each for each in record.values() if is_amount(each)]
        alike.setdefault((len(amounts), len(set(amounts))), []).append(record)
    return [each for some in zip_longest(*alike.values()) for each in some if each is not None][:most]


def _places(record: Record, compared: Iterable[Contrast], known: Places) -> Places:
    """Return where, of each draw, what is compared is equal, with what is known of that already."""
    places = {name: set(amounts) for name, amounts in known.items()}
    for each in compared:
        for name in each.slopes:
            place = _place(record, each, name)
            if place is not None:
                places.setdefault(name, set()).add(place)
    return {name: sorted(amounts) for name, amounts in places.items()}


def _place(record: Record, compared: Contrast, name: str) -> Amount | None:
    """Return which amount of a draw would make both sides equal, if they grow as they do here."""
    slope, amount = compared.slopes[name], record.get(name)
    if not slope or not is_amount(amount):
        return None
    return plainly(amount - compared.more / Fraction(slope))


def _near(place: Amount, places: Sequence[Amount]) -> Iterator[Amount]:
    """Yield a place, the whole numbers next to it, and what is half-way to the places next to it."""
    yield from (place, floor(place) + 1, ceil(place) - 1)
    at = bisect_left(places, place)
    yield from (plainly((place + other) * HALF) for other in places[max(0, at - 1) : at + 2] if other != place)


def plainly(amount: Amount) -> Amount:
    """Return a whole number as an int."""
    return amount.numerator if amount.denominator == 1 else amount
