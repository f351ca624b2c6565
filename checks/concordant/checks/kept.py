"""What a module holds while it is run: values, functions, classes and what is made of these, or else something could be kept there.

A reading of the source knows what can change by its name alone; what is there is looked at itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import Enum, EnumType
from functools import cached_property, partial
from operator import attrgetter, itemgetter, methodcaller
from types import (
    BuiltinFunctionType,
    FunctionType,
    GenericAlias,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
    UnionType,
)
from typing import Any

from attrs import fields

from concordant.checks.registry import is_ours
from concordant.checks.semantics.holding import is_full
from concordant.spec.vocabulary import is_record

FOR_GOOD = (
    *(type(None), bool, int, float, complex, str, bytes, range, type(...), type(NotImplemented)),
    *(BuiltinFunctionType, ModuleType, UnionType, GetSetDescriptorType, MemberDescriptorType, re.Pattern),
    *(attrgetter, itemgetter, methodcaller),
)
"""Classes whose instances never change, nor hold what does."""


def kept(module: ModuleType, tree: ast.Module, read: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield what can change in a module and its classes, with its line. `read`: the names in the module that some function reads.

    What nobody reads is left alone, unless it is of a class of ours, such as a clause, whose functions we call.
    """
    for name, value in tuple(vars(module).items()):
        if isinstance(value, type):
            if value.__module__ == module.__name__:
                yield from ((part, _line(tree, part, within=name)) for part, held in _of_class(value) if can_change(held))
        elif isinstance(value, ModuleType):
            parts = {(node.attr, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_name(node.value, name)}
            yield from ((f"{name}.{part}", line) for part, line in parts if can_change(getattr(value, part, None)))
        elif (name in read or is_ours(type(value).__module__)) and name != "__loader__" and can_change(value):
            yield name, _line(tree, name)


def _of_class(kind: type) -> Iterator[tuple[str, Any]]:
    """Yield what stands in a class, but for what Python, attrs and Enum put there."""
    theirs = [
        name for name in vars(kind) if name.startswith("__") or name == "_abc_impl" or (isinstance(kind, EnumType) and name[0] == "_")
    ]
    return ((name, value) for name, value in tuple(vars(kind).items()) if name not in theirs)


def can_change(value: Any, around: tuple[int, ...] = ()) -> bool:
    """Tell whether something, or what it holds, can change without being another. `around`: what holds it, by identity."""
    if isinstance(value, type | GenericAlias) or type(value) in FOR_GOOD or id(value) in around:
        return False
    inside = _inside(value)
    return inside is None or any(can_change(each, (*around, id(value))) for each in inside)


def _inside(value: Any) -> Iterator[Any] | None:
    """Yield what something holds; None of what can change itself."""
    kind: Any = type(value)
    match value:
        case FunctionType():
            cells = (cell.cell_contents for cell in value.__closure__ or () if is_full(cell))
            return iter((*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), *vars(value).values()))
        case MethodType():
            return iter((value.__func__, value.__self__))
        case staticmethod() | classmethod():
            return iter((value.__func__,))
        case property():
            return iter((value.fget,))
        case cached_property():
            return iter((value.func,))
        case partial():
            return iter((value.func, *value.args, *value.keywords.values()))
        case MappingProxyType():
            return iter((*value.keys(), *value.values()))
        case tuple() | frozenset() if not hasattr(value, "__dict__"):
            return iter(value)
        case _ if kind.__module__ in ("typing", "typing_extensions", "fractions", "__future__"):
            return iter(())
        case Enum():
            return (part for name, part in vars(value).items() if name != "__objclass__")
        case _ if is_record(kind):
            held = (getattr(value, part.name) for part in fields(kind))
            ours = is_ours(kind.__module__)  # what a process holds is looked at where it is run
            return (each for each in held if not ours or isinstance(each, FunctionType | tuple))
        case _:
            return None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _line(tree: ast.Module, name: str, within: str = "") -> int:
    """Return the line in which a name gets what it holds."""
    owner = next((each for each in ast.walk(tree) if isinstance(each, ast.ClassDef) and each.name == within), tree)
    for node in ast.walk(owner):
        match node:
            case ast.Name(id=found, ctx=ast.Store()) | ast.FunctionDef(name=found) if found == name:
                return node.lineno
            case _:
                pass
    return getattr(owner, "lineno", 1)
