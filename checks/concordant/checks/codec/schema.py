"""JSON Schemas of declared types, for implementers in other languages: what the converter writes, and all that it reads."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Any, get_args, get_origin

from attrs import fields

from concordant.checks.codec.converter import AMOUNT, TAG, is_open, is_union, members, records_among, resolved, with_heirs
from concordant.checks.codec.names import Names
from concordant.checks.codec.scalars import ADDRESS, FRACTION, enum_text
from concordant.spec.vocabulary import Address, Bag, Map

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALARS: dict[Any, dict[str, Any]] = {
    type(None): {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    Fraction: {"type": "string", "pattern": f"^{FRACTION.pattern}$"},
    Address: {"type": "string", "pattern": f"^{ADDRESS.pattern}$"},
}


def schema(names: Names, kind: Any) -> dict[str, Any]:
    """Return the schema of a declared type, with its records as definitions."""
    found: dict[str, dict[str, Any]] = {}
    body = _schema(names, kind, found)
    return {"$schema": DIALECT, **body, "$defs": dict(sorted(found.items()))}


def _schema(names: Names, kind: Any, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if kind in SCALARS:
        return SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [enum_text(member) for member in kind]}
    if is_union(kind):
        return _union(names, members(kind), found)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple(names, parts, found)
    if origin is frozenset:
        return {"type": "array", "items": _schema(names, parts[0], found), "uniqueItems": True}
    if origin is Bag:
        return {"type": "array", "items": _schema(names, parts[0], found)}
    if origin is Map:
        return _map(names, parts[0], parts[1], found)
    if is_open(kind):
        return {}
    return _union(names, (kind,), found) if len(with_heirs(names, (kind,))) > 1 else _record(names, kind, found)


def _tuple(names: Names, parts: tuple[Any, ...], found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if len(parts) == 2 and parts[1] is ...:
        return {"type": "array", "items": _schema(names, parts[0], found)}
    items = [_schema(names, part, found) for part in parts if part != ()]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}


def _map(names: Names, key: Any, entry: Any, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    value = _schema(names, entry, found)
    if key in (str, Address):
        return {"type": "object", "propertyNames": SCALARS[key], "additionalProperties": value}
    return {"type": "array", "items": _tuple(names, (key, entry), found)}


def _union(names: Names, options: tuple[Any, ...], found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if set(options) - {type(None)} == AMOUNT:
        return {"anyOf": [SCALARS[option] for option in (int, Fraction, type(None)) if option in options]}
    declared = records_among(options)
    records = with_heirs(names, declared)
    alternatives = [_schema(names, option, found) for option in options if option not in declared]
    for option in records:
        reference = _record(names, option, found)
        if len(records) > 1:
            body = found[reference["$ref"].rpartition("/")[2]]
            tag = {TAG: {"const": names.name(get_origin(option) or option)}}
            reference = {**body, "properties": {**tag, **body["properties"]}, "required": [TAG, *body["required"]]}
        alternatives.append(reference)
    return {"anyOf": alternatives}


def _record(names: Names, kind: Any, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    base = get_origin(resolved(kind)) or kind
    name = names.name(base)
    if name not in found:
        found[name] = {}  # a record may hold itself
        parts = [part for part in fields(base) if part.init]
        found[name] = {
            "type": "object",
            "properties": {part.alias: _schema(names, part.type, found) for part in parts},
            "required": [part.alias for part in parts],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
