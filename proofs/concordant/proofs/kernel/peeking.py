"""Peeking: what a handler could do with a symbol that nothing would notice when it runs, found in its source.

Whatever else looks into a symbol fails aloud and is remembered (symbols.py). These do not: they see which object or class holds
a value, or hide what was raised.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from enum import Enum, EnumType
from fractions import Fraction
from functools import cache
from types import BuiltinFunctionType, CodeType, EllipsisType, FunctionType, MemberDescriptorType, ModuleType
from typing import Any

from attrs import fields, has

from concordant.proofs.kernel.paths import of_the_run, shown
from concordant.proofs.kernel.symbols import Element, Part
from concordant.refimpl.machine import Process

NAMES = {"type", "id", "hash", "vars", "dir", "hasattr", "eval", "exec", "globals", "locals", "compile", "open", "input"}
NAMES |= {"print", "setattr", "delattr", "breakpoint", "memoryview", "bytearray", "__import__", "builtins"}
"""Names that a handler has no business with: what they would tell it, or keep, is not part of any value."""
MODULES = {"__future__", "abc", "attr", "attrs", "builtins", "collections", "enum", "fractions", "itertools", "math", "typing"}
"""Whose functions and classes a handler may use, besides its own and ours. The others know the time, chance, files or what holds a value."""

MACHINE = Process.__module__.rpartition(".")[0]
"""What every process is made of, which is not what is proved."""


def peeks(kind: type) -> list[str]:
    """List what is found in a class of processes, in its bases, and in the functions and classes that these name."""
    return [each for found in _sources(kind) for each in (*_peeks_in(found), *_shared(found))]


def _shared(found: Any) -> Iterator[str]:
    """Yield what a class or a function could keep from one call to the next: it would not be part of any state."""
    home = f"{shown(inspect.getsourcefile(found) or '')}:{inspect.getsourcelines(found)[1]}"
    for name, value in _at_hand(found):
        if not _is_fixed(value):
            yield f"{home}: {name} is {_a(type(value).__name__)}, which all calls share; keep what is remembered in the state"


def _at_hand(found: Any) -> Iterator[tuple[str, Any]]:
    """Yield by name what a class holds; of a function what it names, its defaults, and what it has from around it."""
    if isinstance(found, type):
        own = isinstance(found, EnumType)
        yield from (
            (name, value) for name, value in vars(found).items() if not name.startswith(("__", "_abc_")) and not (own and name[0] == "_")
        )
        return
    for name in sorted({name for code in _codes(found) for name in code.co_names}):
        if name in found.__globals__ and not name.startswith("__"):
            yield name, found.__globals__[name]
    for name, parameter in inspect.signature(found).parameters.items():
        if parameter.default is not parameter.empty:
            yield name, parameter.default
    for name, cell in zip(found.__code__.co_freevars, found.__closure__ or (), strict=True):
        yield name, cell.cell_contents


def unsettled(process: Any, role: type) -> Iterator[str]:
    """Yield the fields of a process that calls could change, and those that its role does not have, which were run as they are only."""
    known = {each.name for each in fields(role)}
    for each in fields(type(process)):
        value = getattr(process, each.name)
        if not _is_fixed(value):
            yield f"{each.name} is {_a(type(value).__name__)}, which all calls share; keep what is remembered in the state"
        elif each.name not in known:
            yield f"{each.name} is no field of {role.__name__}, and would be run as {value!r} only"


def _is_fixed(value: Any) -> bool:
    """Tell whether a value is one, or a piece of program: nothing that could be another at the next call."""
    match value:
        case tuple() | frozenset():
            return all(map(_is_fixed, value))
        case None | bool() | int() | str() | Fraction() | Enum() | type() | ModuleType() | Element() | Part():
            return True
        case FunctionType() | BuiltinFunctionType() | property() | staticmethod() | classmethod() | MemberDescriptorType() | EllipsisType():
            return True
        case _:
            alias = type(value).__module__ in ("typing", "types")
            return alias or (has(type(value)) and all(_is_fixed(getattr(value, each.name)) for each in fields(type(value))))


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _codes(function: FunctionType) -> Iterator[CodeType]:
    """Yield the code of a function, and what is written within it."""
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        codes += [each for each in code.co_consts if isinstance(each, CodeType)]
        yield code


def _sources(kind: type) -> Iterator[Any]:
    """Yield the classes and functions of the run that a class is made of, each once."""
    waiting: list[Any] = [*kind.__mro__]
    known: dict[int, Any] = {}
    while waiting:
        each = waiting.pop()
        if id(each) in known or not _is_of_the_run(each):
            continue
        known[id(each)] = each
        yield each
        for function in (each,) if isinstance(each, FunctionType) else vars(each).values():
            bound: Any = getattr(function, "fget", None) or getattr(function, "__func__", function)
            plain = inspect.unwrap(bound)
            if isinstance(plain, FunctionType):
                waiting += [plain, *_named(plain)]


def _named(function: FunctionType) -> Iterator[Any]:
    """Yield the functions and classes that a function names, also within a lambda, or by way of a module."""
    names = {name for code in _codes(function) for name in code.co_names}
    scope = function.__globals__
    homes = [scope, *(vars(scope[name]) for name in sorted(names) if isinstance(scope.get(name), ModuleType))]
    found = (home[name] for home in homes for name in sorted(names) if name in home)
    yield from (each for each in found if isinstance(each, type | FunctionType))


def _is_of_the_run(each: Any) -> bool:
    if (each.__module__ or "").startswith(MACHINE):
        return False
    try:
        return of_the_run(inspect.getsourcefile(each) or "<")
    except TypeError:  # a class of Python's own
        return False


@cache
def _peeks_in(found: Any) -> tuple[str, ...]:
    lines, first = inspect.getsourcelines(found)
    tree = ast.parse(textwrap.dedent("".join(lines)))
    home = shown(inspect.getsourcefile(found) or "")
    scope = vars(inspect.getmodule(found) or ModuleType(""))
    wrong = sorted({(node.lineno, what) for node, what in _wrong(tree, scope)})
    return tuple(f"{home}:{first + line - 1}: {what}" for line, what in wrong)


def _wrong(tree: ast.AST, scope: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Try() | ast.TryStar():
                yield node, "a handler decides by values, not by what is raised; write a condition instead of try"
            case ast.Compare(left=left, ops=operators, comparators=others):
                for operator, one, other in zip(operators, (left, *others), others, strict=False):
                    if isinstance(operator, ast.Is | ast.IsNot) and not (_single(one) or _single(other)):
                        yield node, "`is` asks which object holds a value; compare by =="
            case ast.Name(id=name) if name in NAMES:
                yield node, f"`{name}` sees or keeps what is no part of any value, on which no protocol may depend"
            case ast.Name(id=name) if _is_foreign(scope.get(name)):
                yield node, f"`{name}` of {_home(scope[name])} knows what no state, input or field holds, on which no protocol may depend"
            case ast.Global() | ast.Nonlocal():
                yield node, "what is kept from one call to the next is no part of any state"
            case ast.Attribute(attr=name) if name.startswith("__"):
                yield node, f"`{name}` sees what holds a value, or changes what is frozen"
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield node, f"{', '.join(each.name for each in names)} is imported within a handler, where nobody looks for it"
            case _:
                pass


def _home(value: object) -> str:
    """Return the module of a class or function, whatever it is called here, or a module's own name; nothing of other values."""
    if isinstance(value, ModuleType):
        return value.__name__.partition(".")[0]
    return (value.__module__ or "").partition(".")[0] if isinstance(value, type | FunctionType | BuiltinFunctionType) else ""


def _is_foreign(value: object) -> bool:
    """Tell whether a name stands for a module, class or function of others than those that may be used."""
    home = _home(value)
    if not home or (home in MODULES and not (home == "builtins" and isinstance(value, ModuleType))):
        return False
    file = getattr(sys.modules.get(home), "__file__", None) or "<"
    return not (home == "concordant" or of_the_run(file))


def _single(node: ast.expr) -> bool:
    """Tell whether an expression is None, True, False, or a member of an enumeration or another constant in capitals."""
    match node:
        case ast.Constant(value=None | bool()):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
        case _:
            return False
