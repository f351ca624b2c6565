"""Mutants: every guard of a machine or a rule dropped in turn. What no clause notices is listed, and needs a reason.

`python -m concordant.checks.mutation [STEM …]` changes one condition, `case` guard or comparison of a reference machine, or
of a mechanism's functions and its family's, at a time, explores the protocol's small scopes with it, and says what noticed: a clause that is
violated or no longer exercised, a broken rule of processes, a changed number of states or profiles, or nothing.
"""

from __future__ import annotations

import ast
import copy
import importlib
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from attrs import frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.index import protocols_by_stem
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.checks.registry import protocol, stems
from concordant.spec.vocabulary import Sometimes
from concordant.spec.vocabulary.stems import SHARED

STRICTER = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


@frozen
class Mutant:
    """One change. `where`: the function; `change`: what stands there and what it becomes."""

    stem: str
    number: int
    where: str
    change: str

    @property
    def name(self) -> str:
        """What the list of reasons calls it: without line numbers, so that it outlives edits elsewhere."""
        return f"{self.where}: {self.change}"


@frozen
class Noticed:
    """What noticed a mutant: `by` is a clause, `broken rule`, `counts`, or `nothing`."""

    mutant: Mutant
    by: str


def mutants(stem: str) -> Iterator[tuple[Mutant, str, ast.Module]]:
    """Yield each mutant of a reference machine with the module that it changes, which may be one of a family, and its syntax tree."""
    number = 0
    for name in _modules(stem):
        tree = ast.parse(_source(name).read_text(encoding="utf-8"))
        for where, node, change in _changes(tree, rules=bool(protocol(stem).grids)):
            before = ast.unparse(node)
            for new in change:
                number += 1
                yield Mutant(stem, number, where, f"{before} → {ast.unparse(new)}"), name, _changed(tree, node, new)


def _modules(stem: str) -> list[str]:
    """List the module of a machine, and those of its families from which it takes functions."""
    name = f"concordant.refimpl.{protocols_by_stem()[stem].group}.{stem}"
    homes = {getattr(value, "__module__", "") for value in vars(importlib.import_module(name)).values()}
    return [name, *sorted(home for home in homes if home.startswith("concordant.refimpl.") and f".{SHARED}." in home)]


def _source(name: str) -> Path:
    return Path(str(importlib.import_module(name).__file__))


def _changes(tree: ast.Module, *, rules: bool) -> Iterator[tuple[str, ast.AST, list[ast.expr]]]:
    """Yield function, node and the changes to try, for every guard of the processes; of a mechanism, of all functions."""
    for where, node in _within_functions(tree, rules=rules):
        match node:
            case ast.If() | ast.IfExp():
                yield where, node.test, [ast.Constant(value) for value in (True, False)]
            case ast.match_case(guard=ast.expr() as guard):
                yield where, guard, [ast.Constant(True)]
            case ast.Compare(ops=[op]) if type(op) in STRICTER:
                other = copy.deepcopy(node)
                other.ops = [STRICTER[type(op)]()]
                yield where, node, [other]
            case ast.BoolOp(op=ast.And(), values=values):
                for value in values:
                    yield where, value, [ast.Constant(True)]
            case _:
                pass


def _within_functions(tree: ast.Module, *, rules: bool) -> Iterator[tuple[str, ast.AST]]:
    for top in tree.body:
        if rules and isinstance(top, ast.FunctionDef):
            yield from ((top.name, node) for node in ast.walk(top))
        if isinstance(top, ast.ClassDef) and any(ast.unparse(base).startswith("Process") for base in top.bases):
            for function in top.body:
                if isinstance(function, ast.FunctionDef):
                    yield from ((f"{top.name}.{function.name}", node) for node in ast.walk(function))


def _changed(tree: ast.Module, node: ast.AST, new: ast.expr) -> ast.Module:
    """Return a copy of the tree with one node replaced."""
    wanted = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0), ast.dump(node))

    class Replace(ast.NodeTransformer):
        def visit(self, each: ast.AST) -> ast.AST:
            here = (getattr(each, "lineno", 0), getattr(each, "col_offset", 0))
            if here == wanted[:2] and ast.dump(each) == wanted[2]:
                return ast.copy_location(new, each)
            return self.generic_visit(each)

    changed = copy.deepcopy(tree)
    Replace().visit(changed)
    return ast.fix_missing_locations(changed)


