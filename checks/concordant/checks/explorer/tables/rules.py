"""Which rule a name means, and the profile with which its table begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, TypeVar

from attrs import define, evolve, field, frozen

from concordant.checks.draws import Noted, require_new, some
from concordant.checks.mechanisms.refute import LARGEST, replay_draws, smallest_counterexample
from concordant.checks.mechanisms.running import RuleRaised, Running, profile_of
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import Misuse
from concordant.checks.registry import REFIMPL, Named, Protocol, distinct
from concordant.refimpl.machine import AnyMechanism, KnownViolation, Mechanism, NamedRule, Pitfall
from concordant.spec.vocabulary import Amount, Clause, ForAll, Rejected, Relates, RuleClause

V = TypeVar("V")
TRIED = 60
"""Among how many profiles the first one is chosen."""


@frozen(eq=False)
class Ruled:
    """A rule to try. `shows`: what its profiles are like, or of a mistake what it is; `start`: the first profile.

    `amounts`: those that clauses draw besides, with those of the profile. `right`: of a mistake the right rule, if one promises the same.
    """

    name: str
    scope: str
    shows: str
    protocol: Protocol
    mechanism: AnyMechanism
    amounts: tuple[Amount, ...]
    start: Any
    right: AnyMechanism | None = None
    known: tuple[RuleClause, ...] = ()
    """What is known to fail of it, and is not promised."""

    @property
    def clauses(self) -> tuple[RuleClause, ...]:
        """What is judged: all that the rule promises, and what it is known not to keep."""
        return distinct((*self.mechanism.promises, *self.known))  # type: ignore[return-value]  # clauses about rules are given, and come back

    @property
    def honesty(self) -> Relates[Any, Any] | None:
        """The clause that no lie pays, of the rule or its family, whether it is promised or not; None where the family knows no lies."""
        rules = [each.rule for each in (self.mechanism, self.right) if each is not None]
        families = (each.domain.truthful for each in self.protocol.of(NamedRule, REFIMPL) if each.rule in rules)
        return next((each for each in (*self.clauses, *families) if isinstance(each, Relates) and each.name == "truthful"), None)


def grids_of(protocol: Protocol) -> tuple[Grid, ...]:
    """List the grids whose profiles are worth a table: those that are made to be rejected can be typed."""
    grids = protocol.grids
    return tuple(each for each in grids if len(each.mechanism.promises) > 1) or grids


def is_ruled(protocol: Protocol, part: Named | None, scope: str | None) -> bool:
    """Tell whether a name, with a scope perhaps, means a rule and no system."""
    if part is None:
        return any(scope in (None, each.name) for each in protocol.grids) and not (scope is None and protocol.scopes)
    return isinstance(getattr(part, "subject", None), Mechanism) or isinstance(part, ForAll | Relates)


def ruled(protocol: Protocol, part: Named | None, name: str, scope: str | None = None) -> Ruled:
    """Return the rule that a name was found to mean: of a protocol one of its grids, of a mistake or a known violation that rule, on the profile that shows it.

    A clause: the smallest mistake that breaks it, or else what is known not to keep it, or a rule that promises it. What means none is a Misuse.
    """
    if part is None:
        return _of_grid(protocol, name, scope)
    if scope is not None:
        raise Misuse(f"{name} is part of {protocol.stem}, and has a rule of its own: leave --scope out")
    match _shown(protocol, part):
        case Pitfall(subject=Mechanism() as wrong) as pitfall:
            found = smallest_counterexample(wrong, _about_rules(pitfall.breaks))
            return _of_mistake(protocol, name, pitfall.mistake, wrong, found.facts.get("profile"), right=_right(protocol, pitfall))
        case KnownViolation(subject=Mechanism() as rule) as known:
            shown = replay_draws(known).facts.get("profile")
            return _of_mistake(protocol, name, known.why, rule, shown, known=(_about_rules(known.clause),))
        case ForAll() | Relates() as clause:
            promising = next((each for each in grids_of(protocol) if clause in each.clauses), None)
            if promising is None:
                raise Misuse(f"{name} is promised by no rule of {protocol.stem}, and broken by no mistake of one")
            return evolve(_of_grid(protocol, name, promising.name), scope="")
        case _:
            raise Misuse(f"{name} is about no rule; concordant explore {protocol.stem} shows what there is")


def _shown(protocol: Protocol, part: Named) -> Named:
    if not isinstance(part, Clause):
        return part
    about = [each for each in protocol.pitfalls if each.breaks.id == part.id and isinstance(each.subject, Mechanism)]
    known = [each for each in protocol.known_violations if each.clause.id == part.id and isinstance(each.subject, Mechanism)]
    return min(about, key=lambda each: (not each.quick, each.length), default=None) or next(iter(known), part)


def _of_grid(protocol: Protocol, name: str, scope: str | None) -> Ruled:
    grids = grids_of(protocol)
    found = grids[0] if scope is None and grids else next((each for each in protocol.grids if each.name == scope), None)
    if found is None:
        raise Misuse(f"{protocol.stem} has no rule on profiles {scope or ''}; it has {', '.join(each.name for each in grids) or 'none'}")
    known = (each.clause for each in protocol.known_violations if _is_of(each.subject, found.mechanism))
    start = _worth_a_look(found.mechanism, found.amounts)
    return Ruled(name, found.name, found.shows, protocol, found.mechanism, found.amounts, start, known=tuple(map(_about_rules, known)))


def _is_of(subject: object, mechanism: AnyMechanism) -> bool:
    return isinstance(subject, Mechanism) and subject.rule is mechanism.rule


def _of_mistake(
    protocol: Protocol,
    name: str,
    shows: str,
    mechanism: AnyMechanism,
    profile: object,
    *,
    right: AnyMechanism | None = None,
    known: tuple[RuleClause, ...] = (),
) -> Ruled:
    amounts = tuple(range(LARGEST - 1))
    start = _worth_a_look(mechanism, amounts) if profile is None else profile
    return Ruled(name, "", shows, protocol, mechanism, amounts, start, right, known)


def _right(protocol: Protocol, pitfall: Pitfall) -> AnyMechanism | None:
    """Return the right rule beside a wrong one: of those that promise what it breaks the one that promises most of the same."""
    wrong = set(pitfall.subject.promises)
    promising = [each.mechanism for each in protocol.grids if pitfall.breaks in each.mechanism.promises]
    return max(promising, key=lambda each: len(wrong & {*each.promises}), default=None)


def _about_rules(clause: Clause) -> RuleClause:
    if not isinstance(clause, ForAll | Relates):
        raise Misuse(f"{clause.id} is about no rule")
    return clause


@define(eq=False)
class _AtRandom:
    """Draws at random, the same on every run."""

    amounts: tuple[Amount, ...]
    random: Random
    drawn: dict[str, object] = field(factory=dict)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        return self.one_of(name, [each for each in self.amounts if at_most is None or each <= at_most])

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        require_new(name, self.drawn)
        self.drawn[name] = chosen = self.random.choice(some(name, options))
        return chosen


def _worth_a_look(mechanism: AnyMechanism, amounts: tuple[Amount, ...]) -> object:
    """Return, of some profiles, one that is not rejected, with many draws and different ones."""
    rule = Running(mechanism.rule)
    found = [*_some(mechanism, amounts or (0, 1, 2))]
    return max(found, key=lambda each: _worth(rule, *each))[0]


def _some(mechanism: AnyMechanism, amounts: tuple[Amount, ...]) -> Iterator[tuple[object, dict[str, object]]]:
    for seed in range(TRIED):
        draw = Noted(_AtRandom(amounts, Random(seed)))  # noqa: S311  # nothing is kept secret by it
        yield profile_of(mechanism, draw), draw.drawn


def _worth(rule: Running, profile: object, drawn: dict[str, object]) -> tuple[bool, int, int]:
    try:
        sound = not isinstance(rule(profile), Rejected)
    except RuleRaised:
        sound = False
    return sound, len(drawn), len({repr(each) for each in drawn.values()})
