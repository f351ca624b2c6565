"""Running a rule on profiles, each distinct one once, and judging clauses on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from attrs import define, field, fields, frozen, has

from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.misuse import BrokenRule, CannotReplay, Misuse
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import REFUTING, Case, Draw, ForAll, RuleClause

P = TypeVar("P")


class RuleRaised(Exception):  # noqa: N818  # it says what happened
    """The rule raised on a profile."""

    def __init__(self, profile: object, error: Exception) -> None:
        super().__init__(profile, error)
        self.facts = {"run_on": profile, "raised": f"{type(error).__name__}: {error}"}


@define(eq=False)
class Running:
    """A rule that remembers its outcomes. `runs`: how often it really ran."""

    rule: Callable[[Any], Any]
    runs: int = field(default=0, init=False)
    _outcomes: dict[object, Any] = field(factory=dict, init=False)
    _latest: tuple[object, Any] = field(default=(object(), None), init=False)

    def __call__(self, profile: Any) -> Any:
        """Return the outcome of a profile; of an equal one with equal types, the same. What the rule raises is a RuleRaised."""
        if self._latest[0] is not profile:  # one profile is judged by many clauses in turn
            self._latest = (profile, self._outcome(profile))
        return self._latest[1]

    def _outcome(self, profile: Any) -> Any:
        key = _typed(profile)
        try:
            return self._outcomes[key]
        except KeyError:
            outcome = self._outcomes[key] = self._run(profile)
            return outcome
        except TypeError:  # a malformed profile may hold what has no hash
            return self._run(profile)

    def _run(self, profile: Any) -> Any:
        self.runs += 1
        try:
            return self.rule(profile)
        except REFUTING as error:
            raise RuleRaised(profile, error) from error


def _typed(value: Any) -> object:
    """Return a key that tells apart what `==` does not: 1, True, 1.0 and Fraction(1)."""
    kind: type = type(value)
    if kind is str or kind is int or value is None:
        return value
    if isinstance(value, tuple):
        return (kind, *map(_typed, value))
    if isinstance(value, frozenset):
        return (kind, frozenset(map(_typed, value)))
    names = _fields(kind)
    return (kind, value) if names is None else (kind, *[_typed(getattr(value, name)) for name in names])


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    return tuple(part.name for part in fields(kind)) if has(kind) else None


def profile_of(mechanism: Mechanism[P, Any], draw: Draw) -> P:
    """Draw a profile of a mechanism. What its function raises is a broken rule, unless a recorded draw is lacking, which cannot be replayed."""
    try:
        return mechanism.profiles(draw)
    except (BrokenRule, Misuse):
        raise
    except ValueError as lacking:
        raise CannotReplay(str(lacking)) from lacking
    except Exception as error:
        raise BrokenRule(f"the profiles of {mechanism.rule!r} raised {type(error).__name__}: {error}") from error


@frozen
class Judgement:
    """What a clause says of one combination of draws: how many cases, up to the first that fails, and its facts."""

    cases: int
    facts: Mapping[str, object] | None = None


def judge(clause: RuleClause, rule: Running, profile: object, draw: Draw) -> Judgement:
    """Judge a clause on one profile and on whatever it draws besides."""
    count = 0
    try:
        for case in clause.cases(profile, rule(profile)) if isinstance(clause, ForAll) else clause.cases(rule, profile, draw):
            if not isinstance(case, Case):
                raise BrokenClause(f"clause {clause.id} yielded {case!r}; yield case(holds, **facts)")  # noqa: TRY301
            count += 1
            if not case.holds:
                return Judgement(count, {"profile": profile, **case.facts})
    except RuleRaised as raised:
        return Judgement(count + 1, {"profile": profile, **raised.facts})
    except BrokenClause:
        raise
    except Exception as error:
        raise BrokenClause(f"clause {clause.id} raised {type(error).__name__}: {error}") from error
    return Judgement(count)
