"""Whatever a protocol says of states is asked twice, as handlers are: the second time with sets in another order, and once more at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeAlias, TypeVar

from attrs import define, field

A = TypeVar("A")
Given: TypeAlias = tuple[Any, ...]

KEPT: Final = 1_000
"""How many answers are kept to be asked for again: the first ones, which knew the least of what came later."""


@define(eq=False)
class Twice(Generic[A]):
    """A function of a protocol that answers by nothing but what it is given.

    `called`: how errors name it. `shown`: what of an answer shows, as text. `broken`: makes an error of a text.
    """

    called: str
    function: Callable[..., A]
    shown: Callable[[A], str]
    broken: Callable[[str], Exception]
    _kept: list[tuple[Given, str]] = field(factory=list, init=False)

    def __call__(self, given: Given, again: Given) -> A:
        """Return the answer to the arguments; `again` are the same ones with their sets scrambled."""
        answer = self.function(*given)
        first, second = self.shown(answer), self._asked(again)
        if first != second:
            if self._asked(given) == first == self._asked(given):
                raise self.broken(f"{self.called}: the order of a set shows: {first}, or {second}; sort a set before you go through it")
            raise self._otherwise(first, second)
        if len(self._kept) < KEPT:
            self._kept.append((given, first))
        return answer

    def ask_again(self, over: Callable[[], object] = bool) -> None:
        """Ask for what was kept, the last first, so that what the function kept meanwhile is known to all; until it is `over`."""
        for given, first in reversed(self._kept):
            if over():
                return
            now = self._asked(given)
            if now != first:
                raise self._otherwise(first, now)

    def _asked(self, given: Given) -> str:
        return self.shown(self.function(*given))

    def _otherwise(self, first: str, second: str) -> Exception:
        what = f"answers otherwise when it is asked again: {first}, then {second}; it keeps nothing outside of what it is given"
        return self.broken(f"{self.called} {what}")
