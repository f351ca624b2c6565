"""Making the draws of a counterexample smaller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from math import floor
from typing import Any, TypeVar

from attrs import define, field

from concordant.checks.draws import require_new, some
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.mechanisms.at_random import LARGEST
from concordant.checks.mechanisms.report import Counterexample
from concordant.checks.mechanisms.running import Running, judge, profile_of
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Draw, Open, RuleClause, is_amount, likeness

V = TypeVar("V")

MOST_SMALLER = 200
"""How often it is made smaller: where amounts must stay near each other, each step may be as short as they are near."""


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
    """Make the draws of a counterexample smaller for as long as the clause fails: earlier options, lesser amounts; at most so many times.

    What does not fail again on the same draws is an error.
    """
    best = Again(draws)
    facts = _facts(mechanism, clause, best)
    if facts is None:
        raise BrokenClause("the rule, its profiles or a clause does not do the same on equal draws; let it read nothing else")
    for _ in range(MOST_SMALLER):
        steps, short_steps = (
            [{name: value} for name, value in _lesser(best) if is_short(best.drawn[name], value) is short] for short in (False, True)
        )
        for changed in (*steps, *_lesser_together(best), *short_steps):
            other = Again({**best.drawn, **changed})
            others_facts = _facts(mechanism, clause, other)
            if others_facts is not None:
                best, facts = other, others_facts
                break
        else:
            break
    return Counterexample(best.drawn, facts)


def _facts(mechanism: Mechanism[Any, Any], clause: RuleClause, draw: Draw) -> Mapping[str, object] | None:
    return judge(clause, Running(mechanism.rule), profile_of(mechanism, draw), draw).facts


def is_short(value: object, lesser: object) -> bool:
    """Tell whether from one large amount to another it is a step of which it would take many to come to a small one."""
    return is_amount(value) and is_amount(lesser) and value > LARGEST and value - lesser <= LARGEST


def _lesser_together(draws: Again) -> Iterator[dict[str, object]]:
    """Yield the largest amounts less the least of them, and a half of each: those that must stay near each other do."""
    large = {name: value for name, value in draws.drawn.items() if name not in draws.options and is_amount(value) and value > LARGEST}
    for least in sorted(set(large.values())):
        yield {name: value - least for name, value in large.items() if value >= least}
    if large:
        yield {name: floor(value) // 2 for name, value in large.items()}


def _lesser(draws: Again) -> Iterator[tuple[str, object]]:
    """Yield each draw with what it could be instead, the least first."""
    for name, value in draws.drawn.items():
        if name in draws.options:
            yield from ((name, option) for option in takewhile(lambda option: option is not value, draws.options[name]))  # noqa: B023
        elif is_amount(value):
            few = [*range(LARGEST + 1), floor(value)]
            yield from ((name, amount) for amount in few if amount < value)
            yield from ((name, floor(value) - floor(value) // 2**half) for half in range(1, floor(value).bit_length()))
