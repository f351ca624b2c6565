# mypy: disable-error-code="override"
"""Amounts that tell what they are compared with: how far they are from that, and which draw would bring them there.

To a rule such an amount is as any other. What comes of it is not believed: it only says which profiles are worth asking about.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor, isfinite
from operator import ge, gt, le, lt
from typing import Any, Self, TypeAlias

from attrs import frozen

from concordant.spec.vocabulary import Amount, is_amount

Slopes: TypeAlias = Mapping[str, Amount]
"""By how much an amount grows with each amount drawn, here."""
Site: TypeAlias = tuple[int, int]
"""Where in the code something is compared."""

NONE: Slopes = {}
HIDDEN = ("<attrs", "<string", __file__, inspect.getfile(Fraction))
"""Files of code that compares for another."""
MOST = 2_000
"""So many comparisons of one run are noted at most."""


@frozen
class Contrast:
    """That an amount was compared: where, how much more it was than the other, and the slopes of that.

    `by_rule`: whether the rule did, or what judges it.
    """

    site: Site
    more: Amount
    slopes: Slopes
    by_rule: bool


_noted: list[Contrast] = []
_rules: list[None] = []
"""One for each rule that runs now."""


def noting(rule: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a rule of which is noted what it compares."""

    def noted_of(profile: Any) -> Any:
        _rules.append(None)
        try:
            return rule(profile)
        finally:
            _rules.pop()

    return noted_of


def noted() -> list[Contrast]:
    """Return what was compared since this was asked last."""
    found = list(_noted)
    _noted.clear()
    return found


