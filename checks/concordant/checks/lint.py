"""A lint of protocols: what the source of handlers, histories and clauses shows of state kept outside, and of orders that a hash decides.

Running a protocol catches what shows in a run; this finds what could show in another. It reads names and annotations, and so
neither sees a set that arrives without any, nor what another module does. A line that does so on purpose ends in `# on purpose`.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

EXEMPT = "# on purpose"
MUTABLE = {"list", "dict", "set", "bytearray", "defaultdict", "Counter", "deque", "OrderedDict", "count", "cycle", "iter"}
SETS = {"set", "frozenset", "AbstractSet", "Set", "MutableSet"}
WORLD = {"random", "secrets", "time", "datetime", "uuid", "threading", "os", "sys", "io", "pathlib", "socket", "subprocess", "importlib"}
REACHES = {"setattr", "delattr", "vars", "globals", "locals", "id", "hash", "open", "input", "exec", "eval", "__import__"}
IN_ORDER = {"list", "tuple", "iter", "next", "enumerate", "zip", "reversed", "map", "filter", "fromkeys", "join", "broadcast", "reduce"}
WITH_TIES = {"min", "max", "sorted"}
WITHOUT_ORDER = {"any", "all", "sum", "len", "set", "frozenset", "sorted", "min", "max", "Counter"}
DERIVED = {"union", "intersection", "difference", "symmetric_difference", "copy"}

KEEPS = "keep nothing outside of states: make it a tuple, a frozenset or a Map"
ORDER = "the order of a set shows: sort it first"
AROUND = "reaches around values: leave it out"
OF_THE_WORLD = "read no clock, no randomness and nothing else of the world"


def lint(module: ModuleType) -> tuple[str, ...]:
    """List what is wrong in a module, as `file:line: what`; its source must be there, or else it is an OSError."""
    return lint_of(Path(inspect.getsourcefile(module) or module.__name__), inspect.getsource(module))


def lint_of(file: Path, source: str) -> tuple[str, ...]:
    """List the same of the source of a file."""
    lines = source.splitlines()
    found = sorted({(line, what) for line, what in _found(ast.parse(source)) if not lines[line - 1].endswith(EXEMPT)})
    return tuple(f"{file.name}:{line}: {what}" for line, what in found)


def _found(tree: ast.Module) -> Iterator[tuple[int, str]]:
    within = _parents(tree)
    modules = {each.asname or each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    named: dict[ast.AST, set[str]] = {}
    for owner, name in _named_as_sets(tree, within):
        named.setdefault(owner, set()).add(name)
    for node in ast.walk(tree):
        match node:
            case ast.Global() | ast.Nonlocal():
                yield node.lineno, KEEPS
            case ast.Import(names=names) if any(name.name.partition(".")[0] in WORLD for name in names):
                yield node.lineno, OF_THE_WORLD
            case ast.ImportFrom(module=str(name), names=names) if {name.partition(".")[0], *(each.name for each in names)} & WORLD:
                yield node.lineno, OF_THE_WORLD
            case ast.Attribute(value=ast.Name(id=module), attr=part) if part in WORLD and module in modules:
                yield node.lineno, OF_THE_WORLD
            case ast.Name(id="__builtins__" | "__loader__" | "__spec__"):
                yield node.lineno, f"{node.id} {AROUND}"
            case ast.Call(func=ast.Name(id=name)) if name in REACHES:
                yield node.lineno, f"{name}(…) {AROUND}"
            case ast.Attribute(attr="__setattr__" | "__dict__" | "__delattr__"):
                yield node.lineno, f"{node.attr} {AROUND}"
            case ast.FunctionDef() | ast.Lambda() if any(map(_is_mutable, (*node.args.defaults, *filter(None, node.args.kw_defaults)))):
                yield node.lineno, KEEPS
            case _:
                pass
        sets = frozenset(name for owner in (*_functions_around(node, within), tree) for name in named.get(owner, ()))
        if _goes_in_order(node, sets, within):
            yield getattr(node, "lineno", 1), ORDER
    for name, line in _kept(tree):
        yield line, f"{name} can change: {KEEPS}"


def reads_the_world(source: str) -> bool:
    """Tell whether a source may read a clock, files or the like, also by way of a module that has them."""
    return any(what == OF_THE_WORLD or what.endswith(AROUND) for _, what in _found(ast.parse(source)))


FUNCTIONS = (ast.FunctionDef, ast.Lambda)


def _kept(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield what a class holds that can change, and what a module or function holds of that kind and some function within reads."""
    for owner in ast.walk(tree):
        if not isinstance(owner, ast.Module | ast.ClassDef | ast.FunctionDef):
            continue
        read = _read_within(owner)
        for node in owner.body:
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    if _is_mutable(value) and not name.startswith("__") and (isinstance(owner, ast.ClassDef) or name in read):
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
            return _called(function) in MUTABLE
        case _:
            return False


