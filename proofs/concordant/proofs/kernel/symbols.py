"""Symbols for handlers: each stands for any value of a class, such as any ballot, in a sort of the proved model.

A handler may move a symbol and compare it. Comparing asks Z3: where both answers are possible, the run forks, and every path
is taken. Whatever else would look inside fails aloud, and the search remembers it, should the handler catch what is raised.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final, NoReturn

import z3
from attrs import fields, frozen, has

from concordant.proofs.kernel.models import Sort, Term
from concordant.proofs.kernel.paths import OURS, Refuted, current, place, under_way


class Trespass(Refuted, TypeError):  # noqa: N818  # it says what the handler does
    """A handler does with a symbol what would prove nothing of the values that it stands for. The text says where, and what."""


def _looked(what: str) -> Trespass:
    error = Trespass(f"{place()}: the handler {what}; it may move and compare what a symbol stands for, and no more")
    current().trespass = error
    return error


@frozen(eq=False)
class Domain:
    """A class whose values are symbols, what several are called, and the sort in which they live.

    `order`: the model's own order of the sort, if there is one. `real`: what is known of every value. `made`: what is known of
    a value that a handler puts together itself, given the value and its term.
    """

    kind: type
    plural: str
    sort: Sort
    order: Callable[[Term, Term], Term] | None = None
    real: Callable[[Term], Term] | None = None
    made: Callable[[Any, Term], Term] | None = None

    def symbol(self, name: str) -> Any:
        """Return any value, typed as what the handler expects."""
        return Element(self, z3.Const(name, self.sort))

    def term(self, value: object) -> Term:
        """Return the term of a value: of a symbol, or of one that the handler made itself. Anything else is Refuted."""
        if type(value) is Element and _DOMAIN(value) is self:
            return _TERM(value)
        if type(value) is not self.kind:
            raise Refuted(f"{shown(value)} stands where a {self.kind.__name__} should")
        term = z3.Const(f"the {shown(value)}", self.sort)
        current().define(str(term), lambda: z3.And([*self.facts(term), *([] if self.made is None else [self.made(value, term)])]))
        return term

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

    def __init__(self, domain: Domain, term: Term) -> None:
        object.__setattr__(self, "_domain", domain)
        object.__setattr__(self, "_term", term)

    def __hash__(self) -> int:
        return 0  # the same for all, so that sets and dicts compare by ==, which forks; `hash` itself is looked for in the source

    def __eq__(self, other: object) -> bool:
        if type(other) is Element and _DOMAIN(other) is not _DOMAIN(self):
            return False
        if type(other) not in (Element, _DOMAIN(self).kind):
            return False
        mine, its = _TERM(self), _DOMAIN(self).term(other)
        return mine.eq(its) or current().branch(mine == its)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __le__(self, other: object) -> bool:
        return _before(self, other)

    def __ge__(self, other: object) -> bool:
        return _before(other, self)

    def __lt__(self, other: object) -> bool:
        return not _before(other, self)

    def __gt__(self, other: object) -> bool:
        return not _before(self, other)

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__" and _asked_by_us():
            return Element
        if name in _DOMAIN(self).parts:
            return Part(self, name)
        raise _looked(f"looks at {name} of a {_DOMAIN(self).kind.__name__}")


_DOMAIN: Final[Callable[[Any], Domain]] = Element.__dict__["_domain"].__get__
_TERM: Final[Callable[[Any], Term]] = Element.__dict__["_term"].__get__


def _asked_by_us() -> bool:
    """Tell whether the kernel, the vocabulary or a method that attrs has written asks a symbol for its class, or no run does."""
    file = sys._getframe(2).f_code.co_filename  # noqa: SLF001  # the one way to know who asks
    return not under_way() or file.startswith((*OURS, "<attrs generated"))


def _before(low: Any, high: Any) -> bool:
    symbol = low if type(low) is Element else high
    domain = _DOMAIN(symbol)
    if domain.order is None or any(type(each) not in (Element, domain.kind) for each in (low, high)):
        raise _looked(f"asks which of two comes first, {shown(low)} or {shown(high)}, of which the model knows no order")
    one, other = domain.term(low), domain.term(high)
    return one.eq(other) or current().branch(domain.order(one, other))


class Part:
    """A field of an element, or that and a number more. Nothing is known of it, so that every comparison may go either way."""

    __slots__ = ("more", "name", "whole")

    def __init__(self, whole: Element, name: str, more: int = 0) -> None:
        self.whole, self.name, self.more = whole, name, more

    def __hash__(self) -> int:
        return 0  # as Element

    def __add__(self, more: object) -> Part:
        if type(more) is not int:
            raise _looked(f"adds {shown(more)} to {self}")
        return Part(self.whole, self.name, self.more + more)

    __radd__ = __add__

    def __eq__(self, other: object) -> bool:
        return self._goes("==", other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __le__(self, other: object) -> bool:
        return self._goes("<=", other)

    def __lt__(self, other: object) -> bool:
        return self._goes("<", other)

    def __gt__(self, other: object) -> bool:
        return not self <= other

    def __ge__(self, other: object) -> bool:
        return not self < other

    def __bool__(self) -> bool:
        return not self._goes("==", 0)

    def _goes(self, how: str, other: object) -> bool:
        mine, its = shown(self), shown(other)
        return current().branch(z3.BoolVal(how != "<") if mine == its else z3.Bool(f"{mine} {how} {its}"))

    def __str__(self) -> str:
        return f"{self.name} of {shown(self.whole)}{f' + {self.more}' if self.more else ''}"


BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "and", "or", "xor", "lshift", "rshift", "matmul")
OPERATORS = tuple(f"__{side}{name}__" for name in BINARY for side in ("", "r", "i"))
FORBIDDEN = {
    "makes text of": ("__repr__", "__str__", "__format__", "__bytes__", "__fspath__"),
    "tests for truth": ("__bool__",),
    "looks into": ("__dir__", "__len__", "__iter__", "__contains__", "__getitem__", "__reversed__", "__next__", "__sizeof__"),
    "makes a number of": ("__int__", "__float__", "__complex__", "__index__", "__round__", "__trunc__", "__floor__", "__ceil__"),
    "computes with": ("__neg__", "__pos__", "__abs__", "__invert__", *OPERATORS),
    "calls or enters": ("__call__", "__enter__", "__exit__", "__await__", "__aiter__", "__anext__"),
    "copies": ("__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__", "__getstate__"),
    "changes": ("__setattr__", "__delattr__", "__setitem__", "__delitem__"),
}
"""What a handler must not do with a symbol, and the methods by which it would."""


def _forbidden(what: str) -> Callable[..., NoReturn]:
    def method(self: Any, *_: object) -> NoReturn:
        raise _looked(f"{what} {_what(self)}")

    return method


def _what(symbol: Any) -> str:
    return str(symbol) if type(symbol) is Part else f"a {_DOMAIN(symbol).kind.__name__}"


for _doing, _methods in FORBIDDEN.items():
    for _method in _methods:
        setattr(Element, _method, _forbidden(_doing))
        if _method not in ("__bool__", "__add__", "__radd__", "__str__", "__setattr__"):
            setattr(Part, _method, _forbidden(_doing))


def shown(value: object) -> str:
    """Return a value as text, symbols by their names."""
    if type(value) is Element:
        return str(_TERM(value).decl().name())
    if type(value) is Part:
        return str(value)
    kind: Any = type(value)
    if has(kind):
        return f"{kind.__name__}({', '.join(shown(getattr(value, each.name)) for each in fields(kind))})"
    if isinstance(value, tuple | frozenset):
        return f"{{{', '.join(map(shown, value))}}}"
    return repr(value)


def domain_of(value: object) -> Domain | None:
    """Return the domain of a symbol; None of what is no symbol."""
    return _DOMAIN(value) if type(value) is Element else None


def whole_of(value: object) -> object:
    """Return the symbol of which a number is a part; None of what is no part."""
    return value.whole if type(value) is Part else None
