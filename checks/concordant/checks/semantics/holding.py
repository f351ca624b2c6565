"""What a process holds: values, functions of values, and records of these, so that it cannot keep anything there."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from enum import Enum
from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from attrs import fields, has

from concordant.refimpl.machine import Process
from concordant.spec.vocabulary import Variables, identity, is_record
from concordant.spec.vocabulary.identity import room

RULE = "a process holds values, functions of values, and records of these, or else it could keep something there"


def held(process: Process[Any, Any, Any, Any]) -> Hashable:
    """Return a key of all that a process holds, the same as long as it holds the same. What could change is a TypeError."""
    return _key(process, ())


def held_by(function: object) -> Hashable:
    """Return the same key of what a function holds, in its closure and defaults; of None None."""
    return None if function is None else _key(function, ())


IMMUTABLE = (float, complex, bytes, range, str, Enum)


def _key(value: Any, within: tuple[int, ...]) -> Hashable:
    """Return the key of something held. `within`: the functions and records around it, by identity, since functions may know each other."""
    if isinstance(value, IMMUTABLE):
        return type(value), value
    try:
        return identity(value)
    except TypeError:
        if id(value) in within:
            return "again", within.index(id(value))
        inside = _inside(value)
    if inside is None:
        raise TypeError(f"{value!r} of class {type(value).__name__}: {RULE}")
    code = value.__code__ if isinstance(value, FunctionType) else None
    return type(value), code, *[_key(part, (*within, id(value))) for part in inside]


def _inside(value: Any) -> Iterator[object] | None:
    """Yield what a function or a record holds; None of something that may change."""
    match value:
        case FunctionType():
            cells = (cell.cell_contents for cell in value.__closure__ or () if is_full(cell))
            return iter((*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), *vars(value).values()))
        case MethodType():
            return iter((value.__func__, value.__self__))
        case BuiltinFunctionType():
            return iter((value.__name__, *(() if isinstance(value.__self__, ModuleType) else (value.__self__,))))
        case partial():
            return iter((value.func, *value.args, *value.keywords.items()))
        case ModuleType():
            return iter((value.__name__,))
        case tuple() | frozenset():
            return iter(value)
        case Variables():
            return iter((value.name, *(value[key] for key in value)))
        case Process():
            slots = ((name, getattr(value, name)) for name in room(type(value)) if hasattr(value, name))
            return iter((*_fields(value), *getattr(value, "__dict__", {}).items(), *slots))
        case _ if is_record(type(value)):
            return _fields(value)
        case _:
            return None


def is_full(cell: Any) -> bool:
    """Tell whether the cell of a closure holds anything; the name that an empty one stands for is bound nowhere yet."""
    try:
        cell.cell_contents  # noqa: B018  # an empty one raises
    except ValueError:
        return False
    return True


def _fields(value: Any) -> Iterator[object]:
    return (getattr(value, part.name) for part in fields(type(value))) if has(type(value)) else iter(())
