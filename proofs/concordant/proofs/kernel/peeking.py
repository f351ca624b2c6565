"""Peeking: what a handler could do with a symbol that nothing would notice when it runs, found in its source.

Whatever else looks into a symbol fails aloud and is remembered (symbols.py). These do not: they see which object or class holds
a value, or hide what was raised.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, EnumType
from fractions import Fraction
from functools import cache
from types import BuiltinFunctionType, CodeType, EllipsisType, FunctionType, MemberDescriptorType, ModuleType
from typing import Any, assert_never

from attrs import Factory, evolve, field, fields, frozen, has

from concordant.proofs.kernel.places import shown
from concordant.proofs.kernel.reach import Mention, file_of, held, is_of_the_run, meaning, named, node, of_the_run, parts, reached
from concordant.proofs.kernel.symbols import Element, Projection, type_of
from concordant.refimpl.machine import Process
from concordant.spec.vocabulary import addresses, broadcast, ratio

FUNCTIONS = "abs all any enumerate filter isinstance issubclass iter len map max min next property range reversed sorted sum super zip"
CLASSES = "bool classmethod dict frozenset int list object set slice staticmethod str tuple"
ALLOWED: tuple[Any, ...] = (
    *(getattr(builtins, name) for name in (*FUNCTIONS.split(), *CLASSES.split())),
    *(each for each in vars(builtins).values() if isinstance(each, type) and issubclass(each, BaseException)),
    *(Factory, assert_never, evolve, field, frozen, addresses, broadcast, ratio),
)
"""What a handler may name of Python's own functions and classes, of attrs and of the vocabulary; of the latter also its classes."""
MODULES = {"abc", "collections", "enum", "fractions", "itertools", "math", "typing"}
"""Whose functions and classes a handler may use besides. The others know the time, chance, files, or what holds a value."""
MACHINE = Process.__module__.rpartition(".")[0]
"""What every process is made of, which is not what is proved."""
VOCABULARY = addresses.__module__.rpartition(".")[0]


def peeks(kind: type) -> list[str]:
    """List what is found in a class of processes and in all that it reaches: its bases, and what is named, kept or passed on in these."""
    found: list[str] = []
    for value, place in reached(kind):
        if value is type:  # which tells of no symbol what holds it (`telling_types`), as long as it is called by its name, and kept nowhere
            continue
        if any(each is type for each in held(value)):
            found.append(f"{place}: {_built_in('type')}")
        said = _refused(value, place)
        if said is not None:
            found.append(f"{place}: {said}")
        if isinstance(value, type | FunctionType) and of_the_run(file_of(value)):
            found += (*(_peeks_in(value) if is_of_the_run(value) else ()), *_shared(value))
    return found


def _refused(value: Any, place: Mention) -> str | None:
    """Return why a handler must not name something; None where it may."""
    name = place.name.rpartition(".")[2]
    if name.startswith("__") and name != "__class__":
        return f"`{name}` sees what holds a value, or changes what is frozen"
    if is_of_the_run(value) and node(value) is None:
        return f"`{value.__name__}` has no source that could be read"
    if isinstance(value, ModuleType):
        return f"`{place.name}` is a module: name what is wanted of it"
    if not isinstance(value, type | FunctionType | BuiltinFunctionType) or _may_be_named(value):
        return None
    if value.__module__ == "builtins":
        return _built_in(value.__name__)
    return _of_others(value.__name__, (value.__module__ or "its object").removeprefix("_"))


def _built_in(name: str) -> str:
    return f"`{name}` sees or keeps what is no part of any value, on which no protocol may depend"


def _of_others(name: str, home: str) -> str:
    return f"`{name}` of {home} knows what no state, input or field holds, on which no protocol may depend"


def _may_be_named(value: Any) -> bool:
    if any(value is each for each in ALLOWED) or of_the_run(file_of(value)):
        return True
    home = value.__module__ or ""
    known = home.startswith(MACHINE) or home.partition(".")[0] in MODULES or (isinstance(value, type) and home.startswith(VOCABULARY))
    return known and _is_where_it_says(value)


