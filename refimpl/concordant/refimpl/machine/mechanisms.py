"""Mechanisms: a rule, the space of its profiles, and what it promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from attrs import frozen

from concordant.spec.vocabulary import Cases, Draw, ForAll, RuleClause, require_distinct

R = TypeVar("R")
P = TypeVar("P")


@frozen(eq=False)
class Mechanism(Generic[P, R]):
    """A pure rule from profiles to outcomes.

    `profiles` draws a profile: first how large it is, then what is in it, every draw under a name of its own.
    """

    rule: Callable[[P], R]
    profiles: Callable[[Draw], P]
    promises: tuple[RuleClause, ...]

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
