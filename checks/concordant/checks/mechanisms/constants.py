"""The numbers, texts and tables in the code of a rule: where it may do something else, random profiles ask it."""

from __future__ import annotations

import copyreg
import dis
import inspect
import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from fractions import Fraction
from math import isfinite
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import attr
from attrs import fields, has

from concordant.checks.semantics.holding import is_full
from concordant.refimpl import machine
from concordant.spec import vocabulary
from concordant.spec.vocabulary import Amount, Domain, ForAll, Relates, is_amount

HOMES = tuple(f"{Path(module.__file__ or '').parent}{os.sep}" for module in (os, attr, vocabulary, machine))
"""Folders of Python's library, of attrs, and of our words for rules and machines."""
MADE_BY_CODE = 1 << 9
"""The flag of the classes that are not built in (`Py_TPFLAGS_HEAPTYPE`)."""
MOST = 10_000
"""So many values are looked through at most."""
DIGITS = re.compile(r"\d+(\.\d+|/0*[1-9]\d*)?")
"""A number that is written as Fraction and Decimal read it."""
LONGEST = 20
"""Of how many letters a name is at most; what is longer is a sentence."""


def reached(function: Callable[..., Any]) -> tuple[object, ...]:
    """List all amounts, texts and tables that stand in the code of a function and of those that it names, or in what they read."""
    return tuple(_reached(function))


def constants(found: Iterable[object]) -> tuple[Amount, ...]:
    """List the amounts among what a function reaches: ascending, none below 0.

    Where fractions are made, the fraction of two of them is one, too; and so is what is read from a text of digits, a float, and what that
    is written for.

    >>> constants(reached(lambda bid: bid * 2 if bid > 7919 else 0.5))
    (Fraction(1, 2), 2, 7919)
    """
    amounts = (each if each >= 0 else -each for value in found for each in _read(value) if is_amount(each))
    return tuple(sorted(dict.fromkeys(amounts)))


def texts(found: Iterable[object]) -> tuple[str, ...]:
    """List the texts among it, which may be somebody's name, in order; without what nobody is called.

    >>> texts(reached(lambda bidder: bidder == "mallory"))
    ('mallory',)
    """
    return tuple(sorted({each for each in found if isinstance(each, str) and len(each) <= LONGEST}))


def sizes(found: Iterable[object]) -> tuple[int, ...]:
    """List how many the tables among it hold, ascending.

    >>> sizes(reached(lambda bid: bid in (7, 9, 11)))
    (3,)
    """
    return tuple(sorted({len(each) for each in found if isinstance(each, tuple | list | AbstractSet | Mapping)}))


def _reached(function: Callable[..., Any]) -> Iterator[object]:
    known: dict[int, object] = {}
    waiting: deque[Any] = deque([function])
    while waiting and len(known) < MOST:
        value = waiting.popleft()
        if is_amount(value) or isinstance(value, str | float):
            yield value
        elif id(value) not in known:
            known[id(value)] = value  # kept, so that no other is found at its address
            if isinstance(value, tuple | list | AbstractSet | Mapping):
                yield value
            waiting += _parts(value)


def _read(value: object) -> Iterator[object]:
    """Yield the number that a text of digits is, a float as it is and as it is written, and anything else as it is."""
    if isinstance(value, str) and len(value) <= LONGEST and DIGITS.fullmatch(value):
        yield Fraction(value) if not value.isdecimal() else int(value)
    elif isinstance(value, float) and isfinite(value):
        yield from (Fraction(value), Fraction(repr(value)))
    else:
        yield value


def _parts(value: Any) -> Iterator[object]:
    """Yield what a value holds or names."""
    match value:
        case FunctionType() | type() if _is_foreign(value):
            pass
        case FunctionType():
            yield from _named(value)
        case MethodType():
            yield from (value.__func__, value.__self__)
        case type():
            yield from (*value.__bases__, *((type(value),) if type(value) is not type else ()))
            yield from (inspect.unwrap(_plain(held)) for name, held in vars(value).items() if callable(held) or not name.endswith("__"))
            made = [part for each in (fields(value) if has(value) else ()) for part in (each.default, each.converter, each.validator)]
            yield from (part for part in made if part is not attr.NOTHING)
        case None | bool() | ModuleType() | CodeType():
            pass
        case Domain() | ForAll() | Relates():  # they judge a rule, and are no part of it
            pass
        case Enum():
            yield value.value
        case Mapping():
            yield from (*value, *value.values())
        case tuple() | list() | AbstractSet():
            yield from value
        case bytes():
            yield value.decode(errors="ignore")
        case _:
            yield from (inspect.unwrap(value),) if hasattr(value, "__wrapped__") else _reduced(value)


def _reduced(value: object) -> Iterator[object]:
    """Yield what an object would be made from again, as `pickle` asks it: its class, its parts, what its attributes hold."""
    known = copyreg.dispatch_table.get(type(value))
    try:
        reduced = value.__reduce_ex__(4) if known is None else known(value)
    except Exception:  # noqa: BLE001  # what a class answers is anybody's code
        return
    if isinstance(reduced, tuple):
        yield from reduced[1][:1] if reduced[0] is getattr else reduced[1]
        state = reduced[2] if len(reduced) > 2 else None
        for held in state if isinstance(state, tuple) else (state,):
            yield from held.values() if isinstance(held, dict) else (held,)


def _named(function: FunctionType) -> Iterator[object]:
    """Yield the constants of a function, and what it names; the fractions of two of them, where it makes fractions."""
    codes = tuple(_codes(function.__code__))
    words = dict.fromkeys(name for code in codes for name in code.co_names)
    named = [function.__globals__.get(word, sys.modules.get(word)) for word in words]
    named += [cell.cell_contents for cell in function.__closure__ or () if is_full(cell)]
    for module in (each for each in named if isinstance(each, ModuleType)):  # and what is asked of a module, which may be one more
        named += [value for word in words if (value := vars(module).get(word)) is not None and not any(value is each for each in named)]
    consts = [const for code in codes for const in _loaded(code)]
    yield from (*named, *consts, *(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    if any(value is Fraction for value in named):
        whole = [const for const in consts if type(const) is int and const > 0]
        yield from (Fraction(one, other) for one in whole for other in whole)


def _is_foreign(value: FunctionType | type) -> bool:
    """Tell whether a function or class is Python's, made by attrs, or a word of ours: no rule decides there.

    By the file that it comes from, since a module of the user may be called as one of Python's is.
    """
    if isinstance(value, FunctionType):  # what a decorator of Python's has made holds the function of a user
        file = value.__code__.co_filename
        return _is_home(file) and (value.__closure__ is None or not file.startswith(HOMES[0]))
    if not value.__flags__ & MADE_BY_CODE:
        return True
    module = sys.modules.get(value.__module__)
    origin = getattr(getattr(module, "__spec__", None), "origin", None)
    return origin is not None and getattr(module, value.__name__, None) is value and _is_home(origin)


def _is_home(file: str) -> bool:
    """Tell whether a file is of Python's library, of attrs, or of our words."""
    if file.startswith(("<frozen ", "<attrs ")) or file in ("built-in", "frozen"):
        return True
    return any(file.startswith(home) for home in HOMES) and "-packages" not in file.removeprefix(HOMES[0]).partition(os.sep)[0]


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
