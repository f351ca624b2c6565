"""Symbols for handlers: each stands for any value of a class, such as any ballot, in a sort of the proved model.

A handler may move a symbol and compare it. Comparing asks Z3: where both answers are possible, the run forks, and every path
is taken. Whatever else would look inside fails aloud, and the search remembers it, should the handler catch what is raised.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from types import MappingProxyType, NoneType
from typing import Any, Final, NoReturn

import z3
from attrs import fields, frozen, has

from concordant.proofs.kernel.forbidden import FORBIDDEN
from concordant.proofs.kernel.models import Sort, Term
from concordant.proofs.kernel.openings import LeftOpen, raw
from concordant.proofs.kernel.paths import Impossible, Refuted, current
from concordant.proofs.kernel.trespassing import asked_by_us, looked


@frozen(eq=False)
class SymbolicClass:
    """A class whose values are symbols, what several are called, and the sort in which they live.

    `order`: the model's own order of the sort, if there is one. `real`: what is known of every value. `made`: what is known of
    a value that a handler puts together itself, given the value and its term. `next`: what is known of a number and of one more.
    `others`: classes without fields, whose one value is an element, too, as is the value that stands for nothing at all.
    `adds`: symbols of which class may be added to a value and taken from it, and what is known of a value, of such a one, and of their sum.
    For every two there is such a sum, and for every sum and such a one what it is the sum of.
    `first`: of numbers that are counted from 0 the first few. One of these a handler may use as an index, or test for truth.
    `holds`: the fields of a value that are symbols themselves, each of its class, and as a function of the value; of others nothing is known.
    `sure`: every value is of just this class, so that a handler may ask for that, and for its truth: that a number is not 0, that a record
    is there. Of such a number it may also ask what is left of it by another, and keep it in sets, where 0 alone of Python's own is found (miscounting.py).
    """

    kind: type
    plural: str
    sort: Sort
    order: Callable[[Term, Term], Term] | None = None
    real: Callable[[Term], Term] | None = None
    made: Callable[[Any, Term], Term] | None = None
    next: Callable[[Term, Term], Term] | None = None
    others: tuple[type, ...] = ()
    adds: tuple[SymbolicClass, Callable[[Term, Term, Term], Term]] | None = None
    first: tuple[Term, ...] = ()
    holds: Mapping[str, tuple[SymbolicClass, Callable[[Term], Term]]] = MappingProxyType({})
    sure: bool = False

    def symbol(self, name: str) -> Any:
        """Return any value, typed as what the handler expects."""
        return self.element(z3.Const(name, self.sort))

    def element(self, term: Term) -> Any:
        """Return the value of a term."""
        return Element(self, term)

    def term(self, value: object) -> Term:
        """Return the term of a value: of a symbol, or of one that the handler made itself. Anything else is Refuted."""
        if type(value) is Element and _DOMAIN(value) is self:
            return _TERM(value)
        if not self.makes(value):
            raise Refuted(f"{shown(value)} stands where a {self.kind.__name__} should")
        if type(value) is int and 0 <= value < len(self.first):
            return self.first[value]
        if type(value) in self.others:
            return z3.Const(f"the {shown(value)}", self.sort)
        if not all(_is_plain(getattr(value, name)) for name in self.parts):
            raise looked(f"puts into a {self.kind.__name__} what no {self.kind.__name__} has")
        term = z3.Const(f"the {shown(value)}", self.sort)
        held = [part(term) == domain.term(getattr(value, name)) for name, (domain, part) in self.holds.items()]
        current().define(
            f"{self.sort} {term}",
            lambda: z3.And([*self.facts(term), *held, *([] if self.made is None else [self.made(value, term)])]),
            f"of {self.plural} that are made",
        )
        return term

    def makes(self, value: object) -> bool:
        """Tell whether a value that is no symbol is one that a handler may have made itself."""
        return type(value) in (self.kind, *self.others)

    def facts(self, term: Term) -> tuple[Term, ...]:
        """Return what is known of the term of any value."""
        return () if self.real is None else (self.real(term),)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the fields of its values."""
        return tuple(each.name for each in fields(self.kind)) if has(self.kind) else ()


