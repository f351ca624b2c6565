"""Grids: scopes of a rule, that is, all its profiles with a few amounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve, field, frozen

from concordant.checks.exploration.scope import Size
from concordant.checks.misuse import Misuse
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Draw, RuleClause, is_amount, outcomes_are_exact


@frozen
class Profiles:
    """What judging a grid gives, pinned in the scope's file: a rule or space that changes silently is noticed.

    `profiles`: combinations of draws that give a profile. `runs`: distinct profiles on which the rule ran, lies and other
    variations included. `cases`: of all clauses together.
    """

    profiles: int
    runs: int
    cases: int


@frozen(eq=False)
class Grid:
    """A rule to judge on every profile with these amounts, and on some random ones with any amounts.

    `amounts`: ints, Fractions or both, ascending; none where profiles have no amounts. `examples`: how many random
    profiles, the same on every run. `at_random`: how those are drawn, where not as the others: larger ones, whatever the names.
    `expected` is None while a scope is being written.
    """

    name: str
    shows: str
    mechanism: Mechanism[Any, Any]
    amounts: tuple[Amount, ...] = ()
    expected: Profiles | None = None
    size: Size = field(default=Size.SMALL, kw_only=True)
    examples: int = field(default=100, kw_only=True)
    at_random: Callable[[Draw], Any] | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.amounts, tuple):
            raise Misuse(f"grid {self.name} has the amounts {self.amounts!r}; give a tuple of them, such as (0, 1, 2)")
        wrong = [amount for amount in self.amounts if not is_amount(amount) or amount < 0]
        if wrong or list(self.amounts) != sorted(set(self.amounts)):
            raise Misuse(f"grid {self.name} has the amounts {self.amounts}; use exact ones, ascending from 0, such as (0, 1, 2)")

    @property
    def randomly(self) -> Mechanism[Any, Any]:
        """The rule on the profiles of which some are drawn at random."""
        return self.mechanism if self.at_random is None else evolve(self.mechanism, profiles=self.at_random)

    @property
    def clauses(self) -> tuple[RuleClause, ...]:
        """What is judged: what the mechanism promises, and that its outcomes are exact, which every mechanism does."""
        return tuple(dict.fromkeys((*self.mechanism.promises, outcomes_are_exact)))
