"""What a rule makes of a profile, and what every clause says of that one profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, fields, frozen, has

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.explorer.tables.rules import Ruled
from concordant.checks.explorer.truths import Here
from concordant.checks.mechanisms.running import RuleRaised, Running, judge
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import AnyMechanism
from concordant.spec.vocabulary import Amount, Map, RuleClause, is_amount

MOST = 150
"""In how many ways what a clause draws besides a profile is drawn, at most."""


@frozen
class OfProfile:
    """What a clause says of a profile. `facts`: of the first case that is false; `ways`: in how many ways the rest was drawn, `all` of them or not."""

    clause: RuleClause
    here: Here
    ways: int
    all: bool = field(kw_only=True)
    facts: Mapping[str, object] = field(factory=dict)


@frozen
class Came:
    """What a rule makes of a profile: a value, or what it raised instead."""

    value: object
    raised: str | None = None


@frozen(eq=False)
class TriedOn:
    """A profile of a rule, with its outcome, that of the right rule beside a mistake, and what clauses say."""

    about: Ruled
    profile: Any
    outcome: Came
    right: Came | None
    said: tuple[OfProfile, ...]


@watching()
def tried(about: Ruled, profile: Any) -> TriedOn:
    """Run a rule on a profile, and judge it there."""
    rule = Running(about.mechanism.rule)
    right = None if about.right is None else outcome_of(Running(about.right.rule), profile)
    return TriedOn(about, profile, outcome_of(rule, profile), right, tuple(_said(about, rule, profile, each) for each in about.clauses))


def outcome_of(rule: Running, profile: Any) -> Came:
    """Return the outcome of a profile."""
    try:
        return Came(rule(profile))
    except RuleRaised as raised:
        return Came(None, raised.raised)


def _said(about: Ruled, rule: Running, profile: Any, clause: RuleClause) -> OfProfile:
    cases, ways, draw = 0, 0, Exhaustive(sorted({*about.amounts, *amounts_in(profile)}))
    going = True
    while going and ways < MOST:
        try:
            judged = judge(clause, rule, profile, draw)
        except BrokenClause:  # it is written for other profiles, as of two who divide and choose
            return OfProfile(clause, Here.SILENT, ways, all=False)
        ways += 1
        cases += judged.cases
        if judged.facts is not None:
            here = Here.FALSE if is_promised(about.mechanism, clause) else Here.UNPROMISED
            facts = {name: value for name, value in judged.facts.items() if name != "profile"}
            return OfProfile(clause, here, ways, all=False, facts={**draw.drawn, **facts})
        going = draw.advance()
    return OfProfile(clause, Here.TRUE if cases else Here.SILENT, ways, all=not going)


def is_promised(mechanism: AnyMechanism, clause: RuleClause) -> bool:
    """Tell whether a rule promises a clause."""
    return clause in mechanism.promises


def amounts_in(value: Any) -> Iterator[Amount]:
    """Yield the amounts in a value that are not negative.

    >>> from fractions import Fraction
    >>> sorted(amounts_in((3, Map.of({"a": Fraction(1, 2)}), True, -1)))
    [Fraction(1, 2), 3]
    """
    if is_amount(value):
        yield from (value,) if value >= 0 else ()
    for each in _inside(value):
        yield from amounts_in(each)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, Map):
        return value.values()
    if isinstance(value, tuple | frozenset):
        return value
    return (getattr(value, part.name) for part in fields(type(value))) if has(type(value)) else ()