class Element:
    """Any value of a domain."""

    __slots__ = ("_domain", "_term")

    def __init__(self, domain: SymbolicClass, term: Term) -> None:
        object.__setattr__(self, "_domain", domain)
        object.__setattr__(self, "_term", term)

    def __hash__(self) -> int:
        if not has(_DOMAIN(self).kind) and not _DOMAIN(self).sure:
            raise looked(f"keeps {_what(self)} in a set or as a key; keep it in a tuple, where it is found by ==")
        return HASH

    def __eq__(self, other: object) -> bool:
        return _equals(self, other)

    def __ne__(self, other: object) -> bool:
        equal = _equals(self, other)
        return equal if equal is NotImplemented else not equal

    def __le__(self, other: object) -> bool:
        return _before(self, other)

    def __ge__(self, other: object) -> bool:
        return _before(other, self)

    def __lt__(self, other: object) -> bool:
        return not _before(other, self)

    def __gt__(self, other: object) -> bool:
        return not _before(self, other)

    def __add__(self, more: object) -> Element:
        return _one_more(self, more) if type(more) in (int, bool) else _moved(self, "+", more)

    __radd__ = __add__

    def __sub__(self, less: object) -> Element:
        return _one_less(self, less) if type(less) is int else _moved(self, "-", less)

    def __index__(self) -> int:
        return _counted_out(self)

    def __bool__(self) -> bool:
        domain = _DOMAIN(self)
        if not domain.sure and not domain.first:
            raise looked(f"tests for truth {_what(self)}")
        return not current().branch(_TERM(self) == domain.first[0]) if domain.first else has(domain.kind) or not _equals(self, 0)

    def __mod__(self, by: object) -> int:
        domain, term = _DOMAIN(self), _TERM(self)
        if not domain.sure or type(by) is not int or by < 1:
            raise looked(f"computes with {_what(self)}")
        rest = [z3.Function(f"% {by} == {number}", domain.sort, z3.BoolSort()) for number in range(by - 1)]
        return next((number for number, is_it in enumerate(rest) if current().branch(is_it(term))), by - 1)

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__" and asked_by_us():
            return Element
        if name in _DOMAIN(self).holds:
            domain, part = _DOMAIN(self).holds[name]
            return Element(domain, part(_TERM(self)))
        if name == "__class__" and _DOMAIN(self).sure:
            return _DOMAIN(self).kind
        if name in _DOMAIN(self).parts:
            return Projection(self, name)
        raise looked(f"looks at {name} of a {_DOMAIN(self).kind.__name__}")


def or_none(symbol: Element) -> Element | None:
    """Return a symbol, or None, where it may be that: on paths of their own."""
    return None if current().branch(_TERM(symbol) == _DOMAIN(symbol).term(None)) else symbol


HASH = 0
"""Of all symbols, so that sets and dicts compare them by ==, which forks. What a handler makes itself must have it, too."""


_DOMAIN: Final[Callable[[Any], SymbolicClass]] = Element.__dict__["_domain"].__get__
_TERM: Final[Callable[[Any], Term]] = Element.__dict__["_term"].__get__


def _equals(symbol: Element, other: object) -> bool:
    """Compare as the value would; NotImplemented of a class of others, which is then asked: it may be equal to what it likes."""
    domain = _DOMAIN(symbol)
    if type(other) is Element or domain.makes(other):
        if type(other) is Element and _DOMAIN(other) is not domain:
            if _DOMAIN(other).kind is domain.kind:
                raise looked(f"compares one of the {domain.plural} with one of the {_DOMAIN(other).plural}, which may be equal or not")
            return False
        mine, its = _TERM(symbol), domain.term(other)
        return bool(mine.eq(its)) or current().branch(mine == its)
    if isinstance(other, domain.kind):
        raise looked(f"compares {_what(symbol)} with a {type(other).__name__}, which is one of its own kind")
    return NotImplemented  # type: ignore[no-any-return]  # Python's own word for it


