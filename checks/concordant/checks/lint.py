"""A lint of protocols: what the source of handlers, histories and clauses shows of state kept outside, and of orders that a hash decides.

Running a protocol catches what shows in a run; this finds what could show in another. It reads names and annotations, and so
neither sees a set that arrives without any, nor what another module does. A line that does so on purpose ends in `# on purpose`.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from concordant.checks.kept import kept
from concordant.checks.orders import FUNCTIONS, GOING, called, functions_around, goes_in_order, makes_sets_elsewhere, named_as_sets, parents

EXEMPT = "# on purpose"
MUTABLE = {
    "list",
    "dict",
    "set",
    "bytearray",
    "defaultdict",
    "Counter",
    "deque",
    "OrderedDict",
    "count",
    "cycle",
    "iter",
    "SimpleNamespace",
}
PURE = frozenset(
    [
        "__future__",
        "abc",
        "attr",
        "attrs",
        "bisect",
        "cmath",
        "collections",
        "concordant",
        "contextlib",
        "copy",
        "dataclasses",
        "enum",
        "fractions",
        "functools",
        "graphlib",
        "heapq",
        "itertools",
        "math",
        "numbers",
        "operator",
        "re",
        "string",
        "textwrap",
        "types",
        "typing",
        "typing_extensions",
    ]
)
"""What a protocol may import: packages that read no file, no clock and nothing else of the world, keep nothing, and change only with Python
or a version that counts. Answers about a user's module are kept only if it imports nothing else."""
HARMLESS = frozenset(["argparse", "doctest", "hashlib", "json", "logging", "pprint", "unittest", "warnings"])
"""What it may import besides, for its tests or to say something."""
REACHES = {
    *("setattr", "delattr", "vars", "globals", "locals", "id", "hash"),
    *("open", "input", "exec", "eval", "compile", "breakpoint", "__import__"),
}
REACHED = {
    *("__setattr__", "__delattr__", "__getattribute__", "__dict__", "__hash__", "__globals__", "__builtins__", "__code__", "__closure__"),
    *(
        "__set__",
        "__delete__",
        "__setstate__",
        "__attrs_init__",
        "__annotations__",
        "__all__",
        "__defaults__",
        "__kwdefaults__",
        "__subclasses__",
        "__traceback__",
        "gi_frame",
        "f_back",
        "f_globals",
        "f_locals",
        "cache_info",
    ),
    *("get_type_hints", "resolve_types", "ForwardRef", "get_field", "vformat", "Formatter"),  # which evaluate, or look into, a text
}
DOORS = frozenset(["os", "posix", "sys", "builtins", "importlib", "inspect", "pathlib", "subprocess", "ctypes"])
"""Modules from which all the world can be reached, and which others import for themselves."""
BY_NAME = {"getattr": slice(1, 2), "hasattr": slice(1, 2), "attrgetter": slice(None), "methodcaller": slice(1)}
"""What asks for attributes by their names, and which of its arguments these are."""
INTO = re.compile(r"\{[^{}]*\._")
"""A text whose `format` looks into what it is given."""

AROUND = "reaches around values: leave it out"
WORLD = "read no clock, no randomness and nothing else of the world"
KEEPS = "keep nothing outside of states: make it a tuple, a frozenset or a Map"
ORDER = "the order of a set shows: sort it first"
ELSEWHERE = "others make sets of it, and their order is not looked for: call it here, such as lambda given: frozenset(given)"
ONCE = "of equal amounts in a set one counts: sum them one by one"
SAME = "equal values may be one object or two, which no state tells: compare them by =="


def lint(module: ModuleType) -> tuple[str, ...]:
    """List what is wrong in a module, as `file:line: what`; its source must be there, or else it is an OSError."""
    return lint_of(Path(inspect.getsourcefile(module) or module.__name__), inspect.getsource(module), module=module)


def lint_of(
    file: Path, source: str, read: Iterable[str] = (), sets: Iterable[str] = (), module: ModuleType | None = None
) -> tuple[str, ...]:
    """List the same of the source of a file. `module`: what was imported from it.

    `read`: the names in it that other modules read, too. `sets`: what other modules call sets, see `orders.called_sets`.
    """
    lines, tree = source.splitlines(), ast.parse(source)
    found = set(_found(tree, frozenset(read), frozenset(sets)))
    if module is not None:
        found |= {(line, f"{name} can change: {KEEPS}") for name, line in kept(module, tree, frozenset(read) | _read_within(tree))}
    return tuple(f"{file.name}:{line}: {what}" for line, what in sorted(found) if not lines[line - 1].endswith(EXEMPT))


