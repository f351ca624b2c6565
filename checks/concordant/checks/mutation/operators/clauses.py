"""Clauses made weaker: what is claimed says less, and what it is claimed of becomes fewer cases.

A condition within a clause counts one way or the other: what must hold becomes weaker, what is assumed becomes stronger. Where
that cannot be told, nothing is changed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import UnionType
from typing import get_args

from attrs import has

from concordant.checks.mutation.changing import Edit, edit
from concordant.checks.mutation.kinds import Kind, is_enum, is_number, is_optional, members, origin_of, parts, plain
from concordant.checks.mutation.operators.conditions import FALSE, TRUE
from concordant.checks.mutation.operators.values import is_local
from concordant.checks.mutation.sites import Site

PROBES = "concordant.checks.mutation.probes"
LOOSER: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.Gt: ast.GtE}
STRICTER: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.LtE: ast.Lt, ast.GtE: ast.Gt}


def of_clauses(site: Site) -> Iterator[Edit]:
    """Weaken a clause, or a function that yields cases for one, at one place."""
    yield from _skipped(site)
    yield from _some(site)
    if isinstance(site.node, ast.expr):
        match _sense(site):
            case True:
                yield from _weaker(site, site.node)
            case False:
                yield from _stronger(site, site.node)
            case None:
                pass


def _is_case(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "case"


def _skipped(site: Site) -> Iterator[Edit]:
    """Skip the cases of one kind."""
    match site.node:
        case ast.Yield(value=ast.Call(args=[condition]) as value) as node if _is_case(value):
            holds = ast.Yield(ast.Call(value.func, [TRUE], []))
            yield edit("a kind of case", node, holds, f"case({ast.unparse(condition)})", "skipped")
            for told, words in _kinds_of_case(site, condition):
                skips = _probed("skips", ast.parse(told, mode="eval").body)
                weaker = ast.Yield(ast.Call(value.func, [ast.BoolOp(ast.Or(), [skips, condition])], value.keywords))
                yield edit("a kind of case", node, weaker, f"case({ast.unparse(condition)})", f"skipped where {words}")
        case ast.YieldFrom(value=value) as node:
            yield edit("a kind of case", node, ast.YieldFrom(ast.Tuple([], ast.Load())), ast.unparse(node), "skipped")
        case _:
            pass


def _kinds_of_case(site: Site, condition: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield conditions that tell kinds of a case apart, with words for them: by what is compared in it, or what it is asked under."""
    asked = [outer.test for outer in site.around if isinstance(outer, ast.If)]
    told: dict[str, str] = {}
    compared = [each for node in ast.walk(condition) if isinstance(node, ast.Compare) for each in (node.left, *node.comparators)]
    for node in (each for whole in (condition, *asked) for each in ast.walk(whole)):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load) and is_local(node, site):
            kinds = tuple(kind for kind in parts(site.kind(node)) if kind is not bool or node in compared)
            told |= dict(each for kind in kinds for each in _only(ast.unparse(node), kind, kinds))
    yield from told.items()


def _some(site: Site) -> Iterator[Edit]:
    """Let it be enough that some of the cases of a loop hold."""
    match site.node:
        case ast.For(target=target, iter=each) as node if any(map(_yields_a_case, ast.walk(node))):
            inner, called = ast.parse("def cases(): pass\ncases()").body
            vars(inner)["body"] = [node]
            some = ast.If(TRUE, [inner, ast.Expr(ast.YieldFrom(_probed("some", vars(called)["value"])))], [])
            yield edit("all to some", node, some, f"for {ast.unparse(target)} in {ast.unparse(each)}", "some")
        case _:
            pass


def _yields_a_case(node: ast.AST) -> bool:
    return isinstance(node, ast.YieldFrom) or (isinstance(node, ast.Yield) and node.value is not None and _is_case(node.value))


def _yields(node: ast.AST) -> bool:
    return isinstance(node, ast.Yield | ast.YieldFrom)


def _probed(name: str, node: ast.expr) -> ast.expr:
    """Return a call of the probe, which notes whether anything is left out."""
    return ast.Call(ast.parse(f"__import__('{PROBES}', fromlist=['']).PROBE.{name}", mode="eval").body, [node], [])


# ---- in which sense a condition counts


