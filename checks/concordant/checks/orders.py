"""Where a source goes through a set in its order, which a hash decides. It reads names and annotations."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

SETS = {"set", "frozenset", "AbstractSet", "Set", "MutableSet"}
IN_ORDER = {"list", "tuple", "iter", "next", "enumerate", "zip", "reversed", "map", "filter", "fromkeys", "join", "broadcast", "reduce"}
WITH_TIES = {"min", "max", "sorted"}
WITHOUT_ORDER = {"any", "all", "sum", "len", "set", "frozenset", "sorted", "min", "max", "Counter"}
DERIVED = {"union", "intersection", "difference", "symmetric_difference", "copy"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
ASKING_FOR_CLASSES = {"isinstance", "issubclass", "instance_of", "cast", "TypeVar", "NewType"}
"""What is given a class, and makes nothing of it."""
GOING = (ast.For, ast.Starred, ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.Call, ast.YieldFrom, ast.Assign)
"""What may go through a set."""


def functions_around(node: ast.AST, within: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """Yield the functions in which something stands, the innermost first; a function stands in itself."""
    around: ast.AST | None = node
    while around is not None:
        if isinstance(around, FUNCTIONS):
            yield around
        around = within.get(around)


def makes_sets_elsewhere(node: ast.AST, within: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether a class of sets is handed on, by its name or that of a method, so that others make sets of it where none is turned."""
    if not isinstance(node, ast.Name) or node.id not in ("set", "frozenset") or not isinstance(node.ctx, ast.Load):
        return False
    above: ast.AST | None = within.get(node)
    below: ast.AST | None = node
    if isinstance(above, ast.Attribute) and above.attr in DERIVED:
        above, below = within.get(above), above
    while isinstance(above, ast.Tuple | ast.List):
        above, below = within.get(above), above
    match above:
        case ast.Call(func=function):
            return function is not below and called(function) not in ASKING_FOR_CLASSES
        case ast.keyword(arg=name):
            return name != "type"
        case ast.Assign() | ast.NamedExpr() | ast.arguments() | ast.ClassDef() | ast.comprehension() | ast.For():
            return True
        case ast.AnnAssign(value=value):
            return value is below
        case _:
            return False


def called_sets(source: str) -> set[str]:
    """Return what a module calls sets: its aliases for classes of sets, and as `.name` fields and functions."""
    tree = ast.parse(source)
    return set(_aliases(tree)) | {name for owner, name in named_as_sets(tree, parents(tree)) if owner is tree and name.startswith(".")}


def _aliases(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                if _is_set_class(value, SETS):
                    yield name
            case _:
                pass


def named_as_sets(tree: ast.Module, within: dict[ast.AST, ast.AST], known: Iterable[str] = ()) -> Iterator[tuple[ast.AST, str]]:
    """Yield what is annotated as a set, or is one where nothing is annotated, by what it is assigned, given or returns: variables and parameters by name, fields and what functions return as `.name`.

    With each comes the function, or the module, in which the name means it.
    """
    sets = {*SETS, *known, *_aliases(tree)}
    fields = {node for owner in ast.walk(tree) if isinstance(owner, ast.ClassDef) for node in owner.body}
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if _is_set_class(annotation, sets):
                yield (tree, f".{name}") if node in fields else (next(functions_around(node, within), tree), name)
            case ast.arg(arg=name, annotation=ast.expr() as annotation) if _is_set_class(annotation, sets):
                yield next(functions_around(node, within), tree), name
            case ast.FunctionDef(name=name, returns=ast.expr() as annotation) if _is_set_class(annotation, sets):
                yield tree, f".{name}"
            case ast.FunctionDef(name=name, returns=None) if any(_is_set(each, frozenset()) for each in _returned(node)):
                yield tree, f".{name}"
            case ast.Call(func=function) if called(function) in functions:
                yield from ((functions[called(function)], name) for name in _given_sets(functions[called(function)], node))
            case ast.Assign() | ast.NamedExpr():
                around = next(functions_around(node, within), tree)
                yield from ((around, name) for name, value in _assigned(node) if _is_set(value, frozenset()))
            case _:
                pass


def _assigned(node: ast.Assign | ast.NamedExpr) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that are assigned, each with what it is assigned."""
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        match target, node.value:
            case ast.Name(id=name), value:
                yield name, value
            case ast.Tuple(elts=targets), ast.Tuple(elts=values):
                yield from ((each.id, value) for each, value in zip(targets, values, strict=False) if isinstance(each, ast.Name))


def _given_sets(function: ast.FunctionDef, call: ast.Call) -> Iterator[str]:
    """Yield the parameters without annotation to which a call gives sets."""
    parameters = [each for each in function.args.args if each.arg != "self"]
    given = [*zip((each.arg for each in parameters), call.args, strict=False), *((each.arg, each.value) for each in call.keywords)]
    plain = {each.arg for each in (*parameters, *function.args.kwonlyargs) if each.annotation is None}
    return (name for name, value in given if name in plain and name is not None and _is_set(value, frozenset()))


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    return (node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None)


def _is_set_class(annotation: ast.expr, sets: AbstractSet[str]) -> bool:
    match annotation:
        case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
            return name in sets
        case ast.BinOp(left=left, right=right):
            return _is_set_class(left, sets) or _is_set_class(right, sets)
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
            return called(function) in {"set", "frozenset"} or f".{called(function)}" in named
        case ast.IfExp(body=body, orelse=other):
            return _is_set(body, named) or _is_set(other, named)
        case _:
            return False


def goes_in_order(node: ast.AST, sets: frozenset[str], within: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether a piece of source goes through a set in such a way that its order shows."""
    match node:
        case ast.For(iter=over) | ast.Starred(value=over):
            return _is_set(over, sets) and not _is_argument(node, within, WITHOUT_ORDER)
        case ast.ListComp(generators=generators) | ast.GeneratorExp(generators=generators) | ast.DictComp(generators=generators):
            return any(_is_set(each.iter, sets) for each in generators) and not _is_argument(node, within, WITHOUT_ORDER)
        case ast.Call(func=ast.Attribute(value=of, attr="pop"), args=[]) | ast.YieldFrom(value=of):
            return _is_set(of, sets)
        case ast.Assign(targets=[ast.Tuple(elts=[_, _, *_])], value=of):
            return _is_set(of, sets)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            name = called(function)
            through = name in IN_ORDER or (name in WITH_TIES and any(keyword.arg == "key" for keyword in keywords))
            return through and any(_is_set(each, sets) for each in arguments) and not _is_argument(node, within, WITHOUT_ORDER)
        case _:
            return False


def _is_argument(node: ast.AST, within: dict[ast.AST, ast.AST], of: set[str]) -> bool:
    """Tell whether something is the argument of a function in which no order shows; one with a key breaks ties by order."""
    match within.get(node):
        case ast.Call(func=ast.Attribute(value=ast.Name(id="Map" | "Bag"), attr="of")):
            return True
        case ast.Call(func=ast.Attribute(attr="union" | "intersection" | "difference")):
            return True
        case ast.Starred() as all_of_it:
            return _is_argument(all_of_it, within, of)
        case ast.Call(func=ast.Name(id=name), keywords=keywords):
            return name in of and not any(keyword.arg == "key" for keyword in keywords)
        case _:
            return False


def called(function: ast.expr) -> str:
    """Return the name by which a function is called, or a method; nothing where it has none."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    """Return for each piece of a source the one in which it stands."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
