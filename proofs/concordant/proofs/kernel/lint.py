"""What a rule may do, as a list: all that a rule reaches is read, and what is not on the list is refused.

Symbols notice most of what looks inside an amount when they are run (reals.py). They do not notice which class holds it, nor
which object, nor what the run does not come by. So every function that a rule, its profiles or a clause reaches is read: what
its names stand for, which attributes it looks at, and a few forms that do one thing to an int and another to a symbol. Nobody
can list all that tells how a number is represented; what does not is a short list.
"""

from __future__ import annotations

import ast
import builtins
import functools
import itertools
import operator
from abc import ABCMeta
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from fractions import Fraction
from functools import cache
from numbers import Number
from pathlib import Path
from types import FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any, TypeGuard, assert_never

import attrs

from concordant.proofs.kernel.places import OURS, shown
from concordant.proofs.kernel.reach import (
    MACHINE,
    NO_FILE,
    Mention,
    attributes,
    file_of,
    held,
    is_of_the_run,
    meaning,
    named,
    node,
    of_the_run,
    parts,
    reached,
)
from concordant.proofs.kernel.reals import Real, Symbolic
from concordant.spec.vocabulary import Map
from concordant.spec.vocabulary.identity import is_record

EXEMPT = "# no amount"
"""What a line ends in where the trap is none, because it is not about amounts."""

FUNCTIONS = "abs all any enumerate filter frozenset isinstance iter len list map max min next range reversed set sorted str sum tuple zip"
CLASSES = "bool bytes dict slice"
ITERATING = "accumulate chain combinations groupby islice pairwise permutations product repeat starmap takewhile zip_longest"
COMPARING = "add sub mul neg lt le gt ge eq ne"
ALLOWED: tuple[Any, ...] = (
    *(getattr(builtins, name) for name in (*FUNCTIONS.split(), *CLASSES.split())),
    *(each for each in vars(builtins).values() if isinstance(each, type) and issubclass(each, BaseException)),
    *(getattr(itertools, name) for name in ITERATING.split()),
    *(getattr(operator, name) for name in COMPARING.split()),
    *(functools.partial, functools.reduce, assert_never, attrs.evolve, attrs.field, attrs.frozen, attrs.Factory),
)
"""What may be named besides functions and classes of the run, words of the vocabulary, plain data, and members of enumerations."""

KEPT_APART = ("concordant.proofs.kernel", "concordant.checks", "concordant.spec.vocabulary.identity")
"""Modules of ours that tell how a value is represented, or whether a proof is under way."""
NUMBERS = (int, Fraction, Real, Symbolic)
"""What a rule must not tell apart: numbers, and symbols and what draws these."""
PLAIN = (type(None), str, bool, int, float, Fraction, tuple, frozenset, dict, MappingProxyType, functools.partial, MethodType)
"""Of which classes data is; a class that is derived from one of these may do what it likes, and is read."""

OF_TEXTS = {*dir(str)} - {*dir(tuple), *dir(dict), *dir(frozenset)}
INSIDE = {*dir(Real), *dir(int), "format", "format_map", "mro"}
FRAMES = ("f_", "gi_", "cr_", "ag_", "tb_", "co_")
"""Attributes of texts alone, of numbers and of texts made of them, and ways to see the code that runs."""

HANDING_ON = (ast.Call, ast.keyword, ast.Return, ast.IfExp, ast.JoinedStr, ast.Expr, ast.arg, ast.FunctionDef)
"""What a text in the code may stand in: it is given to others, or says something, is a docstring or an annotation."""

WORDS = (*OURS, MACHINE)
"""Folders of our functions that may be named: the others of ours are read like a user's."""

ADVICE = {
    "is": "compare by ==: `is` asks which object holds a value, and is for None and for members of enumerations",
    "divide": "divide by `ratio`: / on ints gives a float",
    "float": "write a Fraction: a float is not exact",
    "fraction": "write a Fraction of two whole numbers, and nothing else, with this name; `is_amount` tells whether something is an amount",
    "while": "let the profile bound the loop: one that goes on until an amount is reached has no end on symbols",
    "bits": "use `and`, `or` and `not`, or methods of sets: & | ^ ~ << >> look at the bits of an int",
    "import": "import at the head of the module, where it is seen",
    "state": "keep nothing between two runs: a rule reads its profile only",
    "text": "compare names with each other: a text in the code is one name of many, and profiles draw but a few",
    "catch": "write a condition instead of try or with: an error tells how an amount is represented",
}
FORMS: dict[type[ast.AST], str] = {
    **dict.fromkeys((ast.BitAnd, ast.BitOr, ast.BitXor, ast.Invert, ast.LShift, ast.RShift), "bits"),
    **dict.fromkeys((ast.Import, ast.ImportFrom), "import"),
    **dict.fromkeys((ast.Global, ast.Nonlocal), "state"),
    **dict.fromkeys((ast.Try, ast.TryStar, ast.With), "catch"),
}


