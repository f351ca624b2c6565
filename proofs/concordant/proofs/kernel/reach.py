"""What a rule reaches: every function that it may run, and what each name in it stands for.

A name is looked up as Python does it, in the closure, the module and among the builtins, so that an alias is what it stands
for. Values are looked into, since they may be called: a table of functions, a partial, a bound method, a clause, a class.
"""

from __future__ import annotations

import ast
import inspect
import os
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dis import Instruction, get_instructions
from enum import Enum, EnumType
from functools import cache, partial
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MemberDescriptorType, MethodType, ModuleType
from typing import Any, TypeGuard

from attrs import NOTHING, fields, frozen, has

from concordant.proofs.kernel import places
from concordant.proofs.kernel.places import shown
from concordant.refimpl import machine

MACHINE = f"{Path(machine.__file__).parent}{os.sep}"
"""What mechanisms are made with: it calls rules, and no rule calls it."""

NO_FILE = "<no file>"
"""Where stands what stands in none."""

BOUND = ("LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF")
LOADS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS", *BOUND)
ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "LOAD_SUPER_ATTR")


@frozen
class Mention:
    """Where something is named: in which file and line, and how."""

    file: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{shown(self.file)}:{self.line}"


def reached(*roots: object) -> Iterator[tuple[Any, Mention]]:
    """Yield all that is reached from some functions, each thing once, with the place that names it."""
    waiting = deque((root, Mention(file_of(root), 1, _called(root))) for root in roots)
    known: dict[int, object] = {}
    while waiting:
        value, place = waiting.popleft()
        if id(value) in known:
            continue
        known[id(value)] = value  # kept, so that no other is found at its address
        yield value, place
        if is_of_the_run(value):
            waiting += named(value)
        waiting += ((part, place) for part in held(value))


def of_the_run(file: str) -> bool:
    """Tell whether a file holds what a proof about rules is about, and neither ours nor a library's."""
    return places.of_the_run(file) and not file.startswith(MACHINE)


def is_of_the_run(value: object) -> TypeGuard[FunctionType]:
    """Tell whether something is a function that a proof about rules is about."""
    return isinstance(value, FunctionType) and of_the_run(file_of(value))


def held(value: Any) -> Iterator[Any]:
    """Yield what a value holds that may be run."""
    match value:
        case FunctionType():
            cells = value.__closure__ or ()
            yield from (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values())
            yield from (inspect.unwrap(value),)
            yield from () if of_the_run(file_of(value)) else (cell.cell_contents for cell in cells)  # ours calls what it was given
        case partial():
            yield from (value.func, *value.args, *value.keywords.values())
        case MethodType():
            yield from (value.__func__, value.__self__)
        case type() if of_the_run(file_of(value)):
            yield from (each for each in (*value.__bases__, type(value)) if of_the_run(file_of(each)))
            members = value.__members__.values() if isinstance(value, EnumType) else ()
            yield from (*members, *_held(value))
            yield from (each for part in (fields(value) if has(value) else ()) for each in _run_by(part))
        case Enum():
            yield value.value
            yield type(value)
        case type() | ModuleType():
            pass
        case _ if has(type(value)):
            yield type(value)
            yield from (getattr(value, part.name) for part in fields(type(value)))
        case _:
            yield from (type(value),) if of_the_run(file_of(type(value))) else ()
            yield from _contained(value)


def _contained(value: Any) -> Iterator[Any]:
    """Yield what stands in a table."""
    match value:
        case str():
            pass
        case Mapping():
            yield from (*value, *value.values())
        case tuple() | list() | AbstractSet():
            yield from value
        case _:
            pass


def _held(kind: type) -> Iterator[Any]:
    """Yield what a class holds that was written in it: methods, and values that they find by its name."""
    for name, value in vars(kind).items():
        plain = getattr(value, "fget", None) or getattr(value, "__func__", value)
        made = name.startswith("__") and not isinstance(plain, type | partial | BuiltinFunctionType | MethodType)
        made = made or name == "_abc_impl" or isinstance(plain, MemberDescriptorType)
        made = made or (
            isinstance(kind, EnumType) and (name in kind.__members__ or (name[0] == name[-1] == "_" and not is_of_the_run(plain)))
        )
        if is_of_the_run(plain) or not made:
            yield plain


def _run_by(part: Any) -> Iterator[Any]:
    """Yield what attrs runs where a record is made or compared, besides the methods of its class."""
    default = getattr(part.default, "factory", part.default)
    yield from (each for each in (default, part.converter, part.eq_key, part.order_key) if each is not NOTHING)
    yield from _functions(part.validator)


