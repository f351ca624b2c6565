"""Values in the Informal Trace Format of Apalache, Quint and TLC: ours written, and anybody's shown.

A record is `{"tag": its class, "value": {field: …}}`, as their variants are. A number that JavaScript would round is `#bigint`.
Source: Apalache, ADR-015 (ITF).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

from attrs import fields, has

from concordant.checks.misuse import Misuse
from concordant.checks.semantics.canonical import order_key, text
from concordant.spec.vocabulary import Address, Bag, Map

SAFE = 1 << 53


def as_itf(value: object) -> Any:
    """Return a value as ITF.

    >>> as_itf((Address("acceptor", 1), frozenset({2}), 1 << 60))
    {'#tup': ['acceptor1', {'#set': [2]}, {'#bigint': '1152921504606846976'}]}
    """
    match value:
        case bool() | str():
            return value
        case int():
            return value if abs(value) < SAFE else {"#bigint": str(value)}
        case None:
            return {"tag": "None", "value": {}}
        case Enum():
            return value.name.lower()
        case tuple():
            return {"#tup": [as_itf(each) for each in value]}
        case frozenset():
            return {"#set": [as_itf(each) for each in sorted(value, key=order_key)]}
        case Map() | Mapping():
            return {"#map": [[as_itf(key), as_itf(entry)] for key, entry in value.items()]}
        case Bag():
            return [as_itf(each) for each in value]
        case Address() | Fraction() | type():
            return text(value)
        case _ if has(kind := type(value)):
            return {"tag": kind.__name__, "value": {part.name: as_itf(getattr(value, part.name)) for part in fields(kind)}}
        case _:
            return {"#unserializable": text(value)}


def itf_text(found: Any) -> str:
    """Show what somebody's ITF says, as a reader of ours would write it. What is no ITF is a Misuse.

    >>> itf_text({"#map": [[1, {"#set": ["a", {"#bigint": "2"}]}]]}), itf_text({"tag": "Vote", "value": {"round": 1}})
    ("{1: {'a', 2}}", 'Vote(round: 1)')
    """
    match found:
        case bool() | str() | int():
            return text(found)
        case list():
            return f"[{_listed(found)}]"
        case {"#bigint": str(digits)} if digits.lstrip("-").isdigit():
            return digits
        case {"#tup": list(items)}:
            return f"({_listed(items)})"
        case {"#set": list(items)}:
            return f"{{{_listed(items)}}}"
        case {"#map": list(pairs)} if all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            return f"{{{', '.join(f'{itf_text(key)}: {itf_text(entry)}' for key, entry in pairs)}}}"
        case {"#unserializable": str(said)}:
            return said
        case {"tag": str(tag), "value": value, **others} if not others:
            return f"{tag}{_fields(value)}" if isinstance(value, dict) and not _marks(value) else f"{tag}({itf_text(value)})"
        case dict() if not _marks(found):
            return _fields(found)
        case _:
            raise Misuse(f"{found!r} is no value of ITF; there are numbers, texts, lists, #bigint, #tup, #set, #map and records")


def _listed(items: list[Any]) -> str:
    return ", ".join(map(itf_text, items))


def _fields(record: dict[str, Any]) -> str:
    return f"({', '.join(f'{name}: {itf_text(each)}' for name, each in record.items())})"


def _marks(record: dict[str, Any]) -> bool:
    """Tell whether a dict is no record, but something that ITF spells with a sign."""
    return any(name.startswith("#") for name in record)
