"""Miscounting: numbers of its own that a handler keeps where something is found by its hash, beside symbols of numbers.

A set finds by == only what has one hash. Symbols have that of 0, and Python's own numbers have theirs, so that it would miss in
silence that a symbol may be such a number. In a state, an input or a comparison with a symbol no number stands but 0 (SymbolicClass.term).
So a handler may compare at once the numbers that it makes, and those of its process, or add them to a symbol, and give them no name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import Enum
from types import FunctionType
from typing import Any

from attrs import fields, has

from concordant.proofs.kernel.places import shown
from concordant.proofs.kernel.reach import file_of, is_of_the_run, meaning, of_the_run, parts, reached

MAKING = {
    *(
        "len",
        "sum",
        "int",
        "round",
        "hash",
        "ord",
        "count",
        "index",
        "find",
        "range",
        "enumerate",
        "bit_length",
        "numerator",
        "denominator",
    ),
    *("abs", "ratio", "Fraction", "factorial", "comb", "gcd"),
}
"""Functions and methods that make numbers, as do those, and the properties, that are declared to. The largest of symbols is one of them."""


def miscounts(machine: Any) -> Iterator[str]:
    """Yield what is found in the class of a process and in all that it reaches."""
    functions = [each for each, _ in reached(type(machine)) if isinstance(each, FunctionType)]
    making = {each.__name__ for each in functions if each.__annotations__.get("return") in (int, "int")} | set(_held(machine))
    for function in functions:
        if of_the_run(file_of(function)) and is_of_the_run(function):
            home, above = shown(file_of(function)), {child: each for each in parts(function) for child in ast.iter_child_nodes(each)}
            for each, place in above.items():
                if isinstance(each, ast.expr) and _is_own(each, machine, MAKING | making, function) and not _is_compared(each, above):
                    yield f"{home}:{each.lineno}: a number that is not compared at once: a set would not find it beside a symbol"
                if isinstance(each, ast.expr) and _is_truth(each) and _is_kept(place):
                    yield f"{home}:{each.lineno}: a truth that is kept like a number: a set would not find it beside a symbol"


def _held(machine: Any) -> Iterator[str]:
    """Yield what numbers are called that classes hold, or records by default."""
    for kind in (each for each, _ in reached(type(machine)) if isinstance(each, type) and of_the_run(file_of(each))):
        if issubclass(kind, Enum):
            yield from ("value", "_value_") if any(_is_number(each.value) for each in kind) else ()
        yield from (name for name, value in vars(kind).items() if _is_number(value) and value)
        yield from (each.name for each in (fields(kind) if has(kind) else ()) if _is_number(each.default) and each.default)


def _is_own(each: ast.AST, machine: Any, making: set[str], function: FunctionType) -> bool:
    """Tell whether an expression is a number, perhaps other than 0, that no symbol stands for."""
    match each:
        case ast.Constant(value=value):
            return _is_number(value) and value != 0
        case ast.Name(id=name):
            return _is_number(_global(function, name))
        case ast.Call(func=ast.Name(id="max" | "min"), args=several):
            return any(_is_own(one, machine, making, function) for one in several)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in making
        case ast.Attribute(attr=name):
            return name in making or _is_number(_of_process(each, machine))
        case ast.UnaryOp(op=ast.Not()):
            return False
        case ast.UnaryOp(operand=inside):
            return _is_own(inside, machine, making, function) or isinstance(inside, ast.Constant | ast.UnaryOp)
        case ast.BinOp(left=left, right=right):
            return all(_is_own(side, machine, making, function) or isinstance(side, ast.Constant) for side in (left, right))
        case _:
            return False


def _global(function: FunctionType, name: str) -> Any:
    """Return what a name stands for that a function does not bind."""
    return None if name in function.__code__.co_varnames else meaning(function, name)


def _is_truth(each: ast.AST) -> bool:
    """Tell whether an expression is true or false, whatever stands in it."""
    return (
        isinstance(each, ast.Compare)
        or (isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.Not))
        or (isinstance(each, ast.Constant) and each.value is True)
    )


def _is_kept(place: ast.AST) -> bool:
    """Tell whether what stands there is put into a set, a tuple or a list, or is looked for."""
    match place:
        case ast.Set() | ast.SetComp() | ast.Dict() | ast.DictComp() | ast.Tuple() | ast.List() | ast.ListComp():
            return True
        case ast.Compare(ops=operators):
            return any(isinstance(operator, ast.In | ast.NotIn) for operator in operators)
        case _:
            return False


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _of_process(each: ast.expr, machine: Any) -> object:
    """Return what a chain of fields that begins at `self` is of the process; None of anything else."""
    match each:
        case ast.Name(id="self"):
            return machine
        case ast.Attribute(value=inside, attr=name):
            owner: Any = _of_process(inside, machine)
            kept = has(type(owner)) and any(field.name == name for field in fields(type(owner)))
            return object.__getattribute__(owner, name) if kept else None
        case _:
            return None


def _is_compared(each: ast.expr, above: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether a number is compared by its value, used as an index, added to a symbol, or a part of a number of which that is asked."""
    match above[each]:
        case ast.BinOp() | ast.UnaryOp():  # a part of a number is looked at as that number
            return True
        case ast.Compare(ops=operators):
            return not any(isinstance(operator, ast.In | ast.NotIn) for operator in operators)
        case ast.Subscript(slice=index):
            return index is each
        case ast.Call(func=called):
            return called is each
        case ast.Slice() | ast.MatchValue():
            return True
        case _:
            return False
