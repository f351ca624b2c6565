"""Silent traps: what a rule could do with amounts that symbols would not notice, found in its source.

Whatever else leaves the subset fails aloud when it is run (reals.py). These do not: they give one answer on symbols and another
on ints, or depend on which object holds a number, or go on without end.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from concordant.proofs.kernel.paths import of_the_run, shown

EXEMPT = "# no amount"
"""What a line ends in where the trap is none, because it is not about amounts."""

ADVICE = {
    "is": "compare amounts by ==; `is` asks which object holds the number",
    "type": "use `is_amount`: an amount may be an int or a Fraction",
    "divide": "divide by `ratio`: / on ints gives a float",
    "float": "write a Fraction; a float is not exact",
    "statistics": "sort and pick, halve by `ratio`: statistics gives floats for ints",
    "id": "the address of an object must not steer a rule",
    "while": "let the profile bound the loop: one that goes on until an amount is reached has no end on symbols",
}


def traps(*functions: Callable[..., Any]) -> list[str]:
    """List the traps in the modules of functions, and in those that they name, as `file:line: what to write instead`."""
    modules = {module.__file__: module for function in functions for module in _modules(function)}
    return [trap for file in sorted(filter(None, modules)) for trap in traps_in(file)]


def _modules(function: Callable[..., Any]) -> Iterator[ModuleType]:
    """Yield the module of a function, and those of everything that it names."""
    while isinstance(function, partial):
        function = function.func
    home = inspect.getmodule(function)
    if home is not None:
        named = (inspect.getmodule(value) for value in vars(home).values() if callable(value) or inspect.ismodule(value))
        yield from (each for each in (home, *named) if each is not None and of_the_run(getattr(each, "__file__", None) or "<"))


@cache
def traps_in(file: str) -> tuple[str, ...]:
    """List the traps in a file."""
    text = Path(file).read_text(encoding="utf-8")
    lines = text.splitlines()
    found = sorted({(line, name) for line, name in _found(ast.parse(text)) if not lines[line - 1].endswith(EXEMPT)})
    return tuple(f"{shown(file)}:{line}: {ADVICE[name]}, or end the line in `{EXEMPT}`" for line, name in found)


def _found(tree: ast.AST) -> Iterator[tuple[int, str]]:
    objects = frozenset(_objects(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, ops=operators, comparators=others):
                sides = (left, *others)
                for operator, one, other in zip(operators, sides, others, strict=False):
                    if isinstance(operator, ast.Is | ast.IsNot) and not (_unique(one, objects) or _unique(other, objects)):
                        yield node.lineno, "is"
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, kinds]) if _only_ints(kinds):
                yield node.lineno, "type"
            case ast.MatchClass(cls=ast.Name(id="int" | "float")):
                yield node.lineno, "type"
            case ast.Call(func=ast.Name(id="type"), args=[_]):
                yield node.lineno, "type"
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield node.lineno, "divide"
            case ast.Constant(value=float()) | ast.Call(func=ast.Name(id="float")):
                yield node.lineno, "float"
            case ast.ImportFrom(module="statistics") | ast.Import(names=[ast.alias(name="statistics")]):
                yield node.lineno, "statistics"
            case ast.Call(func=ast.Name(id="id")):
                yield node.lineno, "id"
            case ast.While(test=test) if any(_ordered(each) for each in ast.walk(test)) and not _consumes(test):
                yield node.lineno, "while"
            case _:
                pass


def _objects(tree: ast.AST) -> Iterator[str]:
    """Yield the names of variables and fields that are no amounts, by their annotation or by what a loop takes them from."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name, annotation=ast.Name(id=kind)) | ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id=kind)):
                if kind[0].isupper() and kind not in ("Amount", "Fraction"):
                    yield name
            case ast.For(target=ast.Name(id=name), iter=source) | ast.comprehension(target=ast.Name(id=name), iter=source):
                members = source.elts if isinstance(source, ast.Tuple) else (source,)
                if all(_unique(each) for each in members):
                    yield name
            case _:
                pass


def _unique(node: ast.expr, objects: frozenset[str] = frozenset()) -> bool:
    """Tell whether an expression names an object, not a number: None, True, a class, a constant, a member of an enumeration."""
    match node:
        case ast.Constant(value=None | bool()):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name[0].isupper() or name in objects
        case _:
            return False


def _only_ints(kinds: ast.expr) -> bool:
    names = {node.id for node in ast.walk(kinds) if isinstance(node, ast.Name)}
    return bool(names & {"int", "float"}) and "Fraction" not in names


def _ordered(node: ast.AST) -> bool:
    """Tell whether something compares by order what is not a length."""
    if not isinstance(node, ast.Compare) or not any(isinstance(each, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for each in node.ops):
        return False
    sides = (node.left, *node.comparators)
    return not any(isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id == "len" for side in sides)


def _consumes(test: ast.expr) -> bool:
    """Tell whether a loop ends with a sequence: it goes on while that is not empty and something holds of an element of it."""
    looked_at = {node.value.id for node in ast.walk(test) if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)}
    parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else ()
    return any(isinstance(part, ast.Name) and part.id in looked_at for part in parts)
