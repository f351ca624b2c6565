"""The branches that a function can take: where they begin in its source, and how it is rewritten to note which it takes.

A condition is true or false, a `case` is taken, the body of a loop is entered, the function is called. Rewritten, the function does
the same, and names each branch to the recorder as it takes it.
"""

from __future__ import annotations

import ast
import copy
from pathlib import Path

from attrs import define, field

from concordant.checks.exploration.branches import Branch
from concordant.checks.mutation.changing import source
from concordant.checks.mutation.functions import Function

RECORDER = "concordant.checks.covering.recorder"


def rewritten(function: Function, first: int) -> tuple[ast.FunctionDef, tuple[Branch, ...]]:
    """Return the source of a function that names its branches by number, from `first` on, and the branches in that order."""
    rewriter = _Rewriter(function, first)
    return rewriter.whole(), tuple(rewriter.branches)


@define(eq=False)
class _Rewriter(ast.NodeTransformer):
    function: Function
    first: int
    branches: list[Branch] = field(factory=list, init=False)

    def whole(self) -> ast.FunctionDef:
        node = copy.deepcopy(self.function.node)
        called = self._noted(node, "", "called")
        documented = ast.get_docstring(node) is not None
        body = [self.visit(each) for each in node.body[documented:]]
        node.body = [*node.body[:documented], called, *body]
        return ast.fix_missing_locations(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return node  # a function within a function is left as it is

    def visit_If(self, node: ast.If) -> ast.AST:
        return self._asked(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._asked(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return self._asked(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        asked = [self._condition(test, test) for test in node.ifs]
        self.generic_visit(node)
        node.ifs = [self._wrapped(number, test) for number, test in zip(asked, node.ifs, strict=True)]
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        entered = self._noted(node, f"for {source(node.target)} in {source(node.iter)}", "entered")
        self.generic_visit(node)
        node.body = [entered, *node.body]
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        taken = [] if _cannot_be(node) else [self._noted(node.pattern, f"case {_case(node)}", "taken")]
        self.generic_visit(node)
        node.body = [*taken, *node.body]
        return node

    def _asked(self, node: ast.If | ast.While | ast.IfExp) -> ast.AST:
        number = self._condition(node, node.test)
        self.generic_visit(node)
        node.test = self._wrapped(number, node.test)
        return node

    def _condition(self, node: ast.stmt | ast.expr, test: ast.expr) -> int:
        number = self._branch(node.lineno, source(test), "true")
        self._branch(node.lineno, source(test), "false")
        return number

    def _wrapped(self, number: int, test: ast.expr) -> ast.expr:
        return ast.copy_location(ast.Call(_method("either"), [ast.Constant(number), test], []), test)

    def _noted(self, node: ast.FunctionDef | ast.For | ast.pattern, what: str, how: str) -> ast.stmt:
        number = self._branch(node.lineno, what, how)
        return ast.copy_location(ast.Expr(ast.Call(_method("takes"), [ast.Constant(number)], [])), node)

    def _branch(self, line: int, what: str, how: str) -> int:
        file = Path(self.function.function.__code__.co_filename).name
        self.branches.append(Branch(file, line, self.function.name, what, how))
        return self.first + len(self.branches) - 1


def _method(name: str) -> ast.expr:
    return ast.parse(f"__import__('{RECORDER}', fromlist=['']).RECORDER.{name}", mode="eval").body


def _case(node: ast.match_case) -> str:
    return source(node.pattern) + (f" if {source(node.guard)}" if node.guard is not None else "")


def _cannot_be(node: ast.match_case) -> bool:
    """Tell whether a type checker proves that a case is never taken."""
    return "assert_never(" in source(node.body[-1])
