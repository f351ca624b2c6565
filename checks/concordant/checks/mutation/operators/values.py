"""Values: another name, field, member or constant of the same type; nothing instead of something; arguments exchanged."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from attrs import has

from concordant.checks.mutation.changing import Edit, edit
from concordant.checks.mutation.kinds import Kind, is_enum, is_number, is_optional, members, origin_of, parts, plain
from concordant.checks.mutation.sites import Site
from concordant.spec.vocabulary import Address

SAME_EITHER_WAY = ("isinstance", "hasattr", "getattr", "cast")


def of_names(site: Site) -> Iterator[Edit]:
    """Take another value of the same type that is at hand: a local name, or a field of one; of addresses also the first of several."""
    node = site.node
    if not isinstance(node, ast.Name | ast.Attribute) or _is_called(site) or not isinstance(node.ctx, ast.Load):
        return
    if not is_local(node, site) or (isinstance(site.parent, ast.Attribute)):
        return
    kind = plain(site.kind())
    if kind is None or kind is bool or is_enum(kind):
        return
    here = ast.unparse(node)
    for other in _at_hand(site, kind):
        if site.same.get(other, other) != site.same.get(here, here):
            yield edit("another of its type", node, ast.parse(other, mode="eval").body)


def is_local(node: ast.expr, site: Site) -> bool:
    """Tell whether an expression is a local name, or a field of one."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in site.names


def _is_called(site: Site) -> bool:
    return isinstance(site.parent, ast.Call) and site.parent.func is site.node


def _at_hand(site: Site, kind: Kind) -> Iterator[str]:
    for name, its in site.names.items():
        if plain(its) == kind and name != "self":
            yield name
        for part in () if is_optional(its) else parts(its):
            if not isinstance(part, type) or part is Address:
                continue
            for field, inside in members(part).items():
                if plain(inside) == kind:
                    yield f"{name}.{field}"
                elif kind is Address and inside == tuple[Address, ...] and name == "self":
                    yield f"{name}.{field}[0]"


def of_constants(site: Site) -> Iterator[Edit]:
    """Take another constant: another member of an enumeration, another record of the module, another text."""
    node = site.node
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr() if not isinstance(site.parent, ast.JoinedStr | ast.FormattedValue):
            if isinstance(site.parent, ast.stmt) and isinstance(site.parent, ast.Expr):
                return
            yield edit("another text", node, ast.Constant("another text"))
        case ast.Attribute(value=whole, attr=name) if not _is_called(site):
            kind = site.kinds.value(whole, site.names)
            if is_enum(kind) and name in kind.__members__:
                for other in kind.__members__:
                    if other != name:
                        yield edit("another constant", node, ast.Attribute(whole, other, ast.Load()))
        case ast.Name(id=name) if name not in site.names and not _is_called(site):
            value: Any = site.kinds.globals().get(name)
            if has(type(value)) and not isinstance(value, type):
                for other, its in site.kinds.globals().items():
                    if type(its) is type(value) and its != value:
                        yield edit("another constant", node, ast.Name(other, ast.Load()))
        case _:
            pass


def of_nothing(site: Site) -> Iterator[Edit]:
    """Say nothing where nothing may be said: None for an optional field."""
    match site.node:
        case ast.Call(func=function, args=args, keywords=keywords) as node:
            kind = site.kinds.value(function, site.names)
            if not isinstance(kind, type) or not has(kind):
                return
            known = list(members(kind).items())
            for place, (arg, (name, its)) in enumerate(zip(args, known, strict=False)):
                if is_optional(its) and not _is_none(arg):
                    new = ast.Call(function, [*args[:place], ast.Constant(None), *args[place + 1 :]], keywords)
                    yield edit("nothing", node, new, f"{name} of {ast.unparse(node)}", "None")
            for place, each in enumerate(keywords):
                if each.arg is not None and is_optional(dict(known).get(each.arg)) and not _is_none(each.value):
                    new = ast.Call(function, args, [*keywords[:place], ast.keyword(each.arg, ast.Constant(None)), *keywords[place + 1 :]])
                    yield edit("nothing", node, new, f"{each.arg} of {ast.unparse(node)}", "None")
        case _:
            pass


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def of_arguments(site: Site) -> Iterator[Edit]:
    """Exchange two arguments that may be of the same type."""
    match site.node:
        case ast.Call(func=function, args=args, keywords=keywords) as node if len(args) > 1:
            if isinstance(function, ast.Name) and (function.id in SAME_EITHER_WAY or function.id in ("step", "Step", "min", "max")):
                return
            for one, other in combinations(range(len(args)), 2):
                if isinstance(args[one], ast.Starred) or isinstance(args[other], ast.Starred):
                    continue
                if _may_be_exchanged(site.kind(args[one]), site.kind(args[other])):
                    swapped = list(args)
                    swapped[one], swapped[other] = args[other], args[one]
                    yield edit("arguments exchanged", node, ast.Call(function, swapped, keywords))
        case _:
            pass


def _may_be_exchanged(one: Kind, other: Kind) -> bool:
    if one is None or other is None:
        return one is other
    one, other = plain(one), plain(other)
    return one == other or (is_number(one) and is_number(other)) or (origin_of(one) is not None and origin_of(one) is origin_of(other))


OPERATORS = (of_names, of_constants, of_nothing, of_arguments)
