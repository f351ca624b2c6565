"""One change at a time to the source of a meaning: what a contributor might write by mistake."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Any, TypeVar

from attrs import evolve, frozen

from concordant.checks.mutation.changing import Edit, edit, with_change

T = TypeVar("T")
OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
SAYS = ("state", "survivor", "message", "message_to", "shows", "saying", "request")
"""The methods of a meaning that say something, or say that it is unknown."""
HAVING_DEFAULTS = {"survivor", "asked_for", "lies", "shows", "request", "message_to", "serves", "background", "uses", "then", "supposes"}
HAVING_DEFAULTS |= {"number", "by_field", "clock"}
NOT_CHANGED = ("returns", "annotation", "decorator_list", "bases")
TRUE, FALSE = (ast.parse(f"z3.BoolVal({said})", mode="eval").body for said in (True, False))
NOTHING = ast.parse("()", mode="eval").body


@frozen
class Surroundings:
    """In which function something stands, whether that says something, which relations of how many places there are, and which actions."""

    relations: dict[str, int]
    actions: frozenset[str]
    function: str = "the module"
    says: bool = False


@frozen(eq=False)
class Slip:
    """A change, and the module with it. `where`: in which function."""

    where: str
    made: Edit
    module: ast.Module

    def __str__(self) -> str:
        return f"{self.where}:{getattr(self.made.node, 'lineno', 0)}: {self.made.before} → {self.made.after}"


def changes(module: ast.Module, actions: frozenset[str]) -> Iterator[Slip]:
    """Yield every change of a module in the order of its source; of those that come to the same source, the first. `actions`: those of the model."""
    calls = (each for each in ast.walk(module) if isinstance(each, ast.Call))
    relations = {each.func.attr: len(each.args) for each in calls if isinstance(each.func, ast.Attribute) and _is_state(each.func.value)}
    known = {ast.unparse(module)}
    for place, made in _within(module, Surroundings(relations, actions)):
        ast.fix_missing_locations(made.new)
        changed = with_change(module, made)
        text = ast.unparse(changed)
        if text not in known:
            known.add(text)
            yield Slip(place.function, made, changed)


def _within(node: ast.AST, place: Surroundings) -> Iterator[tuple[Surroundings, Edit]]:
    yield from ((place, made) for made in _changed(node, place))
    for name, part in ast.iter_fields(node):
        if name in NOT_CHANGED or (name == "args" and not isinstance(node, ast.Call)) or (name == "keys" and isinstance(node, ast.Dict)):
            continue
        for each in part if isinstance(part, list) else [part]:
            match each:
                case ast.Import() | ast.ImportFrom() | ast.pattern() | ast.Expr(value=ast.Constant()):
                    pass
                case ast.FunctionDef(name=function, returns=returns):
                    says = function in SAYS or (returns is not None and ast.unparse(returns).startswith("Said"))
                    yield from _within(each, evolve(place, function=function, says=says))
                case ast.AST():
                    yield from _within(each, place)


def _is_state(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "s"


def _changed(node: ast.AST, place: Surroundings) -> Iterator[Edit]:
    if isinstance(node, ast.Match | ast.If | ast.Expr | ast.Return | ast.ClassDef):
        yield from _of_statements(node, place)
    elif isinstance(node, ast.Constant | ast.Attribute):
        yield from _of_names(node, place)
    elif isinstance(node, ast.expr):
        yield from _of_terms(node)


def _of_terms(node: ast.expr) -> Iterator[Edit]:
    match node:
        case ast.Call(func=ast.Name(id="And" | "Or" as name), args=args):
            yield from (edit("a part left out", node, _with(node, args=_but(args, at))) for at in range(len(args)) if len(args) > 1)
            yield edit("and, or", node, _with(node, func=ast.Name("Or" if name == "And" else "And", ast.Load())))
        case ast.Call(func=ast.Name(id="Not"), args=[inside]) | ast.UnaryOp(op=ast.Not(), operand=inside):
            yield edit("the opposite", node, inside)
        case ast.Call(func=ast.Name(id="Implies"), args=[one, other]):
            yield edit("no antecedent", node, other)
            yield edit("turned round", node, _with(node, args=[other, one]))
        case ast.Call(func=ast.Name(id="forall" | "exists" as name)):
            yield edit("a quantifier", node, _with(node, func=ast.Name("exists" if name == "forall" else "forall", ast.Load())))
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                yield edit("a comparison", node, _with(node, ops=[*ops[:at], OTHER[type(op)](), *ops[at + 1 :]]))
        case ast.BoolOp(values=values):
            for at in range(len(values)):
                yield edit("a part left out", node, _with(node, values=_but(values, at)) if len(values) > 2 else values[1 - at])
        case ast.IfExp(body=body, orelse=other):
            yield from (edit("a branch", node, each) for each in (body, other, _with(node, body=other, orelse=body)))
        case ast.Dict(keys=keys, values=values):
            for at, key in enumerate(keys):
                yield edit("an entry left out", node, _with(node, keys=_but(keys, at), values=_but(values, at)))
                if isinstance(key, ast.Constant) and " " in str(key.value):
                    for said in (TRUE, FALSE):
                        yield edit("another formula", node, _with(node, values=[*values[:at], said, *values[at + 1 :]]))
        case ast.Tuple(elts=elements, ctx=ast.Load()) | ast.List(elts=elements, ctx=ast.Load()):
            yield from (edit("an element left out", node, _with(node, elts=_but(elements, at))) for at in range(len(elements)))
        case ast.GeneratorExp(generators=[*generators]) | ast.ListComp(generators=[*generators]):
            for at, each in enumerate(generators):
                fewer = ast.parse(f"tuple({ast.unparse(each.iter)})[1:]", mode="eval").body
                without = [_with(each, ifs=_but(each.ifs, place)) for place in range(len(each.ifs))]
                for one in (*without, _with(each, iter=fewer)):
                    yield edit("what is gone through", node, _with(node, generators=[*generators[:at], one, *generators[at + 1 :]]))
        case _:
            pass
    for at, keyword in enumerate(node.keywords if isinstance(node, ast.Call) else ()):
        if keyword.arg:
            words = f"{keyword.arg}={ast.unparse(keyword.value)}"
            yield edit("a default", node, _with(node, keywords=_but(node.keywords, at)), words, "the default")  # type: ignore[attr-defined]


def _of_names(node: ast.Constant | ast.Attribute, place: Surroundings) -> Iterator[Edit]:
    match node:
        case ast.Constant(value=bool(value)):
            yield edit("the opposite", node, ast.Constant(not value))
        case ast.Constant(value=int(value)):
            yield from (edit("one more or less", node, ast.Constant(value + more)) for more in (1, -1))
        case ast.Constant(value=str(name)) if name in place.actions:
            yield from (edit("another action", node, ast.Constant(each)) for each in sorted(place.actions - {name}))
        case ast.Attribute(value=whole, attr=name) if _is_state(whole):
            alike = sorted(each for each, places in place.relations.items() if places == place.relations.get(name) and each != name)
            yield from (edit("another relation", node, _with(node, attr=each)) for each in alike)
        case _:
            pass


def _of_statements(node: ast.AST, place: Surroundings) -> Iterator[Edit]:
    match node:
        case ast.Match(cases=cases):
            for at, case in enumerate(cases):
                words = f"case {ast.unparse(case.pattern)}"
                others = [_with(case, guard=None)] if case.guard is not None else []
                others += [_with(case, pattern=each) for each in _patterns(case.pattern)]
                if len(cases) > 1:
                    yield edit("a case left out", node, _with(node, cases=_but(cases, at)), words, "left out")
                for each in others:
                    yield edit(
                        "a pattern", node, _with(node, cases=[*cases[:at], each, *cases[at + 1 :]]), words, ast.unparse(each.pattern)
                    )
        case ast.If(test=test):
            for always in (True, False):
                yield edit("a condition", node, _with(node, test=ast.Constant(always)), f"if {ast.unparse(test)}", str(always))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom() as step) if ast.unparse(step) != "(yield from ())":
            yield edit("a step left out", node, ast.Expr(ast.YieldFrom(NOTHING)), ast.unparse(step), "nothing")
        case ast.Return(value=ast.expr() as value):
            said: dict[str, list[ast.expr]] = {"serves": [NOTHING], "may_take": [TRUE, FALSE], "lies": [TRUE, FALSE]}
            others = said.get(place.function, [ast.Dict([], []), ast.Constant(None)] if place.says else [])
            yield from (edit("another answer", node, ast.Return(each)) for each in others if ast.unparse(each) != ast.unparse(value))
        case ast.ClassDef(body=body):
            for at, each in enumerate(body):
                name = _named(each)
                if name in HAVING_DEFAULTS:
                    yield edit("a default", node, _with(node, body=_but(body, at)), name, "the default")
        case _:
            pass


def _named(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return ""


def _patterns(pattern: ast.pattern) -> Iterator[ast.pattern]:
    """Yield a pattern with one change: the other truth value, anything, or one alternative less."""
    for each in ast.walk(pattern):
        found: list[ast.pattern] = []
        match each:
            case ast.MatchSingleton(value=bool(value)):
                found = [ast.MatchSingleton(not value), ast.MatchAs()]
            case ast.MatchValue():
                found = [ast.MatchAs()]
            case ast.MatchOr(patterns=patterns):
                found = [_with(each, patterns=_but(patterns, at)) if len(patterns) > 2 else patterns[1 - at] for at in range(len(patterns))]
            case _:
                pass
        yield from (with_change(pattern, edit("a pattern", each, new)) for new in found)


def _but(several: list[T], at: int) -> list[T]:
    return [*several[:at], *several[at + 1 :]]


def _with(node: Any, **parts: Any) -> Any:
    changed = copy.copy(node)
    for name, part in parts.items():
        setattr(changed, name, part)
    return changed
