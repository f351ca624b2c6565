"""The places of a function where something may be changed, each with what is bound there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_

from attrs import evolve, field, frozen

from concordant.checks.mutation.functions import Function
from concordant.checks.mutation.kinds import Kind, Kinds, Names, members, parts


@frozen(eq=False)
class Site:
    """A node, the nodes around it from the innermost, and the local names with their types.

    `same`: names that a pattern bound to what has another name too.
    """

    node: ast.AST
    around: tuple[ast.AST, ...]
    names: Names
    kinds: Kinds
    same: Mapping[str, str] = field(factory=dict)

    @property
    def parent(self) -> ast.AST:
        """The node around it."""
        return self.around[0]

    def kind(self, node: ast.expr | None = None) -> Kind:
        """Return the type of an expression here, by default of the node itself."""
        wanted = self.node if node is None else node
        return self.kinds.of(wanted, self.names) if isinstance(wanted, ast.expr) else None


def sites(function: Function) -> Iterator[Site]:
    """Yield every statement, case and expression of a function's body, outermost first; no docstring, annotation or pattern."""
    kinds = Kinds(function)
    body = function.node.body
    if ast.get_docstring(function.node) is not None:
        body = body[1:]
    yield from _block(body, Site(function.node, (), kinds.parameters(), kinds))


def _block(body: list[ast.stmt], outer: Site) -> Iterator[Site]:
    here = outer
    for statement in body:
        yield from _statement(statement, here)
        here = evolve(here, names={**here.names, **_bindings(statement, here)})


def _inside(node: ast.AST, outer: Site) -> Site:
    return evolve(outer, node=node, around=(outer.node, *outer.around))


def _statement(node: ast.stmt, outer: Site) -> Iterator[Site]:
    here = _inside(node, outer)
    yield here
    match node:
        case ast.If(test=test, body=body, orelse=other):
            yield from _expression(test, here)
            named = evolve(here, names={**here.names, **_walrus(test, here)})
            holds, fails = _narrowed(test, named)
            yield from _block(body, evolve(named, names={**named.names, **holds}))
            yield from _block(other, evolve(named, names={**named.names, **fails}))
        case ast.While(test=test, body=body):
            yield from _expression(test, here)
            yield from _block(body, evolve(here, names={**here.names, **_walrus(test, here)}))
        case ast.For(target=target, iter=each, body=body):
            yield from _expression(each, here)
            bound = here.kinds.drawn([ast.comprehension(target, each, [], 0)], here.names)
            yield from _block(body, evolve(here, names={**here.names, **bound}))
        case ast.Match(subject=subject, cases=cases):
            yield from _expression(subject, here)
            for case in cases:
                inside = _case(case, subject, here)
                yield inside
                if case.guard is not None:
                    yield from _expression(case.guard, inside)
                yield from _block(case.body, inside)
        case ast.With(items=items, body=body):
            for item in items:
                yield from _expression(item.context_expr, here)
            yield from _block(body, here)
        case ast.Assign(value=value) | ast.AugAssign(value=value) | ast.Expr(value=value):
            yield from _expression(value, here)
        case ast.AnnAssign(value=ast.expr() as value) | ast.Return(value=ast.expr() as value):
            yield from _expression(value, here)
        case _:
            pass


def _case(case: ast.match_case, subject: ast.expr, here: Site) -> Site:
    """Return a case with the names that it binds; what is matched, if it is a name, is of the class of the pattern."""
    pairs = [(case.pattern, subject)]
    if isinstance(subject, ast.Tuple) and isinstance(case.pattern, ast.MatchSequence):
        pairs = list(zip(case.pattern.patterns, subject.elts, strict=False))
    names, same = dict(here.names), dict(here.same)
    for pattern, matched in pairs:
        names |= here.kinds.captured(pattern, None if isinstance(matched, ast.Tuple) else here.kind(matched), here.names)
        if isinstance(matched, ast.Name) and isinstance(pattern, ast.MatchClass):
            kind = here.kinds.value(pattern.cls, here.names)
            names[matched.id] = kind
            for field, part in zip(members(kind) if isinstance(kind, type) else (), pattern.patterns, strict=False):
                if isinstance(part, ast.MatchAs) and part.name:
                    same[part.name] = f"{matched.id}.{field}"
    return evolve(_inside(case, here), names=names, same=same)


def _narrowed(test: ast.expr, here: Site) -> tuple[dict[str, Kind], dict[str, Kind]]:
    """Return what names are known to be where a condition holds, and where it fails."""
    match test:
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), kind]):
            wanted = here.kinds.value(kind, here.names)
            others = [each for each in parts(here.names.get(name)) if each is not wanted]
            rest = reduce(or_, others) if others else None
            return ({name: wanted} if isinstance(wanted, type) else {}), ({name: rest} if isinstance(wanted, type) else {})
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            holds, fails = _narrowed(operand, here)
            return fails, holds
        case ast.BoolOp(op=ast.Or(), values=[first, *_]):
            return {}, _narrowed(first, here)[1]
        case ast.BoolOp(op=ast.And(), values=[first, *_]):
            return _narrowed(first, here)[0], {}
        case _:
            return {}, {}


def _bindings(node: ast.stmt, here: Site) -> dict[str, Kind]:
    """Return what is bound after a statement whichever way it went, as far as it is simple."""
    match node:
        case ast.Assign(targets=[target], value=value):
            return here.kinds.bound(target, here.kind(value))
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return {name: here.kind(value)}
        case ast.If(test=test, body=[*_, ast.Return()], orelse=[]):
            return {**_walrus(test, here), **_narrowed(test, here)[1]}
        case ast.If(test=test):
            return _walrus(test, here)
        case _:
            return {}


def _walrus(node: ast.expr, here: Site) -> dict[str, Kind]:
    found = (each for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
    return {each.target.id: here.kind(each.value) for each in found}


def _expression(node: ast.expr, outer: Site) -> Iterator[Site]:
    here = _inside(node, outer)
    yield here
    match node:
        case ast.IfExp(test=test, body=body, orelse=other):
            holds, fails = _narrowed(test, here)
            yield from _expression(test, here)
            yield from _expression(body, evolve(here, names={**here.names, **holds}))
            yield from _expression(other, evolve(here, names={**here.names, **fails}))
        case ast.Lambda(args=arguments, body=body):
            yield from _expression(body, evolve(here, names={**here.names, **dict.fromkeys(each.arg for each in arguments.args)}))
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            bound = evolve(here, names={**here.names, **here.kinds.drawn(node.generators, here.names)})
            for each in node.generators:
                inner = _inside(each, here)
                yield from _expression(each.iter, inner)
                for test in each.ifs:
                    yield from _expression(test, evolve(inner, names=bound.names))
            for part in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
                yield from _expression(part, bound)
        case _:
            for child in ast.iter_child_nodes(node):
                match child:
                    case ast.expr():
                        yield from _expression(child, here)
                    case ast.keyword():
                        yield from _expression(child.value, _inside(child, here))
                    case _:
                        pass
