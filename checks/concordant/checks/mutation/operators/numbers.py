"""Numbers: one more, one less, another operation, the operands the other way round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from concordant.checks.mutation.changing import Edit, edit
from concordant.checks.mutation.kinds import is_number
from concordant.checks.mutation.sites import Site

OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Mod: ast.FloorDiv,
    ast.FloorDiv: ast.Mod,
}


def of_numbers(site: Site) -> Iterator[Edit]:
    """Add one, and take one away: of a constant, and of whatever else is a number and no part of a larger one."""
    match site.node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int(value)) as node:
            for other in (value + 1, value - 1):
                yield edit("a number", node, _constant(other))
        case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Constant()):
            pass  # its constant is changed by one anyway
        case ast.expr() as node if is_number(site.kind()) and not _within_a_number(site):
            for op in (ast.Add(), ast.Sub()):
                yield edit("a number", node, ast.BinOp(node, op, ast.Constant(1)))
        case _:
            pass


def _constant(value: int) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _within_a_number(site: Site) -> bool:
    match site.parent:
        case ast.BinOp() | ast.UnaryOp():
            return True
        case ast.Attribute() | ast.NamedExpr():
            return True
        case _:
            return False


def of_operations(site: Site) -> Iterator[Edit]:
    """Calculate otherwise: plus for minus, a remainder for a quotient, the operands exchanged, no minus."""
    match site.node:
        case ast.BinOp(left=left, op=op, right=right) as node if is_number(site.kind()):
            if type(op) in OTHER:
                yield edit("an operation", node, ast.BinOp(left, OTHER[type(op)](), right))
            if isinstance(op, ast.Sub | ast.FloorDiv | ast.Mod):
                yield edit("operands exchanged", node, ast.BinOp(right, op, left))
        case ast.UnaryOp(op=ast.USub(), operand=operand) as node if not isinstance(operand, ast.Constant):
            yield edit("a sign", node, operand)
        case _:
            pass


def of_added_up(site: Site) -> Iterator[Edit]:
    """Count only once what is added to: `x += y` becomes nothing, or `x -= y`."""
    match site.node:
        case ast.AugAssign(target=target, op=op, value=value) as node if type(op) in OTHER:
            yield edit("an operation", node, ast.AugAssign(target, OTHER[type(op)](), value))
        case _:
            pass


OPERATORS = (of_numbers, of_operations, of_added_up)
