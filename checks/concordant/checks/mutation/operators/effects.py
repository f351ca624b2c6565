"""Effects: one less, two in another order, to fewer peers, another answer, nothing at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from attrs import has

from concordant.checks.exploration.explore import inputs
from concordant.checks.mutation.changing import Edit, edit
from concordant.checks.mutation.kinds import Kind, is_number, is_optional, members, origin_of, parts, plain
from concordant.checks.mutation.sites import Site
from concordant.refimpl.machine import Process
from concordant.spec.vocabulary import Map, Rejected, Unknown

CONTENT = {"Reply": 1, "Send": 1, "Announce": 0, "Deliver": 1, "broadcast": 1}
"""Which argument is what is said."""


def of_effects(site: Site) -> Iterator[Edit]:
    """Leave out an effect of a step; exchange two that follow each other."""
    match site.node:
        case ast.Call(func=ast.Name(id="step"), args=[state, *effects], keywords=keywords) as node:
            for place, effect in enumerate(effects):
                rest = [state, *effects[:place], *effects[place + 1 :]]
                yield edit("an effect", node, ast.Call(node.func, rest, keywords), ast.unparse(effect), "dropped")
            for place in range(len(effects) - 1):
                turned = [*effects[:place], effects[place + 1], effects[place], *effects[place + 2 :]]
                words = f"{ast.unparse(effects[place])}, then {ast.unparse(effects[place + 1])}"
                yield edit("order of effects", node, ast.Call(node.func, [state, *turned], keywords), words, "the other way round")
        case ast.Tuple(elts=effects) as node if effects and all(map(_is_effect, effects)):
            for place, effect in enumerate(effects):
                rest = [*effects[:place], *effects[place + 1 :]]
                yield edit("an effect", node, ast.Tuple(rest, ast.Load()), ast.unparse(effect), "dropped")
        case ast.Call(func=ast.Attribute(value=before, attr="then"), args=[following]) as node:
            yield edit("an effect", node, before, f"then {ast.unparse(following)} after {ast.unparse(before)}", "dropped")
        case _:
            pass


def _is_effect(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Send", "Reply", "Announce", "Deliver")


def of_peers(site: Site) -> Iterator[Edit]:
    """Tell all but the first, and all but the last."""
    match site.node:
        case ast.Call(func=ast.Name(id="broadcast") as function, args=[peers, message]) as node:
            for cut, words in (
                (ast.Slice(lower=ast.Constant(1)), "all but the first of"),
                (ast.Slice(upper=ast.UnaryOp(ast.USub(), ast.Constant(1))), "all but the last of"),
            ):
                fewer = ast.Subscript(ast.Call(ast.Name("tuple", ast.Load()), [peers], []), cut, ast.Load())
                yield edit(
                    "fewer peers",
                    node,
                    ast.Call(function, [fewer, message], []),
                    f"{ast.unparse(peers)} in {ast.unparse(node)}",
                    f"{words} them",
                )
        case _:
            pass


def of_answers(site: Site) -> Iterator[Edit]:
    """Say something else of the same shape; answer that it was rejected, or that nothing is known."""
    match site.node:
        case ast.Call(func=function) as node if (said := _said(site)) is not None:
            kind = site.kinds.value(function, site.names)
            for name, other in site.kinds.globals().items():
                if _of_one_shape(kind, other) and _heard(site, kind) == _heard(site, other):
                    yield edit("another answer", node, ast.Call(ast.Name(name, ast.Load()), node.args, node.keywords))
        case _:
            said = _said(site)
    if said == "Reply" and isinstance(site.node, ast.expr):
        vocabulary = ast.Name("__import__", ast.Load())
        for other in (Rejected, Unknown):
            where = ast.Call(
                vocabulary, [ast.Constant(other.__module__)], [ast.keyword("fromlist", ast.List([ast.Constant("")], ast.Load()))]
            )
            new = ast.Call(
                ast.Attribute(where, other.__name__, ast.Load()), [ast.Constant("another text")] if other is Rejected else [], []
            )
            if site.kinds.value(site.node.func if isinstance(site.node, ast.Call) else site.node, site.names) is not other:
                yield edit("another answer", site.node, new, None, other.__name__)


def of_what_is_said(site: Site) -> Iterator[Edit]:
    """Change a field of what is said, where it is said under a name: the opposite, one more or less, nothing, another."""
    node = site.node
    if isinstance(node, ast.Name | ast.Attribute) and _said(site) is not None:
        here = ast.unparse(node)
        for kind in parts(site.kind()):
            for field, inside in members(kind).items() if isinstance(kind, type) and len(parts(site.kind())) == 1 else ():
                for words in _others(f"{here}.{field}", inside):
                    new = ast.parse(f"__import__('attrs').evolve({here}, {field}={words})", mode="eval").body
                    yield edit("another answer", node, new, None, f"with {field}={words}")


def _others(value: str, kind: Kind) -> Iterator[str]:
    if is_optional(kind):
        yield "None"
    kind = plain(kind)
    if kind is bool:
        yield f"not {value}"
    elif kind is str:
        yield repr("another text")
    elif is_number(kind):
        yield from (f"{value} + 1", f"{value} - 1")
    elif origin_of(kind) in (tuple, frozenset, Map):
        yield f"type({value})()"


def _said(site: Site) -> str | None:
    match site.parent:
        case ast.Call(func=ast.Name(id=name), args=args) if name in CONTENT:
            return name if len(args) > CONTENT[name] and args[CONTENT[name]] is site.node else None
        case _:
            return None


def _of_one_shape(kind: object, other: object) -> bool:
    if not isinstance(kind, type) or not isinstance(other, type) or other is kind or not has(kind) or not has(other):
        return False
    return other.__module__ == kind.__module__ and tuple(members(other).values()) == tuple(members(kind).values())


def _heard(site: Site, kind: object) -> frozenset[str]:
    """Tell as what a class comes in at the processes of the module: a message is no trigger, and none of what is announced."""
    # Not by issubclass: of what is no process, an abstract class asks each of its heirs, of which there are thousands.
    processes = (value for value in site.kinds.globals().values() if isinstance(value, type) and Process in value.__mro__)
    return frozenset(how for process in processes for how, kinds in inputs(process).items() if kind in kinds)


def of_steps(site: Site) -> Iterator[Edit]:
    """Take no notice: stay in the state, without effects; or, where that is allowed, return None."""
    function = site.kinds.function
    match site.node:
        case ast.Return(value=ast.expr() as value) as node if "state" in site.names:
            returns = str(function.function.__annotations__.get("return", ""))
            if returns.startswith("Step") and ast.unparse(value) != "step(state)" and "step" in site.kinds.globals():
                stays = ast.Call(ast.Name("step", ast.Load()), [ast.Name("state", ast.Load())], [])
                if not (isinstance(value, ast.Constant) and value.value is None):
                    yield edit("no notice", node, ast.Return(stays), ast.unparse(value), "step(state)")
                if returns.endswith("None") and not (isinstance(value, ast.Constant) and value.value is None):
                    yield edit("no notice", node, ast.Return(ast.Constant(None)), ast.unparse(value), "None")
        case _:
            pass


OPERATORS = (of_effects, of_peers, of_answers, of_what_is_said, of_steps)
