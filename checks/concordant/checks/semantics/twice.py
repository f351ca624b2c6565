"""Whatever a protocol says of states is asked twice, as handlers are: the second time with sets in another order.

Where somebody asks for everything again in the end, the first answers wait for that: then whatever was kept meanwhile shows, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeAlias, TypeVar

from attrs import define, field

from concordant.checks.semantics.turning import turned

A = TypeVar("A")
Given: TypeAlias = tuple[Any, ...]

KEPT: Final = 1_000
"""How many answers are kept to be asked for again in the end: the first ones, which knew the least of what came later."""


@define(eq=False, repr=False)
class Twice(Generic[A]):
    """A function of a protocol that answers by nothing but what it is given.

    `called`: how errors name it. `shown`: what of an answer shows, as text. `broken`: makes an error of a text. `later`: what is kept
    is asked for again in the end only; else at once, and then once more.
    """

    called: str
    function: Callable[..., A]
    shown: Callable[[A], str]
    broken: Callable[[str], Exception]
    later: bool = False
    _kept: list[tuple[Given, Given, str]] = field(factory=list, init=False)

    def __call__(self, given: Given, again: Given) -> A:
        """Return the answer to the arguments; `again` are the same ones with their sets scrambled."""
        answer = self.function(*given)
        first, is_kept = self.shown(answer), len(self._kept) < KEPT
        if not (self.later and is_kept):
            self._compare(given, again, first)
        if is_kept:
            self._kept.append((given, again, first))
        return answer

    def ask_again(self, over: Callable[[], object] = bool) -> None:
        """Ask for what was kept, the last first, so that what the function kept meanwhile is known to all; until it is `over`."""
        for given, again, first in reversed(self._kept):
            if over():
                return
            self._compare(given, again, first)

    def _compare(self, given: Given, again: Given, first: str) -> None:
        with turned():
            second = self._asked(again)
        if first == second:
            return
        if self._asked(given) == first == self._asked(given):
            raise self.broken(f"{self.called}: the order of a set shows: {first}, or {second}; sort a set before you go through it")
        what = f"answers otherwise when it is asked again: {first}, then {second}; it keeps nothing outside of what it is given"
        raise self.broken(f"{self.called} {what}")

    def _asked(self, given: Given) -> str:
        return self.shown(self.function(*given))
