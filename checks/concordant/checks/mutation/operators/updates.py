"""Updates: a field that keeps its value, an entry that is not made, a statement left out, another state that survives."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from attrs import NOTHING, fields, has

from concordant.checks.mutation.changing import Edit, edit
from concordant.checks.mutation.kinds import origin_of
from concordant.checks.mutation.sites import Site
from concordant.spec.vocabulary import Bag, Map

UPDATES = ("put", "drop", "change", "add", "remove")


def of_fields(site: Site) -> Iterator[Edit]:
    """Leave a field as it is in `evolve`; leave an argument to its default."""
    match site.node:
        case ast.Call(func=ast.Name(id="evolve") as function, args=args, keywords=keywords) as node:
            for place, each in enumerate(keywords):
                rest = [*keywords[:place], *keywords[place + 1 :]]
                yield edit("an update", node, ast.Call(function, args, rest), f"{each.arg}={ast.unparse(each.value)}", "dropped")
        case ast.Call(func=function, args=args, keywords=keywords) as node:
            kind = site.kinds.value(function, site.names)
            if not isinstance(kind, type) or not has(kind):
                return
            optional = {part.name for part in fields(kind) if part.default is not NOTHING}
            names = [part.name for part in fields(kind)]
            if args and len(args) <= len(names) and names[len(args) - 1] in optional and not keywords:
                yield edit("an update", node, ast.Call(function, args[:-1], []))
            for place, each in enumerate(keywords):
                if each.arg in optional:
                    yield edit("an update", node, ast.Call(function, args, [*keywords[:place], *keywords[place + 1 :]]))
        case _:
            pass


def of_collections(site: Site) -> Iterator[Edit]:
    """Leave a collection as it is: nothing put in, dropped or united."""
    match site.node:
        case ast.Call(func=ast.Attribute(value=whole, attr=name)) as node if name in UPDATES:
            origin = origin_of(site.kind(whole))
            if origin in (Map, Bag, None):
                yield edit("an update", node, whole)
        case ast.BinOp(left=left, op=ast.BitOr() | ast.Sub() | ast.BitAnd()) as node if origin_of(site.kind(left)) in (frozenset, set):
            yield edit("an update", node, left)
        case ast.Tuple(elts=elements) as node if len(elements) > 1 and any(isinstance(each, ast.Starred) for each in elements):
            for place, each in enumerate(elements):
                rest = [*elements[:place], *elements[place + 1 :]]
                yield edit("an element", node, ast.Tuple(rest, ast.Load()), f"{ast.unparse(each)} in {ast.unparse(node)}", "left out")
        case _:
            pass


def of_statements(site: Site) -> Iterator[Edit]:
    """Leave out a statement that does something to what is there."""
    match site.node:
        case ast.AugAssign() | ast.Delete() as node:
            yield edit("a statement", node, ast.Pass(), None, "left out")
        case ast.Expr(value=ast.Call(func=function)) as node if not (isinstance(function, ast.Name) and function.id == "assert_never"):
            yield edit("a statement", node, ast.Pass(), None, "left out")
        case ast.Assign(targets=[ast.Subscript()]) as node:
            yield edit("a statement", node, ast.Pass(), None, "left out")
        case _:
            pass


def of_states(site: Site) -> Iterator[Edit]:
    """Stay in the state, and have all effects."""
    match site.node, site.names.get("state"):
        case ast.Call(func=ast.Name(id="step" | "Step") as function, args=[first, *effects]) as node, kind if kind is not None:
            if ast.unparse(first) != "state" and (effects or not isinstance(site.parent, ast.Return)):
                yield edit(
                    "an update", node, ast.Call(function, [ast.Name("state", ast.Load()), *effects], []), ast.unparse(first), "state"
                )
        case _:
            pass


def of_survivors(site: Site) -> Iterator[Edit]:
    """Let a crash leave something else: the first state where it keeps one, the last where it does not."""
    match site.node:
        case ast.Return(value=ast.Tuple(elts=[one]) as value) as node if site.kinds.function.node.name == "survives":
            first = ast.parse("self.start().state", mode="eval").body
            others: list[ast.expr] = [first]
            if ast.unparse(one) != "state":
                others.append(ast.Name("state", ast.Load()))
            for other in others:
                new = ast.Return(ast.Tuple([other], ast.Load()))
                yield edit("what survives", node, new, ast.unparse(value), ast.unparse(other))
        case _:
            pass


OPERATORS = (of_fields, of_collections, of_statements, of_states, of_survivors)
