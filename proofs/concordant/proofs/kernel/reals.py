# mypy: disable-error-code="override"
"""Amounts that stand for every real number, and draws that choose them.

A rule computes with them as with Fractions; each comparison, each test for truth and each divisor that may be zero asks the
search of paths. What would look inside, such as hash, int, round, // or text, fails aloud and says what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import combinations
from operator import add, eq, le, mul, sub, truediv
from typing import Any, NoReturn, Self, TypeVar

import z3
from attrs import define, evolve, field, fields, frozen, has

from concordant.proofs.kernel.models import Term, number_of
from concordant.proofs.kernel.paths import Paths, current
from concordant.proofs.kernel.places import place
from concordant.spec.vocabulary import Amount, is_amount

V = TypeVar("V")


class LeavesSubset(TypeError):  # noqa: N818  # it says what the rule does
    """A rule does with an amount what proves nothing of all amounts. The text says where, and what to write instead."""


def left(what: str, instead: str) -> LeavesSubset:
    """Return the error of a rule that leaves the subset here; the search remembers it, should the rule catch it."""
    error = LeavesSubset(f"{place()}: the rule {what}; {instead}")
    current().trespass = error
    return error


def term(value: object) -> Term:
    """Return the term of an amount; a float or a bool leaves the subset."""
    match value:
        case Real():
            return value.term
        case bool():
            raise left(f"computes with {value} as if it were an amount", "write 1 or 0, or an if")
        case int() | Fraction():
            return number(value.numerator, value.denominator)
        case _:
            raise left(f"mixes an amount with {value!r}", "write an int, or a Fraction, or `ratio(a, b)`")


@cache
def number(numerator: int, denominator: int = 1) -> Term:
    """Return the term of a number."""
    return z3.Q(numerator, denominator)


NOTHING = number(0)


def _built(operation: Callable[[Any, Any], Any], one: Term, other: Term) -> Term:
    """Apply an operation of Z3; to the same operands once a search."""
    known = current().terms
    key = operation, id(one), id(other)
    if key not in known:
        built = operation(one, other)
        known[key] = built, one, other  # with the operands, so that no others are found at their address
        current().order.built(operation, built, one, other)
    return known[key][0]


class Real(Fraction):  # noqa: PLW1641  # hash is among what is forbidden below
    """Any real number. Typed and matched as the Fraction that it stands for."""

    __slots__ = ("term",)
    term: Term

    def __new__(cls, term: Term) -> Self:  # noqa: D102
        self = object.__new__(cls)
        self.term = term
        return self

    def __add__(self, other: object) -> Real:
        return Real(_built(add, self.term, term(other)))

    def __radd__(self, other: object) -> Real:
        return Real(_built(add, term(other), self.term))

    def __sub__(self, other: object) -> Real:
        return Real(_built(sub, self.term, term(other)))

    def __rsub__(self, other: object) -> Real:
        return Real(_built(sub, term(other), self.term))

    def __mul__(self, other: object) -> Real:
        return Real(_built(mul, self.term, term(other)))

    def __rmul__(self, other: object) -> Real:
        return Real(_built(mul, term(other), self.term))

    def __truediv__(self, other: object) -> Real:
        return _quotient(self.term, term(other))

    def __rtruediv__(self, other: object) -> Real:
        return _quotient(term(other), self.term)

    def __neg__(self) -> Real:
        return Real(_built(sub, NOTHING, self.term))

    def __pos__(self) -> Real:
        return self

    def __abs__(self) -> Real:
        return self if self >= 0 else -self

    def __lt__(self, other: object) -> bool:
        return not _at_most(other, self)

    def __le__(self, other: object) -> bool:
        return _at_most(self, other)

    def __gt__(self, other: object) -> bool:
        return not _at_most(self, other)

    def __ge__(self, other: object) -> bool:
        return _at_most(other, self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, int | float | Fraction):
            return NotImplemented  # so that a class that is equal to what it likes is asked, as it would be of the number
        return current().branch(_built(eq, self.term, term(other)))

    def __bool__(self) -> bool:
        return not current().branch(_built(eq, self.term, NOTHING))


def _at_most(one: object, other: object) -> bool:
    """Compare. Each of < <= > >= asks this, so that the same question is not asked twice in other words."""
    return current().branch(_built(le, term(one), term(other)))


def _quotient(numerator: Term, denominator: Term) -> Real:
    if current().branch(_built(eq, denominator, NOTHING)):
        raise ZeroDivisionError("an amount is divided by zero")
    return Real(_built(truediv, numerator, denominator))


FORBIDDEN = {
    "a set, as a key of a dict, in a Counter or in a cache (hash)": ("use names as keys, or compare by ==", ("__hash__",)),
    "an int, a float or an index": (
        "keep it exact, or draw a number of things by one_of",
        ("__int__", "__float__", "__complex__", "__index__", "__trunc__"),
    ),
    "a rounded amount": ("keep it exact", ("__round__", "__floor__", "__ceil__", "limit_denominator")),
    "a whole quotient, a remainder or a power": (
        "divide exactly by `ratio(a, b)`, and write a power as a product",
        ("__floordiv__", "__rfloordiv__", "__mod__", "__rmod__", "__divmod__", "__rdivmod__", "__pow__", "__rpow__"),
    ),
    "its bits": (
        "use `and`, `or` and `not`",
        (
            "__and__",
            "__rand__",
            "__or__",
            "__ror__",
            "__xor__",
            "__rxor__",
            "__lshift__",
            "__rlshift__",
            "__rshift__",
            "__rrshift__",
            "__invert__",
        ),
    ),
    "text": ("compare amounts, not their texts; a reason names the rule, not the number", ("__repr__", "__str__", "__format__")),
    "a copy or bytes": ("amounts are immutable: pass them on as they are", ("__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__")),
}
"""What a rule must not make of an amount, what to do instead, and the methods by which it would."""


def _forbidden(what: str, instead: str) -> Callable[..., NoReturn]:
    def method(self: Real, *_: object) -> NoReturn:  # noqa: ARG001  # it has the name of what calls it
        raise left(f"makes of an amount {what}", instead)

    return method


for _what, (_instead, _methods) in FORBIDDEN.items():
    for _method in _methods:
        setattr(Real, _method, _forbidden(_what, _instead))
for _part in sorted({*dir(int), *dir(Fraction)}):
    if not _part.startswith(("__", "_abc")):  # the second is for abc alone
        setattr(Real, _part, property(_forbidden(f"its {_part}", "compare amounts as they are; `is_amount` tells whether it is one")))


@cache
def _variable(name: str) -> Term:
    return z3.Real(name)


@define(eq=False)
class Symbolic:
    """Draws everything at once: amounts are symbols, and each option is taken on paths of its own.

    `ranges`: of each draw from numbers, those that say how far it ranges: the least and the largest number, every fraction, the bound
    of an amount.
    """

    drawn: dict[str, object] = field(factory=dict, init=False)
    ranges: dict[str, frozenset[Amount]] = field(factory=dict, init=False)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose any amount that is not negative."""
        before = current().asked
        if at_most is not None and at_most < 0:
            raise _mistaken(f"draw {name!r} has nothing to choose from")
        current().asked = before  # since not the profiles have asked
        symbol = Real(_variable(name))
        self._note(name, symbol)
        current().assume(_built(le, NOTHING, symbol.term))
        if at_most is not None:
            current().assume(_built(le, symbol.term, term(at_most)))
            self.ranges[name] = frozenset(() if isinstance(at_most, Real) else (at_most,))  # none: another draw, or what is made of it
        return symbol

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        choices = tuple(options)
        if not choices:
            raise _mistaken(f"draw {name!r} has nothing to choose from")
        if all(map(is_amount, choices)):
            amounts = [each for each in choices if is_amount(each)]
            self.ranges[name] = frozenset((min(amounts), max(amounts), *(each for each in amounts if isinstance(each, Fraction))))
        chosen = choices[current().choose(len(choices))]
        self._note(name, chosen)
        return chosen

    def _note(self, name: str, value: object) -> None:
        if name in self.drawn:
            raise _mistaken(f"draw {name!r} was drawn before; give each choice a name of its own")
        self.drawn[name] = value


