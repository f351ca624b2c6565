"""The numbers, texts and tables in the code of a rule: where it may do something else, random profiles ask it."""

from __future__ import annotations

import dis
import inspect
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from fractions import Fraction
from functools import partial
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from attrs import fields, has

from concordant.spec.vocabulary import Amount, Domain, ForAll, Relates, is_amount

OURS = "concordant.spec.vocabulary"
MOST = 10_000
"""So many values are looked through at most."""
LONGEST = 20
"""Of how many letters a name is at most; what is longer is a sentence."""


def constants(function: Callable[..., Any]) -> tuple[Amount, ...]:
    """List the amounts that stand in the code of a function and of those that it names, or in what they read: ascending, none below 0.

    Where fractions are made, the fraction of two of them is one, too.

    >>> constants(lambda bid: bid * 2 if bid > 7919 else 0)
    (0, 2, 7919)
    """
    amounts = (each if each >= 0 else -each for each in _reached(function) if is_amount(each))
    return tuple(sorted(dict.fromkeys(amounts)))


def texts(function: Callable[..., Any]) -> tuple[str, ...]:
    """List the texts that stand there, which may be somebody's name, in order; without what nobody is called.

    >>> texts(lambda bidder: bidder == "mallory")
    ('mallory',)
    """
    found = (each for each in _reached(function) if isinstance(each, str) and len(each) <= LONGEST)
    return tuple(sorted(dict.fromkeys(found)))


def sizes(function: Callable[..., Any]) -> tuple[int, ...]:
    """List how many the tables hold that stand there, ascending.

    >>> sizes(lambda bid: bid in (7, 9, 11))
    (3,)
    """
    return tuple(sorted({len(each) for each in _reached(function) if isinstance(each, tuple | list | AbstractSet | Mapping)}))


def _reached(function: Callable[..., Any]) -> Iterator[object]:
    """Yield all amounts, texts and tables that a function holds or names, and those that they do."""
    known: dict[int, object] = {}
    waiting: deque[Any] = deque([function])
    while waiting and len(known) < MOST:
        value = waiting.popleft()
        if is_amount(value) or isinstance(value, str):
            yield value
        elif id(value) not in known:
            known[id(value)] = value  # kept, so that no other is found at its address
            if isinstance(value, tuple | list | AbstractSet | Mapping):
                yield value
            waiting += _parts(value)


def _parts(value: Any) -> Iterator[object]:
    """Yield what a value holds or names."""
    match value:
        case FunctionType() | type() if _is_foreign(value):
            pass
        case FunctionType():
            yield from _named(value)
        case MethodType():
            yield from (value.__func__, value.__self__)
        case partial():
            yield from (value.func, *value.args, *value.keywords.values())
        case type():
            yield from (inspect.unwrap(_plain(held)) for name, held in vars(value).items() if callable(held) or not name.endswith("__"))
        case ModuleType() | CodeType() | Domain() | ForAll() | Relates():  # the last three judge a rule, and are no part of it
            pass
        case Enum():
            yield value.value
        case Mapping():
            yield from (*value, *value.values())
        case tuple() | list() | AbstractSet():
            yield from value
        case _ if has(type(value)):
            yield type(value)
            yield from (getattr(value, part.name) for part in fields(type(value)) if hasattr(value, part.name))
        case _:
            yield from (inspect.unwrap(value),) if hasattr(value, "__wrapped__") else ()


def _named(function: FunctionType) -> Iterator[object]:
    """Yield the constants of a function, and what it names; the fractions of two of them, where it makes fractions."""
    codes = tuple(_codes(function.__code__))
    named = [function.__globals__.get(name) for code in codes for name in code.co_names]
    consts = [const for code in codes for const in _loaded(code)]
    yield from (*named, *consts, *(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    yield from (cell.cell_contents for cell in function.__closure__ or () if _is_filled(cell))
    if any(value is Fraction for value in named):
        whole = [const for const in consts if type(const) is int and const > 0]
        yield from (Fraction(one, other) for one in whole for other in whole)


def _is_foreign(value: FunctionType | type) -> bool:
    """Tell whether a function or class is Python's, made by attrs, or a word of ours: no rule decides there."""
    code = getattr(value, "__code__", None)
    home = value.__module__ or ""
    return (
        home.startswith(OURS)
        or home.partition(".")[0] in ("attr", *sys.stdlib_module_names)
        or (code is not None and code.co_filename.startswith("<attrs"))
    )


def _plain(value: Any) -> Any:
    """Return the function in what a class holds: of a property what gets it."""
    return getattr(value, "fget", None) or getattr(value, "__func__", value)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _codes(const)


def _loaded(code: CodeType) -> Iterator[object]:
    """Yield the constants that code works with: docstrings and the names of arguments are none."""
    places = {step.arg for step in dis.get_instructions(code) if step.opname in ("LOAD_CONST", "RETURN_CONST")}
    yield from (const for place, const in enumerate(code.co_consts) if place in places)


def _is_filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False