def _functions(validator: Any) -> Iterator[FunctionType]:
    """Yield the functions of which a validator is made; what is made by attrs alone only raises."""
    if isinstance(validator, FunctionType):
        yield validator
    for each in validator if isinstance(validator, tuple) else ():
        yield from _functions(each)
    for part in fields(type(validator)) if has(type(validator)) else ():
        yield from _functions(getattr(validator, part.name))


TURNING = "concordant.checks.semantics.turning"


@cache
def named(function: FunctionType) -> tuple[tuple[Any, Mention], ...]:
    """List what the names stand for that a function, and the functions within it, do not bind themselves."""
    found = []
    for code in _codes(function.__code__):
        steps = list(get_instructions(code))
        for at, step in enumerate(steps):
            if step.opname in LOADS and (step.opname not in BOUND or step.argval in function.__code__.co_freevars):
                value, name = meaning(function, str(step.argval)), str(step.argval)
                if value is not None and value is getattr(sys.modules.get(TURNING), "made", None):
                    continue  # who imports a module of a user's puts it around sets; it stands in nobody's source
                for after in steps[at + 1 :]:
                    if not isinstance(value, ModuleType) or after.opname not in ATTRIBUTES or after.argval not in vars(value):
                        break  # what a module makes up by its __getattr__ may be another thing each time
                    value, name = vars(value)[after.argval], f"{name}.{after.argval}"
                found.append((value, Mention(file_of(function), _line_of(step, code), name)))
    return tuple(found)


def attributes(function: FunctionType) -> Iterator[Mention]:
    """Yield each attribute that a function, or a pattern in it, looks at."""
    for code in _codes(function.__code__):
        for step in get_instructions(code):
            if step.opname in ATTRIBUTES:
                yield Mention(file_of(function), _line_of(step, code), str(step.argval))
    for each in parts(function):
        if isinstance(each, ast.MatchClass):
            yield from (Mention(file_of(function), each.lineno, name) for name in each.kwd_attrs)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _codes(const)


def meaning(function: FunctionType, name: str) -> Any:
    """Return what a name stands for; None for what is bound nowhere yet, as for what is None."""
    free = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    if name in free:
        try:
            return free[name].cell_contents
        except ValueError:
            return None
    called: Any = function  # not every mypy knows of a function's built-in names
    return function.__globals__.get(name, called.__builtins__.get(name))


# ---- where things stand


def node(function: FunctionType) -> ast.AST | None:
    """Return the syntax of a function; of a lambda, with that of all others in its line; None where there is no source."""
    return _nodes(file_of(function)).get((function.__code__.co_firstlineno, function.__code__.co_name))


def parts(function: FunctionType) -> Iterator[ast.AST]:
    """Yield every part of the syntax of a function, but for what says of which types things are."""
    waiting = deque([node(function)])
    while waiting:
        each = waiting.popleft()
        if each is not None:
            yield each
            types = (getattr(each, "annotation", None), getattr(each, "returns", None))
            waiting += (child for child in ast.iter_child_nodes(each) if child not in types)


@cache
def _nodes(file: str) -> Mapping[tuple[int, str], ast.AST]:
    try:
        tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    except OSError:
        return {}
    found: dict[tuple[int, str], ast.AST] = {}
    for each in ast.walk(tree):
        match each:
            case ast.FunctionDef(name=name, decorator_list=decorators):
                found[min([each.lineno, *(part.lineno for part in decorators)]), name] = each
            case ast.Lambda():
                same = found.setdefault((each.lineno, "<lambda>"), ast.Module([], []))
                same.body.append(ast.Expr(each))  # type: ignore[attr-defined]  # it is the module made one line above
            case _:
                pass
    return found


def file_of(value: object) -> str:
    """Return the file in which a function or class stands; that of none begins as no file does.

    A class may say that it is of a module of ours: it is if that module has it under its name.
    """
    match value:
        case FunctionType():
            return value.__code__.co_filename
        case type():
            module = sys.modules.get(value.__module__)
            file = getattr(module, "__file__", None) or NO_FILE
            return file if of_the_run(file) or getattr(module, value.__qualname__, None) is value else NO_FILE
        case partial():
            return file_of(value.func)
        case MethodType():
            return file_of(value.__func__)
        case _:
            return NO_FILE


def _line_of(step: Instruction, code: CodeType) -> int:
    return (step.positions.lineno if step.positions else None) or code.co_firstlineno


def _called(value: object) -> str:
    return str(getattr(value, "__qualname__", type(value).__name__))