def _sense(site: Site) -> bool | None:
    """Tell whether an expression is part of what must hold (True), of what is assumed (False), or of neither (None)."""
    inside: ast.AST = site.node
    sense = True
    for outer in site.around:
        match outer:
            case ast.Call(args=[first]) if _is_case(outer):
                return sense if first is inside else None
            case ast.Call(func=ast.Name(id="bool" | "all" | "any")):
                pass
            case ast.UnaryOp(op=ast.Not()):
                sense = not sense
            case ast.BoolOp():
                pass
            case ast.GeneratorExp(elt=elt) if elt is inside:
                pass
            case ast.comprehension(ifs=tests) if inside in tests:
                return None
            case ast.If(test=test) if test is inside:
                return not sense if any(map(_yields, ast.walk(outer))) else None
            case ast.Assign(targets=[ast.Name(id=name)]):
                return _sense_of_name(name, site, sense=sense)
            case ast.Return() if site.kinds.function.node.returns is not None:
                return None
            case _:
                return None
        inside = outer
    return None


def _sense_of_name(name: str, site: Site, *, sense: bool) -> bool | None:
    """Tell the sense of a condition by where its name is used: in one case, as it is or negated."""
    uses: list[bool | None] = []
    for node in ast.walk(site.kinds.function.node):
        if _is_case(node) and isinstance(node, ast.Call) and node.args:
            uses += _uses(name, node.args[0], sense=True)
    found = set(uses)
    return None if len(found) != 1 or None in found else (sense if uses[0] else not sense)


def _uses(name: str, node: ast.expr, *, sense: bool) -> Iterator[bool | None]:
    match node:
        case ast.Name(id=other):
            if other == name:
                yield sense
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _uses(name, operand, sense=not sense)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _uses(name, value, sense=sense)
        case _:
            if any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(node)):
                yield None


# ---- one step weaker, one step stronger


def _weaker(site: Site, node: ast.expr) -> Iterator[Edit]:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            yield from _one_less(node, values, ast.And())
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            yield from _partly_equal(site, node, left, right)
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            yield from _compared(node, left, ops, comparators, LOOSER)
            yield from _one_comparison_less(node, [left, *comparators], ops)
        case ast.Call(func=ast.Name(id="all"), args=args):
            yield edit("all to some", node, ast.Call(ast.Name("any", ast.Load()), args, []))
        case _:
            pass


def _stronger(site: Site, node: ast.expr) -> Iterator[Edit]:
    if isinstance(site.parent, ast.If):
        yield edit("a narrower antecedent", node, FALSE)
    match node:
        case ast.BoolOp(op=ast.Or(), values=values):
            yield from _one_less(node, values, ast.Or())
        case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[right]) if is_number(site.kind(left)):
            for op in (ast.Lt(), ast.Gt()):
                yield edit("a narrower antecedent", node, ast.Compare(left, [op], [right]))
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            for kind in parts(site.kind(left)):
                for told, words in _only(ast.unparse(left), kind, parts(site.kind(left))):
                    yield edit("a narrower antecedent", node, ast.parse(told, mode="eval").body, None, words)
        case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Tuple(elts=elements) | ast.Set(elts=elements)]) if len(elements) > 1:
            for each in elements:
                yield edit("a narrower antecedent", node, ast.Compare(left, [ast.Eq()], [each]))
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            yield from _compared(node, left, ops, comparators, STRICTER)
        case ast.Call(func=ast.Name(id="any"), args=args):
            yield edit("a narrower antecedent", node, ast.Call(ast.Name("all", ast.Load()), args, []))
        case ast.Call(func=ast.Name(id="isinstance") as function, args=[value, kinds]):
            for kind in _kinds(site, kinds):
                yield edit("a narrower antecedent", node, ast.Call(function, [value, kind], []))
        case _:
            pass


def _only(what: str, kind: Kind, kinds: tuple[Kind, ...]) -> Iterator[tuple[str, str]]:
    """Yield conditions that something is of one kind only: true or false, a member of an enumeration, a class of several."""
    if is_number(kind):
        return
    if kind is bool:
        yield from ((words, words) for words in (f"{what} is True", f"{what} is False"))
    elif is_enum(kind):
        yield from ((f"getattr({what}, 'name', None) == {name!r}", f"{what} is {name}") for name in kind.__members__)
    elif isinstance(kind, type) and len(kinds) > 1:
        yield f"type({what}).__name__ == {kind.__name__!r}", f"{what} is {kind.__name__}"


