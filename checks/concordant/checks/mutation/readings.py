"""Readings: with what a clause was called, kept, so that it can be called so again when it says something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from attrs import evolve, frozen

from concordant.checks.draws import Exhaustive
from concordant.spec.vocabulary import Case, Cases, Clause, Recorded

C = TypeVar("C", bound=Clause)


@frozen(eq=False)
class Reading:
    """A clause and the arguments of one call. Draws are kept as a record."""

    clause: Any
    arguments: tuple[Any, ...]

    def cases(self) -> Iterator[Case]:
        """Yield the cases that the clause, as it now is, makes of them."""
        yield from self.clause.cases(*self.arguments)

    @property
    def fails(self) -> bool:
        """Whether some case fails."""
        return any(not each.holds for each in self.cases())


def keeping(clause: C, kept: list[Reading], *, failing: bool = False) -> C:
    """Return the clause, keeping its readings; with `failing` only those of which a case fails."""
    original: Any = clause

    def cases(*arguments: Any) -> Cases:
        fails = False
        for each in original.cases(*arguments):
            fails = fails or not each.holds
            yield each
        if fails or not failing:
            kept.append(Reading(clause, tuple(map(_fixed, arguments))))

    return evolve(original, cases=cases)  # type: ignore[no-any-return]


def _fixed(argument: object) -> object:
    return Recorded(dict(argument.drawn)) if isinstance(argument, Exhaustive) else argument


def broken(readings: Iterable[Reading]) -> str | None:
    """Return the first clause that fails on one of its readings; what draws otherwise than before is passed over."""
    for each in readings:
        try:
            if each.fails:
                return str(each.clause.id)
        except ValueError:
            continue
    return None
