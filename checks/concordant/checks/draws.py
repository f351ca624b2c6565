"""Ways to draw: every combination in turn; at random in `mechanisms.at_random`. Replay is `Recorded`, of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from attrs import define, field

from concordant.checks.misuse import Misuse
from concordant.spec.vocabulary import Amount, Draw, Open

V = TypeVar("V")


@define(eq=False)
class _Choice:
    """A place in the trail: what was drawn there, from what, and which option is taken now."""

    name: str
    options: tuple[object, ...]
    taken: int = 0

    @property
    def is_last(self) -> bool:
        return self.taken + 1 == len(self.options)


@define(eq=False)
class Exhaustive:
    """Draws every combination of choices in turn, the first drawn slowest; amounts from a grid.

    What is drawn may depend only on what was drawn before it: anything else, such as a set's order, is a ValueError.
    `drawn`: the choices of this combination. `total`: the sum of its amounts. `drew_amounts`: whether there ever was one.
    `opened`: whether any options were open.
    `unchanged`: how many of the first choices are those of the combination before.
    """

    amounts: Sequence[Amount] = ()
    drawn: dict[str, object] = field(factory=dict, init=False)
    total: Amount = field(default=0, init=False)
    drew_amounts: bool = field(default=False, init=False)
    opened: bool = field(default=False, init=False)
    unchanged: int = field(default=0, init=False)
    _trail: list[_Choice] = field(factory=list, init=False)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount of the grid."""
        amount = self.one_of(name, [each for each in self.amounts if at_most is None or each <= at_most])
        self.total += amount
        self.drew_amounts = True
        return amount

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        require_new(name, self.drawn)
        self.opened = self.opened or isinstance(options, Open)
        choices = some(name, options)
        place = len(self.drawn)
        if place == len(self._trail):
            self._trail.append(_Choice(name, choices))
        known = self._trail[place]
        if known.name != name or (known.options != choices and repr(known.options) != repr(choices)):  # NaN differs from itself
            raise Misuse(
                f"after the same choices, {known.name!r} of {known.options} was drawn before and {name!r} of {choices} now; "
                f"let what is drawn depend only on what was drawn earlier"
            )
        self.drawn[name] = choices[known.taken]
        return choices[known.taken]

    def advance(self) -> bool:
        """Go to the next combination; False where there is none."""
        if len(self.drawn) < len(self._trail):
            missing = self._trail[len(self.drawn)].name
            raise Misuse(f"after the same choices, {missing!r} was drawn before and nothing now; let draws depend only on earlier draws")
        self.drawn, self.total = {}, 0
        while self._trail and self._trail[-1].is_last:
            self._trail.pop()
        if self._trail:
            self._trail[-1].taken += 1
            self.unchanged = len(self._trail) - 1
        return bool(self._trail)


@define(eq=False)
class Noted:
    """Draws as another does, and notes what was drawn."""

    draw: Draw
    drawn: dict[str, object] = field(factory=dict, init=False)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        self.drawn[name] = amount = self.draw.amount(name, at_most)
        return amount

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        self.drawn[name] = option = self.draw.one_of(name, options)
        return option


def require_new(name: str, drawn: Mapping[str, object]) -> None:
    """Check that a name was not drawn before; a ValueError otherwise."""
    if name in drawn:
        raise Misuse(f"draw {name!r} was drawn before; give each choice a name of its own")


def some(name: str, options: Iterable[V]) -> tuple[V, ...]:
    """Return the options of a draw; a ValueError where there is none."""
    choices = tuple(options)
    if not choices:
        raise Misuse(f"draw {name!r} has nothing to choose from")
    return choices