def judge(stem: str, number: int) -> Noticed:
    """Explore a protocol's small scopes with one mutant in place of its machine. Runs in a process of its own."""
    mutant, name, tree = next(each for each in mutants(stem) if each[0].number == number)
    module = ModuleType(name)
    module.__file__ = str(_source(name))
    try:
        sys.modules.pop(
            f"concordant.refimpl.{protocols_by_stem()[stem].group}.{stem}"
        )  # it is imported anew, with what its family has become
        sys.modules[name] = module
        exec(compile(tree, module.__file__, "exec"), vars(module))  # noqa: S102  # that is what a mutant is
        scopes = _fresh_scopes(stem)
    except Exception as error:  # noqa: BLE001  # a mutant may fail in any way
        return Noticed(mutant, f"broken rule ({type(error).__name__})")
    return Noticed(mutant, _noticed(scopes))


def _fresh_scopes(stem: str) -> list[Scope | Family | Grid]:
    name = f"concordant.checks.scopes.{protocols_by_stem()[stem].group}.{stem}"
    sys.modules.pop(name, None)
    values = vars(importlib.import_module(name)).values()
    found = (each for value in values for each in (value if isinstance(value, tuple) else (value,)))
    return [each for each in found if isinstance(each, Scope | Family | Grid) and each.size is Size.SMALL]


def _noticed(scopes: list[Scope | Family | Grid]) -> str:
    exercised: dict[str, bool] = {}
    counts_changed = False
    for scope in scopes:
        try:
            verdicts, as_expected = _judged(scope)
        except Exception as error:  # noqa: BLE001  # as above
            return f"broken rule ({type(error).__name__})"
        for verdict in verdicts:
            sometimes = isinstance(verdict.clause, Sometimes)
            if verdict.status is Status.VIOLATED and not sometimes:
                return verdict.clause.id
            if verdict.status not in (Status.NOT_PROMISED, Status.NOT_DECIDED):
                fine = verdict.status is Status.HOLDS or (not sometimes and verdict.cases > 0)
                exercised[verdict.clause.id] = exercised.get(verdict.clause.id, False) or fine
        counts_changed |= not as_expected
    missed = [id for id, was in exercised.items() if not was]
    if missed:
        return f"{missed[0]} (no longer exercised)"
    return "counts" if counts_changed else "nothing"


def _judged(scope: Scope | Family | Grid) -> tuple[tuple[Verdict, ...], bool]:
    """Return the verdicts in a scope, and whether its counts are those of its file."""
    if isinstance(scope, Grid):
        judged = judge_grid(scope)
        return judged.verdicts, scope.expected in (None, Profiles(judged.profiles, judged.runs, judged.cases))
    budget = Budget(states=2 * (scope.expected.states if scope.expected else 10_000) + 1_000)
    if isinstance(scope, Family):
        report = explore_family(scope, budget)
    else:
        report = explore(scope.system, budget=budget, reductions=scope.reductions)
    wanted = scope.expected
    found = (report.states, report.transitions, report.depth)
    return report.verdicts, wanted is None or found == (wanted.states, wanted.transitions, wanted.depth)


def run(wanted: list[str], jobs: int) -> list[Noticed]:
    """Judge every mutant of these protocols, each in a fresh process."""
    tasks = [(stem, mutant.number) for stem in wanted for mutant, _, _ in mutants(stem)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        return list(pool.map(judge, *zip(*tasks, strict=True))) if tasks else []


def reasons(path: Path) -> dict[str, dict[str, str]]:
    """Read why mutants that no clause notices are harmless or elsewhere noticed: by protocol and mutant."""
    if not path.exists():
        return {}
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def main(arguments: list[str]) -> int:
    """Print what noticed each mutant; fail where one that no clause notices has no reason in the list."""
    options = [argument for argument in arguments if argument.startswith("--reasons=")]
    known = reasons(Path(options[0].partition("=")[2])) if options else {}
    wanted = [argument for argument in arguments if not argument.startswith("--")] or [s for s in stems() if protocol(s).explored]
    results = run(wanted, 2)
    unexplained = 0
    for each in results:
        weak = each.by in ("counts", "nothing")
        reason = known.get(each.mutant.stem, {}).get(each.mutant.name)
        unexplained += weak and reason is None
        note = f": {reason}" if reason else ": NO REASON GIVEN" if weak else ""
        sys.stdout.write(f"{each.mutant.stem} {each.mutant.name}\n    noticed by {each.by}{note if weak else ''}\n")
    stale = [name for stem in wanted for name in known.get(stem, {}) if not any(_explained(each, stem, name) for each in results)]
    for name in stale:
        sys.stdout.write(f"stale reason, of a mutant that is noticed or gone: {name}\n")
    killed = sum(each.by not in ("counts", "nothing") for each in results)
    sys.stdout.write(f"{len(results)} mutants; {killed} noticed by a clause or a rule; {unexplained} of the others without a reason\n")
    return 1 if unexplained or stale else 0


def _explained(each: Noticed, stem: str, name: str) -> bool:
    return each.by in ("counts", "nothing") and (each.mutant.stem, each.mutant.name) == (stem, name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