def _one_more(symbol: Element, more: object) -> Element:
    domain, term = _DOMAIN(symbol), _TERM(symbol)
    if domain.next is None or more not in ((0, 1) if type(more) is bool else (1,)):
        raise looked(f"computes with {_what(symbol)}")
    if not more:
        return symbol
    following, known = z3.Const(f"{_called(term)} + 1", domain.sort), domain.next
    current().define(f"{domain.sort} {following}", lambda: known(term, following), f"of {domain.plural} that are made")
    return Element(domain, following)


def _one_less(symbol: Element, less: object) -> Element:
    """Return the number before this; there is one only if it is not the first, which must follow from what is known."""
    domain, term = _DOMAIN(symbol), _TERM(symbol)
    if domain.next is None or domain.order is None or type(less) is not int or less != 1:
        raise looked(f"computes with {_what(symbol)}")
    order, before, known = domain.order, z3.Const(f"{_called(term)} - 1", domain.sort), domain.next
    if not domain.first or current().branch(term == domain.first[0]):
        a_number = z3.Const("a lower number", domain.sort)
        current().prove(z3.Exists([a_number], z3.And(order(a_number, term), a_number != term)), f"{shown(symbol)} has a number before it")
    current().define(f"{domain.sort} {before}", lambda: known(before, term), f"of {domain.plural} that are made")
    return Element(domain, before)


def _counted_out(symbol: Element) -> int:
    """Return which of the first numbers this is, each on a path of its own; there is a path on which it is none only if it may be."""
    domain, term = _DOMAIN(symbol), _TERM(symbol)
    for number, each in enumerate(domain.first):
        if current().branch(term == each):
            return number
    if domain.first and not current().possible(z3.BoolVal(True)):  # Z3's own signature
        raise Impossible
    raise looked(f"makes a number of {_what(symbol)}")


def _moved(symbol: Element, sign: str, other: object) -> Element:
    """Return the sum of two symbols, or what the first is the sum of and the other; what is known of it is what the class of the first says."""
    domain, adds = _DOMAIN(symbol), _DOMAIN(symbol).adds
    if adds is None or type(other) is not Element or _DOMAIN(other) is not adds[0]:
        raise looked(f"computes with {_what(symbol)}")
    term, by, known = _TERM(symbol), _TERM(other), adds[1]
    moved = z3.Const(f"{_called(term)} {sign} {_called(by)}", domain.sort)
    low, high = (term, moved) if sign == "+" else (moved, term)
    current().define(f"{domain.sort} {moved}", lambda: known(low, by, high), f"of {domain.plural} that are made")
    return Element(domain, moved)


def _before(low: Any, high: Any) -> bool:
    symbol = low if type(low) is Element else high
    domain = _DOMAIN(symbol)
    if domain.order is None or any(type(each) not in (Element, domain.kind) for each in (low, high)):
        raise looked(f"asks which of two comes first, {shown(low)} or {shown(high)}, of which the model knows no order")
    one, other = domain.term(low), domain.term(high)
    return one.eq(other) or current().branch(domain.order(one, other))


