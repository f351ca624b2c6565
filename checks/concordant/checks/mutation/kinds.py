"""Of what type an expression is, as far as annotations tell: what may stand in for something is of its type.

A type is a class or a generic alias; None stands for *not known*. Of an optional one, and of what is bound by narrowing, the
part that is not None counts.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from types import FunctionType, GenericAlias, NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from attrs import fields, frozen, has

from concordant.checks.mutation.functions import Function
from concordant.spec.vocabulary import Address, Amount, Map, Seen

Kind: TypeAlias = Any
Names: TypeAlias = Mapping[str, Kind]

AMOUNT = Amount
NUMBERS = (int, Fraction, AMOUNT)
OF_BUILTINS: dict[str, Kind] = {
    **dict.fromkeys(("len", "sum", "abs", "ratio"), int),
    **dict.fromkeys(("any", "all", "isinstance", "bool", "is_amount"), bool),
    **dict.fromkeys(("str", "repr"), str),
}
ELEMENTS = ("sorted", "tuple", "list", "reversed", "set", "frozenset")


def origin_of(kind: Kind) -> Any:
    """Return the class of a generic alias; None of another type."""
    return get_origin(kind)


def is_number(kind: Kind) -> bool:
    """Tell whether a type is one of numbers."""
    return kind in NUMBERS


def parts(kind: Kind) -> tuple[Kind, ...]:
    """List the members of a union that are not None; of another type, itself."""
    if isinstance(kind, UnionType) or origin_of(kind) is Union:
        return tuple(each for each in get_args(kind) if each is not NoneType)
    return () if kind is None else (kind,)


def is_optional(kind: Kind) -> bool:
    """Tell whether None is one of the values of a type."""
    return (isinstance(kind, UnionType) or origin_of(kind) is Union) and NoneType in get_args(kind)


def plain(kind: Kind) -> Kind:
    """Return a type without None."""
    return reduce(or_, parts(kind)) if is_optional(kind) else kind


@cache
def members(kind: type) -> dict[str, Kind]:
    """Return the fields of a record by name, with their types."""
    if not has(kind):
        return {}
    hints = hints_of(kind)
    return {part.name: hints.get(part.name) for part in fields(kind)}


@cache
def hints_of(value: Any) -> dict[str, Kind]:
    """Return the annotations of a class or function; none where they cannot be read."""
    try:
        return get_type_hints(value)
    except (NameError, TypeError, AttributeError):
        return {}


def several(kind: Kind) -> Kind:
    """Return the type of a tuple of any number of these."""
    return GenericAlias(tuple, (kind, Ellipsis))


def element(kind: Kind) -> Kind:
    """Return the type of what an iterable yields."""
    origin, inside = origin_of(kind), get_args(kind)
    if origin is None or not inside:
        return None
    if origin is tuple:
        same = len(inside) == 2 and inside[1] is Ellipsis
        return inside[0] if same or len(set(inside)) == 1 else None
    return inside[0]


@frozen(eq=False)
class Kinds:
    """The types of expressions within one function."""

    function: Function

    def parameters(self) -> dict[str, Kind]:
        """Return the parameters with their types."""
        hints = hints_of(self.function.function)
        arguments = self.function.node.args
        names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        found = {name: hints.get(name) for name in names}
        if self.function.owner is not None and names and names[0] == "self":
            found["self"] = self.function.owner
        return found

    def globals(self) -> dict[str, Any]:
        """Return the names of its module."""
        names: dict[str, Any] = self.function.function.__globals__
        return names

    def value(self, node: ast.expr, names: Names) -> Any:
        """Return the value of a name of the module, or of an attribute of one; None where it is none."""
        match node:
            case ast.Name(id=name) if name not in names:
                return self.globals().get(name)
            case ast.Attribute(value=whole, attr=name):
                inside = self.value(whole, names)
                return None if inside is None else getattr(inside, name, None)
            case _:
                return None

    def of(self, node: ast.expr, names: Names) -> Kind:
        """Return the type of an expression."""
        match node:
            case ast.Constant(value=value):
                return type(value)
            case ast.JoinedStr():
                return str
            case ast.Name(id=name) if name in names:
                return names[name]
            case ast.Name():
                value = self.value(node, names)
                return None if value is None or isinstance(value, type | FunctionType) else type(value)
            case ast.Attribute(value=whole, attr=name):
                return self._attribute(node, whole, name, names)
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return bool
            case ast.BoolOp(values=values):
                found = {self.of(value, names) for value in values}
                return found.pop() if len(found) == 1 else None
            case ast.UnaryOp(operand=operand):
                return self.of(operand, names)
            case ast.BinOp(left=left, right=right):
                one, other = self.of(left, names), self.of(right, names)
                return one if one == other or not is_number(other) else other
            case ast.IfExp(body=body, orelse=other):
                return self.of(body, names) or self.of(other, names)
            case ast.Subscript(value=whole, slice=place):
                kind = plain(self.of(whole, names))
                if isinstance(place, ast.Slice):
                    return kind
                return get_args(kind)[1] if origin_of(kind) in (Map, dict) else element(kind)
            case ast.Call():
                return self._call(node, names)
            case ast.ListComp(elt=elt, generators=generators) | ast.GeneratorExp(elt=elt, generators=generators):
                inside = self.of(elt, {**names, **self.drawn(generators, names)})
                return None if inside is None else GenericAlias(list, (inside,))
            case _:
                return None

    def _attribute(self, node: ast.expr, whole: ast.expr, name: str, names: Names) -> Kind:
        value = self.value(node, names)
        if value is not None:
            return None if isinstance(value, type | FunctionType) else type(value)
        for kind in parts(self.of(whole, names)):
            if origin_of(kind) is Seen and name == "history":
                return get_args(kind)[0]
            if isinstance(kind, type):
                found = members(kind).get(name)
                if found is not None:
                    return found
                member = inspect.getattr_static(kind, name, None)
                if isinstance(member, property):
                    return hints_of(member.fget).get("return")
        return None

    def _call(self, node: ast.Call, names: Names) -> Kind:
        match node:
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in ELEMENTS:
                inside = element(self.of(first, names))
                return None if inside is None else GenericAlias(list, (inside,))
            case ast.Call(func=ast.Name(id="min" | "max" | "next"), args=[first]):
                return element(self.of(first, names))
            case ast.Call(func=ast.Name(id="combinations" | "permutations"), args=[first, ast.Constant(value=int(count))]):
                return several(GenericAlias(tuple, (element(self.of(first, names)),) * count))
            case ast.Call(func=ast.Attribute(attr="views"), args=[view]):
                return GenericAlias(Map, (Address, self.value(view, names)))
            case ast.Call(func=ast.Name(id="evolve"), args=[first]):
                return self.of(first, names)
            case ast.Call(func=ast.Name(id=name)) if name in OF_BUILTINS and name not in names:
                return OF_BUILTINS[name]
            case ast.Call(func=ast.Attribute(value=whole, attr=name)):
                kind = plain(self.of(whole, names))
                if origin_of(kind) in (Map, dict):
                    return self._of_map(kind, name)
                function = self.value(node.func, names) or next(
                    (found for part in parts(kind) if isinstance(part, type) and (found := getattr(part, name, None))), None
                )
            case _:
                function = self.value(node.func, names)
        return function if isinstance(function, type) else hints_of(function).get("return") if callable(function) else None

    def _of_map(self, kind: Kind, name: str) -> Kind:
        key, value = get_args(kind)
        pair = GenericAlias(tuple, (key, value))
        kinds: dict[str, Kind] = {"get": value, "keys": several(key), "values": several(value), "items": several(pair)}
        return kinds.get(name, kind)

    def drawn(self, generators: list[ast.comprehension], names: Names) -> dict[str, Kind]:
        """Return the names that a comprehension binds."""
        found: dict[str, Kind] = {}
        for each in generators:
            found |= self.bound(each.target, element(self.of(each.iter, {**names, **found})))
        return found

    def bound(self, target: ast.expr, kind: Kind) -> dict[str, Kind]:
        """Return the names that an assignment to a target binds."""
        match target:
            case ast.Name(id=name):
                return {name: kind}
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                inside = get_args(kind) if origin_of(kind) is tuple else ()
                kinds = inside if len(inside) == len(targets) and Ellipsis not in inside else (element(kind),) * len(targets)
                found: dict[str, Kind] = {}
                for each, one in zip(targets, kinds, strict=True):
                    found |= self.bound(each.value if isinstance(each, ast.Starred) else each, one)
                return found
            case _:
                return {}

    def captured(self, pattern: ast.pattern, kind: Kind, names: Names) -> dict[str, Kind]:
        """Return the names that a pattern binds where it fits a value of this type."""
        match pattern:
            case ast.MatchAs(pattern=None, name=str(name)):
                return {name: kind}
            case ast.MatchAs(pattern=ast.pattern() as inside, name=name):
                return {**({name: kind} if name else {}), **self.captured(inside, kind, names)}
            case ast.MatchClass(cls=cls, patterns=patterns, kwd_attrs=keywords, kwd_patterns=others):
                known = members(self.value(cls, names)) if isinstance(self.value(cls, names), type) else {}
                pairs = [*zip(known, patterns, strict=False), *zip(keywords, others, strict=True)]
                return self._together((inside, known.get(name)) for name, inside in pairs)
            case ast.MatchOr(patterns=[first, *_]):
                return dict.fromkeys(self.captured(first, kind, names))
            case ast.MatchSequence(patterns=patterns):
                return self._together((inside, None) for inside in patterns)
            case _:
                return {}

    def _together(self, pairs: Iterable[tuple[ast.pattern, Kind]]) -> dict[str, Kind]:
        found: dict[str, Kind] = {}
        for inside, kind in pairs:
            found |= self.captured(inside, kind, {})
        return found


def is_enum(kind: Kind) -> bool:
    """Tell whether a type is an enumeration."""
    return isinstance(kind, type) and issubclass(kind, Enum)