def _mistaken(text: str) -> ValueError:
    """Return the error of profiles that cannot be drawn so; the search remembers it, for it refutes no rule."""
    error = ValueError(f"{place()}: {text}")
    current().trespass = error
    return error


FROM = " from "
"""What stands between the name of a symbol and the least amount that a profile has for it, where that is not 0."""


def names_in(value: Any) -> Iterator[str]:
    """Yield the names of the symbols that a value holds, alone or within a sum and the like that is any amount as they are."""
    return (name for each in _terms_in(value) for name in _names(each))


def tied_in(value: Any) -> Iterator[str]:
    """Yield, in words, which amounts that a value holds are not any beside each other, since both are made of one symbol."""
    held = [(" ".join(str(each).split()), {name.partition(FROM)[0] for name in _names(each)}) for each in _terms_in(value)]
    for (one, ones), (other, others) in combinations(held, 2):
        if ones & others:
            yield f"how {one} and {other} hang together" if one != other else f"that {one} is there twice"


def _terms_in(value: Any) -> Iterator[Term]:
    if isinstance(value, Real):
        yield value.term
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _terms_in(each)
    elif has(type(value)):
        for part in fields(type(value)):
            yield from _terms_in(getattr(value, part.name))


def _names(term: Term) -> Iterator[str]:
    """Yield the symbols of a term, and with `from`, and the number, one that a number is added to; none where it is nothing times something."""
    parts = term.children()
    if not parts:
        yield from () if z3.is_rational_value(term) else (str(term),)
        return
    numbers = [part.as_fraction() for part in parts if z3.is_rational_value(part)]
    if z3.is_mul(term) and 0 in numbers:
        return
    least = sum(numbers) * (-1 if z3.is_sub(term) else 1) if z3.is_add(term) or z3.is_sub(term) else 0
    for name in (name for part in parts for name in _names(part)):
        yield f"{name}{FROM}{least}" if least else name


