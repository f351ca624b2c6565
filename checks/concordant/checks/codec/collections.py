"""Tuples and bags are lists, sets sorted lists; a map is an object where its keys are texts or addresses, else a list of pairs."""

from __future__ import annotations

from typing import Any, get_args

from cattrs import Converter

from concordant.checks.codec.scalars import CannotDecode, CannotEncode, written_exactly
from concordant.checks.semantics.canonical import order_key
from concordant.spec.vocabulary import Address, Bag, Map

KINDS = (tuple, frozenset, Bag, Map)
NAMED_KEYS = (str, Address)
"""Keys with which a map is an object."""


def reader(made: Converter, kind: Any) -> Any:
    """Return what reads a collection of a declared type."""
    base, parts = kind.__origin__, get_args(kind)
    if base is tuple:
        return lambda value, _: tuple(made.structure(*pair) for pair in _paired(given(value), parts, CannotDecode))
    if base is Map:
        return lambda value, _: map_of(_pairs(made, value, parts[0], parts[1]))
    make = set_of if base is frozenset else Bag.of
    return lambda value, _: make([made.structure(each, parts[0]) for each in given(value)])


def writer(made: Converter, kind: Any) -> Any:
    """Return what writes a collection of a declared type."""
    base, parts = kind.__origin__, get_args(kind)
    if base is tuple:
        return written_exactly(tuple, lambda value: [made.unstructure(*pair) for pair in _paired(value, parts, CannotEncode)])
    if base is Map:
        return written_exactly(Map, lambda value: _written(made, value, parts[0], parts[1]))
    if base is frozenset:
        return written_exactly(frozenset, lambda value: [made.unstructure(each, parts[0]) for each in sorted(value, key=order_key)])
    return written_exactly(Bag, lambda value: [made.unstructure(each, parts[0]) for each in value])


def given(value: Any) -> list[Any]:
    """Return a JSON list; another value is refused."""
    if not isinstance(value, list):
        raise CannotDecode(f"{value!r} is no list")
    return value


def set_of(elements: list[Any]) -> frozenset[Any]:
    """Return a set of elements, of which no two are equal: who lists one twice has no set."""
    found = frozenset(elements)
    if len(found) < len(elements):
        raise CannotDecode(f"{elements!r} lists an element twice; a set has each once")
    return found


def map_of(pairs: list[tuple[Any, Any]]) -> Map[Any, Any]:
    """Return a map of pairs, of which no two have one key."""
    found = Map.of(pairs)
    if len(found) < len(pairs):
        raise CannotDecode(f"{pairs!r} lists a key twice; a map has each once")
    return found


def _paired(values: Any, declared: tuple[Any, ...], wrong: type[CannotDecode | CannotEncode]) -> list[tuple[Any, Any]]:
    """Pair the elements of a tuple with their declared types."""
    if len(declared) == 2 and declared[1] is ...:
        return [(value, declared[0]) for value in values]
    parts = () if declared == ((),) else declared
    if len(parts) != len(values):
        raise wrong(f"{values!r} has {len(values)} elements, and not {len(parts)}")
    return list(zip(values, parts, strict=True))


def _pairs(made: Converter, value: Any, key: Any, entry: Any) -> list[tuple[Any, Any]]:
    if key not in NAMED_KEYS:
        return [tuple(made.structure(*part) for part in _paired(given(pair), (key, entry), CannotDecode)) for pair in given(value)]
    if not isinstance(value, dict):
        raise CannotDecode(f"{value!r} is no object")
    return [(made.structure(name, key), made.structure(each, entry)) for name, each in value.items()]


def _written(made: Converter, value: Map[Any, Any], key: Any, entry: Any) -> Any:
    pairs = [[made.unstructure(k, key), made.unstructure(v, entry)] for k, v in value.items()]
    return {name: each for name, each in pairs} if key in NAMED_KEYS else pairs  # noqa: C416  # dict() of lists has no type