# ---- sets


def _functions_around(node: ast.AST, within: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """Yield the functions in which something stands, the innermost first; a function stands in itself."""
    around: ast.AST | None = node
    while around is not None:
        if isinstance(around, FUNCTIONS):
            yield around
        around = within.get(around)


def _named_as_sets(tree: ast.Module, within: dict[ast.AST, ast.AST]) -> Iterator[tuple[ast.AST, str]]:
    """Yield what is annotated as a set, or assigned one: variables and parameters by name, fields and what functions return as `.name`.

    With each comes the function, or the module, in which the name means it.
    """
    fields = {node for owner in ast.walk(tree) if isinstance(owner, ast.ClassDef) for node in owner.body}
    for node in ast.walk(tree):
        here = next(_functions_around(node, within), tree)
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if _is_set_class(annotation):
                yield (tree, f".{name}") if node in fields else (here, name)
            case ast.arg(arg=name, annotation=ast.expr() as annotation) if _is_set_class(annotation):
                yield here, name
            case ast.FunctionDef(name=name, returns=ast.expr() as annotation) if _is_set_class(annotation):
                yield tree, f".{name}"
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_set(value, frozenset()):
                yield here, name
            case _:
                pass


def _is_set_class(annotation: ast.expr) -> bool:
    match annotation:
        case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
            return name in SETS
        case ast.BinOp(left=left, right=right):
            return _is_set_class(left) or _is_set_class(right)
        case _:
            return False


def _is_set(node: ast.expr, named: frozenset[str]) -> bool:
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(id=name):
            return name in named
        case ast.Attribute(attr=name):
            return f".{name}" in named
        case ast.BinOp(left=left, op=ast.BitOr() | ast.BitAnd() | ast.Sub() | ast.BitXor(), right=right):
            return _is_set(left, named) or _is_set(right, named)
        case ast.Call(func=ast.Attribute(value=of, attr=name)) if name in DERIVED:
            return _is_set(of, named)
        case ast.Call(func=function):
            return _called(function) in {"set", "frozenset"} or f".{_called(function)}" in named
        case ast.IfExp(body=body, orelse=other):
            return _is_set(body, named) or _is_set(other, named)
        case _:
            return False


def _goes_in_order(node: ast.AST, sets: frozenset[str], within: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether a piece of source goes through a set in such a way that its order shows."""
    match node:
        case ast.For(iter=over) | ast.Starred(value=over):
            return _is_set(over, sets) and not _is_argument(node, within, WITHOUT_ORDER)
        case ast.ListComp(generators=generators) | ast.GeneratorExp(generators=generators) | ast.DictComp(generators=generators):
            return any(_is_set(each.iter, sets) for each in generators) and not _is_argument(node, within, WITHOUT_ORDER)
        case ast.Call(func=ast.Attribute(value=of, attr="pop"), args=[]):
            return _is_set(of, sets)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            name = _called(function)
            through = name in IN_ORDER or (name in WITH_TIES and any(keyword.arg == "key" for keyword in keywords))
            return through and any(_is_set(each, sets) for each in arguments) and not _is_argument(node, within, WITHOUT_ORDER)
        case _:
            return False


def _is_argument(node: ast.AST, within: dict[ast.AST, ast.AST], of: set[str]) -> bool:
    """Tell whether something is the argument of a function in which no order shows; one with a key breaks ties by order."""
    match within.get(node):
        case ast.Call(func=ast.Attribute(value=ast.Name(id="Map" | "Bag"), attr="of")):
            return True
        case ast.Call(func=ast.Name(id=name), keywords=keywords):
            return name in of and not any(keyword.arg == "key" for keyword in keywords)
        case _:
            return False


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
