"""Order: the last for the first, the largest for the smallest, a sort the other way round or left out, all but one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from concordant.checks.mutation.changing import Edit, edit, source
from concordant.checks.mutation.sites import Site
from concordant.checks.mutation.unsorted import unsorted


def _tuple(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("tuple", ast.Load()), [node], [])


def _reversed(node: ast.expr) -> ast.expr:
    back = ast.Slice(step=ast.UnaryOp(ast.USub(), ast.Constant(1)))
    return ast.Subscript(_tuple(node), back, ast.Load())


def _unsorted(node: ast.expr) -> ast.expr:
    module = ast.Call(
        ast.Name("__import__", ast.Load()),
        [ast.Constant(unsorted.__module__)],
        [ast.keyword("fromlist", ast.List([ast.Constant("")], ast.Load()))],
    )
    return ast.Call(ast.Attribute(module, unsorted.__name__, ast.Load()), [node], [])


def of_extremes(site: Site) -> Iterator[Edit]:
    """Exchange `min` and `max`."""
    match site.node:
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=args, keywords=keywords) as node:
            other = "max" if name == "min" else "min"
            yield edit("the other extreme", node, ast.Call(ast.Name(other, ast.Load()), args, keywords))
        case _:
            pass


def of_sorts(site: Site) -> Iterator[Edit]:
    """Sort the other way round, not at all, or not by the key."""
    match site.node:
        case ast.Call(func=ast.Name(id="sorted") as function, args=[first], keywords=keywords) as node:
            keys = [each for each in keywords if each.arg == "key"]
            turned = any(each.arg == "reverse" for each in keywords)
            reverse = [] if turned else [ast.keyword("reverse", ast.Constant(value=True))]
            yield edit("an order", node, ast.Call(function, [first], [*keys, *reverse]))
            yield edit("an order", node, _unsorted(first), None, f"list({source(first)})")
            for key in keys:
                match key.value:
                    case ast.Lambda(args=arguments, body=ast.Tuple(elts=parts)):
                        for place in range(len(parts)):
                            fewer = ast.Tuple([*parts[:place], *parts[place + 1 :]], ast.Load())
                            shorter = ast.keyword("key", ast.Lambda(arguments, fewer))
                            yield edit("an order", node, ast.Call(function, [first], [shorter]))
                    case _:
                        pass
        case _:
            pass


def of_places(site: Site) -> Iterator[Edit]:
    """Take the last for the first, and the first for the last."""
    match site.node:
        case ast.Subscript(value=whole, slice=ast.Constant(value=0), ctx=ast.Load()) as node:
            yield edit("another place", node, ast.Subscript(whole, ast.UnaryOp(ast.USub(), ast.Constant(1)), ast.Load()))
        case ast.Subscript(value=whole, slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)), ctx=ast.Load()) as node:
            yield edit("another place", node, ast.Subscript(whole, ast.Constant(0), ast.Load()))
        case ast.Call(func=ast.Name(id="next" | "iter" as name) as function, args=[first, *others]) as node if not (
            name == "iter" and isinstance(site.parent, ast.Call)
        ):
            whole = first.args[0] if isinstance(first, ast.Call) and isinstance(first.func, ast.Name) and first.func.id == "iter" else first
            turned = ast.Call(ast.Name("iter", ast.Load()), [_reversed(whole)], [])
            yield edit("another place", node, ast.Call(function, [turned, *others], []), None, "the last of them")
        case _:
            pass


def of_loops(site: Site) -> Iterator[Edit]:
    """Go through what there is from the end; pass over the first, or the last."""
    match site.node:
        case ast.For(target=target, iter=each, body=body, orelse=other) as node:
            words = f"for {ast.unparse(target)} in {ast.unparse(each)}"
            yield edit("an order", node, ast.For(target, _reversed(each), body, other), words, "from the end")
            for fewer, told in _fewer(each):
                yield edit("one less", node, ast.For(target, fewer, body, other), words, told)
        case ast.GeneratorExp(generators=[first, *others]) | ast.ListComp(generators=[first, *others]) as node:
            words = f"for {ast.unparse(first.target)} in {ast.unparse(first.iter)}"
            kind = type(node)
            for fewer, told in _fewer(first.iter):
                new = kind(node.elt, [ast.comprehension(first.target, fewer, first.ifs, 0), *others])
                yield edit("one less", node, new, words, told)
            if isinstance(site.parent, ast.Call) and isinstance(site.parent.func, ast.Name) and site.parent.func.id == "tuple":
                new = kind(node.elt, [ast.comprehension(first.target, _reversed(first.iter), first.ifs, 0), *others])
                yield edit("an order", node, new, words, "from the end")
        case _:
            pass


def _fewer(node: ast.expr) -> Iterator[tuple[ast.expr, str]]:
    yield ast.Subscript(_tuple(node), ast.Slice(lower=ast.Constant(1)), ast.Load()), "all but the first"
    yield ast.Subscript(_tuple(node), ast.Slice(upper=ast.UnaryOp(ast.USub(), ast.Constant(1))), ast.Load()), "all but the last"


OPERATORS = (of_extremes, of_sorts, of_places, of_loops)
