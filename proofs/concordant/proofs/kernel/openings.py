"""Fields whose form is left open until a handler looks: whether there is anything, which entries there are, is a question like any other.

Listing all forms of a state with several such fields takes their product, of which a handler mostly looks at one. What is left open
is told by conditions; whoever looks forks on them, and whoever only carries a field along does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import z3
from attrs import fields, frozen

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.paths import current, under_way
from concordant.spec.vocabulary import Map

V = TypeVar("V")


@frozen(eq=False)
class LeftOpen:
    """A field that is left open: what may be in it, each with the condition that it is; and what those that are make together."""

    name: str
    entries: tuple[tuple[Term, Any], ...]
    make: Callable[[list[Any]], Any]

    def looked_into(self) -> Any:
        """Return what is in it on this path."""
        return self.make([value for is_there, value in self.entries if current().branch(is_there)])


def one_or_none(found: list[Any]) -> Any:
    """Return what a field holds that may be None."""
    return found[0] if found else None


def as_map(found: list[tuple[Any, Any]]) -> Map[Any, Any]:
    """Return a map of pairs, of which a value may itself be open."""
    return Map.of({key: value.looked_into() if type(value) is LeftOpen else value for key, value in found})


def raw(record: Any, name: str) -> Any:
    """Return a field as it is, open or not, without a look into it."""
    return object.__getattribute__(record, name)


def parts(record: Any) -> tuple[Any, ...]:
    """Return the fields of a record as they are."""
    return tuple(raw(record, each.name) for each in fields(type(record)))


def entries(value: Any) -> tuple[tuple[Term, Any], ...]:
    """Return what may be in a field, each with the condition that it is: of None nothing, of a map its pairs."""
    match value:
        case LeftOpen():
            return value.entries
        case None:
            return ()
        case Map():
            return tuple((z3.BoolVal(True), pair) for pair in value.items())  # Z3's own signature
        case frozenset() | tuple():
            return tuple((z3.BoolVal(True), each) for each in value)
        case _:
            return ((z3.BoolVal(True), value),)


def once(write: Callable[..., V], *of: object) -> V:
    """Return what is written of values that are the same on many paths, as what may be in a field is; a search writes it once."""
    if not under_way():
        return write(*of)
    known, key = current().terms, (write, *map(id, of))
    if key not in known:
        known[key] = write(*of), of  # which are kept, so that nothing else can have their identity
    found: V = known[key][0]
    return found
