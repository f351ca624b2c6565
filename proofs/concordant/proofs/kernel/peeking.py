"""Peeking: what a handler could do with a symbol that nothing would notice when it runs, found in its source.

Whatever else looks into a symbol fails aloud and is remembered (symbols.py). These do not: they see which object or class holds
a value, or hide what was raised.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, EnumType
from fractions import Fraction
from functools import cache
from types import (
    BuiltinFunctionType,
    EllipsisType,
    FunctionType,
    GenericAlias,
    MemberDescriptorType,
    ModuleType,
    UnionType,
)
from typing import Any, Protocol, assert_never, cast

from attrs import Factory, evolve, field, fields, frozen, has

from concordant.proofs.kernel.places import shown
from concordant.proofs.kernel.reach import Mention, file_of, held, is_of_the_run, meaning, named, node, of_the_run, parts, reached
from concordant.proofs.kernel.symbols import Element, Projection, domain_of
from concordant.proofs.kernel.symbols import shown as shown_value
from concordant.proofs.kernel.trespassing import looked
from concordant.refimpl.machine import Process
from concordant.spec.vocabulary import addresses, broadcast, ratio
from concordant.spec.vocabulary.identity import is_record

FUNCTIONS = "abs all any enumerate filter isinstance issubclass iter len map max min next property range reversed sorted sum super zip"
ITERATING = "accumulate chain combinations groupby islice pairwise permutations product repeat starmap takewhile zip_longest"
CLASSES = "bool classmethod dict frozenset int list object set slice staticmethod str tuple"
ALLOWED: tuple[Any, ...] = (
    *(getattr(builtins, name) for name in (*FUNCTIONS.split(), *CLASSES.split())),
    *(each for each in vars(builtins).values() if isinstance(each, type) and issubclass(each, Exception)),
    *(getattr(itertools, name) for name in ITERATING.split()),
    *(Factory, Enum, Fraction, Protocol, assert_never, cast, evolve, field, frozen, addresses, broadcast, ratio),
)
"""What a handler may name of Python's own functions and classes, of attrs and of the vocabulary; of the latter also its classes.