class Projection:
    """A field of an element, or that and a number more. Nothing is known of it, so that every comparison may go either way."""

    __slots__ = ("_more", "_name", "_whole")

    def __init__(self, whole: Element, name: str, more: int = 0) -> None:
        for slot, value in (("_whole", whole), ("_name", name), ("_more", more)):
            object.__setattr__(self, slot, value)

    def __hash__(self) -> int:
        raise looked(f"keeps {_what(self)} in a set or as a key; keep it in a tuple, where it is found by ==")

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__" and asked_by_us():
            return Projection
        raise looked(f"looks at {name} of {_what(self)}")

    def __add__(self, more: object) -> Projection:
        if type(more) is not int:
            raise looked(f"adds {shown(more)} to {_what(self)}")
        whole, name, already = _PART(self)
        return Projection(whole, name, already + more)

    __radd__ = __add__

    def __eq__(self, other: object) -> bool:
        return _goes(self, "==", other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __le__(self, other: object) -> bool:
        return _goes(self, "<=", other)

    def __lt__(self, other: object) -> bool:
        return _goes(self, "<", other)

    def __gt__(self, other: object) -> bool:
        return not self <= other

    def __ge__(self, other: object) -> bool:
        return not self < other

    def __bool__(self) -> bool:
        return not _goes(self, "==", 0)


def _goes(part: Projection, how: str, other: object) -> bool:
    mine, its = shown(part), _told(other)
    return current().branch(z3.BoolVal(how != "<") if mine == its else z3.Bool(f"{mine} {how} {its}"))


def likened(one: object, other: object) -> bool:
    """Compare two fields of which one is left open; either answer may be, but for the very same."""
    mine, its = (_told(one), _told(other)) if type(one) is LeftOpen else (_told(other), _told(one))
    return mine == its or current().branch(z3.Bool(f"{mine} == {its}"))


def _told(value: object) -> str:
    """Return a value as text that is that of no other; of what makes its own text, or is of a class of the handler's, another each time."""
    return shown(value) if _is_plain(value) else f"what is asked after {current()._position}"  # noqa: SLF001  # how many choices this path has come by


def _is_plain(value: Any) -> bool:
    """Tell whether a value consists of symbols and of what Python and our own specifications are made of, so that its text is its own."""
    kind: Any = type(value)
    if kind in (Element, Projection, LeftOpen, NoneType, bool, int, str, Fraction) or issubclass(kind, AnyNumber):
        return True
    if kind in (tuple, frozenset):
        return all(map(_is_plain, value))
    ours = kind.__module__.startswith("concordant.") and getattr(sys.modules[kind.__module__], kind.__qualname__, None) is kind
    return ours and (issubclass(kind, Enum) or (has(kind) and all(_is_plain(raw(value, each.name)) for each in fields(kind))))


def _PART(part: Projection) -> tuple[Element, str, int]:  # noqa: N802  # as _DOMAIN and _TERM
    whole, name, more = (Projection.__dict__[slot].__get__(part) for slot in ("_whole", "_name", "_more"))
    return whole, name, more


def forbidden(what: str) -> Callable[..., NoReturn]:
    """Return a method that a handler must not call."""

    def method(self: Any, *_: object) -> NoReturn:
        raise looked(f"{what} {_what(self)}")

    return method


def _what(symbol: Any) -> str:
    return shown(symbol) if type(symbol) is not Element else f"a {_DOMAIN(symbol).kind.__name__}"


for _doing, _methods in FORBIDDEN.items():
    for _method in _methods:
        if _method not in ("__add__", "__radd__", "__sub__", "__bool__", "__index__", "__mod__"):
            setattr(Element, _method, forbidden(_doing))
        if _method not in ("__bool__", "__add__", "__radd__"):
            setattr(Projection, _method, forbidden(_doing))


class AnyNumber:
    """What holds any number of symbols: it is called by a text, and is not looked into."""

    __slots__ = ("_text",)


_TEXT: Final[Callable[[Any], str]] = AnyNumber.__dict__["_text"].__get__


def shown(value: object) -> str:
    """Return a value as text, symbols by their names."""
    if issubclass(type(value), AnyNumber):
        return _TEXT(value)
    if type(value) is LeftOpen:
        return value.name
    if type(value) is Element:
        return _called(_TERM(value))
    if type(value) is Projection:
        whole, name, more = _PART(value)
        return f"{name} of {shown(whole)}{f' + {more}' if more else ''}"
    kind: Any = type(value)
    if has(kind):
        return f"{kind.__name__}({', '.join(shown(raw(value, each.name)) for each in fields(kind))})"
    if isinstance(value, tuple | frozenset):
        return f"{{{', '.join(map(shown, value))}}}"
    return repr(value)


def _called(term: Term) -> str:
    """Return the name of a symbol; of what it holds also whose that is."""
    return " ".join((str(term.decl().name()), *map(_called, term.children())))


def domain_of(value: object) -> SymbolicClass | None:
    """Return the domain of a symbol; None of what is no symbol."""
    return _DOMAIN(value) if type(value) is Element else None


@frozen
class PartOf:
    """Of which symbol a number is a part, by which name, and how much more it is."""

    whole: Any
    name: str
    more: int


def part_of(value: object) -> PartOf | None:
    """Return of what a number is a part; None of what is no part."""
    return PartOf(*_PART(value)) if type(value) is Projection else None
