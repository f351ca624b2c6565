"""Changing a function in place, and changing it back: whoever holds it, wherever it was imported, runs the changed one."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from attrs import frozen

from concordant.checks.mutation.functions import Function


@frozen(eq=False)
class Edit:
    """A node of a function's source, and what stands there instead. `before`, `after`: both in words."""

    kind: str
    node: ast.AST
    new: ast.AST
    before: str
    after: str


def edit(kind: str, node: ast.AST, new: ast.AST, before: str | None = None, after: str | None = None) -> Edit:
    """Make a change; it is told by the source of both nodes, unless there are better words."""
    return Edit(kind, node, new, before or source(node), after or source(new))


def source(node: ast.AST) -> str:
    """Return the source of a node in one line."""
    return " ".join(ast.unparse(node).split())


def with_change(node: ast.AST, made: Edit) -> Any:
    """Return a tree with a change in it. Nodes around the change are copies; all others are shared with the tree as it was."""
    if node is made.node:
        return made.new
    for name, part in ast.iter_fields(node):
        held = part if isinstance(part, list) else [part]
        for place, each in enumerate(held):
            new = with_change(each, made) if isinstance(each, ast.AST) else each
            if new is not each:
                around = copy.copy(node)
                setattr(around, name, [*held[:place], new, *held[place + 1 :]] if isinstance(part, list) else new)
                return around
    return node


def compiled(function: Function, made: Edit) -> CodeType:
    """Compile a function with a change."""
    node = copy.copy(with_change(function.node, made))
    node.args = copy.copy(node.args)
    node.decorator_list, node.args.defaults = [], []
    node.args.kw_defaults = [None for _ in node.args.kwonlyargs]
    body: list[ast.stmt] = [node]
    if "__class__" in function.function.__code__.co_freevars:
        # Without this the changed function may need no cell for its class, and its code would not fit.
        node.body = [*node.body, ast.Expr(ast.Name("__class__", ast.Load()))]
    *outer, _ = function.name.split(".")
    for name in reversed(outer):
        (around,) = ast.parse(f"class {name}: pass").body
        vars(around)["body"] = body
        body = [around]
    future = ast.ImportFrom("__future__", [ast.alias("annotations")], 0)
    module = ast.fix_missing_locations(ast.Module([future, *body], []))
    code = compile(module, function.function.__code__.co_filename, "exec")
    for _ in range(len(outer) + 1):
        code = next(each for each in code.co_consts if isinstance(each, CodeType))
    # Its decorators are left out, and it begins where they do: there proofs look for its source.
    return code.replace(co_firstlineno=function.function.__code__.co_firstlineno)


@contextmanager
def changed(function: Function, made: Edit) -> Iterator[None]:
    """Run with a function changed."""
    original = function.function.__code__
    function.function.__code__ = compiled(function, made)
    try:
        yield
    finally:
        function.function.__code__ = original