Others know the time, chance, files, or what holds a value; or they keep something, or read a text as a program.
"""
MODULES = {"abc", "attrs", "collections", "concordant", "enum", "fractions", "itertools", "math", "typing"}
"""By way of which modules a handler may name what it uses; not by way of what these import for themselves."""
KERNEL = __name__.rpartition(".")[0]
APART = (KERNEL, "concordant.checks")
"""Modules of ours that know whether a proof is under way."""
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
    known = _is_in(home, MACHINE) or (isinstance(value, type) and (home == "collections.abc" or _is_in(home, VOCABULARY)))
    return known and _is_where_it_says(value)


def _is_in(home: str, package: str) -> bool:
    return home == package or home.startswith(f"{package}.")


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
        if isinstance(found, EnumType):
            yield from found.__members__.items()
        plain = vars(found).items()
        yield from ((name, value) for name, value in plain if not name.startswith(("__", "_abc_")) and not (own and _looks_inside(name)))
        return
    yield from ((place.name, value) for value, place in named(found) if not place.name.startswith("__"))
    yield from ((name, value) for name, value in vars(found).items() if not name.startswith("__"))
    for name, parameter in inspect.signature(found).parameters.items():
        if parameter.default is not parameter.empty:
            yield name, parameter.default
    for name, cell in zip(found.__code__.co_freevars, found.__closure__ or (), strict=True):
        yield name, cell.cell_contents


def type_of(value: object) -> type:
    """Return what `type` does, of a value that is nothing of ours: no symbol, no collection of any size, no field left open."""
    if _is_in(type(value).__module__, KERNEL):
        domain = domain_of(value)
        raise looked(f"asks for the type of {shown_value(value) if domain is None else f'a {domain.kind.__name__}'}")
    return type(value)


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
    if not isinstance(value, PROGRAM) and not all(map(_is_fixed, _beside(value))):
        return False
    match value:
        case frozenset():  # of records it was built before they were hashed as symbols are
            return all(_is_fixed(each) and not has(type(each)) for each in value)
        case tuple():
            return all(map(_is_fixed, value))
        case Enum():
            return _is_fixed(value.value)
        case None | bool() | int() | str() | Fraction() | type() | ModuleType() | Element() | Projection():
            return True
        case FunctionType() | BuiltinFunctionType() | property() | staticmethod() | classmethod() | MemberDescriptorType() | EllipsisType():
            return True
        case _:
            alias = type(value).__module__ == "typing" or isinstance(value, GenericAlias | UnionType)
            return alias or (is_record(type(value)) and all(_is_fixed(getattr(value, each.name)) for each in fields(type(value))))


PROGRAM = (type, ModuleType, FunctionType, BuiltinFunctionType, Element, Projection)
"""What is looked at by itself, or is ours."""


def _beside(value: Any) -> Iterator[Any]:
    """Yield what an object has besides what makes it the value that it is."""
    own = {each.name for each in fields(type(value))} if has(type(value)) else set[str]()
    told = [vars(kind).get("__slots__", ()) for kind in type(value).__mro__ if of_the_run(file_of(kind))]
    slots = [name for each in told for name in ((each,) if isinstance(each, str) else each)]
    for name in {*getattr(value, "__dict__", ()), *slots} - own:
        if not _looks_inside(name) and hasattr(value, name):
            yield getattr(value, name)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


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
            case ast.Try() | ast.TryStar() | ast.With() | ast.AsyncWith():
                yield each.lineno, "a handler decides by values, not by what is raised; write a condition instead of try or with"
            case ast.FunctionDef(name="__del__"):
                yield each.lineno, "`__del__` is run when nobody knows, and what it raises is not told"
            case ast.Compare(left=left, ops=operators, comparators=others):
                for operator, one, other in zip(operators, (left, *others), others, strict=False):
                    if isinstance(operator, ast.Is | ast.IsNot) and not (_single(function, one) or _single(function, other)):
                        yield each.lineno, "`is` asks which object holds a value; compare by =="
            case ast.Name(id=name) if _is_foreign(meaning(function, name)):
                yield each.lineno, _of_others(name, meaning(function, name).__name__)
            case ast.Global() | ast.Nonlocal() | ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Attribute(attr="register"):
                yield each.lineno, "what is kept from one call to the next is no part of any state"
            case ast.Attribute(attr="format" | "format_map" as name):
                yield each.lineno, f"`{name}` looks into what it is given, by a text that nobody reads; write an f-string"
            case ast.Attribute(attr=name) if _looks_inside(name):
                yield each.lineno, f"`{name}` sees what holds a value, or changes what is frozen"
            case ast.Attribute(value=ast.expr() as owner) if _is_foreign(module := _module(function, owner)):
                yield each.lineno, _of_others(each.attr, module.__name__)
            case ast.MatchClass(kwd_attrs=names):
                for name in filter(_looks_inside, names):
                    yield each.lineno, f"`{name}` sees what holds a value, or changes what is frozen"
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield each.lineno, f"{', '.join(each.name for each in names)} is imported within a handler, where nobody looks for it"
            case _:
                pass


def _looks_inside(name: str) -> bool:
    """Tell whether an attribute is one that Python, or a class of Python's, has for itself."""
    return name.startswith("__") or name[0] == name[-1] == "_"


def _module(function: FunctionType, side: ast.expr) -> Any:
    """Return the module that an expression names; None of any other."""
    match side:
        case ast.Name(id=name):
            found = meaning(function, name)
        case ast.Attribute(value=owner, attr=name):
            found = getattr(_module(function, owner), name, None)
        case _:
            found = None
    return found if isinstance(found, ModuleType) else None


def _is_foreign(value: object) -> bool:
    """Tell whether something is a module of others than those by way of which something may be named."""
    if not isinstance(value, ModuleType):
        return False
    name = value.__name__
    known = name.partition(".")[0] in MODULES and not any(_is_in(name, each) for each in APART)
    return not known and not of_the_run(getattr(value, "__file__", None) or "<")


def singled_out(kind: type) -> Iterator[str]:
    """Yield where it is asked whether something is True, False or a member of an enumeration, of which a symbol of any object knows nothing."""
    for function in (each for each, _ in reached(kind) if is_of_the_run(each)):
        for part in parts(function):
            match part:
                case ast.Compare(left=left, ops=operators, comparators=others):
                    asks = any(isinstance(each, ast.Is | ast.IsNot) for each in operators)
                    found = asks and any(_single(function, side) and not _is_none(side) for side in (left, *others))
                case ast.MatchSingleton(value=value):
                    found = value is not None
                case _:
                    found = False
            if found:
                line = getattr(part, "lineno", 0)
                yield f"{shown(file_of(function))}:{line}: any object may be True, False or a member of an enumeration: compare by =="


def _is_none(side: ast.expr) -> bool:
    return isinstance(side, ast.Constant) and side.value is None


def _single(function: FunctionType, side: ast.expr) -> bool:
    """Tell whether an expression is None, True, False, or a member of an enumeration, of each of which there is one."""
    match side:
        case ast.Constant(value=None | bool()):
            return True
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return isinstance(getattr(meaning(function, owner), name, None), Enum)
        case _:
            return False
