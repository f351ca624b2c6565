"""Running a rule on profiles, each distinct one once, and judging clauses on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

from attrs import define, field, fields, frozen, has

from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.misuse import BrokenRule, CannotReplay, Misuse
from concordant.checks.semantics.canonical import outline, text
from concordant.checks.semantics.scrambling import in_order, scrambled
from concordant.checks.semantics.turning import turned
from concordant.checks.semantics.twice import KEPT
from concordant.checks.semantics.watching import StillRunning, watched
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import REFUTING, Case, Draw, ForAll, Relates, RuleClause, identity, likeness
from concordant.spec.vocabulary.mechanisms import attributes

P = TypeVar("P")

KEEPS = "has another outcome when it is asked again; let it read its profile only, and keep nothing"
SHOWS_AN_ORDER = "has another outcome when sets are in another order; sort a set before you go through it"

UNKNOWN = object()
"""In place of an outcome that is not known."""


class RuleRaised(Exception):  # noqa: N818  # it says what happened
    """The rule raised on a profile."""

    def __init__(self, profile: object, error: Exception) -> None:
        super().__init__(profile, error)
        self.raised = f"{type(error).__name__}: {error}"
        self.facts = {"run_on": profile, "raised": self.raised}


@define(eq=False)
class Running:
    """A rule that remembers its outcomes. `runs`: on how many profiles it really ran. `asked`: how often it was asked for an outcome.
    `recent`: of which profiles for the clause that is judged now.

    `twice`: it runs again on each profile, with its sets in another order: in the end, when it is to `ask_again`, on those that are kept, and at once on
    the others. A rule that keeps something, or shows the order of a set, is broken. Of a mistake, that may be the mistake.
    """

    rule: Callable[[Any], Any]
    twice: bool = field(default=False, kw_only=True)
    runs: int = field(default=0, init=False)
    asked: int = field(default=0, init=False)
    recent: list[Any] = field(factory=list, init=False)
    _outcomes: dict[object, Any] = field(factory=dict, init=False)
    _latest: tuple[object, Any] = field(default=(object(), None), init=False)
    _kept: list[tuple[Any, Any, object]] = field(factory=list, init=False)

    def __call__(self, profile: Any) -> Any:
        """Return the outcome of a profile; of an equal one with equal types, the same. What the rule raises is a RuleRaised."""
        self.asked += 1
        self.recent.append(profile)
        if self._latest[0] is not profile:  # one profile is judged by many clauses in turn
            self._latest = (profile, self._outcome(profile))
        return self._latest[1]

    def varied(self, profile: Any) -> bool | None:
        """Tell whether the clause that is judged now asked of other profiles than this one; None where it asked only once."""
        if len(self.recent) < 2:
            return None
        return any(each is not profile and content(each) != content(profile) for each in self.recent)

    def ask_again(self) -> None:
        """Ask for the first outcomes again, the last of them first, so that what the rule kept meanwhile is known to it."""
        for profile, outcome, first in reversed(self._kept):
            if content(outcome) != first:
                raise self._broken(profile, f"has an outcome that was changed in place, and is {text(outcome)} now")
            self._compare(profile, first)

    def _compare(self, profile: Any, first: object) -> None:
        again = scrambled(profile)
        with turned() as others:
            same = self._is(first, again)
        if not same:
            has_sets = others.used or again is not profile
            raise self._broken(profile, SHOWS_AN_ORDER if has_sets and self._is(first, profile) else KEEPS)

    def _outcome(self, profile: Any) -> Any:
        try:
            key = identity(profile)
        except TypeError:
            return self._outcome_of_malformed(profile)
        outcome = self._outcomes.get(key, UNKNOWN)
        if outcome is UNKNOWN:
            outcome = self._outcomes[key] = self._run(profile, key)
        return outcome

    def _outcome_of_malformed(self, profile: Any) -> Any:
        before = content(profile)
        try:
            key = likeness(profile), before  # by what it holds, too: 1 and True may be equal to whoever is no record of ours
            return self._outcomes[key]
        except KeyError:
            outcome = self._outcomes[key] = self._run(profile, before)
            return outcome
        except TypeError:  # it may hold what has no hash
            return self._run(profile, before)

    def _run(self, profile: Any, before: object) -> Any:
        self.runs += 1
        try:
            outcome = self._called(profile)
        finally:
            if content(profile) != before:
                raise self._broken(profile, "changed its profile in place; let it make another by evolve(…)")
        if not self.twice:
            return outcome
        first = content(outcome)
        if len(self._kept) < KEPT:
            self._kept.append((profile, outcome, first))
        else:
            self._compare(profile, first)
        return outcome

    def _called(self, profile: Any) -> Any:
        try:
            outcome = watched(lambda: self.rule(profile))
        except REFUTING as error:
            raise RuleRaised(profile, error) from error
        except StillRunning as late:
            raise BrokenRule(f"the rule {named(self.rule)} was stopped: {late}\n  profile: {text(profile)}") from None
        if outcome is None and returns_something(self.rule):
            raise self._broken(profile, "returned None, but is annotated to return an outcome; end each of its branches by a return")
        return outcome

    def _is(self, first: object, profile: Any) -> bool:
        """Tell whether the outcome of a profile is what it was, whatever the order of its sets."""
        try:
            outcome = self._called(profile)
        except RuleRaised as raised:
            return raised.raised == first
        return content(outcome) == first or content(in_order(outcome)) == first

    def _broken(self, profile: Any, what: str) -> BrokenRule:
        return BrokenRule(f"the rule {named(self.rule)} {what}\n  profile: {text(profile)}")


def content(value: Any) -> object:
    """Return what tells values apart, as it is now; of what is no value, but may be changed, by what is in it and how it shows itself."""
    try:
        return identity(value)
    except TypeError:
        return _outline(value)


def _outline(value: Any) -> object:
    match value:
        case Enum() | type():
            return outline(value)
        case tuple() | list():
            return (type(value), *map(content, value))
        case _ if has(type(value)):
            return (type(value), *(content(getattr(value, part.name)) for part in fields(type(value))))
        case _ if repr(value).startswith("<"):  # it would show where it stands in memory
            return (type(value), *map(content, attributes(value)))
        case _:
            return outline(value)


def returns_something(rule: Callable[..., Any]) -> bool:
    """Tell whether a rule is annotated to return what None is not; Any, which is a class since Python 3.11, may be None."""
    try:
        wanted = get_type_hints(rule).get("return", Any)
    except Exception:  # noqa: BLE001  # what a user's annotations name may be missing, and whatever that raises says nothing of the rule
        return False
    return isinstance(wanted, type | UnionType) and type(None) not in (wanted, *get_args(wanted)) and wanted not in (Any, object)


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

    `raised`: what the rule raised instead of an outcome, which counts as a case that fails. `telling`: whether a case could have been
    otherwise. `varied`: whether the rule was run on other profiles, too; None where it ran only once, or where nobody wants to know.
    `lied`: of cases about lies, whether more was said than is true, less, or both.
    """

    cases: int
    facts: Mapping[str, object] | None = None
    raised: str | None = None
    telling: bool = True
    varied: bool | None = None
    lied: frozenset[bool] = frozenset()

    @property
    def told(self) -> str:
        """What it says, in words."""
        said = f"none of {self.cases} cases fails" if self.facts is None else f"case {self.cases} fails with {text(dict(self.facts))}"
        return self.raised or said


