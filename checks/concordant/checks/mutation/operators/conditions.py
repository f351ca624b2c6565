"""Conditions: a guard that always or never lets through, another comparison, one part less, `and` for `or`, the opposite."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from concordant.checks.mutation.changing import Edit, edit
from concordant.checks.mutation.kinds import is_number
from concordant.checks.mutation.sites import Site

TRUE, FALSE = ast.Constant(value=True), ast.Constant(value=False)
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.Is: ast.IsNot,
}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}
BOUNDARY: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


def is_test(site: Site) -> bool:
    """Tell whether an expression decides on whether something is done."""
    match site.parent:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return test is site.node
        case ast.comprehension(ifs=tests):
            return any(test is site.node for test in tests)
        case ast.match_case(guard=guard):
            return guard is site.node
        case _:
            return False


def of_guards(site: Site) -> Iterator[Edit]:
    """Let a condition always hold, and never; a loop's only never."""
    if is_test(site) and not isinstance(site.node, ast.Constant):
        if not isinstance(site.parent, ast.While):
            yield edit("a guard", site.node, TRUE)
        yield edit("a guard", site.node, FALSE)


def of_cases(site: Site) -> Iterator[Edit]:
    """Pass over a case of a `match`, where another follows that takes everything."""
    match site.node, site.parent:
        case ast.match_case(guard=None) as node, ast.Match(cases=cases) if cases[-1] is not node:
            last = cases[-1]
            if isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and not _never_comes(last):
                words = f"case {ast.unparse(node.pattern)}"
                yield edit("a case", node, ast.match_case(node.pattern, FALSE, node.body), words, "passed over")
        case _:
            pass


def _never_comes(node: ast.match_case) -> bool:
    return "assert_never" in ast.dump(node)


def of_comparisons(site: Site) -> Iterator[Edit]:
    """Compare otherwise: the opposite, at the boundary, and at least or at most where numbers must be equal."""
    match site.node:
        case ast.Compare(left=left, ops=[op], comparators=comparators) as node:
            others = [OPPOSITE[type(op)]]
            if type(op) in BOUNDARY:
                others.append(BOUNDARY[type(op)])
            if isinstance(op, ast.Eq) and is_number(site.kind(left)):
                others += [ast.GtE, ast.LtE]
            for other in others:
                yield edit("a comparison", node, ast.Compare(left, [other()], comparators))
        case ast.Compare(left=left, ops=ops, comparators=comparators) as node:
            for place, op in enumerate(ops):
                if type(op) in BOUNDARY:
                    changed = [*ops[:place], BOUNDARY[type(op)](), *ops[place + 1 :]]
                    yield edit("a comparison", node, ast.Compare(left, changed, comparators))
        case _:
            pass


def of_connectives(site: Site) -> Iterator[Edit]:
    """Exchange `and` and `or`, `any` and `all`; leave out one part, or a `not`."""
    match site.node:
        case ast.BoolOp(op=op, values=values) as node:
            other: ast.boolop = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield edit("a connective", node, ast.BoolOp(other, values))
            for place, value in enumerate(values):
                rest = [*values[:place], *values[place + 1 :]]
                new = rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
                yield edit("a part of a condition", node, new, f"{ast.unparse(value)} in {ast.unparse(node)}", "left out")
        case ast.UnaryOp(op=ast.Not(), operand=operand) as node if not is_test(site):
            yield edit("a negation", node, operand)
        case ast.Call(func=ast.Name(id="any" | "all" as name), args=args) as node:
            other_name = "all" if name == "any" else "any"
            yield edit("a quantifier", node, ast.Call(ast.Name(other_name, ast.Load()), args, []))
        case _:
            pass


def of_truths(site: Site) -> Iterator[Edit]:
    """Say the opposite: of a constant, and of whatever else is true or false and no condition that was changed already."""
    match site.node:
        case ast.Constant(value=bool(value)) as node:
            yield edit("the opposite", node, ast.Constant(not value))
        case ast.Name() | ast.Attribute() | ast.Call() as node if site.kind() is bool and not is_test(site) and not _negated(site):
            yield edit("the opposite", node, ast.UnaryOp(ast.Not(), node))
        case _:
            pass


def _negated(site: Site) -> bool:
    return isinstance(site.parent, ast.UnaryOp)


OPERATORS = (of_guards, of_cases, of_comparisons, of_connectives, of_truths)
