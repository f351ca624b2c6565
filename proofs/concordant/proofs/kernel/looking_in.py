"""Looking into fields that are left open, or that may be None: who does, as long as handlers run, and who carries them along or compares them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import attrs

from concordant.proofs.kernel.openings import LeftOpen, raw
from concordant.proofs.kernel.symbols import HASH, Element, SymbolicClass, likened, or_none

CARRIES = attrs.evolve.__code__
"""What takes a field from one record to the next, and does not look."""


@contextmanager
def hashed_alike(domains: Iterable[SymbolicClass]) -> Iterator[None]:
    """Let records of these domains have the hash of symbols, as long as handlers run: a set finds by == only what has one hash."""
    kinds: dict[Any, Any] = {domain.kind: domain.kind.__hash__ for domain in domains if attrs.has(domain.kind)}
    for kind in kinds:
        kind.__hash__ = lambda _: HASH
    try:
        yield
    finally:
        for kind, own in kinds.items():
            kind.__hash__ = own


@contextmanager
def looked_into(kinds: Mapping[type, Mapping[str, SymbolicClass | None]]) -> Iterator[None]:
    """Let whoever asks a record of these classes for a field that is left open look into it, as long as handlers run.

    `kinds`: the fields of each that are open, and those of symbols that may be None, with their domain: there a handler finds None itself.
    Their hash is that of their class, so that a set does not look into what it keeps, but where it compares two of them.
    """
    own: dict[Any, Any] = {kind: (kind.__eq__, kind.__hash__) for kind in kinds}
    for kind, (its, _) in own.items():
        kind.__getattribute__ = _looking(kinds[kind])
        kind.__eq__ = _comparing(its)
        kind.__hash__ = _alike
    try:
        yield
    finally:
        for kind, (its, hashed) in own.items():
            del kind.__getattribute__
            kind.__eq__ = its
            kind.__hash__ = hashed


def _alike(record: object) -> int:
    return hash(type(record))


def _looking(fields: Mapping[str, SymbolicClass | None]) -> Callable[[object, str], Any]:
    def looks(record: object, name: str) -> Any:
        value = object.__getattribute__(record, name)
        if name not in fields or _carries():
            return value
        if type(value) is LeftOpen:
            return value.looked_into()
        domain = fields[name]
        if domain is None:
            return value
        if _HANDLING:
            return or_none(value) if type(value) is Element else value
        return domain.element(domain.term(None)) if value is None else value

    return looks


def _carries() -> bool:
    """Tell whether who asks takes a field along, and does not look."""
    return sys._getframe(2).f_code is CARRIES  # noqa: SLF001  # the one way to know who asks


_HANDLING: list[None] = []


@contextmanager
def handling() -> Iterator[None]:
    """Let a handler find None where a symbol may be that: it asks by `is`, of which a symbol knows nothing."""
    _HANDLING.append(None)
    try:
        yield
    finally:
        _HANDLING.pop()


def _comparing(own: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return how records are compared: a field that is left open may be equal to the other's or not, whatever is in either."""

    def equal(one: Any, other: Any) -> Any:
        fields = [(raw(one, each), raw(other, each)) for each in attrs.fields_dict(type(one))] if type(one) is type(other) else []
        if not any(type(each) is LeftOpen for pair in fields for each in pair):
            return own(one, other)
        return all(likened(*pair) if LeftOpen in map(type, pair) else pair[0] == pair[1] for pair in fields)

    return equal