def judge(clause: RuleClause, rule: Running, profile: object, draw: Draw, *, varied: bool = False, lied: bool = False) -> Judgement:
    """Judge a clause on one profile and on whatever it draws besides. `varied`, `lied`: whether somebody wants to know that."""
    try:
        return watched(lambda: _judge(clause, rule, profile, draw, varied=varied and isinstance(clause, Relates), lied=lied))
    except BrokenRule:
        raise
    except Exception as error:
        raise BrokenClause(f"clause {clause.id} raised {type(error).__name__}: {error}") from error


def _judge(clause: RuleClause, rule: Running, profile: object, draw: Draw, *, varied: bool, lied: bool) -> Judgement:
    count, asked, telling, ways = 0, rule.asked, isinstance(clause, ForAll), set[bool]()
    rule.recent.clear()
    try:
        for case in clause.cases(profile, rule(profile)) if isinstance(clause, ForAll) else clause.cases(rule, profile, draw):
            if type(case) is not Case or type(case.holds) is not bool:
                raise BrokenClause(f"clause {clause.id} yielded {case!r}; yield case(holds, **facts)")
            if rule.asked == asked and not isinstance(clause, ForAll):
                raise BrokenClause(f"clause {clause.id} states a case before it has run the rule, of which that says nothing")
            count += 1
            telling = telling or (isinstance(clause, Relates) and clause.telling(case.facts))
            if lied and isinstance(clause, Relates):
                ways |= {said > true for true, said in clause.lied(profile, case.facts) if said != true}
            if not case.holds:
                return Judgement(count, {"profile": profile, **case.facts})
    except RuleRaised as raised:
        return Judgement(count + 1, {"profile": profile, **raised.facts}, raised.raised)
    return Judgement(count, telling=telling, varied=rule.varied(profile) if varied else None, lied=frozenset(ways))
