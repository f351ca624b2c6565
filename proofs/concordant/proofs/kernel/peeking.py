"""Peeking: what a handler could do with a symbol that nothing would notice when it runs, found in its source.

Whatever else looks into a symbol fails aloud and is remembered (symbols.py). These do not: they see which object or class holds
a value, or hide what was raised.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from enum import EnumType
from functools import cache
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from concordant.proofs.kernel.paths import of_the_run, shown
from concordant.refimpl.machine import Process

NAMES = {"type", "id", "hash", "vars", "dir", "hasattr", "eval", "exec", "globals", "locals", "compile", "__import__", "builtins"}
"""Names that a handler has no business with: what they would tell it is not part of any value."""
MODULES = {"builtins", "copy", "copyreg", "ctypes", "functools", "gc", "importlib", "inspect", "json", "operator", "pickle", "sys", "types"}

MACHINE = Process.__module__.rpartition(".")[0]
"""What every process is made of, which is not what is proved."""


def peeks(kind: type) -> list[str]:
    """List what is found in a class of processes, in its bases, and in the functions and classes that these name."""
    return [each for found in _sources(kind) for each in (*_peeks_in(found), *_shared(found))]


def _shared(found: Any) -> Iterator[str]:
    """Yield what a class or a function could keep from one call to the next: it would not be part of any state."""
    plain = vars(found) if isinstance(found, type) else {name: found.__globals__.get(name) for name in found.__code__.co_names}
    home = f"{shown(inspect.getsourcefile(found) or '')}:{inspect.getsourcelines(found)[1]}"
    for name, value in plain.items():
        own = name.startswith("__") or (isinstance(found, EnumType) and name.startswith("_") and name.endswith("_"))  # Python's
        if isinstance(value, list | dict | set | bytearray) and not own:
            yield f"{home}: {name} is a {type(value).__name__}, which all calls share; keep what is remembered in the state"


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
    codes, names = [function.__code__], set[str]()
    while codes:
        code = codes.pop()
        names |= {*code.co_names}
        codes += [each for each in code.co_consts if isinstance(each, CodeType)]
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
                yield node, f"`{name}` sees which object or class holds a value, which no protocol may depend on"
            case ast.Name(id=name) if _home(scope.get(name)) in MODULES:
                yield node, f"`{name}` of {_home(scope[name])} sees what holds a value, which no protocol may depend on"
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


def _single(node: ast.expr) -> bool:
    """Tell whether an expression is None, True, False, or a member of an enumeration or another constant in capitals."""
    match node:
        case ast.Constant(value=None | bool()):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
        case _:
            return False