def traps(*functions: Callable[..., Any]) -> list[str]:
    """List what functions, and all that they reach, do that is not on the list, as `file:line: what, or what to write instead`."""
    return sorted({f"{place}: {what}, or end the line in `{EXEMPT}`" for place, what in _all(functions) if not _exempt(place)})


def picked(rule: Callable[..., Any]) -> list[str]:
    """List where a rule compares with a text of its own, keeps one to do so, or looks into one: it would do so with names that no profile of a proof has."""
    places = (place for value, _ in reached(rule) if is_of_the_run(value) for place in _texts_in(value))
    return sorted({f"{place}: {ADVICE['text']}, or end the line in `{EXEMPT}`" for place in places if not _exempt(place)})


def exempted(*functions: Callable[..., Any]) -> list[str]:
    """List such things that stand in lines which are exempt, by the line: what is proved relies on it that they are no traps."""
    texts = (place for value, _ in reached(*functions) if is_of_the_run(value) for place in _texts_in(value))
    places = (place for place in (*(place for place, _ in _all(functions)), *texts) if _exempt(place))
    lines = {(shown(place.file), _lines(place.file)[place.line - 1]) for place in places}
    return sorted(f"{file}: {line.removesuffix(EXEMPT).strip()}" for file, line in lines)


def _all(functions: tuple[Callable[..., Any], ...]) -> list[tuple[Mention, str]]:
    return [trap for value, place in reached(*functions) for trap in _traps(value, place)]


def _traps(value: Any, place: Mention) -> Iterator[tuple[Mention, str]]:
    reason = _refused(value)
    if reason is not None:
        yield place, f"{place.name} {reason}"
    if any(part is Fraction for part in held(value)):
        yield place, f"{place.name} holds Fraction: {ADVICE['fraction']}"
    if is_of_the_run(value):
        yield from _traps_in(value)


# ---- what something stands for


def _refused(value: Any) -> str | None:
    """Return why a rule must not name something; None where it may."""
    if any(value is each for each in ALLOWED):
        return None
    match value:
        case Enum():
            return None
        case _ if type(value) in PLAIN or (isinstance(value, PLAIN) and of_the_run(file_of(type(value)))):
            return None
        case type():
            return _refused_class(value)
        case FunctionType():
            return _refused_function(value)
        case ModuleType():
            return "is a module: name what is wanted of it"
        case list() | set():
            return f"is a {type(value).__name__} that may change: {ADVICE['state']}"
        case _ if attrs.has(type(value)):
            return None if is_record(type(value)) else f"is of a class that is not frozen: {ADVICE['state']}"
        case _:
            return "is not on the list of what a rule may use"


def _refused_class(kind: type) -> str | None:
    if kind is Fraction:
        return None  # what is done with it is looked for in the source
    if _decides(kind):
        return "decides by itself what its instances are"
    if any(issubclass(number, kind) for number in NUMBERS) or issubclass(kind, Number):
        return "tells numbers apart by how they are represented: use `is_amount`"
    if kind.__module__.startswith(KEPT_APART):
        return "tells how a value is represented, or that a proof is under way"
    known = of_the_run(file_of(kind)) or (file_of(kind) != NO_FILE and kind.__module__.startswith(("concordant.", "collections.abc")))
    return None if known else "is not on the list of what a rule may use"


def _decides(kind: type) -> bool:
    """Tell whether a class of the run, or its metaclass, has its own way to say what its instances are."""
    asks = type(kind)
    if asks.__instancecheck__ not in (type.__instancecheck__, ABCMeta.__instancecheck__):
        return True
    hooked = any("__subclasshook__" in vars(base) for base in kind.__mro__ if of_the_run(file_of(base)))
    return hooked or asks.__subclasscheck__ not in (type.__subclasscheck__, ABCMeta.__subclasscheck__)


def _refused_function(function: FunctionType) -> str | None:
    home = function.__module__ or ""
    if home.startswith(KEPT_APART):
        return "tells how a value is represented, or that a proof is under way"
    if is_of_the_run(function):
        return None if node(function) is not None else "has no source that could be read"
    return None if file_of(function).startswith(WORDS) else "is not on the list of what a rule may use"


# ---- what stands in the source


@cache
def _traps_in(function: FunctionType) -> tuple[tuple[Mention, str], ...]:
    forms = ((Mention(file_of(function), line, ""), ADVICE[name]) for line, name in _found(function))
    looks = (
        (place, f"looks at `{place.name}`: compare amounts as they are; `is_amount` tells whether something is one")
        for place in attributes(function)
        if place.name in INSIDE or place.name.startswith(("__", *FRAMES))
    )
    return (*forms, *looks)


def _exempt(place: Mention) -> bool:
    return _lines(place.file)[place.line - 1 : place.line] != () and _lines(place.file)[place.line - 1].endswith(EXEMPT)


@cache
def _lines(file: str) -> tuple[str, ...]:
    return tuple(Path(file).read_text(encoding="utf-8").splitlines()) if Path(file).is_file() else ()


