"""Which functions decide: those that the processes of a system, a rule, or a clause reach, with their source."""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from attrs import fields, frozen, has

from concordant.spec.vocabulary import Clause

OURS = "concordant."


@frozen(eq=False)
class Function:
    """A function of Python that may be changed, and its source. `owner`: the class whose method it is; None of a module's own."""

    function: Any
    node: ast.FunctionDef
    owner: type | None = None

    @property
    def name(self) -> str:
        """The function, with its class."""
        name: str = self.function.__qualname__
        return name


def reached(roots: Iterable[object], belongs: Callable[[str], bool]) -> tuple[Function, ...]:
    """List the functions that the roots reach by name, roots included, in the order of their source; only those of modules that belong.

    A root is a function, a class, a clause, or anything that holds functions: a class stands for all of its methods, since which
    of them is called cannot be told from its source.
    """
    found: dict[CodeType, Function] = {}
    seen: dict[int, object] = {}
    left = list(roots)
    while left:
        value = left.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        match value:
            case type():
                left += [member for base in value.__mro__ if belongs(base.__module__) for member in vars(base).values()]
            case Clause():
                left.append(getattr(value, "cases"))  # noqa: B009  # each kind of clause has its own
            case functools.partial():
                left += [value.func, *value.args, *value.keywords.values()]
            case property():
                left.append(value.fget)
            case staticmethod() | classmethod():
                left.append(value.__func__)
            case MethodType():
                left += [value.__func__, value.__self__]
            case FunctionType():
                if belongs(value.__module__) or value.__module__.startswith(OURS):
                    left += _named(value)
                function = _located(value) if belongs(value.__module__) else None
                if function is not None:
                    found[value.__code__] = function
            case _ if _is_wrapped(value):
                left.append(getattr(value, "__wrapped__"))  # noqa: B009  # what has one has no type of its own
            case _ if has(kind := type(value)):
                left += [getattr(value, part.name) for part in fields(kind)]
            case _:
                pass
    return tuple(sorted(found.values(), key=lambda each: (each.function.__module__, each.node.lineno)))


def _named(function: FunctionType) -> Iterator[object]:
    """Yield what a function names: of its module, and of the functions around it."""
    for code in _codes(function.__code__):
        for name in code.co_names:
            value = function.__globals__.get(name)
            if isinstance(value, FunctionType | type | Clause | functools.partial) or _is_wrapped(value):
                yield value
            elif isinstance(value, ModuleType):
                yield from (vars(value)[each] for each in code.co_names if isinstance(vars(value).get(each), FunctionType | type))
    for cell in function.__closure__ or ():
        yield cell.cell_contents


def _is_wrapped(value: object) -> bool:
    """Tell whether a function is wrapped in something. A symbol of a proof is not asked, since it takes note of what it is asked."""
    return inspect.getattr_static(value, "__wrapped__", None) is not None


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _located(function: FunctionType) -> Function | None:
    """Find the source of a function; None of one that attrs wrote, of a lambda, or of one inside another."""
    path = inspect.getsourcefile(function)
    if path is None or not Path(path).is_file():
        return None
    node = _definitions(path).get(function.__qualname__)
    if node is None or function.__code__.co_firstlineno not in (node.lineno, *(each.lineno for each in node.decorator_list)):
        return None
    return Function(function, node, _owner(function))


def _owner(function: FunctionType) -> type | None:
    value: Any = None
    names = function.__qualname__.split(".")[:-1]
    for place, name in enumerate(names):
        value = getattr(value, name, None) if place else function.__globals__.get(name)
    return value if isinstance(value, type) else None


@cache
def _definitions(path: str) -> dict[str, ast.FunctionDef]:
    """Parse a file, and return its functions and methods by qualified name; of several of one name the last."""
    found: dict[str, ast.FunctionDef] = {}

    def collect(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                found[prefix + node.name] = node
            elif isinstance(node, ast.ClassDef):
                collect(node.body, f"{prefix}{node.name}.")

    collect(ast.parse(Path(path).read_text(encoding="utf-8")).body, "")
    return found
