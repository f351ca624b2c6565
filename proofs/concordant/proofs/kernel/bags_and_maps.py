"""Bags and maps of any number of symbols: a relation tells what is in one, beside what a handler has added. They may be added to, and looked up in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from typing import Any, TypeAlias

import z3

from concordant.proofs.kernel.forbidden import COMPARED, FORBIDDEN
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.paths import current
from concordant.proofs.kernel.symbols import AnyNumber, SymbolicClass, forbidden
from concordant.proofs.kernel.trespassing import asked_by_us, looked

Parts: TypeAlias = tuple[tuple[str, SymbolicClass], ...]
"""Of what symbols a key is: a symbol itself, without a name, or each field of a record, by what it adds to the name."""


class AnyBag(AnyNumber):
    """A bag of any number of symbols: a relation tells what is in it, beside what a handler has added. It may be added to, and looked up in."""

    __slots__ = ("_added", "_domain", "_has")

    def __init__(self, domain: SymbolicClass, has: Callable[[Term], Term], added: tuple[Any, ...] = ()) -> None:
        for slot, value in (("_text", f"any {domain.plural}"), ("_domain", domain), ("_has", has), ("_added", added)):
            object.__setattr__(self, slot, value)

    def __hash__(self) -> int:
        raise looked("keeps a bag in a set or as a key; keep it in a tuple, where it is found by ==")

    def __contains__(self, value: object) -> bool:
        domain, has, added = _BAG(self)
        return any(each == value for each in added) or current().branch(has(domain.term(value)))

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__" and asked_by_us():
            return AnyBag
        if name != "add":
            raise looked(f"looks at {name} of a bag")
        domain, has, added = _BAG(self)
        return lambda value: AnyBag(domain, has, (*added, value))


def _BAG(bag: AnyBag) -> tuple[SymbolicClass, Callable[[Term], Term], tuple[Any, ...]]:  # noqa: N802  # as _DOMAIN and _TERM
    domain, has, added = (AnyBag.__dict__[slot].__get__(bag) for slot in ("_domain", "_has", "_added"))
    return domain, has, added


def is_in(domain: SymbolicClass, bag: Any, term: Term) -> Term:
    """Return that an element is in a bag: in any, or in one that a handler has made."""
    if type(bag) is not AnyBag:
        return z3.Or([term == domain.term(each) for each in bag])
    _, has, added = _BAG(bag)
    return z3.Or([has(term), *(term == domain.term(each) for each in added)])


def bag_of(value: object) -> SymbolicClass | None:
    """Return of what domain any bag is; None of what is none."""
    return _BAG(value)[0] if type(value) is AnyBag else None


class AnyMap(AnyNumber):
    """A map of any number of symbols to whatever `at` makes of the term of a key; `has`: which keys it has; `put`: what was put since."""

    __slots__ = ("_at", "_has", "_keys", "_put")

    def __init__(
        self, keys: SymbolicClass, has: Callable[[Term], Term], at: Callable[[Term], Any], put: tuple[tuple[Any, Any], ...] = ()
    ) -> None:
        for slot, value in (("_text", f"any {keys.plural}"), ("_keys", keys), ("_has", has), ("_at", at), ("_put", put)):
            object.__setattr__(self, slot, value)

    def __hash__(self) -> int:
        raise looked("keeps a map in a set or as a key; keep it in a tuple, where it is found by ==")

    def __contains__(self, key: object) -> bool:
        keys, has, _, put = _MAP(self)
        return any(each == key for each, _ in put) or current().branch(has(keys.term(key)))

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__" and asked_by_us():
            return AnyMap
        if name not in ("get", "put"):
            raise looked(f"looks at {name} of a map")
        keys, has, at, put = _MAP(self)

        def get(key: Any, default: Any = None) -> Any:
            for each, value in put:
                if each == key:
                    return value
            term = keys.term(key)
            return at(term) if current().branch(has(term)) else default

        return get if name == "get" else lambda key, value: AnyMap(keys, has, at, ((key, value), *put))


def _MAP(map: AnyMap) -> tuple[SymbolicClass, Callable[[Term], Term], Callable[[Term], Any], tuple[tuple[Any, Any], ...]]:  # noqa: N802  # as _BAG
    keys, has, at, put = (AnyMap.__dict__[slot].__get__(map) for slot in ("_keys", "_has", "_at", "_put"))
    return keys, has, at, put


def entries(map: Any) -> tuple[tuple[Any, Any], ...]:  # the word for it
    """Return the keys and values of a map, or of any map those that were put, the last first."""
    return _MAP(map)[3] if type(map) is AnyMap else map.items()


def said_at(map: Any, keys: SymbolicClass, key: Term, says: Callable[[Any], Term], otherwise: Term) -> Term:
    """Return what is said of the value that a map has at the term of a key; otherwise, where it has none."""
    said = otherwise
    if type(map) is AnyMap:
        _, has, at, _ = _MAP(map)
        said = z3.And(z3.Or(z3.Not(has(key)), says(at(key))), z3.Or(has(key), otherwise))
    for each, value in reversed(entries(map)):
        here = keys.term(each) == key
        said = z3.And(z3.Or(z3.Not(here), says(value)), z3.Or(here, said))
    return said


for _doing, _methods in {**FORBIDDEN, "compares": COMPARED}.items():
    for _method in _methods:
        if _method != "__contains__":
            setattr(AnyBag, _method, forbidden(_doing))
            setattr(AnyMap, _method, forbidden(_doing))


def ascending_keys(parts: Parts, keys: list[tuple[Term, ...]]) -> tuple[Term, ...]:
    """Return that keys, by their parts, are all different, and in their order: by the first part in which two differ."""
    orders = [domain.order for _, domain in parts if domain.order is not None]
    if len(orders) < len(parts):
        return _different(keys)
    return (*(_in_order(orders, low, high) for low, high in pairwise(keys)), *_different(keys))


def _different(keys: list[tuple[Term, ...]]) -> tuple[Term, ...]:
    if all(len(key) == 1 for key in keys):
        return (z3.Distinct(*(term for (term,) in keys)),) if len(keys) > 1 else ()
    return tuple(z3.Or([one != other for one, other in zip(*pair, strict=True)]) for pair in combinations(keys, 2))


def _in_order(orders: Sequence[Callable[[Term, Term], Term]], low: Sequence[Term], high: Sequence[Term]) -> Term:
    first = orders[0](low[0], high[0])
    return first if len(orders) == 1 else z3.And(first, z3.Or(low[0] != high[0], _in_order(orders[1:], low[1:], high[1:])))
