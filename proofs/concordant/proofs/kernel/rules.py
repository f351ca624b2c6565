"""Rules: methods from a state to a step, which a handler applies one after the other, and of which each is run on its own.

Where a handler applies the first of its rules, what it has done so far is judged as a step. What it has made of the state is then
out of its hands: it may only go on to further rules, and each of them is run from any state, as if it were an input.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from attrs import frozen

from concordant.proofs.kernel.forbidden import COMPARED, FORBIDDEN
from concordant.proofs.kernel.paths import Refuted, current
from concordant.proofs.kernel.places import place, shown
from concordant.proofs.kernel.reach import file_of, is_of_the_run, node, reached
from concordant.refimpl.machine import Step
from concordant.spec.vocabulary import Address


@frozen
class Apply:
    """A rule is applied: what may happen to a process at any time, as far as it is run."""

    at: Address
    rule: str


class Ahead:
    """A state that rules have yet to make something of."""

    __slots__ = ()


class Going:
    """A step that goes on by rules: what was done before the first, and the state that they have yet to make something of."""

    __slots__ = ("ahead", "effects", "first")

    def __init__(self, first: Any, effects: tuple[Any, ...], ahead: Ahead) -> None:
        for name, value in (("first", first), ("effects", effects), ("ahead", ahead)):
            object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        if name != "then":
            raise _meddles(f"looks at {name} of")
        return lambda function: _gone_on(self, function)


def _meddles(what: str) -> Exception:
    error = Refuted(f"{place()}: it {what} what its rules have yet to make, and may only go on from it")
    current().trespass = error
    return error


def _forbidden(doing: str) -> Callable[..., NoReturn]:
    def method(*_: object) -> NoReturn:
        raise _meddles(doing)

    return method


for _doing, _methods in {**FORBIDDEN, "compares": COMPARED, "keeps": ("__hash__",), "looks into": ("__getattribute__",)}.items():
    for _method in _methods:
        setattr(Ahead, _method, _forbidden(_doing))
        if _method != "__getattribute__":
            setattr(Going, _method, _forbidden(_doing))


def _part(going: Going, name: str) -> Any:
    return object.__getattribute__(going, name)


def _gone_on(going: Going, function: Callable[[Any], Any]) -> Going:
    """Go on from what rules make of a state: to further rules, or to nothing."""
    ahead = _part(going, "ahead")
    following = function(ahead)
    if following is None or (type(following) is Step and following.state is ahead and following.effects == ()):
        return going
    if type(following) is Going and _part(following, "first") is ahead and _part(following, "effects") == ():
        return Going(_part(going, "first"), _part(going, "effects"), _part(following, "ahead"))
    raise _meddles("does something with")


@contextmanager
def standing_for(kind: type, rules: tuple[str, ...], but: str | None) -> Iterator[None]:
    """Let something stand for what the rules of a class do, but for one, as long as it is run."""
    stood_for = tuple(name for name in rules if name != but)
    own = {name: vars(kind)[name] for name in stood_for if name in vars(kind)}
    then: Any = Step.then
    for name in stood_for:
        setattr(kind, name, _ahead)
    if stood_for:
        Step.then = _then(then)  # type: ignore[method-assign]  # a step goes on to what rules make as it does to any other
    try:
        yield
    finally:
        Step.then = then  # type: ignore[method-assign]
        for name in stood_for:
            if name in own:
                setattr(kind, name, own[name])
            else:
                delattr(kind, name)


def _ahead(_: Any, state: Any) -> Going:
    return Going(state, (), Ahead())


def _then(own: Callable[..., Any]) -> Any:
    def then(self: Step[Any], function: Callable[[Any], Any]) -> Any:
        following = function(self.state)
        if type(following) is not Going:
            return own(self, lambda _: following)
        return Going(_part(following, "first"), (*self.effects, *_part(following, "effects")), _part(following, "ahead"))

    return then


def so_far(after: Any) -> Any:
    """Return what a handler has done before the first of its rules; Refuted, where it does anything but go on to the next."""
    if type(after) is Going:
        after = Step(_part(after, "first"), _part(after, "effects"))
    if type(after) is Step and Ahead in map(type, (after.state, *after.effects)):
        raise _meddles("does something with")
    return after


def misapplied(kind: type, rules: tuple[str, ...]) -> Iterator[str]:
    """Yield where a rule is named for anything but `then`, or by itself in its own stead: what it returns might be looked at."""
    for value, _ in reached(kind) if rules else ():
        if not is_of_the_run(value):
            continue
        tree = node(value)
        given = {id(each) for call in ast.walk(tree) for each in _given_to_then(call)} if tree is not None else set()
        for each in ast.walk(tree) if tree is not None else ():
            for name in _named(each, value.__name__) if id(each) not in given else ():
                if name in rules:
                    yield f"{shown(file_of(value))}:{each.lineno}: `{name}` is a rule, which is run on its own: go on to it by `then`"  # type: ignore[attr-defined]


def _given_to_then(each: ast.AST) -> list[ast.expr]:
    is_then = isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "then" and len(each.args) == 1
    return each.args if isinstance(each, ast.Call) and is_then else []


def _named(each: ast.AST, function: str) -> list[str]:
    """List the attributes that a piece of source looks at, but for what a function overrides."""
    match each:
        case ast.Attribute(attr=name):
            return [] if _is_own(each, function) else [name]
        case ast.MatchClass(kwd_attrs=names):
            return names
        case _:
            return []


def _is_own(each: ast.Attribute, name: str) -> bool:
    """Tell whether a rule calls the one that it overrides: that is run along with it."""
    return (
        each.attr == name and isinstance(each.value, ast.Call) and isinstance(each.value.func, ast.Name) and each.value.func.id == "super"
    )
