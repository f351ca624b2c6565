"""The converter: cattrs, made strict. A tag `type` stands only where the declared type leaves a choice."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin

import cattrs
from attrs import fields, has, resolve_types
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from concordant.checks.codec import collections
from concordant.checks.codec.names import Names
from concordant.checks.codec.scalars import (
    CannotDecode,
    CannotEncode,
    address_of,
    address_text,
    amount_of,
    enum_of,
    enum_text,
    exactly,
    fraction_of,
    fraction_text,
    written_exactly,
)
from concordant.checks.semantics.canonical import order_key
from concordant.spec.vocabulary import Address, Bag, Map

Json: TypeAlias = Any
"""What the module json reads and writes."""

TAG = "type"
AMOUNT = {int, Fraction}


def converter(names: Names) -> Converter:
    """Return a converter for the classes that have these names."""
    made = Converter(forbid_extra_keys=True, detailed_validation=False, omit_if_default=False)
    for kind in (int, bool, str):
        made.register_structure_hook(kind, exactly(kind))
        made.register_unstructure_hook(kind, written_exactly(kind))
    made.register_structure_hook(type(None), exactly(type(None)))
    made.register_structure_hook(Fraction, fraction_of)
    made.register_unstructure_hook(Fraction, written_exactly(Fraction, fraction_text))
    made.register_structure_hook(Address, address_of)
    made.register_unstructure_hook(Address, address_text)
    made.register_structure_hook_func(_is_enum, enum_of)
    made.register_unstructure_hook_factory(_is_enum, lambda kind: written_exactly(kind, enum_text))
    _records(made, names)
    made.register_structure_hook_factory(_is_collection, lambda kind: collections.reader(made, kind))
    made.register_unstructure_hook_factory(_is_collection, lambda kind: collections.writer(made, kind))
    _choices(made, names)
    made.register_structure_hook_func(is_open, lambda value, _: decoded_openly(made, names, value))
    made.register_unstructure_hook_func(is_open, lambda value: encoded_openly(made, names, value))
    return made


def _records(made: Converter, names: Names) -> None:
    made.register_structure_hook_factory(is_record, lambda kind: lambda value, _: _tagged(made, names, value, (kind,)))
    made.register_unstructure_hook_factory(is_record, lambda kind: lambda value: _json_of_one(made, names, value, (kind,)))


@cache
def _writer(made: Converter, kind: Any) -> Callable[[Any], Any]:
    """Return what writes records of exactly this class."""
    return written_exactly(get_origin(kind) or kind, make_dict_unstructure_fn(resolved(kind), made))


@cache
def _reader(made: Converter, kind: Any) -> Callable[[Any], Any]:
    """Return what reads records of exactly this class, without a tag."""
    read: Callable[[Any, Any], Any] = make_dict_structure_fn(resolved(kind), made, _cattrs_forbid_extra_keys=True)
    expected = [part.alias for part in fields(get_origin(kind) or kind) if part.init]

    def strictly(value: Any) -> Any:
        if not isinstance(value, dict):
            raise CannotDecode(f"{value!r} is no record; write an object with {', '.join(expected) or 'nothing'}")
        absent = [name for name in expected if name not in value]
        if absent or len(value) != len(expected):
            raise CannotDecode(f"{sorted(value)} are not the fields of {getattr(kind, '__name__', kind)}: {', '.join(expected) or 'none'}")
        return read(value, kind)

    return strictly


@cache
def with_heirs(names: Names, records: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return declared records, and the classes derived from them, which leave a choice too."""
    bases = [get_origin(record) or record for record in records]
    heirs = [kind for kind in names.kinds.values() if has(kind) and kind not in bases and issubclass(kind, tuple(bases))]
    return (*records, *heirs)


def _choices(made: Converter, names: Names) -> None:
    """Unions: records carry their tag; of what is no record only one alternative may fit a JSON value."""
    made.register_structure_hook_factory(is_union, lambda kind: lambda value, _: _one_of(made, names, value, members(kind)))
    made.register_unstructure_hook_factory(is_union, lambda kind: lambda value: _json_of_one(made, names, value, members(kind)))


def _one_of(made: Converter, names: Names, value: Any, options: tuple[Any, ...]) -> Any:
    if set(options) - {type(None)} == AMOUNT:
        return None if value is None and type(None) in options else amount_of(value)
    records = records_among(options)
    if isinstance(value, dict) and records:
        return _tagged(made, names, value, records)
    for option in options:
        if option not in records:
            try:
                return made.structure(value, option)
            except (CannotDecode, cattrs.StructureHandlerNotFoundError):
                continue
    raise CannotDecode(f"{value!r} is none of {', '.join(str(getattr(option, '__name__', option)) for option in options)}")