def _found(tree: ast.Module, read: frozenset[str], sets_of_others: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    within = parents(tree)
    named: dict[ast.AST, set[str]] = {tree: {name for name in sets_of_others if name.startswith(".")}}
    outer, modules = _outer(tree)
    bound = set(_bound(tree, within))
    for owner, name in named_as_sets(tree, within, sets_of_others):
        named.setdefault(owner, set()).add(name)
    for node in ast.walk(tree):
        match node:
            case ast.Global() | ast.Nonlocal():
                yield node.lineno, KEEPS
            case ast.Import(names=names) if any(_is_of_the_world(name.name) for name in names):
                yield node.lineno, WORLD
            case ast.ImportFrom(module=str(name), names=names, level=0) if _is_of_the_world(name) or any(
                map(_is_a_module_in_passing, names)
            ):
                yield node.lineno, WORLD
            case ast.ImportFrom(names=names) if any(name.name in REACHED for name in names):
                yield node.lineno, AROUND
            case ast.Name(id="__builtins__" | "__loader__" | "__spec__"):
                yield node.lineno, f"{node.id} {AROUND}"
            case ast.Attribute(attr=attr) if attr in DOORS or (_is_of_the_world(attr) and _root(node) in modules):
                yield node.lineno, WORLD
            case ast.Attribute(ctx=ast.Store() | ast.Del()) if _root(node) in outer or not _is_being_made(node, within):
                yield node.lineno, f"{ast.unparse(node)} is changed for all: {KEEPS}"
            case ast.Call(func=ast.Attribute(attr="register") as method) if _root(method) in outer:  # of an abstract class, or by type
                yield node.lineno, f"{ast.unparse(method)} is changed for all: {KEEPS}"
            case ast.Attribute(value=value, attr=attr) if _is_private(attr) and not _is_self(value):
                yield node.lineno, f"{attr} is somebody's own: leave it out"
            case ast.MatchClass(kwd_attrs=names) if any(_is_private(name) or name in REACHED for name in names):
                yield node.lineno, f"{', '.join(names)} {AROUND}"
            case ast.Constant(value=str(text)) if INTO.search(text):
                yield node.lineno, f"{text!r} {AROUND}"
            case ast.Call(func=function, args=arguments) if not all(map(_is_plain, arguments[BY_NAME.get(called(function), slice(0))])):
                yield node.lineno, f"{called(function)}(…) {AROUND}"
            case ast.Compare(left=one, ops=[ast.Is() | ast.IsNot()], comparators=[other]) if (
                any(functions_around(node, within)) and not _is_one_of_a_kind(one) and not _is_one_of_a_kind(other)
            ):
                yield node.lineno, SAME
            case ast.Call(func=ast.Name(id="sum"), args=[of, *_]) if _drops_equals(of):
                yield node.lineno, ONCE
            case ast.Name() if makes_sets_elsewhere(node, within):
                yield node.lineno, ELSEWHERE
            case ast.Call(func=ast.Name(id=name)) if name in REACHES:
                yield node.lineno, f"{name}(…) {AROUND}"
            case ast.Name(id=name, ctx=ast.Load()) if name in REACHES - bound and not _is_called(node, within):
                yield node.lineno, f"{name} {AROUND}"
            case ast.Attribute(attr=attr) if attr in REACHED or (attr == "__init__" and not _is_super(node.value)):
                yield node.lineno, f"{node.attr} {AROUND}"
            case ast.FunctionDef() | ast.Lambda() if any(map(_is_mutable, (*node.args.defaults, *filter(None, node.args.kw_defaults)))):
                yield node.lineno, KEEPS
            case _:
                pass
        if isinstance(node, GOING):
            sets = frozenset(name for owner in (*functions_around(node, within), tree) for name in named.get(owner, ()))
            if goes_in_order(node, sets, within):
                yield getattr(node, "lineno", 1), ORDER
    for name, line in _kept(tree, read):
        yield line, f"{name} can change: {KEEPS}"


def reads_the_world(source: str) -> bool:
    """Tell whether a source may read a clock, files or the like, also by way of a module that has them."""
    return any(what == WORLD or what.endswith(AROUND) for _, what in _found(ast.parse(source), frozenset()))


def _is_of_the_world(module: str) -> bool:
    """Tell whether a module came with Python, and is not known to be harmless."""
    name = module.partition(".")[0]
    return name in sys.stdlib_module_names and name not in PURE | HARMLESS


def _is_a_module_in_passing(name: ast.alias) -> bool:
    """Tell whether what is imported from a module is another one, which that has imported for itself."""
    return _is_of_the_world(name.name) or _is_of_the_world(name.name.lstrip("_"))


def _outer(tree: ast.Module) -> tuple[set[str], set[str]]:
    """Return the names of what a module imports, and of its functions and classes; and of these those of modules."""
    modules = {name.asname or name.name.partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported = {name.asname or name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return modules | imported | made, modules


def _root(node: ast.expr) -> str:
    """Return the name of whose attribute, or attribute's attribute, something is; nothing where it has no name."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def read_of_others(source: str) -> set[str]:
    """Return the names that a module imports from others, or asks an imported module for."""
    tree = ast.parse(source)
    _, modules = _outer(tree)
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _root(node) in modules}


def _drops_equals(summed: ast.expr) -> bool:
    """Tell whether what is summed is made of other things, and a set, in which those that are equal are one."""
    match summed:
        case ast.SetComp():
            return True
        case ast.Call(func=ast.Name(id="set" | "frozenset"), args=[ast.GeneratorExp() | ast.ListComp()]):
            return True
        case _:
            return False


def _bound(tree: ast.Module, within: dict[ast.AST, ast.AST]) -> Iterator[str]:
    """Yield the names that a module gives to something of its own, but for the fields of its classes, which no function sees by their names alone."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) if not isinstance(within[node], ast.ClassDef):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) if not isinstance(within.get(within[node]), ast.ClassDef):
                yield name
            case ast.MatchAs(name=str(name)):
                yield name
            case _:
                pass


def _is_called(node: ast.Name, within: dict[ast.AST, ast.AST]) -> bool:
    above = within.get(node)
    return isinstance(above, ast.Call) and above.func is node


def _is_private(attr: str) -> bool:
    return attr.startswith("_") and not attr.startswith("__")


def _is_being_made(node: ast.Attribute, within: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether an attribute is set while its object is made, or at the top of a module, where functions are given names."""
    function = next(functions_around(node, within), None)
    return function is None or (_is_self(node.value) and getattr(function, "name", "") in ("__init__", "__attrs_post_init__"))


def _is_plain(name: ast.expr) -> bool:
    """Tell whether an attribute that is asked for by its name is known, and nobody's own."""
    return isinstance(name, ast.Constant) and isinstance(name.value, str) and not (_is_private(name.value) or name.value in REACHED)


def _is_one_of_a_kind(other: ast.expr) -> bool:
    """Tell whether what is compared by `is` is None, a bool or a class, or begins with a capital, as classes and members of enums do."""
    match other:
        case ast.Constant(value=None | bool()) | ast.Call(func=ast.Name(id="type")):
            return True
        case ast.Name(id=name):
            return name[0].isupper()
        case ast.Attribute(value=value, attr=name):
            return name.isupper() and _is_one_of_a_kind(value)
        case _:
            return False


def _is_super(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and called(value.func) == "super"


def _is_self(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id in ("self", "cls")


def _kept(tree: ast.Module, by_others: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield what a class holds that can change, and what a module or function holds of that kind and some function within reads."""
    for owner in ast.walk(tree):
        if not isinstance(owner, ast.Module | ast.ClassDef | ast.FunctionDef):
            continue
        held = tuple(_mutable_in(owner.body))
        if held and not isinstance(owner, ast.ClassDef):
            read = _read_within(owner) | (by_others if owner is tree else frozenset())
            held = tuple((name, line) for name, line in held if name in read)
        yield from held


def _mutable_in(body: Sequence[ast.stmt]) -> Iterator[tuple[str, int]]:
    """Yield the names of what can change, with their lines."""
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                if _is_mutable(value) and not name.startswith("__"):
                    yield name, node.lineno
            case _:
                pass


def _read_within(owner: ast.AST) -> set[str]:
    """Return the names that functions read which may outlive what they are in; a lambda within a function seldom does."""
    kinds = ast.FunctionDef if isinstance(owner, ast.FunctionDef) else FUNCTIONS
    functions = [node for node in ast.walk(owner) if isinstance(node, kinds) and node is not owner]
    return {node.id for function in functions for node in ast.walk(function) if isinstance(node, ast.Name)}


def _is_mutable(node: ast.expr) -> bool:
    match node:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp() | ast.GeneratorExp():
            return True
        case ast.Call(func=function):
            return called(function) in MUTABLE
        case ast.Tuple(elts=parts):
            return any(map(_is_mutable, parts))
        case _:
            return False