class Followed(Fraction):
    """An amount, with its slopes.

    It has another hash than an equal amount that nobody follows: no cache of a rule takes one for the other.
    """

    __slots__ = ("plain", "slopes")
    plain: Amount
    slopes: Slopes

    def __new__(cls, plain: Amount, slopes: Slopes) -> Self:  # noqa: D102
        self = object.__new__(cls)
        self.plain, self.slopes = plain, slopes
        self._numerator, self._denominator = plain.numerator, plain.denominator  # type: ignore[attr-defined]  # as Fraction has them
        return self

    @property  # type: ignore[misc]  # so that `isinstance` takes it for what it stands for
    def __class__(self) -> type:
        """The class of the amount that it is for a rule."""
        return type(self.plain)

    @property
    def numerator(self) -> Any:
        """The numerator, as if the denominator stayed as it is."""
        below = self.plain.denominator
        return Followed(self.plain.numerator, {name: slope * below for name, slope in self.slopes.items()})

    @property
    def denominator(self) -> int:
        """The denominator."""
        return self.plain.denominator

    def __hash__(self) -> int:
        return hash((Followed, self.plain))

    def __repr__(self) -> str:
        return repr(self.plain)

    def __str__(self) -> str:
        return str(self.plain)

    def __format__(self, spec: str) -> str:
        return format(self.plain, spec)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: Any) -> Self:
        return self

    def __add__(self, other: object) -> Any:
        return _made(self, other, lambda one, two: one + two, lambda _, __: (1, 1))

    def __radd__(self, other: object) -> Any:
        return self + other

    def __sub__(self, other: object) -> Any:
        return _made(self, other, lambda one, two: one - two, lambda _, __: (1, -1))

    def __rsub__(self, other: object) -> Any:
        return -self + other

    def __mul__(self, other: object) -> Any:
        return _made(self, other, lambda one, two: one * two, lambda one, two: (two, one))

    def __rmul__(self, other: object) -> Any:
        return self * other

    def __truediv__(self, other: object) -> Any:
        return _made(self, other, _quotient, lambda one, two: (1 / Fraction(two), -one / Fraction(two * two)))

    def __rtruediv__(self, other: object) -> Any:
        return _reflected(other, self, _quotient, lambda one, two: (0, -one / Fraction(two * two)))

    def __floordiv__(self, other: object) -> Any:
        return _made(self, other, lambda one, two: one // two, lambda one, two: (1 / Fraction(two), -one / Fraction(two * two)))

    def __rfloordiv__(self, other: object) -> Any:
        return _reflected(other, self, lambda one, two: one // two, lambda one, two: (0, -one / Fraction(two * two)))

    def __mod__(self, other: object) -> Any:
        return _made(self, other, lambda one, two: one % two, lambda one, two: (1, -(one // two)))

    def __rmod__(self, other: object) -> Any:
        return _reflected(other, self, lambda one, two: one % two, lambda one, two: (0, -(one // two)))

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __pow__(self, other: Any, modulo: Any = None) -> Any:
        if modulo is not None:
            return pow(self.plain, plain(other), plain(modulo))
        return _made(self, other, lambda one, two: one**two, lambda one, two: (two * one ** (two - 1) if two else 0, 0))

    def __rpow__(self, other: Any) -> Any:
        return other**self.plain

    def __neg__(self) -> Any:
        return Followed(-self.plain, {name: -slope for name, slope in self.slopes.items()})

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return self if self >= 0 else -self

    def __round__(self, digits: int | None = None) -> Any:
        return Followed(round(self.plain, digits), self.slopes)

    def __floor__(self) -> Any:
        return Followed(floor(self.plain), self.slopes)

    def __ceil__(self) -> Any:
        return Followed(ceil(self.plain), self.slopes)

    def __trunc__(self) -> int:
        return int(self.plain)

    def __int__(self) -> int:
        return int(self.plain)

    def __index__(self) -> int:
        if type(self.plain) is not int:
            raise TypeError(f"{self.plain!r} is no index")
        return self.plain

    def __float__(self) -> float:
        return float(self.plain)

    def __lt__(self, other: object) -> Any:
        return _asked(self, other, lt)

    def __le__(self, other: object) -> Any:
        return _asked(self, other, le)

    def __gt__(self, other: object) -> Any:
        return _asked(self, other, gt)

    def __ge__(self, other: object) -> Any:
        return _asked(self, other, ge)

    def __eq__(self, other: object) -> Any:
        return _asked(self, other, lambda one, two: one == two)

    def __bool__(self) -> bool:
        return bool(_asked(self, 0, lambda one, two: one != two))


def _is_followed(value: object) -> bool:
    return type(value) is Followed


def plain(value: Any) -> Any:
    """Return an amount that nobody follows."""
    if type(value) is Followed:
        return value.plain
    if type(value) is Fraction and (_is_followed(value.numerator) or _is_followed(value.denominator)):  # which `Fraction` made of one
        return Fraction(int(value.numerator), int(value.denominator))
    return value


def _quotient(one: Any, two: Any) -> Any:
    return Fraction(one) / two


def _is_number(value: object) -> bool:
    return is_amount(value) or isinstance(value, bool)


def _made(one: Followed, other: object, made: Callable[[Any, Any], Any], slopes: Callable[[Any, Any], tuple[Any, Any]]) -> Any:
    if isinstance(other, float):  # of which there is no more to follow
        return made(one.plain, other)
    if not _is_number(other):
        return NotImplemented
    two, others = plain(other), other.slopes if type(other) is Followed else NONE
    return _joined(one.plain, two, one.slopes, others, made, slopes)


def _reflected(other: object, one: Followed, made: Callable[[Any, Any], Any], slopes: Callable[[Any, Any], tuple[Any, Any]]) -> Any:
    if isinstance(other, float):
        return made(other, one.plain)
    return _joined(other, one.plain, NONE, one.slopes, made, slopes) if _is_number(other) else NotImplemented


def _joined(one: Any, two: Any, ones: Slopes, others: Slopes, made: Any, slopes: Any) -> Any:
    value = made(one, two)
    if not is_amount(value):  # a power that is no fraction
        return value
    by, by_other = slopes(one, two)
    joined = {name: by * slope for name, slope in ones.items()}
    for name, slope in others.items():
        joined[name] = joined.get(name, 0) + by_other * slope
    return Followed(value, joined)


def _asked(one: Followed, other: object, asks: Callable[[Any, Any], bool]) -> Any:
    if isinstance(other, float) and isfinite(other):
        other = Fraction(other)
    if not _is_number(other):
        return asks(one.plain, other) if isinstance(other, float) else NotImplemented
    two = plain(other)
    if len(_noted) < MOST:
        slopes = dict(one.slopes)
        for name, slope in (other.slopes if type(other) is Followed else NONE).items():
            slopes[name] = slopes.get(name, 0) - slope
        if any(slopes.values()):
            _noted.append(Contrast(_site(), one.plain - two, slopes, bool(_rules)))
    return asks(one.plain, two)


def _site() -> Site:
    """Return where the code stands that compares: which code, and at which of its instructions."""
    frame = sys._getframe(3)  # noqa: SLF001  # as every debugger does
    while frame.f_back is not None and frame.f_code.co_filename.startswith(HIDDEN):
        frame = frame.f_back
    return id(frame.f_code), frame.f_lasti
