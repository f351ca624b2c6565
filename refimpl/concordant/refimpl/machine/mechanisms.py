"""Mechanisms: a rule, the space of its profiles, and what it promises; and rules by name, from which mechanisms are made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, ParamSpec, TypeVar

from attrs import Factory, evolve, field, frozen

from concordant.spec.vocabulary import Cases, Domain, Draw, ForAll, RuleClause, require_distinct

R = TypeVar("R")
P = TypeVar("P")
S = ParamSpec("S")
M = ParamSpec("M")


@frozen(eq=False)
class Mechanism(Generic[P, R]):
    """A pure rule from profiles to outcomes.

    `profiles` draws a profile: first how large it is, then what is in it, every draw under a name of its own. `name`: of the
    rule, as reports call it; by default what its function is called.
    """

    rule: Callable[[P], R]
    profiles: Callable[[Draw], P]
    promises: tuple[RuleClause, ...]
    name: str = field(default=Factory(lambda self: called(self.rule), takes_self=True))

    def __attrs_post_init__(self) -> None:
        require_distinct(self.promises)

    def cases(self, clause: RuleClause, draw: Draw) -> Cases:
        """Judge a clause on one profile, whoever draws it."""
        profile = self.profiles(draw)
        if isinstance(clause, ForAll):
            yield from clause.cases(profile, self.rule(profile))
        else:
            yield from clause.cases(self.rule, profile, draw)


AnyMechanism = Mechanism[Any, Any]


@frozen(eq=False)
class NamedRule(Generic[P, R, S, M]):
    """A rule of a family under its name, with what it promises: mechanisms are made of it, on profiles of one size or another."""

    name: str
    rule: Callable[[P], R]
    domain: Domain[P, Any, R, S, M]
    promises: tuple[RuleClause, ...]

    def on(self, *sizes: S.args, **options: S.kwargs) -> Mechanism[P, R]:
        """Return the rule on the profiles of its family that have these sizes."""
        return self.over(lambda draw: self.domain.profiles(draw, *sizes, **options))

    def on_malformed(self, *flaws: M.args, **options: M.kwargs) -> Mechanism[P, R]:
        """Return the rule on profiles with a flaw, of which it promises no more than that they are rejected."""
        return self.promising(self.domain.rejection).over(lambda draw: self.domain.malformed(draw, *flaws, **options))

    def over(self, profiles: Callable[[Draw], P]) -> Mechanism[P, R]:
        """Return the rule on other profiles."""
        return Mechanism(self.rule, profiles, self.promises, self.name)

    def replaced_by(self, rule: Callable[[P], R], name: str | None = None) -> NamedRule[P, R, S, M]:
        """Return another rule with the same promises, to see what that breaks."""
        return evolve(self, rule=rule, name=name or called(rule))

    def promising(self, *promises: RuleClause) -> NamedRule[P, R, S, M]:
        """Return the rule with other promises."""
        return evolve(self, promises=promises)


def called(rule: Callable[..., object]) -> str:
    """Say what a rule is called: its function, in words.

    >>> def second_price(profile): ...
    >>> called(second_price)
    'second price'
    """
    named = rule.func if isinstance(rule, partial) else rule
    return str(getattr(named, "__name__", named)).strip("<>").replace("_", " ")