def _is_where_it_says(value: Any) -> bool:
    """Tell whether what says that it is of a module is of that module."""
    module = sys.modules.get(value.__module__)
    if isinstance(value, FunctionType):
        return file_of(value) == getattr(module, "__file__", None)
    return getattr(module, value.__qualname__, None) is value


def _shared(found: Any) -> Iterator[str]:
    """Yield what a class or a function could keep from one call to the next: it would not be part of any state."""
    for name, value in _at_hand(found):
        if not _is_fixed(value):
            home = f"{shown(inspect.getsourcefile(found) or '')}:{inspect.getsourcelines(found)[1]}"  # which reads the whole file
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


@contextmanager
def telling_types(kind: type) -> Iterator[None]:
    """Let `type` refuse to tell what holds a symbol, wherever a class of processes names it, as long as handlers run."""
    functions = [each for each, _ in reached(kind) if is_of_the_run(each)]
    homes = {id(each.__globals__): each.__globals__ for each in functions if "type" not in each.__globals__}
    for home in homes.values():
        home["type"] = type_of
    try:
        yield
    finally:
        for home in homes.values():
            del home["type"]


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
        case frozenset():  # of records it was built before they were hashed as symbols are
            return all(_is_fixed(each) and not has(type(each)) for each in value)
        case tuple():
            return all(map(_is_fixed, value))
        case None | bool() | int() | str() | Fraction() | Enum() | type() | ModuleType() | Element() | Projection():
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


@cache
def _peeks_in(function: FunctionType) -> tuple[str, ...]:
    home = shown(file_of(function))
    return tuple(f"{home}:{line}: {what}" for line, what in sorted(set(_wrong(function))))


def _wrong(function: FunctionType) -> Iterator[tuple[int, str]]:
    own = "type" in {*function.__globals__, *function.__code__.co_freevars}
    yield from ((place.line, _built_in("type")) for value, place in named(function) if value is type and (own or place.name != "type"))
    called = {id(each.func) for each in parts(function) if isinstance(each, ast.Call)}
    for each in parts(function):
        match each:
            case ast.Name(id="type") if id(each) not in called:
                yield each.lineno, _built_in("type")
            case ast.Try() | ast.TryStar():
                yield each.lineno, "a handler decides by values, not by what is raised; write a condition instead of try"
            case ast.Compare(left=left, ops=operators, comparators=others):
                for operator, one, other in zip(operators, (left, *others), others, strict=False):
                    if isinstance(operator, ast.Is | ast.IsNot) and not (_single(function, one) or _single(function, other)):
                        yield each.lineno, "`is` asks which object holds a value; compare by =="
            case ast.Name(id=name) if _is_foreign(meaning(function, name)):
                yield each.lineno, _of_others(name, meaning(function, name).__name__)
            case ast.Global() | ast.Nonlocal():
                yield each.lineno, "what is kept from one call to the next is no part of any state"
            case ast.Attribute(attr=name) if name.startswith("__"):
                yield each.lineno, f"`{name}` sees what holds a value, or changes what is frozen"
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield each.lineno, f"{', '.join(each.name for each in names)} is imported within a handler, where nobody looks for it"
            case _:
                pass


def _is_foreign(value: object) -> bool:
    """Tell whether something is a module of others than those that may be used."""
    home = value.__name__.partition(".")[0] if isinstance(value, ModuleType) else ""
    return home not in ("", *MODULES, "attrs", "concordant") and not of_the_run(getattr(value, "__file__", None) or "<")


def _single(function: FunctionType, side: ast.expr) -> bool:
    """Tell whether an expression is None, True, False, or a member of an enumeration, of each of which there is one."""
    match side:
        case ast.Constant(value=None | bool()):
            return True
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return isinstance(getattr(meaning(function, owner), name, None), Enum)
        case _:
            return False