def _json_of_one(made: Converter, names: Names, value: Any, options: tuple[Any, ...]) -> Json:
    declared = records_among(options)
    records = with_heirs(names, declared)
    for option in records:
        if type(value) is (get_origin(option) or option):
            body = _writer(made, option)(value)
            return body if len(records) == 1 else {TAG: names.name(type(value)), **body}
    for option in options:
        if option not in declared and _fits(value, option):
            return made.unstructure(value, unstructure_as=option)
    raise CannotEncode(f"{value!r} is no {' or '.join(str(getattr(option, '__name__', option)) for option in options)}")


def _tagged(made: Converter, names: Names, value: Any, declared: tuple[Any, ...]) -> Any:
    records = with_heirs(names, declared)
    if len(records) == 1 or not isinstance(value, dict):
        return _reader(made, records[0])(value)
    chosen = names.kind(value.get(TAG))
    for option in records:
        if (get_origin(option) or option) is chosen:
            return _reader(made, option)({name: each for name, each in value.items() if name != TAG})
    known = ", ".join(names.name(get_origin(option) or option) for option in records)
    raise CannotDecode(f"type {value.get(TAG)!r} is none of {known}")


def encoded_openly(made: Converter, names: Names, value: Any) -> Json:
    """Encode a value of which no type is declared: whatever is no bool, int, text or None carries a tag."""
    match value:
        case None | bool() | str():
            return value
        case Enum():
            return {TAG: names.name(type(value)), "value": enum_text(value)}
        case int():
            return value
        case Fraction() | Address():
            return {TAG: type(value).__name__, "value": made.unstructure(value)}
        case tuple() | frozenset() | Bag():
            elements: Iterable[Any] = sorted(value, key=order_key) if isinstance(value, frozenset) else value
            return {TAG: type(value).__name__, "elements": [encoded_openly(made, names, each) for each in elements]}
        case Map():
            return {TAG: "Map", "pairs": [[encoded_openly(made, names, part) for part in pair] for pair in value.items()]}
        case _ if has(type(value)):
            return {TAG: names.name(type(value)), **_writer(made, type(value))(value)}  # type: ignore[arg-type]  # a class is hashable
        case _:
            raise CannotEncode(f"{value!r} of class {type(value).__name__} may not be in a value of a protocol")


def decoded_openly(made: Converter, names: Names, value: Json) -> Any:
    """Decode what `encoded_openly` gives."""
    if not isinstance(value, dict):
        if value is None or type(value) in (bool, int, str):
            return value
        raise CannotDecode(f"{value!r} has no tag; a value of which no type is declared is a number, a text, true, false, null or has one")
    tag = value.get(TAG)
    rest = {name: each for name, each in value.items() if name != TAG}
    match tag:
        case "Fraction":
            return fraction_of(_alone(rest, "value"))
        case "Address":
            return address_of(_alone(rest, "value"))
        case "tuple" | "frozenset" | "Bag":
            elements = [decoded_openly(made, names, each) for each in collections.given(_alone(rest, "elements"))]
            return tuple(elements) if tag == "tuple" else collections.set_of(elements) if tag == "frozenset" else Bag.of(elements)
        case "Map":
            return collections.map_of(
                [
                    (decoded_openly(made, names, key), decoded_openly(made, names, entry))
                    for key, entry in collections.given(_alone(rest, "pairs"))
                ]
            )
        case _:
            kind = names.kind(tag)
            return enum_of(_alone(rest, "value"), kind) if issubclass(kind, Enum) else _reader(made, kind)(rest)  # type: ignore[arg-type]  # as above


def _alone(rest: dict[str, Any], name: str) -> Any:
    """Return the one field that stands beside a tag; None where it is missing."""
    if more := [each for each in rest if each != name]:
        raise CannotDecode(f"{', '.join(map(repr, more))} stands beside {name!r}, and means nothing there")
    return rest.get(name)


def resolved(kind: Any) -> Any:
    """Return a record class with its annotations resolved."""
    resolve_types(get_origin(kind) or kind)
    return kind


def members(kind: Any) -> tuple[Any, ...]:
    """Return the alternatives of a union, those of unions within it too."""
    return tuple(each for option in get_args(kind) for each in (members(option) if is_union(option) else (option,)))


def _fits(value: Any, option: Any) -> bool:
    kind = get_origin(option) or option
    return type(value) is kind or (isinstance(kind, type) and issubclass(kind, Enum) and isinstance(value, kind))


def is_union(kind: Any) -> bool:
    """Tell whether a declared type leaves a choice."""
    return get_origin(kind) in (Union, types.UnionType)


@cache
def records_among(options: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the records among declared types."""
    return tuple(option for option in options if is_record(option))


def is_record(kind: Any) -> bool:
    """Tell whether a declared type is a record: an attrs class that has fields of its own."""
    base = get_origin(kind) or kind
    return isinstance(base, type) and has(base) and base not in (Address, Map, Bag)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def is_open(kind: Any) -> bool:
    """Tell whether nothing is declared of a value."""
    return kind in (object, Any) or isinstance(kind, TypeVar)


def _is_collection(kind: Any) -> bool:
    return get_origin(kind) in collections.KINDS
