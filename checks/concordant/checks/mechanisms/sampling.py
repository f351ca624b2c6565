"""Judging a mechanism on random profiles, with amounts of every size and denominator: Hypothesis draws, and shrinks what fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any, TypeVar

from attrs import define, field, frozen
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from concordant.checks.draws import require_new, some
from concordant.checks.exploration.budget import Budget, Meter
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.mechanisms.report import Counterexample
from concordant.checks.mechanisms.running import Running, judge, profile_of
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, RuleClause

V = TypeVar("V")

LARGEST = 16
DENOMINATORS = 6
"""With these every number that Hypothesis draws is below 100: above, it prefers constants of whatever modules are loaded."""
ODD = (7, 11, 97, 101, 1009)
"""Denominators of which nobody thinks."""
DIGITS = range(2, 13)
"""How many digits a large amount has, or a small one after the point."""

SETTINGS = settings(
    database=None,  # a run depends on nothing but the code, so that it repeats
    derandomize=True,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=tuple(HealthCheck),
    verbosity=Verbosity.quiet,
    print_blob=False,
)


@cache
def amounts(at_most: Amount | None = None) -> st.SearchStrategy[Amount]:
    """Draw small whole numbers and fractions as often as all others: large ones that differ by little, tiny ones, odd denominators."""
    top = LARGEST if at_most is None else min(at_most, LARGEST)
    whole = st.integers(0, floor(top))
    fractions = st.builds(
        lambda part, of: Fraction(part % (floor(top * of) + 1), of), st.integers(0, LARGEST * DENOMINATORS), st.integers(1, DENOMINATORS)
    )
    small = whole | fractions
    tens, few = st.sampled_from(DIGITS), st.integers(0, LARGEST)
    large = st.builds(lambda digits, more: 10**digits + more, tens, few)
    parted = st.builds(lambda whole, part, of: whole + Fraction(part, of), few, few, st.sampled_from(ODD))
    tiny = st.builds(lambda part, digits: Fraction(part, 10**digits), few, tens)
    others = large | parted | tiny
    return small | (
        others if at_most is None else others.map(lambda amount: amount if amount <= at_most else at_most / Fraction(amount + 1))
    )


@define(eq=False)
class Random:
    """Draws as Hypothesis likes."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    drawn: dict[str, object] = field(factory=dict)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        require_new(name, self.drawn)
        amount: Amount = self.draw(amounts(at_most))
        self.drawn[name] = amount
        return amount

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        require_new(name, self.drawn)
        listed = some(name, options)
        option: V = self.draw(st.sampled_from(listed))
        self.drawn[name] = option
        return option


@frozen
class Sampled:
    """What random profiles showed: how many there were, and by clause a counterexample."""

    examples: int
    found: Mapping[str, Counterexample]
    stopped: str | None = None


class _Found(Exception):  # noqa: N818  # how Hypothesis is told what to shrink
    def __init__(self, clause: RuleClause, counterexample: Counterexample) -> None:
        super().__init__(clause.id)
        self.clause, self.counterexample = clause, counterexample


def sample(mechanism: Mechanism[Any, Any], clauses: Sequence[RuleClause], examples: int, meter: Meter | None = None) -> Sampled:
    """Judge clauses on so many random profiles, the same on every run. Counterexamples are shrunk, not claimed to be smallest."""
    left, found = list(clauses), dict[str, Counterexample]()
    meter = meter or Budget().start()
    tried = 0
    stopped: str | None = None

    @st.composite
    def judgement(draw: st.DrawFn) -> None:  # all draws within one, for each one of its own takes Hypothesis much longer
        nonlocal tried, stopped
        stopped = meter.spent(tried)
        if stopped is not None:
            raise KeyboardInterrupt  # which Hypothesis does not take for a failure to shrink
        drawn = Random(draw)
        profile, rule = profile_of(mechanism, drawn), Running(mechanism.rule)
        for clause in left:
            own = Random(draw, dict(drawn.drawn))
            facts = judge(clause, rule, profile, own).facts
            if facts is not None:
                raise _Found(clause, Counterexample(own.drawn, facts))
        tried += 1

    @settings(SETTINGS, max_examples=max(examples, 1))
    @given(judgement())
    def judge_one(_: None) -> None:
        pass

    while examples and left:
        tried = 0
        try:
            judge_one()
            break
        except _Found as failed:
            found[failed.clause.id] = failed.counterexample
            left.remove(failed.clause)
        except KeyboardInterrupt:
            stopped = stopped or "interrupted"
            break
        except Flaky as error:
            raise BrokenClause(
                "the rule, its profiles or a clause does not do the same on equal draws; let it read nothing else"
            ) from error
    return Sampled(tried, found, stopped)