def _one_less(node: ast.expr, values: list[ast.expr], op: ast.boolop) -> Iterator[Edit]:
    for place, value in enumerate(values):
        rest = [*values[:place], *values[place + 1 :]]
        new = rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        yield edit("a part of a condition", node, new, f"{ast.unparse(value)} in {ast.unparse(node)}", "left out")


def _compared(
    node: ast.expr, left: ast.expr, ops: list[ast.cmpop], comparators: list[ast.expr], others: dict[type[ast.cmpop], type[ast.cmpop]]
) -> Iterator[Edit]:
    for place, op in enumerate(ops):
        if type(op) in others:
            changed = [*ops[:place], others[type(op)](), *ops[place + 1 :]]
            yield edit("a comparison", node, ast.Compare(left, changed, comparators))


def _one_comparison_less(node: ast.expr, values: list[ast.expr], ops: list[ast.cmpop]) -> Iterator[Edit]:
    if len(ops) > 1:
        for place in range(len(ops)):
            pairs = [ast.Compare(values[each], [ops[each]], [values[each + 1]]) for each in range(len(ops)) if each != place]
            new = pairs[0] if len(pairs) == 1 else ast.BoolOp(ast.And(), list(pairs))
            yield edit("a part of a condition", node, new)


def _partly_equal(site: Site, node: ast.expr, left: ast.expr, right: ast.expr) -> Iterator[Edit]:
    """Let what must be equal be at least or at most as much, or differ in a field."""
    one, other = site.kind(left), site.kind(right)
    kind = one if one is not None else other
    ordered = kind is None or is_number(plain(kind)) or origin_of(kind) is frozenset
    if ordered and not isinstance(left, ast.Tuple | ast.ListComp):
        for op in (ast.GtE(), ast.LtE()):
            yield edit("a comparison", node, ast.Compare(left, [op], [right]))
    if is_optional(one) or _is_looked_up(left):
        nothing = ast.Compare(left, [ast.Is()], [ast.Constant(None)])
        yield edit("a comparison", node, ast.BoolOp(ast.Or(), [node, nothing]), None, "or None")
        yield edit("a comparison", node, ast.Compare(left, [ast.IsNot()], [ast.Constant(None)]))
    if isinstance(left, ast.Tuple) and isinstance(right, ast.Tuple) and len(left.elts) == len(right.elts) > 1:
        for place, part in enumerate(left.elts):
            fewer = [ast.Tuple([*each.elts[:place], *each.elts[place + 1 :]], ast.Load()) for each in (left, right)]
            words = f"{ast.unparse(part)} in {ast.unparse(node)}"
            yield edit("a field", node, ast.Compare(fewer[0], [ast.Eq()], [fewer[1]]), words, "not compared")
    both = parts(kind) if one is None or other is None else [each for each in parts(one) if each in parts(other)]
    for part_kind in both:
        if isinstance(part_kind, type) and has(part_kind):
            for name in members(part_kind):
                yield edit("a field", node, _but_for(node, left, right, name), f"{name} in {ast.unparse(node)}", "not compared")


def _is_looked_up(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and len(node.args) == 1


def _but_for(node: ast.expr, left: ast.expr, right: ast.expr, field: str) -> ast.expr:
    """Return the condition that two records are equal, or of one class and equal but for a field."""
    text = f"type({{0}}) is type({{1}}) and hasattr({{0}}, '{field}') and __import__('attrs').evolve({{0}}, {field}=({{1}}).{field}) == ({{1}})"
    same = ast.parse(text.format(ast.unparse(left), ast.unparse(right)), mode="eval").body
    return ast.BoolOp(ast.Or(), [node, same])


def _kinds(site: Site, node: ast.expr) -> Iterator[ast.expr]:
    """Yield each member of a union of classes, written out or under a name."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from (left, right)
        case _:
            value = site.kinds.value(node, site.names)
            if isinstance(value, UnionType):
                yield from (ast.Name(each.__name__, ast.Load()) for each in get_args(value))


OPERATORS = (of_clauses,)