def _found(function: FunctionType) -> Iterator[tuple[int, str]]:
    constants = {id(each.func) for each in parts(function) if isinstance(each, ast.Call) and _whole(each)}
    fractions = {place.name for value, place in named(function) if value is Fraction}
    for each in parts(function):
        line = getattr(each, "lineno", 0)
        match each:
            case ast.Compare(left=left, ops=operators, comparators=others):
                for one, comparing, other in zip((left, *others), operators, others, strict=False):
                    if isinstance(comparing, ast.Is | ast.IsNot) and not (_single(function, one) or _single(function, other)):
                        yield line, "is"
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield line, "divide"
            case ast.Constant(value=float() | complex()):
                yield line, "float"
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in fractions and id(each) not in constants:
                yield line, "fraction"
            case ast.While(test=test) if any(_ordered(part) for part in ast.walk(test)) and not _consumes(test):
                yield line, "while"
            case ast.BinOp(op=ast.BitOr()) if _single(function, each):
                pass
            case ast.BinOp(op=how) | ast.AugAssign(op=how) | ast.UnaryOp(op=how) if type(how) in FORMS:
                yield line, FORMS[type(how)]
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()) if _is_kept(function, each.value):
                yield line, "state"
            case _ if type(each) in FORMS and line:
                yield line, FORMS[type(each)]


@cache
def _texts_in(function: FunctionType) -> tuple[Mention, ...]:
    looks = (place for place in attributes(function) if place.name in OF_TEXTS)
    around = {part: each for each in parts(function) for part in ast.iter_child_nodes(each)}
    said = {each for each, by in around.items() if isinstance(each, ast.Constant | ast.Name) and isinstance(by, HANDING_ON)}
    found = (each for each in parts(function) if each not in said and _is_of_a_text(each, function))
    return (*looks, *(Mention(file_of(function), each.lineno, "") for each in found))


def _is_of_a_text(part: ast.AST, function: FunctionType) -> TypeGuard[ast.expr | ast.pattern]:
    match part:
        case ast.Compare(left=left, comparators=others):
            return any(_is_text(_known(function, side)) for side in (left, *others))
        case ast.MatchValue(value=ast.Constant(value=str())):
            return True
        case ast.Constant() | ast.Name(ctx=ast.Load()):
            return _is_text(_known(function, part))
        case _:
            return False


def _known(function: FunctionType, side: ast.expr) -> Any:
    """Return what an expression is in every run, if it is a constant, a table of these, or a name from outside."""
    match side:
        case ast.Constant(value=value):
            return value
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return tuple(_known(function, part) for part in parts)
        case ast.Name():
            return _standing(function, side)
        case ast.Attribute(value=ast.Name() as owner, attr=name) if is_record(type(_standing(function, owner))):
            return getattr(_standing(function, owner), name, None)
        case _:
            return None


def _is_text(value: Any) -> bool:
    """Tell whether something is a text, or a table that has one."""
    return any(map(_is_text, value)) if isinstance(value, tuple | list | AbstractSet | Mapping | Map) else isinstance(value, str)


def _whole(call: ast.Call) -> bool:
    """Tell whether a call has nothing but whole numbers for arguments."""
    return not call.keywords and all(isinstance(each, ast.Constant) and type(each.value) is int for each in call.args)


def _single(function: FunctionType, side: ast.expr) -> bool:
    """Tell whether an expression is None, a truth, a class or a member of an enumeration, of each of which there is one; or several classes."""
    match side:
        case ast.BinOp(left=one, op=ast.BitOr(), right=other):
            return _single(function, one) and _single(function, other)
        case ast.Constant(value=None | bool()):
            return True
        case ast.Attribute(value=ast.Name() as owner, attr=name):
            return isinstance(getattr(_standing(function, owner), name, None), Enum | type)
        case ast.Name():
            return isinstance(_standing(function, side), Enum | type)
        case _:
            return False


def _is_kept(function: FunctionType, owner: ast.expr) -> bool:
    """Tell whether what is changed stands outside of the function."""
    return isinstance(owner, ast.Name) and _standing(function, owner) is not None


def _standing(function: FunctionType, name: ast.Name) -> Any:
    """Return what a name stands for outside of a function; None where the function, or one within it, binds it."""
    return None if name.id in _bound(function) else meaning(function, name.id)


@cache
def _bound(function: FunctionType) -> frozenset[str]:
    codes = [function.__code__]
    for code in codes:
        codes += (const for const in code.co_consts if isinstance(const, type(code)))
    return frozenset(name for code in codes for name in (*code.co_varnames, *code.co_cellvars))


def _ordered(each: ast.AST) -> bool:
    """Tell whether something compares by order what is not a length."""
    if not isinstance(each, ast.Compare) or not any(isinstance(how, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for how in each.ops):
        return False
    sides = (each.left, *each.comparators)
    return not any(isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id == "len" for side in sides)


def _consumes(test: ast.expr) -> bool:
    """Tell whether a loop ends with a sequence: it goes on while that is not empty and something holds of an element of it."""
    looked_at = {part.value.id for part in ast.walk(test) if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name)}
    together = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else ()
    return any(isinstance(part, ast.Name) and part.id in looked_at for part in together)
