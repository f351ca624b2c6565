"""Draws: how whoever checks chooses among possibilities, whether in turn, at random, from a record or all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from attrs import frozen

from concordant.spec.vocabulary.identity import same
from concordant.spec.vocabulary.values import Amount, is_amount

V = TypeVar("V")


class Draw(Protocol):
    """Chooses. Every choice has a name of its own, so that a counterexample is a record `{name: value}`."""

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount that is not negative."""
        ...

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options; none to choose from is a ValueError."""
        ...


@frozen(eq=False)
class Open(Generic[V]):
    """Options of which there are more than anybody lists, such as names. `also`: what may be drawn besides, by whoever knows of something."""

    options: tuple[V, ...]
    also: Callable[[object], bool]

    def __iter__(self) -> Iterator[V]:
        return iter(self.options)


@frozen
class Recorded:
    """Draws what a record says: a witness, a test vector or a counterexample. A choice that it lacks is a ValueError."""

    values: Mapping[str, object]

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Return the recorded amount; one that could not have been drawn is a ValueError."""
        value = self._recorded(name)
        if not is_amount(value) or value < 0 or (at_most is not None and value > at_most):
            raise ValueError(f"{name!r} is recorded as {value!r}; it must be an exact amount between 0 and {at_most or 'any'}")
        return value

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Return the recorded option; one that is none of the options is a ValueError."""
        value, choices = self._recorded(name), tuple(options)
        for option in choices:
            if same(option, value):
                return option
        if isinstance(options, Open) and options.also(value):
            return value  # type: ignore[return-value]  # it is one of the others
        raise ValueError(f"{name!r} is recorded as {value!r}, which is none of {choices}")

    def _recorded(self, name: str) -> object:
        if name not in self.values:
            raise ValueError(f"no draw {name!r} is recorded; there are {', '.join(self.values) or 'none'}")
        return self.values[name]
