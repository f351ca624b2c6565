"""Fields whose form is left open until a handler looks: whether there is anything, which entries there are, is a question like any other.

Listing all forms of a state with several such fields takes their product, of which a handler mostly looks at one. What is left open
is told by conditions; whoever looks forks on them, and whoever only carries a field along does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs
import z3
from attrs import fields, frozen

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.paths import current, under_way
from concordant.spec.vocabulary import Map

V = TypeVar("V")
CARRIES = attrs.evolve.__code__
"""What takes a field from one record to the next, and does not look."""


@frozen(eq=False)
class Open:
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
    return Map.of({key: value.looked_into() if type(value) is Open else value for key, value in found})


def raw(record: Any, name: str) -> Any:
    """Return a field as it is, open or not, without a look into it."""
    return object.__getattribute__(record, name)


def parts(record: Any) -> tuple[Any, ...]:
    """Return the fields of a record as they are."""
    return tuple(raw(record, each.name) for each in fields(type(record)))


def entries(value: Any) -> tuple[tuple[Term, Any], ...]:
    """Return what may be in a field, each with the condition that it is: of None nothing, of a map its pairs."""
    match value:
        case Open():
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


@contextmanager
def looked_into(kinds: Iterable[type]) -> Iterator[None]:
    """Let whoever asks a record of these classes for a field that is left open look into it, as long as handlers run.

    Their hash is that of their class, so that a set does not look into what it keeps, but where it compares two of them.
    """
    own: dict[Any, Any] = {kind: kind.__hash__ for kind in kinds}
    for kind in own:
        kind.__getattribute__ = _looking
        kind.__hash__ = _alike
    try:
        yield
    finally:
        for kind, its in own.items():
            del kind.__getattribute__
            kind.__hash__ = its


def _alike(record: object) -> int:
    return hash(type(record))


def _looking(record: object, name: str) -> Any:
    value = object.__getattribute__(record, name)
    if type(value) is not Open:
        return value
    asks = sys._getframe(1).f_code  # noqa: SLF001  # the one way to know who asks
    if asks is CARRIES:
        return value
    return Compared(value.name) if asks.co_name == "__eq__" else value.looked_into()


@frozen(eq=False)
class Compared:
    """A field that is left open where two records are compared: it may be equal to the other's or not, whatever is in either."""

    name: str

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        its = other.name if type(other) is Compared else hash(other)
        return its == self.name or current().branch(z3.Bool(f"{self.name} == {its}"))