def outline(value: Any) -> Hashable:
    """Return what two values have in common that are built alike, symbols of the same terms."""
    if isinstance(value, Real):
        return Real, number_of(value.term)
    if isinstance(value, tuple | list):
        return (type(value), *map(outline, value))
    if has(type(value)):
        return (type(value), *(outline(getattr(value, part.name)) for part in fields(type(value))))
    return type(value), repr(value)


def concrete(value: Any, model: Any) -> Any:
    """Return a value with each symbol replaced by its number in a model, or in that of a path; one that is no fraction is an ArithmeticError."""
    if isinstance(value, Real):
        number = model.eval(value.term, model_completion=True)
        if not z3.is_rational_value(number):
            raise ArithmeticError(f"the counterexample needs the irrational number {number}")
        fraction = Fraction(number.numerator_as_long(), number.denominator_as_long())
        return fraction.numerator if fraction.denominator == 1 else fraction
    if isinstance(value, tuple | list):
        return type(value)(concrete(each, model) for each in value)
    if has(type(value)):
        known = ((each.alias, getattr(value, each.name)) for each in fields(type(value)) if each.init)
        return evolve(value, **{name: concrete(part, model) for name, part in known})
    return value


@frozen
class InNumbers(Mapping[str, Any]):
    """Facts with some numbers of a path, each looked for when somebody asks for it."""

    facts: Mapping[str, Any]
    paths: Paths

    def __getitem__(self, name: str) -> Any:
        """Return one in numbers."""
        return concrete(self.facts[name], self.paths)

    def __iter__(self) -> Iterator[str]:
        """Go through their names."""
        return iter(self.facts)

    def __len__(self) -> int:
        """Count them."""
        return len(self.facts)


def multiples(drawn: Iterable[object], of: Fraction, at_most: int | None = None) -> Term:
    """State that all amounts drawn are multiples of something, and not larger than a bound."""
    symbols = [value.term for value in drawn if isinstance(value, Real)]
    bounds = [] if at_most is None else [symbol <= at_most for symbol in symbols]
    return z3.And([*(z3.IsInt(symbol / term(of)) for symbol in symbols), *bounds])


def readable(paths: Paths, draw: Symbolic) -> Any:
    """Return a model of this path with small numbers, if there is one: whole numbers, or halves, or any."""
    drawn = draw.drawn.values()
    for unit in (Fraction(1), Fraction(1, 2)):
        largest = paths.model(multiples(drawn, unit))
        if largest is not None:
            smaller = (paths.model(multiples(drawn, unit, at_most=bound)) for bound in (1, 2, 3, 5, 10, 20))
            return next((model for model in smaller if model is not None), largest)
    return paths.model()
