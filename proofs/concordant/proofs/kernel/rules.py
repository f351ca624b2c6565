"""Rules: methods from a state to a step, which a handler applies one after the other, and of which each is run on its own.

Where a handler applies the first of its rules, what it has done so far is judged as a step. What it has made of the state is then
out of its hands: it may only go on to further rules, and each of them is run from any state, as if it were an input.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from attrs import frozen

from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.places import shown
from concordant.proofs.kernel.reach import file_of, is_of_the_run, node, reached
from concordant.refimpl.machine import Step
from concordant.spec.vocabulary import Address


@frozen
class Apply:
    """A rule is applied: what may happen to a process at any time, as far as it is run."""

    at: Address
    rule: str


class Ahead:
    """A state that rules have yet to make something of, and what stands for what they do; whoever looks into it is refuted."""

    __slots__ = ("before", "first")

    def __init__(self, first: Any, before: Ahead | None) -> None:
        self.first, self.before = first, before

    def __getattr__(self, name: str) -> NoReturn:
        raise Refuted(f"it looks at {name} of a state of which its rules have yet to make something")


@contextmanager
def standing_for(kind: type, rules: tuple[str, ...], but: str | None) -> Iterator[None]:
    """Let something stand for what the rules of a class do, but for one, as long as it is run."""
    stood_for = tuple(name for name in rules if name != but)
    own = {name: vars(kind)[name] for name in stood_for if name in vars(kind)}
    for name in stood_for:
        setattr(kind, name, _ahead)
    try:
        yield
    finally:
        for name in stood_for:
            if name in own:
                setattr(kind, name, own[name])
            else:
                delattr(kind, name)


def _ahead(_: Any, state: Any) -> Step[Any]:
    before = state if type(state) is Ahead else None
    ahead = Ahead(state if before is None else before.first, before)
    return Step(ahead, (ahead,))  # type: ignore[arg-type]  # it stands for effects


def so_far(after: Any) -> Any:
    """Return what a handler has done before the first of its rules; Refuted, where it does anything but go on to the next."""
    if type(after) is not Step or type(after.effects) is not tuple:
        return after
    did: tuple[Any, ...] = after.effects
    count = sum(type(effect) is Ahead for effect in did)
    if not count and type(after.state) is not Ahead:
        return after
    chain, each = [], after.state
    while type(each) is Ahead:
        chain.append(each)
        each = each.before
    before = len(did) - len(chain)
    if count != len(chain) or any(one is not other for one, other in zip(reversed(chain), did[before:], strict=True)):
        raise Refuted("it does something with what its rules do, but go on from it")
    return Step(chain[0].first, did[:before])


def misapplied(kind: type, rules: tuple[str, ...]) -> Iterator[str]:
    """Yield where a rule is named for anything but `then`, or by itself in its own stead: what it returns might be looked at."""
    for value, _ in reached(kind) if rules else ():
        if not is_of_the_run(value):
            continue
        tree = node(value)
        given = {id(each) for call in ast.walk(tree) for each in _given_to_then(call)} if tree is not None else set()
        for each in ast.walk(tree) if tree is not None else ():
            if isinstance(each, ast.Attribute) and each.attr in rules and id(each) not in given and not _is_own(each, value.__name__):
                yield f"{shown(file_of(value))}:{each.lineno}: `{each.attr}` is a rule, which is run on its own: go on to it by `then`"


def _given_to_then(each: ast.AST) -> list[ast.expr]:
    is_then = isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "then" and len(each.args) == 1
    return each.args if isinstance(each, ast.Call) and is_then else []


def _is_own(each: ast.Attribute, name: str) -> bool:
    """Tell whether a rule calls the one that it overrides: that is run along with it."""
    return (
        each.attr == name and isinstance(each.value, ast.Call) and isinstance(each.value.func, ast.Name) and each.value.func.id == "super"
    )
