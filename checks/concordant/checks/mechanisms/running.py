"""Running a rule on profiles, each distinct one once, and judging clauses on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import define, field, frozen

from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.misuse import BrokenRule, CannotReplay, Misuse
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.watching import StillRunning, watched
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import REFUTING, Case, Draw, ForAll, RuleClause, likeness

P = TypeVar("P")


class RuleRaised(Exception):  # noqa: N818  # it says what happened
    """The rule raised on a profile."""

    def __init__(self, profile: object, error: Exception) -> None:
        super().__init__(profile, error)
        self.raised = f"{type(error).__name__}: {error}"
        self.facts = {"run_on": profile, "raised": self.raised}


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
        try:
            key = likeness(profile)
            return self._outcomes[key]
        except KeyError:
            outcome = self._outcomes[key] = self._run(profile)
            return outcome
        except TypeError:  # a malformed profile may hold what has no hash
            return self._run(profile)

    def _run(self, profile: Any) -> Any:
        self.runs += 1
        try:
            return watched(lambda: self.rule(profile))
        except REFUTING as error:
            raise RuleRaised(profile, error) from error
        except StillRunning as late:
            raise BrokenRule(f"the rule {named(self.rule)} was stopped: {late}\n  profile: {text(profile)}") from None


def profile_of(mechanism: Mechanism[P, Any], draw: Draw) -> P:
    """Draw a profile of a mechanism. What its function raises is a broken rule, unless a recorded draw is lacking, which cannot be replayed."""
    try:
        return watched(lambda: mechanism.profiles(draw))
    except (BrokenRule, Misuse):
        raise
    except ValueError as lacking:
        raise CannotReplay(str(lacking)) from lacking
    except Exception as error:
        raise BrokenRule(f"the profiles of {named(mechanism.rule)} raised {type(error).__name__}: {error}") from error


def named(function: Callable[..., Any]) -> str:
    """Return what a function is called."""
    return getattr(function, "__name__", repr(function))


@frozen
class Judgement:
    """What a clause says of one combination of draws: how many cases, up to the first that fails, and its facts.

    `raised`: what the rule raised instead of an outcome, which counts as a case that fails.
    """

    cases: int
    facts: Mapping[str, object] | None = None
    raised: str | None = None


def judge(clause: RuleClause, rule: Running, profile: object, draw: Draw) -> Judgement:
    """Judge a clause on one profile and on whatever it draws besides."""
    try:
        return watched(lambda: _judge(clause, rule, profile, draw))
    except BrokenRule:
        raise
    except Exception as error:
        raise BrokenClause(f"clause {clause.id} raised {type(error).__name__}: {error}") from error


def _judge(clause: RuleClause, rule: Running, profile: object, draw: Draw) -> Judgement:
    count = 0
    try:
        for case in clause.cases(profile, rule(profile)) if isinstance(clause, ForAll) else clause.cases(rule, profile, draw):
            if type(case) is not Case or type(case.holds) is not bool:
                raise BrokenClause(f"clause {clause.id} yielded {case!r}; yield case(holds, **facts)")
            count += 1
            if not case.holds:
                return Judgement(count, {"profile": profile, **case.facts})
    except RuleRaised as raised:
        return Judgement(count + 1, {"profile": profile, **raised.facts}, raised.raised)
    return Judgement(count)
